public import PlaybookCore

/// A journal as a Parquet file for pandas, DuckDB and their like: a column each under its own name, dates as dates,
/// instants as timestamps, flags as booleans, numbers as doubles, the rest as text; null where a column does not apply.
public enum JournalFile {
    /// The file of `records`.
    public static func encode(_ records: [JournalRecord], writer: ParquetWriter = ParquetWriter()) -> [UInt8] {
        let columns = JournalColumn.allCases.map { ParquetWriter.Column($0.name, values($0, records)) }
        let extras = extraNames(records).map { name in
            ParquetWriter.Column(
                name, .optionalStrings(records.map { $0.extras.first { $0.name == name }?.text }))
        }
        return writer.encode(columns + extras, metadata: [("schema", "trading-playbook/journal/2")])
    }

    private static func extraNames(_ records: [JournalRecord]) -> [String] {
        var names: [String] = []
        var known: Set<String> = []
        for extra in records.lazy.flatMap(\.extras) where known.insert(extra.name).inserted { names.append(extra.name) }
        return names
    }

    private static func values(_ column: JournalColumn, _ records: [JournalRecord]) -> ParquetWriter.Column.Values {
        switch column.kind {
        case .date: .dates(records.map(\.key.tradeDate.daysSinceEpoch))
        case .flag: .optionalBooleans(records.map { $0[column].isEmpty ? nil : $0[column] == "true" })
        case .number: .optionalDoubles(records.map { Double($0[column]) })
        case .count: counts(records.map { Int64($0[column]) })
        case .instant:
            .optionalTimestamps(records.map { Instant($0[column]).map { $0.secondsSinceEpoch * 1_000_000 } })
        case .time, .side, .identifier, .text:
            .optionalStrings(records.map { $0[column].isEmpty ? nil : $0[column] })
        }
    }

    /// Whole numbers; null only in a column that some row does not have.
    private static func counts(_ counts: [Int64?]) -> ParquetWriter.Column.Values {
        counts.contains(nil) ? .optionalIntegers(counts) : .integers(counts.compactMap { $0 })
    }
}
