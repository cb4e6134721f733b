/// A number's values in the sessions before the one at hand, by the bar's number since the open: what `same-time` is the
/// mean of. Each session's own values, at prices as of the splits known in the session at hand.
final class SameTimeValues {
    private let bank: ColumnBank
    private let number: NumberRef
    private let sessions: Int
    private let source: ColumnSource
    private let secondsPerBar: Int64
    /// Bars that a session may have.
    private let room: Int
    /// How many sessions are kept.
    private let kept: Int
    private let values: UnsafeMutablePointer<Double>
    /// The slice whose values a place of the memory holds; -1 for none.
    private var held: [Int]
    /// The splits by which they were computed.
    private var splitsKnown = -1

    init(_ part: SeriesGraph.SameTime, history: BarHistory, source: ColumnSource) {
        bank = ColumnBank(part.graph, history: history, source: source)
        number = part.number
        sessions = part.sessions
        self.source = source
        secondsPerBar = history.timeframe.seconds
        room = history.slices.reduce(1) { max($0, $1.clockBars + 1) }
        kept = SeriesGraph.lookBack(part.sessions) + 2
        held = Array(repeating: -1, count: kept)
        values = .allocate(capacity: kept * room)
        values.initialize(repeating: .nan, count: kept * room)
    }

    deinit { values.deallocate() }

    func compute(in owner: ColumnBank, _ out: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int) {
        forgetOtherSplits(owner)
        let first = owner.rows[0].first
        for bar in low..<high {
            guard first + bar >= 0 else {
                out[bar] = .nan
                continue
            }
            let index = owner.sliceIndex(of: bar)
            let seconds = source.bars.times[first + bar] - source.slices[index].session.open.secondsSinceEpoch
            out[bar] = mean(Int(seconds / secondsPerBar), before: index, asOf: owner.asOf)
        }
    }

    private func mean(_ bar: Int, before index: Int, asOf: Int) -> Double {
        var (sum, found) = (0.0, 0)
        var session = index - 1
        let oldest = max(0, index - SeriesGraph.lookBack(sessions))
        while session >= oldest, found < sessions {
            let value = self.values(of: session, asOf: asOf)[bar]
            if !value.isNaN {
                sum += value
                found += 1
            }
            session -= 1
        }
        return found == sessions ? sum / Double(sessions) : .nan
    }

    /// A session's values by the bars' numbers.
    @inline(__always)
    private func values(of slice: Int, asOf: Int) -> UnsafeMutablePointer<Double> {
        let place = slice % kept
        if held[place] != slice { compute(slice, asOf: asOf) }
        return values + place * room
    }

    @inline(never)
    private func compute(_ slice: Int, asOf: Int) {
        let place = slice % kept
        let column = values + place * room
        column.update(repeating: .nan, count: room)
        held[place] = slice
        let range = source.slices[slice].bars
        guard !range.isEmpty else { return }
        bank.open(slice, asOf: asOf)
        let open = source.slices[slice].session.open.secondsSinceEpoch
        for bar in 0..<range.count {
            column[Int((source.bars.times[range.lowerBound + bar] - open) / secondsPerBar)] = bank.number(number, bar)
        }
    }

    /// Another session may know more splits, or fewer.
    private func forgetOtherSplits(_ owner: ColumnBank) {
        let known = owner.rows[0].known
        guard known != splitsKnown else { return }
        splitsKnown = known
        for place in held.indices { held[place] = -1 }
    }
}
