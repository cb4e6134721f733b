import FoundationEssentials
package import PlaybookCore

/// What is told of a run, whatever came of it: the log's `run_completed`, and notifications. Alerts and the dashboard
/// are made of its fields; docs/operations.md describes them.
package struct RunRecord: Sendable {
    package let request: BacktestRequest
    package let outcome: BacktestRunner.Outcome
    /// Wall time in seconds.
    package let duration: Double
    package let traffic: DataTraffic
    /// How the journal stands afterwards; nil when it cannot be told.
    package let standing: JournalStanding?
    /// The words that logs and notifications have for settings and commands.
    package let words: any Vocabulary

    /// What went wrong, in the order it did.
    package var errors: [PlaybookError] {
        switch outcome.result {
        case .failure(let error): [error]
        case .success(let result): result.failures.map(\.error) + result.outcomes.compactMap(\.error)
        }
    }

    /// Something that may pass on its own is not an error yet.
    package var severity: EventLog.Severity {
        errors.isEmpty ? .info : errors.allSatisfy { $0.code == .tryAgain } ? .warning : .error
    }

    /// Whether it was to leave no session out, as the run of each day is.
    package var isDaily: Bool { request.isDaily }

    /// Whether rows were added or replaced.
    package var changesJournal: Bool {
        result?.outcomes.contains { ($0.receipt?.added ?? 0) + ($0.receipt?.replaced ?? 0) > 0 } ?? false
    }

    /// One line for people.
    package var message: String {
        let what: String
        switch outcome.result {
        case .failure(let error): what = error.facts.words(words)
        case .success(let result):
            if case .skipped(let reason) = result.status {
                what = reason.detail
            } else {
                let trades = result.rows.count { $0.trade != nil }
                let written = result.outcomes.compactMap(\.receipt).map { "\($0.place.writer) \($0.counts)" }
                what =
                    "\(result.symbols.map(\.name).joined(separator: ",")) \(counted(result.sessionCount, "session")), \(trades) "
                    + "trades; " + (written + errors.map { $0.facts.words(words) }).joined(separator: "; ")
            }
        }
        return "run \(outcome.runID) \(outcome.status) in \(fixed(duration, 3)) s: \(what)"
    }

    /// Writes the warnings, the errors and the record.
    package func write(to log: EventLog, trace: CloudTrace?) {
        let run: [String: LogValue] = ["run_id": .text(outcome.runID)]
        for warning in result?.warnings ?? [] { log.write(.warning, warning.words(words), run, trace: trace) }
        for error in errors {
            let code: [String: LogValue] = ["exit_code": .count(Int(error.code.exitCode))]
            log.write(
                error.code == .tryAgain ? .warning : .error, error.words(words), run.merging(code) { $1 }, trace: trace)
        }
        log.write(severity, message, fields, trace: trace)
    }

    /// The record as a line of JSON, for the history of runs.
    package func text() throws -> RunRecordText {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return RunRecordText(
            runID: outcome.runID, line: String(decoding: try encoder.encode(fields), as: UTF8.self))
    }

    package var fields: [String: LogValue] {
        let recent = standing?.recent
        let receipts = result?.outcomes.compactMap(\.receipt) ?? []
        func byWriter(_ count: (WriteReceipt) -> Int) -> LogValue {
            .fields(Dictionary(uniqueKeysWithValues: receipts.map { ($0.place.writer, .count(count($0))) }))
        }
        return [
            "event": "run_completed",
            "run_id": .text(outcome.runID),
            "status": .text(outcome.status),
            "reason": LogValue(skipReason),
            "exit_code": .count(Int(outcome.exitCode)),
            "trigger": .text(trigger),
            "strategy": LogValue(result?.strategy),
            "params_id": LogValue(result?.parametersID),
            "symbols": .list((result?.symbols ?? request.symbols ?? []).map { .text($0.name) }),
            "first_session": LogValue(result?.sessions?.lowerBound.description),
            "last_session": LogValue(result?.sessions?.upperBound.description),
            "duration_seconds": .number(duration),
            "fetch_latency_p50_seconds": LogValue(traffic.requestSecondsP50),
            "fetch_latency_p95_seconds": LogValue(traffic.requestSecondsP95),
            "cache_hit_rate": LogValue(traffic.cacheHitRate),
            "requests": .count(traffic.requests),
            "retries": .count(traffic.retries),
            "errors": .count(errors.count),
            "error_messages": .list(errors.map { .text($0.words(words)) }),
            "warnings": .count(result?.warnings.count ?? 0),
            "sessions": .count(result?.sessionCount ?? 0),
            "trades": .count(result?.rows.count { $0.trade != nil } ?? 0),
            "rows_written": byWriter { $0.added + $0.replaced },
            "rows_unchanged": byWriter(\.unchanged),
            "trades_30d": LogValue(recent?.trades),
            "win_rate_30d": LogValue(recent?.winRate),
            "expectancy_r_30d": LogValue(recent?.expectancy),
            "max_drawdown_usd_30d": LogValue(recent?.maximumDrawdown),
            "sessions_without_trade": LogValue(standing?.sessionsWithoutTrade),
            "missing_sessions": LogValue(standing?.missingSessions),
        ]
    }

    private var result: BacktestResult? { try? outcome.result.get() }

    private var skipReason: String? {
        if case .skipped(let reason)? = result?.status { reason.name } else { nil }
    }

    private var trigger: String {
        switch request.dates {
        case .today: "today"
        case .catchUp: "catch-up"
        case .range: "range"
        case .days: "days"
        }
    }
}
