public import PlaybookCore
import PlaybookScript

extension Settings {
    /// Checks every setting that has a value.
    ///
    /// - Throws: a `PlaybookError` that names the first one that is wrong.
    public func validate() throws {
        _ = try markets()
        if self[.symbols] != nil { _ = try taskShare(of: symbols()) }
        if self[.dataSource] != nil || (try? sourceName()) != nil { _ = try marketData() }
        _ = try flag(.strict)
        _ = try flag(.dataDailyAdjusted)
        // Those in a bucket are read when they are needed.
        if fetchedPlaybooks != nil || !(self[.playbookDirectory] ?? "").hasPrefix("gs://")
            || BuiltInPlaybooks.names.contains(self[.strategy] ?? "")
        {
            _ = try strategy(nil, overrides: [:])
        }
        _ = try allowsInlinePlaybooks()
        _ = try minimumCompleteness()
        _ = try clock()
        try requireLastingJournal()
        _ = try journals()
        _ = try serverAddress()
        _ = try serverNames()
        _ = try serviceBudget()
        _ = try identityRules()
        _ = try eventLog { _, _ in true }
        _ = try notifier()
        _ = try heartbeat()
    }

    /// The symbols, in the order given, each once.
    func symbols() throws -> [Symbol] {
        guard let text = self[.symbols] else {
            throw PlaybookError(
                .configuration, "SYMBOLS: no symbol was given, and \(fileSearch)",
                nextStep: readsFile
                    ? "Set SYMBOLS=QQQ,SPY there or in the environment, name the file with --env-file, or add --symbol QQQ."
                    : "Set SYMBOLS=QQQ,SPY in the environment, or add --symbol QQQ."
            )
        }
        do {
            let symbols = try Symbol.list(placed(text), markets: markets())
            if let twice = symbols.first(where: { one in symbols.contains { $0.name == one.name && $0 != one } }) {
                throw wrong(.symbols, "\(twice) is named with two markets: a journal has one for each symbol")
            }
            return symbols
        } catch let error as NoSymbol {
            throw wrong(.symbols, "\(error)")
        }
    }

    /// A list of symbols; those of the command line that name no market have that of SYMBOLS in the environment or the
    /// file where these name them, unless the command line says of which market they are.
    private func placed(_ text: String) -> String {
        guard isFlag(.symbols), !isFlag(.market) else { return text }
        let usual = usualSymbolsByName
        guard !usual.isEmpty else { return text }
        return text.split(separator: ",", omittingEmptySubsequences: false).map { word in
            guard let name = Self.nameAlone(word), let symbol = usual[name] else { return String(word) }
            return "\(name)@\(symbol.market)"
        }.joined(separator: ",")
    }

    /// The ticker that a word is; nil where it names its market too, or is none.
    private static func nameAlone(_ word: Substring) -> String? {
        // Tickers of that market have every character that there may be.
        Symbol(word.filter { $0 != " " }, market: .roundTheClock)?.name
    }

    /// The symbols of the environment or the file; none where these are not right.
    private var usualSymbolsByName: [String: Symbol] {
        guard let usualSymbols, let markets = try? markets(),
            let symbols = try? Symbol.list(usualSymbols, markets: markets)
        else { return [:] }
        return Dictionary(symbols.map { ($0.name, $0) }) { first, _ in first }
    }

    /// The tickers of the command line of which nothing says which market they are of: the rows of a journal may.
    private func symbolsOfAnyMarket() -> Set<String> {
        guard isFlag(.symbols), !isFlag(.market), let text = self[.symbols] else { return [] }
        return Set(text.split(separator: ",").compactMap(Self.nameAlone)).subtracting(usualSymbolsByName.keys)
    }

