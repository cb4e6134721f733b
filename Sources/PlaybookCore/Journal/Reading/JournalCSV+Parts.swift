/// Something that takes the rows of a journal one by one, and can be put together from two parts of it.
public protocol JournalAccumulating: Sendable {
    /// Takes a row.
    mutating func add(_ line: borrowing JournalLine) throws

    /// Takes over what another has of rows that come later in the journal.
    mutating func merge(_ later: Self)
}

/// A large text of which two parts can be read at the same time.
public protocol DivisibleText: Sendable {
    /// Its size in bytes.
    var size: Int { get }

    /// Begins to read at a place: what it gives fills a buffer with the next bytes; 0 at the end.
    func open(at offset: Int) throws -> (UnsafeMutableRawBufferPointer) throws -> Int
}

extension JournalCSV {
    /// Texts of fewer bytes are read in one go.
    public static let worthDividing = 8 << 20

    /// Reads rows into `start`, on two threads where the text is large.
    ///
    /// - Parameters:
    ///   - isTolerant: as for `read`.
    ///   - isWanted: which rows.
    /// - Throws: as `read` does.
    public static func collect<Accumulator: JournalAccumulating>(
        _ text: some DivisibleText, isTolerant: Bool, into start: Accumulator,
        isWanted: @escaping @Sendable (borrowing JournalLine) -> Bool
    ) async throws -> Accumulator {
        if text.size >= worthDividing, let middle = try lineStart(in: text, from: text.size / 2),
            let collected = try await collect(text, dividedAt: middle, isTolerant: isTolerant, into: start, isWanted)
        {
            return collected
        }
        var result = start
        try read(isTolerant: isTolerant, { try text.open(at: 0) }) { line in
            if isWanted(line) { try result.add(line) }
        }
        return result
    }

    /// As the other, the text divided at a place that looks like the start of a line; nil when it is not one, or when
    /// something is wrong with the second part, whose lines have no numbers yet.
    private static func collect<Accumulator: JournalAccumulating>(
        _ text: some DivisibleText, dividedAt middle: Int, isTolerant: Bool, into start: Accumulator,
        _ isWanted: @escaping @Sendable (borrowing JournalLine) -> Bool
    ) async throws -> Accumulator? {
        var pass = try JournalPass(isTolerant: isTolerant) { try text.open(at: 0) }
        guard pass.isDivisible else { return nil }
        let header = pass.header
        let rest = Task {
            var part = start
            var pass = JournalPass(rest: try text.open(at: middle), header: header, isTolerant: isTolerant)
            while try pass.next() {
                try Task.checkCancellation()
                try pass.line { line in if isWanted(line) { try part.add(line) } }
            }
            return part
        }
        defer { rest.cancel() }
        var first = start
        while pass.nextOffset < middle {
            guard try pass.next() else { return nil }
            try pass.line { line in if isWanted(line) { try first.add(line) } }
        }
        guard pass.nextOffset == middle, let second = try? await rest.value else { return nil }
        first.merge(second)
        return first
    }

    /// Where a line seems to begin, at or behind `offset`: after a line end that a date follows.
    private static func lineStart(in text: some DivisibleText, from offset: Int) throws -> Int? {
        let source = try text.open(at: offset)
        let piece = try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            count = try source(UnsafeMutableRawBufferPointer(buffer))
        }
        for index in piece.indices.dropLast(12) where piece[index] == UInt8(ascii: "\n") {
            let date = piece[(index + 1)...(index + 11)]
            if date.last == UInt8(ascii: ","), CivilDate(String(decoding: date.dropLast(), as: UTF8.self)) != nil {
                return offset + index + 1
            }
        }
        return nil
    }
}
