public import ArgumentParser
import FoundationEssentials
public import PlaybookCore
import PlaybookScript
public import PlaybookReports
import PlaybookSettings

/// Where settings are read from.
struct EnvFileOption: ParsableArguments {
    @Option(help: ArgumentHelp("Read settings from this file instead of .env.", valueName: "file"), completion: .file())
    var envFile: String?

    /// The settings in force under `flags`.
    ///
    /// - Parameter readsFile: whether to read a `.env` file at all.
    func settings(_ flags: [(name: String, value: String?)] = [], readsFile: Bool = true) throws -> Settings {
        var values: [Setting: String] = [:]
        for (name, value) in flags {
            guard let value, let setting = Setting.all.first(where: { $0.name == name }) else { continue }
            values[setting] = value
        }
        return try Settings(
            flags: values, environment: ProcessInfo.processInfo.environment, envFile: envFile,
            readsFile: readsFile)
    }
}

/// Which playbook, with which parameters.
struct PlaybookOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The playbook to run. (STRATEGY, default dp20)", valueName: "name"),
        completion: .list(BuiltInPlaybooks.names))
    var strategy: String?

    @Option(
        help: ArgumentHelp("A playbook file to run instead of one by name. (PLAYBOOK_FILE)", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml", "json"]))
    var playbook: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "A parameter of the playbook; may be repeated. 'trading-playbook strategies' lists them.",
            valueName: "name=value"), completion: .list([]))
    var param: [String] = []

    /// The settings that these options override.
    var flags: [(name: String, value: String?)] { [("STRATEGY", strategy), ("PLAYBOOK_FILE", playbook)] }

    /// The parameters by name.
    func parameters() throws -> [String: String] { try Self.parameters(param) }

    /// The parameters that texts `name=value` give, by name.
    static func parameters(_ param: [String]) throws -> [String: String] {
        var parameters: [String: String] = [:]
        for text in param {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw PlaybookError(.usage, "--param '\(text)': expected name=value, for instance stop-atr=1.5")
            }
            guard parameters.updateValue(String(parts[1]), forKey: String(parts[0])) == nil else {
                throw PlaybookError(.usage, "--param \(parts[0]) is given twice")
            }
        }
        return parameters
    }
}

/// Which market.
struct MarketOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The market of symbols that name none behind @: XNYS or 24x7. (MARKET, default XNYS)", valueName: "market"),
        completion: .list(Market.all.map(\.id)))
    var market: String?

    /// The setting that this option overrides.
    var flag: (name: String, value: String?) { ("MARKET", market) }
}

/// Which symbols.
struct SymbolOptions: ParsableArguments {
    @Option(
        name: [.customLong("symbol"), .customLong("symbols")], parsing: .singleValue,
        help: ArgumentHelp("Ticker symbols, separated by commas. (SYMBOLS)", valueName: "symbols"),
        completion: .list([]))
    var symbols: [String] = []
    @OptionGroup var market: MarketOption

    /// The settings that these options override.
    var flags: [(name: String, value: String?)] {
        [("SYMBOLS", symbols.isEmpty ? nil : symbols.joined(separator: ",")), market.flag]
    }
}

/// Which bars to read.
struct DataOptions: ParsableArguments {
    @OptionGroup var symbols: SymbolOptions

    @Option(
        help: ArgumentHelp(
            "Where bars come from: alpaca; binance, yahoo or deribit, which want no account; files; postgres; or sample (built in, "
                + "synthetic). (DATA_SOURCE)"),
        completion: .list(["alpaca", "binance", "yahoo", "deribit", "files", "postgres", "sample"]))
    var source: String?

    @Option(
        help: ArgumentHelp(
            "Folder of {SYMBOL}_1Min or {SYMBOL}_2Min and the like, text or Parquet. (DATA_DIR)", valueName: "folder"),
        completion: .directory)
    var dataDir: String?

    @OptionGroup var cache: CacheOptions

    @Option(
        help: ArgumentHelp(
            "How to read timestamps without a UTC offset: America/New_York, UTC or -06:00. (DATA_TIMEZONE)",
            valueName: "zone"))
    var dataTimezone: String?

    @Option(
        help: ArgumentHelp(
            "Which end of a bar its timestamp in a file tells: open or close. (DATA_STAMPS, default open)",
            valueName: "end"), completion: .list(["open", "close"]))
    var dataStamps: String?

    @Option(
        help: ArgumentHelp(
            "The order of dates such as 03/04/2024 in files: mdy or dmy. (DATA_DATE_ORDER)", valueName: "order"),
        completion: .list(["mdy", "dmy"]))
    var dataDateOrder: String?

    @Option(
        help: ArgumentHelp(
            "The columns of files without a header: date,time,open,high,low,close,volume. (DATA_COLUMNS)",
            valueName: "names"), completion: .list([]))
    var dataColumns: String?

    @Option(
        help: ArgumentHelp(
            "What one unit of a price in files is worth, for instance 1e-9. (DATA_PRICE_SCALE, default 1)",
            valueName: "scale"))
    var dataPriceScale: String?

    @Option(
        help: ArgumentHelp(
            "Share of the bars due by an order's decision, 0 to 1, that it needs; one missing bar never matters. "
                + "(DATA_MIN_COMPLETENESS, default 0.95)",
            valueName: "share"))
    var minCompleteness: String?

    /// The settings that these options override.
    var flags: [(name: String, value: String?)] {
        [
            ("DATA_SOURCE", source), ("DATA_DIR", dataDir), ("DATA_TIMEZONE", dataTimezone),
            ("DATA_STAMPS", dataStamps), ("DATA_DATE_ORDER", dataDateOrder), ("DATA_COLUMNS", dataColumns),
            ("DATA_PRICE_SCALE", dataPriceScale), ("DATA_MIN_COMPLETENESS", minCompleteness),
        ] + symbols.flags + cache.flags
    }
}

/// Which of Alpaca's bars, and where they are kept.
struct CacheOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Alpaca's feed: sip, iex, otc. (ALPACA_FEED, default sip)", valueName: "feed"),
        completion: .list(["sip", "iex", "otc"]))
    var feed: String?

    @Option(
        help: ArgumentHelp(
            "Folder or gs://BUCKET/PREFIX of the cache of fetched bars; off: none. (DATA_CACHE_DIR, default ./data/cache)",
            valueName: "folder"), completion: .directory)
    var cacheDir: String?

    /// The settings that these options override.
    var flags: [(name: String, value: String?)] { [("ALPACA_FEED", feed), ("DATA_CACHE_DIR", cacheDir)] }
}

extension CivilDate: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }

    public static var defaultCompletionKind: CompletionKind { .list([]) }
}

extension ReportFormat: ExpressibleByArgument {}
extension CalendarReport.Format: ExpressibleByArgument {}
