import PlaybookTestSupport
import PlaybookCore

@testable import PlaybookMarketData

/// Reads bar files that a test spells out.
struct BarText {
    static let header = "timestamp,open,high,low,close,volume"
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The path that all texts are written to.
    var path: String { "\(folder.path)/QQQ_2Min.csv" }

    /// What the reader makes of a file of `text`.
    func read(
        _ text: String, zone: TimestampZone? = nil, acceptsDates: Bool = false
    ) async throws -> BarFileContents {
        try await read(Array(text.utf8), zone: zone, acceptsDates: acceptsDates)
    }

    /// What the reader makes of a file of `bytes`.
    func read(
        _ bytes: [UInt8], zone: TimestampZone? = nil, acceptsDates: Bool = false
    ) async throws -> BarFileContents {
        let path = try folder.write("QQQ_2Min.csv", bytes)
        let reader = TextBarReader(path: path, options: FileOptions(zone: zone), acceptsDates: acceptsDates)
        return try await reader.read(window: .min..<(.max), expectedBars: 1_000)
    }

    /// The time that the reader gives a bar stamped `timestamp`.
    func time(_ timestamp: String, zone: TimestampZone? = nil) async throws -> Int64? {
        try await read("\(Self.header)\n\(timestamp),10,12,9,11,100\n", zone: zone).bars.times.first
    }
}

extension BarColumns {
    /// A bar file of these bars, `stamp` giving each its timestamp.
    func csv(header: String = BarText.header, stamp: (Int64) -> String = BarColumns.zulu) -> String {
        all.reduce(into: header + "\n") { text, bar in
            text += "\(stamp(bar.time)),\(bar.open),\(bar.high),\(bar.low),\(bar.close),\(bar.volume)\n"
        }
    }

    /// The instant in UTC, as `2024-11-04T14:30:00Z`.
    static func zulu(_ seconds: Int64) -> String { Instant(secondsSinceEpoch: seconds).description }

    /// The time on New York's clocks, without an offset.
    static func newYork(_ seconds: Int64) -> String {
        let text = NewYorkTime.string(Instant(secondsSinceEpoch: seconds))
        return String(text.dropLast(6)).replacing("T", with: " ")
    }

    /// The same bars cut into halves of half the length: the first half holds the open and the extremes.
    func halved(length: Int64) -> BarColumns {
        BarColumns(
            all.flatMap { bar in
                let middle = bar.close
                return [
                    Bar(
                        time: bar.time, open: bar.open, high: bar.high, low: bar.low, close: middle,
                        volume: bar.volume - 1),
                    Bar(time: bar.time + length / 2, open: middle, high: middle, low: middle, close: middle, volume: 1),
                ]
            })
    }
}

extension PlainLineParser {
    /// The bar on a line, where it is plain to its end.
    mutating func bar(on line: [UInt8]) -> Bar? {
        line.withUnsafeBufferPointer { bytes in
            guard var position = bytes.baseAddress else { return nil }
            let end = position + bytes.count
            guard let bar = parse(&position, end), position == end else { return nil }
            return bar
        }
    }
}
