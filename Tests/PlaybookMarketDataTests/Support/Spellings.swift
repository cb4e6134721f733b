import PlaybookCore
import PlaybookGzip
import PlaybookParquet

@testable import PlaybookMarketData

/// The same bars as many programs and people write them.
enum Spellings {
    static let all = stamps + vendors + dialects + places + parquet

    private static let ohlcv = "open,high,low,close,volume"

    private static func plain(
        _ name: String, _ options: FileOptions = FileOptions(), _ header: String = "timestamp",
        _ stamp: @escaping @Sendable (Bar) -> String
    ) -> Spelling {
        Spelling.text(name, options) { bars in
            Lines(header: "\(header),\(ohlcv)") { [stamp($0)] + $0.plain }.text(bars)
        }
    }

    static let stamps: [Spelling] = [
        plain("ISO in UTC") { "\($0.utc.iso)T\($0.utc.full)Z" },
        plain("ISO with offset, as pandas") { "\($0.newYork.iso) \($0.newYork.full)\($0.offset)" },
        plain("ISO of New York", Spelling.newYork) { "\($0.newYork.iso) \($0.newYork.full)" },
        plain("epoch seconds") { "\($0.time)" },
        plain("epoch milliseconds") { "\($0.time)000" },
        plain("epoch microseconds") { "\($0.time)000000" },
        plain("epoch nanoseconds") { "\($0.time)000000000" },
        plain("epoch with a fraction") { "\($0.time).0" },
        plain("14 digits", Spelling.newYork) { $0.newYork.compact + $0.newYork.hour + $0.newYork.minute + "00" },
        plain("12 digits", Spelling.newYork) { $0.newYork.compact + $0.newYork.hour + $0.newYork.minute },
        plain("yyyymmdd hhmmss", Spelling.newYork) { "\($0.newYork.compact) \($0.newYork.hour)\($0.newYork.minute)00" },
        plain("month names", Spelling.newYork) {
            "\($0.newYork.day)-\($0.newYork.monthName)-\($0.newYork.year) \($0.newYork.full)"
        },
        plain("slashes, the year first", Spelling.newYork) {
            "\($0.newYork.year)/\($0.newYork.month)/\($0.newYork.day) \($0.newYork.time)"
        },
        plain("American", FileOptions(zone: .eastern, dateOrder: .monthFirst)) {
            "\($0.newYork.month)/\($0.newYork.day)/\($0.newYork.year) \($0.newYork.twelve)"
        },
        plain("European", FileOptions(zone: .eastern, dateOrder: .dayFirst)) {
            "\($0.newYork.day)/\($0.newYork.month)/\($0.newYork.year) \($0.newYork.time)"
        },
        plain("Berlin's clocks", FileOptions(zone: TimestampZone("Europe/Berlin"))) {
            "\($0.clock(3600).iso) \($0.clock(3600).full)"
        },
        plain("six hours behind", FileOptions(zone: TimestampZone("-06:00"))) {
            "\($0.clock(-21_600).iso) \($0.clock(-21_600).full)"
        },
        plain("stamped at the close", FileOptions(stamps: .close)) {
            "\(Bar.Clock($0.time + 60).iso)T\(Bar.Clock($0.time + 60).full)Z"
        },
        plain("a column whose name says UTC", FileOptions(), "timestamp_utc") { "\($0.utc.iso) \($0.utc.full)" },
    ]

