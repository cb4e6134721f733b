public import PlaybookCore
import PlaybookScript

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

    /// A job wired from `settings`.
    ///
    /// - Parameters:
    ///   - sessions: first and last date.
    ///   - parameters: those that differ from the playbook's defaults.
    /// - Throws: a `PlaybookError` that names the setting, file or parameter at fault.
    public init(
        settings: Settings, sessions: ClosedRange<CivilDate>, parameters: [String: String] = [:]
    ) throws {
        let chosen = try settings.chosenScript(nil)
        script = chosen.script
        self.parameters = parameters
        symbols = try settings.symbols()
        let made = try settings.playbook(chosen, parameters, for: symbols)
        playbook = made.playbook
        warnings = made.warnings
        self.sessions = sessions
        market = try settings.marketData()
        minimumCompleteness = try settings.minimumCompleteness()
    }

    /// Loads the bars and explains each session.
    ///
    /// - Parameter bars: whether each bar is told of.
    /// - Throws: a `PlaybookError` when there are no bars.
    public func run(bars: Bool) async throws -> ExplanationReport {
        var sections: [ExplanationReport.Section] = []
        for symbol in symbols {
            let calendar = symbol.market.calendar
            guard !calendar.sessions(from: sessions.lowerBound, through: sessions.upperBound).isEmpty else {
                let (first, last) = (sessions.lowerBound, sessions.upperBound)
                throw PlaybookError(
                    .usage,
                    first == last
                        ? "\(symbol.market) has no session on \(first), a \(first.weekday.name)"
                        : "\(symbol.market) has no session from \(first) to \(last)",
                    nextStep: "'trading-playbook calendar' lists sessions.")
            }
            let playbook =
                symbol.market == self.playbook.market
                ? self.playbook : try Settings.made(script, parameters, symbol.market)
            let request = HistoryRequest(symbol: symbol, sessions: sessions, playbooks: [playbook])
            let history = try await HistoryLoader(source: market.source).load(request)
            var explainer = try Explainer(script, parameters: parameters, history: history)
            let explanations = explainer.explain(
                bars: bars, minimumCompleteness: minimumCompleteness, dataSource: market.source.label)
            sections.append(ExplanationReport.Section(symbol: symbol, explanations: explanations))
        }
        return ExplanationReport(
            name: script.name, parametersID: playbook.parametersID, parameters: playbook.parameters.differences,
            source: market.source.label, setups: script.setupNames, sections: sections, warnings: warnings)
    }
}
