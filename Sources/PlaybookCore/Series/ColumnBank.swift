/// The values of a graph's numbers and conditions in one session after the other.
///
/// Few bars of few sessions are looked at, so values are computed when they are first asked for, in blocks counted from
/// the open. Memory is used again for the next session. A value at a bar reads that bar and earlier ones only, at prices
/// as of the session's splits.
public final class ColumnBank: PlanValues {
    let history: BarHistory
    let graph: SeriesGraph
    let nodes: UnsafeMutablePointer<ColumnNode>
    let states: UnsafeMutablePointer<ColumnState>
    let nodeCount: Int
    let rows: [BarRow]
    let longer: [LongerBars?]
    let sameTimes: [SameTimeValues]
    /// The history's columns, as the engine's own kernels take them.
    let pointers: BarPointers
    /// The session at hand: its slice, and the one whose splits are known.
    private(set) var slice = 0
    private(set) var asOf = 0
    /// Bars in the session.
    private(set) var count = 0
    private(set) var equality = Equality(price: 1)
    let secondsPerBar: Int64

    /// Values are computed in blocks of this many bars.
    static let block = 8

    /// Calls `body` with a bank for a history with bars.
    public static func with<Result>(
        _ graph: SeriesGraph, over history: BarHistory, _ body: (ColumnBank) throws -> Result
    ) rethrows -> Result {
        try history.bars.withRowBars { try body(ColumnBank(graph, history: history, bars: $0)) }
    }

    /// - Parameter bars: the history's bars; they have to stay where they are as long as the bank is used.
    init(_ graph: SeriesGraph, history: BarHistory, bars: RowBars) {
        let most = history.slices.reduce(1) { max($0, $1.bars.count) }
        let graph = graph.settled(sessionBars: most)
        self.graph = graph
        self.history = history
        secondsPerBar = history.timeframe.seconds
        pointers = BarPointers(
            times: bars.times, open: bars.open, high: bars.high, low: bars.low, close: bars.close)
        let made = graph.rows.map { kind in Self.row(kind, history, bars) }
        rows = made.map(\.0)
        longer = made.map(\.1)
        sameTimes = graph.sameTimes.map { SameTimeValues($0, history: history, bars: bars) }
        nodeCount = graph.nodes.count
        nodes = .allocate(capacity: max(1, nodeCount))
        states = .allocate(capacity: max(1, nodeCount))
        for (place, node) in graph.nodes.enumerated() {
            (nodes + place).initialize(to: node)
            let room = graph.rows[node.row] == .daily ? 1 : most + 1
            (states + place).initialize(
                to: ColumnState(
                    depth: node.isSession ? 1 : node.depth, room: node.isSession ? 1 : room, isTruth: node.isTruth))
        }
    }

    deinit {
        for place in 0..<nodeCount { states[place].deallocate() }
        states.deallocate()
        nodes.deallocate()
    }

    /// Goes to the history's slice `index`.
    public func open(_ index: Int) { open(index, asOf: index) }

    /// Goes to the history's slice `index`, with prices as of the splits known in slice `asOf`, the same or a later one.
    func open(_ index: Int, asOf: Int) {
        let slices = history.slices
        (slice, self.asOf) = (index, asOf)
        count = slices[index].bars.count
        equality = slices[index].equality
        for place in 0..<nodeCount { states[place].filled = ColumnState.unopened }
        rows[0].open(first: slices[index].bars.lowerBound, count: count, asOf: asOf)
        for place in 1..<max(1, rows.count) {
            let row = rows[place]
            if let longer = longer[place] {
                longer.open(row, index, asOf: asOf, slices: slices)
            } else {
                row.calendarPlace = slices[index].calendarIndex
                row.open(first: slices[index].dailyBarsBefore - 1, count: 1, asOf: asOf)
            }
        }
    }

    private static func row(_ kind: RowKind, _ history: BarHistory, _ bars: RowBars) -> (BarRow, LongerBars?) {
        let slices = history.slices
        switch kind {
        case .own:
            let splits = slices.indices.filter { slices[$0].splitRatio != 1 }
                .map { (index: slices[$0].bars.lowerBound, slice: $0, ratio: slices[$0].splitRatio) }
            return (BarRow(bars, splits: splits), nil)
        case .daily:
            let owner = OwnedBars(history.daily.bars)
            let splits = history.splits.map { split in
                (
                    index: history.daily.count(before: split.date),
                    slice: slices.firstIndex { $0.session.date >= split.date } ?? slices.count, ratio: split.ratio
                )
            }
            let places = history.daily.dates.map { history.calendar.sessionIndex(onOrAfter: $0) ?? 0 }
            return (BarRow(owner.bars, splits: splits, calendarPlaces: places, owner: owner), nil)
        case .longer(let minutes, let back):
            let longer = LongerBars(history, minutes: minutes, back: back)
            return (BarRow(longer.owner.bars, splits: longer.splits, owner: longer.owner), longer)
        }
    }
}

// MARK: - Values

extension ColumnBank {
    public func number(_ ref: NumberRef, _ bar: Int) -> Double {
        let place = ref.index
        precondition(place >= 0 && place < nodeCount && bar >= -1 && bar < count, "a bar of the session or before")
        if bar < states[place].filled { return states[place].values[bar] }
        if nodes[place].isSession { return sessionNumber(ref) }
        fill(place, through: bar)
        return states[place].values[bar]
    }

