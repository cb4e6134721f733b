import PlaybookCore
import PlaybookParquet

/// A symbol's splits in the cache: a sealed Parquet file of dates and ratios.
struct SplitsBlob {
    let feed: String
    let symbol: Symbol

    /// What a file holds.
    struct Kept {
        let splits: [Split]
        /// Splits that took effect by this date are all there.
        let through: CivilDate
        let version: BlobVersion
    }

    init(feed: String, symbol: Symbol) {
        self.feed = feed
        self.symbol = symbol
    }

    /// The splits that a blob is called after; nil for a blob that is none of these.
    init?(name: String) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == CachePartition.layout, parts[3] == "splits.parquet",
            let symbol = CachePartition.symbol(ofFolder: parts[2])
        else { return nil }
        self.init(feed: String(parts[1]), symbol: symbol)
    }

    var name: String { "\(CachePartition.layout)/\(feed)/\(CachePartition.folder(of: symbol))/splits.parquet" }

    func bytes(_ splits: [Split], through last: CivilDate, fetchedAt: Instant, source: String) -> [UInt8] {
        ParquetWriter(version: programVersion).encode(
            [
                .init("date", .dates(splits.map(\.date.daysSinceEpoch))),
                .init("ratio", .doubles(splits.map(\.ratio))),
            ],
            metadata: [
                ("symbol", symbol.name), ("through", last.description), ("fetched_at", fetchedAt.description),
                ("source", source),
            ])
    }

    /// What is kept, or nil. A damaged file is set aside.
    func read(from cache: BarCache) async throws -> Kept? {
        guard let blob = try await cache.store.read(name) else { return nil }
        cache.statistics.add { $0.bytesRead += blob.bytes.count }
        do {
            return try kept(blob)
        } catch {
            _ = try await cache.setAside(name, because: error)
            return nil
        }
    }

    func kept(_ blob: Blob) throws(ParquetError) -> Kept {
        let file = try ParquetFile(blob.bytes, sealed: true)
        guard file.metadata["symbol"] == symbol.name, let through = file.metadata["through"].flatMap({ CivilDate($0) }),
            file.columns.map(\.name) == ["date", "ratio"]
        else { throw ParquetError("the file does not hold the splits of \(symbol)") }
        let dates = try file.integers(0).values
        let ratios = try file.doubles(1).values
        return Kept(
            splits: zip(dates, ratios).map { Split(date: CivilDate(daysSinceEpoch: Int32(clamping: $0)), ratio: $1) },
            through: through, version: blob.version)
    }
}
