extension JournalRecord {
    /// What starts the notes of a session that had too few bars to be traded.
    static let incompleteNote = "incomplete: "

    /// Whether the session had too few bars to be traded.
    public var isIncomplete: Bool { self[.notes].hasPrefix(Self.incompleteNote) }

    /// The number in `column`; nil when it does not apply.
    public func number(_ column: JournalColumn) throws(Problem) -> Double? {
        let text = self[column]
        if text.isEmpty { return nil }
        guard let number = Double(text), number.isFinite else {
            throw Problem("\(column.rawValue) '\(text.prefix(40))' is not a number")
        }
        return number
    }

    /// Whether `column` says `true`; nil when it does not apply.
    public func flag(_ column: JournalColumn) throws(Problem) -> Bool? {
        switch self[column] {
        case "": nil
        case "true": true
        case "false": false
        case let text: throw Problem("\(column.rawValue) '\(text.prefix(40))' is neither true nor false")
        }
    }

    /// Checks that every column holds what its kind says.
    public func requireValues() throws(Problem) {
        for column in JournalColumn.allCases {
            switch column.kind {
            case .number: _ = try number(column)
            case .flag: _ = try flag(column)
            case .date, .text: break
            }
        }
    }
}
