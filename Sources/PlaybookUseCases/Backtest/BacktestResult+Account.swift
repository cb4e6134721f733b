import PlaybookCore

extension BacktestResult {
    /// The same with an account that takes the trades of its rows.
    package func accounted(_ request: AccountRequest, bars: any BarProvider) async throws -> BacktestResult {
        guard !rows.isEmpty else { return self }
        var accounted = self
        accounted.account = JournalAccount(report: try await AccountReport(rows, request, bars))
        return accounted
    }
}
