public import PlaybookCore

/// What `journal verify` found: every journal that the settings choose, against the calendar.
public struct JournalVerification: Sendable {
    private let journals: [(place: JournalPlace, check: JournalCheck)]
    /// How many dates of a long list are printed for people.
    private static let longest = 10

    /// Checks the journals that `settings` choose. Sessions that are not over yet need no row.
    public init(settings: Settings, selection: JournalSelection) async throws {
        let now = try settings.clock().now()
        var selection = selection
        selection.includesProblems = true
        let markets = try settings.symbolMarkets()
        var journals: [(JournalPlace, JournalCheck)] = []
        let threshold = try settings.minimumCompleteness()
        for journal in try settings.journals() {
            let sessions = try await journal.reader.collect(
                selection, into: JournalSessions(recentStart: RepairWindow.start(now, in: markets.markets)))
            try settings.requireMarkets(of: sessions, in: journal.place)
            func check(_ dataEnds: [String: CivilDate]) -> JournalCheck {
                JournalCheck(
                    sessions, symbols: selection.symbols ?? [], first: selection.first, last: selection.last,
                    minimumCompleteness: threshold, dataEnds: dataEnds, markets: markets, now: now)
            }
            var found = check([:])
            let ends = await EndedData([journal], now: now)
                .settled(found.series, ends: sessions.ends)
            if !ends.isEmpty { found = check(ends) }
            journals.append((journal.place, found))
        }
        self.journals = journals
    }

    /// Whether nothing is wrong. A journal without a row is: it may be the wrong place.
    public var isClean: Bool { journals.allSatisfy { Self.isClean($0.check) } }

    private static func isClean(_ check: JournalCheck) -> Bool { check.isClean && !check.series.isEmpty }

    /// What was found, in `format`.
    public func text(_ format: ReportFormat) throws -> String {
        switch format {
        case .table: journals.map { Self.text($0.place, $0.check) }.joined(separator: "\n\n")
        case .json: try jsonText(Document(journals: journals.map { Document.Entry($0.place, $0.check) }))
        }
    }

    private static func text(_ place: JournalPlace, _ check: JournalCheck) -> String {
        var lines = ["\(place.location): \(isClean(check) ? "ok" : "has problems")"]
        if check.series.isEmpty { lines.append("  no rows: \(place.sampleHint ?? "is this the right place?")") }
        for series in check.series {
            let range = series.expected.map { ", \($0.lowerBound) through \($0.upperBound)" } ?? ""
            let mode = series.mode == .backtest ? nil : series.mode?.rawValue
            let name = [series.symbol, series.strategy, series.parametersID, mode].compactMap { $0 }
                .joined(separator: " ")
            let found = series.strategy == nil ? "no rows" : counted(series.rows, "row")
            lines.append("  \(name): \(series.isClean ? "ok" : "has problems") (\(found)\(range))")
            let findings: [(title: String, list: [String])] = [
                ("no row", series.missing.map(\.description)), ("a row twice", series.doubled.map(\.description)),
                ("rows that do not add up", series.partial.map { "\($0.date): \($0.problem)" }),
                ("no session on that date", series.closed.map(\.description)),
                ("not what the column holds", series.wrong.map { "\($0.date): \($0.problem)" }),
                ("bars are missing that may still come", series.short.map(\.description)),
                ("synthetic rows among real ones", series.synthetic.map(\.description)),
                ("the data ends on", series.dataEnd.map { [$0.description] } ?? []),
            ]
            for (title, list) in findings where !list.isEmpty {
                let more = list.count > longest ? ", and \(list.count - longest) more (--format json lists all)" : ""
                lines.append("    \(title): \(list.prefix(longest).joined(separator: ", "))\(more)")
            }
        }
        return lines.joined(separator: "\n")
    }

    private struct Document: Encodable {
        let schema = "trading-playbook/journal-verify/1"
        let journals: [Entry]

        struct Entry: Encodable {
            let writer: String
            let location: String
            let ok: Bool
            let series: [JournalSeriesDocument]

            init(_ place: JournalPlace, _ check: JournalCheck) {
                writer = place.writer
                location = place.location
                ok = JournalVerification.isClean(check)
                series = check.series.map(JournalSeriesDocument.init)
            }
        }
    }
}

/// What was found about one symbol's rows, as JSON documents hold it: `series` in docs/json.md.
struct JournalSeriesDocument: Encodable {
    let symbol: String
    let strategy: String?
    let paramsId: String?
    let mode: String?
    let ok: Bool
    let rows: Int
    let start: String?
    let end: String?
    let missing: [String]
    let doubled: [String]
    let partial: [Wrong]
    let noSession: [String]
    let wrong: [Wrong]
    let short: [Short]
    let synthetic: [String]
    let dataEnd: String?

    struct Short: Encodable {
        let date: String
        let completeness: Double
    }

    struct Wrong: Encodable {
        let date: String
        let problem: String
    }

    init(_ series: JournalCheck.Series) {
        symbol = series.symbol
        strategy = series.strategy
        paramsId = series.parametersID
        mode = series.mode?.rawValue
        ok = series.isClean
        rows = series.rows
        start = series.expected?.lowerBound.description
        end = series.expected?.upperBound.description
        missing = series.missing.map(\.description)
        doubled = series.doubled.map(\.description)
        partial = series.partial.map { Wrong(date: $0.date.description, problem: $0.problem) }
        noSession = series.closed.map(\.description)
        wrong = series.wrong.map { Wrong(date: $0.date.description, problem: $0.problem) }
        short = series.short.map { Short(date: $0.date.description, completeness: $0.completeness) }
        synthetic = series.synthetic.map(\.description)
        dataEnd = series.dataEnd?.description
    }
}

extension JournalCheck.ShortSession: CustomStringConvertible {
    public var description: String {
        completeness == 0 ? "\(date) has none" : "\(date) has \(fixed(completeness * 100, 1))%"
    }
}
