/// How a row came about: by a backtest, or by a session as it ran.
public enum JournalMode: String, Sendable, Hashable, CaseIterable, Comparable {
    case backtest
    case shadow
    case paper
    case live

    public static func < (left: JournalMode, right: JournalMode) -> Bool { left.rawValue < right.rawValue }
}

/// Whose rows: one symbol under one strategy and parameter set, in one mode.
public struct JournalSeries: Hashable, Sendable, Comparable {
    public var symbol: String
    public var strategy: String
    public var parametersID: String
    public var mode: JournalMode

    /// A series.
    public init(symbol: String, strategy: String, parametersID: String, mode: JournalMode = .backtest) {
        self.symbol = symbol
        self.strategy = strategy
        self.parametersID = parametersID
        self.mode = mode
    }

    public static func < (left: JournalSeries, right: JournalSeries) -> Bool {
        (left.symbol, left.strategy, left.parametersID, left.mode)
            < (right.symbol, right.strategy, right.parametersID, right.mode)
    }
}

/// A session of a series: what a run writes as a whole.
public struct JournalSession: Hashable, Sendable, Comparable {
    public var tradeDate: CivilDate
    public var series: JournalSeries

    /// The session of `series` on `tradeDate`.
    public init(_ tradeDate: CivilDate, _ series: JournalSeries) {
        self.tradeDate = tradeDate
        self.series = series
    }

    public static func < (left: JournalSession, right: JournalSession) -> Bool {
        left.tradeDate == right.tradeDate ? left.series < right.series : left.tradeDate < right.tradeDate
    }
}

/// The key of a row, in the order that rows are sorted by.
public struct JournalKey: Hashable, Sendable, Comparable {
    public var session: JournalSession
    /// 1, 2, … within the session; 1 without a trade.
    public var tradeNumber: Int

    /// The key of a session's row.
    public init(_ session: JournalSession, tradeNumber: Int = 1) {
        self.session = session
        self.tradeNumber = tradeNumber
    }

    public var tradeDate: CivilDate { session.tradeDate }
    public var symbol: String { session.series.symbol }
    public var strategy: String { session.series.strategy }
    public var parametersID: String { session.series.parametersID }
    public var mode: JournalMode { session.series.mode }

    public static func < (left: JournalKey, right: JournalKey) -> Bool {
        left.session == right.session ? left.tradeNumber < right.tradeNumber : left.session < right.session
    }
}

extension JournalKey: CustomStringConvertible {
    /// `QQQ 2024-11-04 (gap-fill, p0a1b2c3d)`, and the mode and the trade where they are not the usual ones.
    public var description: String {
        let mode = mode == .backtest ? "" : ", \(mode.rawValue)"
        let trade = tradeNumber == 1 ? "" : ", trade \(tradeNumber)"
        return "\(symbol) \(tradeDate) (\(strategy), \(parametersID)\(mode)\(trade))"
    }
}

extension JournalKey {
    /// The digits of a `params_id` without their letter, as rows of the first schema have them; other identifiers stay
    /// as they are.
    public static func bareIdentifier(_ identifier: String) -> String {
        var bytes = Array(identifier.utf8)
        guard bytes.first == JournalIdentifier.parameters else { return identifier }
        bytes.removeFirst()
        return bytes.withUnsafeBytes(JournalIdentifier.isBare) ? String(identifier.dropFirst()) : identifier
    }
}
