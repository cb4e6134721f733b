import PlaybookCore

/// A figure over the last 30 trades, as it went on, beside that of all trades.
struct RollingChart {
    let title: String
    /// The figure from the 30th trade on.
    let values: [Double]
    /// That of all trades.
    let overall: Double
    let decimals: Int
    let isSigned: Bool
    /// The dates of the trades that the values end with.
    let dates: [CivilDate]

    /// The picture.
    func picture(width: Int) -> Picture {
        let (left, right, top, height) = (48, 84, 22, 130)
        let bottom = top + height
        var picture = Picture("\(title) over \(RollingFigures.window) trades", width: width, height: bottom + 22)
        let all = values + [overall] + (isSigned ? [0] : [])
        let (least, most) = (all.min() ?? 0, all.max() ?? 1)
        let room = max(most - least, 0.001) * 0.06
        let scale = Scale(
            isSigned ? least - room : max(0, least - room), most + room, from: bottom, to: top)
        let axis = DateAxis(dates: dates, from: left, to: width - right)
        picture.horizontalAxis(axis, y: bottom + 16, bottom: bottom, top: top)
        picture.verticalAxis(scale, x: left, to: width - right, isSigned: isSigned)
        picture.text(title, left, 12, .heading)
        picture.line(left, scale.place(overall), width - right, scale.place(overall), .dashed)
        let parts = values.count > 1_000 ? 2 : 4
        picture.parts(of: parts) {
            let points = values.indices.map {
                (x: axis.place($0, parts: parts), y: scale.place(values[$0], parts: parts))
            }
            $0.path(StrokePath(through: StrokePath.thinned(points)), .line)
        }
        let last = values[values.count - 1]
        let places = Scale.spread(
            [scale.place(last), scale.place(overall)], gap: 16, in: top + 2...bottom - 2)
        picture.text("now \(text(last))", width - right + 6, places[0] + 4, .heading)
        picture.text("all \(text(overall))", width - right + 6, places[1] + 4, .tick)
        return picture
    }

    private func text(_ value: Double) -> String {
        isSigned ? Numerals.signed(value, decimals) : Numerals.fixed(value, decimals)
    }
}
