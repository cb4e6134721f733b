package import PlaybookCore

/// A journal: how it is written and read.
package struct Journal: Sendable {
    /// Makes a writer for one run.
    package let makeWriter: @Sendable () -> any TradeWriter
    /// Reads it back.
    package let reader: any JournalReader
    /// What runs keep beside it.
    package let memory: any JournalMemory
    /// The rules of the playbooks that have written to it.
    package let playbooks: any JournalMemory
    /// What runs leave of themselves beside it; nil where they are not kept.
    package let history: (any RunHistory)?
    /// Looks at the connection, where there is something to say of it.
    package var connection: (@Sendable () async throws -> NeutralText)?
    /// Takes another journal's rows over as they are read, where it can do that of this reader; nil, and nothing is done,
    /// where it cannot.
    package var takeOver: (@Sendable (JournalSelection, any JournalReader) async throws -> WriteReceipt?)?
    /// Its file, where it is one.
    package var file: (any FileJournal)?

    package init(
        makeWriter: @escaping @Sendable () -> any TradeWriter, reader: any JournalReader, memory: any JournalMemory,
        playbooks: any JournalMemory, history: (any RunHistory)? = nil
    ) {
        (self.makeWriter, self.reader, self.memory) = (makeWriter, reader, memory)
        (self.playbooks, self.history) = (playbooks, history)
    }

    /// The kind of journal and where it is.
    package var place: JournalPlace { reader.place }

    /// Where the sample's journal is, when there is none here but one of the sample beside it.
    package var sampleHint: String? { file?.sampleHint }
}

/// The file of a journal.
package protocol FileJournal: Sendable {
    /// Its size in bytes; nil when it is not there.
    var size: Int? { get }
    /// Whether rows are merged into it as it is read, so that it need not be in memory as a whole.
    func isMergedAsRead() throws -> Bool
    /// Where the sample's journal is, when there is none here but one of the sample beside it.
    var sampleHint: String? { get }
}

/// Makes the journals.
package protocol JournalProvider: Sendable {
    /// The journals to write, in the order they are named.
    func journals() throws -> [Journal]
    /// The journal to look at: of several, one must be chosen.
    func journal() throws -> Journal
    /// The journal that `text` names: a kind of writer, whose settings count, or a place.
    ///
    /// - Parameter flag: where `text` was given.
    func journal(_ text: String, flag: String) throws -> Journal
}
