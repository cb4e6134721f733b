import PlaybookCore

/// How the journals of the settings' playbook stand, for `status`.
public struct JournalStatus: Sendable {
    private let playbook: String
    private let now: Instant
    /// How runs went of late; nil where they are not remembered.
    private let runs: RunOverview?
    private let journals: [Entry]

    /// How one journal stands.
    private struct Entry {
        let place: JournalPlace
        let standing: JournalStanding
        let others: Int
        let synthetic: Int
        let change: RulesChange?
    }

    /// That newer rows than those of the playbook as it is are of other rules.
    private struct RulesChange {
        let date: CivilDate
        let parametersID: String
    }
    /// How many dates of a long list are printed for people.
    private static let longest = 10

    /// Reads the journals that `settings` choose.
    ///
    /// - Parameter parameters: those that differ from the playbook's defaults; rows of others do not count.
    public init(settings: Settings, parameters: [String: String] = [:]) async throws {
        let settings = try await settings.loaded()
        let strategy = try settings.strategy(nil, overrides: parameters)
        let symbols = try settings.symbolsIfSet().map { Set($0.map(\.name)) }
        let markets = try settings.symbolMarkets()
        now = try settings.clock().now()
        let own = JournalSelection(strategy, symbols: symbols)
        let places = try settings.journals()
        var tallies: [Tally] = []
        for journal in places {
            tallies.append(
                try await journal.reader.survey(
                    JournalSelection(symbols: symbols),
                    into: Tally(
                        own: own, parameters: strategy.parameters.differences, now: now, settings, markets)))
        }
        for (journal, tally) in zip(places, tallies) {
            try settings.requireMarkets(of: tally.counted.sessions, in: journal.place)
        }
        playbook = "\(strategy.name) \(strategy.parametersID)"
        let standings = try await JournalStanding.all(
            tallies.map(\.counted), of: places, symbols: symbols, now: now,
            minimumCompleteness: settings.minimumCompleteness(), markets: markets)
        runs = try await RunOverview(settings: settings)
        mixedFeeds = zip(places, tallies).flatMap { journal, tally in
            tally.feeds.lines.map { "\(journal.place.location): \($0)" }
        }
        journals = zip(places, zip(tallies, standings)).map { journal, pair in
            let (tally, standing) = pair
            var change = tally.changed
            if let date = change?.date, let last = standing.lastSession, last >= date { change = nil }
            return Entry(
                place: journal.place, standing: standing, others: tally.others, synthetic: tally.leftOut, change: change
            )
        }
    }

    /// The rows that count, and how many do not. Those of synthetic bars do not count for a real source; where none is
    /// chosen they count when there are no others.
    private struct Tally: JournalAccumulating {
        private var survey: JournalSurvey
        private var synthetic: JournalSurvey
        private let own: JournalSelection
        private let isSample: Bool
        private let isSourceChosen: Bool
        private(set) var others = 0
        private(set) var feeds = FeedMixture()
        private let parameters: String
        /// The newest row of the same playbook with parameters that are written alike, and another digest: the rules, or
        /// defaults, were others.
        private(set) var changed: RulesChange?

        init(
            own: JournalSelection, parameters: String, now: Instant, _ settings: Settings, _ markets: SymbolMarkets
        ) {
            self.own = own
            self.parameters = parameters
            isSample = settings.isSampleChosen
            isSourceChosen = (try? settings.sourceName()) != nil
            survey = JournalSurvey(now: now, skipsSynthetic: !isSample, markets: markets)
            synthetic = JournalSurvey(now: now, markets: markets)
        }

        private var countsSynthetic: Bool { !isSourceChosen && survey.sessions.isEmpty }

        /// The rows that count.
        var counted: JournalSurvey { countsSynthetic ? synthetic : survey }

        /// How many rows of synthetic bars do not.
        var leftOut: Int { countsSynthetic ? 0 : survey.sessions.syntheticRows }

        mutating func add(_ line: borrowing JournalLine) throws {
            guard own.contains(line) else {
                others += 1
                note(line)
                return
            }
            try survey.add(line)
            if !isSourceChosen, line.isSynthetic { try synthetic.add(line) }
            feeds.add(line)
        }

        private mutating func note(_ line: borrowing JournalLine) {
            guard line[.strategy] == own.strategy, line[.parameters] == parameters,
                line[.mode] == JournalMode.backtest.rawValue, own.symbols?.contains(line[.symbol]) ?? true,
                changed.map({ $0.date <= line.tradeDate }) ?? true
            else { return }
            changed = RulesChange(date: line.tradeDate, parametersID: line[.parametersID])
        }

        mutating func merge(_ later: Tally) {
            if let other = later.changed, changed.map({ $0.date <= other.date }) ?? true { changed = other }
            survey.merge(later.survey)
            synthetic.merge(later.synthetic)
            others += later.others
            feeds.merge(later.feeds)
        }
    }

    /// A line for each symbol of each journal that has rows of several feeds.
    public let mixedFeeds: [String]

    /// Whether every journal has its row for every session that is over.
    public var isClean: Bool { journals.allSatisfy(\.standing.isClean) }

    /// How they stand, in `format`.
    ///
    /// - Parameter color: whether to use the terminal's colours.
    public func text(_ format: ReportFormat, color: Bool) throws -> String {
        switch format {
        case .table:
            let paint = Paint(isOn: color)
            let parts = journals.map { text($0, paint) }
            guard let runs else { return parts.joined(separator: "\n\n") }
            var table = TextTable()
            for (name, text) in runs.lines { table.add(name, text) }
            return (parts + [table.lines(leftAligned: [0, 1]).joined(separator: "\n")]).joined(separator: "\n\n")
        case .json:
            return try jsonText(
                Document(
                    playbook: playbook, now: now.description, ok: isClean, runs: runs.map(Document.Runs.init),
                    journals: journals.map { entry in
                        Document.Entry(
                            entry.place, entry.standing, synthetic: entry.synthetic,
                            changed: entry.change?.date.description)
                    }))
        }
    }

