/// Several writers that get the same rows, side by side: one that fails does not stop the others.
public struct TradeWriterGroup: Sendable {
    /// The writers, in the order they were chosen.
    public let writers: [any TradeWriter]

    /// The group of `writers`.
    public init(_ writers: [any TradeWriter]) { self.writers = writers }

    /// Hands `records` to every writer and makes them durable; what became of each, in the order of `writers`.
    public func finish(_ records: [JournalRecord]) async -> [WriteOutcome] {
        await each { writer in
            try await writer.write(records)
            return try await writer.finalize()
        }
    }

    /// What `finish` would do, in the order of `writers`; writes nothing.
    public func preview(_ records: [JournalRecord]) async -> [WriteOutcome] {
        await each { writer in
            try await writer.write(records)
            return try await writer.preview()
        }
    }

    private func each(
        _ work: @escaping @Sendable (any TradeWriter) async throws -> WriteReceipt
    ) async -> [WriteOutcome] {
        await withTaskGroup(of: (Int, WriteOutcome).self) { group in
            for (index, writer) in writers.enumerated() {
                group.addTask { (index, await WriteOutcome(writer.place) { try await work(writer) }) }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}

/// What became of a run's rows at one place.
public struct WriteOutcome: Sendable {
    /// Where.
    public let place: JournalPlace
    /// What was done, or why it was not.
    public let result: Result<WriteReceipt, PlaybookError>

    /// What was done.
    public var receipt: WriteReceipt? { try? result.get() }
    /// Why it was not.
    public var error: PlaybookError? { if case .failure(let error) = result { error } else { nil } }

    init(_ place: JournalPlace, _ work: () async throws -> WriteReceipt) async {
        self.place = place
        do {
            result = .success(try await work())
        } catch let error as PlaybookError {
            result = .failure(error)
        } catch is CancellationError {
            result = .failure(
                PlaybookError(.tryAgain, "\(place.location): the run was cancelled", nextStep: "Run it again."))
        } catch {
            result = .failure(PlaybookError(.cannotWrite, "\(place.location): \(error)"))
        }
    }
}
