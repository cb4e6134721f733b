import PlaybookCore
public import PlaybookUseCases

extension JournalStatus {
    /// How many dates of a long list are printed for people.
    private static let longest = 10

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
