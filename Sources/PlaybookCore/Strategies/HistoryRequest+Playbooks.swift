extension HistoryRequest {
    /// A request for `symbol` from `sessions.lowerBound` through `sessions.upperBound`, for `playbooks`, which decide on
    /// bars of one length.
    ///
    /// - Parameter timeframe: length of the bars; nil for the playbooks' own, 2 minutes without one.
    public init(
        symbol: Symbol, sessions: ClosedRange<CivilDate>, playbooks: [Playbook], timeframe: Timeframe? = nil
    ) {
        self.symbol = symbol
        let timeframe = timeframe ?? playbooks.first?.plan.timeframe ?? .minutes(2)
        self.timeframe = timeframe
        for finer in playbooks.compactMap(\.plan.resolve) where !resolve.contains(finer) { resolve.append(finer) }
        sourceTimeframe = resolve.reduce(timeframe) { $0.commonDivisor(with: $1) }
        self.sessions = sessions
        warmUpSessions = playbooks.map { $0.warmUpSessions(of: timeframe) }.max() ?? 0
        for settling in playbooks.flatMap({ $0.settling(of: timeframe) }) where !self.settling.contains(settling) {
            self.settling.append(settling)
        }
        readsPremarket = playbooks.contains(where: \.readsPremarket)
        dailyLookBack = playbooks.map(\.dailyLookBack).max() ?? 0
    }
}

extension Series {
    /// Whether what it is made of are bars of the session's own length.
    var isOfBars: Bool {
        switch node {
        case .daily, .longer, .sameTime: false
        default: true
        }
    }

    /// How long an average takes to forget its start, in bars of `timeframe`; of longer bars, how long each within takes.
    func settling(of timeframe: Timeframe) -> [HistoryRequest.Settling] {
        func made(_ name: String, _ period: Int, _ weight: Double) -> [HistoryRequest.Settling] {
            [HistoryRequest.Settling(name: "\(name)(\(period))", bars: HistoryRequest.Settling.bars(weight: weight))]
        }
        switch node {
        case .average(let x, .exponential(let period)):
            return made(x == .trueRange ? "atr" : "ema", period, 2 / Double(period + 1))
        case .average(let x, .wilder(let period)):
            return made(x == .trueRange ? "atr-wilder" : "rma", period, 1 / Double(period))
        case .superTrend(let period, _, _): return made("supertrend", period, 1 / Double(period))
        case .longer(let minutes, let inner):
            var found: [HistoryRequest.Settling] = []
            inner.visit { part in
                found += part.settling(of: timeframe)
                return part.isOfBars
            }
            return found.map {
                HistoryRequest.Settling(
                    name: "bars(\(minutes)Min).\($0.name)", bars: $0.bars * minutes * 60 / Int(timeframe.seconds))
            }
        default: return []
        }
    }
}
