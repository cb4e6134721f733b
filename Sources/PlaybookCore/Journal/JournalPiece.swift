/// Some whole lines of a journal's text, looked at apart from the rest.
struct JournalPiece: Sendable {
    /// Rows that are sorted, and stand just as this program writes them.
    struct Untouched: Sendable {
        let first: JournalRecord
        let last: JournalRecord
        let count: Int
    }

    let bytes: [UInt8]
    /// The rows; nil when they must be gone through one by one.
    let untouched: Untouched?
    /// The market of all rows.
    let market: [UInt8]

    /// Lines that are not looked at: new rows belong between them.
    init(touched bytes: [UInt8]) {
        self.bytes = bytes
        untouched = nil
        market = []
    }

    /// Reads the lines of `bytes`, in the columns of this program.
    init(_ bytes: [UInt8], _ header: JournalHeader) {
        self.bytes = bytes
        var market: [UInt8] = []
        untouched = try? Self.untouched(bytes, header, &market)
        self.market = market
    }

    private static func untouched(
        _ bytes: [UInt8], _ header: JournalHeader, _ market: inout [UInt8]
    ) throws -> Untouched? {
        var pass = Self.pass(bytes, header)
        var order = LastRow()
        var (first, last): (JournalRecord?, JournalRecord?)
        var (count, end) = (0, 0)
        while try pass.next() {
            guard let verbatim = pass.verbatim else { return nil }
            count += 1
            end += verbatim.count
            let isLast = end == bytes.count
            let isOfMarket = try pass.line { line in
                if count == 1 { market = Array(line.bytes(.market)) }
                try order.advance(to: line, count)
                if count == 1 { first = line.record() }
                if isLast { last = line.record() }
                return line.bytes(.market).isSame(as: market)
            }
            guard isOfMarket else { return nil }
        }
        guard let first, let last, bytes.last == UInt8(ascii: "\n") else { return nil }
        return Untouched(first: first, last: last, count: count)
    }

    /// The dates of the first and the last line, as far as they are dates.
    static func dates(_ bytes: [UInt8]) -> ClosedRange<CivilDate>? {
        guard let end = bytes.dropLast().lastIndex(of: UInt8(ascii: "\n")) else { return nil }
        let dates = [bytes.prefix(10), bytes[(end + 1)...].prefix(10)].map {
            $0.withUnsafeBytes(CivilDate.init(journal:))
        }
        guard let first = dates[0], let last = dates[1], first <= last else { return nil }
        return first...last
    }

    /// A pass over the lines of `bytes`.
    static func pass(_ bytes: [UInt8], _ header: JournalHeader) -> JournalPass {
        JournalPass(rest: JournalCSV.source(bytes), header: header, isTolerant: false)
    }
}

extension JournalRewrite {
    /// Pieces that are looked at while others are written.
    private static let ahead = 4

    /// The text cannot be read in pieces, or something is wrong with it: it must be read in one go, which tells the line.
    public struct NotDivisible: Error {}

    /// As the first, on all cores.
    ///
    /// - Parameter pieceSize: how many bytes of the text are looked at together.
    /// - Throws: `NotDivisible`, `NotSorted`, a `PlaybookError` as `JournalMerge` does; what reading and `write` throw.
    public init(
        _ new: [JournalRecord], earlier: [JournalKey: JournalMerge.Outcome] = [:], dividing text: some DivisibleText,
        pieceSize: Int = 1 << 20, isolation: isolated (any Actor)? = #isolation, write: ([UInt8]) throws -> Void
    ) async throws {
        do {
            let head = try JournalPass { try text.open(at: 0) }
            let header = head.header
            guard head.isDivisible, header.isCurrent else { throw NotDivisible() }
            var pieces = Pieces(try text.open(at: head.nextOffset), size: pieceSize)
            var merging = Merging(new, earlier: earlier, header: header)
            guard merging.canTakePieces else { throw NotDivisible() }
            try merging.begin()
            var checks: [Task<JournalPiece, Never>] = []
            defer { for check in checks { check.cancel() } }
            while true {
                while checks.count < Self.ahead, let bytes = try pieces.next() {
                    let isTouched = JournalPiece.dates(bytes).map { merging.hasNewRows(within: $0) } ?? true
                    checks.append(Task { isTouched ? JournalPiece(touched: bytes) : JournalPiece(bytes, header) })
                }
                guard !checks.isEmpty else { break }
                let piece = await checks.removeFirst().value
                if try merging.take(piece, write) { continue }
                var pass = JournalPiece.pass(piece.bytes, header)
                while try pass.next() { try merging.take(&pass, write) }
            }
            try self.init(end: &merging, isUpgrade: false, write)
        } catch is JournalFormatError {
            throw NotDivisible()
        }
    }

    /// A text in pieces of whole lines.
    private struct Pieces {
        private let source: CSVScanner.Source
        /// The beginning of a line whose end has not been read yet.
        private var rest: [UInt8] = []
        private var isAtEnd = false
        private let size: Int

        init(_ source: @escaping CSVScanner.Source, size: Int) {
            self.source = source
            self.size = size
        }

        /// The next piece; nil at the end.
        ///
        /// - Throws: `NotDivisible` when a line is longer than a piece, or the last one does not end.
        mutating func next() throws -> [UInt8]? {
            if isAtEnd { return nil }
            let size = size
            var bytes = try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                let buffer = UnsafeMutableRawBufferPointer(buffer)
                buffer.copyBytes(from: rest)
                count = rest.count
                while count < size {
                    let read = try source(UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
                    if read == 0 { break }
                    count += read
                }
            }
            isAtEnd = bytes.count < size
            if bytes.isEmpty { return nil }
            guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { throw NotDivisible() }
            rest = Array(bytes[(end + 1)...])
            guard rest.isEmpty || !isAtEnd else { throw NotDivisible() }
            bytes.removeLast(rest.count)
            return bytes
        }
    }
}
