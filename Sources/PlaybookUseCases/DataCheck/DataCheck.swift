public import PlaybookCore

/// Gives the bars that are checked.
package protocol CheckedBars: BarProvider {
    /// The source without its cache.
    ///
    /// - Parameters:
    ///   - defects: where to note wrong lines of files instead of stopping at the first.
    ///   - understandings: where to note how files were understood.
    func bars(noting defects: DefectLog, _ understandings: UnderstandingLog) throws -> any MarketDataSource
}

/// The use case behind `data check`: what bars a source has, what is missing, and what is wrong.
public struct DataCheck: Sendable {
    private let source: any CheckedBars
    private let symbols: @Sendable () throws -> [Symbol]?
    private let clock: @Sendable () throws -> any WallClock
    private let threshold: Double
    private let dates: ClosedRange<CivilDate>?
    private let repairs: Bool

    /// A check of the chosen source; of what is in the cache where there is one.
    ///
    /// - Parameters:
    ///   - symbols: the symbols to look at; nil for all that are in the cache.
    ///   - threshold: the share of bars that a session needs, 0 to 1.
    ///   - dates: the dates to look at; nil for all that the source covers.
    ///   - repairs: whether damaged files of the cache are set aside and fetched again, and missing sessions fetched.
    package init(
        _ source: any CheckedBars, symbols: @escaping @Sendable () throws -> [Symbol]?,
        clock: @escaping @Sendable () throws -> any WallClock, threshold: Double, dates: ClosedRange<CivilDate>?,
        repairs: Bool
    ) {
        (self.source, self.symbols, self.clock, self.threshold) = (source, symbols, clock, threshold)
        (self.dates, self.repairs) = (dates, repairs)
    }

    /// What was found about one symbol.
    public struct Finding: Sendable {
        /// Whose bars.
        public let symbol: Symbol
        /// How the files were understood; empty for a source that has none.
        public var files: [FileUnderstanding] = []
        /// Length of the intraday bars; nil when they could not be read.
        public var timeframe: Timeframe?
        /// How many intraday bars, those outside regular hours included.
        public var bars = 0
        /// How many of them lie outside regular hours.
        public var barsOutsideSessions = 0
        /// First and last session looked at.
        public var sessions: ClosedRange<CivilDate>?
        /// How many sessions have all, too few, or none of their two-minute bars.
        public var completeSessions = 0
        public var incompleteSessions: [(date: CivilDate, bars: Int, expected: Int)] = []
        public var missingSessions: [CivilDate] = []
        /// Sessions that lack bars, but no more than the threshold allows.
        public var sessionsWithSmallGaps = 0
        /// Stretches of 15 minutes and more without bars, within sessions that have some.
        public var holes: [BarHole] = []
        /// How many daily bars; nil when they are derived from the intraday ones.
        public var dailyBars: Int?
        /// How many splits.
        public var splits = 0
        /// What was repaired.
        public var repairs: [String] = []
        /// What is doubtful.
        public var warnings: [NeutralText] = []
        /// What is wrong.
        public var errors: [NeutralText] = []

        /// Whether there is nothing to correct.
        public var isClean: Bool { errors.isEmpty && incompleteSessions.isEmpty && missingSessions.isEmpty }

        fileprivate mutating func note(_ error: PlaybookError) {
            let text = [error.facts, error.remedy?.text].compactMap { $0 }.joined(separator: ". ")
            if !errors.contains(text) { errors.append(text) }
        }
    }

    /// Looks at each symbol that is named; without any, at all that are in the cache.
    public func run() async throws -> [Finding] {
        let cached = try source.marketData().cached
        guard cached != nil || !repairs else {
            throw PlaybookError(
                .usage, "--repair repairs the cache, which the chosen source does not have",
                nextStep:
                    "Correct the files themselves, or choose a source that is fetched: alpaca, binance, yahoo or deribit."
            )
        }
        var findings: [Finding] = []
        for symbol in try await symbols(in: cached) {
            let defects = DefectLog()
            let understandings = UnderstandingLog()
            var finding = Finding(symbol: symbol)
            do {
                let source: any MarketDataSource
                if let cached {
                    try await lookAtFiles(cached, &finding)
                    source = cached.kept
                } else {
                    source = try self.source.bars(noting: defects, understandings)
                }
                try await look(source, threshold, &finding)
            } catch let error as PlaybookError {
                finding.note(error)
            }
            finding.files = understandings.all
            finding.errors += Set(defects.all.map(\.facts)).sorted(by: Self.byLine)
            findings.append(finding)
        }
        return findings
    }

    private func symbols(in cached: (any BarStock)?) async throws -> [Symbol] {
        if let named = try symbols() { return named }
        guard let cached else { return [] }
        let symbols = Set(try await cached.inventory(of: nil).entries.map(\.symbol).filter { !$0.market.isPremarket })
            .sorted()
        guard !symbols.isEmpty else {
            throw PlaybookError(
                .sourceUnavailable, "the cache \(cached.location) holds no bars",
                nextStep: .run(.fetchBars(symbol: "QQQ", from: "YYYY-MM-DD")))
        }
        return symbols
    }

