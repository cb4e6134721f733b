import PlaybookResearch

/// What might have been: how far the P&L of redrawn runs spreads as they go on, and the run as it was.
struct FanChart {
    let fan: MonteCarloFan

    /// The picture.
    func picture(width: Int) -> Picture {
        let isWide = width > 600
        let (left, right, top, height) = (64, 104, 24, 220)
        let bottom = top + height
        let last = fan.sessions.last ?? 1
        var picture = Picture(
            "Net P&L of redrawn runs by session: 5, 25, 50, 75 and 95% of them end below these lines", width: width,
            height: bottom + 38)
        let all = fan.spread.joined() + fan.actual
        let (least, most) = (min(0, all.min() ?? 0), max(0, all.max() ?? 0))
        let room = max(most - least, 1e-6) * 0.04
        let scale = Scale(least - room, most + room, from: bottom, to: top)
        let across = Scale(0, Double(last), from: left, to: width - right)
        func line(_ values: [Double]) -> [(x: Int, y: Int)?] {
            [(across.place(0, parts: 2), scale.place(0, parts: 2))]
                + zip(fan.sessions, values).map {
                    (x: across.place(Double($0), parts: 2), y: scale.place($1, parts: 2))
                }
        }
        let lines = MonteCarlo.percentiles.indices.map { part in fan.spread.map { $0[part] } }
        picture.parts(of: 2) { picture in
            for (low, high, style) in [(0, 4, Style.outer), (1, 3, .inner)] {
                var path = StrokePath(through: line(lines[low]) + line(lines[high]).reversed())
                path.close(at: across.place(0, parts: 2), scale.place(0, parts: 2))
                picture.path(path, style)
            }
        }
        picture.verticalAxis(scale, x: left, to: width - right, isSigned: true)
        picture.text("Net P&L, USD", left, 12, .heading)
        for tick in across.ticks(isWide ? 6 : 4) {
            picture.text(Numerals.count(Int(tick)), across.place(tick), bottom + 16, .tick, .middle)
        }
        picture.text("sessions", (left + width - right) / 2, bottom + 34, .tick, .middle)
        picture.parts(of: 2) { picture in
            picture.path(StrokePath(through: StrokePath.straightened(line(lines[2]))), .line)
            picture.path(StrokePath(through: StrokePath.straightened(line(fan.actual))), .actual)
        }
        labels(&picture, scale, lines, x: width - right + 6, in: top...bottom)
        return picture
    }

    private func labels(
        _ picture: inout Picture, _ scale: Scale, _ lines: [[Double]], x: Int, in range: ClosedRange<Int>
    ) {
        let ends = lines.map { $0.last ?? 0 }
        var labels = zip(MonteCarlo.percentiles, ends).map { share, end in
            (
                text: "\(Int(share))% \(Numerals.brief(end))", end: end,
                style: share == 50 ? Style.heading : .tick
            )
        }
        let actual = fan.actual.last ?? 0
        labels.append((text: "was \(Numerals.brief(actual))", end: actual, style: .heading))
        let places = Scale.spread(labels.map { scale.place($0.end) }, gap: 15, in: range)
        for (label, place) in zip(labels, places) { picture.text(label.text, x, place + 4, label.style) }
    }
}
