extension JournalRecord {
    /// The record of a row.
    public init(_ row: JournalRow) {
        var writer = FieldWriter(decimals: row.decimals)
        writer.write(row)
        self.init(key: row.key, bytes: writer.bytes, ends: writer.ends)
    }
}

extension JournalRow {
    /// The row's fields as text, in the order of `JournalColumn`; empty where a column does not apply.
    public var fields: [String] { JournalRecord(self).fields }

    /// The row that stands in a journal as `record`.
    ///
    /// - Parameter markets: the known markets; a row that names none is of the first.
    /// - Throws: `JournalRecord.Problem` when a column does not hold what it should.
    public init(_ record: JournalRecord, markets: [Market] = Market.all) throws(JournalRecord.Problem) {
        let reader = FieldReader(record: record)
        let key = record.key
        let id = record[.market]
        guard
            let market = markets.first(where: { $0.id == id || id.isEmpty })
                ?? markets.first(where: { $0.id.lowercased() == id.lowercased() })
        else {
            throw JournalRecord.Problem(
                "market '\(id.prefix(40))' is not known: there are \(markets.map(\.id).joined(separator: ", "))")
        }
        guard let symbol = Symbol(key.symbol, market: market), symbol.name == key.symbol else {
            throw JournalRecord.Problem("symbol '\(key.symbol.prefix(40))' is not a ticker symbol")
        }
        self.init(
            tradeDate: key.tradeDate, symbol: symbol, strategy: key.strategy, parametersID: key.parametersID,
            mode: key.mode, tradeNumber: key.tradeNumber, trades: try reader.count(.trades),
            trendValid: try reader.flag(.trendValid), trendAverage: try reader.number(.trendAverage),
            window: record[.entryWindow], pullbackTime: try reader.time(.pullbackTime),
            reversalTime: try reader.time(.reversalTime), reversalStrong: try reader.flag(.reversalStrong),
            confirmationTime: try reader.time(.confirmationTime), setup: record[.setup], noTrade: record[.noTrade],
            steps: record[.steps], values: record[.values], notes: record[.notes], chartLink: record[.chartLink],
            market: record[.market], completeness: try reader.number(.completeness), parameters: record[.parameters],
            dataSource: record[.dataSource], dataID: record[.dataID], runID: record[.runID])
        side = try reader.side()
        guard try reader.flag(.entered) == true else { return }
        trade = try ClosedTrade(reader, side: side ?? .long)
    }
}

extension ClosedTrade {
    fileprivate init(_ reader: FieldReader, side: Side) throws(JournalRecord.Problem) {
        let entryTime = try reader.required(.entryTime) { reader throws(JournalRecord.Problem) in
            try reader.time(.entryTime)
        }
        let exitTime = try reader.required(.exitTime) { reader throws(JournalRecord.Problem) in
            try reader.time(.exitTime)
        }
        self.init(
            side: side, entryTime: entryTime, entryInstant: try reader.instant(.entryInstant),
            entry: try reader.requiredNumber(.entryPrice), shares: try reader.requiredNumber(.shares),
            average: try reader.number(.averageAtEntry), trueRange: try reader.number(.trueRangeAtEntry),
            trueRangeFraction: try reader.number(.trueRangeFraction), stop: try reader.number(.stopPrice),
            entryBucket: reader.record[.entryBucket], barsSinceOpen: try reader.number(.barsSinceOpen),
            exitTime: exitTime, exitInstant: try reader.instant(.exitInstant),
            exit: try reader.requiredNumber(.exitPrice), gross: try reader.requiredNumber(.grossPnL),
            costs: try reader.requiredNumber(.costs), net: try reader.requiredNumber(.netPnL),
            risk: try reader.number(.riskPerShare), rMultiple: try reader.number(.rMultiple),
            distanceToAverage: try reader.number(.distanceToAverage), exitReason: reader.record[.exitReason],
            mae: try reader.requiredNumber(.mae), mfe: try reader.requiredNumber(.mfe),
            target: try reader.number(.targetPrice), exits: reader.record[.exits],
            isAmbiguous: try reader.flag(.isAmbiguous))
    }
}

/// Reads the columns of a record.
private struct FieldReader {
    let record: JournalRecord

    func number(_ column: JournalColumn) throws(JournalRecord.Problem) -> Double? {
        if record.isEmpty(column) { return nil }
        guard let number = Double(record[column]), number.isFinite else { throw wrong(column, "a number") }
        return number
    }

    func count(_ column: JournalColumn) throws(JournalRecord.Problem) -> Int {
        guard let count = Int(record[column]), count >= 0 else { throw wrong(column, "a whole number") }
        return count
    }

