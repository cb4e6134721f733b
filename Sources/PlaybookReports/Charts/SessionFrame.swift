import PlaybookCore

/// Where bars and prices of a session lie in its picture.
struct SessionFrame {
    private let history: BarHistory
    private let slice: SessionSlice
    /// The axis of prices, in pixels.
    let prices: Scale
    /// How many bars there are by the clock.
    private let slots: Int
    /// How far bars lie apart, in halves of a pixel.
    private let pitch: Double
    /// The middle of each bar, in halves of a pixel.
    private let middles: [Int]
    private let place: Int
    private let finer: FinerBars?
    private let decided: Set<Int>

    init(_ chart: SessionChart) {
        history = chart.history
        slice = chart.slice
        place = chart.trace.slice
        let slots = max(1, slice.session.bars(of: history.timeframe.seconds))
        self.slots = slots
        let pitch = Double((SessionChart.right - SessionChart.left) * SessionChart.parts) / Double(slots)
        self.pitch = pitch
        let bars = history.bars
        let open = slice.session.open.secondsSinceEpoch
        let length = Double(history.timeframe.seconds)
        middles = bars.times[slice.bars].map { Self.x(slot: Double($0 - open) / length + 0.5, pitch) }
        var (low, high) = (bars.low[slice.bars].min() ?? 0, bars.high[slice.bars].max() ?? 1)
        let span = max(high - low, high * 1e-4)
        let trades = chart.rows.compactMap(\.trade)
        var wanted: [Double] = []
        for trade in trades {
            wanted += [trade.entry, trade.exit]
            wanted += [trade.stop, trade.target].compactMap { $0 }
        }
        for trade in chart.trades { wanted += trade.stops.map(\.price) }
        // What lies far beyond would leave no room for the bars.
        for price in wanted where price > low - span && price < high + span {
            (low, high) = (min(low, price), max(high, price))
        }
        let room = max(high - low, span) * 0.03
        prices = Scale(low - room, high + room, from: SessionChart.bottom, to: SessionChart.top)
        finer = chart.history.finer.first { $0.timeframe == chart.playbook.plan.resolve }
        decided = Set(chart.trades.flatMap { [$0.bar] + $0.exits.map(\.bar) })
    }

    /// Whether a price lies within the axis.
    func contains(_ price: Double) -> Bool { price >= prices.low && price <= prices.high }

    /// Where a price lies; in halves of a pixel unless said otherwise.
    func y(_ price: Double, parts: Int = SessionChart.parts) -> Int {
        prices.place(min(max(price, prices.low), prices.high), parts: parts)
    }

    private func x(slot: Double) -> Int { Self.x(slot: slot, pitch) }

    private static func x(slot: Double, _ pitch: Double) -> Int {
        SessionChart.left * SessionChart.parts + Int(rounding: slot * pitch)
    }

    private func seconds(_ bar: Int) -> Int64 {
        history.bars.times[slice.bars.lowerBound + min(max(bar, 0), slice.bars.count - 1)]
            - slice.session.open.secondsSinceEpoch
    }

    /// Where the middle of a bar lies, in halves of a pixel.
    func middle(_ bar: Int) -> Int { middles[min(max(bar, 0), middles.count - 1)] }

    /// Where a minute since midnight lies, in pixels: where its bar begins, or ends.
    func x(minute: Double, isEnd: Bool = false) -> Int {
        let start = Double(slice.session.timeOfDay(of: slice.session.open).minutes)
        let slot = (minute - start) * 60 / Double(history.timeframe.seconds) + (isEnd ? 1 : 0)
        return x(slot: min(max(slot, 0), Double(slots))) / SessionChart.parts
    }

    // MARK: - Drawing