    public func truth(_ ref: TruthRef, _ bar: Int) -> Bool? {
        let place = ref.index
        precondition(place >= 0 && place < nodeCount && bar >= -1 && bar < count, "a bar of the session or before")
        if bar < states[place].filled { return states[place].truth(bar) }
        if nodes[place].isSession { return sessionTruth(ref) }
        fill(place, through: bar)
        return states[place].truth(bar)
    }

    public func firstTrue(_ ref: TruthRef, in bars: Range<Int>) -> Int? {
        let place = ref.index
        precondition(
            place >= 0 && place < nodeCount && bars.lowerBound >= 0 && bars.upperBound <= count, "bars of the session")
        if nodes[place].isSession { return !bars.isEmpty && sessionTruth(ref) == true ? bars.lowerBound : nil }
        var bar = bars.lowerBound
        while bar < bars.upperBound {
            if bar >= states[place].filled { fill(place, through: bar) }
            let end = min(states[place].filled, bars.upperBound)
            let bytes = UnsafeRawPointer(states[place].isTrue)
            while bar < end {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: bar >> 3, as: UInt64.self))
                let rest = word >> UInt64(bar & 7)
                if rest != 0 {
                    let found = bar + rest.trailingZeroBitCount
                    if found < end { return found }
                    break
                }
                bar = (bar | 7) + 57
            }
            bar = end
        }
        return nil
    }

    public func sessionNumber(_ ref: NumberRef) -> Double {
        precondition(nodes[ref.index].isSession, "a number that is known before the first bar closes")
        if states[ref.index].filled < 1 { fillSession(ref.index) }
        return states[ref.index].values[0]
    }

    public func sessionTruth(_ ref: TruthRef) -> Bool? {
        precondition(nodes[ref.index].isSession, "a condition that is known before the first bar closes")
        if states[ref.index].filled < 1 { fillSession(ref.index) }
        return states[ref.index].truth(0)
    }

    /// Computes what is one value in the session.
    @inline(never)
    func fillSession(_ place: Int) {
        guard states[place].filled < 1 else { return }
        let node = nodes[place]
        if node.operation == .daily || node.operation == .dailyMean {
            states[place].values[0] = dailyValue(node)
        } else {
            if node.a >= 0 { fillSession(node.a) }
            if node.b >= 0 { fillSession(node.b) }
            if node.c >= 0 { fillSession(node.c) }
            compute(place, node, 0, 1)
        }
        // The bar before is asked for too.
        if node.isTruth {
            let value = states[place].truth(0)
            states[place].setBits(-1, 0) { _ in (value != nil, value == true) }
        } else {
            states[place].values[-1] = states[place].values[0]
        }
        states[place].filled = 1
    }

    /// Computes a node's values up to and with a bar, to the end of its block.
    @inline(never)
    func fill(_ place: Int, through bar: Int) {
        if nodes[place].isSession { return fillSession(place) }
        let node = nodes[place]
        if node.operation == .field { return openField(place, node) }
        let isShort = node.fast >= 0 && slice == asOf && node.depth <= 1
        if states[place].filled == ColumnState.unopened {
            if isShort {
                warmUpFast(place, node)
            } else {
                fillParts(node, through: -1)
                compute(place, node, -node.depth, 0)
            }
            states[place].filled = 0
        }
        let filled = states[place].filled
        guard filled <= bar else { return }
        let end = min((bar / Self.block + 1) * Self.block, rows[node.row].count)
        if isShort {
            advanceFast(place, node, filled, end)
        } else {
            fillParts(node, through: end - 1)
            compute(place, node, filled, end)
        }
        states[place].filled = end
    }

    private func fillParts(_ node: ColumnNode, through bar: Int) {
        // Longer bars are looked at as far as they have closed.
        if node.operation == .longer || node.operation == .truthLonger { return }
        if node.a >= 0, bar >= states[node.a].filled { fill(node.a, through: bar) }
        if node.b >= 0, bar >= states[node.b].filled { fill(node.b, through: bar) }
        if node.c >= 0, bar >= states[node.c].filled { fill(node.c, through: bar) }
    }

    /// Finds a field of the bars in place where prices are as traded, else copies it as of the session's splits.
    private func openField(_ place: Int, _ node: ColumnNode) {
        guard states[place].filled == ColumnState.unopened else { return }
        let row = rows[node.row]
        let column = row.bars.field(node.code)
        let (first, count) = (row.first, row.count)
        states[place].filled = max(count, 1)
        if first - node.depth >= 0, row.lastSplit <= first - node.depth {
            states[place].values = UnsafeMutablePointer(mutating: column + first)
            return
        }
        let own = states[place].own
        states[place].values = own
        var bar = -node.depth
        while bar < min(0, -first) {
            own[bar] = .nan
            bar += 1
        }
        while bar < count {
            let ratio = row.divisor(first + bar)
            own[bar] =
                node.code == Series.Field.volume.rawValue ? column[first + bar] * ratio : column[first + bar] / ratio
            bar += 1
        }
    }
}
