public import PlaybookCore
import PlaybookFileSystem
import Synchronization

/// Bars from a folder of CSV files: `{SYMBOL}_2Min.csv` or `{SYMBOL}_1Min.csv`, optionally `{SYMBOL}_1Day.csv` and
/// `{SYMBOL}_splits.csv`.
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
        let candidates = [timeframe, .minutes(1)]
        guard let found = candidates.first(where: { FileSystem.exists(path(symbol, $0.description)) }) else {
            let names = candidates.map { "\(symbol)_\($0).csv" }.joined(separator: " or ")
            throw PlaybookError(
                .sourceUnavailable, "no intraday bars of \(symbol) in \(directory): there is no \(names)",
                nextStep: "Add the file, or name another folder with --data-dir.")
        }
        let window = Self.window(from: first, through: last)
        let barsADay = Int(86_400 / found.seconds)
        let days = Int(last.daysSinceEpoch - first.daysSinceEpoch) + 1
        let contents = try await reader(symbol, found.description).read(window: window, expectedBars: days * barsADay)
        guard let start = contents.first, let end = contents.last else {
            throw PlaybookError(.sourceUnavailable, "\(path(symbol, found.description)) holds no bars")
        }
        return IntradayBars(
            timeframe: found, bars: contents.bars,
            coverage: Self.newYorkDate(start.time)...Self.newYorkDate(end.time))
    }

    public func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars?
    {
        guard FileSystem.exists(path(symbol, "1Day")) else { return nil }
        var reader = reader(symbol, "1Day")
        reader.acceptsDates = true
        let contents = try await reader.read(window: .min..<(.max), expectedBars: 16_384)
        var daily = DailyBars()
        for index in 0..<contents.bars.count {
            let bar = contents.bars[index]
            let date = Self.dailyDate(bar.time)
            guard date >= first, date <= last, TradingCalendar.nyse.session(on: date) != nil else { continue }
            guard daily.dates.last.map({ $0 < date }) ?? true else {
                throw PlaybookError(
                    .badData, "\(path(symbol, "1Day")): two daily bars for \(date)",
                    nextStep: "Remove one of them.")
            }
            daily.append(bar, on: date)
        }
        return daily
    }

    public func splits(of symbol: Symbol) async throws -> [Split] {
        let file = path(symbol, "splits")
        guard FileSystem.exists(file) else { return [] }
        return try SplitsFile(path: file).read()
    }

    private func path(_ symbol: Symbol, _ kind: String) -> String { "\(directory)/\(symbol)_\(kind).csv" }

    private func reader(_ symbol: Symbol, _ kind: String) -> CSVBarReader {
        var reader = CSVBarReader(path: path(symbol, kind), zone: zone)
        if let defects { reader.onDefect = { defects.note($0) } }
        return reader
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
