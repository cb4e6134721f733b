public import PlaybookCore
package import PlaybookScript

/// The use case behind `chart`: one session of one symbol as a picture.
public struct ChartJob: Sendable {
    private let inputs: Inputs
    private let date: CivilDate

    /// What a chart is made of.
    package struct Inputs: Sendable {
        package let symbols: [Symbol]
        /// Makes the playbook for the symbols.
        package let playbook: @Sendable () throws -> (script: Script, playbook: Playbook)
        /// The parameters that differ from the playbook's defaults.
        package let parameters: [String: String]
        /// Makes the source of bars.
        package let market: @Sendable () throws -> MarketData
        /// The share of the bars due that an order needs, 0 to 1.
        package let minimumCompleteness: Double
        package let drawing: any SessionDrawing

        package init(
            symbols: [Symbol], playbook: @escaping @Sendable () throws -> (script: Script, playbook: Playbook),
            parameters: [String: String], market: @escaping @Sendable () throws -> MarketData,
            minimumCompleteness: Double, drawing: any SessionDrawing
        ) {
            (self.symbols, self.playbook, self.parameters) = (symbols, playbook, parameters)
            (self.market, self.minimumCompleteness, self.drawing) = (market, minimumCompleteness, drawing)
        }
    }

    /// A chart of the session on `date`.
    package init(_ inputs: Inputs, date: CivilDate) { (self.inputs, self.date) = (inputs, date) }

    /// What came of it: the picture, and how its session ended in words.
    public struct Result: Sendable {
        /// The picture, an SVG file.
        public let svg: [UInt8]
        public let notes: [String]
        public let warnings: [NeutralText]
    }

    /// Draws it.
    ///
    /// - Throws: a `PlaybookError`.
    public func run() async throws -> Result {
        let symbols = inputs.symbols
        guard let symbol = symbols.first, symbols.count == 1 else {
            throw PlaybookError(
                .usage, "a chart is of one symbol, not of \(symbols.count)",
                nextStep: "Name one with \(.set(.symbols)).")
        }
        guard let session = symbol.market.calendar.session(on: date) else {
            throw PlaybookError(
                .usage, "\(date) is not a trading day of \(symbol)",
                nextStep: "\(.run(.showCalendar)) lists the sessions.")
        }
        let (script, playbook) = try inputs.playbook()
        let request = HistoryRequest(symbol: symbol, sessions: date...date, playbooks: [playbook])
        let minimum = inputs.minimumCompleteness
        let (history, market, isOther) = try await inputs.market().settled {
            try await HistoryLoader(source: $0.source).load(request)
        }
        let rows = Backtest(history: history).journal(
            playbook, minimumCompleteness: minimum, dataSource: market.source.label, runID: "")
        let drawing = DrawnSessions(
            history: history, playbook: playbook, script: script, parameters: inputs.parameters,
            minimumCompleteness: minimum, drawing: inputs.drawing)
        guard let chart = await drawing.charts(of: rows)[session.date] else {
            throw PlaybookError(
                .sourceUnavailable, "\(market.source.label) has no bars of \(symbol) on \(date)",
                nextStep: "Ask for a session that the data covers, or add the missing data.")
        }
        return Result(
            svg: chart.file(), notes: rows.map(\.notes),
            warnings: (isOther ? [MarketData.feedWarning] : [])
                + history.doubts(minimumCompleteness: minimum).map(\.neutralText))
    }
}
