import PlaybookCore

/// What the sets that have one value of a parameter give: quartiles of the metric, between two values by a straight line.
public struct MarginalEffect: Sendable, Hashable {
    /// The parameter.
    public let parameter: String
    /// Its value.
    public let value: String
    /// How many sets have it, those with too few trades or without the metric left out.
    public let sets: Int
    /// The quartiles; nil without a set.
    public let quartiles: [Double]?

    init(parameter: String, value: String, values: [Double]) {
        self.parameter = parameter
        self.value = value
        sets = values.count
        let sorted = values.sorted()
        quartiles = sorted.isEmpty ? nil : [0.25, 0.5, 0.75].map { BootstrapIntervals.quantile(sorted, $0) }
    }
}
