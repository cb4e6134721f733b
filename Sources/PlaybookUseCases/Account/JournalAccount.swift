import PlaybookCore

/// What an account made of a journal's rows.
public struct JournalAccount: Sendable {
    package let report: AccountReport
}

extension JournalRows {
    /// Lets an account take the trades of all rows, of all symbols and playbooks.
    ///
    /// - Parameter minimumCompleteness: rows with less, or without any, are left out; nil for all rows.
    /// - Throws: a `PlaybookError`; also when rows are of several modes.
    package func account(
        _ request: AccountRequest, minimumCompleteness: Double?, bars: any BarProvider
    ) async throws -> JournalAccount {
        try records.requireEachOnce(in: place)
        let groups = try JournalStatistics.groups(of: records, minimumCompleteness: minimumCompleteness)
        guard Set(groups.map(\.mode)).count <= 1 else {
            throw PlaybookError(
                .usage, "the rows are of several modes, which no account has at the same time",
                nextStep: "Choose one with --mode.")
        }
        if let twice = Dictionary(grouping: groups, by: \.strategy).first(where: { $0.value.count > 1 }) {
            throw PlaybookError(
                .usage,
                "the rows are of \(twice.value.count) parameter sets of \(twice.key): an account takes one of each playbook",
                nextStep: "Choose one with --strategy and --param.")
        }
        return JournalAccount(report: try await AccountReport(groups.flatMap(\.rows), request, bars))
    }
}
