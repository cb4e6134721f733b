import PlaybookCore

extension JournalReader {
    /// As `collect`; an error about a row names the command that lists such rows.
    func survey<Accumulator: JournalAccumulating>(
        _ selection: JournalSelection, into start: Accumulator
    ) async throws -> Accumulator {
        do {
            return try await collect(selection, into: start)
        } catch let error as PlaybookError {
            throw error.withCommandForRows
        }
    }
}

extension PlaybookError {
    /// The error; one about a journal's row that says no next step is given the command that lists such rows.
    var withCommandForRows: PlaybookError {
        guard code == .badData, remedy == nil else { return self }
        return PlaybookError(code, facts, nextStep: "\(.run(.verifyJournal)) lists such rows.")
    }
}