    /// The known markets, the default one first.
    public func markets() throws -> [Market] {
        let source = try? sourceName()
        let isDeribit = source == .deribit && chosen(.sessionStart) == nil
        guard let start = TimeOfDay(isDeribit ? "08:00" : self[.sessionStart] ?? "") else {
            throw wrong(.sessionStart, "'\((self[.sessionStart] ?? "").prefix(40))' is not a time HH:MM")
        }
        let all = knownMarkets.map { $0 == .roundTheClock && start.minutes != 0 ? .roundTheClock(start: start) : $0 }
        var name = self[.market] ?? ""
        if let source, source == .binance || source == .deribit {
            if let market = chosen(.market), market.lowercased() != Market.roundTheClockID.lowercased() {
                throw contradiction(
                    .dataSource, .market,
                    "what \(source.rawValue) has is traded round the clock, on the market "
                        + "\(Market.roundTheClockID)")
            }
            name = Market.roundTheClockID
        }
        guard let usual = all.first(where: { $0.id.lowercased() == name.lowercased() }) else {
            let names = all.map(\.id).joined(separator: ", ")
            throw wrong(.market, "no market '\(name.prefix(40))': there are \(names)")
        }
        return [usual] + all.filter { $0 != usual }
    }

    /// Which market each symbol of a journal is traded on, as far as settings tell.
    ///
    /// - Parameter symbols: those whose markets are certain; nil for those of the settings that say it.
    func symbolMarkets(_ symbols: [Symbol]? = nil) throws -> SymbolMarkets {
        SymbolMarkets(try symbols ?? symbolsOfCertainMarkets(), among: try markets())
    }

    private func symbolsOfCertainMarkets() throws -> [Symbol] {
        let others = symbolsOfAnyMarket()
        return try (symbolsIfSet() ?? []).filter { !others.contains($0.name) }
    }

    /// Checks that the rows of a journal are of the markets that symbols are said to be of.
    ///
    /// - Throws: a `PlaybookError` that says how a symbol of another market is to be named.
    func requireMarkets(of rows: JournalSessions, in place: JournalPlace) throws {
        for symbol in try symbolsOfCertainMarkets() {
            guard let noted = rows.market(of: symbol.name), noted != symbol.market.id else { continue }
            throw PlaybookError(
                .badData,
                "\(place.location): the rows of \(symbol) are of the market \(noted), and the settings say \(symbol.market)",
                nextStep: "Name it \(symbol)@\(noted), in SYMBOLS or behind --symbol.")
        }
    }

    /// Those of the symbols that this task takes, of several that share them; all when it is the only one.
    func taskShare(of symbols: [Symbol]) throws -> (symbols: [Symbol], task: String?) {
        let pairs: [(index: Setting, count: Setting)] = [(.taskIndex, .taskCount), (.completionIndex, .completions)]
        let chosen = pairs.filter { self[$0.index] != nil || self[$0.count] != nil }
        guard let pair = chosen.first else { return (symbols, nil) }
        guard chosen.count == 1 else {
            throw contradiction(pairs[0].index, pairs[1].index, "a task is one of Cloud Run's or of Kubernetes'")
        }
        guard let count = Int(self[pair.count] ?? ""), (1...10_000).contains(count) else {
            throw wrong(pair.count, "there must be a number of tasks, 1 to 10000, beside \(pair.index.name)")
        }
        guard let index = Int(self[pair.index] ?? ""), (0..<count).contains(index) else {
            throw wrong(pair.index, "there must be a number from 0 to \(count - 1), as there are \(count) tasks")
        }
        let share = symbols.enumerated().filter { $0.offset % count == index }.map(\.element)
        return (share, "task \(index) of \(count)")
    }

    /// The share of bars that a session needs, 0 to 1.
    func minimumCompleteness() throws -> Double {
        let text = self[.minimumCompleteness] ?? ""
        guard let share = Double(text), (0...1).contains(share) else {
            throw wrong(.minimumCompleteness, "'\(text)' is not a number from 0 to 1")
        }
        return share
    }

    /// What time it is.
    func clock() throws -> any WallClock {
        guard let text = self[.now] else { return SystemClock() }
        guard let instant = Instant(text) else { throw wrong(.now, "'\(text)' is not an instant 2025-11-04T21:30:00Z") }
        return FixedClock(instant)
    }
}
