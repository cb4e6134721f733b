package import PlaybookCore
package import Testing

/// The `PlaybookError` that `body` ends with; nil, and an issue, when it ends otherwise.
package func playbookError<Result>(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Result
) -> PlaybookError? {
    #expect(throws: PlaybookError.self, sourceLocation: sourceLocation) { _ = try body() }
}

/// The `PlaybookError` that `body` ends with; nil, and an issue, when it ends otherwise.
package func playbookError<Result>(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Result
) async -> PlaybookError? {
    await #expect(throws: PlaybookError.self, sourceLocation: sourceLocation) { _ = try await body() }
}
