public import PlaybookCore
import PlaybookFileSystem
import PlaybookReports

/// The use case behind `chart`: one session of one symbol as a picture.
public struct ChartJob: Sendable {
    private let settings: Settings
    private let parameters: [String: String]
    private let date: CivilDate

    /// A chart of the session on `date`, of the symbol, the playbook and the source that `settings` choose.
    public init(settings: Settings, parameters: [String: String], date: CivilDate) {
        self.settings = settings
        self.parameters = parameters
        self.date = date
    }

    /// What came of it: the picture, and how its session ended in words.
    public struct Result: Sendable {
        /// The picture, an SVG file.
        public let svg: [UInt8]
        public let notes: [String]
        public let warnings: [String]
    }

    /// Draws it.
    ///
    /// - Throws: a `PlaybookError`.
    public func run() async throws -> Result {
        let symbols = try settings.symbols()
        guard let symbol = symbols.first, symbols.count == 1 else {
            throw PlaybookError(
                .usage, "a chart is of one symbol, not of \(symbols.count)", nextStep: "Name one with --symbol.")
        }
        guard let session = symbol.market.calendar.session(on: date) else {
            throw PlaybookError(
                .usage, "\(date) is not a trading day of \(symbol)",
                nextStep: "'trading-playbook calendar' lists the sessions.")
        }
        let chosen = try settings.chosenScript(nil)
        let playbook = try settings.playbook(chosen, parameters, for: symbols).playbook
        let request = HistoryRequest(symbol: symbol, sessions: date...date, playbooks: [playbook])
        let minimum = try settings.minimumCompleteness()
        let (history, market, isOther) = try await settings.marketData().settled {
            try await HistoryLoader(source: $0.source).load(request)
        }
        let rows = Backtest(history: history).journal(
            playbook, minimumCompleteness: minimum, dataSource: market.source.label, runID: "")
        let drawing = SessionDrawing(
            history: history, playbook: playbook, script: chosen.script, parameters: parameters,
            minimumCompleteness: minimum)
        guard let chart = drawing.charts(of: rows)[session.date] else {
            throw PlaybookError(
                .sourceUnavailable, "\(market.source.label) has no bars of \(symbol) on \(date)",
                nextStep: "Ask for a session that the data covers, or add the missing data.")
        }
        return Result(
            svg: chart.file(), notes: rows.map(\.notes),
            warnings: (isOther ? [MarketData.feedWarning] : [])
                + history.doubts(minimumCompleteness: minimum).map(\.description))
    }
}
