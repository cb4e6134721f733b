import PlaybookCore

/// Makes checked bars, oldest first, of a file's rows.
struct RowAssembler {
    let path: String
    /// `line` or `row`.
    let unit: String
    private(set) var table: RowTable
    private(set) var isNewestFirst = false

    init(path: String, unit: String, _ table: RowTable) {
        self.path = path
        self.unit = unit
        self.table = table
    }

    /// The bars that are right; the others are told to `onDefect`.
    mutating func bars(_ onDefect: (PlaybookError) throws -> Void) throws -> BarColumns {
        turnRound()
        resolveRepeatedHours()
        let rows = table.lines.count + table.defects.count
        let checked = check()
        for error in LineDefect.errors(table.defects, path: path, rows: rows, unit: unit) { try onDefect(error) }
        return checked
    }

    /// Puts the oldest bar first where the newest was.
    private mutating func turnRound() {
        let times = table.bars.times
        var (up, down) = (0, 0)
        for index in times.indices.dropFirst() {
            if times[index] > times[index - 1] { up += 1 } else if times[index] < times[index - 1] { down += 1 }
        }
        // Blocks of several symbols or days go back too, but seldom.
        guard down > 1, down > up else { return }
        isNewestFirst = true
        table.lines.reverse()
        table.bars.reverse()
        let last = table.lines.count - 1
        table.readings = Dictionary(uniqueKeysWithValues: table.readings.map { (last - $0.key, $0.value) })
    }

    /// In the hour that clocks show twice, what does not come after the bar before is of the second time.
    private mutating func resolveRepeatedHours() {
        guard !table.readings.isEmpty else { return }
        for index in table.readings.keys.sorted() where index > 0 {
            guard let after = table.readings[index], table.bars.times[index] <= table.bars.times[index - 1],
                table.bars.times[index] + after > table.bars.times[index - 1]
            else { continue }
            table.bars.times[index] += after
        }
    }

    /// The bars that are right; what is wrong with the others is noted.
    private mutating func check() -> BarColumns {
        var validator = BarValidator(allowsUnknownVolume: true)
        var wrong: [Int] = []
        var outOfSequence: [Int] = []
        for index in 0..<table.bars.count {
            let bar = table.bars[index]
            guard let defect = validator.defect(in: bar) else { continue }
            // The last place of a price may be rounded otherwise than that of another.
            if let wider = bar.widened, validator.defect(in: wider) == nil {
                table.bars.high[index] = wider.high
                table.bars.low[index] = wider.low
                continue
            }
            wrong.append(index)
            switch defect {
            case .duplicate, .outOfOrder: outOfSequence.append(index)
            default: table.defects.append(Self.described(defect, bar, line: table.lines[index]))
            }
        }
        if !outOfSequence.isEmpty {
            let sequence = SequenceDefects(table.bars, table.lines, wrong: wrong, unit: unit)
            table.defects += sequence.explain(outOfSequence)
        }
        return wrong.isEmpty ? table.bars : table.bars.without(wrong)
    }

    private static func described(_ defect: BarDefect, _ bar: Bar, line: Int) -> LineDefect {
        if case .tooHigh = defect {
            return LineDefect(
                line: line, kind: .fixedPoint, message: NeutralText(defect.description),
                nextStep: """
                    If the file's prices are whole numbers of 0.000000001, say so: \(.set(.priceScale, to: "1e-9")).
                    """)
        }
        return LineDefect(line: line, kind: .bar, message: NeutralText(defect.description))
    }
}

extension BarColumns {
    /// Puts the last bar first.
    mutating func reverse() {
        times.reverse()
        open.reverse()
        high.reverse()
        low.reverse()
        close.reverse()
        volume.reverse()
    }

    /// The bars but those at `indices`, which ascend.
    func without(_ indices: [Int]) -> BarColumns {
        var result = BarColumns(capacity: count - indices.count)
        var start = 0
        for index in indices {
            result.append(self, start..<index)
            start = index + 1
        }
        result.append(self, start..<count)
        return result
    }

    /// Adds `seconds` to the time of each bar.
    mutating func shift(by seconds: Int64) {
        for index in times.indices { times[index] += seconds }
    }
}
