package import PlaybookCore

extension [JournalRow] {
    /// The rows by their keys.
    package func inOrder() -> [JournalRow] {
        func isBefore(_ one: JournalRow, _ other: JournalRow) -> Bool {
            // Dates differ most often, and come first: a key is made of texts.
            one.tradeDate == other.tradeDate ? one.key < other.key : one.tradeDate < other.tradeDate
        }
        // They mostly are, and are large: a look at them costs less than a copy.
        let areInOrder = indices.dropFirst().allSatisfy { !isBefore(self[$0], self[$0 - 1]) }
        return areInOrder ? self : sorted(by: isBefore)
    }
}
