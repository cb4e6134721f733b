import PlaybookCore

/// The bars as the CSV file that `trading-playbook` and the whole-process baseline read.
func csvText(_ history: BarHistory) -> [UInt8] {
    var text = "timestamp,open,high,low,close,volume\n"
    for index in 0..<history.bars.count {
        let bar = history.bars[index]
        text +=
            "\(Instant(secondsSinceEpoch: bar.time)),\(bar.open),\(bar.high),\(bar.low),\(bar.close),\(Int(bar.volume))\n"
    }
    return Array(text.utf8)
}

/// The bars and sessions as `columns.bin`, which the engine baselines read; Benchmarks/README.md describes it.
func columnsDump(_ history: BarHistory) -> [UInt8] {
    var bytes = Array("DP20COLS".utf8)
    func add<T>(_ value: T) { withUnsafeBytes(of: value) { bytes += $0 } }
    func add<T>(column: [T]) { column.withUnsafeBytes { bytes += $0 } }
    add(UInt32(1))
    add(UInt32(0))
    add(UInt64(history.bars.count))
    add(UInt64(history.slices.count))
    add(column: history.bars.times)
    add(column: history.bars.open)
    add(column: history.bars.high)
    add(column: history.bars.low)
    add(column: history.bars.close)
    let trend = SimpleMovingAverage(period: 200)
    for slice in history.slices {
        add(Int64(slice.bars.lowerBound))
        add(Int64(slice.bars.count))
        add(slice.session.open.secondsSinceEpoch)
        add(Int64(slice.session.minutes))
        add(trend.value(before: slice, in: history) ?? .nan)
    }
    return bytes
}
