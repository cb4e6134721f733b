/// Merges new sessions into a journal's text as it is read, so that memory does not grow with the journal. Lines that
/// stay as they are go through untouched.
public struct JournalRewrite: Sendable {
    /// What became of the new rows, and which old ones had to go.
    public let outcomes: [JournalKey: JournalMerge.Outcome]
    public let vanished: [JournalKey]
    /// Whether a run that writes the new rows changes anything.
    public let isChange: Bool
    /// Whether the text is not as this program would write it, whatever the new rows are.
    public let isUpgrade: Bool
    /// How many rows the text had.
    public let rows: Int
    /// How many of them were of the first schema, or written in a way of their own, and were written anew.
    public let upgraded: Int

    /// The text is not sorted by key: it must be merged in memory.
    public struct NotSorted: Error {}

    /// Merges `new` into the text.
    ///
    /// - Parameters:
    ///   - earlier: as for `JournalMerge`.
    ///   - open: begins to read the text, from its start, whenever it is called.
    ///   - write: takes the new text over, piece by piece.
    /// - Throws: `JournalFormatError` when the text is not a journal; `NotSorted`; a `PlaybookError` as `JournalMerge`
    ///   does; what `open` and `write` throw.
    public init(
        _ new: [JournalRecord], earlier: [JournalKey: JournalMerge.Outcome] = [:],
        _ open: () throws -> (UnsafeMutableRawBufferPointer) throws -> Int,
        write: ([UInt8]) throws -> Void
    ) throws {
        var pass = try JournalPass(open)
        var merging = Merging(new, earlier: earlier, header: pass.header)
        try merging.begin()
        while try pass.next() { try merging.take(&pass, write) }
        try self.init(end: &merging, isUpgrade: !pass.header.isCurrent, write)
    }

    /// What came of it, when the whole text has been read.
    init(end merging: inout Merging, isUpgrade: Bool, _ write: ([UInt8]) throws -> Void) throws {
        try merging.end()
        try merging.flush(write)
        outcomes = merging.outcomes
        vanished = merging.vanished
        rows = merging.rows
        upgraded = merging.upgraded
        isChange = merging.isChange
        self.isUpgrade = isUpgrade || upgraded > 0
    }
}

extension JournalRewrite {
    /// As the other, for a text in any order: the whole of it is in memory meanwhile.
    public init(
        unsorted new: [JournalRecord], earlier: [JournalKey: JournalMerge.Outcome] = [:],
        _ open: () throws -> (UnsafeMutableRawBufferPointer) throws -> Int,
        write: ([UInt8]) throws -> Void
    ) throws {
        let contents = try JournalCSV.contents(JournalPass.contents(open()))
        let merge = try JournalMerge(existing: contents.records, new: new, earlier: earlier)
        try write(JournalCSV.bytes(merge.records, extraNames: contents.extraNames))
        outcomes = merge.outcomes
        vanished = merge.vanished
        isChange = merge.isChange
        isUpgrade = true
        rows = contents.records.count
        upgraded = contents.upgraded
    }
}

/// The state of a rewrite.
struct Merging {
    static let pieceSize = 1 << 20

    private(set) var output: [UInt8] = []
    private(set) var outcomes: [JournalKey: JournalMerge.Outcome] = [:]
    private(set) var vanished: [JournalKey] = []
    private(set) var rows = 0
    private(set) var upgraded = 0
    private(set) var isChange = false

    /// The new rows, those of a session side by side, the sessions in the order of a journal.
    private let new: [JournalRecord]
    /// Where the rows of each session stand.
    private let sessions: [Range<Int>]
    /// A new row of each symbol, and their market when they have but one.
    private let bySymbol: [String: JournalRecord]
    private let market: [UInt8]?
    /// Whether the new rows have columns that the text has not.
    private let hasNewNames: Bool
    private let earlier: [JournalKey: JournalMerge.Outcome]
    private let extraNames: [String]
    /// The next of `sessions`.
    private var next = 0
    /// The rows that the journal has of it.
    private var old: [JournalRecord] = []
    private var last = LastRow()