    static let vendors: [Spelling] = [
        .text("Polygon's flat files") { bars in
            Lines(header: "ticker,volume,open,close,high,low,window_start,transactions") {
                ["QQQ", $0.whole, "\($0.open)", "\($0.close)", "\($0.high)", "\($0.low)", "\($0.time)000000000", "17"]
            }.text(bars)
        },
        .text("MetaTrader 4", Spelling.newYork) { bars in
            Lines(header: "Date,Time,Open,High,Low,Close,Volume") { [$0.newYork.points, $0.newYork.time] + $0.plain }
                .text(bars)
        },
        .text("MetaTrader 5", Spelling.newYork) { bars in
            Lines(
                header: "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>", separator: "\t"
            ) { [$0.newYork.points, $0.newYork.full] + $0.plain + ["0", "1"] }.text(bars)
        },
        .text("Stooq", Spelling.newYork, file: "qqq.us.txt") { bars in
            Lines(header: "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>") {
                ["QQQ.US", "1", $0.newYork.compact, "\($0.newYork.hour)\($0.newYork.minute)00"] + $0.plain + ["0"]
            }.text(bars)
        },
        .text("Dukascopy in UTC") { bars in
            Lines(header: "Gmt time,Open,High,Low,Close,Volume") {
                ["\($0.utc.european) \($0.utc.full).000"] + $0.plain
            }
            .text(bars)
        },
        .text("Dukascopy by local clocks") { bars in
            Lines(header: "Local time,Open,High,Low,Close,Volume") {
                ["\($0.clock(3600).european) \($0.clock(3600).full).000 GMT+0100"] + $0.plain
            }.text(bars)
        },
        .text("Interactive Brokers") { bars in
            Lines(header: "date,open,high,low,close,volume,average,barCount") {
                ["\($0.newYork.compact) \($0.newYork.full) US/Eastern"] + $0.plain + ["1.5", "9"]
            }.text(bars)
        },
        .text(
            "NinjaTrader",
            FileOptions(zone: .utc, stamps: .close, columns: ["datetime", "open", "high", "low", "close", "volume"])
        ) { bars in
            Lines(separator: ";") { bar in
                let clock = Bar.Clock(bar.time + 60)
                return ["\(clock.compact) \(clock.hour)\(clock.minute)00"] + bar.plain
            }.text(bars)
        },
        .text(
            "Kibot",
            FileOptions(
                zone: .eastern, dateOrder: .monthFirst,
                columns: ["date", "time", "open", "high", "low", "close", "volume"])
        ) { bars in
            Lines { ["\($0.newYork.month)/\($0.newYork.day)/\($0.newYork.year)", $0.newYork.time] + $0.plain }.text(
                bars)
        },
        .text(
            "FirstRate",
            FileOptions(zone: .eastern, columns: ["timestamp", "open", "high", "low", "close", "volume"]),
            file: "QQQ_full_1min_UNADJUSTED.txt"
        ) { bars in
            Lines { ["\($0.newYork.iso) \($0.newYork.full)"] + $0.plain }.text(bars)
        },
        .text("TradingView") { bars in
            Lines(header: "time,open,high,low,close,\"Bollinger Bands (20, 2)\",Volume,Volume,\"EMA, 20\"") {
                ["\($0.time)"] + $0.prices + ["NaN", $0.whole, "12.5", ""]
            }.text(bars)
        },
        .text("Alpha Vantage, newest first", Spelling.newYork) { bars in
            Lines(header: "timestamp,\(ohlcv)", newestFirst: true) {
                ["\($0.newYork.iso) \($0.newYork.full)"] + $0.plain
            }
            .text(bars)
        },
        .text("Alpha Vantage by JSON", Spelling.newYork) { bars in
            Lines(header: ",1. open,2. high,3. low,4. close,5. volume", newestFirst: true) {
                ["\($0.newYork.iso) \($0.newYork.full)"] + $0.plain
            }.text(bars)
        },
        .text("EODHD") { bars in
            Lines(header: "Timestamp,Gmtoffset,Datetime,Open,High,Low,Close,Volume") {
                ["\($0.time)", "0", "\($0.utc.iso) \($0.utc.full)"] + $0.plain
            }.text(bars)
        },
        .text("CryptoDataDownload") { bars in
            "https://www.CryptoDataDownload.com\n"
                + Lines(header: "unix,date,symbol,open,high,low,close,Volume QQQ,Volume USD", newestFirst: true) {
                    ["\($0.time)000", "\($0.utc.iso) \($0.utc.full)", "QQQ"] + $0.plain + ["123456.5"]
                }.text(bars)
        },
        .text("Databento", FileOptions(priceDecimals: 9)) { bars in
            Lines(header: "ts_event,rtype,publisher_id,instrument_id,open,high,low,close,volume,symbol") { bar in
                ["\(bar.time)000000000", "33", "2", "55"]
                    + [bar.open, bar.high, bar.low, bar.close].map { "\(Int(($0 * 1e4).rounded()))00000" }
                    + [bar.whole, "QQQ"]
            }.text(bars)
        },
        .text("yfinance, three lines") { bars in
            "Price,Close,High,Low,Open,Volume\nTicker,QQQ,QQQ,QQQ,QQQ,QQQ\n"
                + Lines(header: "Datetime,,,,,") { ["\($0.utc.iso) \($0.utc.full)+00:00"] + $0.yahoo }.text(bars)
        },
        .text("yfinance, several symbols") { bars in
            "Price,Close,Close,High,High,Low,Low,Open,Open,Volume,Volume\n"
                + "Ticker,SPY,QQQ,SPY,QQQ,SPY,QQQ,SPY,QQQ,SPY,QQQ\n"
                + Lines(header: "Datetime,,,,,,,,,,") { bar in
                    ["\(bar.utc.iso) \(bar.utc.full)+00:00"] + zip(bar.other.yahoo, bar.yahoo).flatMap { [$0, $1] }
                }.text(bars)
        },
        .text("yfinance, grouped by symbol") { bars in
            "Ticker,QQQ,QQQ,QQQ,QQQ,QQQ\nPrice,Open,High,Low,Close,Volume\n"
                + Lines(header: "Datetime,,,,,") { ["\($0.utc.iso) \($0.utc.full)+00:00"] + $0.plain }.text(bars)
        },
        .text("alpaca-py, two symbols") { bars in
            let header = "symbol,timestamp,open,high,low,close,volume,trade_count,vwap"
            func lines(_ symbol: String, _ bar: Bar) -> [String] {
                [symbol, "\(bar.utc.iso) \(bar.utc.full)+00:00"] + bar.prices + ["\(bar.volume)", "17.5", "1.0"]
            }
            return Lines(header: header) { lines("QQQ", $0) }.text(bars) + Lines { lines("SPY", $0.other) }.text(bars)
        },
        .text("quantmod") { bars in
            Lines(header: "\"\",\"QQQ.Open\",\"QQQ.High\",\"QQQ.Low\",\"QQQ.Close\",\"QQQ.Volume\",\"QQQ.Adjusted\"") {
                ["\"\($0.utc.iso)T\($0.utc.full)Z\""] + $0.plain + ["1.5"]
            }.text(bars)
        },
    ]