    private func text(_ entry: Entry, _ paint: Paint) -> String {
        let (place, standing, others, synthetic) = (entry.place, entry.standing, entry.others, entry.synthetic)
        var table = TextTable()
        table.add("Last run", standing.lastRunID ?? "none")
        table.add("Last session", standing.lastSession?.description ?? "none")
        if let next = standing.nextSession {
            table.add("Next session", "closes \(standing.nextMarket.clock.string(next.close))")
        }
        for series in standing.series {
            for (what, dates) in [
                ("no row", series.missing.map(\.description)), ("doubled", series.doubled.map(\.description)),
                ("closed", series.closed.map(\.description)), ("bars missing", series.short.map(\.description)),
                (
                    "data ended",
                    series.dataEnd.map { ["\($0): delisted or renamed? Then take it out of SYMBOLS"] } ?? []
                ),
            ] where !dates.isEmpty {
                let more = dates.count > Self.longest ? " and \(dates.count - Self.longest) more" : ""
                let separator = what == "bars missing" ? ", " : " "
                table.add("\(series.symbol): \(what)", dates.prefix(Self.longest).joined(separator: separator) + more)
            }
            if let partial = series.partial.first {
                let more = series.partial.count > 1 ? ", and \(series.partial.count - 1) more sessions" : ""
                table.add("\(series.symbol): \(partial.date)", partial.problem + more)
            }
        }
        table.add("Last \(JournalStanding.recentDays) days", standing.recentLine)
        if let change = entry.change {
            table.add(
                "Rules", "changed since the last row, \(change.date): that has \(change.parametersID)")
        }
        if others > 0 { table.add("Other rows", "\(others), of other playbooks or parameters") }
        if synthetic > 0 { table.add("Sample rows", "\(synthetic), of synthetic bars, which do not count") }
        var lines =
            [paint.bold("\(place.location), \(playbook)") + ": \(Self.verdict(standing, paint))"]
            + table.lines(leftAligned: [0, 1], width: pageWidth)
        if !standing.series.allSatisfy(\.hasSoundRows) {
            lines.append("  'trading-playbook backtest --catch-up' adds rows that are missing.")
        }
        if standing.series.contains(where: { !$0.short.isEmpty }) {
            lines.append(
                "  'trading-playbook backtest --catch-up' looks for missing bars for \(RepairWindow.sessions) sessions after "
                    + "each.")
        }
        return lines.joined(separator: "\n")
    }

    private static func verdict(_ standing: JournalStanding, _ paint: Paint) -> String {
        if standing.isClean { return "ok" }
        if standing.series.isEmpty || !standing.series.allSatisfy(\.hasSoundRows) {
            return paint.yellow("sessions are missing or wrong")
        }
        return paint.yellow(
            standing.series.allSatisfy(\.isClean) ? "the data of every symbol has ended" : "sessions lack bars")
    }

    /// The JSON document of `status`: schema `trading-playbook/status/1`.
    private struct Document: Encodable {
        let schema = "trading-playbook/status/1"
        let playbook: String
        let now: String
        let ok: Bool
        let runs: Runs?
        let journals: [Entry]

        struct Runs: Encodable {
            let remembered: Int
            let successRate: Double?
            let expectedSeconds: Double?
            let lastRunId: String?
            let lastStatus: String?
            let lastSeconds: Double?
            let lastIsSlow: Bool?

            init(_ overview: RunOverview) {
                remembered = overview.runs.count
                successRate = overview.successRate
                expectedSeconds = overview.expected
                lastRunId = overview.runs.first?.runId
                lastStatus = overview.runs.first?.status
                lastSeconds = overview.runs.first?.durationSeconds
                lastIsSlow = overview.runs.first.map(overview.isSlow)
            }
        }

        struct Entry: Encodable {
            let writer: String
            let location: String
            let ok: Bool
            let lastRunId: String?
            let lastSession: String?
            let nextSession: String?
            let nextClose: String?
            let missingSessions: Int
            let sessionsWithoutTrade: Int
            let syntheticRowsLeftOut: Int
            /// The date of the newest row of the playbook with other rules; none where they have not changed since.
            let rulesChangedSince: String?
            let recentDays = JournalStanding.recentDays
            let recent: PerformanceDocument
            let series: [JournalSeriesDocument]

            init(_ place: JournalPlace, _ standing: JournalStanding, synthetic: Int, changed: String?) {
                rulesChangedSince = changed
                writer = place.writer
                location = place.location
                ok = standing.isClean
                lastRunId = standing.lastRunID
                lastSession = standing.lastSession?.description
                nextSession = standing.nextSession?.date.description
                nextClose = standing.nextSession?.close.description
                missingSessions = standing.missingSessions
                sessionsWithoutTrade = standing.sessionsWithoutTrade
                syntheticRowsLeftOut = synthetic
                recent = PerformanceDocument(standing.recent)
                series = standing.series.map(JournalSeriesDocument.init)
            }
        }
    }
}

extension JournalStanding {
    /// How it went of late, in one line.
    var recentLine: String {
        [
            "\(counted(recent.trades, "trade")) in \(counted(recent.sessions, "session"))",
            recent.winRate.map { "won \(fixed($0 * 100, 1))%" },
            recent.expectancy.map { "expectancy \(signed($0, 3)) R" },
            "drawdown \(fixed(recent.maximumDrawdown, 2)) USD",
        ].compactMap { $0 }.joined(separator: ", ")
    }
}
