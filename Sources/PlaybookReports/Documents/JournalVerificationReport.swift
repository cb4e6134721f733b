package import PlaybookCore
public import PlaybookUseCases

extension JournalVerification {
    /// How many dates of a long list are printed for people.
    private static let longest = 10

    /// What was found, in `format`.
    public func text(_ format: ReportFormat) throws -> String {
        switch format {
        case .table: journals.map(Self.text).joined(separator: "\n\n")
        case .json: try jsonText(Document(journals: journals.map { Document.Entry($0.place, $0.check) }))
        }
    }

    private static func text(_ entry: Entry) -> String {
        let (place, check) = (entry.place, entry.check)
        var lines = ["\(place.location): \(isClean(check) ? "ok" : "has problems")"]
        if check.series.isEmpty { lines.append("  no rows: \(entry.sampleHint ?? "is this the right place?")") }
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
package struct JournalSeriesDocument: Encodable {
    package let symbol: String
    package let strategy: String?
    package let paramsId: String?
    package let mode: String?
    package let ok: Bool
    package let rows: Int
    package let start: String?
    package let end: String?
    package let missing: [String]
    package let doubled: [String]
    package let partial: [Wrong]
    package let noSession: [String]
    package let wrong: [Wrong]
    package let short: [Short]
    package let synthetic: [String]
    package let dataEnd: String?

    package struct Short: Encodable {
        package let date: String
        package let completeness: Double
    }

    package struct Wrong: Encodable {
        package let date: String
        package let problem: String
    }

    package init(_ series: JournalCheck.Series) {
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
