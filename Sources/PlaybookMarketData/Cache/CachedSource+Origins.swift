public import PlaybookCore
import PlaybookParquet

/// A source that can tell whether the files that its bars came from are as they were.
protocol OriginVerifying: Sendable {
    /// Which of the files are others by now, in words.
    ///
    /// - Parameter origins: as the source gave them, each with its digest.
    func changed(_ origins: [String]) async throws -> [String]
}

extension BinanceSource: OriginVerifying {}

extension CachedSource {
    /// Compares the files that a symbol's bars came from with those that are published now; nothing is fetched again.
    ///
    /// - Throws: a `PlaybookError`, also when the source publishes no digests.
    public func verification(of symbol: Symbol) async throws -> CacheVerification {
        guard let base = base as? any OriginVerifying, let timeframe = onlyTimeframe else {
            throw PlaybookError(
                .usage, "\(label) publishes no digests of files that its bars could be compared with",
                nextStep: "\(.run(.checkData)) checks the cache by itself.")
        }
        let partition = CachePartition(feed: feed, symbol: symbol, timeframe: timeframe)
        var files = 0
        var changes: [String] = []
        for listing in try await cache.store.list(partition.prefix) {
            guard let month = CachePartition.parse(listing.name)?.month,
                let kept = try await cache.open(partition, month, damage: { changes.append($0) })
            else { continue }
            files += kept.month.origins.count
            changes += try await base.changed(kept.month.origins).map {
                "\(cache.store.location)/\(listing.name): \($0)"
            }
        }
        return CacheVerification(files: files, changes: changes)
    }
}
