import PlaybookTestSupport
import PlaybookCore
import Synchronization
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("Keeping months")
struct BarCacheTests {
    static let name = "v1/iex/TEST/2Min/2024-04.parquet"

    static func kept(_ store: any BlobStore) async throws -> CachedMonth? {
        let cache = BarCache(store: store, statistics: CacheStatistics())
        let month = try #require(Month("2024-04"))
        return try await cache.read(CachedMonthTests.partition, month) { Issue.record("damaged: \($0)") }?.month
    }

    @Test("by many at the same time loses none of their sessions", arguments: [true, false])
    func concurrent(inMemory: Bool) async throws {
        let folder = try TemporaryFolder()
        let store: any BlobStore = inMemory ? MemoryBlobStore() : LocalBlobStore(root: folder.path)
        let days = [1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 15, 16]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for day in days {
                group.addTask {
                    let cache = BarCache(store: store, statistics: CacheStatistics())
                    try await cache.keep(try CachedMonthTests.month([day], price: Double(day)))
                }
            }
            try await group.waitForAll()
        }
        let month = try #require(try await Self.kept(store))
        #expect(CachedMonthTests.days(month.sessions) == days)
        #expect(month.bars.open == days.map(Double.init))
    }

    @Test("goes on when others change the file in between, but not for ever")
    func conflicts() async throws {
        let left = Mutex(19)
        let store = MemoryBlobStore { store, name in
            let day = left.withLock { left in
                left -= 1
                return left
            }
            guard day >= 0 else { return }
            // Another process puts a session of its own there just before.
            let other = try CachedMonthTests.month(Array([1, 2, 3, 4, 5, 8, 9, 10, 11, 12].prefix(day % 10 + 1)))
            store.put(name, other.bytes)
        }
        let cache = BarCache(store: store, statistics: CacheStatistics())
        try await cache.keep(try CachedMonthTests.month([30], provisional: [29]))
        #expect(CachedMonthTests.days(try #require(try await Self.kept(store)).sessions) == [1, 30])
        #expect(store.writes == [Self.name])
        left.withLock { $0 = .max }
        let error = await playbookError { try await cache.keep(try CachedMonthTests.month([26])) }
        #expect(error?.code == .tryAgain)
        #expect(error?.message == "memory/\(Self.name) keeps being changed by others")
    }

    @Test("writes nothing when there is nothing new or nothing final")
    func nothingNew() async throws {
        let store = MemoryBlobStore()
        let cache = BarCache(store: store, statistics: CacheStatistics())
        try await cache.keep(try CachedMonthTests.month([], provisional: [2, 3]))
        #expect(store.writes == [])
        try await cache.keep(try CachedMonthTests.month([2, 3], price: 100))
        try await cache.keep(try CachedMonthTests.month([3], price: 200))
        try await cache.keep(try CachedMonthTests.month([], provisional: [4]))
        #expect(store.writes == [Self.name])
        #expect(try #require(try await Self.kept(store)).bars.open == [100, 100])
        #expect(cache.statistics.current.bytesWritten == store.contents[Self.name]?.count)
    }

    @Test("over a damaged file sets it aside and keeps what there is to keep")
    func damaged() async throws {
        let store = MemoryBlobStore()
        store.put(Self.name, Array("PAR1 no more".utf8))
        let cache = BarCache(store: store, statistics: CacheStatistics())
        try await cache.keep(try CachedMonthTests.month([2]))
        #expect(CachedMonthTests.days(try #require(try await Self.kept(store)).sessions) == [2])
        #expect(store.contents["\(Self.name).damaged"] == Array("PAR1 no more".utf8))
        #expect(cache.statistics.current.filesSetAside == 1)
        // What it is about: never half of a file.
        let whole = try CachedMonthTests.month([2, 3]).bytes
        for length in stride(from: 0, to: whole.count, by: 97) {
            store.put(Self.name, Array(whole[..<length]))
            var damages: [String] = []
            let month = try #require(Month("2024-04"))
            let found = try await cache.read(CachedMonthTests.partition, month) { damages.append($0) }
            #expect(found?.month.sessions == nil)
            #expect(damages.count == 1)
        }
    }
}
