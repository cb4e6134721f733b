/// Sessions asked for that look back at bars which the source does not give any more. They have no row: it would depend on
/// the day on which the bars were fetched.
struct ForgottenSessions {
    /// The sessions, ascending.
    private(set) var dates: [CivilDate] = []
    /// The place among those covered of the first session that is run; nil when there is none.
    private(set) var requestedFrom: Int?
    /// The first session that all it looks back at is there of.
    private let first: CivilDate?

    init(_ request: HistoryRequest, _ intraday: IntradayBars, _ coverage: SessionCoverage) {
        requestedFrom = coverage.requestedFrom
        let calendar = request.symbol.market.calendar
        guard let forgotten = intraday.forgottenBefore, let oldest = calendar.sessionIndex(onOrAfter: forgotten) else {
            first = nil
            return
        }
        let sessions = calendar.allSessions
        let index = min(oldest + request.warmUpSessions, sessions.count - 1)
        let first = sessions[index].date
        self.first = first
        dates = calendar.sessions(from: request.sessions.lowerBound, through: request.sessions.upperBound).map(\.date)
            .filter { $0 < first }
        requestedFrom = coverage.requestedFrom.flatMap { from in
            coverage.sessions[from...].firstIndex { $0.date >= first }
        }
    }

    /// What is said of them; nil without any.
    func warning(_ request: HistoryRequest, _ source: String) -> DataWarning? {
        text(request, source).map { DataWarning(symbol: request.symbol, message: NeutralText($0)) }
    }

    /// What a run says that has no other session; nil when it is not for their sake.
    func error(_ request: HistoryRequest, _ source: String) -> PlaybookError? {
        guard let text = text(request, source), let first
        else { return nil }
        return PlaybookError(
            .sourceUnavailable, "\(request.symbol): \(text)", nextStep: "Ask for sessions from \(first) on.")
    }

    private func text(_ request: HistoryRequest, _ source: String) -> String? {
        guard let start = dates.first, let end = dates.last, let first else { return nil }
        let which = dates.count == 1 ? "the session of \(start) is" : "\(dates.count) sessions, \(start) to \(end), are"
        return "\(which) left out: \(source) does not give all the bars any more that they look back at; "
            + "\(counted(request.warmUpSessions, "session")) before each are needed, so that \(first) is the first"
    }
}
