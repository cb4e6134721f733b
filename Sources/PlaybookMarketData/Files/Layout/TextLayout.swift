import PlaybookCore

/// How a text file of bars is laid out.
struct TextLayout {
    /// The byte between fields.
    var separator: UInt8
    /// How numbers are written.
    var numbers = NumberStyle()
    /// The columns' names, from the header or from the settings.
    var names: [String]
    /// What each column is used for.
    var roles: [ColumnRole]
    /// The line of the header; nil when there is none.
    var headerLine: Int?
    /// Where the records of bars begin, in bytes and lines.
    var dataOffset: Int
    var dataLine: Int
    /// Whether a column's name says that its readings are UTC.
    var isUTCByName = false
    /// Columns that might have been used in place of others, in words.
    var notes: [NeutralText] = []

    /// The column of a role; nil when there is none.
    func column(_ role: ColumnRole) -> Int? { roles.firstIndex(of: role) }

    /// What the form is called.
    var formatWords: NeutralText {
        let separators: [UInt8: String] = [
            UInt8(ascii: ","): "commas", UInt8(ascii: ";"): "semicolons", UInt8(ascii: "\t"): "tabs",
            UInt8(ascii: "|"): "bars |",
        ]
        let mark = numbers.decimalMark == UInt8(ascii: ",") ? ", decimal comma" : ""
        let groups = numbers.groupMark == nil ? "" : ", thousands separated"
        let header: NeutralText =
            headerLine.map { "header in line \($0)" } ?? "no header: columns by \(.named(.columnsOfFiles))"
        return "text, separated by \(separators[separator] ?? "?")\(mark)\(groups), \(header)"
    }
}

/// Why the layout of a file is not understood.
struct LayoutProblem: Error {
    /// The line, from 1.
    var line: Int
    var message: NeutralText
    var nextStep: Remedy

    init(line: Int, _ message: NeutralText, nextStep: Remedy = LayoutProblem.seeTable) {
        self.line = line
        self.message = message
        self.nextStep = nextStep
    }

    static let seeTable: Remedy =
        "docs/data.md lists what is read; \(.set(.columnsOfFiles)) names the columns of a file without a header."
}
