import PlaybookCore

/// Cumulative net P&L and, on the same time axis, how far it lay below its peak.
struct EquityChart {
    let figures: Figures
    let performance: Performance
    /// What buying and holding came to at each session's close, as a multiple of the start; empty where it is not known.
    var holding: [CivilDate: Double] = [:]

    /// The picture.
    func picture(width: Int) -> Picture {
        let days = figures.days
        let isWide = width > 600
        let (left, right, top) = (64, 66, 22)
        let equityHeight = isWide ? 190 : 170
        let fallTop = top + equityHeight + 32
        let fallHeight = isWide ? 64 : 56
        let bottom = fallTop + fallHeight
        let heldTop = bottom + 32
        let end = holding.isEmpty ? bottom : heldTop + fallHeight
        var picture = Picture(title, width: width, height: end + 22)
        let axis = DateAxis(dates: days.map(\.date), from: left, to: width - right)
        let values = days.map(\.equity)
        let (low, high) = padded(min(0, values.min() ?? 0), max(0, values.max() ?? 0))
        let scale = Scale(low, high, from: top + equityHeight, to: top)
        let deepest = days.map(\.fall).min() ?? 0
        let fall = Scale(deepest * 1.05, 0, from: bottom, to: fallTop)

        band(&picture, axis, top: top, bottom: bottom)
        picture.horizontalAxis(axis, y: end + 16, bottom: end, top: top)
        picture.verticalAxis(scale, x: left, to: width - right, isSigned: true)
        picture.text("Net P&L, USD", left, 12, .heading)
        let parts = parts
        picture.parts(of: parts) {
            let points =
                [(x: left * parts, y: scale.place(0, parts: parts))]
                + days.indices.map { (x: axis.place($0, parts: parts), y: scale.place(values[$0], parts: parts)) }
            $0.path(StrokePath(through: StrokePath.thinned(points)), .line)
        }
        let last = values.last ?? 0
        picture.text(
            Numerals.brief(last), width - right + 6, scale.place(last) + 4, .heading)
        drawdown(&picture, axis, fall, top: fallTop, left: left, end: width - right)
        if !holding.isEmpty { held(&picture, axis, top: heldTop, bottom: end, left: left, end: width - right) }
        return picture
    }

    /// Places a pixel: of many sessions fewer.
    private var parts: Int { figures.days.count > 1_000 ? 2 : 4 }

    private var title: String {
        "Net P&L by session, \(Numerals.signed(performance.net, 2)) USD at the end, and drawdown, "
            + "\(Numerals.fixed(performance.maximumDrawdown, 2)) USD at the most"
    }

    /// What buying and holding would have brought, in percent.
    private func held(
        _ picture: inout Picture, _ axis: DateAxis, top: Int, bottom: Int, left: Int, end: Int
    ) {
        let values = figures.days.map { day in holding[day.date].map { ($0 - 1) * 100 } }
        let known = values.compactMap { $0 }
        let (low, high) = padded(min(0, known.min() ?? 0), max(0, known.max() ?? 0))
        let scale = Scale(low, high, from: bottom, to: top)
        picture.verticalAxis(scale, x: left, to: end, count: 3, isSigned: true)
        picture.text("Buying and holding, %", left, top - 8, .heading)
        let parts = parts
        picture.parts(of: parts) { picture in
            let points = values.enumerated().map { index, value in
                value.map { (x: axis.place(index, parts: parts), y: scale.place($0, parts: parts)) }
            }
            picture.path(StrokePath(through: StrokePath.straightened(points)), .other)
        }
        guard let last = known.last else { return }
        picture.text(Numerals.signed(last, 1), end + 6, scale.place(last) + 4, .heading)
    }

    /// From the peak of the deepest fall to its recovery.
    private func band(_ picture: inout Picture, _ axis: DateAxis, top: Int, bottom: Int) {
        guard let drawdown = figures.drawdown else { return }
        let start = axis.place(drawdown.peak)
        let end = axis.place(drawdown.recovery ?? figures.days.count - 1)
        picture.box(start, top, width: max(1, end - start), height: bottom - top, .band)
    }

    private func drawdown(
        _ picture: inout Picture, _ axis: DateAxis, _ scale: Scale, top: Int, left: Int, end: Int
    ) {
        let days = figures.days
        guard let drawdown = figures.drawdown else {
            picture.text("No drawdown: it never fell below its peak", left, top - 8, .heading)
            picture.line(left, top, end, top, .zero)
            return
        }
        picture.verticalAxis(scale, x: left, to: end, count: 3)
        picture.text("Drawdown, USD", left, top - 8, .heading)
        let parts = parts
        picture.parts(of: parts) { picture in
            // From the end back along the top: what is filled closes without a line where a drawdown lasts.
            let points =
                [(x: end * parts, y: top * parts), (x: left * parts, y: top * parts)]
                + days.indices.map {
                    (x: axis.place($0, parts: parts), y: scale.place(days[$0].fall, parts: parts))
                }
            picture.path(StrokePath(through: StrokePath.thinned(points)), .fall)
        }
        // Its label stands on the line of the panel's name, where nothing else does.
        let length = drawdown.length(of: days.count)
        let isWide = picture.width > 600
        let recovered = drawdown.recovery == nil ? ", not recovered yet" : ""
        let text =
            "\(Numerals.fixed(-drawdown.depth, 2)), "
            + (isWide
                ? "shaded: \(Numerals.counted(length, "session"))\(recovered)" : Numerals.counted(length, "session"))
        picture.text(isWide ? "deepest " + text : text, isWide ? end : picture.width, top - 8, .end)
    }

    /// A little room above and below.
    private func padded(_ low: Double, _ high: Double) -> (Double, Double) {
        let span = max(high - low, 1e-9)
        return (low < 0 ? low - span * 0.04 : 0, high > 0 ? high + span * 0.04 : (low < 0 ? 0 : 1))
    }
}
