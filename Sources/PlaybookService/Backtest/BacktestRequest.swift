public import PlaybookCore

/// What a backtest is asked to do, apart from the settings.
public struct BacktestRequest: Sendable {
    /// The sessions asked for.
    public enum Dates: Sendable, Hashable {
        /// The sessions from the first date through the last.
        case range(CivilDate, CivilDate)
        /// The present date in New York.
        case today
    }

    /// The sessions.
    public var dates: Dates
    /// Strategy parameters that differ from the defaults, in the spelling that users write.
    public var parameters: [String: String]

    /// Whether to write nothing, and only look at what would be written.
    public var isDryRun: Bool

    /// A request.
    public init(dates: Dates, parameters: [String: String] = [:], isDryRun: Bool = false) {
        self.dates = dates
        self.parameters = parameters
        self.isDryRun = isDryRun
    }
}
