import PlaybookCore

extension Settings {
    /// Checks every setting that has a value.
    ///
    /// - Throws: a `PlaybookError` that names the first one that is wrong.
    public func validate() throws {
        if self[.symbols] != nil { _ = try symbols() }
        if self[.dataSource] != nil || (try? sourceName()) != nil { _ = try marketData() }
        _ = try flag(.strict)
        _ = try strategy(overrides: [:])
        _ = try minimumCompleteness()
        _ = try clock()
        _ = try journals()
    }

    /// The symbols, in the order given, each once.
    func symbols() throws -> [Symbol] {
        guard let text = self[.symbols] else { throw wrong(.symbols, "no symbol was given") }
        var symbols: [Symbol] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let name = part.drop { $0 == " " }
            guard let symbol = Symbol(name.last == " " ? name.dropLast() : name) else {
                throw wrong(.symbols, "'\(part.prefix(40))' is not a ticker symbol")
            }
            if !symbols.contains(symbol) { symbols.append(symbol) }
        }
        return symbols
    }

    /// The strategy with its parameters.
    func strategy(overrides: [String: String]) throws -> any Strategy {
        let name = self[.strategy] ?? ""
        guard StrategyCatalog.descriptors.contains(where: { $0.name == name }) else {
            let names = StrategyCatalog.descriptors.map(\.name).joined(separator: ", ")
            throw wrong(.strategy, "no strategy '\(name)': there are \(names)")
        }
        do {
            return try StrategyCatalog.strategy(name, overrides: overrides)
        } catch let error as ParameterError {
            throw PlaybookError(
                .usage, "--param: \(error)",
                nextStep: "'trading-playbook strategies' lists parameters and their ranges.")
        }
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
