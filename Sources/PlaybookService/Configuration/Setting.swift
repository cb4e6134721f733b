/// A setting: an environment variable, which a flag of the command line may override.
public struct Setting: Sendable, Hashable {
    /// The environment variable, for instance `DATA_DIR`.
    public let name: String
    /// The flag that overrides it, for instance `--data-dir`; nil when there is none.
    public let flag: String?
    /// The value when nothing is said; nil for none.
    public let defaultValue: String?
    /// What it does, with its unit and what it may be.
    public let help: String
    /// Whether its value must never be shown.
    public let isSecret: Bool

    init(_ name: String, flag: String?, default defaultValue: String?, isSecret: Bool = false, help: String) {
        self.name = name
        self.flag = flag
        self.defaultValue = defaultValue
        self.isSecret = isSecret
        self.help = help
    }

    /// Every setting there is.
    public static let all: [Setting] = [
        symbols, strategy, dataSource, dataDirectory, dataTimezone, minimumCompleteness, writerType, outputDirectory,
        outputLocation, now,
    ]

    static let symbols = Setting(
        "SYMBOLS", flag: "--symbol", default: nil, help: "Ticker symbols, separated by commas: QQQ,SPY")
    static let strategy = Setting(
        "STRATEGY", flag: "--strategy", default: "dp20",
        help: "The playbook to run; 'trading-playbook strategies' lists them")
    static let dataSource = Setting(
        "DATA_SOURCE", flag: "--source", default: nil,
        help: "Where bars come from: files (DATA_DIR) or sample (built in, synthetic); files when DATA_DIR is set")
    static let dataDirectory = Setting(
        "DATA_DIR", flag: "--data-dir", default: nil,
        help: "Folder of {SYMBOL}_1Min.csv or _2Min.csv, and optionally _1Day.csv and _splits.csv")
    static let dataTimezone = Setting(
        "DATA_TIMEZONE", flag: "--data-timezone", default: nil,
        help: "How to read timestamps without a UTC offset: America/New_York, UTC or +HH:MM; unset refuses them")
    static let minimumCompleteness = Setting(
        "DATA_MIN_COMPLETENESS", flag: "--min-completeness", default: "0.95",
        help: "Share of its bars, 0 to 1, that a session needs to be traded")
    static let writerType = Setting(
        "WRITER_TYPE", flag: "--writer", default: "csv", help: "Where the journal goes: csv")
    static let outputDirectory = Setting(
        "OUTPUT_DIR", flag: nil, default: "./output", help: "Folder of the journal trades.csv")
    static let outputLocation = Setting(
        "OUTPUT_LOCATION", flag: "--output", default: nil, help: "The journal's file; default OUTPUT_DIR/trades.csv")
    static let now = Setting(
        "PLAYBOOK_NOW", flag: nil, default: nil,
        help: "Pretend it is this instant, 2025-11-04T21:30:00Z: for tests and for replaying a day")
}
