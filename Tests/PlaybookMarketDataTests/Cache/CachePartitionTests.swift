import PlaybookCore
import Testing

@testable import PlaybookMarketData

@Suite("Names in the cache")
struct CachePartitionTests {
    @Test(
        "are read back",
        arguments: [
            ("iex", "QQQ", "2Min", "2024-01"), ("sip", "BRK.B", "1Day", "1998-12"),
            ("otc", "BF-B", "390Min", "2035-06"),
            ("delayed_sip", "0A", "1Min", "2000-02"),
        ])
    func roundTrip(feed: String, symbol: String, timeframe: String, month: String) throws {
        let partition = CachePartition(
            feed: feed, symbol: try .of(symbol), timeframe: try #require(Timeframe(timeframe)))
        let name = partition.name(of: try #require(Month(month)))
        #expect(name == "v1/\(feed)/\(symbol)/\(timeframe)/\(month).parquet")
        #expect(name.hasPrefix(partition.prefix))
        let parsed = try #require(CachePartition.parse(name))
        #expect(parsed.partition == partition)
        #expect(parsed.month.description == month)
        #expect(SplitsBlob(name: name) == nil)
    }

    @Test(
        "of anything else are not taken for months",
        arguments: [
            "", "v1", "v1/iex/QQQ/2Min/2024-01", "v1/iex/QQQ/2Min/2024-01.parquet.damaged",
            "v2/iex/QQQ/2Min/2024-01.parquet",
            "v1/iex/QQQ/2Min/2024-13.parquet", "v1/iex/QQQ/2Min/2024-1.parquet", "v1/iex/Q Q/2Min/2024-01.parquet",
            "v1/iex/QQQ/02Min/2024-01.parquet", "v1/iex/QQQ/2024-01.parquet", "v1/iex/QQQ/2Min/x/2024-01.parquet",
            "v1/iex/QQQ/splits.parquet", "v1/iex/QQQ//2024-01.parquet", "v1/iex/QQQ/2Min/2024-01-01.parquet",
            "/v1/iex/QQQ/2Min/2024-01.parquet", "v1/iex/QQQ/2Min/.parquet",
        ])
    func others(name: String) { #expect(CachePartition.parse(name) == nil) }

    @Test("of splits are read back, and no others are")
    func splits() throws {
        let blob = SplitsBlob(feed: "iex", symbol: try .of("BRK.B"))
        #expect(blob.name == "v1/iex/BRK.B/splits.parquet")
        #expect(SplitsBlob(name: blob.name)?.symbol.name == "BRK.B")
        #expect(SplitsBlob(name: blob.name)?.feed == "iex")
        for name in ["v1/iex/BRK.B/splits.parquet.damaged", "v0/iex/A/splits.parquet", "v1/iex/A/2Min/splits.parquet"] {
            #expect(SplitsBlob(name: name) == nil)
        }
    }
}
