/// Which field of a journal's lines is which column: columns are found by name, wherever they stand.
struct JournalHeader: Sendable, Hashable {
    /// Columns that are not the journal's own, in the order of the file: people's notes, a later program's columns.
    let extraNames: [String]
    /// How many fields a line has.
    let count: Int
    /// For each field the index of its column; from the number of columns on, that of its name in `extraNames`.
    let targets: [Int]
    /// Whether the fields begin with all the columns in their order: as this program writes them.
    let isCurrent: Bool

    /// The columns of this version and no others.
    static let current = JournalHeader(columns: JournalColumn.allCases.count)

    /// The first `columns` columns.
    init(columns: Int) {
        extraNames = []
        count = columns
        targets = Array(0..<columns)
        isCurrent = columns == JournalColumn.allCases.count
    }

    /// The header that consists of `names`.
    ///
    /// - Throws: `JournalFormatError` when it is not a journal's: a column of the first schema is missing, or a name
    ///   occurs twice.
    init(_ names: [String]) throws(JournalFormatError) {
        guard names.contains(JournalColumn.tradeDate.name), names.count > 1 else {
            throw JournalFormatError(line: 1, problem: Self.notAJournal)
        }
        let known = Set(names)
        if known.count < names.count, let doubled = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw JournalFormatError(line: 1, problem: "the column '\(doubled)' is there twice")
        }
        let required = JournalColumn.names.prefix(JournalColumn.countInFirstSchema)
        let missing = required.filter { !known.contains($0) }
        guard missing.isEmpty else {
            throw JournalFormatError(
                line: 1,
                problem: missing.count > required.count / 2
                    ? Self.notAJournal : "columns are missing: \(missing.joined(separator: ", "))")
        }
        var extras: [String] = []
        targets = names.map { name in
            if let column = JournalColumn(name) { return column.index }
            extras.append(name)
            return JournalColumn.allCases.count + extras.count - 1
        }
        extraNames = extras
        count = names.count
        isCurrent = targets.elementsEqual(targets.indices) && targets.count >= JournalColumn.allCases.count
    }

    static let notAJournal = "not a trade journal: the first line is not its header"
}
