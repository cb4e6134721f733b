import PlaybookCore

/// What a result is worth, in one of seven grades, with the reasons.
public struct Verdict: Sendable, Hashable {
    /// The grades, in the order in which they are looked for.
    public enum Grade: String, Sendable, Hashable, CaseIterable {
        case tooFew = "too-few"
        case noEdge = "no-edge"
        case likelyLuck = "likely-luck"
        case untested
        case doesNotHold = "does-not-hold"
        case fragile
        case holds

        /// One fixed sentence.
        public var sentence: String {
            switch self {
            case .tooFew: "There are too few trades to say anything."
            case .noEdge: "After costs the average trade is not clearly above zero."
            case .likelyLuck: "The best of so many sets is likely to be luck."
            case .untested: "Nothing speaks against it yet, but a test is missing."
            case .doesNotHold: "It does not hold outside the sessions that it was chosen on."
            case .fragile: "It holds, but on a narrow spot: a small change of a parameter or of the costs ends it."
            case .holds: "It holds in every test made here; that says nothing certain about the future."
            }
        }
    }

    /// The grade.
    public let grade: Grade
    /// Why, each with its numbers; what failed or is missing, not for the grade alone.
    public let reasons: [String]
    /// Tried, found, outside, against, verdict.
    public let lines: [String]

    /// Fewer trades say nothing.
    public static let fewestTrades = 100
    /// Fewer trades out of sample, or more skipped windows than half, do not count as a test.
    static let fewestTradesOutside = 30
    /// From so many windows on their results are looked at one by one.
    static let fewestWindows = 8
    /// The 95% point of the normal distribution, on one side.
    static let limit = 1.645

    /// The verdict on a set.
    public init(_ evidence: Evidence) {
        var failed: [(grade: Grade, reason: String)] = []
        func note(_ grade: Grade, _ reason: String) { failed.append((grade, reason)) }
        let few = evidence.trades < Self.fewestTrades
        if few {
            note(.tooFew, "\(counted(evidence.trades, "trade")), fewer than \(Self.fewestTrades)\(evidence.enough)")
        }
        if !evidence.hasEdge { note(.noEdge, evidence.edgeReason) }
        evidence.luck.forEach { note(.likelyLuck, $0) }
        evidence.missing.forEach { note(.untested, $0) }
        if evidence.isOutsideTested { evidence.outsideFailures.forEach { note(.doesNotHold, $0) } }
        evidence.fragility.forEach { note(.fragile, $0) }
        grade = Grade.allCases.first { grade in failed.contains { $0.grade == grade } } ?? .holds
        reasons = failed.map(\.reason)
        lines = [
            "Tried: \(evidence.tried)", "Found: \(evidence.found)", "Outside: \(evidence.outside)",
            "Against: \(evidence.against(reasons))", "Verdict: \(grade.rawValue). \(grade.sentence)",
        ]
    }
}
