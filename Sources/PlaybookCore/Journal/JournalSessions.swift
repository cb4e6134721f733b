/// Which sessions a journal has, of which series, and whether their rows add up: what catching up, `status` and `verify`
/// look at. It takes rows one by one and keeps a few bytes of each.
public struct JournalSessions: JournalAccumulating {
    /// What is kept of a row.
    struct Row: Sendable {
        let date: CivilDate
        let tradeNumber: Int32
        let trades: Int32
        let isEntered: Bool
        /// Whether it was made from synthetic bars.
        var isSynthetic = false
    }

    /// Which bars a row of late was made of.
    public struct Bars: Sendable, Hashable {
        /// The share of the session's bars that there were, 0 to 1.
        public let completeness: Double
        /// Their digest, as the row tells it.
        public let dataID: String
    }

    /// The rows of each series of the cache, in the order they came.
    private var rowsByPlace: [[Row]] = []
    /// What is wrong with columns, row by row.
    private(set) var problems: [JournalSeries: [(date: CivilDate, problem: String)]] = [:]
    /// The market of each symbol.
    private var markets: [String: String] = [:]
    /// The bars of the sessions from `recentStart` on, where rows tell their share.
    private var bars: [JournalSeries: [CivilDate: Bars]] = [:]
    private let recentStart: CivilDate?
    private let skipsSynthetic: Bool
    /// How many rows of synthetic bars were left out.
    public private(set) var syntheticRows = 0
    private var cache = SeriesCache()

    /// No rows.
    ///
    /// - Parameters:
    ///   - recentStart: the first date whose bars are looked at: those of late may be repaired; nil for none.
    ///   - skipsSynthetic: whether to leave out rows made from synthetic bars, which do not count for a real source.
    public init(recentStart: CivilDate? = nil, skipsSynthetic: Bool = false) {
        self.recentStart = recentStart
        self.skipsSynthetic = skipsSynthetic
    }

    /// The rows of `records`.
    public init(_ records: [JournalRecord]) {
        self.init()
        for record in records { record.withLine { add($0) } }
    }

    /// Whether there is no row.
    public var isEmpty: Bool { cache.series.isEmpty }

    /// The series that have rows, sorted.
    public var series: [JournalSeries] { cache.series.sorted() }

    /// The identifier of the market that a symbol's rows name; nil where they name none.
    public func market(of symbol: String) -> String? { markets[symbol].flatMap { $0.isEmpty ? nil : $0 } }

    /// How many rows there are.
    public var count: Int { rowsByPlace.reduce(0) { $0 + $1.count } }

    /// The rows of a series, in the order they came.
    func rows(of series: JournalSeries) -> [Row] {
        cache.series.firstIndex(of: series).map { rowsByPlace[$0] } ?? []
    }

    /// The bars of a series' sessions of late, as far as rows tell.
    func bars(of series: JournalSeries) -> [CivilDate: Bars] { bars[series] ?? [:] }

    /// The bars of a symbol's sessions of late, as far as rows tell.
    public func bars(of symbol: String) -> [CivilDate: Bars] {
        bars.filter { $0.key.symbol == symbol }.values.reduce(into: [:]) { $0.merge($1) { $1 } }
    }

    /// The date of each symbol's last row.
    public var ends: [String: CivilDate] {
        Dictionary(
            zip(cache.series, rowsByPlace).compactMap { series, rows in
                rows.lazy.map(\.date).max().map { (series.symbol, $0) }
            }, uniquingKeysWith: max)
    }

    /// The date of each symbol's first row.
    public var starts: [String: CivilDate] {
        Dictionary(
            zip(cache.series, rowsByPlace).compactMap { series, rows in
                rows.lazy.map(\.date).min().map { (series.symbol, $0) }
            }, uniquingKeysWith: min)
    }

