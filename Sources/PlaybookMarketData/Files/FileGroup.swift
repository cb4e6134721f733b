import PlaybookCore
import PlaybookFileSystem

/// Files that hold a symbol's bars one after the other: one, or one a day, month or year.
struct FileGroup {
    let source: FilesSource
    let symbol: Symbol
    let entries: [SymbolFiles.Entry]
    /// Whether files may hold no bars of the symbol.
    let isShared: Bool
    var acceptsDates = false

    /// What the files held.
    struct Found {
        var bars = BarColumns()
        /// The sessions' dates from the first bar to the last.
        var coverage: ClosedRange<CivilDate>?
        var understandings: [FileUnderstanding] = []
        var warnings: [NeutralText] = []
        var isDaily = false
        /// The bars' times as the files have them, of bars within the window.
        fileprivate var name = ""
    }

    /// Reads the bars whose time lies in `window`; of files whose names tell dates, only those that may hold some.
    ///
    /// - Parameters:
    ///   - dates: the dates that are wanted; nil for all.
    ///   - expectedBars: at most how many bars the window can hold.
    func read(window: Range<Int64>, dates: ClosedRange<CivilDate>?, expectedBars: Int) async throws -> Found {
        var found = Found()
        found.name = entries[0].path
        var pieces: [(path: String, contents: BarFileContents)] = []
        for entry in entries {
            if let dates, let own = entry.dates, entries.count > 1,
                own.upperBound < dates.lowerBound.adding(days: -1) || own.lowerBound > dates.upperBound.adding(days: 1)
            {
                // The files on both sides are there, whatever they hold.
                if !isShared { found.cover(own) }
                continue
            }
            guard let contents = try await contents(of: entry, window, expectedBars) else { continue }
            pieces.append((entry.path, contents))
        }
        pieces.sort { ($0.contents.first ?? .min) < ($1.contents.first ?? .min) }
        var last: (path: String, time: Int64)?
        for (path, contents) in pieces {
            found.understandings.append(contents.understanding)
            guard let first = contents.first, let end = contents.last else { continue }
            if let last, last.time >= first {
                throw PlaybookError(
                    .badData,
                    "\(last.path) and \(path) overlap: the first ends at \(Instant(secondsSinceEpoch: last.time)), the "
                        + "second begins at \(Instant(secondsSinceEpoch: first))",
                    nextStep: "Keep each bar in one file.")
            }
            last = (path, end)
            found.cover(date(first)...date(end))
            if pieces.count == 1 { found.bars = contents.bars } else { found.bars.append(contents.bars) }
        }
        found.warnings = Self.warnings(pieces.map { ($0.path, $0.contents.warnings) })
        return found
    }

    /// What a file holds; nil when it is one of many symbols, and not of this.
    private func contents(
        of entry: SymbolFiles.Entry, _ window: Range<Int64>, _ expectedBars: Int
    ) async throws -> BarFileContents? {
        do {
            if entry.name.isParquet {
                var reader = ParquetBarReader(
                    path: entry.path, symbol: symbol, options: source.options, acceptsDates: acceptsDates)
                if let defects = source.defects { reader.onDefect = { defects.note($0) } }
                reader.readsAll = source.defects != nil || source.log != nil
                return try accepted(try reader.read(window: window), entry)
            }
            var reader = TextBarReader(
                path: entry.path, symbol: symbol, options: source.options, acceptsDates: acceptsDates)
            if let defects = source.defects { reader.onDefect = { defects.note($0) } }
            return try accepted(try await reader.read(window: window, expectedBars: expectedBars), entry)
        } catch let error as PlaybookError {
            // Other people's files may lie in the folder too.
            if isShared, error.code == .badData, entry.dates == nil { return nil }
            if isShared, "\(error.facts)".hasPrefix("\(entry.path): no row of \(symbol);") { return nil }
            throw error
        }
    }

    /// Contents of a shared file count only when its rows name their symbols.
    private func accepted(_ contents: BarFileContents, _ entry: SymbolFiles.Entry) throws -> BarFileContents? {
        guard isShared else { return contents }
        let namesSymbols = contents.understanding.columns.contains { $0.use == ColumnRole.symbol.words }
        return namesSymbols && contents.first != nil ? contents : nil
    }

    /// Warnings with the file's name; of those that many files give rise to, the first few.
    private static func warnings(_ found: [(path: String, warnings: [NeutralText])]) -> [NeutralText] {
        let all = found.flatMap { path, warnings in
            warnings.map { "\(FileSystem.name(of: path)): \($0)" as NeutralText }
        }
        guard found.count > 1, all.count > 4 else { return all }
        return Array(all.prefix(3)) + ["\(all.count - 3) more such warnings about other files: see \(.run(.checkData))"]
    }

    private func date(_ seconds: Int64) -> CivilDate {
        symbol.market.sessionDate(at: Instant(secondsSinceEpoch: seconds))
    }
}

extension FileGroup.Found {
    /// Widens the coverage to `dates`.
    fileprivate mutating func cover(_ dates: ClosedRange<CivilDate>) {
        coverage =
            min(
                coverage?.lowerBound ?? dates.lowerBound, dates.lowerBound)...max(
                coverage?.upperBound ?? dates.upperBound, dates.upperBound)
    }

