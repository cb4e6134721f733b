import PlaybookCore
import Testing

/// The error of `body`, which must be a `PlaybookError`.
func failure(
    _ location: SourceLocation = #_sourceLocation, of body: () async throws -> Void
) async throws -> PlaybookError {
    do {
        try await body()
    } catch let error as PlaybookError {
        return error
    }
    Issue.record("no error", sourceLocation: location)
    throw CancellationError()
}

extension Alert {
    static let test = Alert(severity: .info, title: "title", lines: ["one", "two"])
}
