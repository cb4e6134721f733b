extension JournalRow {
    /// The row's fields as text, in the order of `JournalColumn`; empty where a column does not apply.
    public var fields: [String] {
        var fields = [String](repeating: "", count: JournalColumn.allCases.count)
        func set(_ column: JournalColumn, _ text: String?) { fields[column.index] = text ?? "" }
        func set(_ column: JournalColumn, _ flag: Bool?) { set(column, flag.map { $0 ? "true" : "false" }) }
        func set(_ column: JournalColumn, _ time: TimeOfDay?) { set(column, time?.description) }
        func set(_ column: JournalColumn, _ number: Double?) { set(column, number.map(journalNumber)) }
        func set(_ column: JournalColumn, _ count: Int) { set(column, String(count)) }

        set(.tradeDate, tradeDate.description)
        set(.trendValid, trendValid)
        set(.trendAverage, trendAverage)
        set(.entryWindow, window.map { "\($0.lowerBound)-\($0.upperBound)" })
        set(.pullbackTime, pullbackTime)
        set(.reversalTime, reversalTime)
        set(.reversalStrong, reversalStrong)
        set(.confirmationTime, confirmationTime)
        set(.entered, trade != nil)
        if let trade {
            let fill = trade.fill
            set(.entryTime, trade.entryTime)
            set(.entryPrice, fill.entry)
            set(.shares, trade.shares)
            set(.averageAtEntry, trade.average)
            set(.trueRangeAtEntry, trade.trueRange)
            set(.trueRangeFraction, trade.trueRangeFraction)
            set(.stopDistance, fill.risk)
            set(.stopPrice, fill.stop)
            set(.entryBucket, trade.entryBucket)
            set(.barsSinceOpen, trade.barsSinceOpen)
            set(.exitTime, trade.exitTime)
            set(.exitPrice, fill.exit)
            set(.grossPnL, trade.gross)
            set(.costs, trade.costs)
            set(.netPnL, trade.net)
            set(.riskPerShare, fill.risk)
            set(.rMultiple, fill.rMultiple)
            set(.distanceToAverage, trade.average.map { (fill.entry - $0) / $0 * 10_000 })
            set(.exitReason, fill.reason.rawValue)
            set(.mae, fill.mae)
            set(.mfe, fill.mfe)
        }
        set(.notes, notes)
        set(.chartLink, chartLink)
        set(.symbol, symbol.name)
        set(.strategy, strategy)
        set(.parametersID, parametersID)
        set(.dataSource, dataSource)
        set(.dataID, dataID)
        set(.runID, runID)
        return fields
    }
}

/// A number as the journal writes it: its exact value rounded to 6 decimals (halves to even, as C's `%.6f`), without
/// trailing zeros or a minus sign before zero.
public func journalNumber(_ number: Double) -> String {
    let magnitude = abs(number)
    guard magnitude < 1e9 else { return decimalText(number) }
    // `scaled + error` is the exact product, so the comparison with one half is exact too.
    let scaled = magnitude * 1_000_000
    let error = (-scaled).addingProduct(magnitude, 1_000_000)
    let floor = scaled.rounded(.down)
    let overHalf = (scaled - floor - 0.5) + error
    var units = Int64(floor)
    if overHalf > 0 || (overHalf == 0 && units % 2 == 1) { units += 1 }
    guard units != 0 else { return "0" }
    var fraction = units % 1_000_000
    var text = (number < 0 ? "-" : "") + String(units / 1_000_000)
    guard fraction != 0 else { return text }
    var width = 6
    while fraction % 10 == 0 {
        fraction /= 10
        width -= 1
    }
    let digits = String(fraction)
    text += "." + String(repeating: "0", count: width - digits.count) + digits
    return text
}
