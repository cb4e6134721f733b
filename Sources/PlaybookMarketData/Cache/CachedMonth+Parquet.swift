import PlaybookCore
import PlaybookParquet

extension CachedMonth {
    /// The month as a sealed Parquet file.
    var bytes: [UInt8] {
        var writer = ParquetWriter(version: programVersion)
        // As small as at level 3 for bars, and sooner done. Prices do not become half as large, and are read often.
        writer.compressionLevel = 1
        writer.compressesWhereItHalves = true
        return BarFile.encode(
            bars,
            metadata: [
                ("symbol", partition.symbol.name), ("feed", partition.feed),
                ("timeframe", partition.timeframe.description), ("adjustment", "raw"), ("source", source),
                ("month", month.description),
                ("sessions", sessions.map { String($0.description.suffix(2)) }.joined(separator: " ")),
                ("fetched_at", fetchedAt.description), ("writer", BarExport.writer),
            ] + (origins.isEmpty ? [] : [("origins", origins.joined(separator: "; "))]), writer: writer)
    }

    /// The month that a file holds.
    ///
    /// - Throws: a `ParquetError` when the file is damaged, or is not that of `partition` and `month`.
    init(_ bytes: [UInt8], partition: CachePartition, month: Month) throws(ParquetError) {
        let file = try BarFile.decode(bytes)
        try self.init(metadata: file.metadata, partition: partition, month: month)
        bars = file.bars
    }

    /// What a file's metadata says of it.
    init(metadata: [String: String], partition: CachePartition, month: Month) throws(ParquetError) {
        func value(_ key: String) throws(ParquetError) -> String {
            guard let value = metadata[key] else { throw ParquetError("the file has no metadata '\(key)'") }
            return value
        }
        for (key, expected) in [
            ("symbol", partition.symbol.name), ("feed", partition.feed),
            ("timeframe", partition.timeframe.description), ("month", month.description), ("adjustment", "raw"),
        ] {
            let found = try value(key)
            guard found == expected else { throw ParquetError("the file's \(key) is '\(found)', not '\(expected)'") }
        }
        guard let fetchedAt = Instant(try value("fetched_at")) else {
            throw ParquetError("the file's 'fetched_at' is not an instant")
        }
        self.init(partition: partition, month: month, fetchedAt: fetchedAt, source: try value("source"))
        origins = metadata["origins"].map { $0.split(separator: ";").map { String($0.drop { $0 == " " }) } } ?? []
        let first = month.dates.lowerBound
        for day in try value("sessions").utf8.split(separator: UInt8(ascii: " ")) {
            let digits = day.map { Int($0) - 48 }
            let number = digits.count == 2 ? digits[0] * 10 + digits[1] : 0
            let date = first.adding(days: number - 1)
            guard number > 0, digits.allSatisfy((0...9).contains), date <= month.dates.upperBound,
                sessions.last.map({ $0 < date }) ?? true
            else { throw ParquetError("the file's 'sessions' are not days of \(month)") }
            sessions.append(date)
        }
    }
}
