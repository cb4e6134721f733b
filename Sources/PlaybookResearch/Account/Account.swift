public import PlaybookCore

/// A trade as an account meets it.
public struct AccountTrade: Sendable, Hashable {
    /// The session.
    public var date: CivilDate
    /// What trades that enter at the same time are ordered by.
    public var symbol, strategy, parametersID: String
    public var number: Int
    /// When the entry bar and the last exit bar opened, in seconds since 1970-01-01T00:00:00Z.
    public var entryAt, exitAt: Int64
    /// Price of the entry, and shares as the journal has them.
    public var entry, shares: Double
    /// Net P&L of these shares in USD.
    public var net: Double
    /// Risk of a share in price units; nil without a stop.
    public var riskPerShare: Double?

    /// A trade.
    public init(
        date: CivilDate, symbol: String, strategy: String, parametersID: String, number: Int, entryAt: Int64,
        exitAt: Int64, entry: Double, shares: Double, net: Double, riskPerShare: Double?
    ) {
        self.date = date
        self.symbol = symbol
        self.strategy = strategy
        self.parametersID = parametersID
        self.number = number
        self.entryAt = entryAt
        self.exitAt = exitAt
        self.entry = entry
        self.shares = shares
        self.net = net
        self.riskPerShare = riskPerShare
    }

    /// Whether it is taken before another one.
    static func isBefore(_ one: AccountTrade, _ other: AccountTrade) -> Bool {
        if one.entryAt != other.entryAt { return one.entryAt < other.entryAt }
        if one.symbol != other.symbol { return one.symbol < other.symbol }
        if one.strategy != other.strategy { return one.strategy < other.strategy }
        if one.parametersID != other.parametersID { return one.parametersID < other.parametersID }
        return one.number < other.number
    }
}

/// How an account takes trades.
public struct AccountRules: Sendable, Hashable {
    /// The money at the start, in USD.
    public var capital = 100_000.0
    /// The share of the equity at its entry that each trade risks; nil: shares as the journal has them.
    public var risk: Double?
    /// Whether returns compound: equity x (1 + P&L / capital). With `risk` they do anyway.
    public var isCompounded = false
    /// Positions that may be open at the same time.
    public var maximumPositions: Int?
    /// The share of the equity that open positions may risk together.
    public var maximumRisk: Double?
    /// How many times the equity open positions may be worth together.
    public var leverage: Double?

    /// 100,000 USD, no rule.
    public init() {}
}

/// One account through which the trades of all symbols and playbooks go, in the order of their entries.
public struct Account: Sendable {
    /// A trade that was taken.
    public struct Taken: Sendable, Hashable {
        /// Its place among the trades given.
        public let place: Int
        /// What the account made of its shares; 1 where they stay as they are.
        public let scale: Double
        /// Net P&L in USD.
        public let net: Double
    }

    /// Why a trade was passed over.
    public enum PassedOver: String, Sendable, Hashable, CaseIterable {
        case noStop = "no-stop"
        case positions = "max-positions"
        case risk = "max-risk"
        case capitalLost = "capital-lost"
    }

    /// The trades taken, in the order of their entries.
    public let taken: [Taken]
    /// Trades whose quantity was cut to what the leverage allows.
    public let cut: Int
    /// Trades passed over, by reason.
    public let passedOver: [PassedOver: Int]

    /// Takes `trades` by `rules`.
    public init(_ trades: [AccountTrade], _ rules: AccountRules) {
        var (taken, cut, passedOver): ([Taken], Int, [PassedOver: Int]) = ([], 0, [:])
        var open: [(exitAt: Int64, net: Double, value: Double, risk: Double)] = []
        var equity = rules.capital
        let order = trades.indices.sorted { AccountTrade.isBefore(trades[$0], trades[$1]) }
        for place in order {
            let trade = trades[place]
            // What has ended strictly before the entry is in the equity.
            for position in open where position.exitAt < trade.entryAt { equity += position.net }
            open.removeAll { $0.exitAt < trade.entryAt }
            func pass(_ why: PassedOver) { passedOver[why, default: 0] += 1 }
            let unit = trade.riskPerShare.flatMap { $0 > 0 ? $0 : nil }
            guard equity > 0 || rules.risk == nil && rules.leverage == nil && rules.maximumRisk == nil else {
                pass(.capitalLost)
                continue
            }
            var shares = trade.shares
            if let risk = rules.risk {
                guard let unit else {
                    pass(.noStop)
                    continue
                }
                shares = equity * risk / unit
            }
            if let most = rules.maximumPositions, open.count >= most {
                pass(.positions)
                continue
            }
            var isCut = false
            if let leverage = rules.leverage {
                let room = max(0, leverage * equity - open.reduce(0) { $0 + $1.value })
                if shares * trade.entry > room { (shares, isCut) = (room / trade.entry, true) }
            }
            if let most = rules.maximumRisk {
                guard let unit else {
                    pass(.noStop)
                    continue
                }
                guard open.reduce(shares * unit, { $0 + $1.risk }) <= most * equity * (1 + 1e-12) else {
                    pass(.risk)
                    continue
                }
            }
            if isCut { cut += 1 }
            let scale = shares / trade.shares
            let net = trade.net * scale
            taken.append(Taken(place: place, scale: scale, net: net))
            open.append((trade.exitAt, net, shares * trade.entry, shares * (unit ?? 0)))
        }
        (self.taken, self.cut, self.passedOver) = (taken, cut, passedOver)
    }

    /// The account's daily series: P&L / equity before the session where each trade risks a share of the equity, else
    /// P&L / capital.
    ///
    /// - Parameter dates: the sessions of the range, ascending.
    public func series(
        _ trades: [AccountTrade], _ rules: AccountRules, dates: [CivilDate], sessionsPerYear: Int
    ) -> ReturnSeries {
        var byDate: [CivilDate: Double] = [:]
        for trade in taken { byDate[trades[trade.place].date, default: 0] += trade.net }
        var equity = rules.capital
        let returns = dates.map { date -> Double in
            let net = byDate[date] ?? 0
            guard rules.risk != nil else { return net / rules.capital }
            defer { equity += net }
            return equity > 0 ? net / equity : 0
        }
        return ReturnSeries(
            returns: returns, capital: rules.capital, isCompounded: rules.risk != nil || rules.isCompounded,
            sessionsPerYear: sessionsPerYear)
    }
}
