/// The values of a graph's numbers and conditions over a whole history, kept: for many plans that walk it one after the
/// other, as a sweep over parameters does.
///
/// What a plan asks for is computed by a `ColumnBank` when it is first asked for, in blocks, and found again by all plans
/// that have the same number or condition. Conditions are bits: the same bars of one session after the other lie side by
/// side, so a walk reads little memory. Memory is taken when a number or condition is first asked for, not by session.
public final class HistoryColumns: PlanValues {
    let bank: ColumnBank
    let source: ColumnSource
    private let columns: UnsafeMutablePointer<KeptColumn>
    private let columnCount: Int
    /// Of each session, nothing: what columns that were never asked for know.
    private let nothing: UnsafeMutablePointer<UInt64>
    /// Blocks have 1 << `shift` bars, so that a word has a bit for each block of a session and three more.
    private let shift: Int
    var secondsPerBar: Int64 { bank.secondsPerBar }
    /// The session at hand.
    private var slice = 0
    private var count = 0
    /// Place of the session's bar 0 among kept numbers. Before it is one for the bar before.
    private var first = 0
    /// The session that the bank is in; -1 for none.
    private var opened = -1

    /// Calls `body` with the columns of a history with bars.
    public static func with<Result>(
        _ graph: SeriesGraph, over history: BarHistory, _ body: (HistoryColumns) throws -> Result
    ) rethrows -> Result {
        try ColumnBank.with(graph, over: history) { try body(HistoryColumns($0)) }
    }

    private init(_ bank: ColumnBank) {
        self.bank = bank
        source = bank.source
        var shift = 3
        while source.mostBars >> shift + 2 > 60 { shift += 1 }
        self.shift = shift
        nothing = .allocate(capacity: source.sliceCount)
        nothing.initialize(repeating: 0, count: source.sliceCount)
        columnCount = bank.nodeCount
        columns = .allocate(capacity: max(1, columnCount))
        columns.initialize(repeating: KeptColumn(nothing), count: columnCount)
    }

    deinit {
        for place in 0..<columnCount where columns[place].isKept { columns[place].deallocate() }
        columns.deallocate()
        nothing.deallocate()
    }

    /// Goes to the history's slice `index`.
    public func open(_ index: Int) {
        precondition(index >= 0 && index < source.sliceCount, "a session of the history")
        let bars = source.slices[index].bars
        slice = index
        count = bars.count
        first = bars.lowerBound &+ index &+ 1
    }

    @inline(__always)
    public func number(_ ref: NumberRef, _ bar: Int) -> Double {
        let place = ref.index
        precondition(place >= 0 && place < columnCount && bar >= -1 && bar < count, "a bar of the session or before")
        let column = columns + place
        if column.pointee.has[slice] >> UInt64(bar >> shift &+ 1) & 1 == 0 {
            if bank.nodes[place].isSession { return sessionNumber(ref) }
            keep(place, bar, bar + 1)
        }
        return column.pointee.numbers[first &+ bar]
    }

    @inline(__always)
    public func truth(_ ref: TruthRef, _ bar: Int) -> Bool? {
        let place = ref.index
        precondition(place >= 0 && place < columnCount && bar >= -1 && bar < count, "a bar of the session or before")
        let column = columns + place
        if column.pointee.has[slice] >> UInt64(bar >> shift &+ 1) & 1 == 0 {
            if bank.nodes[place].isSession { return sessionTruth(ref) }
            keep(place, bar, bar + 1)
        }
        let (word, bit) = column.pointee.place(bar, slice)
        guard column.pointee.known[word] >> bit & 1 == 1 else { return nil }
        return column.pointee.isTrue[word] >> bit & 1 == 1
    }

    @inline(__always)
    public func firstTrue(_ ref: TruthRef, in bars: Range<Int>) -> Int? {
        let place = ref.index
        precondition(
            place >= 0 && place < columnCount && bars.lowerBound >= 0 && bars.upperBound <= count, "bars of the session"
        )
        // Most are kept, and within one word.
        let (bar, last) = (bars.lowerBound, bars.upperBound &- 1)
        let column = columns + place
        guard bar >> 6 == last >> 6, bar <= last, column.pointee.has(blocks(bar, last), slice) else {
            return search(place, bars)
        }
        let (word, bit) = column.pointee.place(bar, slice)
        let rest = column.pointee.isTrue[word] >> bit
        let found = bar &+ rest.trailingZeroBitCount
        return rest != 0 && found <= last ? found : nil
    }

    /// The blocks from a bar's one to that of the last bar asked for.
    @inline(__always)
    private func blocks(_ bar: Int, _ last: Int) -> UInt64 {
        UInt64(2) &<< UInt64(truncatingIfNeeded: last >> shift &+ 1)
            &- UInt64(1) &<< UInt64(truncatingIfNeeded: bar >> shift &+ 1)
    }

    @inline(never)
    private func search(_ place: Int, _ bars: Range<Int>) -> Int? {
        let column = columns + place
        var bar = bars.lowerBound
        while bar < bars.upperBound {
            let end = min(bars.upperBound, (bar | 63) &+ 1)
            if !column.pointee.has(blocks(bar, end &- 1), slice) {
                if bank.nodes[place].isSession { return sessionTruth(TruthRef(place)) == true ? bar : nil }
                keep(place, bar, end)
            }
            let (word, bit) = column.pointee.place(bar, slice)
            let rest = column.pointee.isTrue[word] >> bit
            if rest != 0 {
                let found = bar &+ rest.trailingZeroBitCount
                if found < end { return found }
            }
            bar = end
        }
        return nil
    }

