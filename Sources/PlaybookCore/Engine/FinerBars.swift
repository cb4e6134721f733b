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

    /// Where the bars lie while plans walk them.
    struct Place {
        let timeframe: Timeframe
        let pointers: BarPointers
        let ranges: [Range<Int>]

        /// The bars of a slice, which have all closed.
        func closed(_ slice: Int, _ hours: SessionHours) -> ClosedBars {
            ClosedBars(
                pointers, first: ranges[slice].lowerBound, count: ranges[slice].count, hours: hours,
                secondsPerBar: timeframe.seconds)
        }
    }
}

extension BarHistory {
    /// The finer bars of a length.
    func finer(_ timeframe: Timeframe) -> FinerBars? { finer.first { $0.timeframe == timeframe } }

    /// Calls `body` with a bank for a history that has bars, and with the places of its finer bars.
    func withBank(_ graph: SeriesGraph, _ body: (ColumnBank, [FinerBars.Place]) -> Void) {
        withFinerBars { places in
            ColumnBank.with(graph, over: self) { body($0, places) }
        }
    }

    /// Calls `body` with the places of the finer bars.
    func withFinerBars(_ body: ([FinerBars.Place]) -> Void) { Self.with(finer[...], [], body) }

    private static func with(
        _ rest: ArraySlice<FinerBars>, _ places: [FinerBars.Place], _ body: ([FinerBars.Place]) -> Void
    ) {
        guard let next = rest.first else { return body(places) }
        next.bars.withPointers { pointers in
            let place = FinerBars.Place(timeframe: next.timeframe, pointers: pointers, ranges: next.ranges)
            with(rest.dropFirst(), places + [place], body)
        }
    }
}

extension [FinerBars.Place] {
    /// The place of the finer bars of a length, which a history loaded for the playbook has.
    func place(of timeframe: Timeframe) -> FinerBars.Place {
        guard let place = first(where: { $0.timeframe == timeframe }) else {
            preconditionFailure("the history was not loaded for a playbook that resolves by \(timeframe) bars")
        }
        return place
    }
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
