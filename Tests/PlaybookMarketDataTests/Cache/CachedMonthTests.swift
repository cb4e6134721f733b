import PlaybookCore
import PlaybookParquet
import Testing

@testable import PlaybookMarketData

@Suite("A month in the cache")
struct CachedMonthTests {
    static let partition = CachePartition(feed: "iex", symbol: .any, timeframe: .minutes(2))

    /// A month with the days of April 2024 that are named, one bar each at `price`.
    static func month(
        _ days: [Int], provisional: [Int] = [], price: Double = 100, fetched: String = "2024-06-01T00:00:00Z"
    )
        throws -> CachedMonth
    {
        let fetchedAt = Instant(secondsSinceEpoch: try Instant.seconds(fetched))
        var month = CachedMonth(
            partition: partition, month: try #require(Month("2024-04")), fetchedAt: fetchedAt, source: "made")
        month.sessions = try days.map(date)
        month.provisional = try provisional.map(date)
        for day in (days + provisional).sorted() {
            month.bars.append(
                .quiet(NewYorkTime.instant(try date(day), Market.xnys.hours.start).secondsSinceEpoch, price))
        }
        return month
    }

    static func date(_ day: Int) throws -> CivilDate { try .of("2024-04-\(day < 10 ? "0" : "")\(day)") }

    static func days(_ dates: [CivilDate]) -> [Int] { dates.compactMap { Int($0.description.suffix(2)) } }

    @Test("comes back from its file with every field")
    func roundTrip() throws {
        var month = try Self.month([1, 2, 15, 30])
        // A session without bars is known, too.
        month.bars = month.bars.slice(0..<3)
        let back = try CachedMonth(month.bytes, partition: Self.partition, month: month.month)
        #expect(back.bars == month.bars)
        #expect(back.sessions == month.sessions)
        #expect(back.provisional == [])
        #expect(back.fetchedAt == month.fetchedAt)
        #expect(back.source == "made")
        #expect(month.bytes == back.bytes, "the same month gives the same bytes")
        let empty = try Self.month([])
        let emptyBack = try CachedMonth(empty.bytes, partition: Self.partition, month: empty.month)
        #expect(emptyBack.sessions == [] && emptyBack.bars.count == 0)
    }

    @Test("is not taken for that of another symbol, feed, timeframe or month")
    func others() throws {
        let month = try Self.month([1])
        func error(_ feed: String, _ symbol: String, _ timeframe: Timeframe, _ text: String) throws -> String? {
            let partition = CachePartition(feed: feed, symbol: try .of(symbol), timeframe: timeframe)
            let other = try #require(Month(text))
            return #expect(throws: ParquetError.self) {
                try CachedMonth(month.bytes, partition: partition, month: other)
            }?.description
        }
        #expect(try error("sip", "TEST", .minutes(2), "2024-04") == "the file's feed is 'iex', not 'sip'")
        #expect(try error("iex", "QQQ", .minutes(2), "2024-04") == "the file's symbol is 'TEST', not 'QQQ'")
        #expect(try error("iex", "TEST", .minutes(1), "2024-04") == "the file's timeframe is '2Min', not '1Min'")
        #expect(try error("iex", "TEST", .minutes(2), "2024-05") == "the file's month is '2024-04', not '2024-05'")
    }

    @Test("is refused when its metadata is not right")
    func metadata() throws {
        let right = try ParquetFile(Self.month([1]).bytes, sealed: true).metadata
        func error(_ key: String, _ value: String?) throws -> String? {
            var metadata = right
            metadata[key] = value
            let month = try #require(Month("2024-04"))
            return #expect(throws: ParquetError.self, "\(key)") {
                try CachedMonth(metadata: metadata, partition: Self.partition, month: month)
            }?.description
        }
        for key in ["symbol", "feed", "timeframe", "month", "adjustment", "fetched_at", "source", "sessions"] {
            #expect(try error(key, nil) == "the file has no metadata '\(key)'")
        }
        #expect(try error("adjustment", "split") == "the file's adjustment is 'split', not 'raw'")
        #expect(try error("fetched_at", "today") == "the file's 'fetched_at' is not an instant")
        for sessions in ["31", "1", "02 01", "01 01", "x", "01,02"] {
            #expect(try error("sessions", sessions) == "the file's 'sessions' are not days of 2024-04", "\(sessions)")
        }
    }

    @Test("merged with another has the sessions of both, and its own bars of those that both have")
    func merging() throws {
        let left = try Self.month([2, 4, 9], provisional: [10], price: 100, fetched: "2024-06-01T00:00:00Z")
        let right = try Self.month([1, 4, 10], provisional: [9, 11], price: 200, fetched: "2024-07-01T00:00:00Z")
        let merged = left.merging(right)
        #expect(Self.days(merged.sessions) == [1, 2, 4, 9])
        #expect(Self.days(merged.provisional) == [10, 11])
        #expect(merged.bars.open == [200, 100, 100, 100, 100, 200])
        #expect(merged.bars.times == merged.bars.times.sorted())
        #expect(merged.fetchedAt.description == "2024-07-01T00:00:00Z")
        let same = left.merging(try Self.month([2, 9], price: 300, fetched: "2025-01-01T00:00:00Z"))
        #expect(same.bars == left.bars && same.fetchedAt == left.fetchedAt)
    }

    @Test("keeps neither the sessions nor the bars that may still change")
    func final() throws {
        let month = try Self.month([2, 9], provisional: [4, 10]).final
        #expect(Self.days(month.sessions) == [2, 9])
        #expect(month.provisional == [])
        #expect(month.bars.all.map { NewYorkTime.date(of: Instant(secondsSinceEpoch: $0.time)) } == month.sessions)
        #expect(try Self.month([], provisional: [4]).final.bars.count == 0)
    }
}
