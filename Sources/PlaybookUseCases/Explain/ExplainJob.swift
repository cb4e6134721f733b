package import PlaybookCore
package import PlaybookScript

/// The use case behind `playbook explain`: why sessions went as they did by a playbook.
public struct ExplainJob: Sendable {
    private let script: Script
    /// The playbook, made for the first symbol's market.
    private let playbook: Playbook
    private let parameters: [String: String]
    private let symbols: [Symbol]
    private let sessions: ClosedRange<CivilDate>
    private let market: MarketData
    private let minimumCompleteness: Double
    private let warnings: [String]

    /// A job.
    ///
    /// - Parameters:
    ///   - playbook: what `script` is made into for the first symbol's market, and what is doubtful about it.
    ///   - parameters: those that differ from the playbook's defaults.
    ///   - sessions: first and last date.
    package init(
        _ script: Script, _ playbook: ChosenPlaybook, parameters: [String: String], symbols: [Symbol],
        sessions: ClosedRange<CivilDate>, market: MarketData, minimumCompleteness: Double
    ) {
        (self.script, self.parameters, self.symbols, self.sessions) = (script, parameters, symbols, sessions)
        (self.playbook, warnings) = (playbook.playbook, playbook.warnings)
        (self.market, self.minimumCompleteness) = (market, minimumCompleteness)
    }

    /// Why sessions went as they did.
    public struct Result: Sendable {
        package struct Section: Sendable {
            package let symbol: Symbol
            package let explanations: [Explanation]
        }

        package let name: String
        package let parametersID: String
        package let parameters: String
        package let source: String
        package let setups: [String]
        package let sections: [Section]
        /// What is doubtful about the playbook.
        public let warnings: [String]
    }

    /// Loads the bars and explains each session.
    ///
    /// - Parameter bars: whether each bar is told of.
    /// - Throws: a `PlaybookError` when there are no bars.
    public func run(bars: Bool) async throws -> Result {
        var sections: [Result.Section] = []
        for symbol in symbols {
            let calendar = symbol.market.calendar
            guard !calendar.sessions(from: sessions.lowerBound, through: sessions.upperBound).isEmpty else {
                let (first, last) = (sessions.lowerBound, sessions.upperBound)
                throw PlaybookError(
                    .usage,
                    first == last
                        ? "\(symbol.market) has no session on \(first), a \(first.weekday.name)"
                        : "\(symbol.market) has no session from \(first) to \(last)",
                    nextStep: "\(.run(.showCalendar)) lists sessions.")
            }
            let playbook =
                symbol.market == self.playbook.market
                ? self.playbook : try script.made(parameters, symbol.market)
            let request = HistoryRequest(symbol: symbol, sessions: sessions, playbooks: [playbook])
            let history = try await HistoryLoader(source: market.source).load(request)
            var explainer = try Explainer(script, parameters: parameters, history: history)
            let explanations = explainer.explain(
                bars: bars, minimumCompleteness: minimumCompleteness, dataSource: market.source.label)
            sections.append(Result.Section(symbol: symbol, explanations: explanations))
        }
        return Result(
            name: script.name, parametersID: playbook.parametersID, parameters: playbook.parameters.differences,
            source: market.source.label, setups: script.setupNames, sections: sections, warnings: warnings)
    }
}
