package import PlaybookCore
package import PlaybookResearch

/// The sets of a grid as playbooks.
package struct ResearchSets: Sendable {
    package let choice: PlaybookChoice
    package let market: Market
    package let grid: Grid
    /// The playbooks, where there are few enough to keep them.
    private let made: [Playbook?]

    /// So many playbooks are kept: the next ones are made when they are needed.
    private static let mostKept = 20_000

    /// The sets that a request asks for.
    ///
    /// - Parameter check: told how many sets there are before any of them is made.
    package init(
        _ request: ResearchRequest, _ choice: PlaybookChoice, _ market: Market,
        check: (Int) throws(PlaybookError) -> Void = { _ in }
    ) throws {
        self.choice = choice
        self.market = market
        let axes = try request.grid.map { text throws(PlaybookError) in
            try GridAxis(text, of: choice.parameters, in: market)
        }
        let conditions = try request.conditions.map { text throws(PlaybookError) in
            try GridCondition(text, of: choice.parameters, in: market)
        }
        grid = try Grid(
            axes: axes, fixed: request.fixed, conditions: conditions, sample: request.sample, seed: request.seed,
            of: choice.parameters, in: market)
        let known = Set(choice.parameters.map(\.name))
        if let unknown = request.fixed.keys.filter({ !known.contains($0) }).min() {
            throw PlaybookError(
                .usage, "\(.named(.parameters)): no parameter '\(unknown)'",
                nextStep: "There are \(choice.parameters.map(\.name).joined(separator: ", ")).")
        }
        try check(grid.count)
        let (kept, sets) = (grid.count <= Self.mostKept ? grid.count : 0, grid)
        made = [Playbook?](count: kept, concurrently: { { try? choice.make(sets.overrides(of: $0), market) } })
    }

    /// A set's playbook; nil where the playbook refuses the combination.
    package func playbook(_ set: Int) -> Playbook? {
        set < made.count ? made[set] : try? choice.make(grid.overrides(of: set), market)
    }

    /// Why a set is refused; nil where it is not.
    package func refusal(_ set: Int) -> String? {
        do {
            _ = try choice.make(grid.overrides(of: set), market)
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// What the sets need of the bars before the sessions, by the length of their bars: as much as the one that needs most.
    package func historyRequests(_ symbol: Symbol, _ dates: ClosedRange<CivilDate>) -> [Timeframe: HistoryRequest] {
        var members: [Timeframe: [Playbook]] = [:]
        var requests: [Timeframe: HistoryRequest] = [:]
        for set in 0..<grid.count {
            guard let playbook = playbook(set) else { continue }
            let timeframe = playbook.plan.timeframe
            let one = HistoryRequest(symbol: symbol, sessions: dates, playbooks: [playbook])
            // Those that need no more than the ones before add nothing.
            if let all = requests[timeframe], all.covers(one) { continue }
            members[timeframe, default: []].append(playbook)
            requests[timeframe] = HistoryRequest(
                symbol: symbol, sessions: dates, playbooks: members[timeframe] ?? [])
        }
        return requests
    }

    /// A set's parameters that differ, in words.
    package func words(_ set: Int) -> String {
        let values = zip(grid.axes.map(\.name), grid.values(of: set)).map { "\($0)=\($1)" }
        return values.isEmpty ? "defaults" : values.joined(separator: " ")
    }

    /// All of a playbook's parameters in one line: what a trial is remembered by.
    package static func canonical(_ playbook: Playbook) -> String {
        playbook.parameters.canonical.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    }
}

extension HistoryRequest {
    /// Whether it asks for all that another one does.
    fileprivate func covers(_ other: HistoryRequest) -> Bool {
        warmUpSessions >= other.warmUpSessions && dailyLookBack >= other.dailyLookBack
            && (readsPremarket || !other.readsPremarket) && other.settling.allSatisfy(settling.contains)
            && other.resolve.allSatisfy(resolve.contains)
    }
}
