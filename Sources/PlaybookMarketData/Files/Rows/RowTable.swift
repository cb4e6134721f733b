import PlaybookCore

/// Rows of a file as they were read: columns, one entry a row.
struct RowTable {
    /// The line or row of each, from 1.
    var lines: [Int] = []
    var bars = BarColumns()
    /// Rows whose clock reading comes again, and after how many seconds.
    var readings: [Int: Int64] = [:]
    var defects: [LineDefect] = []
    /// Rows without prices, and the first one's line.
    var withoutPrices = 0
    var firstWithoutPrices = 0
    /// Rows without a volume, where there is a column for it.
    var withoutVolume = 0
    /// The symbols that rows name.
    var symbols = SymbolCounts()
    /// Rows of the symbol that is wanted, and of others.
    var wanted = 0
    var others = 0
    /// How the first row's time was written.
    var form: StampParser.Form?
    /// Whether the zone that was given was needed.
    var usesZone = false

    /// Makes room for `count` rows.
    mutating func reserve(_ count: Int) {
        lines.reserveCapacity(count)
        bars.reserve(count)
    }

    /// Takes in a row.
    mutating func append(line: Int, _ stamp: StampParser.Stamp, _ fields: PriceFields) {
        switch fields.bar(line: line, time: stamp.seconds) {
        case .bar(let bar):
            if stamp.isSkipped {
                defects.append(
                    LineDefect(
                        line: line, kind: .zone,
                        message: "clocks never show this time: they go forward over it on that day",
                        nextStep: """
                            Name the zone whose clocks the times are of with \(.set(.timezoneOfFiles)); an offset such as \
                            -05:00 is one too.
                            """))
                return
            }
            if stamp.againAfter > 0 { readings[lines.count] = stamp.againAfter }
            if bar.volume.isNaN { withoutVolume += 1 }
            lines.append(line)
            bars.append(bar)
        case .missing:
            if withoutPrices == 0 { firstWithoutPrices = line }
            withoutPrices += 1
        case .defect(let defect): defects.append(defect)
        }
    }

    /// Adds the rows of the part of the file that follows, whose lines are counted from 1 there.
    mutating func append(_ other: RowTable, linesBefore: Int) {
        for (row, after) in other.readings { readings[row + lines.count] = after }
        lines += other.lines.map { $0 + linesBefore }
        bars.append(other.bars)
        defects += other.defects.map {
            LineDefect(line: $0.line + linesBefore, kind: $0.kind, message: $0.message, nextStep: $0.nextStep)
        }
        if withoutPrices == 0, other.withoutPrices > 0 { firstWithoutPrices = other.firstWithoutPrices + linesBefore }
        withoutPrices += other.withoutPrices
        withoutVolume += other.withoutVolume
        symbols.add(other.symbols)
        wanted += other.wanted
        others += other.others
        form = form ?? other.form
        usesZone = usesZone || other.usesZone
    }
}

/// The prices and the volume of a row as the file has them.
struct PriceFields {
    var open = NumberStyle.Field.missing
    var high = NumberStyle.Field.missing
    var low = NumberStyle.Field.missing
    var close = NumberStyle.Field.missing
    /// Missing when the file lacks the column.
    var volume = NumberStyle.Field.missing
    /// How many decimal places prices are short of.
    var decimals = 0

    /// What a row is.
    enum Outcome {
        case bar(Bar)
        /// Nothing traded: there are no prices.
        case missing
        case defect(LineDefect)
    }

    /// The bar at `time`, in seconds since the epoch.
    ///
    /// Vendors mark a minute without trades by empty prices, or by -1 or 0 with no volume.
    func bar(line: Int, time: Int64) -> Outcome {
        if case .number(let open) = open, case .number(let high) = high, case .number(let low) = low,
            case .number(let close) = close, open > 0, high > 0, low > 0, close > 0
        {
            switch volume {
            case .number(let volume):
                return .bar(scaled(Bar(time: time, open: open, high: high, low: low, close: close, volume: volume)))
            case .missing:
                return .bar(scaled(Bar(time: time, open: open, high: high, low: low, close: close, volume: .nan)))
            case .notANumber: return .defect(defect(line, .volume, "not a number"))
            }
        }
        let fields = [(ColumnRole.open, open), (.high, high), (.low, low), (.close, close)]
        for (role, field) in fields where field == .notANumber { return .defect(defect(line, role, "not a number")) }
        let isWithoutVolume = volume == .missing || volume == .number(0)
        if isWithoutVolume, fields.contains(where: { $0.1 == .missing || $0.1 == .number(-1) || $0.1 == .number(0) }) {
            return .missing
        }
        if fields.allSatisfy({ $0.1 == .missing }) { return .missing }
        for (role, field) in fields {
            if field == .missing { return .defect(defect(line, role, "missing")) }
        }
        func value(_ field: NumberStyle.Field) -> Double {
            if case .number(let value) = field { return value }
            return .nan
        }
        return .bar(
            scaled(
                Bar(
                    time: time, open: value(open), high: value(high), low: value(low), close: value(close),
                    volume: value(volume))))
    }

    private func defect(_ line: Int, _ role: ColumnRole, _ what: String) -> LineDefect {
        LineDefect(line: line, kind: .number(role), message: "\(role) is \(what)")
    }

    private func scaled(_ bar: Bar) -> Bar {
        guard decimals > 0 else { return bar }
        let unit = Self.powers[decimals]
        return Bar(
            time: bar.time, open: bar.open / unit, high: bar.high / unit, low: bar.low / unit, close: bar.close / unit,
            volume: bar.volume)
    }

    /// 10^0 to 10^12, each exact.
    private static let powers: [Double] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12]
}
