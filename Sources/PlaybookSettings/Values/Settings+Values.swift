public import PlaybookCore

extension Settings {
    /// The symbols of requests that name none; nil when none are set.
    ///
    /// - Throws: a `PlaybookError` when the value is not a list of symbols.
    public func symbolsIfSet() throws -> [Symbol]? { self[.symbols] == nil ? nil : try symbols() }

    /// The symbols, in the order given, each once.
    package func symbols() throws -> [Symbol] {
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
    package func symbolMarkets(_ symbols: [Symbol]? = nil) throws -> SymbolMarkets {
        SymbolMarkets(try symbols ?? symbolsOfCertainMarkets(), among: try markets())
    }

    package func symbolsOfCertainMarkets() throws -> [Symbol] {
        let others = symbolsOfAnyMarket()
        return try (symbolsIfSet() ?? []).filter { !others.contains($0.name) }
    }

    /// Those of the symbols that this task takes, of several that share them; all when it is the only one.
    package func taskShare(of symbols: [Symbol]) throws -> (symbols: [Symbol], task: String?) {
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
    package func minimumCompleteness() throws -> Double {
        let text = self[.minimumCompleteness] ?? ""
        guard let share = Double(text), (0...1).contains(share) else {
            throw wrong(.minimumCompleteness, "'\(text)' is not a number from 0 to 1")
        }
        return share
    }
}