    /// Prices at the left, times below.
    func drawAxes(_ picture: inout Picture) {
        picture.verticalAxis(prices, x: SessionChart.left, to: SessionChart.right, emphasisesZero: false)
        let minutes = slice.session.minutes
        let start = slice.session.timeOfDay(of: slice.session.open).minutes
        let end = start + minutes
        var step = 720
        for length in [360, 240, 120, 60, 30, 10, 5] where end / length - (start - 1) / length <= 6 { step = length }
        var grid = StrokePath()
        for time in stride(from: (start + step - 1) / step * step, through: end, by: step) {
            let x = x(minute: Double(time))
            grid.move(to: x, SessionChart.top)
            grid.line(to: x, SessionChart.volume.bottom)
            picture.text(
                "\(TimeOfDay(minutes: time % 1_440))", x, SessionChart.volume.bottom + 16, .tick, .middle)
        }
        picture.path(grid, .grid)
        picture.text(
            "times: \(history.market.clock.name), bars of \(history.timeframe)", SessionChart.left,
            SessionChart.height - 6, .tick)
        picture.text("volume", SessionChart.left - 6, SessionChart.volume.top + 12, .tick, .end)
    }

    /// Volumes as one area, which is nothing where a bar is missing.
    func drawVolume(_ picture: inout Picture) {
        let volumes = history.bars.volume[slice.bars]
        let most = volumes.filter { !$0.isNaN }.max() ?? 0
        guard most > 0 else { return }
        let parts = SessionChart.parts
        let scale = Scale(0, most, from: SessionChart.volume.bottom, to: SessionChart.volume.top)
        var path = StrokePath(room: 10 * volumes.count)
        let ground = SessionChart.volume.bottom * parts
        let open = slice.session.open.secondsSinceEpoch
        let length = Double(history.timeframe.seconds)
        var end: Int?
        for (time, volume) in zip(history.bars.times[slice.bars], volumes) {
            let slot = (Double(time - open) / length).rounded(.down)
            let (from, to) = (x(slot: slot), x(slot: slot + 1))
            if end == nil { path.move(to: from, ground) }
            if let end, end != from {
                path.line(to: end, ground)
                path.line(to: from, ground)
            }
            path.line(to: from, scale.place(volume.isNaN ? 0 : volume, parts: parts))
            path.horizontal(by: to - from)
            end = to
        }
        if let end { path.line(to: end, ground) }
        picture.path(path, .volume)
    }

    /// Rising bars hollow, falling ones filled.
    func drawBars(_ picture: inout Picture) {
        let (opens, highs) = (history.bars.open[slice.bars], history.bars.high[slice.bars])
        let (lows, closes) = (history.bars.low[slice.bars], history.bars.close[slice.bars])
        let prices = prices
        func y(_ price: Double) -> Int {
            prices.place(min(max(price, prices.low), prices.high), parts: SessionChart.parts)
        }
        let body = max(1, Int(pitch * 0.7))
        let room = 16 * slice.bars.count
        var (wicks, rising, falling) = (StrokePath(room: room), StrokePath(room: room), StrokePath(room: room))
        for (x, index) in zip(middles, slice.bars) {
            let (high, low) = (y(highs[index]), y(lows[index]))
            let (open, close) = (y(opens[index]), y(closes[index]))
            wicks.move(to: x, high)
            wicks.vertical(by: max(low - high, 1))
            if closes[index] < opens[index] {
                falling.move(to: x, open)
                falling.vertical(by: max(close - open, 1))
            } else {
                rising.box(x - body / 2, close, width: body, height: max(open - close, 1))
            }
        }
        picture.path(wicks, .wick)
        picture.path(rising, .rising)
        picture.path(falling, width: body + 1, .falling)
        drawFiner(&picture)
    }

    /// The finer bars of bars in which they decided.
    private func drawFiner(_ picture: inout Picture) {
        guard let finer, !decided.isEmpty else { return }
        let open = slice.session.open.secondsSinceEpoch
        var path = StrokePath()
        for bar in decided.sorted() {
            let start = seconds(bar)
            for index in finer.ranges[place] {
                let time = finer.bars.times[index] - open
                guard time >= start, time < start + history.timeframe.seconds else { continue }
                let slot = (Double(time) + Double(finer.timeframe.seconds) / 2) / Double(history.timeframe.seconds)
                path.move(to: x(slot: slot), y(finer.bars.high[index]))
                path.vertical(by: max(y(finer.bars.low[index]) - y(finer.bars.high[index]), 1))
            }
        }
        picture.path(path, .finer)
    }
}
