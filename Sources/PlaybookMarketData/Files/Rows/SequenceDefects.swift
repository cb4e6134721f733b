import PlaybookCore

/// Tells why rows of a file do not follow each other in time: several symbols, a block that comes twice, blocks in
/// another order, the hour that clocks repeat, or a row in the wrong place.
struct SequenceDefects {
    private let bars: BarColumns
    private let lines: [Int]
    /// The rows that are right, whose times ascend.
    private let right: [Int]
    private let unit: String

    /// - Parameter wrong: the rows that are wrong, ascending.
    init(_ bars: BarColumns, _ lines: [Int], wrong: [Int], unit: String) {
        self.bars = bars
        self.lines = lines
        let isWrong = Set(wrong)
        right = (0..<bars.count).filter { !isWrong.contains($0) }
        self.unit = unit
    }

    /// What is wrong with `rows`, ascending, each of which is not later than one before it.
    func explain(_ rows: [Int]) -> [LineDefect] {
        let twins = rows.count { $0 > 0 && bars.times[$0] == bars.times[$0 - 1] }
        if rows.count > 3, twins * 2 > rows.count, rows.count * 4 > bars.count {
            return [
                LineDefect(
                    line: lines[rows[0]], kind: .sequence,
                    message: "\(time(rows[0])) comes again, as do \(rows.count - 1) more times: the file seems to hold "
                        + "several symbols, but no column that names them",
                    nextStep: "Call the column with the symbols 'symbol', or keep a file a symbol.")
            ]
        }
        var defects: [LineDefect] = []
        var start = 0
        while start < rows.count {
            var end = start + 1
            while end < rows.count, rows[end] - rows[end - 1] <= 1 { end += 1 }
            if end - start >= 3 {
                defects.append(block(Array(rows[start..<end])))
            } else {
                defects += rows[start..<end].map(single)
            }
            start = end
        }
        return defects
    }

    private func single(_ row: Int) -> LineDefect {
        let before = rowBefore(row)
        let defect: BarDefect =
            bars.times[row] == bars.times[before]
            ? .duplicate(Instant(secondsSinceEpoch: bars.times[row]))
            : .outOfOrder(
                Instant(secondsSinceEpoch: bars.times[row]), after: Instant(secondsSinceEpoch: bars.times[before]))
        return LineDefect(line: lines[row], kind: .bar, message: NeutralText(defect.description))
    }

    private func block(_ rows: [Int]) -> LineDefect {
        let place = rows[0]
        var present = 0
        var same = 0
        for row in rows {
            guard let twin = twin(of: row) else { continue }
            present += 1
            let (left, right) = (bars[row], bars[twin])
            if left.open == right.open, left.high == right.high, left.low == right.low, left.close == right.close {
                same += 1
            }
        }
        let span = "\(unit)s \(lines[place]) to \(lines[rows[rows.count - 1]])"
        let hour = bars.times[rows[rows.count - 1]] - bars.times[place]
        if same * 10 >= rows.count * 9 {
            return LineDefect(
                line: lines[place], kind: .sequence,
                message: "\(span) repeat \(rows.count) bars that are there already, the first \(time(place))",
                nextStep: "Keep one copy of the repeated block.")
        }
        if hour < 3600, isAutumnNight(bars.times[place]) {
            return LineDefect(
                line: lines[place], kind: .sequence,
                message:
                    "\(span) go back to \(time(place)): it is the hour that clocks show twice when daylight-saving "
                    + "time ends",
                nextStep: """
                    Export the times in UTC or with their offsets, or name their zone with \(.set(.timezoneOfFiles)).
                    """)
        }
        if present * 2 >= rows.count {
            return LineDefect(
                line: lines[place], kind: .sequence,
                message: "\(span) hold other prices for times that are there already, the first \(time(place)): of "
                    + "another symbol, or adjusted otherwise",
                nextStep: "Keep a file a symbol, or a column 'symbol' that names the symbol of each \(unit).")
        }
        return LineDefect(
            line: lines[place], kind: .sequence,
            message: "\(span) go back to \(time(place)): the file's parts are not in the order of time",
            nextStep: "Sort the file by time.")
    }

    /// Whether the clocks of US stocks go back on the night of `second`.
    private func isAutumnNight(_ second: Int64) -> Bool {
        let clock = Market.xnys.clock
        return clock.utcOffset(at: Instant(secondsSinceEpoch: second - 43_200))
            > clock.utcOffset(at: Instant(secondsSinceEpoch: second + 43_200))
    }

    /// The last right row before `row`.
    private func rowBefore(_ row: Int) -> Int {
        var (low, high) = (0, right.count)
        while low < high {
            let middle = (low + high) / 2
            if right[middle] < row { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? right[low - 1] : 0
    }

    /// The right row with the time of `row`; nil when there is none.
    private func twin(of row: Int) -> Int? {
        let time = bars.times[row]
        var (low, high) = (0, right.count)
        while low < high {
            let middle = (low + high) / 2
            if bars.times[right[middle]] < time { low = middle + 1 } else { high = middle }
        }
        return low < right.count && bars.times[right[low]] == time ? right[low] : nil
    }

    private func time(_ row: Int) -> String { "\(Instant(secondsSinceEpoch: bars.times[row]))" }
}
