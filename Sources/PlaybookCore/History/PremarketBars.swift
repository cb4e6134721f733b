/// What the bars before the open make in each session of a history: one bar from where the premarket begins to the
/// open.
///
/// They are made where a graph asks for them (`SeriesGraph.readsPremarket`); all else that a history holds is of regular
/// hours.
struct PremarketBars: Sendable {
    /// Of each slice; nil where the source has none.
    let bars: [Bar?]

    /// What bars make of each slice's premarket.
    ///
    /// - Parameters:
    ///   - columns: a source's bars, ascending, as traded; those outside a premarket are passed over.
    ///   - slices: the history's.
    ///   - hours: the market's, which say how long a premarket is.
    init(_ columns: BarColumns, slices: [SessionSlice], hours: MarketHours) {
        let length = Int64(hours.premarketMinutes) * 60
        bars = slices.map { slice in
            let open = slice.session.open.secondsSinceEpoch
            let range = columns.firstIndex(at: open - length)..<columns.firstIndex(at: open)
            guard let first = range.first else { return nil }
            var whole = columns[first]
            for place in range.dropFirst() {
                whole.high = max(whole.high, columns.high[place])
                whole.low = min(whole.low, columns.low[place])
                whole.close = columns.close[place]
                whole.volume += columns.volume[place]
            }
            return whole
        }
    }
}
