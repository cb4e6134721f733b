public import PlaybookCore
package import PlaybookResearch

/// The use case behind `monte-carlo --kind entries`: does the moment of the entry matter?
public struct EntryPermutationJob: Sendable {
    private let needs: any ResearchNeeds

    /// A job.
    package init(_ needs: any ResearchNeeds) { self.needs = needs }

    /// What came of it.
    public struct Result: Sendable {
        package let name: String
        package let dates: ClosedRange<CivilDate>
        package let source: String
        package let draws: Int
        package let seed: UInt64
        package let found: EntryPermutation
    }

    /// Runs the usual playbook over the sessions, and draws other entries.
    public func run(
        _ parameters: [String: String], _ dates: ClosedRange<CivilDate>, draws: Int, seed: UInt64
    ) async throws -> Result {
        let symbols = try needs.symbols()
        let choice = try await PlaybookChoice(needs, nil, for: symbols)
        let market = symbols[0].market
        guard symbols.allSatisfy({ $0.market == market }) else {
            throw PlaybookError(.usage, "the symbols are of several markets", nextStep: "Name those of one.")
        }
        let playbook: Playbook
        do {
            playbook = try choice.make(parameters, market)
        } catch let error as ParameterError {
            throw PlaybookError(.usage, "\(.named(.parameters)): \(error)")
        }
        let (histories, source, _) = try await needs.marketData().settled { source in
            var histories: [BarHistory] = []
            for symbol in symbols {
                histories.append(
                    try await HistoryLoader(source: source.source).load(
                        HistoryRequest(symbol: symbol, sessions: dates, playbooks: [playbook])))
            }
            return histories
        }
        let found = EntryPermutation(
            playbook, over: histories, minimumCompleteness: try needs.minimumCompleteness(), draws: draws, seed: seed
        )
        guard let found else {
            throw PlaybookError(
                .usage, "\(choice.name) has no trade in these sessions", nextStep: "Ask for more sessions.")
        }
        let name = "\(choice.name) \(playbook.parametersID) on \(symbols.map(\.name).joined(separator: ", "))"
        return Result(
            name: name, dates: dates, source: source.source.label, draws: draws, seed: seed, found: found)
    }
}
