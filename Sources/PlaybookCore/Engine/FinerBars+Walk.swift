extension FinerBars {
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
