public import PlaybookCore

extension CacheInventory {
    /// Reads and checks every file in `store`.
    ///
    /// - Parameters:
    ///   - feed: the feed to look at; nil for all.
    ///   - symbols: the symbols to look at; nil for all.
    public init(of store: any BlobStore, feed: String? = nil, symbols: Set<Symbol>? = nil) async throws {
        var entries: [CachePartition: Entry] = [:]
        var damagedSplits: [(symbol: Symbol, name: String, problem: String)] = []
        func isWanted(_ itsFeed: String, _ symbol: Symbol) -> Bool {
            feed.map { $0 == itsFeed } ?? true && symbols?.contains(symbol) ?? true
        }
        for listing in try await store.list(CachePartition.layout + "/") {
            if let splits = SplitsBlob(name: listing.name), isWanted(splits.feed, splits.symbol),
                let blob = try await store.read(listing.name)
            {
                do { _ = try splits.kept(blob) } catch {
                    damagedSplits.append((splits.symbol, listing.name, error.description))
                }
            }
            guard let (partition, month) = CachePartition.parse(listing.name),
                isWanted(partition.feed, partition.symbol), let blob = try await store.read(listing.name)
            else { continue }
            var entry =
                entries[partition]
                ?? Entry(feed: partition.feed, symbol: partition.symbol, timeframe: partition.timeframe)
            entry.files += 1
            entry.bytes += blob.bytes.count
            do {
                let kept = try CachedMonth(blob.bytes, partition: partition, month: month)
                entry.bars += kept.bars.count
                entry.sessions += kept.sessions
                entry.emptySessions += kept.sessions.count { kept.range(on: $0, of: kept.bars).isEmpty }
                entry.lastFetched = max(entry.lastFetched ?? kept.fetchedAt, kept.fetchedAt)
            } catch {
                entry.damaged.append((listing.name, "\(error)"))
            }
            entries[partition] = entry
        }
        for (partition, entry) in entries {
            guard let first = entry.sessions.first, let last = entry.sessions.last else { continue }
            let kept = Set(entry.sessions)
            entries[partition]?.holes = partition.symbol.market.calendar.sessions(from: first, through: last)
                .map(\.date).filter { !kept.contains($0) }
        }
        self.init(
            entries: entries.values.sorted {
                ($0.feed, $0.symbol, $0.timeframe.seconds) < ($1.feed, $1.symbol, $1.timeframe.seconds)
            }, damagedSplits: damagedSplits)
    }
}
