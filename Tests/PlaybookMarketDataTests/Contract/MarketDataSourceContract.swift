import PlaybookTestSupport
import PlaybookCore
import Testing

/// What a source is tried with.
struct SourceFixture: Sendable {
    /// The source.
    let source: any MarketDataSource
    /// A symbol that it has bars of.
    let symbol: Symbol
    /// Dates on which it has bars.
    let dates: ClosedRange<CivilDate>
    /// A symbol that it knows nothing of; nil when there is no such.
    let unknown: Symbol?
    /// Whatever must live as long as the source.
    var folder: TemporaryFolder?
}

/// What every `MarketDataSource` must do: each case is one clause, to be checked against each source.
enum MarketDataSourceContract: CaseIterable {
    /// It has a label that does not change.
    case hasLabel
    /// It has bars of the timeframe asked for, or of one that divides it.
    case hasBars
    /// Its bars pass a validator: ascending, without doubles.
    case isSound
    /// It hands out no bars of other dates.
    case staysWithin
    /// It covers every date that it has bars of.
    case covers
    /// Its bars start on boundaries counted from the session's open.
    case isAligned
    /// It says the same when asked twice.
    case repeats
    /// It agrees bar for bar with itself when asked for a part.
    case agreesInPart
    /// Its daily bars are those of sessions, ascending, without doubles.
    case dailySound
    /// It agrees with itself on daily bars when asked for a part.
    case dailyAgreesInPart
    /// Its daily bars agree with the intraday ones.
    case dailyAgreesWithIntraday
    /// It lists splits in the order of their dates.
    case splitsAscend
    /// It has an error of code `sourceUnavailable` for a symbol that it does not know.
    case refusesUnknown

    /// Checks the clause.
    func check(_ fixture: SourceFixture) async throws {
        let source = fixture.source
        switch self {
        case .hasLabel:
            let label = source.label
            #expect(!label.isEmpty)
            _ = try await fixture.intraday()
            #expect(source.label == label)
        case .hasBars:
            let found = try await fixture.intraday()
            #expect(found.bars.count > 0)
            #expect(120 % found.timeframe.seconds == 0)
        case .isSound:
            let bars = try await fixture.intraday().bars
            var validator = BarValidator()
            #expect(bars.all.compactMap { validator.defect(in: $0) } == [])
        case .staysWithin:
            let bars = try await fixture.intraday(fixture.part).bars
            #expect(bars.count > 0)
            #expect(bars.dates.allSatisfy(fixture.part.contains))
        case .covers:
            let found = try await fixture.intraday()
            if let coverage = found.coverage { #expect(found.bars.dates.allSatisfy(coverage.contains)) }
        case .isAligned:
            let found = try await fixture.intraday()
            #expect(found.misaligned == [])
        case .repeats:
            let first = try await (fixture.intraday(), fixture.daily(), fixture.splits())
            let second = try await (fixture.intraday(), fixture.daily(), fixture.splits())
            #expect(first.0.bars == second.0.bars)
            #expect(first.0.timeframe == second.0.timeframe)
            #expect(first.0.coverage == second.0.coverage)
            #expect(first.1 == second.1)
            #expect(first.2 == second.2)
        case .agreesInPart:
            let whole = try await fixture.intraday().bars
            let part = try await fixture.intraday(fixture.part).bars
            let expected = whole.all.filter { fixture.part.contains(newYorkDate($0.time)) }
            #expect(expected.count > 0 && expected.count < whole.count, "the part must be a part")
            #expect(part.all == expected)
        case .dailySound: try await checkDaily(fixture)
        case .dailyAgreesInPart:
            guard let whole = try await fixture.daily() else { return }
            let part = try #require(try await fixture.daily(fixture.part))
            let kept = whole.dates.indices.filter { fixture.part.contains(whole.dates[$0]) }
            #expect(part.dates == kept.map { whole.dates[$0] })
            #expect(part.bars.all == kept.map { whole.bars[$0] })
        case .dailyAgreesWithIntraday: try await checkDailyAgainstIntraday(fixture)
        case .splitsAscend:
            let dates = try await fixture.splits().map(\.date)
            #expect(dates == Set(dates).sorted())
        case .refusesUnknown:
            guard let unknown = fixture.unknown else { return }
            let error = await playbookError { try await fixture.intraday(of: unknown) }
            #expect(error?.code == .sourceUnavailable)
            #expect(error?.message.contains(unknown.name) == true)
            #expect(error?.nextStep?.isEmpty == false)
        }
    }

    private func checkDaily(_ fixture: SourceFixture) async throws {
        guard let daily = try await fixture.daily() else { return }
        #expect(daily.dates.count > 0)
        #expect(daily.dates == Set(daily.dates).sorted())
        #expect(daily.dates.allSatisfy { fixture.dates.contains($0) && TradingCalendar.nyse.session(on: $0) != nil })
        var validator = BarValidator()
        #expect(daily.bars.all.compactMap { validator.defect(in: $0) } == [])
    }

    private func checkDailyAgainstIntraday(_ fixture: SourceFixture) async throws {
        guard let daily = try await fixture.daily() else { return }
        let bars = try await fixture.intraday().bars
        var compared = 0
        for (date, bar) in zip(daily.dates, daily.bars.all) {
            let session = try #require(TradingCalendar.nyse.session(on: date))
            let regular = bars.all.filter {
                $0.time >= session.open.secondsSinceEpoch && $0.time < session.close.secondsSinceEpoch
            }
            guard let first = regular.first, let last = regular.last else { continue }
            compared += 1
            #expect(bar.open == first.open, "open of \(date)")
            #expect(bar.close == last.close, "close of \(date)")
            #expect(bar.high == regular.map(\.high).max(), "high of \(date)")
            #expect(bar.low == regular.map(\.low).min(), "low of \(date)")
        }
        #expect(compared > 0)
    }
}

extension SourceFixture {
    /// Dates strictly within `dates`, a working week or so.
    var part: ClosedRange<CivilDate> {
        dates.lowerBound.adding(days: 3)...dates.lowerBound.adding(days: 9)
    }

    func intraday(of symbol: Symbol? = nil, _ dates: ClosedRange<CivilDate>? = nil) async throws -> IntradayBars {
        let dates = dates ?? self.dates
        return try await source.intradayBars(
            of: symbol ?? self.symbol, timeframe: .minutes(2), from: dates.lowerBound, through: dates.upperBound)
    }

    func intraday(_ dates: ClosedRange<CivilDate>) async throws -> IntradayBars {
        try await intraday(of: nil, dates)
    }

    func splits() async throws -> [Split] {
        try await source.splits(of: symbol, through: dates.upperBound)
    }

    func daily(_ dates: ClosedRange<CivilDate>? = nil) async throws -> DailyBars? {
        let dates = dates ?? self.dates
        return try await source.dailyBars(of: symbol, from: dates.lowerBound, through: dates.upperBound)
    }
}

extension IntradayBars {
    /// Times of the bars that do not start on a boundary counted from their session's open.
    fileprivate var misaligned: [Int64] {
        bars.times.filter { time in
            guard let session = TradingCalendar.nyse.session(on: newYorkDate(time)) else { return true }
            return (time - session.open.secondsSinceEpoch) % timeframe.seconds != 0
        }
    }
}

extension BarColumns {
    fileprivate var dates: [CivilDate] { times.map(newYorkDate) }
}

private func newYorkDate(_ seconds: Int64) -> CivilDate {
    NewYorkTime.date(of: Instant(secondsSinceEpoch: seconds))
}
