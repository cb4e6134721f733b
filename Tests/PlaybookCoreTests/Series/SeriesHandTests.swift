import Testing

@testable import PlaybookCore

/// Five bars of 100 shares each, the first there are:
///
///     bar  open high low close  hlc3   true range
///     0    10   12    9  11     32/3   12 - 9  = 3
///     1    11   13   10  12     35/3   13 - 10 = 3
///     2    12   12    8   9     29/3   12 - 8  = 4
///     3     9   11    9  10     10     11 - 9  = 2
///     4    10   15   10  14     13     15 - 10 = 5
@Suite struct SeriesHandTests {
    private static let candles = [
        Candle(10, 12, 9, 11), Candle(11, 13, 10, 12), Candle(12, 12, 8, 9), Candle(9, 11, 9, 10),
        Candle(10, 15, 10, 14),
    ]

    private static func history() async throws -> BarHistory {
        var session = try ScriptedSession("2024-12-04", price: 10)
        for (place, candle) in candles.enumerated() { session["09:3\(2 * place)"] = candle }
        session.keepFirst(candles.count)
        return try await MemoryMarket(session).history(on: "2024-12-04", dailyLookBack: 255)
    }

    private func expect(
        _ series: Series, _ values: Double?..., at first: Int = 4, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await Self.history().values(series)
        for (place, value) in values.enumerated() {
            let bar = first + place
            #expect(
                agree(found[bar], value ?? .nan, within: 1e-12), "bar \(bar): \(found[bar])",
                sourceLocation: sourceLocation)
        }
    }

    @Test func `windows`() async throws {
        try await expect(.sma(.close, 3), nil, nil, (11 + 12 + 9) / 3.0, (12 + 9 + 10) / 3.0, 11, at: 0)
        try await expect(.wma(.close, 3), (9 + 2 * 10 + 3 * 14) / 6.0)
        try await expect(.sum(.volume, 4), nil, 400, 400, at: 2)
        try await expect(.highest(.high, 3), 13, 13, 15, at: 2)
        try await expect(.lowest(.low, 3), 8, 8, 8, at: 2)
        // Deviations from 11: -2, -1, 3.
        let deviation = (14 / 3.0).squareRoot()
        try await expect(.stdev(.close, 3), deviation)
        try await expect(.zscore(.close, 3), 3 / deviation)
        try await expect(.zscore(.volume, 3), nil)
        try await expect(.rank(.close, 4), 2 / 4.0, 1, at: 3)
        try await expect(.change(.close, 2), 5)
        try await expect(.roc(.close, 2), 5 / 9.0)
        let bands = Series.bollinger(.close, 3, 2)
        try await expect(bands.upper, 11 + 2 * deviation)
        try await expect(bands.mid, 11)
        try await expect(bands.lower, 11 - 2 * deviation)
        try await expect(bands.width, 4 * deviation / 11)
        try await expect(Series.donchian(5).upper, nil, 15, at: 3)
        try await expect(Series.donchian(5).lower, 8)
        // Distances of hlc3 from 98/9: 11/9, 8/9, 19/9, their mean 38/27; 19/9 / (0.015 x 38/27) = 100.
        try await expect(.cci(3), 100)
        try await expect(Series.stochastic(3, 2).k, 40, 600 / 7.0, at: 3)
        try await expect(Series.stochastic(3, 2).d, (40 + 600 / 7.0) / 2)
        try await expect(.williams(3), -100 / 7.0)
        // hlc3 falls to 29/3, rises to 10 and to 13.
        try await expect(.mfi(3), 100 * 23 / (29 / 3.0 + 23))
    }

    @Test func `recursions`() async throws {
        try await expect(.ema(.close, 3), 11, 11.5, 10.25, 10.125, 12.0625, at: 0)
        try await expect(.rma(.close, 2), 11, 11.5, 10.25, 10.125, 12.0625, at: 0)
        try await expect(.trueRange, 3, 3, 4, 2, 5, at: 0)
        try await expect(.atr(3), 3, 3, 3.5, 2.75, 3.875, at: 0)
        try await expect(.atrWilder(2), 3, 3, 3.5, 2.75, 3.875, at: 0)
        try await expect(.natr(3), 3.875 / 14)
        try await expect(Series.keltner(3, 2).upper, 12.0625 + 7.75)
        try await expect(Series.keltner(3, 2).lower, 12.0625 - 7.75)
        // Rises 1, 0, 1, 4 average 2.375, falls 0, 3, 0, 0 average 0.375.
        try await expect(.rsi(.close, 2), nil, 100, at: 0)
        try await expect(.rsi(.close, 2), 100 * 2.375 / 2.75)
        let macd = Series.macd(1, 3, 3)
        // Lines 0, 0.5, -1.25, -0.125, 1.9375; signals 0, 0.25, -0.5, -0.3125, 0.8125.
        try await expect(macd.line, 0, 0.5, -1.25, -0.125, 1.9375, at: 0)
        try await expect(macd.signal, 0, 0.25, -0.5, -0.3125, 0.8125, at: 0)
        try await expect(macd.histogram, 1.125)
        // Moves up 1, 0, 0, 4, down 0, 2, 0, 0: averages 2.125 and 0.25.
        try await expect(Series.dmi(2).plus, 212.5 / 3.875)
        try await expect(Series.dmi(2).minus, 25 / 3.875)
        // 100, 100/3, 100/3, 100 x 1.875 / 2.375.
        try await expect(.adx(2), nil, 100, 200 / 3.0, 50, (50 + 187.5 / 2.375) / 2, at: 0)
        // Bands at hl2 (10.5, 11.5, 10, 10, 12.5) and half of atr-wilder (3, 3, 3.5, 2.75, 3.875).
        let trend = Series.superTrend(2, 0.5)
        try await expect(trend.line, 9, 10, 11.75, 11.375, 10.5625, at: 0)
        try await expect(trend.side, 1, 1, -1, -1, 1, at: 0)
        try await expect(.pivotHigh(1), nil, nil, 13, 13, 13, at: 0)
        try await expect(.pivotLow(1), nil, nil, nil, 8, 8, at: 0)
    }

    @Test func `what counts from the session's first bar`() async throws {
        try await expect(.vwap, 32 / 3.0, 67 / 6.0, 32 / 3.0, 10.5, 11, at: 0)
        try await expect(.vwapDeviation, 0, 0.5, at: 0)
        // Squares of the distances from 11: (1 + 4 + 16) / 9 + 1 + 4.
        try await expect(.vwapDeviation, (22 / 15.0).squareRoot())
        try await expect(.onBalanceVolume, 0, 100, 0, 100, 200, at: 0)
        try await expect(.sessionHigh, 12, 13, 13, 13, 15, at: 0)
        try await expect(.sessionLow, 9, 9, 8, 8, 8, at: 0)
        try await expect(.sessionVolume, 100, 200, 300, at: 0)
        try await expect(Series.first(minutes: 4).high, nil, 13, 13, 13, 13, at: 0)
        try await expect(Series.first(minutes: 4).close, nil, 12, 12, at: 0)
        try await expect(.bars(minutes: 4, .close), nil, 12, 12, 10, 10, at: 0)
        try await expect(.bars(minutes: 4, .high), nil, 13, 13, 12, 12, at: 0)
        try await expect(.barsSince(.close > .open), 0, 0, 1, 0, 0, at: 0)
        try await expect(.barsSince(.close < .open), nil, nil, 0, 1, 2, at: 0)
        try await expect(.count(.close > .open, 3), nil, nil, 2, 2, 2, at: 0)
        try await expect(.time, 570, 572, at: 0)
        try await expect(.bar, 0, 1, 2, at: 0)
    }

    @Test func `arithmetic`() async throws {
        try await expect(-.close % 3, 1)
        try await expect(.close % -3, -1)
        // 14 / 8 = 1.75 lies halfway between 1.5 and 2.
        try await expect(.round(.close / 8, tick: 0.5), 2)
        try await expect(.close / (.close - .close), nil)
        try await expect(.min(.close[4], .open), nil, 10, at: 3)
        try await expect(.position, (14 - 10) / 5.0)
        try await expect(.hl2, 12.5)
        try await expect(.ohlc4, 49 / 4.0)
        try await expect(Series.close[4], nil, 11, at: 3)
    }

    @Test func `logic has three values`() async throws {
        let history = try await Self.history()
        let unknown = Series.close[9] > 0
        let (yes, no) = (Condition.constant(true), Condition.constant(false))
        func at4(_ condition: Condition) -> Bool? { history.truths(condition)[4] }
        #expect(at4(unknown) == nil && at4(!unknown) == nil)
        #expect(at4(unknown && no) == false && at4(unknown && yes) == nil && at4(unknown && unknown) == nil)
        #expect(at4(unknown || yes) == true && at4(unknown || no) == nil)
        #expect(at4(.ifElse(unknown, no, no)) == nil && at4(.ifElse(yes, no, unknown)) == false)
        #expect(
            at4(Series.close.isBetween(14, and: 20)) == true && at4(Series.close.isBetween(.close[9], and: 9)) == nil)
        #expect(history.truths(Series.close.crosses(above: 11)) == [false, true, false, false, true])
        #expect(history.truths(Series.close.crosses(below: 10)) == [false, false, true, false, false])
        // Equal to within 1e-9 of the larger, and neither above nor below.
        #expect(at4(.close > 14 - 1e-8) == false && at4(.close > 14 - 1e-7) == true)
        #expect(at4(Series.close.equals(14 + 1e-8)) == true)
        #expect(at4(.weekday(in: [.wednesday])) == true && at4(.weekday(in: [.thursday, .friday])) == false)
    }
}