    public func sessionNumber(_ ref: NumberRef) -> Double {
        let column = columns + ref.index
        precondition(ref.index >= 0 && ref.index < columnCount, "a number of the graph")
        if column.pointee.has[slice] == 0 { keepSession(ref.index) }
        return column.pointee.numbers[slice]
    }

    public func sessionTruth(_ ref: TruthRef) -> Bool? {
        let column = columns + ref.index
        precondition(ref.index >= 0 && ref.index < columnCount, "a condition of the graph")
        if column.pointee.has[slice] == 0 { keepSession(ref.index) }
        switch column.pointee.has[slice] {
        case KeptColumn.unknown: return nil
        case let bits: return bits == KeptColumn.holds
        }
    }
}

// MARK: - Keeping

extension HistoryColumns {
    /// The bank that computes what is kept, in the history's slice `index`, for who asks for what need not be kept.
    func bank(at index: Int) -> ColumnBank {
        if opened != index {
            bank.open(index)
            opened = index
        }
        return bank
    }

    /// A column's memory, and the bank in the session at hand.
    private func prepare(_ place: Int) {
        _ = bank(at: slice)
        guard !columns[place].isKept else { return }
        let node = bank.nodes[place]
        columns[place] = KeptColumn(
            numbers: node.isTruth ? 0 : node.isSession ? source.sliceCount : source.bars.count + source.sliceCount + 1,
            words: node.isTruth && !node.isSession ? (source.mostBars >> 6) + 2 : 0, sessions: source.sliceCount)
    }

    @inline(never)
    private func keepSession(_ place: Int) {
        prepare(place)
        if bank.nodes[place].isTruth {
            let truth = bank.sessionTruth(TruthRef(place))
            columns[place].has[slice] =
                truth.map { $0 ? KeptColumn.holds : KeptColumn.fails } ?? KeptColumn.unknown
        } else {
            columns[place].numbers[slice] = bank.sessionNumber(NumberRef(place))
            columns[place].has[slice] = KeptColumn.holds
        }
    }

    /// Keeps the blocks of the bars from `low` to `high`.
    @inline(never)
    private func keep(_ place: Int, _ low: Int, _ high: Int) {
        prepare(place)
        let column = columns[place]
        let end = min(((high - 1) >> shift + 1) << shift, count)
        var bar = (low >> shift) << shift
        while bar < end {
            let block = UInt64(1) << UInt64(bar >> shift + 1)
            // Before the open only the bar before is asked for.
            let (from, to) = (max(bar, -1), min(bar + 1 << shift, count))
            if column.has[slice] & block == 0, from < to {
                bank.fill(place, from, to)
                let state = bank.states[place]
                if bank.nodes[place].isTruth {
                    for byte in (from >> 3)...((to - 1) >> 3) {
                        let (word, bit) = column.place(byte << 3, slice)
                        column.known[word] |= UInt64(state.known[byte]) << bit
                        column.isTrue[word] |= UInt64(state.isTrue[byte]) << bit
                    }
                } else {
                    for bar in from..<to { column.numbers[first + bar] = state.values[bar] }
                }
                column.has[slice] |= block
            }
            bar = to
        }
    }
}

/// What is kept of a number or a condition.
private struct KeptColumn {
    /// By session: a bit a block, the lowest for what is before the open; of what is one value in the session, how it is.
    let has: UnsafeMutablePointer<UInt64>
    /// Of a number: one for each bar and one before each session, or one for each session.
    let numbers: UnsafeMutablePointer<Double>
    /// Of a condition: 64 bars in a word, the words of all sessions side by side, those before the open first.
    let known, isTrue: UnsafeMutablePointer<UInt64>
    let sessions: Int
    let isKept: Bool

    /// How a condition that is one value in the session is; numbers hold. Bits that no block has.
    static var holds: UInt64 { 1 << 63 }
    static var fails: UInt64 { 1 << 62 }
    static var unknown: UInt64 { 1 << 61 }

    /// A column that was never asked for.
    init(_ nothing: UnsafeMutablePointer<UInt64>) {
        has = nothing
        numbers = UnsafeMutableRawPointer(nothing).assumingMemoryBound(to: Double.self)
        (known, isTrue) = (nothing, nothing)
        sessions = 0
        isKept = false
    }

    init(numbers count: Int, words: Int, sessions: Int) {
        func zeros(_ count: Int) -> UnsafeMutablePointer<UInt64> {
            let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, count))
            memory.initialize(repeating: 0, count: count)
            return memory
        }
        has = zeros(sessions)
        numbers = .allocate(capacity: max(1, count))
        known = zeros(words * sessions)
        isTrue = zeros(words * sessions)
        self.sessions = sessions
        isKept = true
    }

    func deallocate() {
        has.deallocate()
        numbers.deallocate()
        known.deallocate()
        isTrue.deallocate()
    }

    /// Whether some blocks of a session are kept.
    @inline(__always)
    func has(_ blocks: UInt64, _ slice: Int) -> Bool { has[slice] & blocks == blocks }

    /// The word of a bar and its bit in there.
    @inline(__always)
    func place(_ bar: Int, _ slice: Int) -> (word: Int, bit: UInt64) {
        ((bar >> 6 &+ 1) &* sessions &+ slice, UInt64(truncatingIfNeeded: bar & 63))
    }
}
