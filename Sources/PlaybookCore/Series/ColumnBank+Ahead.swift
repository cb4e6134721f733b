import CPrefetch

// Memory that is asked for before it is read. It changes no value.
extension ColumnBank {
    /// Asks for what values of a session at some of its bars are made of.
    func expect(_ index: Int, _ bars: Range<Int>) {
        let first = source.slices[index].bars.lowerBound
        let window = (first &+ (bars.lowerBound & -Self.block))..<(first &+ bars.upperBound)
        // What averages read was mostly asked for with the session before.
        if closesAsked > window.upperBound { closesAsked = 0 }
        expect(source.bars.close, max(0, first &- closesAhead, closesAsked)..<window.upperBound)
        closesAsked = window.upperBound
        expect(source.bars.high, window)
        expect(source.bars.low, window)
    }

    /// Asks for the prices of a session's bars at which an order may be filled, and of the one at which a position is left.
    func expectFills(_ index: Int, _ bars: Range<Int>, exit: Int) {
        let own = source.slices[index].bars
        guard !bars.isEmpty else { return }
        let window = (own.lowerBound &+ bars.lowerBound)..<(own.lowerBound &+ bars.upperBound)
        expect(source.bars.open, window)
        expect(source.bars.close, window)
        let last = min(own.upperBound &- 1, own.lowerBound &+ exit)
        expect(source.bars.open, last..<last &+ 1)
        expect(source.bars.close, last..<last &+ 1)
    }

    /// Asks for what a trade of a session reads whose order was placed before a bar: the bar's prices, those after it, and
    /// what averages of the true range are made of.
    func expectTrade(_ index: Int, from bar: Int) {
        let bars = source.slices[index].bars
        let first = max(0, bars.lowerBound &- rangesAhead)
        let last = min(bars.upperBound, bars.lowerBound &+ bar &+ Self.ahead)
        guard first < last else { return }
        expect(source.bars.open, min(bars.lowerBound &+ bar, last &- 1)..<last)
        expect(source.bars.high, first..<last)
        expect(source.bars.low, first..<last)
    }

    /// Of a trade so many bars are asked for; the processor sees by itself that more follow.
    private static let ahead = 48

    @inline(__always)
    private func expect(_ column: UnsafePointer<Double>, _ bars: Range<Int>) {
        guard !bars.isEmpty else { return }
        var place = column + bars.lowerBound
        let last = column + (bars.upperBound &- 1)
        while place < last {
            prefetch_for_reading(place)
            place += 8
        }
        prefetch_for_reading(last)
    }
}
