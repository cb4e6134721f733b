public import PlaybookCore
public import PlaybookResearch

/// What a sweep or a walk-forward is asked to do, apart from the settings.
public struct ResearchRequest: Sendable {
    /// The symbols; nil for those of the settings.
    public var symbols: [Symbol]?
    /// The playbook; nil for that of the settings.
    public var strategy: String?
    /// Parameters that are the same for all sets, in the spelling that users write.
    public var fixed: [String: String] = [:]
    /// `name=first:last:step` or `name=value,value`, one for each parameter.
    public var grid: [String] = []
    /// What combinations must satisfy.
    public var conditions: [String] = []
    /// How many combinations to draw; nil for all.
    public var sample: Int?
    /// The seed of draws.
    public var seed: UInt64 = 1
    /// The first and the last session date.
    public var dates: ClosedRange<CivilDate>
    /// What sets are ranked by.
    public var metric = Metric.sharpe
    /// Sets with fewer trades are not ranked.
    public var minimumTrades = 30
    /// What returns refer to, in USD.
    public var capital = 100_000.0
    /// The windows of a walk-forward; nil for a sweep.
    public var windows: Windows?

    /// How a walk-forward goes.
    public struct Windows: Sendable {
        public var train, test: WindowLength
        public var isAnchored = false
        public var isPerSymbol = false

        /// Windows of these lengths.
        public init(train: WindowLength, test: WindowLength) { (self.train, self.test) = (train, test) }
    }

    /// A request for the sessions of a range.
    public init(dates: ClosedRange<CivilDate>) { self.dates = dates }
}
