/// What each session of a range brought, as a share of the capital. Sessions without a trade are 0: leaving them out would
/// inflate every ratio.
public struct ReturnSeries: Sendable, Hashable {
    /// One return for each session.
    public let returns: [Double]
    /// What the returns refer to at the start, in USD.
    public let capital: Double
    /// Whether each return refers to what the ones before left, or all of them to the capital.
    public let isCompounded: Bool
    /// Sessions of a year of the market.
    public let sessionsPerYear: Int
    /// Mean, deviation and shape of the returns.
    public let moments: Moments

    /// The series of `returns`.
    public init(returns: [Double], capital: Double, isCompounded: Bool = false, sessionsPerYear: Int) {
        self.returns = returns
        self.capital = capital
        self.isCompounded = isCompounded
        self.sessionsPerYear = sessionsPerYear
        moments = Moments(returns)
    }

    /// The series of net P&L in USD: each is divided by the capital.
    public init(net: [Double], capital: Double, isCompounded: Bool = false, sessionsPerYear: Int) {
        self.init(
            returns: net.map { $0 / capital }, capital: capital, isCompounded: isCompounded,
            sessionsPerYear: sessionsPerYear)
    }

    /// The equity after each session, in USD.
    public var equity: [Double] {
        var (sum, product) = (1.0, 1.0)
        return returns.map { value in
            sum += value
            product *= 1 + value
            return capital * (isCompounded ? product : sum)
        }
    }

    /// The usual conventions need so many sessions to say anything.
    public static let fewestSessions = 30

    /// Fewer sessions, or none that differs, have no ratio of mean to deviation.
    var absence: Absence? {
        if returns.count < Self.fewestSessions { return .fewSessions }
        return moments.deviation > 0 ? nil : .noVariance
    }
}

/// The first four moments of a sample.
public struct Moments: Sendable, Hashable {
    /// How many values.
    public let count: Int
    /// Arithmetic mean.
    public let mean: Double
    /// Standard deviation, with n - 1; 0 where all values are equal, or there are fewer than two.
    public let deviation: Double
    /// Skewness, from biased moments: 0 for a normal distribution, and without deviation.
    public let skewness: Double
    /// Kurtosis, from biased moments: 3 for a normal distribution, and without deviation.
    public let kurtosis: Double

    /// The moments of `values`.
    public init(_ values: [Double]) {
        count = values.count
        let n = Double(values.count)
        let mean = values.isEmpty ? 0 : values.reduce(0, +) / n
        self.mean = mean
        guard values.count > 1, let first = values.first, values.contains(where: { $0 != first }) else {
            (deviation, skewness, kurtosis) = (0, 0, 3)
            return
        }
        var (second, third, fourth) = (0.0, 0.0, 0.0)
        for value in values {
            let distance = value - mean
            let square = distance * distance
            second += square
            third += square * distance
            fourth += square * square
        }
        deviation = (second / (n - 1)).squareRoot()
        let variance = second / n
        skewness = third / n / (variance * variance.squareRoot())
        kurtosis = fourth / n / (variance * variance)
    }

    /// Mean / deviation, of a session; nil without deviation.
    public var ratio: Double? { deviation > 0 ? mean / deviation : nil }

    /// `1 - g3 SR + (g4 - 1) / 4 SR^2`, which the variance of a Sharpe ratio of a session is in proportion to.
    public static func spread(_ ratio: Double, skewness: Double, kurtosis: Double) -> Double {
        1 - skewness * ratio + (kurtosis - 1) / 4 * ratio * ratio
    }

    /// The same for this sample's shape.
    func spread(_ ratio: Double) -> Double { Self.spread(ratio, skewness: skewness, kurtosis: kurtosis) }
}