    /// Damaged files and holes of the cache, repaired if that is asked for.
    private func lookAtFiles(_ cached: any BarStock, _ finding: inout Finding) async throws {
        if repairs { finding.repairs = try await cached.repair(finding.symbol) }
        let inventory = try await cached.inventory(of: finding.symbol)
        finding.errors += inventory.damagedSplits.map {
            "\(cached.location)/\($0.name) is damaged: \($0.problem)" as NeutralText
        }
        for entry in inventory.entries {
            finding.errors += entry.damaged.map {
                "\(cached.location)/\($0.name) is damaged: \($0.problem)" as NeutralText
            }
            if let first = entry.holes.first {
                let bars = "\(entry.timeframe) bars\(entry.symbol.market.isPremarket ? " before the open" : "")"
                finding.errors.append("\(bars) of \(entry.holes.count) sessions are missing, first \(first)")
            }
        }
    }

    private func look(_ source: any MarketDataSource, _ threshold: Double, _ finding: inout Finding) async throws {
        let market = finding.symbol.market
        let calendar = market.calendar
        let now = try clock().now()
        let today = market.clock.date(of: now)
        let asked = dates ?? calendar.supportedDates.lowerBound...min(today, calendar.supportedDates.upperBound)
        let intraday = try await source.intradayBars(
            of: finding.symbol, timeframe: .minutes(2), from: asked.lowerBound, through: asked.upperBound)
        finding.timeframe = intraday.timeframe
        finding.bars = intraday.bars.count
        do {
            finding.dailyBars = try await source.dailyBars(
                of: finding.symbol, from: asked.lowerBound, through: asked.upperBound)?.dates.count
        } catch let error as PlaybookError where error.code == .badData {
            finding.note(error)
        }
        finding.splits = try await source.splits(of: finding.symbol, through: asked.upperBound).count

        let covered = intraday.coverage ?? asked
        let first = max(asked.lowerBound, covered.lowerBound)
        let last = min(asked.upperBound, covered.upperBound)
        let sessions = calendar.sessions(from: first, through: max(first, last))
        guard first <= last, let start = sessions.first(where: { $0.close <= now }),
            let end = sessions.last(where: { $0.close <= now })
        else {
            throw PlaybookError(.sourceUnavailable, "no finished session between \(first) and \(last)")
        }
        var request = HistoryRequest(symbol: finding.symbol, sessions: start.date...end.date, playbooks: [])
        if finding.dailyBars != nil {
            // All daily bars there are, for they are compared with the intraday ones.
            request.dailyLookBack = max(1, calendar.sessions(from: asked.lowerBound, through: start.date).count - 1)
        }
        let loader = HistoryLoader(source: source)
        let history: BarHistory
        do {
            history = try await loader.load(request)
        } catch let error as PlaybookError where request.dailyLookBack > 0 {
            // What else there is to be said does not need them.
            finding.note(error)
            request.dailyLookBack = 0
            history = try await loader.load(request)
        }
        for slice in history.slices[history.requested] {
            finding.sessions = (finding.sessions?.lowerBound ?? slice.session.date)...slice.session.date
            if slice.presentBars == 0 {
                finding.missingSessions.append(slice.session.date)
            } else if slice.presentBars == slice.expectedBars {
                finding.completeSessions += 1
            } else if slice.completeness >= threshold - 1e-9 {
                finding.sessionsWithSmallGaps += 1
            } else {
                finding.incompleteSessions.append((slice.session.date, slice.presentBars, slice.expectedBars))
            }
        }
        finding.barsOutsideSessions = Self.outside(intraday, sessions)
        finding.holes = history.holes
        finding.warnings += history.doubts(minimumCompleteness: threshold).map(\.message)
    }

    /// How many of the source's bars lie outside regular hours.
    private static func outside(_ intraday: IntradayBars, _ sessions: ArraySlice<TradingSession>) -> Int {
        var inside = 0
        var index = 0
        let times = intraday.bars.times
        for session in sessions {
            while index < times.count, times[index] < session.open.secondsSinceEpoch { index += 1 }
            while index < times.count, times[index] < session.close.secondsSinceEpoch {
                index += 1
                inside += 1
            }
        }
        return times.count - inside
    }

    /// By file and line, of messages `FILE:LINE: …`.
    private static func byLine(_ left: NeutralText, _ right: NeutralText) -> Bool {
        func key(_ text: NeutralText) -> (String, Int) {
            let parts = text.description.split(separator: ":", maxSplits: 2)
            return (String(parts.first ?? ""), parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        }
        return key(left) < key(right)
    }
}
