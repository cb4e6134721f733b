/// One pass over a journal's text, row by row, in the order of the text.
struct JournalPass: ~Copyable {
    /// The columns that the text has.
    let header: JournalHeader
    private var scanner: CSVScanner
    private var reading: JournalLineReading
    private let isTolerant: Bool
    private let isForeign: Bool

    /// Begins a pass.
    ///
    /// - Parameters:
    ///   - isTolerant: whether to go on when a column does not hold what it should; the line tells.
    ///   - open: begins to read the text, from its start, whenever it is called.
    /// - Throws: `JournalFormatError` when the text is not a journal, or what `open` throws.
    init(isTolerant: Bool = false, _ open: () throws -> CSVScanner.Source) throws {
        var scanner = CSVScanner(source: try open())
        var isForeign = false
        if try !Self.begin(&scanner) {
            header = .current
        } else {
            var names = scanner.fields.map { String(decoding: $0, as: UTF8.self) }
            isForeign = try JournalDialect.isForeign(names, &scanner)
            if isForeign {
                scanner = CSVScanner(try JournalDialect.plain(try Self.contents(open())))
                _ = try scanner.next()
                names = scanner.fields.map { String(decoding: $0, as: UTF8.self) }
            } else {
                // The first row has been looked at.
                scanner = CSVScanner(source: try open())
                _ = try scanner.next()
            }
            header = try JournalHeader(names)
        }
        self.scanner = scanner
        self.isForeign = isForeign
        self.isTolerant = isTolerant
        reading = JournalLineReading(header)
    }

    /// Goes to the first line; false when the text is empty.
    private static func begin(_ scanner: inout CSVScanner) throws -> Bool {
        do {
            if try scanner.next() { return true }
        } catch is JournalFormatError {
            throw JournalFormatError(line: 1, problem: JournalHeader.notAJournal)
        }
        guard scanner.isEmpty else { throw JournalFormatError(line: 1, problem: JournalHeader.notAJournal) }
        return false
    }

    /// A pass over the rest of a text, from a place where a line begins; its line numbers count from there.
    init(rest source: @escaping CSVScanner.Source, header: JournalHeader, isTolerant: Bool) {
        self.header = header
        self.isTolerant = isTolerant
        isForeign = false
        scanner = CSVScanner(source: source)
        reading = JournalLineReading(header)
    }

    /// Where the next row begins in the text, in bytes.
    var nextOffset: Int { scanner.nextOffset }

    /// Whether a pass over the rest of the text can begin anywhere: rows mean the same wherever they stand.
    var isDivisible: Bool { !isForeign }

    /// All that a source gives.
    static func contents(_ source: CSVScanner.Source) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let piece = try [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
                count = try source(UnsafeMutableRawBufferPointer(buffer))
            }
            if piece.isEmpty { return bytes }
            bytes += piece
        }
    }

    /// Goes to the next row; false at the end.
    ///
    /// - Throws: `JournalFormatError` that names the line, or what reading the text throws.
    mutating func next() throws -> Bool {
        guard try scanner.next() else { return false }
        do throws(JournalRecord.Problem) {
            try reading.read(scanner.fields, isOpen: scanner.isOpen)
        } catch {
            throw JournalFormatError(line: scanner.line, problem: error.description)
        }
        if !isTolerant, let problem = reading.problem {
            throw JournalFormatError(line: scanner.line, problem: problem.description)
        }
        return true
    }

    /// Where the row stands, from 1.
    var lineNumber: Int { scanner.line }

    /// Calls `body` with the row.
    func line<Result>(_ body: (borrowing JournalLine) throws -> Result) throws -> Result {
        try reading.line(body)
    }

    /// The row's text when it is just what this program would write; nil when it must be written anew.
    var verbatim: UnsafeRawBufferPointer? {
        header.isCurrent && !isForeign && scanner.isPlain && reading.isVerbatim ? scanner.raw : nil
    }
}
