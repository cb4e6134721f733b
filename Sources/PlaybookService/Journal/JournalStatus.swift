import PlaybookCore

/// How the journals of the settings' playbook stand, for `status`.
public struct JournalStatus: Sendable {
    private let playbook: String
    private let now: Instant
    private let journals: [(place: JournalPlace, standing: JournalStanding, others: Int)]
    /// How many dates of a long list are printed for people.
    private static let longest = 10

    /// Reads the journals that `settings` choose.
    ///
    /// - Parameter parameters: those that differ from the playbook's defaults; rows of others do not count.
    public init(settings: Settings, parameters: [String: String] = [:]) async throws {
        let strategy = try settings.strategy(nil, overrides: parameters)
        let symbols = try settings.symbolsIfSet().map { Set($0.map(\.name)) }
        now = try settings.clock().now()
        var found: [(place: JournalPlace, survey: JournalSurvey, others: Int)] = []
        let own = JournalSelection(strategy, symbols: symbols)
        var mixed: [String] = []
        for journal in try settings.journals() {
            let tally = try await journal.reader.collect(
                JournalSelection(symbols: symbols), into: Tally(survey: JournalSurvey(now: now), own: own))
            found.append((journal.place, tally.survey, tally.others))
            mixed += tally.feeds.lines.map { "\(journal.place.location): \($0)" }
        }
        playbook = "\(type(of: strategy).descriptor.name) \(strategy.parametersID)"
        let standings = try JournalStanding.all(found.map(\.survey), symbols: symbols, now: now)
        mixedFeeds = mixed
        journals = zip(found, standings).map { ($0.place, $1, $0.others) }
    }

    /// The rows that count, and how many do not.
    private struct Tally: JournalAccumulating {
        var survey: JournalSurvey
        let own: JournalSelection
        var others = 0
        var feeds = FeedMixture()

        mutating func add(_ line: borrowing JournalLine) throws {
            guard own.contains(line) else {
                others += 1
                return
            }
            try survey.add(line)
            feeds.add(line)
        }

        mutating func merge(_ later: Tally) {
            survey.merge(later.survey)
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
            return journals.map { text($0.place, $0.standing, $0.others, paint) }.joined(separator: "\n\n")
        case .json:
            return try jsonText(
                Document(
                    playbook: playbook, now: now.description, ok: isClean,
                    journals: journals.map { Document.Entry($0.place, $0.standing) }))
        }
    }

    private func text(_ place: JournalPlace, _ standing: JournalStanding, _ others: Int, _ paint: Paint) -> String {
        var table = TextTable()
        table.add("Last run", standing.lastRunID ?? "none")
        table.add("Last session", standing.lastSession?.description ?? "none")
        if let next = standing.nextSession { table.add("Next session", "closes \(NewYorkTime.string(next.close))") }
        for series in standing.series where !series.isClean {
            for (what, dates) in [("no row", series.missing), ("doubled", series.doubled), ("closed", series.closed)]
            where !dates.isEmpty {
                let more = dates.count > Self.longest ? " and \(dates.count - Self.longest) more" : ""
                let list = dates.prefix(Self.longest).map(\.description).joined(separator: " ")
                table.add("\(series.symbol): \(what)", list + more)
            }
            if let partial = series.partial.first {
                let more = series.partial.count > 1 ? ", and \(series.partial.count - 1) more sessions" : ""
                table.add("\(series.symbol): \(partial.date)", partial.problem + more)
            }
        }
        table.add("Last \(JournalStanding.recentDays) days", standing.recentLine)
        if others > 0 { table.add("Other rows", "\(others), of other playbooks or parameters") }
        let verdict = standing.isClean ? "ok" : paint.yellow("sessions are missing or wrong")
        var lines = [paint.bold("\(place.location), \(playbook)") + ": \(verdict)"]
        lines += table.lines(leftAligned: [0, 1], width: pageWidth)
        if !standing.isClean { lines.append("  'trading-playbook backtest --catch-up' adds rows that are missing.") }
        return lines.joined(separator: "\n")
    }

    /// The JSON document of `status`: schema `trading-playbook/status/1`.
    private struct Document: Encodable {
        let schema = "trading-playbook/status/1"
        let playbook: String
        let now: String
        let ok: Bool
        let journals: [Entry]

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
            let recentDays = JournalStanding.recentDays
            let recent: PerformanceDocument
            let series: [JournalSeriesDocument]

            init(_ place: JournalPlace, _ standing: JournalStanding) {
                writer = place.writer
                location = place.location
                ok = standing.isClean
                lastRunId = standing.lastRunID
                lastSession = standing.lastSession?.description
                nextSession = standing.nextSession?.date.description
                nextClose = standing.nextSession?.close.description
                missingSessions = standing.missingSessions
                sessionsWithoutTrade = standing.sessionsWithoutTrade
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
            "\(recent.trades) trades in \(recent.sessions) sessions",
            recent.winRate.map { "won \(fixed($0 * 100, 1))%" },
            recent.expectancy.map { "expectancy \(signed($0, 3)) R" },
            "drawdown \(fixed(recent.maximumDrawdown, 2)) USD",
        ].compactMap { $0 }.joined(separator: ", ")
    }
}
