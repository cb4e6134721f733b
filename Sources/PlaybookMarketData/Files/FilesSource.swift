public import PlaybookCore
import PlaybookFileSystem

/// Bars from a folder of files: `{SYMBOL}_1Min` and so on, `{SYMBOL}` alone, a folder `{SYMBOL}` with a file a day or a
/// month, or files of many symbols; optionally `{SYMBOL}_1Day` and `{SYMBOL}_splits`. Text or Parquet, in any case.
public struct FilesSource: MarketDataSource {
    let directory: String
    let options: FileOptions
    let defects: DefectLog?
    let log: UnderstandingLog?

    /// - Parameters:
    ///   - directory: the folder.
    ///   - options: what files do not tell themselves.
    ///   - defects: where to note wrong lines instead of stopping at the first; they are then left out.
    ///   - log: where to note how files were understood.
    public init(
        directory: String, options: FileOptions = FileOptions(), defects: DefectLog? = nil, log: UnderstandingLog? = nil
    ) {
        self.directory = directory
        self.options = options
        self.defects = defects
        self.log = log
    }

    public var label: String { "files" }

    public func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        let files = try symbolFiles(symbol)
        guard let choice = choice(files, timeframe) else {
            throw missing(symbol, timeframe, files)
        }
        var found = try await read(choice, of: symbol, from: first, through: last)
        guard let coverage = found.coverage else {
            if choice.isShared { throw missing(symbol, timeframe, files) }
            throw PlaybookError(
                .sourceUnavailable, "\(choice.entries[0].path) holds no bars",
                nextStep: "Put bars into the file, or remove it.")
        }
        // Also of what is refused.
        defer { found.note(in: log) }
        let spacing = try found.spacing(declared: choice.declared, wanted: timeframe)
        try found.settleStamps(
            options.stamps, spacing, symbol.market, symbol.market.seconds(from: first, through: last))
        found.doubtBars(symbol.market)
        return IntradayBars(timeframe: spacing, bars: found.bars, coverage: coverage, warnings: found.warnings)
    }

    /// Whether the files have bars within the hours of sessions of these dates, whatever the daily bars tell.
    public func hasSessionBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate, daily: DailyBars?
    ) async throws -> Bool {
        guard let choice = choice(try symbolFiles(symbol), timeframe) else { return false }
        var bars = try await read(choice, of: symbol, from: first, through: last).bars
        // A bar that closes with the session is one of it.
        if options.stamps == .close { bars.shift(by: -1) }
        return bars.hasBar(in: symbol.market.calendar.sessions(from: first, through: last))
    }

    private func symbolFiles(_ symbol: Symbol) throws -> SymbolFiles {
        guard FileSystem.isDirectory(directory) else {
            throw PlaybookError(
                .sourceUnavailable, "the data folder \(directory) does not exist",
                nextStep: """
                    Name a folder that holds \(symbol.fileName)_1Min.csv or \(symbol.fileName)_2Min.csv with \
                    \(.set(.folderOfFiles)).
                    """)
        }
        return try SymbolFiles(directory, symbol)
    }

    private func read(
        _ choice: Choice, of symbol: Symbol, from first: CivilDate, through last: CivilDate
    ) async throws -> FileGroup.Found {
        try SymbolFiles.requireOne(choice.entries)
        var window = symbol.market.seconds(from: first, through: last)
        // A bar stamped at its close lies up to an hour later in the file.
        if options.stamps == .close { window = window.lowerBound..<(window.upperBound + 3600) }
        let days = Int(last.daysSinceEpoch - first.daysSinceEpoch) + 1
        return try await FileGroup(
            source: self, symbol: symbol, entries: choice.entries, isShared: choice.isShared
        )
        .read(window: window, dates: first...last, expectedBars: min(days, 16_384) * 1440)
    }

    public func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars?
    {
        guard FileSystem.isDirectory(directory) else { return nil }
        let files = try SymbolFiles(directory, symbol)
        guard let file = files.daily.first?.path else { return nil }
        try SymbolFiles.requireOne(files.daily)
        var found = try await FileGroup(
            source: self, symbol: symbol, entries: files.daily, isShared: false, acceptsDates: true
        ).read(window: .min..<(.max), dates: nil, expectedBars: 16_384)
        found.isDaily = true
        found.note(in: log)
        var daily = DailyBars()
        daily.warnings = found.warnings
        var closed: [CivilDate] = []
        let calendar = symbol.market.calendar
        for index in 0..<found.bars.count {
            let bar = found.bars[index]
            let date = Self.dailyDate(bar.time, symbol.market)
            guard date >= first, date <= last else { continue }
            guard calendar.session(on: date) != nil else {
                if calendar.supportedDates.contains(date) { closed.append(date) }
                continue
            }
            guard daily.dates.last.map({ $0 < date }) ?? true else {
                throw PlaybookError(
                    .badData, "\(file): two daily bars for \(date)",
                    nextStep: "Remove one of them.")
            }
            daily.append(bar, on: date)
        }
        if let error = Self.closedDays(closed, file, calendar) { throw error }
        if daily.dates.isEmpty, let oldest = found.bars.times.first, let newest = found.bars.times.last {
            daily.warnings.append(
                "\(FileSystem.name(of: file)): no daily bars from \(first) through \(last); those there are, of "
                    + "\(Self.dailyDate(oldest, symbol.market)) through \(Self.dailyDate(newest, symbol.market)), do not "
                    + "count")
        }
        if let today = options.dailyAdjustedThrough {
            daily.undoSplits(try await splits(of: symbol, through: last).filter { $0.date <= today })
        }
        return daily
    }

    public func splits(of symbol: Symbol, through last: CivilDate) async throws -> [Split] {
        guard FileSystem.isDirectory(directory) else { return [] }
        let files = try SymbolFiles(directory, symbol).splits
        try SymbolFiles.requireOne(files)
        guard let file = files.first?.path else { return [] }
        return try SplitsFile(path: file, symbol: symbol, dateOrder: options.dateOrder).read()
    }

    /// Files to read bars within the day from.
    private struct Choice {
        var declared: Timeframe?
        var entries: [SymbolFiles.Entry]
        var isShared = false
    }

    /// The files to read: those whose names tell the longest bars of which `timeframe` can be made, else those whose
    /// names tell no length, else those of other lengths, else those of many symbols; nil when there are none.
    private func choice(_ files: SymbolFiles, _ timeframe: Timeframe) -> Choice? {
        let declared = files.intraday.keys.compactMap { $0 }.sorted { $0.seconds > $1.seconds }
        if let best = declared.first(where: { timeframe.seconds % $0.seconds == 0 }) {
            return Choice(declared: best, entries: files.intraday[best] ?? [])
        }
        if let entries = files.intraday[nil] { return Choice(declared: nil, entries: entries) }
        if let finest = declared.last { return Choice(declared: finest, entries: files.intraday[finest] ?? []) }
        return files.shared.isEmpty ? nil : Choice(declared: nil, entries: files.shared, isShared: true)
    }

    private func missing(_ symbol: Symbol, _ timeframe: Timeframe, _ files: SymbolFiles) -> PlaybookError {
        let lengths = Timeframe.divisors(of: timeframe)
        let names = lengths.map { "\(symbol.fileName)_\($0).csv" }.joined(separator: " or ")
        let letters = symbol.name.filter { $0.isLetter || $0.isNumber }.lowercased()
        // Another spelling of the same share class.
        let similar = files.names.first { name in
            let stem = name.lowercased().prefix { $0 != "_" }
            return stem.filter { $0.isLetter || $0.isNumber } == letters
        }
        var next: Remedy = "Add the file, or name another folder with \(.set(.folderOfFiles))."
        if let similar {
            let stem = similar.prefix { $0 != "_" }
            next = "\(similar) is there: for its bars say \(.set(.symbols, to: "\(stem)"))."
        }
        let listed = files.names.prefix(8).joined(separator: ", ")
        return PlaybookError(
            .sourceUnavailable,
            "no intraday bars of \(symbol) in \(directory): there is no \(names), nor .parquet"
                + (files.names.isEmpty
                    ? "; the folder is empty"
                    : "; it holds \(listed)" + (files.names.count > 8 ? " and \(files.names.count - 8) more" : "")),
            nextStep: next)
    }

    /// Daily bars of days on which there was no session; nil when there are none.
    private static func closedDays(
        _ dates: [CivilDate], _ file: String, _ calendar: TradingCalendar
    ) -> PlaybookError? {
        guard let first = dates.first else { return nil }
        let areBefore = dates.count > 1 && dates.allSatisfy { calendar.session(on: $0.adding(days: 1)) != nil }
        return PlaybookError(
            .badData,
            "\(file): \(dates.count) daily bars are of days without a session, the first of \(first) "
                + "(\(calendar.closureReason(on: first) ?? "closed"))"
                + (areBefore
                    ? "; there was a session on the day after each: the bars seem to be dated one day early, as midnight of a "
                        + "zone east of the market's is" : ""),
            nextStep: "Date each daily bar with its session, for instance 2024-03-04.")
    }

    /// The session of a daily bar. Vendors stamp it with the market's midnight, with the bare date, which reads as UTC
    /// midnight, or with a time within the session. UTC midnight is the evening before west of it: taken as an instant it
    /// would put the close a day early, where it would be a look into the future.
    private static func dailyDate(_ seconds: Int64, _ market: Market) -> CivilDate {
        if seconds % 86_400 == 0 { return CivilDate(daysSinceEpoch: Int32(seconds / 86_400)) }
        return market.clock.date(of: Instant(secondsSinceEpoch: seconds))
    }
}

extension Timeframe {
    /// The lengths of bars, in whole minutes, of which bars of `timeframe` can be made, ascending.
    static func divisors(of timeframe: Timeframe) -> [Timeframe] {
        let minutes = Int(timeframe.seconds / 60)
        return (1...max(1, min(60, minutes))).filter { minutes % $0 == 0 }.map { .minutes($0) }
    }

    /// `5-minute`: as one says it.
    var words: String { self == .day ? "daily" : "\(seconds / 60)-minute" }
}
