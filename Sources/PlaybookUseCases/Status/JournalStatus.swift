package import PlaybookCore

/// How the journals of the settings' playbook stand, for `status`.
public struct JournalStatus: Sendable {
    package let playbook: String
    package let now: Instant
    /// How runs went of late; nil where they are not remembered.
    package let runs: RunOverview?
    package let journals: [Entry]

    /// How one journal stands.
    package struct Entry: Sendable {
        package let place: JournalPlace
        package let standing: JournalStanding
        package let others: Int
        package let synthetic: Int
        package let change: RulesChange?
    }

    /// That newer rows than those of the playbook as it is are of other rules.
    package struct RulesChange: Sendable {
        package let date: CivilDate
        package let parametersID: String
    }

    /// Which kind of bars is chosen.
    package enum Source: Sendable, Hashable {
        case none, sample, other
    }

    /// Which rows are looked at, and what is known beside them.
    package struct Question: Sendable {
        /// The playbook: rows of others do not count.
        package var strategy: Playbook
        /// The symbols; nil for all.
        package var symbols: Set<String>?
        package var markets: SymbolMarkets
        /// Symbols whose markets are certain: rows of another one are refused.
        package var certain: [Symbol]
        package var source: Source
        /// The share of bars that a session needs, 0 to 1.
        package var minimumCompleteness: Double
        package var now: Instant
        /// How runs went of late; nil where they are not remembered.
        package var runs: RunOverview?

        package init(
            strategy: Playbook, symbols: Set<String>?, markets: SymbolMarkets, certain: [Symbol], source: Source,
            minimumCompleteness: Double, now: Instant, runs: RunOverview?
        ) {
            (self.strategy, self.symbols, self.markets, self.certain) = (strategy, symbols, markets, certain)
            (self.source, self.minimumCompleteness, self.now, self.runs) = (source, minimumCompleteness, now, runs)
        }
    }

    /// Reads the journals.
    package init(_ places: [Journal], _ question: Question) async throws {
        let (strategy, symbols, markets) = (question.strategy, question.symbols, question.markets)
        now = question.now
        let own = JournalSelection(strategy, symbols: symbols)
        var tallies: [Tally] = []
        for journal in places {
            tallies.append(
                try await journal.reader.survey(
                    JournalSelection(symbols: symbols),
                    into: Tally(
                        own: own, parameters: strategy.parameters.differences, now: now, question.source, markets)))
        }
        for (journal, tally) in zip(places, tallies) {
            try tally.counted.sessions.requireMarkets(of: question.certain, in: journal.place)
        }
        playbook = "\(strategy.name) \(strategy.parametersID)"
        let standings = try await JournalStanding.all(
            tallies.map(\.counted), of: places, symbols: symbols, now: now,
            minimumCompleteness: question.minimumCompleteness, markets: markets)
        runs = question.runs
        mixedFeeds = zip(places, tallies).flatMap { journal, tally in
            tally.feeds.lines.map { "\(journal.place.location): \($0)" }
        }
        journals = zip(places, zip(tallies, standings)).map { journal, pair in
            let (tally, standing) = pair
            var change = tally.changed
            if let date = change?.date, let last = standing.lastSession, last >= date { change = nil }
            return Entry(
                place: journal.place, standing: standing, others: tally.others, synthetic: tally.leftOut, change: change
            )
        }
    }

    /// The rows that count, and how many do not. Those of synthetic bars do not count for a real source; where none is
    /// chosen they count when there are no others.
    private struct Tally: JournalAccumulating {
        private var survey: JournalSurvey
        private var synthetic: JournalSurvey
        private let own: JournalSelection
        private let isSample: Bool
        private let isSourceChosen: Bool
        private(set) var others = 0
        private(set) var feeds = FeedMixture()
        private let parameters: String
        /// The newest row of the same playbook with parameters that are written alike, and another digest: the rules, or
        /// defaults, were others.
        private(set) var changed: RulesChange?

        init(
            own: JournalSelection, parameters: String, now: Instant, _ source: Source, _ markets: SymbolMarkets
        ) {
            self.own = own
            self.parameters = parameters
            isSample = source == .sample
            isSourceChosen = source != .none
            survey = JournalSurvey(now: now, skipsSynthetic: !isSample, markets: markets)
            synthetic = JournalSurvey(now: now, markets: markets)
        }

        private var countsSynthetic: Bool { !isSourceChosen && survey.sessions.isEmpty }

        /// The rows that count.
        var counted: JournalSurvey { countsSynthetic ? synthetic : survey }

        /// How many rows of synthetic bars do not.
        var leftOut: Int { countsSynthetic ? 0 : survey.sessions.syntheticRows }

        mutating func add(_ line: borrowing JournalLine) throws {
            guard own.contains(line) else {
                others += 1
                note(line)
                return
            }
            try survey.add(line)
            if !isSourceChosen, line.isSynthetic { try synthetic.add(line) }
            feeds.add(line)
        }

        private mutating func note(_ line: borrowing JournalLine) {
            guard line[.strategy] == own.strategy, line[.parameters] == parameters,
                line[.mode] == JournalMode.backtest.rawValue, own.symbols?.contains(line[.symbol]) ?? true,
                changed.map({ $0.date <= line.tradeDate }) ?? true
            else { return }
            changed = RulesChange(date: line.tradeDate, parametersID: line[.parametersID])
        }

        mutating func merge(_ later: Tally) {
            if let other = later.changed, changed.map({ $0.date <= other.date }) ?? true { changed = other }
            survey.merge(later.survey)
            synthetic.merge(later.synthetic)
            others += later.others
            feeds.merge(later.feeds)
        }
    }

    /// A line for each symbol of each journal that has rows of several feeds.
    public let mixedFeeds: [String]

    /// Whether every journal has its row for every session that is over.
    public var isClean: Bool { journals.allSatisfy(\.standing.isClean) }
}

extension JournalSessions {
    /// Checks that the rows of a journal are of the markets that symbols are said to be of.
    ///
    /// - Throws: a `PlaybookError` that says how a symbol of another market is to be named.
    package func requireMarkets(of symbols: [Symbol], in place: JournalPlace) throws {
        for symbol in symbols {
            guard let noted = market(of: symbol.name), noted != symbol.market.id else { continue }
            throw PlaybookError(
                .badData,
                "\(place.location): the rows of \(symbol) are of the market \(noted), and the settings say \(symbol.market)",
                nextStep: "Name it \(symbol)@\(noted), in \(.set(.symbols)).")
        }
    }
}

extension JournalStanding {
    /// How it went of late, in one line.
    package var recentLine: String {
        [
            "\(counted(recent.trades, "trade")) in \(counted(recent.sessions, "session"))",
            recent.winRate.map { "won \(fixed($0 * 100, 1))%" },
            recent.expectancy.map { "expectancy \(signed($0, 3)) R" },
            "drawdown \(fixed(recent.maximumDrawdown, 2)) USD",
        ].compactMap { $0 }.joined(separator: ", ")
    }
}
