public import PlaybookCore

/// One session as a picture: its bars with gaps where they are missing, the playbook's values, its window, where each step
/// held, entry, stop as it moved, target and exit.
public struct SessionChart: Sendable {
    let history: BarHistory
    let slice: SessionSlice
    let rows: [JournalRow]
    let filters: [String]
    let trace: SessionTrack
    let playbook: Playbook
    let trades: [ChartedTrade]

    /// The picture of the session that `trace` tells of.
    ///
    /// - Parameters:
    ///   - filters: what each filter said, in words; where they are not told the filters' names stand.
    ///   - rows: the session's rows, by trade.
    ///   - playbook: the one that made `trace`.
    public init(
        _ trace: SessionTrack, filters: [String] = [], rows: [JournalRow], history: BarHistory, playbook: Playbook
    ) {
        self.history = history
        slice = history.slices[trace.slice]
        self.rows = rows
        self.filters = filters
        self.trace = trace
        self.playbook = playbook
        trades = ChartedTrade.all(in: trace.events)
    }

    /// The picture as a file of its own.
    public func file() -> [UInt8] { picture().file() }

    /// Writes the picture as a part of a page.
    func write(to page: inout Markup) { picture().write(to: &page) }

    // Where things are, in pixels.
    static let width = 800
    static let height = 450
    static let left = 56
    static let right = 668
    static let top = 112
    static let bottom = 356
    static let volume = (top: 366, bottom: 412)
    /// Strokes are in halves of a pixel.
    static let parts = 2

    // MARK: - What it says

    /// `QQQ, 12 March 2025, dp20: +0.75 R`.
    var title: String {
        let date = slice.session.date
        let result = rows.compactMap(\.trade)
        let start = "\(history.symbol), \(date.weekday.name) \(DateAxis.text(date)), \(playbook.name)"
        guard !result.isEmpty else { return "\(start): no trade" }
        let net = Numerals.signed(result.reduce(0) { $0 + $1.net }, 2)
        let multiples = result.compactMap(\.rMultiple)
        let told =
            multiples.count == result.count
            ? "\(Numerals.signed(multiples.reduce(0, +), 2)) R, \(net) USD" : "\(net) USD"
        return "\(start): \(result.count > 1 ? "\(result.count) trades, " : "")\(told)"
    }

    /// What the filters said, how the session ended without a trade, and what is missing.
    private var subtitle: [String] {
        var parts = filters.isEmpty ? named : filters
        if let row = rows.last {
            // Without a trade the notes quote what did not hold.
            parts = row.trade == nil ? [row.notes] : parts + [row.notes]
        }
        if slice.presentBars < slice.expectedBars {
            parts.append("\(slice.presentBars) of \(slice.expectedBars) bars")
        }
        return Self.lines(parts.joined(separator: " · "), most: (Self.width - 16) * 10 / 76)
    }

    /// A text in at most two lines of so many characters.
    static func lines(_ text: String, most: Int) -> [String] {
        guard text.count > most else { return [text] }
        let start = text.prefix(most)
        let end = start.lastIndex(of: " ") ?? start.endIndex
        let rest = text[end...].drop { $0 == " " }
        return [String(text[..<end]), rest.count <= most ? String(rest) : rest.prefix(most - 1) + "…"]
    }

    /// The filters that were looked at, by name.
    private var named: [String] {
        trace.events.compactMap { event in
            guard case .filter(let place, let truth) = event else { return nil }
            return "\(playbook.plan.filters[place].name): \(truth.map { $0 ? "yes" : "no" } ?? "unknown")"
        }
    }

    /// When a bar opened, on the market's clocks.
    func time(of bar: Int) -> TimeOfDay {
        let place = slice.bars.lowerBound + min(max(bar, 0), slice.bars.count - 1)
        return slice.session.timeOfDay(of: Instant(secondsSinceEpoch: history.bars.times[place]))
    }

    // MARK: - Drawing

    func picture() -> Picture {
        var picture = Picture(title, width: Self.width, height: Self.height)
        picture.reserve(2_048 + 32 * slice.bars.count)
        let frame = SessionFrame(self)
        let values = drawnValues(frame)
        picture.text(title, 8, 18, .heading)
        for (place, line) in subtitle.enumerated() { picture.text(line, 8, 34 + 15 * place) }
        for window in Set(trace.windows.compactMap { $0 }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            let (from, to) = (frame.x(minute: window.lowerBound), frame.x(minute: window.upperBound, isEnd: true))
            picture.box(
                from, Self.top - 6, width: max(to - from, 1), height: Self.volume.bottom - Self.top + 6, .window)
        }
        frame.drawAxes(&picture)
        picture.parts(of: Self.parts) { picture in
            frame.drawVolume(&picture)
            drawSteps(&picture, frame)
            draw(values, &picture, frame)
            frame.drawBars(&picture)
            for trade in trades { draw(trade, &picture, frame) }
        }
        label(&picture, frame, values)
        return picture
    }