    init(_ new: [JournalRecord], earlier: [JournalKey: JournalMerge.Outcome], header: JournalHeader) {
        (self.new, sessions) = Self.inOrder(new)
        var bySymbol: [String: JournalRecord] = [:]
        var markets: [String] = []
        for (index, record) in new.enumerated() {
            if index == 0 || record.key.symbol != new[index - 1].key.symbol, bySymbol[record.key.symbol] == nil {
                bySymbol[record.key.symbol] = record
            }
            let market = record[.market]
            if !markets.contains(market) { markets.append(market) }
        }
        self.bySymbol = bySymbol
        market = markets.count == 1 ? markets.first.map { Array($0.utf8) } : nil
        self.earlier = earlier
        extraNames = JournalCSV.names(header.extraNames, of: new)
        hasNewNames = extraNames != header.extraNames
        output.reserveCapacity(Self.pieceSize + (1 << 12))
        outcomes.reserveCapacity(new.count)
    }

    /// Rows by session, in the order of a journal, and where those of each session stand.
    private static func inOrder(_ new: [JournalRecord]) -> (rows: [JournalRecord], sessions: [Range<Int>]) {
        var sessions: [Range<Int>] = []
        sessions.reserveCapacity(new.count)
        for index in new.indices {
            if index > 0, new[index].key.tradeDate <= new[index - 1].key.tradeDate {
                let (session, last) = (new[index].key.session, new[index - 1].key.session)
                if session == last {
                    sessions[sessions.count - 1] = sessions[sessions.count - 1].lowerBound..<(index + 1)
                    continue
                }
                // Most often they come in order.
                guard session > last else {
                    return inOrder(
                        Dictionary(grouping: new, by: \.key.session).sorted { $0.key < $1.key }.flatMap(\.value))
                }
            }
            sessions.append(index..<(index + 1))
        }
        return (new, sessions)
    }

    mutating func begin() throws { output += JournalCSV.headerLine(extraNames) }

    /// Takes the row that a pass has come to.
    mutating func take(_ pass: inout JournalPass, _ write: ([UInt8]) throws -> Void) throws {
        let (number, verbatim) = (pass.lineNumber, pass.verbatim)
        try pass.line { line in try take(line, number, verbatim) }
        if output.count >= Self.pieceSize { try flush(write) }
    }

    /// Whether `take` of a piece can do without looking at its rows: the new ones are of one market, in the text's columns.
    var canTakePieces: Bool { market != nil && !hasNewNames }

