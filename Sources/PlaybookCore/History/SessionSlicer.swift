/// Cuts a source's bars into sessions: drops what lies outside regular hours, aggregates to the timeframe asked for,
/// derives daily bars where there are none, and notes what is doubtful.
struct SessionSlicer {
    private let request: HistoryRequest
    private let market: Market
    private let calendar: TradingCalendar
    private var source: IntradayBars
    /// The bars before the sessions' opens where they are not among `source`.
    private let early: BarColumns?
    private let splits: [Split]
    private var bars = BarColumns()
    private var slices: [SessionSlice] = []
    private var finer: [FinerBars] = []
    private var premarket: PremarketBars?
    private var quiet: QuietBars?
    private var daily = DailyBars()
    private var requestedStart = 0
    private var holes: [BarHole] = []
    private var warnings: [DataWarning] = []

    init(request: HistoryRequest, source: IntradayBars, premarket: IntradayBars?, splits: [Split]) {
        early = premarket?.bars
        self.request = request
        market = request.symbol.market
        calendar = market.calendar
        self.source = source
        self.splits = splits
    }

    /// - Throws: a `PlaybookError` when the bars are longer than those asked for or do not lie on their boundaries.
    mutating func slice(
        _ sessions: ArraySlice<TradingSession>, requestedFrom: Int, daily known: DailyBars?
    ) async throws {
        guard request.timeframe.seconds % source.timeframe.seconds == 0 else {
            throw PlaybookError(
                .badData,
                "\(request.symbol): \(source.timeframe) bars cannot be put together into \(request.timeframe) bars")
        }
        dropPauses(sessions)
        var raw = source.bars.ranges(of: sessions)
        try requireAlignment(sessions, raw)
        findHoles(sessions, raw)
        let quietTimes = market.writesQuietBars ? source.bars.dropQuietBars() : []
        if !quietTimes.isEmpty { raw = source.bars.ranges(of: sessions) }
        let keepsAll = raw.reduce(0) { $0 + $1.count } == source.bars.count
        if !keepsAll { warnAboutClosedDays(raw) }
        let (cutBars, cutRanges) = aggregated(request.timeframe, sessions, raw, keepsAll: keepsAll)
        async let digests = Self.digests(cutBars, cutRanges)
        bars = cutBars
        if !quietTimes.isEmpty {
            quiet = QuietBars(quietTimes, sessions, cutBars, cutRanges, request.timeframe)
        }
        cut(sessions, cutRanges)
        for timeframe in request.resolve {
            let (bars, ranges) = aggregated(timeframe, sessions, raw, keepsAll: keepsAll)
            finer.append(
                FinerBars(timeframe: timeframe, bars: bars, ranges: ranges, digests: Self.digests(bars, ranges)))
        }
        requestedStart = requestedFrom - sessions.startIndex
        if request.readsPremarket {
            premarket = PremarketBars(early ?? source.bars, slices: slices, hours: market.hours)
        }
        daily = known ?? derivedDaily()
        numberDailyBars()
        if let known {
            try DailyCloseCheck(request.symbol, known, slices: slices, bars: bars, splits: splits).run { warn($0) }
        }
        warnAboutWarmUp()
        warnAboutDailyHoles(known)
        warnAboutUnknownSplits()
        if let premarket, premarket.bars.allSatisfy({ $0 == nil }) {
            warn(
                "no bars before the open of any session are there: what the playbook reads of the premarket is unknown")
        }
        for (index, digest) in await digests.enumerated() {
            slices[index].digest = slices[index].quietBars > 0 ? digest &+ UInt64(slices[index].quietBars) : digest
        }
    }

    /// Bars of `timeframe` made of the source's within each session, and where each session's are.
    ///
    /// - Parameters:
    ///   - raw: where the source's bars of each session are.
    ///   - keepsAll: whether all of its bars lie within sessions.
    private func aggregated(
        _ timeframe: Timeframe, _ sessions: ArraySlice<TradingSession>, _ raw: [Range<Int>], keepsAll: Bool
    ) -> (BarColumns, [Range<Int>]) {
        if source.timeframe == timeframe, keepsAll { return (source.bars, raw) }
        var made = BarColumns()
        let ranges = zip(sessions, raw).map { session, range in
            let start = made.count
            source.bars.aggregate(
                range, into: timeframe, sessionOpen: session.open.secondsSinceEpoch, appendingTo: &made)
            return start..<made.count
        }
        return (made, ranges)
    }

    /// The digest of the bars at each of `ranges`.
    private static func digests(_ bars: BarColumns, _ ranges: [Range<Int>]) -> [UInt64] { ranges.map(bars.digest) }