    private func drawSteps(_ picture: inout Picture, _ frame: SessionFrame) {
        var path = StrokePath()
        for bar in Set(steps.map(\.bar)).sorted() where bar >= 0 {
            path.move(to: frame.middle(bar), (Self.top - 6) * Self.parts)
            path.line(to: frame.middle(bar), Self.bottom * Self.parts)
        }
        picture.path(path, .step)
    }

    /// The steps that led to a trade, or without a trade those of the latest attempts.
    var steps: [(name: String, bar: Int)] {
        var latest: [Int: [(name: String, bar: Int)]] = [:]
        var led: [(name: String, bar: Int)] = []
        for event in trace.events {
            switch event {
            case .step(let setup, let step, let bar):
                if step == 0 { latest[setup] = [] }
                latest[setup, default: []].append((playbook.plan.setups[setup].steps[step].name, bar))
            case .entered(let setup, _, _, _, _):
                led += latest[setup] ?? []
                latest[setup] = []
            default: break
            }
        }
        return trades.isEmpty ? latest.sorted { $0.key < $1.key }.flatMap(\.value) : led
    }

    /// The values that can be drawn over prices: those that lie among them.
    private func drawnValues(_ frame: SessionFrame) -> [SessionTrack.Line] {
        let (low, high) = (frame.prices.low, frame.prices.high)
        let span = high - low
        return Array(
            trace.values.filter { line in
                var (known, near, within) = (0, 0, 0)
                for number in line.numbers where !number.isNaN {
                    known += 1
                    if number > low - span, number < high + span { near += 1 }
                    if number >= low, number <= high { within += 1 }
                }
                return near * 2 >= known && within > 0
            }.prefix(Self.valueStyles.count))
    }

    private static let valueStyles: [Style] = [.value1, .value2, .value3]

    private func draw(_ values: [SessionTrack.Line], _ picture: inout Picture, _ frame: SessionFrame) {
        for (line, style) in zip(values, Self.valueStyles) {
            let points = line.numbers.enumerated().map { bar, number -> (x: Int, y: Int)? in
                guard number >= frame.prices.low, number <= frame.prices.high else { return nil }
                return (frame.middle(bar), frame.y(number))
            }
            picture.path(StrokePath(through: StrokePath.straightened(points)), style)
        }
    }

    private func draw(_ trade: ChartedTrade, _ picture: inout Picture, _ frame: SessionFrame) {
        let row = rows.first { $0.tradeNumber == trade.number }
        let lastBar = trade.exits.last?.bar ?? slice.bars.count - 1
        let (start, end) = (frame.middle(trade.bar), frame.middle(lastBar))
        if let target = row?.trade?.target, frame.contains(target) {
            var path = StrokePath()
            path.move(to: start, frame.y(target))
            path.line(to: max(end, start + 4), frame.y(target))
            picture.path(path, .target)
        }
        var stops = StrokePath()
        var isOpen = false
        for (place, stop) in trade.stops.enumerated() {
            let from = frame.middle(max(stop.from, trade.bar))
            let to = place + 1 < trade.stops.count ? frame.middle(trade.stops[place + 1].from) : max(end, from + 4)
            let y = frame.y(min(max(stop.price, frame.prices.low), frame.prices.high))
            if isOpen { stops.line(to: from, y) } else { stops.move(to: from, y) }
            stops.line(to: to, y)
            isOpen = true
        }
        picture.path(stops, .stop)
        var entry = StrokePath()
        let y = frame.y(trade.price)
        let down = row?.side == .short ? -1 : 1
        entry.move(to: start, y)
        entry.line(to: start + 10, y + 18 * down)
        entry.line(to: start - 10, y + 18 * down)
        entry.close(at: start, y)
        picture.path(entry, .entry)
        for part in trade.exits { picture.circle(frame.middle(part.bar), frame.y(part.price), radius: 7, .exit) }
    }
}

/// A trade as a session's events tell it.
struct ChartedTrade: Sendable {
    /// 1, 2, … within the session.
    let number: Int
    let bar: Int
    let price: Double
    /// The stops, each from a bar on.
    var stops: [(from: Int, price: Double)]
    var exits: [ExitPart] = []

    /// The trades of a session, in their order.
    static func all(in events: [RunEvent]) -> [ChartedTrade] {
        var trades: [ChartedTrade] = []
        for event in events {
            switch event {
            case .entered(_, let price, _, let stop, let bar):
                trades.append(
                    ChartedTrade(
                        number: trades.count + 1, bar: bar, price: price, stops: stop.map { [(bar, $0)] } ?? []))
            case .stopMoved(let price, _, let bar):
                guard !trades.isEmpty else { continue }
                // It acts from the next bar on.
                trades[trades.count - 1].stops.append((bar + 1, price))
            case .exited(let part):
                guard !trades.isEmpty else { continue }
                trades[trades.count - 1].exits.append(part)
            default: break
            }
        }
        return trades
    }
}
