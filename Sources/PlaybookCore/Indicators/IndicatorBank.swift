/// The indicator columns of one session after the other.
///
/// A strategy looks at few bars of few sessions, so values are computed when they are first asked for: what goes before
/// the session first, then from the open on. However many strategies and parameter sets share a column, it is computed
/// once, and its memory is used again for the next session.
final class IndicatorBank {
    /// The distinct indicators; entry `n` is column `n`.
    private let columns: [SessionColumn]
    private let numbers: [String: Int]
    /// Each column's values.
    private let storage: UnsafeMutablePointer<ColumnStorage>

    /// A bank for the distinct ones among `indicators`.
    init(history: BarHistory, bars: BarPointers, indicators: [any BarIndicator]) {
        let room = history.slices.reduce(1) { max($0, $1.bars.count) }
        storage = .allocate(capacity: max(1, indicators.count))
        var columns: [SessionColumn] = []
        var numbers: [String: Int] = [:]
        for indicator in indicators where numbers[indicator.name] == nil {
            numbers[indicator.name] = columns.count
            let place = storage + columns.count
            place.initialize(to: ColumnStorage(values: .allocate(capacity: room)))
            columns.append(SessionColumn(indicator, history: history, bars: bars, storage: place))
        }
        self.columns = columns
        self.numbers = numbers
    }

    deinit {
        for index in columns.indices { storage[index].values.deallocate() }
        storage.deallocate()
    }

    /// The column of `indicator`, valid as long as the bank.
    func column(of indicator: any BarIndicator) -> LazyColumn { columns[numbers[indicator.name] ?? 0].lazy }

    /// Goes to the history's slice `slice`.
    func open(_ slice: Int) {
        for index in columns.indices {
            storage[index].filled = 0
            storage[index].slice = slice
        }
    }
}

/// A column whose values are computed when they are first asked for.
struct LazyColumn {
    fileprivate let storage: UnsafeMutablePointer<ColumnStorage>
    fileprivate let column: Unmanaged<SessionColumn>

    /// The value at the session's bar `index`, of `count` bars.
    @inline(__always)
    func value(_ index: Int, of count: Int) -> Double {
        precondition(index >= 0 && index < count, "a strategy reads only its session's bars")
        if index >= storage.pointee.filled { fill(through: index) }
        return storage.pointee.values[index]
    }

    @inline(never)
    private func fill(through index: Int) { column._withUnsafeGuaranteedRef { $0.fill(through: index) } }
}

/// A session's values, of which the first `filled` are known.
fileprivate struct ColumnStorage {
    let values: UnsafeMutablePointer<Double>
    var filled = 0
    var slice = 0
    /// After the values that are known.
    var state = IndicatorState()
}

/// One indicator's values of one session after the other.
private final class SessionColumn {
    /// Values are computed in pieces of this many bars, counted from the open, whichever are asked for.
    private static let piece = 8

    private let indicator: any BarIndicator
    private let warmUpBars: Int
    private let warmUpSessions: Int
    private let slices: [SessionSlice]
    private let bars: BarPointers
    private let storage: UnsafeMutablePointer<ColumnStorage>

    init(
        _ indicator: any BarIndicator, history: BarHistory, bars: BarPointers,
        storage: UnsafeMutablePointer<ColumnStorage>
    ) {
        self.indicator = indicator
        self.bars = bars
        slices = history.slices
        warmUpBars = indicator.warmUpBars
        warmUpSessions = indicator.warmUpSessions(of: history.timeframe)
        self.storage = storage
    }

    var lazy: LazyColumn { LazyColumn(storage: storage, column: .passUnretained(self)) }

    func fill(through index: Int) {
        let range = slices[storage.pointee.slice].bars
        var filled = storage.pointee.filled
        if filled == 0 { warmUp() }
        while filled <= index {
            let end = min(filled + Self.piece, range.count)
            indicator.advance(
                &storage.pointee.state, over: bars, range: (range.lowerBound + filled)..<(range.lowerBound + end),
                into: storage.pointee.values + filled)
            filled = end
        }
        storage.pointee.filled = filled
    }

    /// The state at the session's open: of the `warmUpBars` bars before it, but none more than `warmUpSessions` sessions
    /// before, which may be all that was loaded.
    private func warmUp() {
        storage.pointee.state = IndicatorState()
        let slice = storage.pointee.slice
        let firstSlice = max(0, slice - warmUpSessions)
        let end = slices[slice].bars.lowerBound
        var start = max(slices[firstSlice].bars.lowerBound, end - warmUpBars)
        // Stretches between splits; usually there is one.
        for index in stride(from: firstSlice + 1, through: slice, by: 1) where slices[index].splitRatio != 1 {
            let split = slices[index].bars.lowerBound
            if start < split {
                indicator.carry(&storage.pointee.state, over: bars, range: start..<split)
                start = split
            }
            indicator.rescale(&storage.pointee.state, by: 1 / slices[index].splitRatio)
        }
        if start < end { indicator.carry(&storage.pointee.state, over: bars, range: start..<end) }
    }
}
