extension SessionRun {
    /// The exits of the session so far, a trade's own by its `exits`; those of the open position at the end.
    public var exits: ContiguousArray<ExitPart> { position.parts }

    /// The bars at which the steps of a setup's latest attempt held, in their order.
    public func steps(of setup: Int) -> [Int] {
        guard verdict == nil, phase != .waiting else { return [] }
        return (0..<states[setup].held).map { Int(marks[plan.setups[setup].firstMark + $0].bar) }
    }

    /// What is known of the quality of a step in a setup's latest attempt: true when the step held, false when only bars
    /// without it came, nil when no bar had its condition.
    public func quality(of step: Int, in setup: Int) -> Bool? {
        guard verdict == nil, phase != .waiting else { return nil }
        return marks[plan.setups[setup].firstMark + step].quality
    }

    /// Why a setup's latest attempt led to no trade. Nil when it did, when its order was withdrawn, and before the open.
    public func noTrade(of setup: Int) -> NoTrade? {
        if let verdict { return verdict }
        guard phase != .waiting else { return nil }
        let state = states[setup]
        if let end = state.end { return end }
        if state.hasOrder { return .expired }
        return state.held < plan.setups[setup].stepCount ? .step(state.held) : nil
    }

    /// The setup that a row without a trade speaks of: the one whose latest attempt got furthest, the first among equals.
    public var described: Int {
        guard verdict == nil, phase != .waiting else { return 0 }
        var best = 0
        for setup in 1..<max(1, plan.setupCount) where states[setup].held > states[best].held { best = setup }
        return best
    }

    /// When the position of this session is left, in minutes since midnight; nil when that is unknown or not yet known.
    public var exitTime: Double? { verdict == nil && phase != .waiting ? exitMinute : nil }

    /// First and last time of a setup's window, in minutes since midnight; nil when one is unknown.
    public func window(of setup: Int) -> (from: Double, to: Double)? {
        guard verdict == nil, phase != .waiting else { return nil }
        let (from, to) = (states[setup].windowStart, states[setup].windowStop)
        return from.isNaN || to.isNaN ? nil : (from, to)
    }

    /// Whether the session is over for the plan: no trade is possible any more.
    public var isOver: Bool { phase == .over }
}
