/// Reads a journal back, whatever wrote it.
public protocol JournalReader: Sendable {
    /// Which journal.
    var place: JournalPlace { get }

    /// Calls `body` with each row that `selection` asks for, in no particular order; with a row that is there twice, twice.
    ///
    /// - Throws: a `PlaybookError`, of code `badData` when what is there is not a journal; or what `body` throws.
    func read(_ selection: JournalSelection, _ body: (borrowing JournalLine) throws -> Void) async throws

    /// Reads the rows that `selection` asks for into `start`.
    ///
    /// - Throws: as `read` does.
    func collect<Accumulator: JournalAccumulating>(
        _ selection: JournalSelection, into start: Accumulator
    ) async throws -> Accumulator
}

extension JournalReader {
    public func collect<Accumulator: JournalAccumulating>(
        _ selection: JournalSelection, into start: Accumulator
    ) async throws -> Accumulator {
        var result = start
        try await read(selection) { try result.add($0) }
        return result
    }

    /// The rows that `selection` asks for, sorted by key. A row that is there twice comes twice.
    public func records(_ selection: JournalSelection) async throws -> [JournalRecord] {
        var records: [JournalRecord] = []
        try await read(selection) { records.append($0.record()) }
        return records.sorted { $0.key < $1.key }
    }
}

/// Which rows of a journal.
public struct JournalSelection: Sendable, Hashable {
    /// Only these symbols; nil for all.
    public var symbols: Set<String>? { didSet { onlySymbol = Self.bytes(symbols?.count == 1 ? symbols?.first : nil) } }
    /// Only this strategy.
    public var strategy: String? { didSet { strategyBytes = Self.bytes(strategy) } }
    /// Only this parameter set, by its `params_id`.
    public var parametersID: String? { didSet { parametersBytes = Self.bytes(parametersID) } }
    /// Only this mode.
    public var mode: JournalMode?
    /// No earlier sessions.
    public var first: CivilDate?
    /// No later sessions.
    public var last: CivilDate?
    /// Whether rows are wanted too whose columns do not hold what they should.
    public var includesProblems = false

    // What rows are compared with, so that no text is made of them.
    private var onlySymbol: [UInt8]?
    private var strategyBytes: [UInt8]?
    private var parametersBytes: [UInt8]?

    /// All rows, or those of some symbols and dates.
    public init(
        symbols: Set<String>? = nil, strategy: String? = nil, parametersID: String? = nil, mode: JournalMode? = nil,
        first: CivilDate? = nil, last: CivilDate? = nil
    ) {
        self.symbols = symbols
        self.strategy = strategy
        self.parametersID = parametersID
        self.mode = mode
        self.first = first
        self.last = last
        onlySymbol = Self.bytes(symbols?.count == 1 ? symbols?.first : nil)
        strategyBytes = Self.bytes(strategy)
        parametersBytes = Self.bytes(parametersID)
    }

    private static func bytes(_ text: String?) -> [UInt8]? { text.map { Array($0.utf8) } }

    /// Whether it asks for a row.
    public func contains(_ line: borrowing JournalLine) -> Bool {
        if let first, line.tradeDate < first { return false }
        if let last, line.tradeDate > last { return false }
        if let mode, line.mode != mode { return false }
        if let strategyBytes, !line.bytes(.strategy).isSame(as: strategyBytes) { return false }
        if let parametersBytes, !line.bytes(.parametersID).isSame(as: parametersBytes) { return false }
        if let onlySymbol { return line.bytes(.symbol).isSame(as: onlySymbol) }
        if let symbols, !symbols.contains(line[.symbol]) { return false }
        return true
    }
}