    static let dialects: [Spelling] = [
        .text("a spreadsheet's: byte order mark, CR LF, quotes") { bars in
            "\u{FEFF}"
                + Lines(header: "\"timestamp\",\"open\",\"high\",\"low\",\"close\",\"volume\"", end: "\r\n") {
                    (["\($0.utc.iso)T\($0.utc.full)Z"] + $0.plain).map { "\"\($0)\"" }
                }.text(bars)
        },
        .text("thousands in quotes") { bars in
            Lines(header: "timestamp,\(ohlcv)") { bar in
                ["\(bar.utc.iso)T\(bar.utc.full)Z"] + bar.prices.map { "\"\($0)\"" } + [
                    "\"\(grouped(bar.whole, ","))\""
                ]
            }.text(bars)
        },
        .text("semicolons and decimal commas") { bars in
            Lines(header: "time;open;high;low;close;volume", separator: ";") { bar in
                ["\(bar.utc.iso)T\(bar.utc.full)Z"] + bar.prices.map { $0.replacing(".", with: ",") } + [bar.whole]
            }.text(bars)
        },
        .text("decimal commas and thousands with points") { bars in
            Lines(header: "time;open;high;low;close;volume", separator: ";") { bar in
                ["\(bar.utc.iso)T\(bar.utc.full)Z"] + bar.prices.map { $0.replacing(".", with: ",") }
                    + [grouped(bar.whole, ".")]
            }.text(bars)
        },
        .text("tabs") { bars in
            Lines(header: "time\topen\thigh\tlow\tclose\tvolume", separator: "\t") {
                ["\($0.utc.iso)T\($0.utc.full)Z"] + $0.plain
            }.text(bars)
        },
        .text("a line that names the separator, and a comment") { bars in
            "sep=;\n# exported\n"
                + Lines(header: "time;open;high;low;close;volume", separator: ";") {
                    ["\($0.utc.iso)T\($0.utc.full)Z"] + $0.plain
                }.text(bars)
        },
        .text("an index without a name, and columns that nobody asked for") { bars in
            Lines(header: ",open,high,low,close,volume,Adj Close,note") {
                ["\($0.utc.iso) \($0.utc.full)+00:00"] + $0.plain + ["1", "\"said \"\"hello, you\"\"\""]
            }.text(bars)
        },
        .text("rows without prices among them") { bars in
            Lines(header: "timestamp,\(ohlcv)") {
                ["\($0.utc.iso)T\($0.utc.full)Z"] + $0.plain
            }.text(bars) + "2024-03-11T20:01:00Z,,,,,\n2024-03-11T20:02:00Z,NaN,NaN,NaN,NaN,NaN\n"
                + "2024-03-11T20:03:00Z,5,-1,-1,5,0\n\n,,,,,\n"
        },
        .text("a separator at the end of each line") { bars in
            Lines(header: "timestamp,\(ohlcv)") { ["\($0.utc.iso)T\($0.utc.full)Z"] + $0.plain + [""] }.text(bars)
        },
    ]

    private static func canonical(_ bars: BarColumns) -> String {
        Lines(header: "timestamp,\(ohlcv)") { ["\($0.utc.iso)T\($0.utc.full)Z"] + $0.plain }.text(bars)
    }

    private static func days(_ bars: BarColumns) -> [(day: String, bars: BarColumns)] {
        Set(bars.all.map(\.newYork.iso)).sorted().map { day in
            (day, BarColumns(bars.all.filter { $0.newYork.iso == day }))
        }
    }