    func flag(_ column: JournalColumn) throws(JournalRecord.Problem) -> Bool? {
        switch record[column] {
        case "": nil
        case "true": true
        case "false": false
        default: throw wrong(column, "true or false")
        }
    }

    func time(_ column: JournalColumn) throws(JournalRecord.Problem) -> TimeOfDay? {
        if record.isEmpty(column) { return nil }
        guard let time = TimeOfDay(record[column]) else { throw wrong(column, "a time HH:MM") }
        return time
    }

    func instant(_ column: JournalColumn) throws(JournalRecord.Problem) -> Instant? {
        if record.isEmpty(column) { return nil }
        guard let instant = Instant(record[column]) else { throw wrong(column, "an instant YYYY-MM-DDTHH:MM:SSZ") }
        return instant
    }

    func side() throws(JournalRecord.Problem) -> Side? {
        if record.isEmpty(.side) { return nil }
        guard let side = Side(rawValue: record[.side]) else { throw wrong(.side, "long or short") }
        return side
    }

    func requiredNumber(_ column: JournalColumn) throws(JournalRecord.Problem) -> Double {
        guard let number = try number(column) else {
            throw JournalRecord.Problem("a trade without \(column.name)")
        }
        return number
    }

    func required<Value>(
        _ column: JournalColumn, _ read: (FieldReader) throws(JournalRecord.Problem) -> Value?
    ) throws(JournalRecord.Problem) -> Value {
        guard let value = try read(self) else { throw JournalRecord.Problem("a trade without \(column.name)") }
        return value
    }

    private func wrong(_ column: JournalColumn, _ what: String) -> JournalRecord.Problem {
        JournalRecord.Problem("\(column.name) '\(record[column].prefix(40))' is not \(what)")
    }
}

/// Writes a row's fields, one after the other, in the order of the columns.
private struct FieldWriter {
    let decimals: PriceDecimals
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [UInt32] = []

    init(decimals: PriceDecimals) {
        self.decimals = decimals
        bytes.reserveCapacity(512)
        ends.reserveCapacity(JournalColumn.allCases.count)
    }

    mutating func write(_ row: JournalRow) {
        let trade = row.trade
        write(row.tradeDate)
        write(row.trendValid)
        write(price: row.trendAverage)
        write(row.window)
        write(row.pullbackTime)
        write(row.reversalTime)
        write(row.reversalStrong)
        write(row.confirmationTime)
        write(trade != nil)
        write(trade?.entryTime)
        write(price: trade?.entry)
        write(trade?.shares)
        write(price: trade?.average)
        write(price: trade?.trueRange)
        write(trade?.trueRangeFraction)
        write(price: trade?.risk)
        write(price: trade?.stop)
        write(trade?.entryBucket)
        write(trade?.barsSinceOpen)
        write(trade?.exitTime)
        write(price: trade?.exit)
        write(trade?.gross)
        write(trade?.costs)
        write(trade?.net)
        write(price: trade?.risk)
        write(trade?.rMultiple)
        write(trade?.distanceToAverage)
        write(row.notes)
        write(row.chartLink)
        write(row.symbol.name)
        write(row.strategy)
        write(row.parametersID)
        write(trade?.exitReason)
        write(price: trade?.mae)
        write(price: trade?.mfe)
        write(row.dataSource)
        write(row.dataID)
        write(row.runID)
        write(row.mode.rawValue)
        write(row.tradeNumber)
        write(row.trades)
        write((row.side ?? trade?.side)?.rawValue)
        write(row.setup)
        write(row.noTrade)
        write(price: trade?.target)
        write(trade?.exits)
        write(trade?.isAmbiguous)
        write(row.steps)
        write(row.values)
        write(trade?.entryInstant)
        write(trade?.exitInstant)
        write(row.market)
        write(row.completeness)
        write(row.parameters)
    }

    private mutating func end() { ends.append(UInt32(bytes.count)) }

    private mutating func write(_ text: String?) {
        if let text { bytes += text.utf8 }
        end()
    }

    private mutating func write(_ flag: Bool?) {
        if let flag { bytes += (flag ? "true" : "false").utf8 }
        end()
    }

    private mutating func write(_ number: Double?) {
        if let number { appendJournalNumber(number, .six, to: &bytes) }
        end()
    }

    private mutating func write(price: Double?) {
        if let price { appendJournalNumber(price, decimals, to: &bytes) }
        end()
    }

    private mutating func write(_ count: Int) {
        appendDigits(UInt64(max(count, 0)), atLeast: 1, to: &bytes)
        end()
    }

    private mutating func write(_ time: TimeOfDay?) { write(time?.description) }
    private mutating func write(_ date: CivilDate) { write(date.description) }
    private mutating func write(_ instant: Instant?) { write(instant?.description) }
}