    /// Whether there are new rows of these dates.
    func hasNewRows(within dates: ClosedRange<CivilDate>) -> Bool {
        var (low, high) = (0, sessions.count)
        while low < high {
            let middle = (low + high) / 2
            if new[sessions[middle].lowerBound].key.tradeDate < dates.lowerBound {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < sessions.count && new[sessions[low].lowerBound].key.tradeDate <= dates.upperBound
    }

    /// Takes sorted rows over as they stand, if no new row belongs between them.
    ///
    /// - Returns: false when it has to be done row by row.
    /// - Throws: `JournalRewrite.NotSorted`, or `JournalFormatError` for a row that is there twice.
    mutating func take(_ piece: JournalPiece, _ write: ([UInt8]) throws -> Void) throws -> Bool {
        guard let rows = piece.untouched, canTakePieces, piece.market == market,
            next == sessions.count || new[sessions[next].lowerBound].key.session > rows.last.key.session
        else { return false }
        try rows.first.withLine { try last.advance(to: $0, 0) }
        if rows.count > 1 { try rows.last.withLine { try last.advance(to: $0, 0) } }
        self.rows += rows.count
        if !output.isEmpty { try flush(write) }
        try write(piece.bytes)
        return true
    }

    /// Takes the next row of the text over.
    private mutating func take(
        _ line: borrowing JournalLine, _ number: Int, _ verbatim: UnsafeRawBufferPointer?
    ) throws {
        rows += 1
        try last.advance(to: line, number)
        if market.map({ !line.bytes(.market).isSame(as: $0) }) ?? true, let row = bySymbol[line[.symbol]] {
            try line.record().requireMarket(of: row)
        }
        while next < sessions.count {
            let session = new[sessions[next].lowerBound].key.session
            if line.tradeDate < session.tradeDate { break }
            let place = line.tradeDate > session.tradeDate ? 1 : line.compare(session.series)
            if place < 0 { break }
            if place == 0 {
                old.append(line.record())
                if verbatim == nil { upgraded += 1 }
                return
            }
            try finishSession()
        }
        if let verbatim, !hasNewNames {
            output += verbatim
            return
        }
        if verbatim == nil { upgraded += 1 }
        JournalCSV.append(line.record(), extraNames: extraNames, to: &output)
    }

    mutating func end() throws {
        while next < sessions.count { try finishSession() }
    }

    mutating func flush(_ write: ([UInt8]) throws -> Void) throws {
        try write(output)
        output = []
        output.reserveCapacity(Self.pieceSize + (1 << 12))
    }

    /// Writes the next new session, in the place of its old rows.
    private mutating func finishSession() throws {
        if old.isEmpty, sessions[next].count == 1 {
            // What `SessionMerge` makes of a row where there was none.
            let record = new[sessions[next].lowerBound]
            JournalCSV.append(record, extraNames: extraNames, to: &output)
            outcomes[record.key] = .added
            isChange = true
            next += 1
            return
        }
        let merge = try SessionMerge(old: old, new: Array(new[sessions[next]]), earlier: earlier)
        for record in merge.records { JournalCSV.append(record, extraNames: extraNames, to: &output) }
        outcomes.merge(merge.outcomes) { $1 }
        vanished += merge.vanished
        if !merge.changes.isEmpty || !merge.vanished.isEmpty { isChange = true }
        old = []
        next += 1
    }
}

/// The row before, to see that rows are sorted and none is there twice.
package struct LastRow {
    private var date = CivilDate(daysSinceEpoch: .min)
    private var symbol: [UInt8] = []
    private var strategy: [UInt8] = []
    private var parametersID: [UInt8] = []
    private var mode = JournalMode.backtest
    private var tradeNumber = 0
    private var line = 0

    package init() {}

    /// - Throws: `JournalRewrite.NotSorted`, or `JournalFormatError` for a row that is there twice.
    package mutating func advance(to row: borrowing JournalLine, _ number: Int) throws {
        if row.tradeDate <= date {
            let order = row.tradeDate < date ? -1 : order(of: row)
            if order < 0 { throw JournalRewrite.NotSorted() }
            if order == 0 { throw JournalFormatError.doubled(number, line) }
        }
        date = row.tradeDate
        mode = row.mode
        tradeNumber = row.tradeNumber
        line = number
        Self.keep(row.bytes(.symbol), &symbol)
        Self.keep(row.bytes(.strategy), &strategy)
        Self.keep(row.bytes(.parametersID), &parametersID)
    }

    /// Below 0, 0 or above 0 as a row of the same date comes before this one, has its key, or comes after.
    private func order(of row: borrowing JournalLine) -> Int {
        var order = symbol.withUnsafeBytes { row.bytes(.symbol).order($0) }
        if order == 0 { order = strategy.withUnsafeBytes { row.bytes(.strategy).order($0) } }
        if order == 0 { order = parametersID.withUnsafeBytes { row.bytes(.parametersID).order($0) } }
        if order == 0, row.mode != mode { order = row.mode < mode ? -1 : 1 }
        return order == 0 ? row.tradeNumber - tradeNumber : order
    }

    private static func keep(_ field: UnsafeRawBufferPointer, _ bytes: inout [UInt8]) {
        if field.isSame(as: bytes) { return }
        bytes.removeAll(keepingCapacity: true)
        bytes += field
    }
}

extension JournalLine {
    /// Below 0, 0 or above 0 as the row's series comes before, is, or comes after another.
    fileprivate func compare(_ series: JournalSeries) -> Int {
        for (column, text) in [
            (JournalColumn.symbol, series.symbol), (.strategy, series.strategy),
            (.parametersID, series.parametersID), (.mode, series.mode.rawValue),
        ] {
            var text = text
            let order = text.withUTF8 { bytes(column).order(UnsafeRawBufferPointer($0)) }
            if order != 0 { return order }
        }
        return 0
    }
}
