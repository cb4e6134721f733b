extension BarColumns {
    /// The bars of `range` put together into bars of `timeframe`, aligned to `sessionOpen`: first open, highest high,
    /// lowest low, last close, summed volume. A bucket without a bar stays absent.
    ///
    /// - Parameters:
    ///   - range: bars of one session, none of them before `sessionOpen`.
    ///   - sessionOpen: seconds since 1970-01-01T00:00:00Z.
    ///   - result: the columns to append to.
    func aggregate(_ range: Range<Int>, into timeframe: Timeframe, sessionOpen: Int64, appendingTo result: inout Self) {
        var bucket = Int64.min
        for index in range {
            let start = times[index] - (times[index] - sessionOpen) % timeframe.seconds
            if start != bucket {
                bucket = start
                var bar = self[index]
                bar.time = start
                result.append(bar)
            } else {
                let last = result.count - 1
                result.high[last] = Swift.max(result.high[last], high[index])
                result.low[last] = Swift.min(result.low[last], low[index])
                result.close[last] = close[index]
                result.volume[last] += volume[index]
            }
        }
    }

    /// The bars at `range` put together into one, which has the time of the first; nil without any.
    func joined(_ range: Range<Int>) -> Bar? {
        guard let first = range.first, let last = range.last else { return nil }
        var bar = self[first]
        var volume = 0.0
        withPointers(range) { bars, volumes in
            for index in range {
                bar.high = bars.high[index] > bar.high ? bars.high[index] : bar.high
                bar.low = bars.low[index] < bar.low ? bars.low[index] : bar.low
                volume += volumes[index]
            }
        }
        bar.close = close[last]
        bar.volume = volume
        return bar
    }
}
