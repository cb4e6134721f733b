/// The values of a graph's numbers and conditions in one session after the other.
///
/// Few bars of few sessions are looked at, so values are computed when they are first asked for, in blocks counted from
/// the open. Memory is used again for the next session. A value at a bar reads that bar and earlier ones only, at prices
/// as of the session's splits.
public final class ColumnBank: PlanValues {
    let history: BarHistory
    let graph: SeriesGraph
    /// What the bank reads in place; it stays where it is as long as the bank is used.
    let source: ColumnSource
    let nodes: UnsafeMutablePointer<ColumnNode>
    let states: UnsafeMutablePointer<ColumnState>
    /// Where each node is computed.
    let extents: UnsafeMutablePointer<ColumnExtent>
    let nodeCount: Int
    let rows: UnsafeMutablePointer<BarRow>
    let rowCount: Int
    let longer: [LongerBars?]
    private let hasLonger: Bool
    /// The nodes that are fields of the session's own bars.
    private let fields: UnsafeMutablePointer<Int>
    private let fieldCount: Int
    /// The nodes that are somewhere in the session at hand, beside the fields: of a sweep's graph few are.
    private let touched: UnsafeMutablePointer<Int>
    private var touchedCount = 0
    let sameTimes: [SameTimeValues]
    /// The averages of closes and of true ranges that kernels compute.
    let averages: UnsafeMutablePointer<ExponentialMovingAverage>
    let ranges: UnsafeMutablePointer<AverageTrueRange>
    let pointers: BarPointers
    /// The session at hand: its slice, and the one whose splits are known.
    private(set) var slice = 0
    private(set) var asOf = 0
    /// Bars in the session.
    private(set) var count = 0
    private(set) var equality = Equality(price: 1)
    /// Whether anything was computed in the session at hand.
    var isUsed = true
    let secondsPerBar: Int64
    /// How many bars before a session averages of closes and of true ranges start that kernels compute.
    let closesAhead, rangesAhead: Int
    /// How many sessions have been opened.
    private(set) var sessionsOpened = 0
    /// What each node that settles has settled to in the last session that asked for it.
    let settled: UnsafeMutablePointer<SettledValue>
    /// The place up to which closes were asked for.
    var closesAsked = 0

    /// Values are computed in blocks of this many bars.
    static let block = 8

    /// Once in a session so many bars between those asked for, or more, are left out where any order will do: after a
    /// trade, steps are looked for that far ahead. Later they may be asked for after all.
    private static let gap = 24

    /// Calls `body` with a bank for a history with bars.
    public static func with<Result>(
        _ graph: SeriesGraph, over history: BarHistory, _ body: (ColumnBank) throws -> Result
    ) rethrows -> Result {
        try ColumnSource.with(history) { try body(ColumnBank(graph, history: history, source: $0)) }
    }

    init(_ graph: SeriesGraph, history: BarHistory, source: ColumnSource) {
        let graph = graph.settled(sessionBars: source.mostBars)
        self.graph = graph
        self.history = history
        self.source = source
        secondsPerBar = history.timeframe.seconds
        longer = graph.rows.map { kind in
            if case .longer(let minutes, let back) = kind {
                LongerBars(history, source, minutes: minutes, back: back)
            } else {
                nil
            }
        }
        hasLonger = longer.contains { $0 != nil }
        rowCount = graph.rows.count
        rows = .allocate(capacity: rowCount)
        for (place, kind) in graph.rows.enumerated() {
            (rows + place).initialize(to: Self.row(kind, history, source, longer[place]))
        }
        sameTimes = graph.sameTimes.map { SameTimeValues($0, history: history, source: source) }
        averages = Self.memory(graph.averages)
        ranges = Self.memory(graph.ranges)
        closesAhead = graph.averages.map(\.warmUpBars).max() ?? 0
        rangesAhead = graph.ranges.map(\.warmUpBars).max() ?? 0
        pointers = source.pointers
        nodeCount = graph.nodes.count
        let own = graph.nodes.indices.filter { graph.nodes[$0].order == .inPlace && graph.nodes[$0].row == 0 }
        fields = Self.memory(own)
        fieldCount = own.count
        // What is one value in the session may be noted twice.
        touched = .allocate(capacity: max(1, 2 * nodeCount))
        nodes = .allocate(capacity: max(1, nodeCount))
        states = .allocate(capacity: max(1, nodeCount))
        extents = .allocate(capacity: max(1, nodeCount))
        extents.initialize(repeating: .nowhere, count: nodeCount)
        settled = .allocate(capacity: max(1, nodeCount))
        settled.initialize(repeating: SettledValue(), count: nodeCount)
        for (place, node) in graph.nodes.enumerated() {
            (nodes + place).initialize(to: node)
            if node.fast >= 0 {
                nodes[place].n =
                    node.code == 0
                    ? averages[node.fast].warmUpSessions(of: history.timeframe, in: history.market.hours)
                    : ranges[node.fast].warmUpSessions(of: history.timeframe, in: history.market.hours)
            }
            let room = graph.rows[node.row] == .daily ? 1 : source.mostBars + 1
            (states + place).initialize(
                to: ColumnState(
                    depth: node.isSession ? 1 : node.depth, room: node.isSession ? 1 : room, isTruth: node.isTruth))
        }
    }

