public import PlaybookCore
public import PlaybookUseCases

/// What `data check` found.
public struct DataCheckReport: Sendable {
    private let findings: [DataCheck.Finding]
    /// How many entries of a long list are printed for people.
    private static let longest = 10

    /// A report of `findings`.
    public init(_ findings: [DataCheck.Finding]) { self.findings = findings }

    /// Whether there is nothing to correct.
    public var isClean: Bool { findings.allSatisfy(\.isClean) }

    /// The findings in `format`, in the words of an edge.
    public func text(_ format: ReportFormat, words: some Vocabulary) throws -> String {
        switch format {
        case .table: findings.map { Self.text($0, words) }.joined(separator: "\n\n")
        case .json: try jsonText(Document(symbols: findings.map { Document.Entry($0, words) }))
        }
    }

    private static func text(_ finding: DataCheck.Finding, _ words: some Vocabulary) -> String {
        let doubts = finding.warnings.count
        let state = !finding.isClean ? "has problems" : doubts == 0 ? "ok" : "ok, with doubts (\(doubts))"
        var lines = finding.files.flatMap { understanding($0, finding.symbol.market.clock, words) }
        lines.append("\(finding.symbol): \(state)")
        var table = TextTable()
        if let timeframe = finding.timeframe {
            table.add(
                "Bars",
                "\(finding.bars) of \(timeframe), \(finding.barsOutsideSessions) of them outside regular hours (dropped)"
            )
        }
        if let sessions = finding.sessions {
            table.add("Sessions", "\(sessions.lowerBound) through \(sessions.upperBound)")
            table.add(
                "",
                "\(finding.completeSessions) complete, \(finding.sessionsWithSmallGaps) with small gaps, "
                    + "\(finding.incompleteSessions.count) incomplete, \(finding.missingSessions.count) missing"
            )
        }
        table.add("Daily bars", finding.dailyBars.map(String.init) ?? "derived from intraday bars")
        table.add("Splits", "\(finding.splits)")
        lines += table.lines(leftAligned: [0, 1], width: pageWidth)
        let incomplete = finding.incompleteSessions.map { "\($0.date) incomplete: \($0.bars) of \($0.expected) bars" }
        let missing = finding.missingSessions.map { "\($0) missing: no bars" }
        for (title, list) in [
            ("Repaired", finding.repairs), ("Wrong", finding.errors.map { $0.words(words) }),
            ("Incomplete", incomplete), ("Missing", missing),
            ("Doubtful", finding.warnings.map { $0.words(words) }),
            ("Holes", finding.holes.map { "\($0.description(in: finding.symbol.market)) (\($0.minutes) minutes)" }),
        ] where !list.isEmpty {
            lines.append("  \(title)")
            lines += list.prefix(longest).map { "    \($0)" }
            if list.count > longest { lines.append("    and \(list.count - longest) more (--format json lists all)") }
        }
        return lines.joined(separator: "\n")
    }

    /// How a file was understood.
    private static func understanding(
        _ file: FileUnderstanding, _ clock: MarketClock, _ words: some Vocabulary
    ) -> [String] {
        var table = TextTable()
        table.add("Form", file.format.words(words))
        let used = file.columns.filter { $0.use != "ignored" }.map {
            $0.name == $0.use ? $0.use : "\($0.name) as \($0.use)"
        }
        let ignored = file.ignoredColumns
        table.add(
            "Columns",
            used.joined(separator: ", ")
                + (ignored.isEmpty
                    ? ""
                    : "; not read: \(ignored.prefix(longest).joined(separator: ", "))"
                        + (ignored.count > longest ? " and \(ignored.count - longest) more" : "")))
        table.add("Times", "\(file.stamps); zone: \(file.zone.words(words))")
        table.add(
            "Order",
            (file.isNewestFirst ? "newest first, turned round" : "oldest first")
                + "; stamped at the \(file.isStampedAtClose ? "close" : "open")")
        table.add(
            "Spacing",
            (file.spacing.map { $0.description } ?? "not known") + ", \(file.bars) bars"
                + (file.rowsWithoutPrices > 0 ? ", \(counted(file.rowsWithoutPrices, "row")) without prices" : ""))
        if let first = file.first, let last = file.last {
            table.add("From, to", "\(file.text(first, clock)), \(file.text(last, clock))")
        }
        if !file.symbols.isEmpty {
            let shown = file.symbols.prefix(longest).map { "\($0.name) (\(counted($0.rows, "row")))" }.joined(
                separator: ", ")
            table.add(
                "Symbols",
                shown + (file.symbols.count > longest ? " and \(file.symbols.count - longest) more" : ""))
        }
        return [file.path] + table.lines(leftAligned: [0, 1], width: pageWidth)
    }

