extension MarketDataSource {
    /// Bars month by month, symbol by symbol: for sources that answer at once.
    public func stream(
        _ symbols: [Symbol], timeframe: Timeframe, from first: CivilDate, through last: CivilDate,
        receive: (Symbol, BarColumns) async throws -> Void
    ) async throws -> [Symbol: CivilDate] {
        var ends: [Symbol: CivilDate] = [:]
        for symbol in symbols.sorted() {
            for month in Month.months(from: first, through: last) {
                let start = max(first, month.dates.lowerBound)
                let end = min(last, month.dates.upperBound)
                let found = try await piece(of: symbol, timeframe, from: start, through: end)
                if found.bars.count > 0 { try await receive(symbol, found.bars) }
                if let covered = found.coverage, covered.upperBound < end {
                    ends[symbol] = covered.upperBound
                }
            }
        }
        return ends
    }

    private func piece(
        of symbol: Symbol, _ timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        let found: IntradayBars
        if timeframe == .day {
            var daily = try await dailyBars(of: symbol, from: first, through: last) ?? DailyBars()
            for (index, date) in daily.dates.enumerated() {
                daily.bars.times[index] = symbol.market.clock.midnight(of: date)
            }
            found = IntradayBars(timeframe: .day, bars: daily.bars)
        } else {
            found = try await intradayBars(of: symbol, timeframe: timeframe, from: first, through: last)
        }
        guard found.timeframe == timeframe else {
            throw PlaybookError(.sourceUnavailable, "\(label) has no \(timeframe) bars of \(symbol)")
        }
        return found
    }
}
