import PlaybookCore

/// Keeps the bars of a symbol that lie within sessions, in the order they come, and checks each of them.
struct SessionFilter {
    private let symbol: Symbol
    private let timeframe: Timeframe
    private let sessions: [TradingSession]
    private var next = 0
    private var validator = BarValidator()
    private var last: Bar?
    private let service: String
    private let advice: NeutralText

    /// - Parameters:
    ///   - service: who sends the bars, for messages.
    ///   - advice: what else may help when they are not right.
    init(
        _ symbol: Symbol, _ timeframe: Timeframe, sessions: [TradingSession], service: String = "Alpaca",
        advice: NeutralText = "choose another \(.set(.feed))"
    ) {
        self.symbol = symbol
        self.timeframe = timeframe
        self.sessions = sessions
        self.service = service
        self.advice = advice
    }

    /// The bars of `bars` that lie within sessions.
    ///
    /// - Parameter page: where they come from, for messages.
    mutating func filter(_ bars: BarColumns, page: Int) throws -> BarColumns {
        try filter(bars, place: "on page \(page)")
    }

    /// The bars of `bars` that lie within sessions.
    ///
    /// - Parameter place: where they come from, for messages: `in FILE`.
    mutating func filter(_ bars: BarColumns, place: String) throws -> BarColumns {
        var kept = BarColumns()
        /// From here on all are kept.
        var start = 0
        func leaveOut(_ index: Int) {
            kept.append(bars, start..<index)
            start = index + 1
        }
        for index in 0..<bars.count {
            let bar = bars[index]
            while next < sessions.count, bar.time >= end(of: sessions[next]) { next += 1 }
            guard next < sessions.count else {
                // Only bars after the last session may be left over; earlier ones come out of order.
                try requireOrder(bar, place)
                leaveOut(index)
                continue
            }
            guard bar.time >= self.start(of: sessions[next]) else {
                try requireOrder(bar, place)
                leaveOut(index)
                continue
            }
            // A page may begin with the bar that the one before ended with.
            if bar == last {
                leaveOut(index)
                continue
            }
            if let defect = validator.defect(in: bar) { throw error(bar, place, defect) }
            if timeframe != .day, (bar.time - self.start(of: sessions[next])) % timeframe.seconds != 0 {
                throw error(bar, place, .misaligned(Instant(secondsSinceEpoch: bar.time), timeframe))
            }
            last = bar
        }
        if start == 0 { return bars }
        kept.append(bars, start..<bars.count)
        return kept
    }

    /// Whether there is a bar in the last ten minutes of `session`; of daily bars, whether there is one.
    func reachesEnd(of session: TradingSession) -> Bool {
        guard let last else { return false }
        if timeframe == .day { return last.time >= start(of: session) }
        return last.time >= session.close.secondsSinceEpoch - 600
    }

    private func requireOrder(_ bar: Bar, _ place: String) throws {
        if let last, bar.time < last.time {
            throw error(
                bar, place,
                .outOfOrder(Instant(secondsSinceEpoch: bar.time), after: Instant(secondsSinceEpoch: last.time)))
        }
    }

    private func start(of session: TradingSession) -> Int64 {
        timeframe == .day
            ? symbol.market.clock.midnight(of: session.date)
            : session.open.secondsSinceEpoch
    }

    private func end(of session: TradingSession) -> Int64 {
        timeframe == .day ? start(of: session) + 1 : session.close.secondsSinceEpoch
    }

    private func error(_ bar: Bar, _ place: String, _ defect: BarDefect) -> PlaybookError {
        PlaybookError(
            .badData,
            """
            \(service) sent a bar of \(symbol) that is not right, \(Instant(secondsSinceEpoch: bar.time)) \(place): \
            \(defect)
            """,
            nextStep: "Try again later; if it stays so, \(advice). Nothing of it was kept.")
    }
}