    private struct Document: Encodable {
        let schema = "trading-playbook/data-check/1"
        let symbols: [Entry]

        struct Incomplete: Encodable {
            let date: String
            let bars: Int
            let expected: Int
        }

        struct Hole: Encodable {
            let date: String
            let from: String
            let to: String
            let minutes: Int
        }

        struct File: Encodable {
            struct Column: Encodable {
                let name: String
                let use: String
            }

            struct Rows: Encodable {
                let symbol: String
                let rows: Int
            }

            let path: String
            let format: String
            let columns: [Column]
            let stamps: String
            let zone: String
            let order: String
            let stampedAt: String
            let timeframe: String?
            let bars: Int
            let rowsWithoutPrices: Int
            let first: String?
            let last: String?
            let symbols: [Rows]

            init(_ file: FileUnderstanding, _ clock: MarketClock, _ words: some Vocabulary) {
                path = file.path
                format = file.format.words(words)
                columns = file.columns.map { Column(name: $0.name, use: $0.use) }
                stamps = file.stamps
                zone = file.zone.words(words)
                order = file.isNewestFirst ? "newest_first" : "oldest_first"
                stampedAt = file.isStampedAtClose ? "close" : "open"
                timeframe = file.spacing?.description
                bars = file.bars
                rowsWithoutPrices = file.rowsWithoutPrices
                first = file.first.map { file.text($0, clock) }
                last = file.last.map { file.text($0, clock) }
                symbols = file.symbols.map { Rows(symbol: $0.name, rows: $0.rows) }
            }
        }

        struct Entry: Encodable {
            let symbol: String
            let ok: Bool
            let files: [File]
            let timeframe: String?
            let bars: Int
            let barsOutsideSessions: Int
            let first: String?
            let last: String?
            let completeSessions: Int
            let sessionsWithSmallGaps: Int
            let incompleteSessions: [Incomplete]
            let missingSessions: [String]
            let holes: [Hole]
            let dailyBars: Int?
            let splits: Int
            let repairs: [String]
            let warnings: [String]
            let errors: [String]

            init(_ finding: DataCheck.Finding, _ words: some Vocabulary) {
                symbol = finding.symbol.name
                ok = finding.isClean
                let clock = finding.symbol.market.clock
                files = finding.files.map { File($0, clock, words) }
                timeframe = finding.timeframe?.description
                bars = finding.bars
                barsOutsideSessions = finding.barsOutsideSessions
                first = finding.sessions?.lowerBound.description
                last = finding.sessions?.upperBound.description
                completeSessions = finding.completeSessions
                sessionsWithSmallGaps = finding.sessionsWithSmallGaps
                incompleteSessions = finding.incompleteSessions.map {
                    Incomplete(date: $0.date.description, bars: $0.bars, expected: $0.expected)
                }
                missingSessions = finding.missingSessions.map(\.description)
                holes = finding.holes.map {
                    Hole(
                        date: $0.date.description, from: clock.timeOfDay(of: $0.from).description,
                        to: clock.timeOfDay(of: $0.to).description, minutes: $0.minutes)
                }
                dailyBars = finding.dailyBars
                splits = finding.splits
                repairs = finding.repairs
                warnings = finding.warnings.map { $0.words(words) }
                errors = finding.errors.map { $0.words(words) }
            }
        }
    }
}

extension FileUnderstanding {
    /// When a bar opens, on the market's clocks; the date of a daily bar, which is kept as its midnight.
    fileprivate func text(_ opening: Instant, _ clock: MarketClock) -> String {
        guard spacing == .day else { return clock.string(opening) }
        let (days, seconds) = opening.secondsSinceEpoch.quotientAndRemainder(dividingBy: 86_400)
        return "\(seconds == 0 ? CivilDate(daysSinceEpoch: Int32(days)) : clock.date(of: opening))"
    }
}
