import PlaybookCore

/// How often trades ended with so many R.
struct MultipleHistogram {
    /// The R-multiples.
    let multiples: [Double]

    /// The bars of the lowest and the highest numbers take in what lies beyond.
    private static let limits = (low: -3.0, high: 8.0)

    /// A bar.
    struct Bar: Hashable {
        /// From here on, up to the next bar.
        let from: Double
        let count: Int
    }

    /// The bars, `width` R each.
    func bars(width: Double) -> [Bar] {
        // One that is stopped out at its stop has -1, give or take what rounding leaves.
        let places = multiples.map {
            Int(((min(max($0, Self.limits.low), Self.limits.high - width) + 1e-9) / width).rounded(.down))
        }
        guard let first = places.min(), let last = places.max() else { return [] }
        var counts = Array(repeating: 0, count: max(last, 0) - min(first, -1) + 1)
        for place in places { counts[place - min(first, -1)] += 1 }
        return counts.enumerated().map { Bar(from: Double($0 + min(first, -1)) * width, count: $1) }
    }

    /// The picture.
    func picture(width: Int) -> Picture {
        let binWidth = width > 400 ? 0.5 : 1
        let bars = bars(width: binWidth)
        let (top, height) = (24, 200)
        let bottom = top + height
        var picture = Picture("How many trades ended with so many R", width: width, height: bottom + 38)
        let scale = Scale(
            bars[0].from, bars[bars.count - 1].from + binWidth, from: 14, to: width - 14)
        let most = bars.map(\.count).max() ?? 1
        let counts = Scale(0, Double(most), from: bottom, to: top)
        for bar in bars where bar.count > 0 {
            let (x, end) = (scale.place(bar.from), scale.place(bar.from + binWidth))
            let y = min(counts.place(Double(bar.count)), bottom - 1)
            picture.box(
                x + 1, y, width: max(end - x - 2, 1), height: bottom - y, bar.from < 0 ? .loss : .gain)
            picture.text("\(bar.count)", (x + end) / 2, y - 5, .middle)
        }
        picture.line(14, bottom, width - 14, bottom, .axis)
        picture.line(scale.place(0), top - 10, scale.place(0), bottom + 6, .zero)
        for tick in scale.ticks(6) {
            picture.text(
                tick == 0 ? "0" : Numerals.signed(tick, Scale.decimals(of: Scale.step(scale.low, scale.high, 6))),
                scale.place(tick), bottom + 18, .tick, .middle)
        }
        let beyond = [
            multiples.contains { $0 < Self.limits.low } ? "\u{2212}3" : nil,
            multiples.contains { $0 > Self.limits.high } ? "+8" : nil,
        ].compactMap { $0 }
        picture.text(
            "R before costs"
                + (beyond.isEmpty
                    ? ""
                    : width > 400
                        ? "; the outer bar\(beyond.count == 1 ? " holds" : "s hold") what lies beyond "
                            + beyond.joined(separator: " and ") : ", outer bars and beyond"),
            width / 2, bottom + 35, .tick, .middle)
        return picture
    }
}
