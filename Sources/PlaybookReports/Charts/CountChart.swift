/// How often numbers of a kind came about.
struct CountChart {
    /// A bar.
    struct Bar: Hashable {
        let from: Double
        let count: Int
    }

    /// A number that is marked, with what it is.
    struct Mark: Hashable {
        let name: String
        let value: Double
    }

    let title: String
    /// What the numbers are, with their unit.
    let unit: String
    let bars: [Bar]
    /// How wide each bar is, in the unit.
    let step: Double
    var marks: [Mark] = []
    /// Whether bars below 0 are losses and those above gains.
    var isSigned = false

    /// Of ascending numbers, in about `count` bars of a round width.
    static func bars(_ numbers: [Double], about count: Int) -> (bars: [Bar], step: Double) {
        guard let least = numbers.first, let most = numbers.last else { return ([], 1) }
        let step = Scale.step(least, max(most, least + 1e-9), count)
        let first = Int((least / step + 1e-9).rounded(.down))
        var counts = Array(repeating: 0, count: Int((most / step + 1e-9).rounded(.down)) - first + 1)
        for number in numbers { counts[Int((number / step + 1e-9).rounded(.down)) - first] += 1 }
        return (counts.enumerated().map { Bar(from: Double(first + $0) * step, count: $1) }, step)
    }

    /// The picture.
    func picture(width: Int) -> Picture {
        let (left, right, top, height) = (48, 12, marks.isEmpty ? 24 : 40, 150)
        let bottom = top + height
        var picture = Picture(title, width: width, height: bottom + 38)
        guard let first = bars.first, let last = bars.last else { return picture }
        let sum = bars.reduce(0) { $0 + $1.count }
        let across = Scale(
            min(first.from, marks.map(\.value).min() ?? first.from),
            max(last.from + step, marks.map(\.value).max() ?? last.from), from: left, to: width - right)
        let most = Double(bars.map(\.count).max() ?? 1) / Double(max(1, sum)) * 100
        let shares = Scale(0, most * 1.05, from: bottom, to: top)
        picture.verticalAxis(shares, x: left, to: width - right, count: 4)
        var (below, above) = (StrokePath(), StrokePath())
        for bar in bars where bar.count > 0 {
            let (x, end) = (across.place(bar.from), across.place(bar.from + step))
            let y = min(shares.place(Double(bar.count) / Double(sum) * 100), bottom - 1)
            let isBelow = isSigned && bar.from + step / 2 < 0
            if isBelow {
                below.box(x, y, width: max(1, end - x - 1), height: bottom - y)
            } else {
                above.box(x, y, width: max(1, end - x - 1), height: bottom - y)
            }
        }
        picture.path(below, .loss)
        picture.path(above, isSigned ? .gain : .count)
        if isSigned { picture.line(across.place(0), top - 8, across.place(0), bottom + 4, .zero) }
        let ticks = across.ticks(width > 400 ? 6 : 4)
        let scaled = Numerals.unit(of: ticks.map(abs).max() ?? 0)
        let decimals = Scale.decimals(of: Scale.step(across.low, across.high, width > 400 ? 6 : 4) / scaled.size)
        for tick in ticks {
            let number = tick / scaled.size
            let told = isSigned ? Numerals.signed(number, decimals) : Numerals.fixed(number, decimals)
            let text = abs(tick) < 1e-12 ? "0" : told + scaled.suffix
            let half = Picture.width(of: text) / 2
            picture.text(text, min(across.place(tick), width - half), bottom + 16, .tick, .middle)
        }
        picture.text("share, %", 0, marks.isEmpty ? 12 : 28, .tick)
        picture.text(unit, (left + width - right) / 2, bottom + 34, .tick, .middle)
        mark(&picture, across, top: top, bottom: bottom)
        return picture
    }

    /// Lines through the bars, their names above.
    private func mark(_ picture: inout Picture, _ across: Scale, top: Int, bottom: Int) {
        guard !marks.isEmpty else { return }
        let scaled = Numerals.unit(of: marks.map(\.value).max() ?? 0)
        let decimals = Numerals.decimals(ofMoney: marks.map { $0.value / scaled.size })
        let texts = marks.map { "\($0.name) \(Numerals.fixed($0.value / scaled.size, decimals))\(scaled.suffix)" }
        let halves = texts.map { Picture.width(of: $0) / 2 }
        let gap = 2 * (halves.max() ?? 0) + 8
        let edge = halves.max() ?? 0
        let places = Scale.spread(
            marks.map { across.place($0.value) }, gap: gap, in: edge...max(edge, picture.width - edge))
        for (mark, (text, place)) in zip(marks, zip(texts, places)) {
            let x = across.place(mark.value)
            picture.line(x, top - 20, x, bottom, .dashed)
            picture.text(text, place, 12, .middle, .heading)
        }
    }
}
