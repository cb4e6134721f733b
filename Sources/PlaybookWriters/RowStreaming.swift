public import PlaybookCore

/// A reader that reads on the thread that calls it, from this machine.
public protocol LocalJournalReader: JournalReader {
    /// As `read` does, without giving up the thread.
    func readHere(_ selection: JournalSelection, _ body: (borrowing JournalLine) throws -> Void) throws
}

/// A writer that takes another journal's rows over as they are read, so that they need not all be in memory.
public protocol StreamingTradeWriter: TradeWriter {
    /// Puts the rows that `selection` asks for in their places, and makes them durable: what `write` and `finalize` do.
    ///
    /// - Returns: what was done; nil, and nothing was, when the rows do not come in the order of their keys, each once, or
    ///   hold something that people have added: they have to be read as a whole then.
    /// - Throws: a `PlaybookError`; what was there before still is, and the call may be repeated.
    func takeOver(_ selection: JournalSelection, of reader: any LocalJournalReader) async throws -> WriteReceipt?
}