    /// The length of the bars.
    ///
    /// - Parameters:
    ///   - declared: the length that the files' names tell; nil when they tell none.
    ///   - wanted: the length of the bars to be made of them.
    /// - Throws: a `PlaybookError` when `wanted` is not a multiple of it.
    mutating func spacing(declared: Timeframe?, wanted: Timeframe) throws -> Timeframe {
        let check = FileSpacing(bars.times)
        let lengths = Timeframe.divisors(of: wanted).map { "\($0.seconds / 60)" }
        let would: Remedy =
            "Bars of \(lengths.joined(separator: " or ")) minute\(wanted.seconds == 60 ? "" : "s") would do."
        guard let found = check.timeframe(declared: declared) else {
            throw PlaybookError(
                .badData, "\(name): bars are \(check.usualStep ?? 0) seconds apart; those of 1 to 60 minutes are read",
                nextStep: would)
        }
        for index in understandings.indices { understandings[index].spacing = found }
        guard wanted.seconds % found.seconds == 0 else {
            throw PlaybookError(
                .badData,
                "\(name): these are \(found.words) bars"
                    + (declared.map { $0 == found ? "" : ", although the file's name says \($0)" } ?? "")
                    + ", which cannot be put together into the \(wanted.words) bars of the playbook",
                nextStep: would)
        }
        if let declared, declared != found {
            warnings.append(
                "\(FileSystem.name(of: name)): these are \(found.words) bars, although the name says \(declared)")
        }
        return found
    }

    /// Stamps the bars with the time they open.
    ///
    /// - Throws: a `PlaybookError` when the bars show that they are stamped otherwise than is said.
    mutating func settleStamps(
        _ stamps: FileOptions.StampSide?, _ spacing: Timeframe, _ market: Market, _ window: Range<Int64>
    ) throws {
        let check = StampSideCheck(bars.times, seconds: spacing.seconds, market)
        let day = check.first.map { ", the first on \($0)" } ?? ""
        let extended = check.early > 0 ? ExtendedHoursCheck(bars, seconds: spacing.seconds, market) : nil
        switch stamps {
        case .open, nil:
            guard !check.isAtClose else {
                throw PlaybookError(
                    .badData,
                    """
                    \(name): bars seem to be stamped with the time they close: each of \(check.full) full sessions lacks \
                    its first bar and has one at the close\(day); \(.named(.stampsOfBars, "close")) would say so
                    """,
                    nextStep: """
                        Set \(.set(.stampsOfBars, to: "close")), or export bars stamped with the time they open.
                        """)
            }
            if let sign = extended?.signOfClose {
                let message = "bars seem to be stamped with the time they close: \(sign)"
                guard stamps == .open else {
                    throw PlaybookError(
                        .badData, "\(name): \(message)",
                        nextStep: """
                            Set \(.set(.stampsOfBars, to: "close")), or \(.named(.stampsOfBars, "open")) if they are \
                            stamped with the time they open.
                            """)
                }
                warnings.append("\(FileSystem.name(of: name)): \(message), although \(.named(.stampsOfBars, "open"))")
            }
        case .close:
            guard !check.isAtOpen else {
                throw PlaybookError(
                    .badData,
                    """
                    \(name): \(.named(.stampsOfBars, "close")), but each of \(check.full) full sessions has a bar at its \
                    open and none at its close
                    """, nextStep: Self.leaveOut)
            }
            if let sign = extended?.signOfOpen {
                throw PlaybookError(
                    .badData, "\(name): \(.named(.stampsOfBars, "close")), but \(sign)", nextStep: Self.leaveOut)
            }
            bars.shift(by: -spacing.seconds)
            bars = bars.slice(bars.firstIndex(at: window.lowerBound)..<bars.firstIndex(at: window.upperBound))
            for index in understandings.indices { understandings[index].isStampedAtClose = true }
        }
    }

    private static let leaveOut: Remedy =
        "Leave out \(.set(.stampsOfBars)) for files whose bars are stamped with their open."

    /// A price above this is doubted: the dearest share costs a third of it.
    private static let doubtfulPrice = 2e6

    /// Warns of bars that look as if they were filled in, and of prices that look like whole numbers of small units.
    mutating func doubtBars(_ market: Market) {
        var filled = 0
        var first: Int64?
        if !market.writesQuietBars {
            for index in 0..<bars.count where bars.volume[index] == 0 && bars.high[index] == bars.low[index] {
                filled += 1
                if first == nil { first = bars.times[index] }
            }
        }
        if let first {
            warnings.append(
                """
                \(FileSystem.name(of: name)): \(filled) bars have no volume and no move, the first at \
                \(market.clock.string(Instant(secondsSinceEpoch: first))): minutes without trades seem to be filled in
                """)
        }
        if bars.count > 0, bars.close[bars.count / 2] > Self.doubtfulPrice {
            warnings.append(
                """
                \(FileSystem.name(of: name)): prices such as \(bars.close[bars.count / 2]) are not those of a share: if \
                they are whole numbers of a smaller unit, say which with \(.set(.priceScale))
                """)
        }
    }

    /// Tells how the files were understood.
    func note(in log: UnderstandingLog?) {
        guard let log else { return }
        for var file in understandings {
            if isDaily { file.spacing = .day }
            if file.isStampedAtClose, let spacing = file.spacing { file.shift(by: -spacing.seconds) }
            log.note(file)
        }
    }
}

extension FileUnderstanding {
    fileprivate mutating func shift(by seconds: Int64) {
        first = first.map { Instant(secondsSinceEpoch: $0.secondsSinceEpoch + seconds) }
        last = last.map { Instant(secondsSinceEpoch: $0.secondsSinceEpoch + seconds) }
    }
}
