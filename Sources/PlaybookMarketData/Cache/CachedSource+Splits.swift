public import PlaybookCore

extension CachedSource {
    /// The splits by `last`: from the cache if they are known that far, else fetched and kept.
    public func splits(of symbol: Symbol, through last: CivilDate) async throws -> [Split] {
        let kept = try await SplitsBlob(feed: feed, symbol: symbol).read(from: cache)
        if let kept, kept.through >= last { return kept.splits }
        let splits = try await base.splits(of: symbol, through: last)
        do {
            try await keep(splits, of: symbol, through: last, replacing: kept)
        } catch let error as PlaybookError where [.cannotWrite, .tryAgain].contains(error.code) {
            // A cache that cannot be written costs time, not results; the bars' own failure says so.
        }
        return splits
    }

    /// Fetches the splits of symbols for which they are not known through `last`.
    public func fetchSplits(of symbols: [Symbol], through last: CivilDate) async throws {
        var kept: [Symbol: SplitsBlob.Kept] = [:]
        for symbol in symbols { kept[symbol] = try await SplitsBlob(feed: feed, symbol: symbol).read(from: cache) }
        let missing = symbols.filter { symbol in kept[symbol].map { $0.through < last } ?? true }
        guard !missing.isEmpty else { return }
        let splits = try await base.splits(of: missing, through: last)
        for symbol in missing {
            try await keep(splits[symbol] ?? [], of: symbol, through: last, replacing: kept[symbol])
        }
    }

    private func keep(
        _ splits: [Split], of symbol: Symbol, through last: CivilDate, replacing kept: SplitsBlob.Kept?
    ) async throws {
        let blob = SplitsBlob(feed: feed, symbol: symbol)
        // A misspelt symbol has neither splits nor bars, and leaves nothing behind.
        if splits.isEmpty,
            try await cache.store.list("\(CachePartition.layout)/\(feed)/\(CachePartition.folder(of: symbol))/").isEmpty
        {
            return
        }
        let bytes = blob.bytes(splits, through: last, fetchedAt: clock.now(), source: label)
        // Whoever was quicker has fetched the same.
        if try await cache.store.write(blob.name, bytes, replacing: kept?.version) {
            cache.statistics.add { $0.bytesWritten += bytes.count }
        }
    }
}
