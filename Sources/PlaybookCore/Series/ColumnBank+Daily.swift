extension ColumnBank {
    /// A number of the daily bars before the session.
    func dailyValue(_ node: ColumnNode) -> Double {
        let row = nodes[node.a].row
        guard rows[row].first - node.n >= 0 else { return .nan }
        // A function over a window looks itself how old its bars are.
        if node.code == 1, rows[row].isTooOld(-node.n, 1) { return .nan }
        fill(node.a, -node.n, 1 - node.n)
        return states[node.a].values[-node.n]
    }

    /// The mean of the n daily closes before the session, of sums that are exact.
    @inline(__always)
    func dailyMean(_ node: UnsafeMutablePointer<ColumnNode>) -> Double {
        let (row, n) = (rows + nodes[node.pointee.a].row, node.pointee.n)
        let end = row.pointee.first + 1
        guard end >= n, !row.pointee.isTooOld(0, n) else { return .nan }
        if row.pointee.lastSplit <= end - n { return history.dailySums.sum((end - n)..<end) / Double(n) }
        guard slice == asOf else {
            fill(node.pointee.a, 0, 1)
            return states[node.pointee.a].values[0]
        }
        return SimpleMovingAverage(period: n).value(before: source.slices[slice], in: history) ?? .nan
    }
}

// MARK: - How much has to be loaded

extension SeriesGraph {
    /// Sessions within which so many daily bars have to lie, as many as for their mean.
    static func lookBack(_ bars: Int) -> Int { SimpleMovingAverage(period: bars).lookBackSessions }

    /// A week of sessions before a session is loaded at least, however few bars decide its values.
    static let fewestSessions = 5

    /// How many bars before the first needed one decide a node's values.
    private func bars(_ node: ColumnNode) -> Int { max(node.depth, node.operation == .pivot ? node.ahead : 0) }

    /// How many daily bars before a session decide its values.
    public var dailyBars: Int {
        let deepest = nodes.filter { rows[$0.row] == .daily && !$0.isSession }.map(bars).max() ?? 0
        let means = nodes.filter { $0.operation == .dailyMean }.map(\.n).max() ?? 0
        return max(deepest, means, sameTimes.map(\.graph.dailyBars).max() ?? 0)
    }

    /// How many sessions before a session its daily bars may lie.
    public var dailyLookBack: Int { dailyBars > 0 ? Self.lookBack(dailyBars) : 0 }

    /// The lengths in minutes of the longer bars that are read.
    public var longerMinutes: Set<Int> {
        Set(rows.compactMap { if case .longer(let minutes, _) = $0 { minutes } else { nil } })
            .union(sameTimes.flatMap(\.graph.longerMinutes))
    }

    /// Sessions before a session that hold all bars that decide its values, even when all of them close early; at least 5.
    ///
    /// - Parameter hours: those of the market.
    public func warmUpSessions(of timeframe: Timeframe, in hours: MarketHours = Market.xnys.hours) -> Int {
        var most = Self.fewestSessions
        for node in nodes where !node.isSession {
            switch rows[node.row] {
            case .own: most = max(most, ColumnBank.sessions(bars(node), timeframe.seconds, hours))
            case .longer(let minutes, _):
                most = max(most, ColumnBank.sessions(bars(node), Int64(minutes) * 60, hours) + 1)
            case .daily: break
            }
            if node.fast >= 0 {
                most = max(
                    most,
                    node.code == 0
                        ? averages[node.fast].warmUpSessions(of: timeframe, in: hours)
                        : ranges[node.fast].warmUpSessions(of: timeframe, in: hours))
            }
        }
        for part in sameTimes {
            most = max(most, Self.lookBack(part.sessions) + 1 + part.graph.warmUpSessions(of: timeframe, in: hours))
        }
        return most
    }
}
