/// Bars of a history's sessions that are shorter than its own, made of the same bars of the source: what a plan that says
/// `resolve` decides by what a bar leaves open.
public struct FinerBars: Sendable {
    /// Length of the bars.
    public let timeframe: Timeframe
    /// The bars, ascending, as traded, the sessions' bars one after the other.
    public let bars: BarColumns
    /// Where the bars of each of the history's slices are.
    public let ranges: [Range<Int>]
    /// Digests of the bars of each slice.
    let digests: [UInt64]
}

extension BarHistory {
    /// The finer bars of a length.
    func finer(_ timeframe: Timeframe) -> FinerBars? { finer.first { $0.timeframe == timeframe } }
}

extension HistoryRequest {
    /// Throws where a source's bars are too long for the finer ones that are asked for.
    func requireFiner(_ found: IntradayBars, of label: String) throws(PlaybookError) {
        guard let finer = resolve.first(where: { $0.seconds % found.timeframe.seconds != 0 }) else { return }
        throw PlaybookError(
            .badData,
            "resolve: \(finer) bars of \(symbol) are asked for, but those of \(label) are \(found.timeframe) bars",
            nextStep: "Use a source that has \(finer) bars. \(withoutResolve)")
    }

    /// What is said of an error that comes of `resolve` alone.
    func error(ofResolve error: PlaybookError) -> PlaybookError {
        PlaybookError(
            error.code, "resolve: \(sourceTimeframe) bars of \(symbol) are asked for: \(error.facts)",
            nextStep: .all(error.remedy, withoutResolve))
    }

    private var withoutResolve: Remedy {
        "Without resolve the playbook runs on the \(timeframe) bars that are there."
    }
}
