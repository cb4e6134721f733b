package import PlaybookCore

extension Journal {
    /// Checks that the journal has something of each symbol, strategy, parameter set and mode that `selection` asks for,
    /// on whatever date: an answer about nothing would look like an answer.
    ///
    /// - Throws: a `PlaybookError` that names what is not there, and what is.
    package func requireAll(of selection: JournalSelection, found records: [JournalRecord]) async throws {
        let missing = (selection.symbols ?? []).subtracting(records.map(\.key.symbol))
        let asksForSeries = selection.strategy != nil || selection.parametersID != nil || selection.mode != nil
        guard !missing.isEmpty || records.isEmpty && asksForSeries else { return }
        let sessions = try await reader.collect(JournalSelection(), into: JournalSessions())
        let matching = sessions.series.filter(selection.asksFor)
        let absent = missing.subtracting(matching.map(\.symbol)).sorted()
        guard !absent.isEmpty || missing.isEmpty && matching.isEmpty else { return }
        let what = [
            absent.isEmpty ? nil : absent.joined(separator: ", "), selection.strategy.map { "the playbook \($0)" },
            selection.parametersID.map { "the parameters \($0)" }, selection.mode.map { "the mode \($0.rawValue)" },
        ].compactMap { $0 }
        let there = sessions.series.map { "\($0.symbol) (\($0.strategy) \($0.parametersID))" }
        let some = there.prefix(10).joined(separator: ", ") + (there.count > 10 ? " and \(there.count - 10) more" : "")
        throw PlaybookError(
            .badData, "\(place.location) has no rows of \(what.joined(separator: ", "))",
            nextStep: there.isEmpty
                ? sampleHint.map { Remedy($0) } ?? "It has no rows at all: check the place." : "It has \(some).")
    }
}

extension JournalSelection {
    /// Asks for one parameter set of a playbook only.
    ///
    /// - Parameters:
    ///   - strategy: the playbook; nil for the usual one.
    ///   - parameters: those that differ from the playbook's defaults.
    ///   - symbols: those whose market counts where the playbook names none.
    /// - Throws: a `PlaybookError` that names the playbook or the parameter at fault.
    package mutating func narrow(
        to shelf: any PlaybookShelf, strategy: String?, parameters: [String: String], symbols: [Symbol]
    ) throws {
        let playbook = try shelf.strategyAlone(strategy, overrides: parameters, symbols: symbols).playbook
        self.strategy = playbook.name
        parametersID = playbook.parametersID
    }

    /// Whether it asks for rows of a series, on some date.
    fileprivate func asksFor(_ series: JournalSeries) -> Bool {
        (symbols?.contains(series.symbol) ?? true) && (strategy.map { $0 == series.strategy } ?? true)
            && (parametersID.map { $0 == series.parametersID } ?? true) && (mode.map { $0 == series.mode } ?? true)
    }
}
