import PlaybookCore
import PlaybookParquet

extension CachedSource {
    /// What is kept of the dates. Two tasks open the files; then their bars are read into one set of columns.
    func kept(
        _ partition: CachePartition, from first: CivilDate, through last: CivilDate
    ) async throws -> (stock: MonthStock, warnings: [String]) {
        typealias Found = (months: [BarCache.Opened], warnings: [String])
        @Sendable func open(_ months: ArraySlice<Month>) async throws -> Found {
            var found: Found = ([], [])
            for month in months {
                try Task.checkCancellation()
                if let opened = try await cache.open(partition, month, damage: { found.warnings.append($0) }) {
                    found.months.append(opened)
                }
            }
            return found
        }
        let months = Month.months(from: first, through: last)
        async let later = open(months[(months.count / 2)...])
        var (opened, warnings) = try await open(months[..<(months.count / 2)])
        let rest = try await later
        opened += rest.months
        warnings += rest.warnings
        while true {
            try Task.checkCancellation()
            do throws(BarColumnsReader.Failure) {
                return (try Self.stock(opened, first...max(first, last)), warnings)
            } catch {
                let month = opened.remove(at: error.piece).month.month
                warnings.append(try await cache.setAside(partition.name(of: month), because: error.error))
            }
        }
    }

    /// The months' bars of `dates`.
    private static func stock(
        _ opened: [BarCache.Opened], _ dates: ClosedRange<CivilDate>
    ) throws(BarColumnsReader.Failure) -> MonthStock {
        let midnight = TimeOfDay(minutes: 0)
        let start = NewYorkTime.instant(dates.lowerBound, midnight).secondsSinceEpoch
        let end = NewYorkTime.instant(dates.upperBound.adding(days: 1), midnight).secondsSinceEpoch
        var pieces: [BarColumnsReader.Piece] = []
        for (number, opened) in opened.enumerated() {
            var rows = 0..<opened.file.rowCount
            let own = opened.month.month.dates
            // Of the months at both ends only some bars may be wanted.
            if own.lowerBound < dates.lowerBound || own.upperBound > dates.upperBound {
                do throws(ParquetError) {
                    var times = BarColumns()
                    times.times = try opened.file.seconds(BarFile.columns.time).values
                    rows = times.firstIndex(at: start)..<times.firstIndex(at: end)
                } catch {
                    throw BarColumnsReader.Failure(piece: number, error: error)
                }
            }
            pieces.append(BarColumnsReader.Piece(opened.file, BarFile.columns, rows: rows))
        }
        let bars = try BarColumnsReader.read(pieces, wantsWholeSeconds: true).bars
        return MonthStock(zip(opened, pieces).map { ($0.month, $1.rows.count) }, bars)
    }
}
