public import PlaybookCore
import PlaybookFileSystem
import Synchronization

/// Bars from a folder of files: `{SYMBOL}_2Min` or `{SYMBOL}_1Min`, optionally `{SYMBOL}_1Day`, each `.csv` or `.parquet`,
/// and `{SYMBOL}_splits.csv`.
public struct FilesSource: MarketDataSource {
    private let directory: String
    private let zone: TimestampZone?
    private let defects: DefectLog?

    /// - Parameters:
    ///   - directory: the folder.
    ///   - zone: how to read timestamps without an offset; nil refuses them.
    ///   - defects: where to note wrong lines instead of stopping at the first; they are then left out.
    public init(directory: String, zone: TimestampZone? = nil, defects: DefectLog? = nil) {
        self.directory = directory
        self.zone = zone
        self.defects = defects
    }

    public var label: String { "files" }

    public func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        guard FileSystem.isDirectory(directory) else {
            throw PlaybookError(
                .sourceUnavailable, "the data folder \(directory) does not exist",
                nextStep: "Name a folder that holds \(symbol)_1Min.csv or \(symbol)_2Min.csv with --data-dir.")
        }
        let candidates = [timeframe, .minutes(2), .minutes(1)].filter { timeframe.seconds % $0.seconds == 0 }
        guard
            let (found, file) = try candidates.lazy.compactMap({ timeframe in
                try self.file(symbol, timeframe.description).map { (timeframe, $0) }
            }).first
        else {
            let names = Set(candidates.map { "\(symbol)_\($0).csv" }).sorted().joined(separator: " or ")
            throw PlaybookError(
                .sourceUnavailable, "no intraday bars of \(symbol) in \(directory): there is no \(names), nor .parquet",
                nextStep: "Add the file, or name another folder with --data-dir.")
        }
        let window = Self.window(from: first, through: last)
        let barsADay = Int(86_400 / found.seconds)
        let days = Int(last.daysSinceEpoch - first.daysSinceEpoch) + 1
        let contents = try await contents(of: file, window, expectedBars: days * barsADay)
        guard let start = contents.first, let end = contents.last else {
            throw PlaybookError(.sourceUnavailable, "\(file) holds no bars")
        }
        return IntradayBars(
            timeframe: found, bars: contents.bars,
            coverage: Self.newYorkDate(start.time)...Self.newYorkDate(end.time))
    }

    public func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars?
    {
        guard let file = try file(symbol, "1Day") else { return nil }
        let contents = try await contents(of: file, .min..<(.max), expectedBars: 16_384, acceptsDates: true)
        var daily = DailyBars()
        for index in 0..<contents.bars.count {
            let bar = contents.bars[index]
            let date = Self.dailyDate(bar.time)
            guard date >= first, date <= last, TradingCalendar.nyse.session(on: date) != nil else { continue }
            guard daily.dates.last.map({ $0 < date }) ?? true else {
                throw PlaybookError(
                    .badData, "\(file): two daily bars for \(date)",
                    nextStep: "Remove one of them.")
            }
            daily.append(bar, on: date)
        }
        return daily
    }

    public func splits(of symbol: Symbol, through last: CivilDate) async throws -> [Split] {
        let file = "\(directory)/\(symbol)_splits.csv"
        guard FileSystem.exists(file) else { return [] }
        return try SplitsFile(path: file).read()
    }

    /// The file of a symbol's bars; nil when there is none.
    private func file(_ symbol: Symbol, _ kind: String) throws -> String? {
        let files = ["csv", "parquet"].map { "\(directory)/\(symbol)_\(kind).\($0)" }.filter(FileSystem.exists)
        guard files.count < 2 else {
            throw PlaybookError(
                .badData, "\(files.joined(separator: " and ")) are both there", nextStep: "Remove one of them.")
        }
        return files.first
    }

    private func contents(
        of file: String, _ window: Range<Int64>, expectedBars: Int, acceptsDates: Bool = false
    ) async throws -> CSVBarReader.Contents {
        if file.hasSuffix(".parquet") {
            var reader = ParquetBarReader(path: file, zone: zone, acceptsDates: acceptsDates)
            if let defects { reader.onDefect = { defects.note($0) } }
            return try reader.read(window: window)
        }
        var reader = CSVBarReader(path: file, zone: zone, acceptsDates: acceptsDates)
        if let defects { reader.onDefect = { defects.note($0) } }
        return try await reader.read(window: window, expectedBars: expectedBars)
    }

    /// From New York midnight of `first` to New York midnight after `last`.
    private static func window(from first: CivilDate, through last: CivilDate) -> Range<Int64> {
        let midnight = TimeOfDay(minutes: 0)
        return NewYorkTime.instant(first, midnight)
            .secondsSinceEpoch..<NewYorkTime.instant(
                last.adding(days: 1), midnight
            ).secondsSinceEpoch
    }

    private static func newYorkDate(_ seconds: Int64) -> CivilDate {
        NewYorkTime.date(of: Instant(secondsSinceEpoch: seconds))
    }

    /// The session of a daily bar. Vendors stamp it with New York midnight, with the bare date, which reads as UTC
    /// midnight, or with a time within the session. UTC midnight is the evening before in New York: taken as an instant
    /// it would put the close a day early, where it would be a look into the future.
    private static func dailyDate(_ seconds: Int64) -> CivilDate {
        if seconds % 86_400 == 0 { return CivilDate(daysSinceEpoch: Int32(seconds / 86_400)) }
        return newYorkDate(seconds)
    }
}

/// Wrong lines that were found and left out.
public final class DefectLog: Sendable {
    private let errors = Mutex<[PlaybookError]>([])

    /// An empty log.
    public init() {}

    /// The wrong lines so far.
    public var all: [PlaybookError] { errors.withLock { $0 } }

    func note(_ error: PlaybookError) { errors.withLock { $0.append(error) } }
}
