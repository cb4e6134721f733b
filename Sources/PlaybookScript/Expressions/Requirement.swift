import PlaybookCore
import PlaybookReading

/// What a number that is made of numbers and parameters alone must be like.
struct Requirement: Sendable {
    enum Rule: Sendable, Hashable {
        case any
        /// A whole number of bars, 1 or more.
        case period
        /// A whole number of bars, 0 or more.
        case back
        case positive
        /// A length of time of whole bars.
        case length
        /// A part of the position, above 0 and at most 1.
        case share
        /// A whole number, 1 or more.
        case count
        /// A whole number, 0 or more.
        case pause
        /// 0 or more.
        case notNegative

        var noun: String {
            switch self {
            case .any, .positive, .notNegative: "a number"
            case .period, .back, .pause: "a number of bars"
            case .length: "a length of time"
            case .share: "a share such as 50%"
            case .count: "a whole number"
            }
        }

        /// What it is to be, in words.
        func wish(_ timeframe: Timeframe) -> String {
            switch self {
            case .any: "a number"
            case .period: "a whole number of bars, 1 to \(Requirement.mostBars)"
            case .back: "a whole number of bars, 0 to \(Requirement.mostBars)"
            case .positive: "above 0"
            case .length: "a whole number of \(timeframe) bars"
            case .share: "above 0 and at most 100%"
            case .count: "a whole number, 1 or more"
            case .pause: "a whole number of bars, 0 or more"
            case .notNegative: "0 or more"
            }
        }

        /// Whether a number is so.
        func allows(_ number: Double, _ timeframe: Timeframe) -> Bool {
            let isWhole = number == number.rounded()
            return switch self {
            case .any: number.isFinite
            case .period: isWhole && number >= 1 && number <= Double(Requirement.mostBars)
            case .back: isWhole && number >= 0 && number <= Double(Requirement.mostBars)
            case .positive: number > 0 && number.isFinite
            case .length:
                number > 0 && number <= 1440
                    && (number * 60).truncatingRemainder(dividingBy: Double(timeframe.seconds)) == 0
            case .share: number > 0 && number <= 1 + 1e-9
            case .count: isWhole && number >= 1 && number <= 1e9
            case .pause: isWhole && number >= 0 && number <= Double(Requirement.mostBars)
            case .notNegative: number >= 0 && number.isFinite
            }
        }
    }

    /// The longest look back, in bars.
    static let mostBars = 10_000

    let term: Term
    let rule: Rule
}
