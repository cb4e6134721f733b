import PlaybookCore
import PlaybookGzip
import PlaybookParquet

@testable import PlaybookMarketData

/// A way to write the same bars into files.
struct Spelling: Sendable, CustomStringConvertible {
    let name: String
    var options = FileOptions()
    /// The files by their names in the data folder.
    let files: @Sendable (BarColumns) -> [String: [UInt8]]

    var description: String { name }

    /// Text in one file.
    static func text(
        _ name: String, _ options: FileOptions = FileOptions(), file: String = "QQQ_1Min.csv",
        _ text: @escaping @Sendable (BarColumns) -> String
    ) -> Spelling {
        Spelling(name: name, options: options) { [file: Array(text($0).utf8)] }
    }

    /// Several files, or others than text.
    static func files(
        _ name: String, _ files: @escaping @Sendable (BarColumns) -> [String: [UInt8]]
    ) -> Spelling {
        Spelling(name: name, files: files)
    }

    /// Parquet columns in one file.
    static func columns(
        _ name: String, _ options: FileOptions = FileOptions(),
        _ columns: @escaping @Sendable (BarColumns) -> [ParquetWriter.Column]
    ) -> Spelling {
        Spelling(name: name, options: options) { ["QQQ_1Min.parquet": ParquetWriter().encode(columns($0))] }
    }

    static let newYork = FileOptions(zone: .eastern)
}

/// A line of text for each bar.
struct Lines {
    var header: String?
    var separator = ","
    var newestFirst = false
    var end = "\n"
    /// The fields of a bar.
    var fields: (Bar) -> [String]

    func text(_ bars: BarColumns) -> String {
        let lines = bars.all.map { fields($0).joined(separator: separator) }
        let all = (header.map { [$0] } ?? []) + (newestFirst ? lines.reversed() : lines)
        return all.joined(separator: end) + end
    }
}

extension Bar {
    /// Open, high, low, close and volume as plain decimals.
    var plain: [String] { prices + [whole] }
    /// Open, high, low and close.
    var prices: [String] { [open, high, low, close].map { "\($0)" } }
    /// The volume without decimal places.
    var whole: String { "\(Int(volume))" }
    /// Close, high, low, open and volume.
    var yahoo: [String] { ["\(close)", "\(high)", "\(low)", "\(open)", whole] }

    /// The bar's time by a clock `offset` seconds ahead of UTC.
    func clock(_ offset: Int) -> Clock { Clock(time + Int64(offset)) }
    /// The bar's time by New York's clocks.
    var newYork: Clock { clock(NewYorkTime.utcOffset(at: Instant(secondsSinceEpoch: time))) }
    var utc: Clock { clock(0) }
    /// `-05:00` or `-04:00`.
    var offset: String { "-0\(-NewYorkTime.utcOffset(at: Instant(secondsSinceEpoch: time)) / 3600):00" }

    /// What a clock shows.
    struct Clock {
        let year, month, day, hour, minute: String
        var monthNumber: Int { Int(month) ?? 0 }

        init(_ seconds: Int64) {
            let text = Array("\(Instant(secondsSinceEpoch: seconds))")
            func part(_ range: Range<Int>) -> String { String(text[range]) }
            (year, month, day) = (part(0..<4), part(5..<7), part(8..<10))
            (hour, minute) = (part(11..<13), part(14..<16))
        }

        var iso: String { "\(year)-\(month)-\(day)" }
        var points: String { "\(year).\(month).\(day)" }
        var european: String { "\(day).\(month).\(year)" }
        var compact: String { year + month + day }
        var time: String { "\(hour):\(minute)" }
        var full: String { "\(hour):\(minute):00" }
        var monthName: String { ["Jan", "Feb", "Mar", "Apr", "May", "Jun"][monthNumber - 1] }
        var twelve: String {
            "\((Int(hour) ?? 0) % 12 == 0 ? 12 : (Int(hour) ?? 0) % 12):\(minute):00 \(Int(hour) ?? 0 < 12 ? "AM" : "PM")"
        }
    }

    /// The same bar at other prices, of another symbol.
    var other: Bar {
        Bar(time: time, open: open / 4, high: high / 4, low: low / 4, close: close / 4, volume: volume + 1)
    }
}
