import Dispatch
import PlaybookCore
import PlaybookParquet
import Synchronization

extension ParquetBarReader {
    /// The bars of a file whose rows are instants, ascending, and whose bars within the window are right; nil otherwise.
    ///
    /// What a file's statistics say decides only whether the times are read before the other columns. Which rows lie
    /// within the window is found from the times themselves, so that wrong statistics lose no bar.
    func soundContents(
        _ file: ParquetFile, _ layout: ParquetLayout, _ window: Range<Int64>, _ understanding: FileUnderstanding
    ) throws -> BarFileContents? {
        guard !acceptsDates, options.priceDecimals == 0, layout.column(.symbol) == nil,
            let time = layout.column(.time), case .timestamp(_, let isUTC) = file.columns[time].kind,
            let open = layout.column(.open), let high = layout.column(.high), let low = layout.column(.low),
            let close = layout.column(.close), let volume = layout.column(.volume)
        else { return nil }
        var piece = BarColumnsReader.Piece(
            file,
            BarColumnsReader.Columns(time: time, open: open, high: high, low: low, close: close, volume: volume),
            rows: 0..<file.rowCount)
        var times: [Int64]?
        var (first, last): (Int64?, Int64?)
        let stated = isUTC ? file.statedSeconds(time) : nil
        // Where most rows are wanted, reading all columns at once is sooner done than finding out which.
        let isWorthLooking = stated.map { !$0.liesMostly(in: window) } ?? false
        if !isUTC || !readsAll && isWorthLooking {
            guard let all = try instants(file, time, isUTC), all.isAscending else { return nil }
            (first, last) = (all.first, all.last)
            if readsAll {
                times = all
            } else {
                var bars = BarColumns()
                bars.times = all
                piece.rows = bars.firstIndex(at: window.lowerBound)..<bars.firstIndex(at: window.upperBound)
                times = Array(all[piece.rows])
            }
        }
        var bars: BarColumns
        do throws(BarColumnsReader.Failure) {
            let found = try BarColumnsReader.read([piece], times: times)
            guard found.nullTimes == 0 else { return nil }
            bars = found.bars
        } catch {
            return try located { () throws(ParquetError) in throw error.error }
        }
        (first, last) = (first ?? bars.times.first, last ?? bars.times.last)
        if !readsAll, times == nil {
            guard bars.times.isAscending else { return nil }
            let wanted = bars.firstIndex(at: window.lowerBound)..<bars.firstIndex(at: window.upperBound)
            if wanted.count < bars.count { bars = bars.slice(wanted) }
        }
        guard bars.isSound() else { return nil }
        var known = understanding
        known.stamps = isUTC ? "timestamps" : "timestamps of a local clock"
        known.zone = isUTC ? "UTC" : options.zone.map { "\($0), by \(.named(.timezoneOfFiles))" } ?? ""
        known.bars = file.rowCount
        known.setExtent(first: first, last: last)
        var contents = BarFileContents(first: first, last: last, understanding: known, warnings: layout.notes)
        let start = bars.firstIndex(at: window.lowerBound)
        let end = bars.firstIndex(at: window.upperBound)
        contents.bars = start == 0 && end == bars.count ? bars : bars.slice(start..<max(start, end))
        return contents
    }
}

extension ParquetBarReader {
    /// The times of all rows, in seconds since the epoch; nil when one of them is missing, or clocks show it twice or never.
    private func instants(_ file: ParquetFile, _ column: Int, _ isUTC: Bool) throws -> [Int64]? {
        if !isUTC, options.zone == nil { return nil }
        let all = try located { () throws(ParquetError) in try file.seconds(column) }
        guard all.nullRows.isEmpty else { return nil }
        return isUTC ? all.values : options.zone?.instants(all.values)
    }
}

extension BarColumns {
    /// Whether all bars are right; high and low that are off by a rounding are widened.
    fileprivate mutating func isSound() -> Bool {
        let bars = self
        let wrong = Atomic<Int>(0)
        let parts = count < 20_000 ? 1 : 4
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let range = (bars.count * part / parts)..<(bars.count * (part + 1) / parts)
            if !bars.isSound(range) { wrong.add(1, ordering: .relaxed) }
        }
        if wrong.load(ordering: .relaxed) == 0 { return true }
        var validator = BarValidator()
        for index in 0..<count {
            let bar = self[index]
            guard validator.defect(in: bar) != nil else { continue }
            guard let wider = bar.widened, validator.defect(in: wider) == nil else { return false }
            high[index] = wider.high
            low[index] = wider.low
        }
        return true
    }
}

extension ClosedRange<Int64> {
    /// Whether half of it or more lies within `window`.
    fileprivate func liesMostly(in window: Range<Int64>) -> Bool {
        let common = Double(Swift.min(upperBound, window.upperBound)) - Double(Swift.max(lowerBound, window.lowerBound))
        return common >= (Double(upperBound) - Double(lowerBound)) / 2
    }
}

extension [Int64] {
    /// Whether each is larger than the one before.
    fileprivate var isAscending: Bool {
        var last = Int64.min
        for time in self {
            if time <= last { return false }
            last = time
        }
        return true
    }
}
