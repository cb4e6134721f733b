import PlaybookCore
import PlaybookScript

/// The ways in which a request says which sessions to run.
enum SessionChoice: CaseIterable, Sendable {
    /// Nothing is said: the session that ends today in its market.
    case today
    /// `date`.
    case day
    /// `start` and `end`.
    case range
    /// `catch_up`, and where to start.
    case catchUp

    /// The schema's name in the OpenAPI document.
    var schemaName: String {
        switch self {
        case .today: "BacktestToday"
        case .day: "BacktestDay"
        case .range: "BacktestRange"
        case .catchUp: "BacktestCatchUp"
        }
    }

    /// What it means.
    var summary: String {
        switch self {
        case .today: "The session that ends today in its market"
        case .day: "One date"
        case .range: "Every session from one date through another"
        case .catchUp: "Every session that is over and has no row yet"
        }
    }

    /// The choice that the fields of a request make.
    init(_ draft: RequestDraft) {
        self =
            if draft.catchUp == true {
                .catchUp
            } else if draft.date != nil {
                .day
            } else if draft.start != nil || draft.end != nil {
                .range
            } else {
                .today
            }
    }
}

/// The fields of a request as they were read.
struct RequestDraft {
    /// The known markets, the default one first.
    let markets: [Market]
    var symbols: [Symbol]?
    var start: CivilDate?
    var end: CivilDate?
    var date: CivilDate?
    var catchUp: Bool?
    var strategy: String?
    /// A playbook that comes with the request.
    var script: Script?
    var parameters: [String: String] = [:]
    var isDryRun = false
}