    func history() -> BarHistory {
        BarHistory(
            symbol: request.symbol, timeframe: request.timeframe, calendar: calendar, bars: bars, slices: slices,
            requested: requestedStart..<slices.count, finer: finer, premarket: premarket, quiet: quiet, daily: daily,
            dailySums: ExactSums(daily.bars.close), dailyPlaces: daily.calendarPlaces(calendar),
            splitSlices: slices.indices.filter { slices[$0].splitRatio != 1 },
            mostBars: slices.reduce(1) { max($0, $1.bars.count) }, splits: splits, holes: holes, warnings: warnings)
    }

    /// Takes out what lies in the sessions' pauses, in which nothing is due.
    private mutating func dropPauses(_ sessions: ArraySlice<TradingSession>) {
        let pausing = sessions.filter { $0.pause != nil }
        guard !pausing.isEmpty else { return }
        var dropped: Set<Int> = []
        for (session, range) in zip(pausing, source.bars.ranges(of: pausing[...])) {
            for index in range where !session.isTrading(at: source.bars.times[index]) { dropped.insert(index) }
        }
        if !dropped.isEmpty { source.bars.drop { dropped.contains($0) } }
    }

    private func requireAlignment(_ sessions: ArraySlice<TradingSession>, _ ranges: [Range<Int>]) throws {
        let step = source.timeframe.seconds
        let times = source.bars.times
        for (session, range) in zip(sessions, ranges) {
            let open = session.open.secondsSinceEpoch
            let odd = times[range].withUnsafeBufferPointer { times -> Int? in
                // Where no bar is missing, each stands where it is due; that spares dividing.
                if times.isEmpty || times[0] == open, times.areApart(by: step) { return nil }
                return times.indices.first { (times[$0] - open) % step != 0 }
            }
            guard let odd else { continue }
            let time = Instant(secondsSinceEpoch: times[range.lowerBound + odd])
            throw PlaybookError(
                .badData, "\(request.symbol): \(BarDefect.misaligned(time, source.timeframe))",
                nextStep: "Bars are stamped with the time they open; check the timestamps and their zone.")
        }
    }

    private mutating func findHoles(_ sessions: ArraySlice<TradingSession>, _ ranges: [Range<Int>]) {
        let step = source.timeframe.seconds
        for (session, range) in zip(sessions, ranges)
        where !range.isEmpty && range.count < session.barsDue(of: step) {
            holes += BarHole.all(of: session, times: source.bars.times[range], seconds: step)
        }
    }

    /// How many sessions back the last close before a session may lie: those that are loaded whatever range is asked for.
    private static let closeLookBack = 5

    private mutating func cut(_ sessions: ArraySlice<TradingSession>, _ ranges: [Range<Int>]) {
        slices.reserveCapacity(ranges.count)
        var before: CivilDate?
        var last: (close: Double, slice: Int)?
        let firstIndex = sessions.first.flatMap { calendar.sessionIndex(on: $0.date) } ?? 0
        for (session, range) in zip(sessions, ranges) {
            var ratio = 1.0
            if let before {
                for split in splits where split.date > before && split.date <= session.date { ratio *= split.ratio }
            }
            if let known = last {
                last = slices.count - known.slice > Self.closeLookBack ? nil : (known.close / ratio, known.slice)
            }
            slices.append(
                SessionSlice(
                    session: session, calendarIndex: firstIndex + slices.count, bars: range,
                    firstOpen: range.first.map { bars.open[$0] } ?? .nan,
                    expectedBars: session.barsDue(of: request.timeframe.seconds),
                    clockBars: session.bars(of: request.timeframe.seconds),
                    quietBars: quiet?.counts[slices.count] ?? 0, dailyBarsBefore: 0,
                    splitRatio: ratio, digest: 0,
                    equality: Equality(price: last?.close ?? range.first.map { bars.open[$0] } ?? 1)))
            before = session.date
            if let end = range.last { last = (bars.close[end], slices.count - 1) }
        }
    }

    private func derivedDaily() -> DailyBars {
        var daily = DailyBars()
        for slice in slices {
            if let bar = bars.joined(slice.bars) { daily.append(bar, on: slice.session.date) }
        }
        return daily
    }

    private mutating func numberDailyBars() {
        var count = 0
        for index in slices.indices {
            let date = slices[index].session.date
            while count < daily.dates.count, daily.dates[count] < date { count += 1 }
            slices[index].dailyBarsBefore = count
        }
    }

    private mutating func warn(_ message: String) {
        warnings.append(DataWarning(symbol: request.symbol, message: NeutralText(message)))
    }