    /// Takes a row.
    public mutating func add(_ line: borrowing JournalLine) {
        if skipsSynthetic, line.isSynthetic {
            syntheticRows += 1
            return
        }
        let place = cache.place(of: line)
        let series = cache.series[place]
        if place == rowsByPlace.count { rowsByPlace.append([]) }
        rowsByPlace[place].append(
            Row(
                date: line.tradeDate, tradeNumber: Int32(clamping: line.tradeNumber),
                trades: Int32(clamping: line.trades), isEntered: line.isEntered,
                isSynthetic: line.isSynthetic))
        if let problem = line.problem {
            problems[series, default: []].append((line.tradeDate, problem.description))
        }
        if cache.isNew { note(line[.market], of: series, on: line.tradeDate) }
        if let recentStart, line.tradeDate >= recentStart, let completeness = Double(line[.completeness]) {
            bars[series, default: [:]][line.tradeDate] = Bars(completeness: completeness, dataID: line[.dataID])
        }
    }

    public mutating func merge(_ later: JournalSessions) {
        for (place, series) in later.cache.series.enumerated() {
            let own = cache.place(of: series)
            if own == rowsByPlace.count { rowsByPlace.append([]) }
            rowsByPlace[own] += later.rowsByPlace[place]
            if let market = later.markets[series.symbol] {
                note(market, of: series, on: later.rowsByPlace[place][0].date)
            }
        }
        problems.merge(later.problems, uniquingKeysWith: +)
        bars.merge(later.bars) { $0.merging($1) { $1 } }
        syntheticRows += later.syntheticRows
    }

    /// Notes a symbol's market, of which it should have but one.
    private mutating func note(_ market: String, of series: JournalSeries, on date: CivilDate) {
        guard let other = markets.updateValue(market, forKey: series.symbol), !other.isEmpty, !market.isEmpty,
            other != market
        else { return }
        problems[series, default: []].append(
            (date, "market '\(market)': other rows of \(series.symbol) are of '\(other)'"))
    }

    /// The rows of one symbol.
    func only(_ symbol: String) -> JournalSessions {
        var part = self
        let places = cache.series.indices.filter { cache.series[$0].symbol == symbol }
        part.cache = SeriesCache(places.map { cache.series[$0] })
        part.rowsByPlace = places.map { rowsByPlace[$0] }
        return part
    }

    /// Every date that has rows, ascending, and whether there was a trade in any symbol.
    var dates: [(date: CivilDate, hasTrade: Bool)] {
        var trades: [CivilDate: Bool] = [:]
        for row in rowsByPlace.joined() {
            if row.isEntered { trades[row.date] = true } else if trades[row.date] == nil { trades[row.date] = false }
        }
        return trades.sorted { $0.key < $1.key }.map { (date: $0.key, hasTrade: $0.value) }
    }

    /// The dates on which a symbol's rows are there and add up.
    public func completeDates(of symbol: String) -> Set<CivilDate> {
        var dates: Set<CivilDate> = []
        for (series, rows) in zip(cache.series, rowsByPlace) where series.symbol == symbol {
            dates.formUnion(rows.map(\.date))
            dates.subtract(Self.partial(rows).map(\.date))
        }
        return dates
    }

    /// Sessions whose rows do not add up: a trade's row is missing, or one is left over from an earlier run.
    static func partial(_ rows: [Row]) -> [(date: CivilDate, problem: String)] {
        var found: [(date: CivilDate, problem: String)] = []
        forEachSession(rows) { rows in
            if rows.count == 1, let row = rows.first, row.tradeNumber == 1 {
                if row.trades == (row.isEntered ? 1 : 0) { return }
            } else if isDoubled(rows) || isWhole(rows) {
                return
            }
            let told = Set(rows.map(\.trades)).sorted().map(String.init).joined(separator: " or ")
            let numbers = rows.map { String($0.tradeNumber) }.joined(separator: ", ")
            found.append(
                (
                    rows[rows.startIndex].date,
                    "\(rows.count == 1 ? "1 row" : "\(rows.count) rows"), trade_no \(numbers), where 'trades' says "
                        + told
                ))
        }
        return found
    }

