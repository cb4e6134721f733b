import PlaybookCore

/// Makes prices as traded of Yahoo's, which are adjusted for all splits up to today and kept as 32-bit numbers.
struct YahooPrices {
    /// Ascending by date.
    let splits: [Split]

    /// A bar of a session as it was traded.
    func asTraded(_ bar: Bar, on date: CivilDate) -> Bar {
        let factor = splits.reduce(1) { $1.date > date ? $0 * $1.ratio : $0 }
        var bar = bar
        bar.open = Self.rounded(bar.open * factor)
        bar.high = Self.rounded(bar.high * factor)
        bar.low = Self.rounded(bar.low * factor)
        bar.close = Self.rounded(bar.close * factor)
        // Before a reverse split only rounded volumes come back.
        bar.volume = (bar.volume / factor).rounded()
        return bar
    }

    /// A price with as many decimals as a 32-bit number is sure of: the most of 0 to 4 whose unit is above 1.3e-7 of it.
    static func rounded(_ price: Double) -> Double {
        for scale in [10_000.0, 1_000, 100, 10] where 1 / scale > 1.3e-7 * price {
            return (price * scale).rounded() / scale
        }
        return price.rounded()
    }
}
