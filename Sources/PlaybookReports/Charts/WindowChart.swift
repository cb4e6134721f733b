import PlaybookCore

/// Windows of a walk-forward: what the chosen set made a session, where it was chosen and where it was judged.
struct WindowChart {
    /// A window, all symbols together.
    struct Bar: Hashable {
        /// The first test session.
        let date: CivilDate
        /// Net P&L a session in USD; nil where no set was chosen.
        let inside, outside: Double?
    }

    let bars: [Bar]

    /// The picture.
    func picture(width: Int) -> Picture {
        let (left, right, top, height) = (56, 10, 24, 150)
        let bottom = top + height
        var picture = Picture(
            "Net P&L a session of each window, where its set was chosen and where it was judged", width: width,
            height: bottom + 22)
        let known = bars.flatMap { [$0.inside, $0.outside].compactMap { $0 } }
        let (least, most) = (min(0, known.min() ?? 0), max(0, known.max() ?? 0))
        let room = max(most - least, 1e-6) * 0.05
        let scale = Scale(least - room, most + room, from: bottom, to: top)
        picture.verticalAxis(scale, x: left, to: width - right, isSigned: true)
        picture.text("Net P&L a session, USD", left, 12, .tick)
        let span = width - right - left
        let slot = max(2, span / max(1, bars.count))
        let wide = max(1, min(20, slot * 2 / 5))
        func start(_ place: Int) -> Int { left + (2 * place + 1) * span / (2 * bars.count) - wide }
        var (inside, gains, losses, skipped) = (StrokePath(), StrokePath(), StrokePath(), StrokePath())
        let zero = scale.place(0)
        func bar(_ path: inout StrokePath, _ x: Int, _ number: Double) {
            let y = scale.place(number)
            path.box(x, min(y, zero), width: wide - 1, height: max(1, abs(y - zero)))
        }
        for (place, window) in bars.enumerated() {
            let x = start(place)
            guard let chosen = window.inside, let judged = window.outside else {
                skipped.move(to: x + wide - 4, zero - 4)
                skipped.line(to: x + wide + 4, zero + 4)
                skipped.move(to: x + wide + 4, zero - 4)
                skipped.line(to: x + wide - 4, zero + 4)
                continue
            }
            bar(&inside, x, chosen)
            if judged >= 0 { bar(&gains, x + wide, judged) } else { bar(&losses, x + wide, judged) }
        }
        picture.path(inside, .hollow)
        picture.path(gains, .gain)
        picture.path(losses, .loss)
        picture.path(skipped, .plateau)
        let every = max(1, (66 + slot - 1) / slot)
        for (place, window) in bars.enumerated() where place % every == 0 {
            let label = "\(DateAxis.months[window.date.month - 1]) \(window.date.year)"
            let half = Picture.width(of: label) / 2
            picture.text(
                label, min(max(start(place) + wide, half), width - half), bottom + 16, .tick, .middle)
        }
        return picture
    }
}
