package import PlaybookCore

/// The statistics of a journal's rows, those of each strategy, parameter set and mode by themselves: what differs in one
/// of these is never summed up.
package enum JournalStatistics {
    /// What is summed up.
    package struct Group {
        package let strategy: String
        package let parametersID: String
        /// The parameters that differ from their defaults; empty when no row tells.
        package let parameters: String
        package let mode: JournalMode
        /// The rows that count.
        package let rows: [JournalRow]
        /// Those that do not; nil when all count.
        package let leftOut: LeftOut?

        /// The symbols, sorted.
        package var symbols: [String] { Set(rows.map(\.symbol.name)).sorted() }
        /// The statistics of all rows.
        package var summary: Performance { Performance(rows) }
        /// The statistics of each symbol.
        package var bySymbol: [String: Performance] {
            Dictionary(grouping: rows, by: \.symbol.name).mapValues { Performance($0) }
        }
    }

    /// Rows left out because their sessions lack bars, or because they do not tell.
    package struct LeftOut: CustomStringConvertible {
        /// The completeness asked for, 0 to 1.
        package let minimum: Double
        /// How many rows are below it.
        package var below = 0
        /// How many rows have no completeness: those of earlier versions.
        package var unknown = 0

        package var description: String {
            let parts =
                (below > 0 ? ["\(counted(below, "row")) with a completeness below \(journalNumber(minimum))"] : [])
                + (unknown > 0
                    ? [
                        "\(counted(unknown, "row")) of earlier versions, which do not tell it (run their sessions again to add it)"
                    ]
                    : [])
            return "Left out: \(parts.isEmpty ? "no row" : parts.joined(separator: "; "))"
        }

        /// The rows that count.
        package mutating func keep(_ rows: [JournalRow]) -> [JournalRow] {
            let known = rows.filter { $0.completeness != nil }
            let kept = known.filter { $0.completeness ?? 0 >= minimum }
            (below, unknown) = (known.count - kept.count, rows.count - known.count)
            return kept
        }
    }

    /// The groups of `records`, sorted by strategy, parameters and mode.
    ///
    /// - Parameter minimumCompleteness: rows with less, or without any, are left out; nil for all rows.
    /// - Throws: a `PlaybookError` that names a row whose columns do not hold what they should.
    package static func groups(of records: [JournalRecord], minimumCompleteness: Double? = nil) throws -> [Group] {
        let series = Dictionary(grouping: records) { record in
            var series = record.key.session.series
            series.symbol = ""
            return series
        }
        return try series.sorted { $0.key < $1.key }.map { series, records in
            let rows: [JournalRow]
            do {
                let read = [Result<JournalRow, any Error>](count: records.count) {
                    { place in Result { try JournalRow(reading: records[place]) } }
                }
                rows = try read.map { try $0.get() }
            } catch let error as PlaybookError {
                throw error.withCommandForRows
            }
            var leftOut = minimumCompleteness.map { LeftOut(minimum: $0) }
            let kept = leftOut?.keep(rows) ?? rows
            return Group(
                strategy: series.strategy, parametersID: series.parametersID,
                parameters: rows.map(\.parameters).first { !$0.isEmpty } ?? "", mode: series.mode, rows: kept,
                leftOut: leftOut)
        }
    }
}