    deinit {
        for place in 0..<nodeCount { states[place].deallocate() }
        for place in 0..<rowCount { rows[place].deallocate() }
        averages.deinitialize(count: graph.averages.count)
        averages.deallocate()
        ranges.deinitialize(count: graph.ranges.count)
        ranges.deallocate()
        rows.deallocate()
        fields.deallocate()
        touched.deallocate()
        extents.deallocate()
        settled.deallocate()
        states.deallocate()
        nodes.deallocate()
    }

    /// Goes to the history's slice `index`.
    public func open(_ index: Int) { open(index, asOf: index) }

    /// Goes to the history's slice `index`, with prices as of the splits known in slice `asOf`, the same or a later one.
    func open(_ index: Int, asOf: Int) {
        precondition(index >= 0 && index < source.sliceCount && asOf < source.sliceCount, "a session of the history")
        let opened = source.slices + index
        (slice, self.asOf) = (index, asOf)
        sessionsOpened &+= 1
        count = opened.pointee.bars.count
        equality = opened.pointee.equality
        if isUsed {
            for index in 0..<fieldCount { extents[fields[index]] = .nowhere }
            for index in 0..<touchedCount { extents[touched[index]] = .nowhere }
            touchedCount = 0
            isUsed = false
        }
        rows[0].open(first: opened.pointee.bars.lowerBound, count: count, asOf: asOf)
        for place in 1..<max(1, rowCount) {
            if hasLonger, let longer = longer[place] {
                longer.open(&rows[place], index, asOf: asOf)
            } else {
                rows[place].calendarPlace = opened.pointee.calendarIndex
                rows[place].open(first: opened.pointee.dailyBarsBefore - 1, count: 1, asOf: asOf)
            }
        }
    }

    private static func memory<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
        for (place, element) in elements.enumerated() { (memory + place).initialize(to: element) }
        return memory
    }

    private static func row(
        _ kind: RowKind, _ history: BarHistory, _ source: ColumnSource, _ longer: LongerBars?
    ) -> BarRow {
        switch kind {
        case .own: BarRow(source.bars, splits: source.splits(of: history) { source.slices[$0].bars.lowerBound })
        case .daily:
            BarRow(
                source.daily,
                splits: history.splits.map { split in
                    RowSplit(
                        index: history.daily.count(before: split.date), slice: source.slice(onOrAfter: split.date),
                        ratio: split.ratio)
                }, calendarPlaces: source.dailyPlaces)
        case .longer:
            BarRow(longer?.owner.bars ?? source.bars, splits: longer?.splits ?? [])
        }
    }
}

// MARK: - Values

extension ColumnBank {
    public func number(_ ref: NumberRef, _ bar: Int) -> Double {
        let place = ref.index
        precondition(place >= 0 && place < nodeCount && bar >= -1 && bar < count, "a bar of the session or before")
        if extents[place].contains(bar) { return states[place].values[bar] }
        if nodes[place].isSession { return sessionNumber(ref) }
        if nodes[place].settles, bar >= 0, let settled = settledValue(place) { return settled.number(bar) }
        fill(place, bar, bar + 1)
        return states[place].values[bar]
    }

    public func truth(_ ref: TruthRef, _ bar: Int) -> Bool? {
        let place = ref.index
        precondition(place >= 0 && place < nodeCount && bar >= -1 && bar < count, "a bar of the session or before")
        if extents[place].contains(bar) { return states[place].truth(bar) }
        if nodes[place].isSession { return sessionTruth(ref) }
        if nodes[place].settles, bar >= 0, let settled = settledValue(place) { return settled.truth(bar) }
        fill(place, bar, bar + 1)
        return states[place].truth(bar)
    }

    public func firstTrue(_ ref: TruthRef, in bars: Range<Int>) -> Int? {
        let place = ref.index
        precondition(
            place >= 0 && place < nodeCount && bars.lowerBound >= 0 && bars.upperBound <= count, "bars of the session")
        if nodes[place].isSession { return !bars.isEmpty && sessionTruth(ref) == true ? bars.lowerBound : nil }
        if nodes[place].settles, let settled = settledValue(place) { return settled.firstTrue(in: bars) }
        var bar = bars.lowerBound
        while bar < bars.upperBound {
            // Two blocks at a time: the first one is often at its end.
            if !extents[place].contains(bar) { fill(place, bar, min(bar &+ Self.block &+ 1, bars.upperBound)) }
            let end = min(extents[place].end, bars.upperBound)
            if let found = states[place].firstTrue(bar, end) { return found }
            bar = end
        }
        return nil
    }

