import PlaybookCore

extension SessionChart {
    /// Names of steps and trades above the bars, of prices and of the values that are drawn beside them.
    func label(_ picture: inout Picture, _ frame: SessionFrame, _ values: [SessionTrack.Line]) {
        labelAbove(&picture, frame)
        var labels: [(text: String, price: Double, style: Style)] = []
        if trades.count == 1, let trade = trades.first, let told = rows.first(where: { $0.trade != nil })?.trade {
            let decimals = Numerals.decimals(ofPricesIn: [told])
            func text(_ name: String, _ price: Double) -> String { "\(name) \(Numerals.fixed(price, decimals))" }
            labels.append((text("entry", told.entry), told.entry, .halo))
            if let stop = trade.stops.first { labels.append((text("stop", stop.price), stop.price, .loss)) }
            if let last = trade.stops.last, trade.stops.count > 1 {
                labels.append((text("stop", last.price), last.price, .loss))
            }
            if let target = told.target { labels.append((text("target", target), target, .gain)) }
            labels.append((text("exit", told.exit), told.exit, .halo))
        }
        for line in values {
            guard let last = line.numbers.last(where: { !$0.isNaN }) else { continue }
            labels.append((line.name, last, .tick))
        }
        let places = Scale.spread(
            labels.map { frame.y($0.price, parts: 1) + 4 }, gap: 15, in: Self.top...Self.bottom)
        for (label, place) in zip(labels, places) {
            let most = (Self.width - Self.right - 10) * 10 / 76
            let text = label.text.count <= most ? label.text : label.text.prefix(most - 1) + "…"
            picture.text(text, Self.right + 8, place, label.style)
        }
    }

    /// Steps in lanes; those that find no room are left out, their lines stay.
    private func labelAbove(_ picture: inout Picture, _ frame: SessionFrame) {
        var lanes = [66, 80, 94].map { (y: $0, free: Self.left) }
        if trades.count > 1 {
            let texts = trades.map { trade -> String in
                let multiple = rows.first { $0.tradeNumber == trade.number }?.trade?.rMultiple
                return "\(trade.number)" + (multiple.map { " \(Numerals.signed($0, 2)) R" } ?? "")
            }
            let gap = (texts.map(Picture.width).max() ?? 0) + 8
            let places = Scale.spread(
                trades.map { frame.middle($0.bar) / Self.parts }, gap: gap, in: Self.left...(Self.right - gap))
            for (text, place) in zip(texts, places) { picture.text(text, place, lanes[0].y, .heading) }
            lanes.removeFirst()
        }
        for step in (steps + stopMoves).sorted(by: { ($0.bar, $0.name) < ($1.bar, $1.name) }) where step.bar >= 0 {
            let text = "\(step.name) \(time(of: step.bar))"
            let width = Picture.width(of: text)
            let x = min(frame.middle(step.bar) / Self.parts + 3, Self.right - width)
            guard let lane = lanes.indices.first(where: { lanes[$0].free <= x }) else { continue }
            picture.text(text, x, lanes[lane].y, .tick)
            lanes[lane].free = x + width + 8
        }
    }

    /// When the stop of the only trade moved first and last.
    private var stopMoves: [(name: String, bar: Int)] {
        guard trades.count == 1, let moves = trades.first?.stops.dropFirst(), let first = moves.first,
            let last = moves.last
        else { return [] }
        let end = slice.bars.count - 1
        let one = ("stop moved", min(first.from, end))
        return moves.count == 1 ? [one] : [one, ("stop last moved", min(last.from, end))]
    }

    /// Where a trade's stop was and when it moved: `480.10, from 10:42 481.30`; empty without a stop.
    func stops(ofTrade number: Int, decimals: Int) -> String {
        guard let trade = trades.first(where: { $0.number == number }), let first = trade.stops.first else { return "" }
        let moves = trade.stops.dropFirst()
        // A trailing stop moves with many bars.
        let told = moves.count > 8 ? Array(moves.prefix(4)) + Array(moves.suffix(4)) : Array(moves)
        let words = told.map { stop in
            "from \(time(of: min(stop.from, slice.bars.count - 1))) \(Numerals.fixed(stop.price, decimals))"
        }
        let more = moves.count > told.count ? ["(\(moves.count - told.count) moves between)"] : []
        return ([Numerals.fixed(first.price, decimals)] + words.prefix(4) + more + words.dropFirst(4)).joined(
            separator: ", ")
    }
}