    /// Dates with a row that is there twice.
    static func doubled(_ rows: [Row]) -> [CivilDate] {
        var dates: [CivilDate] = []
        forEachSession(rows) { if isDoubled($0) { dates.append($0[$0.startIndex].date) } }
        return dates
    }

    private static func isDoubled(_ rows: ArraySlice<Row>) -> Bool {
        zip(rows, rows.dropFirst()).contains { $0.tradeNumber == $1.tradeNumber }
    }

    /// Whether there is one row for each of the trades that every row speaks of.
    private static func isWhole(_ rows: ArraySlice<Row>) -> Bool {
        rows.enumerated().allSatisfy {
            $1.isEntered && $1.tradeNumber == $0 + 1 && Int($1.trades) == rows.count
        }
    }

    /// Calls `body` with the rows of each date, by trade.
    private static func forEachSession(_ rows: [Row], _ body: (ArraySlice<Row>) -> Void) {
        func isBefore(_ left: Row, _ right: Row) -> Bool {
            left.date == right.date ? left.tradeNumber < right.tradeNumber : left.date < right.date
        }
        let isSorted = !zip(rows, rows.dropFirst()).contains { isBefore($1, $0) }
        let rows = isSorted ? rows : rows.sorted(by: isBefore)
        var start = 0
        for index in rows.indices where index + 1 == rows.count || rows[index + 1].date != rows[index].date {
            body(rows[start...index])
            start = index + 1
        }
    }
}

/// Finds the series of a row by its bytes, without making text of them.
private struct SeriesCache: Sendable {
    private(set) var series: [JournalSeries] = []
    /// Whether the last row was the first of its series, or of another market than usual.
    private(set) var isNew = false
    private var entries: [Entry] = []
    private var places: [UInt64: Int] = [:]
    /// The entry of the last row: rows of a date follow each other as they did on the date before.
    private var last: Int?

    /// What rows of a series are known by.
    private struct Entry: Sendable {
        let symbol: [UInt8]
        let strategy: [UInt8]
        let parametersID: [UInt8]
        let mode: JournalMode
        let market: [UInt8]
        /// The place of the series.
        let place: Int
        /// The entry of the row that came after the last one of this.
        var next: Int?

        func matches(_ line: borrowing JournalLine) -> Bool {
            line.mode == mode && line.bytes(.symbol).isSame(as: symbol) && line.bytes(.strategy).isSame(as: strategy)
                && line.bytes(.parametersID).isSame(as: parametersID) && line.bytes(.market).isSame(as: market)
        }
    }

    init(_ series: [JournalSeries] = []) { self.series = series }

    /// The place of the row's series in `series`.
    mutating func place(of line: borrowing JournalLine) -> Int {
        isNew = false
        if let last, let next = entries[last].next, entries[next].matches(line) {
            self.last = next
            return entries[next].place
        }
        let entry = find(line)
        if let last { entries[last].next = entry }
        last = entry
        return entries[entry].place
    }

    /// The place of a series in `series`.
    mutating func place(of found: JournalSeries) -> Int {
        if let place = series.firstIndex(of: found) { return place }
        series.append(found)
        return series.count - 1
    }

    private mutating func find(_ line: borrowing JournalLine) -> Int {
        var digest: UInt64 = 0
        for column in [JournalColumn.symbol, .strategy, .parametersID, .mode, .market] {
            for byte in line.bytes(column) { digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            digest = digest &* 31 &+ 1
        }
        // Different rows with the same digest go to the next number.
        while let entry = places[digest] {
            if entries[entry].matches(line) { return entry }
            digest &+= 1
        }
        isNew = true
        // The same series may be known by another market.
        let place = place(of: line.series)
        places[digest] = entries.count
        entries.append(
            Entry(
                symbol: Array(line.bytes(.symbol)), strategy: Array(line.bytes(.strategy)),
                parametersID: Array(line.bytes(.parametersID)), mode: line.mode, market: Array(line.bytes(.market)),
                place: place))
        return entries.count - 1
    }
}
