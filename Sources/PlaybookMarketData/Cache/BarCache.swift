import PlaybookCore
import PlaybookParquet

/// Reads and writes the months of a cache.
struct BarCache: Sendable {
    let store: any BlobStore
    let statistics: CacheStatistics

    /// The month that is kept, or nil. A damaged file is set aside.
    ///
    /// - Parameter damage: told of a file that was set aside.
    func read(_ partition: CachePartition, _ month: Month, damage: (String) -> Void) async throws -> Kept? {
        let name = partition.name(of: month)
        guard let blob = try await store.read(name) else { return nil }
        statistics.add { $0.bytesRead += blob.bytes.count }
        do {
            return Kept(month: try CachedMonth(blob.bytes, partition: partition, month: month), version: blob.version)
        } catch {
            damage(try await setAside(name, because: error))
            return nil
        }
    }

    /// The month that is kept, its bars yet to be read, or nil. A damaged file is set aside.
    ///
    /// - Parameter damage: told of a file that was set aside.
    func open(_ partition: CachePartition, _ month: Month, damage: (String) -> Void) async throws -> Opened? {
        let name = partition.name(of: month)
        guard let blob = try await store.read(name) else { return nil }
        statistics.add { $0.bytesRead += blob.bytes.count }
        do {
            let file = try BarFile.open(blob.bytes)
            return Opened(
                month: try CachedMonth(metadata: file.metadata, partition: partition, month: month), file: file)
        } catch {
            damage(try await setAside(name, because: error))
            return nil
        }
    }

    /// Adds the final sessions of `month` to what is kept. Processes that do so at the same time all get theirs in.
    ///
    /// - Parameter again: those of its dates that were asked for again: they take the place of those kept, unless they have
    ///   fewer bars.
    func keep(_ month: CachedMonth, again: Set<CivilDate> = []) async throws {
        let added = month.final
        guard !added.sessions.isEmpty else { return }
        for _ in 0..<20 {
            let kept = try await read(added.partition, added.month) { _ in }
            var merged = kept.map { $0.month.merging(added) } ?? added
            if !again.isEmpty { merged = merged.updated(with: added.only(again.contains)) }
            if let kept, kept.month.sessions == merged.sessions, kept.month.bars == merged.bars { return }
            let bytes = merged.bytes
            if try await store.write(added.partition.name(of: added.month), bytes, replacing: kept?.version) {
                statistics.add { $0.bytesWritten += bytes.count }
                return
            }
        }
        throw PlaybookError(
            .tryAgain, "\(store.location)/\(added.partition.name(of: added.month)) keeps being changed by others",
            nextStep: "Run again when they have finished.")
    }

    /// Gives a damaged file another name.
    ///
    /// - Returns: what happened, in words.
    func setAside(_ name: String, because error: ParquetError) async throws -> String {
        try await store.move(name, to: "\(name).damaged")
        statistics.add { $0.filesSetAside += 1 }
        return "\(store.location)/\(name) cannot be used (\(error)); it was set aside as \(name).damaged"
    }

    /// A month without its bars, and the file that holds them.
    struct Opened: Sendable {
        let month: CachedMonth
        let file: ParquetFile
    }

    /// A month and the version it was read at.
    struct Kept: Sendable {
        let month: CachedMonth
        let version: BlobVersion
    }
}
