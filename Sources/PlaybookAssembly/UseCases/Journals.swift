package import PlaybookCore
package import PlaybookSettings
package import PlaybookUseCases

extension JournalCopy {
    /// A copy from one journal to another, each a kind of writer, whose settings count, or a place; `target` may be a file
    /// whose name ends with `.parquet`.
    package init(from source: String, to target: String, settings: Settings) throws {
        let journal = try settings.journal(source, flag: "--from")
        if target.lowercased().hasSuffix(".parquet"), !target.contains("://") {
            self.init(from: journal, to: ParquetRows(path: target))
        } else {
            try self.init(from: journal, to: settings.journal(target, flag: "--to"))
        }
    }
}

extension JournalRows {
    /// Reads the rows that `selection` asks for from the journal that `settings` choose.
    ///
    /// - Throws: a `PlaybookError`; also when the journal has nothing of a symbol, strategy, parameter set or mode asked for.
    package init(settings: Settings, selection: JournalSelection) async throws {
        try await self.init(settings.journal(), selection: selection)
    }
}

extension JournalSelection {
    /// Asks for one parameter set of a playbook only.
    ///
    /// - Parameters:
    ///   - strategy: the playbook; nil for that of the settings.
    ///   - parameters: those that differ from the playbook's defaults.
    /// - Throws: a `PlaybookError` that names the playbook or the parameter at fault.
    package mutating func narrow(to settings: Settings, strategy: String?, parameters: [String: String]) throws {
        try narrow(
            to: settings, strategy: strategy, parameters: parameters, symbols: settings.symbolsIfSet() ?? [])
    }
}

extension JournalStatus {
    /// Reads the journals that `settings` choose.
    ///
    /// - Parameter parameters: those that differ from the playbook's defaults; rows of others do not count.
    package init(settings: Settings, parameters: [String: String] = [:]) async throws {
        let settings = try await settings.loaded()
        let strategy = try settings.strategy(nil, overrides: parameters)
        let symbols = try settings.symbolsIfSet().map { Set($0.map(\.name)) }
        let markets = try settings.symbolMarkets()
        let now = try settings.clock().now()
        let source: Source =
            settings.isSampleChosen ? .sample : (try? settings.sourceName()) == nil ? .none : .other
        let question = Question(
            strategy: strategy, symbols: symbols, markets: markets, certain: try settings.symbolsOfCertainMarkets(),
            source: source, minimumCompleteness: try settings.minimumCompleteness(), now: now,
            runs: try await RunOverview(settings: settings))
        try await self.init(settings.journals(), question)
    }
}

extension JournalVerification {
    /// Checks the journals that `settings` choose. Sessions that are not over yet need no row.
    package init(settings: Settings, selection: JournalSelection) async throws {
        let now = try settings.clock().now()
        try await self.init(
            settings.journals(), selection: selection, markets: settings.symbolMarkets(),
            certain: settings.symbolsOfCertainMarkets(), minimumCompleteness: settings.minimumCompleteness(), now: now)
    }
}

extension JournalUpgradeJob {
    /// An upgrade of the journals that `settings` choose.
    package init(settings: Settings) throws { self.init(try settings.journals()) }
}

extension RunOverview {
    /// What the journal's runs have left; nil where runs are not remembered.
    ///
    /// - Throws: a `PlaybookError`.
    package init?(settings: Settings) async throws {
        guard try settings.remembersRuns() else { return nil }
        try await self.init(settings.journals().first, expected: settings.expectedRuntime())
    }
}

extension Settings: TriedRun {}

extension Doctor {
    /// A doctor for a run under `settings`.
    package init(settings: Settings) { self.init(settings) }
}
