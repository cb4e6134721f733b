import PlaybookCore
import PlaybookScript
public import PlaybookUseCases

extension ExplainJob.Result {
    /// The explanations in `format`.
    ///
    /// - Parameter color: whether to use the terminal's colours.
    public func text(_ format: ReportFormat, color: Bool) throws -> String {
        switch format {
        case .table:
            let paint = Paint(isOn: color)
            return sections.flatMap { section in
                section.explanations.map { lines(section.symbol, $0, paint).joined(separator: "\n") }
            }.joined(separator: "\n\n")
        case .json: return try jsonText(Document(self))
        }
    }

    private func lines(_ symbol: Symbol, _ explanation: Explanation, _ paint: Paint) -> [String] {
        let date = explanation.date
        var lines = [paint.bold("\(name) on \(symbol), \(date) (\(date.weekday.name))")]
        lines += wrapped("Parameters \(parameters), bars of \(source): \(explanation.bars) of \(explanation.due)")
        if source == "sample" { lines.append(paint.yellow("SYNTHETIC DATA: built-in sample bars, not the market")) }
        if explanation.bars == 0 { return lines + ["", "The session has no bars."] }
        if !explanation.filters.isEmpty {
            lines += ["", "Filters"]
            for filter in explanation.filters {
                let mark =
                    filter.holds == true
                    ? paint.green("yes") : filter.holds == false ? paint.red("no ") : paint.yellow("?  ")
                lines += Self.led("  \(mark)  ", 7, "\(filter.name): \(filter.rule)\(Self.numbers(filter.numbers))")
            }
        }
        if !explanation.events.isEmpty { lines += ["", "What happened"] }
        for event in explanation.events {
            let time = event.time.map { "\($0)" } ?? "     "
            let lead = setups.count > 1 ? "\(event.setup): " : ""
            let painted = paint.event(event.kind, time)
            lines += Self.led("  \(painted)  ", 9, "\(lead)\(event.text)\(Self.numbers(event.numbers))")
        }
        if !explanation.barLines.isEmpty { lines += [""] + Self.table(explanation.barLines) }
        lines += ["", paint.bold("Journal")]
        for row in explanation.rows { lines += Self.led("  ", 2, Self.words(row)) }
        return lines
    }

    private static func numbers(_ numbers: [(name: String, value: String)]) -> String {
        numbers.isEmpty ? "" : " (\(numbers.map { "\($0.name) \($0.value)" }.joined(separator: ", ")))"
    }

    /// A text behind a lead that may be painted, on as many lines as it takes.
    private static func led(_ lead: String, _ width: Int, _ text: String) -> [String] {
        let lines = wrapped(text, to: pageWidth - width)
        return lines.enumerated().map { ($0 == 0 ? lead : String(repeating: " ", count: width)) + $1 }
    }

    private static func words(_ row: JournalRow) -> String {
        guard let trade = row.trade else { return "no trade (\(row.noTrade)): \(row.notes)" }
        let multiple = trade.rMultiple.map { ", \(signed($0, 2)) R" } ?? ""
        return
            "trade \(row.tradeNumber) of \(row.trades), \(row.side.map(\.rawValue) ?? "") from \(trade.entryTime) to \(trade.exitTime): "
            + "\(signed(trade.net, 2)) USD\(multiple), \(trade.exitReason)"
            + (trade.isAmbiguous == true ? "; a bar could not tell what came first" : "")
    }

    /// A line a bar.
    private static func table(_ bars: [Explanation.Bar]) -> [String] {
        let names = bars.first?.values.map(\.name) ?? []
        var table = TextTable(["Bar", "Open", "High", "Low", "Close"] + names + ["Held"])
        for bar in bars {
            let prices = [bar.open, bar.high, bar.low, bar.close].map { fixed($0, 2) }
            table.add(["\(bar.time)"] + prices + bar.values.map(\.value) + [bar.held.joined(separator: " ")])
        }
        return table.lines(leftAligned: [0, 5 + names.count])
    }

    // MARK: - JSON

    /// Schema `trading-playbook/explanation/1`.
    private struct Document: Encodable {
        let schema = "trading-playbook/explanation/1"
        let strategy: String
        let paramsId: String
        let params: String
        let dataSource: String
        let sessions: [Session]

        init(_ report: ExplainJob.Result) {
            strategy = report.name
            paramsId = report.parametersID
            params = report.parameters
            dataSource = report.source
            sessions = report.sections.flatMap { section in
                section.explanations.map { Session(section.symbol, $0) }
            }
        }

        struct Session: Encodable {
            let symbol: String
            let date: String
            let bars: Int
            let barsDue: Int
            let filters: [Filter]
            let events: [Event]
            let barLines: [Bar]?
            let rows: [[String: String]]

            init(_ symbol: Symbol, _ explanation: Explanation) {
                self.symbol = symbol.name
                date = explanation.date.description
                bars = explanation.bars
                barsDue = explanation.due
                filters = explanation.filters.map(Filter.init)
                events = explanation.events.map(Event.init)
                barLines = explanation.barLines.isEmpty ? nil : explanation.barLines.map(Bar.init)
                rows = explanation.rows.map { row in
                    let record = JournalRecord(row)
                    return Dictionary(
                        uniqueKeysWithValues: JournalColumn.allCases.map { ($0.name, record[$0]) })
                }
            }
        }

        struct Filter: Encodable {
            let name: String
            let rule: String
            let holds: Bool?
            let numbers: [String: String]

            init(_ filter: Explanation.Filter) {
                (name, rule, holds) = (filter.name, filter.rule, filter.holds)
                numbers = Dictionary(filter.numbers.map { ($0.name, $0.value) }, uniquingKeysWith: { one, _ in one })
            }
        }

        struct Event: Encodable {
            let time: String?
            let kind: String
            let setup: String
            let text: String
            let numbers: [String: String]

            init(_ event: Explanation.Event) {
                (time, kind, setup, text) = (event.time?.description, event.kind, event.setup, event.text)
                numbers = Dictionary(event.numbers.map { ($0.name, $0.value) }, uniquingKeysWith: { one, _ in one })
            }
        }

        struct Bar: Encodable {
            let time: String
            let open, high, low, close: Double
            let values: [String: String]
            let held: [String]

            init(_ bar: Explanation.Bar) {
                time = bar.time.description
                (open, high, low, close, held) = (bar.open, bar.high, bar.low, bar.close, bar.held)
                values = Dictionary(bar.values.map { ($0.name, $0.value) }, uniquingKeysWith: { one, _ in one })
            }
        }
    }
}

extension Paint {
    /// The time of an event, in the colour of its kind.
    package func event(_ kind: String, _ time: String) -> String {
        switch kind {
        case "entry": green(time)
        case "exit": bold(time)
        case "ended", "missing", "withdrawn": yellow(time)
        default: time
        }
    }
}