    private mutating func warnAboutWarmUp() {
        let present = slices[..<requestedStart].count { !$0.bars.isEmpty }
        guard requestedStart < slices.count else { return }
        let date = slices[requestedStart].session.date
        let isShort = present < min(5, request.warmUpSessions)
        if isShort {
            warn(
                "only \(present) of 5 warm-up sessions before \(date) have bars; EMA and ATR of the first sessions may "
                    + "change when earlier bars are added")
        }
        let count = slices[requestedStart].bars.lowerBound
        let barsOfASession = max(1, market.hours.minutes * 60 / Int(request.timeframe.seconds))
        for need in request.settling where count < need.bars {
            let sessions = (need.bars + barsOfASession - 1) / barsOfASession
            if isShort, sessions <= 5 { continue }
            let weight = need.startWeight(after: count)
            warn(
                "\(need.name) has only the \(count) bars of \(present) sessions before \(date), which leave its start a "
                    + "weight of \(DailyCloseCheck.number(weight, digits: 2)): values of the first sessions change when earlier bars are "
                    + "added; \(sessions) sessions would do")
        }
    }

    private mutating func warnAboutDailyHoles(_ known: DailyBars?) {
        guard let known, let first = known.dates.first, let last = slices.last?.session.date else { return }
        let present = Set(known.dates)
        let missing = calendar.sessions(from: first, through: last).dropLast()
            .filter { !present.contains($0.date) }
        guard let example = missing.first else { return }
        warn(
            "daily bars are missing for \(missing.count) sessions between \(first) and \(last), the first on "
                + "\(example.date): averages of daily closes reach further back in their place")
    }

    private mutating func warnAboutClosedDays(_ kept: [Range<Int>]) {
        var dates: [CivilDate] = []
        var index = 0
        for range in kept + [source.bars.count..<source.bars.count] {
            while index < range.lowerBound {
                let date = market.clock.date(of: Instant(secondsSinceEpoch: source.bars.times[index]))
                // On to the next day: a day has many bars.
                index = source.bars.firstIndex(at: market.clock.midnight(of: date.adding(days: 1)))
                if calendar.session(on: date) == nil, dates.last != date { dates.append(date) }
            }
            index = max(index, range.upperBound)
        }
        guard let first = dates.first else { return }
        warn(
            "bars on \(dates.count) days without a session were dropped, the first on \(first) "
                + "(\(calendar.closureReason(on: first) ?? "closed"))")
    }

    /// An overnight move beyond this, close to a usual split's ratio, is warned about.
    static let splitRatios = [1.5, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 40, 50, 100]

    /// An overnight move by more than this share is warned about.
    private static let absurdMove = 0.4

    private mutating func warnAboutUnknownSplits() {
        var before: (close: Double, date: CivilDate)?
        var absurd = 0
        var first = ""
        for slice in slices where !slice.bars.isEmpty {
            let open = bars.open[slice.bars.lowerBound]
            if let before {
                let move = before.close / slice.splitRatio / open
                let size = max(move, 1 / move)
                if size > 1.4, let ratio = Self.splitRatios.first(where: { abs(size / $0 - 1) < 0.05 }) {
                    let text = ratio == ratio.rounded() ? String(Int(ratio)) : String(ratio)
                    warn(
                        "between \(before.date) and \(slice.session.date) the price goes from \(before.close) to "
                            + "\(open): this looks like a \(move > 1 ? "\(text):1" : "1:\(text)") split that the "
                            + "source does not list")
                } else if move > 1 / (1 - Self.absurdMove) || move < 1 / (1 + Self.absurdMove) {
                    if absurd == 0 { first = "\(before.date) to \(slice.session.date), \(before.close) to \(open)" }
                    absurd += 1
                }
            }
            before = (bars.close[slice.bars.upperBound - 1], slice.session.date)
        }
        if absurd > 0 { warn("\(absurd) overnight moves beyond 40% that no split explains; the first: \(first)") }
    }
}

extension UnsafeBufferPointer<Int64> {
    /// Whether each number is `step` more than the one before it.
    fileprivate func areApart(by step: Int64) -> Bool {
        guard count > 1, let base = baseAddress else { return true }
        let steps = SIMD8(repeating: step)
        var differences = SIMD8<Int64>.zero
        var place = 1
        while place + 8 <= count {
            let these = UnsafeRawPointer(base + place).loadUnaligned(as: SIMD8<Int64>.self)
            let before = UnsafeRawPointer(base + place - 1).loadUnaligned(as: SIMD8<Int64>.self)
            differences |= (these &- before) ^ steps
            place += 8
        }
        guard differences == .zero else { return false }
        return (place..<count).allSatisfy { self[$0] - self[$0 - 1] == step }
    }
}
