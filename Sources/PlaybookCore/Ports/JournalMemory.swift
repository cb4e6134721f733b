/// Short texts that runs keep beside a journal: what they have to know of each other and rows do not tell.
public protocol JournalMemory: Sendable {
    /// The text called `name`; nil when there is none.
    ///
    /// - Parameter name: parts of letters, digits, `.` and `-`, separated by `/`.
    /// - Throws: a `PlaybookError`.
    func text(_ name: String) async throws -> String?

    /// Keeps `text` under `name`, in the place of what was there.
    ///
    /// - Throws: a `PlaybookError`.
    func keep(_ text: String, as name: String) async throws
}
