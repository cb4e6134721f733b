/// What a playbook saw and did in one session, bar by bar: what a chart is drawn from.
public struct SessionTrack: Sendable {
    /// The session's place in the history's `slices`.
    public let slice: Int
    /// What happened, in the order in which it did. Bars are indices in the session.
    public let events: [RunEvent]
    /// The playbook's named numbers at each bar's close, but for times and durations; an unknown one is NaN.
    public let values: [Line]
    /// First and last time of each setup's window, in minutes since midnight; nil for setups without one, or where an end
    /// is unknown.
    public let windows: [ClosedRange<Double>?]

    /// A number that the playbook has a name for.
    public struct Line: Sendable, Hashable {
        /// What the playbook calls it.
        public let name: String
        /// At each bar's close; NaN where it is unknown.
        public let numbers: [Double]
    }
}

extension Backtest {
    /// Walks the requested sessions and tells what was seen and done in some of them.
    ///
    /// - Parameters:
    ///   - wanted: places in the history's `slices`; of sessions without a bar nothing is told.
    ///   - minimumCompleteness: where a smaller share of the bars due by the decision exists, 0 to 1, and more than one is
    ///     missing, an order is refused.
    public func tracks(_ playbook: Playbook, of wanted: Set<Int>, minimumCompleteness: Double = 0.95) -> [SessionTrack]
    {
        var tracks: [SessionTrack] = []
        let hasWindow = playbook.plan.setups.map { $0.window != nil }
        walk(
            [playbook], minimumCompleteness: minimumCompleteness,
            events: { bank, places in SessionTracer(playbook, bank, places) },
            body: { _, slice, run in
                guard wanted.contains(slice) else { return }
                let windows = hasWindow.indices.map { setup -> ClosedRange<Double>? in
                    guard hasWindow[setup], let window = run.window(of: setup), window.from <= window.to else {
                        return nil
                    }
                    return window.from...window.to
                }
                tracks.append(
                    SessionTrack(
                        slice: slice, events: run.events.events,
                        values: run.events.lines(history.slices[slice].bars.count), windows: windows))
            }, withoutBars: { _, _ in })
        return tracks
    }
}

/// Keeps the events of a session, and looks up the playbook's numbers at its end.
private struct SessionTracer: RunObserver {
    static var isListening: Bool { true }

    private(set) var events: [RunEvent] = []
    private let bank: ColumnBank
    private let named: [(name: String, place: Int, isKnownAtOpen: Bool)]

    init(_ playbook: Playbook, _ bank: ColumnBank, _ places: PlanPlaces) {
        self.bank = bank
        named = playbook.values.compactMap { value in
            guard case .number(let ref, .number) = value.kind, value.shownWith == nil else { return nil }
            return (value.name, places.of(ref), value.isKnownAtOpen)
        }
    }

    mutating func begin() { events.removeAll(keepingCapacity: true) }

    mutating func receive(_ event: RunEvent) { events.append(event) }

    /// The numbers at the closes of `count` bars.
    func lines(_ count: Int) -> [SessionTrack.Line] {
        named.map { name, place, isKnownAtOpen in
            let ref = NumberRef(place)
            return SessionTrack.Line(
                name: name,
                numbers: isKnownAtOpen
                    ? Array(repeating: bank.sessionNumber(ref), count: count)
                    : (0..<count).map { bank.number(ref, $0) })
        }
    }
}
