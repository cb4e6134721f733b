import PlaybookCore
import PlaybookParquet

extension CachedSource {
    /// What is kept of the dates. Two tasks open the files; then their bars are read into one set of columns.
    ///
    /// - Parameter start: the first date whose bars may be repaired.
    /// - Returns: what is used, what is kept and asked for again, and what was wrong with files.
    func kept(
        _ partition: CachePartition, from first: CivilDate, through last: CivilDate, repairsFrom start: CivilDate
    ) async throws -> (stock: MonthStock, older: [Month: CachedMonth], warnings: [NeutralText]) {
        typealias Found = (months: [BarCache.Opened], warnings: [NeutralText])
        @Sendable func open(_ months: ArraySlice<Month>) async throws -> Found {
            var found: Found = ([], [])
            for month in months {
                try Task.checkCancellation()
                if let opened = try await cache.open(
                    partition, month, damage: { found.warnings.append(NeutralText($0)) })
                {
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
                // Only of the latest months may sessions be asked for again.
                var settled = Array(opened.prefix { $0.month.month < Month(start) }.indices)
                var hasEarlierBars = settled.contains { opened[$0].file.rowCount > 0 }
                var older: [Month: CachedMonth] = [:]
                var others: [CachedMonth] = []
                for number in opened.indices.dropFirst(settled.count) {
                    let month = try opened[number].whole(number)
                    let dates = asked(month, hasEarlierBars: hasEarlierBars, from: max(first, start), through: last)
                    hasEarlierBars = hasEarlierBars || month.bars.count > 0
                    guard !dates.isEmpty else {
                        settled.append(number)
                        continue
                    }
                    older[month.month] = month.only(dates.contains)
                    others.append(month.only { first <= $0 && $0 <= last && !dates.contains($0) })
                }
                var stock: MonthStock
                do throws(BarColumnsReader.Failure) {
                    stock = try Self.stock(
                        settled.map { opened[$0] }, partition.symbol.market, first...max(first, last))
                } catch {
                    throw BarColumnsReader.Failure(piece: settled[error.piece], error: error.error)
                }
                for month in others { stock.add(month) }
                return (stock, older, warnings)
            } catch {
                let month = opened.remove(at: error.piece).month.month
                warnings.append(NeutralText(try await cache.setAside(partition.name(of: month), because: error.error)))
            }
        }
    }

    /// The sessions of a month that are asked for again: those that were to be, and those without bars or cut off, unless
    /// they lie before all bars that are kept.
    private func asked(
        _ month: CachedMonth, hasEarlierBars: Bool, from first: CivilDate, through last: CivilDate
    ) -> Set<CivilDate> {
        Set(
            month.sessions.filter { date in
                guard first <= date, date <= last,
                    let session = month.partition.symbol.market.calendar.session(on: date)
                else {
                    return false
                }
                if again.contains(date) { return true }
                let hasBars = hasEarlierBars || (month.bars.times.first ?? .max) < session.close.secondsSinceEpoch
                return hasBars && !month.reachesEnd(of: session)
            })
    }

    /// The months' bars of `dates`.
    private static func stock(
        _ opened: [BarCache.Opened], _ market: Market, _ dates: ClosedRange<CivilDate>
    ) throws(BarColumnsReader.Failure) -> MonthStock {
        let seconds = market.seconds(from: dates.lowerBound, through: dates.upperBound)
        var pieces: [BarColumnsReader.Piece] = []
        for (number, opened) in opened.enumerated() {
            var rows = 0..<opened.file.rowCount
            let own = opened.month.month.dates
            // Of the months at both ends only some bars may be wanted.
            if own.lowerBound < dates.lowerBound || own.upperBound > dates.upperBound {
                do throws(ParquetError) {
                    var times = BarColumns()
                    times.times = try opened.file.seconds(BarFile.columns.time).values
                    rows = times.firstIndex(at: seconds.lowerBound)..<times.firstIndex(at: seconds.upperBound)
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

extension BarCache.Opened {
    /// The month with its bars.
    ///
    /// - Parameter number: the number of the file, for the error.
    fileprivate func whole(_ number: Int) throws(BarColumnsReader.Failure) -> CachedMonth {
        var whole = month
        do throws(BarColumnsReader.Failure) {
            let piece = BarColumnsReader.Piece(file, BarFile.columns, rows: 0..<file.rowCount)
            whole.bars = try BarColumnsReader.read([piece], wantsWholeSeconds: true).bars
        } catch {
            throw BarColumnsReader.Failure(piece: number, error: error.error)
        }
        return whole
    }
}