    /// Computes what is one value in the session.
    @inline(never)
    func fillSession(_ place: Int) {
        guard !extents[place].contains(0) else { return }
        use()
        touch(place)
        let node = nodes + place
        let state = states + place
        switch node.pointee.operation {
        case .daily: state.pointee.values[0] = dailyValue(node.pointee)
        case .dailyMean: state.pointee.values[0] = dailyMean(node)
        default:
            if node.pointee.a >= 0 { fillSession(node.pointee.a) }
            if node.pointee.b >= 0 { fillSession(node.pointee.b) }
            if node.pointee.c >= 0 { fillSession(node.pointee.c) }
            compute(place, 0, 1)
        }
        // The bar before is asked for too.
        if node.pointee.isTruth {
            let value = state.pointee.truth(0)
            state.pointee.setBits(-1, 0) { _ in (value != nil, value == true) }
        } else {
            state.pointee.values[-1] = state.pointee.values[0]
        }
        extents[place] = ColumnExtent(from: -1, end: 1)
    }

    /// Computes a node at the bars from `low` to `high` where it is not yet. Whole blocks are computed, so that no value
    /// depends on which bars were asked for: they begin at multiples of 8 bars, and where the node's depth begins.
    @inline(never)
    func fill(_ place: Int, _ low: Int, _ high: Int) {
        use()
        touch(place)
        let node = nodes + place
        let depth = node.pointee.depth
        let end = min((high + Self.block - 1) & -Self.block, rows[node.pointee.row].count)
        switch node.pointee.order {
        case .session: return fillSession(place)
        case .inPlace: return openField(place, node)
        case .ascending:
            let isFast = node.pointee.fast >= 0 && depth <= 1 && slice == asOf
            if extents[place].isNowhere {
                if isFast {
                    warmUpFast(place, node)
                } else {
                    fillParts(node, -node.pointee.need, 0)
                    compute(place, -depth, 0)
                }
                extents[place] = ColumnExtent(from: -depth, end: 0)
            }
            let start = extents[place].end
            guard start < end else { return }
            if isFast {
                advanceFast(place, node, start, end)
            } else {
                fillParts(node, start - node.pointee.reach, end)
                compute(place, start, end)
            }
            extents[place].end = end
        case .free:
            let start = max(low & -Self.block, -depth)
            if extents[place].isNowhere { extents[place] = ColumnExtent(from: start, end: start) }
            if start > extents[place].end + Self.gap, !extents[place].hasJumped {
                extents[place] = ColumnExtent(from: start, end: start, hasJumped: true)
            }
            let extent = extents[place]
            if start < extent.from {
                fillParts(node, start - node.pointee.reach, extent.from)
                compute(place, start, extent.from)
                extents[place].from = start
            }
            if extent.end < end {
                fillParts(node, extent.end - node.pointee.reach, end)
                compute(place, extent.end, end)
                extents[place].end = end
            }
        }
    }

    /// Computes what a node takes at the bars from `low` to `high`.
    @inline(__always)
    private func fillParts(_ node: UnsafeMutablePointer<ColumnNode>, _ low: Int, _ high: Int) {
        // Longer bars are looked at as far as they have closed.
        if node.pointee.isLonger { return }
        fillPart(node.pointee.a, low, high)
        fillPart(node.pointee.b, low, high)
        fillPart(node.pointee.c, low, high)
    }

    @inline(__always)
    private func fillPart(_ place: Int, _ low: Int, _ high: Int) {
        if place < 0 || low >= extents[place].from && high <= extents[place].end { return }
        fill(place, low, high)
    }

    /// When something is computed in the session for the first time, finds the fields of its own bars in place where prices
    /// are as traded: where it was measured, seven in ten calls of `fill` were for fields.
    @inline(__always)
    private func use() {
        if isUsed { return }
        isUsed = true
        let row = rows
        for index in 0..<fieldCount {
            let place = fields[index]
            let (first, depth) = (row.pointee.first, nodes[place].depth)
            guard first &- depth >= 0, row.pointee.lastSplit <= first &- depth else { continue }
            extents[place] = ColumnExtent(from: -depth, end: row.pointee.count)
            states[place].values = UnsafeMutablePointer(
                mutating: row.pointee.bars.field(nodes[place].code) + first)
        }
    }

    /// Notes that a node will be somewhere in the session.
    @inline(__always)
    private func touch(_ place: Int) {
        guard extents[place].isNowhere else { return }
        touched[touchedCount] = place
        touchedCount += 1
    }

    /// Finds a field of the bars in place where prices are as traded, else copies it as of the session's splits.
    private func openField(_ place: Int, _ node: UnsafeMutablePointer<ColumnNode>) {
        let row = rows + node.pointee.row
        let (first, count, depth) = (row.pointee.first, row.pointee.count, node.pointee.depth)
        let column = row.pointee.bars.field(node.pointee.code)
        extents[place] = ColumnExtent(from: -depth, end: count)
        if first - depth >= 0, row.pointee.lastSplit <= first - depth {
            states[place].values = UnsafeMutablePointer(mutating: column + first)
            return
        }
        let own = states[place].own
        states[place].values = own
        var bar = -depth
        while bar < min(0, -first) {
            own[bar] = .nan
            bar += 1
        }
        let isVolume = node.pointee.code == Series.Field.volume.rawValue
        while bar < count {
            let ratio = row.pointee.divisor(first + bar)
            own[bar] = isVolume ? column[first + bar] * ratio : column[first + bar] / ratio
            bar += 1
        }
    }
}
