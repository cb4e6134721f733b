import PlaybookCore

/// Which object of a bucket holds which rows: `{strategy}/{symbol}/{year}.csv`, with `_` for a `/` in a symbol.
enum JournalObjects {
    /// The object of a row.
    ///
    /// - Throws: a `PlaybookError` when the row's strategy or symbol cannot be part of an object's name.
    static func name(of key: JournalKey) throws -> String {
        let isPlain = key.strategy.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
        }
        guard isPlain, Symbol(key.symbol)?.name == key.symbol else {
            throw PlaybookError(
                .badData,
                "the row of \(key.tradeDate) cannot be kept in a bucket: '\(key.strategy.prefix(40))' is not a strategy's "
                    + "name, or '\(key.symbol.prefix(40))' no ticker symbol")
        }
        return "\(key.strategy)/\(Symbol.fileName(of: key.symbol))/\(key.tradeDate.year).csv"
    }

    /// The folder of an object: all years of a strategy and symbol.
    static func folder(of name: String) -> String { name.lastIndex(of: "/").map { String(name[..<$0]) } ?? "" }

    /// Rows by object, sorted by its name.
    static func grouped(_ records: [JournalRecord]) throws -> [(name: String, records: [JournalRecord])] {
        try Dictionary(grouping: records) { try name(of: $0.key) }.map { (name: $0.key, records: $0.value) }
            .sorted { $0.name < $1.name }
    }

    /// Whether an object called `name` is one of the journal's and may hold rows that `selection` asks for.
    static func mayHold(_ name: String, _ selection: JournalSelection) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].hasSuffix(".csv"), let year = Int(parts[2].dropLast(4)) else { return false }
        if let strategy = selection.strategy, parts[0] != strategy { return false }
        if let symbols = selection.symbols, !symbols.contains(where: { Symbol.fileName(of: $0) == parts[1] }) {
            return false
        }
        if let first = selection.first, year < first.year { return false }
        if let last = selection.last, year > last.year { return false }
        return true
    }

    /// An error in an object's text, as users meet it.
    static func problem(_ error: JournalFormatError, in object: String, isWriting: Bool = false) -> PlaybookError {
        PlaybookError(
            .badData,
            "\(object):\(error.line): \(error.problem)\(isWriting ? "; the object was left as it is" : "")",
            nextStep: isWriting
                ? "Fix the object, restore an older version of it, or write to another place."
                : "Fix the object, or restore an older version of it.")
    }
}
