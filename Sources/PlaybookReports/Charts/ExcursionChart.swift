import PlaybookCore

/// How far each trade went against the position before it ended, and how far for it.
struct ExcursionChart {
    /// A trade: its worst and best price against the entry.
    struct Point: Hashable {
        let against, inFavour: Double
        let isWin: Bool
    }

    let points: [Point]
    /// `R`, or `% of the entry price` where no trade has a stop.
    let unit: String

    /// Nil without trades.
    init?(_ trades: [ClosedTrade]) {
        guard !trades.isEmpty else { return nil }
        let risked = trades.filter { $0.risk ?? 0 > 0 }
        if risked.isEmpty {
            unit = "% of the entry price"
            points = trades.map {
                Point(against: $0.mae / $0.entry * 100, inFavour: $0.mfe / $0.entry * 100, isWin: $0.isWin)
            }
        } else {
            unit = "R"
            points = risked.map {
                let risk = $0.risk ?? 1
                return Point(against: $0.mae / risk, inFavour: $0.mfe / risk, isWin: $0.isWin)
            }
        }
    }

    /// Whether there is a stop to show.
    var hasStop: Bool { unit == "R" }

    /// The picture.
    func picture(width: Int) -> Picture {
        let (left, top, height) = (48, 40, 184)
        let bottom = top + height
        var picture = Picture(
            "Of each trade, how far it went against and for the position, in \(unit)", width: width, height: bottom + 38
        )
        let low = min(points.map(\.against).min() ?? -1, hasStop ? -1 : -0.01)
        let high = max(points.map(\.inFavour).max() ?? 1, 0.01)
        let across = Scale(low * 1.06, 0, from: left, to: width - 12)
        let up = Scale(0, high * 1.05, from: bottom, to: top)
        picture.verticalAxis(up, x: left, to: width - 12, isSigned: true)
        let step = Scale.step(across.low, across.high, 5)
        for tick in across.ticks(5) {
            let x = across.place(tick)
            picture.text(
                abs(tick) < 1e-12 ? "0" : Numerals.fixed(tick, Scale.decimals(of: step)), min(x, width - 8),
                bottom + 18,
                .tick, .middle)
        }
        picture.text("Best, \(unit)", left, 12, .tick)
        picture.text("Worst, \(unit)", width / 2, bottom + 35, .tick, .middle)
        picture.line(across.place(0), top, across.place(0), bottom, .zero)
        if hasStop {
            let x = across.place(-1)
            picture.line(x, top - 4, x, bottom, .dashed)
            picture.text("stop", x, 32, .middle)
        }
        picture.parts(of: 2) { picture in
            var (dots, crosses) = (StrokePath(), StrokePath())
            // Of many marks those that lie on one another are drawn once.
            let grain = points.count > 1_000 ? 3 : 1
            var seen: Set<[Int]> = []
            for point in points {
                let (x, y) = (across.place(point.against, parts: 2), up.place(point.inFavour, parts: 2))
                guard seen.insert([x / grain, y / grain, point.isWin ? 1 : 0]).inserted else { continue }
                if point.isWin {
                    dots.move(to: x, y)
                    dots.horizontal(by: 0)
                } else {
                    crosses.move(to: x - 5, y - 5)
                    crosses.line(to: x + 5, y + 5)
                    crosses.move(to: x + 5, y - 5)
                    crosses.line(to: x - 5, y + 5)
                }
            }
            picture.path(crosses, .cross)
            picture.path(dots, .dot)
        }
        return picture
    }
}
