/// The indicator columns of one session after the other.
///
/// A strategy looks at few bars of a session, so values are computed when they are first asked for, from the session's
/// open on, and a session's other bars are only carried over. However many strategies and parameter sets share a column,
/// it is computed once, and its memory is used again for the next session.
final class IndicatorBank {
    /// The distinct indicators; entry `n` is column `n`.
    private let columns: [SessionColumn]
    private let numbers: [String: Int]

    /// A bank for the distinct ones among `indicators`.
    init(history: BarHistory, bars: BarPointers, indicators: [any BarIndicator]) {
        let room = history.slices.reduce(1) { max($0, $1.bars.count) }
        var columns: [SessionColumn] = []
        var numbers: [String: Int] = [:]
        for indicator in indicators where numbers[indicator.name] == nil {
            numbers[indicator.name] = columns.count
            columns.append(SessionColumn(indicator, timeframe: history.timeframe, bars: bars, room: room))
        }
        self.columns = columns
        self.numbers = numbers
    }

    /// The column of `indicator`, valid as long as the bank.
    func column(of indicator: any BarIndicator) -> LazyColumn { columns[numbers[indicator.name] ?? 0].lazy }

    /// Starts the columns anew, before a month whose first slice is `monthStart`, and goes over the slices up to, and
    /// not including, `first`.
    func start(monthStart: Int, first: Int, slices: [SessionSlice]) {
        for column in columns { column.start(monthStart: monthStart, first: first, slices: slices) }
    }

    /// Goes on to `slice`, which follows the one before it.
    func open(_ slice: SessionSlice) {
        for column in columns { column.open(slice) }
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
private struct ColumnStorage {
    let values: UnsafeMutablePointer<Double>
    var filled = 0
    var range = 0..<0
    /// After the values that are known.
    var atFilled = IndicatorState()
    /// After the session.
    var atClose = IndicatorState()
}

/// One indicator's values of one session after the other.
private final class SessionColumn {
    /// Values are computed in pieces of this many bars, counted from the open, whichever are asked for.
    private static let piece = 8

    private let indicator: any BarIndicator
    private let warmUpSessions: Int
    private let bars: BarPointers
    private let storage: UnsafeMutablePointer<ColumnStorage>

    init(_ indicator: any BarIndicator, timeframe: Timeframe, bars: BarPointers, room: Int) {
        self.indicator = indicator
        self.bars = bars
        warmUpSessions = indicator.warmUpSessions(of: timeframe)
        storage = .allocate(capacity: 1)
        storage.initialize(to: ColumnStorage(values: .allocate(capacity: room)))
    }

    deinit {
        storage.pointee.values.deallocate()
        storage.deallocate()
    }

    var lazy: LazyColumn { LazyColumn(storage: storage, column: .passUnretained(self)) }

    func start(monthStart: Int, first: Int, slices: [SessionSlice]) {
        storage.pointee.atClose = IndicatorState()
        for index in max(0, monthStart - warmUpSessions)..<first { open(slices[index]) }
    }

    func open(_ slice: SessionSlice) {
        if slice.splitRatio != 1 { indicator.rescale(&storage.pointee.atClose, by: 1 / slice.splitRatio) }
        storage.pointee.atFilled = storage.pointee.atClose
        storage.pointee.range = slice.bars
        storage.pointee.filled = 0
        indicator.carry(&storage.pointee.atClose, over: bars, range: slice.bars)
    }

    func fill(through index: Int) {
        let range = storage.pointee.range
        var filled = storage.pointee.filled
        while filled <= index {
            let end = min(filled + Self.piece, range.count)
            indicator.advance(
                &storage.pointee.atFilled, over: bars, range: (range.lowerBound + filled)..<(range.lowerBound + end),
                into: storage.pointee.values + filled)
            filled = end
        }
        storage.pointee.filled = filled
    }
}
