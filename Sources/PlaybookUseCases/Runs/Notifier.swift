package import PlaybookCore

/// Tells people of each day's run, and of failures.
package struct Notifier: Sendable {
    private let sinks: [any AlertSink]
    private let tellsSuccess: Bool
    /// How many rows and errors a message lists.
    private static let longest = 20
    /// How long after the close a session may lack its row before people are told, in seconds.
    private static let patience: Int64 = 3 * 3600

    /// - Parameter tellsSuccess: whether to tell of runs without failure.
    package init(_ sinks: [any AlertSink], tellsSuccess: Bool) {
        self.sinks = sinks
        self.tellsSuccess = tellsSuccess
    }

    /// Whether there is nobody to tell.
    package var isEmpty: Bool { sinks.isEmpty }

    /// Sends what there is to tell of `record`; what fails goes to `report`.
    package func tell(_ record: RunRecord, now: Instant, report: @escaping @Sendable (String) -> Void) async {
        guard let alert = alert(record, now: now) else { return }
        await withTaskGroup { group in
            for sink in sinks {
                group.addTask {
                    do {
                        try await sink.send(alert)
                    } catch {
                        report("a notification was not sent: \(record.words.words(of: error))")
                    }
                }
            }
        }
    }

    /// What to tell of `record`; nil when nobody needs to know.
    package func alert(_ record: RunRecord, now: Instant) -> Alert? {
        guard record.isDaily else { return nil }
        let result = try? record.outcome.result.get()
        let missing = record.standing?.missingSessions ?? 0
        let isFailure =
            record.severity == .error || (record.severity == .warning || missing > 0) && isOverdue(record, now: now)
        guard isFailure || tellsSuccess && record.severity == .info && record.changesJournal else { return nil }

        let rows = result?.rows ?? []
        var lines = Self.shortened(record.errors.map { $0.words(record.words) }) + Self.shortened(rows.map(Self.line))
        if missing > 0 {
            lines.append("\(missing) sessions have no row; 'trading-playbook backtest --catch-up' adds them")
        }
        if let standing = record.standing {
            lines.append("Last \(JournalStanding.recentDays) days: \(standing.recentLine)")
        }
        lines.append("Run \(record.outcome.runID)")
        let trades = rows.count { $0.trade != nil }
        let dates = result?.sessions.map {
            $0.lowerBound == $0.upperBound ? " \($0.upperBound)" : " \($0.lowerBound) through \($0.upperBound)"
        }
        let what =
            record.errors.isEmpty && missing > 0
            ? "sessions are missing"
            : isFailure
                ? "failed" : "\(counted(trades, "trade")) in \(counted(rows.count { $0.tradeNumber == 1 }, "session"))"
        return Alert(
            severity: isFailure ? .failure : .info,
            title: "trading-playbook\((result?.strategy).map { " \($0)" } ?? "")\(dates ?? ""): \(what)", lines: lines)
    }

    /// Whether a session lacks its row that should long have it. The last one's bars may just be late.
    private func isOverdue(_ record: RunRecord, now: Instant) -> Bool {
        record.standing?.isOverdue(at: now, patience: Self.patience) ?? true
    }

    private static func line(_ row: JournalRow) -> String {
        let session = "\(row.symbol) \(row.tradeDate)"
        guard let trade = row.trade else {
            return row.isIncomplete ? "\(session): \(row.notes)" : "\(session): no trade"
        }
        return
            "\(session): \(journalNumber(trade.shares)) at \(journalNumber(trade.entry)) (\(trade.entryTime)), "
            + "\(trade.exitReason) at \(journalNumber(trade.exit)) (\(trade.exitTime)), "
            + "\(trade.rMultiple.map { journalNumber($0) } ?? "") R, \(journalNumber(trade.net)) USD"
    }

    private static func shortened(_ lines: [String]) -> [String] {
        lines.count > longest ? lines.prefix(longest) + ["and \(lines.count - longest) more"] : lines
    }
}