    static let places: [Spelling] = [
        .text("the symbol alone", file: "QQQ.csv", canonical),
        .text("names in other cases", file: "qqq_1MIN.CSV", canonical),
        .files("compressed") { ["QQQ_1Min.csv.gz": (try? Gzip.compress(Array(canonical($0).utf8))) ?? []] },
        .files("a file a day in the symbol's folder") { bars in
            Dictionary(
                uniqueKeysWithValues: days(bars).map { ("qqq/\($0.day).csv", Array(canonical($0.bars).utf8)) })
        },
        .files("a file a day beside each other") { bars in
            Dictionary(
                uniqueKeysWithValues: days(bars).map {
                    ("QQQ_1Min_\($0.day.replacing("-", with: "")).csv", Array(canonical($0.bars).utf8))
                })
        },
        .files("a file a month in the symbol's folder") { ["QQQ/QQQ_2024-03.csv": Array(canonical($0).utf8)] },
        .files("a vendor's day files of all tickers") { bars in
            Dictionary(
                uniqueKeysWithValues: days(bars).map { day, bars in
                    let text =
                        "ticker,volume,open,close,high,low,window_start,transactions\n"
                        + ["AAPL", "QQQ", "ZZZ"].map { ticker in
                            Lines { bar in
                                let bar = ticker == "QQQ" ? bar : bar.other
                                return [
                                    ticker, bar.whole, "\(bar.open)", "\(bar.close)", "\(bar.high)", "\(bar.low)",
                                    "\(bar.time)000000000", "17",
                                ]
                            }.text(bars)
                        }.joined()
                    return ("2024/03/\(day).csv.gz", (try? Gzip.compress(Array(text.utf8))) ?? [])
                })
        },
    ]

    static let parquet: [Spelling] = [
        .columns("Parquet") { columns($0) },
        .columns("Parquet, newest first") { columns(BarColumns($0.all.reversed())) },
        .columns("Parquet, epoch seconds") { columns($0, time: .integers($0.times)) },
        .columns("Parquet, epoch nanoseconds") { columns($0, time: .integers($0.times.map { $0 * 1_000_000_000 })) },
        .columns("Parquet, epoch seconds as floating-point numbers") {
            columns($0, time: .doubles($0.times.map(Double.init)))
        },
        .columns("Parquet, epoch milliseconds with a fraction") {
            columns($0, time: .doubles($0.times.map { Double($0) * 1000 + 0.25 }))
        },
        .columns("Parquet, 14 digits", Spelling.newYork) {
            columns(
                $0,
                time: .integers(
                    $0.all.map { Int64("\($0.newYork.compact)\($0.newYork.hour)\($0.newYork.minute)00") ?? 0 }))
        },
        .columns("Parquet, texts", Spelling.newYork) {
            columns($0, time: .strings($0.all.map { "\($0.newYork.iso) \($0.newYork.full)" }))
        },
        .columns("Parquet, two columns for the time", Spelling.newYork) { bars in
            let dates = bars.all.map { CivilDate($0.newYork.iso)?.daysSinceEpoch ?? 0 }
            return [.init("time", .strings(bars.all.map(\.newYork.full)))] + columns(bars, "date", time: .dates(dates))
        },
        .columns("Parquet, names that are tuples") { bars in
            columns(bars, "Datetime").map {
                let name = $0.name == "Datetime" ? $0.name : "('\($0.name.capitalized)', 'QQQ')"
                return .init(name, $0.values)
            }
        },
        .columns("Parquet, two symbols") { bars in
            let all = BarColumns(bars.all.flatMap { [$0.other, $0] })
            return [.init("symbol", .strings(bars.all.flatMap { _ in ["SPY", "QQQ"] }))] + columns(all)
        },
        .columns("Parquet, fixed-point prices", FileOptions(priceDecimals: 4)) { bars in
            func fixed(_ values: [Double]) -> ParquetWriter.Column.Values {
                .integers(values.map { Int64(($0 * 1e4).rounded()) })
            }
            return [
                .init("ts_event", .timestamps(bars.times.map { $0 * 1_000_000 })), .init("open", fixed(bars.open)),
                .init("high", fixed(bars.high)), .init("low", fixed(bars.low)), .init("close", fixed(bars.close)),
                .init("volume", .doubles(bars.volume)),
            ]
        },
    ]

    private static func columns(
        _ bars: BarColumns, _ name: String = "timestamp", time: ParquetWriter.Column.Values? = nil
    ) -> [ParquetWriter.Column] {
        [
            .init(name, time ?? .timestamps(bars.times.map { $0 * 1_000_000 })), .init("open", .doubles(bars.open)),
            .init("high", .doubles(bars.high)), .init("low", .doubles(bars.low)), .init("close", .doubles(bars.close)),
            .init("volume", .doubles(bars.volume)),
        ]
    }

    /// A whole number with `mark` between groups of three digits.
    private static func grouped(_ digits: String, _ mark: String) -> String {
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result += mark }
            result.append(digit)
        }
        return result
    }
}
