import PlaybookCore
import PlaybookReports
import PlaybookUseCases

/// An error as a client of the service meets it: a problem document (RFC 9457).
struct Problem: Error, Sendable, Hashable {
    /// What is wrong with a part of the request.
    struct Fault: Sendable, Hashable {
        /// The part, as a JSON pointer; empty for the whole.
        let field: String
        /// What is wrong with it.
        let detail: String
    }

    /// The kind of error.
    let kind: ProblemKind
    /// What happened.
    let detail: String
    /// What is wrong with parts of the request.
    var faults: [Fault] = []
    /// What to do next.
    var nextStep: String?
    /// The run that it happened in.
    var runID: String?
    /// The exit code of a process that met it.
    var exitCode: Int32?
    /// The run's document, when there is one.
    var result: JSONValue?

    init(_ kind: ProblemKind, _ detail: String, faults: [Fault] = [], nextStep: String? = nil) {
        self.kind = kind
        self.detail = detail
        self.faults = faults
        self.nextStep = nextStep
    }

    /// An error in the service's words.
    init(_ kind: ProblemKind, _ error: PlaybookError) {
        self.init(kind, error.facts.words(.problem), nextStep: error.remedy?.words(.problem))
    }

    /// A problem with parts of the request.
    init(_ kind: ProblemKind, _ faults: [Fault]) {
        self.init(
            kind, faults.map { $0.field.isEmpty ? $0.detail : "\($0.field): \($0.detail)" }.joined(separator: "; "),
            faults: faults)
    }

    /// What came of a run that did not end well.
    init(_ outcome: BacktestRunner.Outcome) {
        let kind = ProblemKind(outcome.code)
        switch outcome.result {
        case .failure(let error): self.init(kind, error)
        case .success(let result):
            let errors = result.failures.map(\.error) + result.outcomes.compactMap(\.error)
            let first = errors.first { $0.code == outcome.code }
            self.init(
                kind, errors.map { $0.facts.words(.problem) }.joined(separator: "; "),
                nextStep: first?.remedy?.words(.problem))
            self.result = outcome.document
        }
        runID = outcome.runID
        exitCode = outcome.exitCode
    }

    /// The problem as a document.
    var document: JSONValue {
        var fields: [String: JSONValue] = [
            "type": .text(kind.type), "title": .text(kind.title), "status": .number(String(kind.status.code)),
            "detail": .text(detail),
        ]
        if !faults.isEmpty {
            fields["errors"] = .list(faults.map { ["field": .text($0.field), "detail": .text($0.detail)] })
        }
        fields["next_step"] = nextStep.map { .text($0) }
        fields["run_id"] = runID.map { .text($0) }
        fields["exit_code"] = exitCode.map { .number(String($0)) }
        fields["result"] = result
        return .fields(fields)
    }
}

extension ProblemKind {
    /// The kind that a class of errors stands for.
    init(_ code: PlaybookError.Code?) {
        self =
            switch code {
            case .usage: .invalid
            case .sourceUnavailable: .sourceUnavailable
            case .cannotWrite: .cannotWrite
            case .tryAgain: .tryAgain
            case .configuration: .configuration
            case .badData, .cannotTell, nil: .badData
            }
    }
}

extension BacktestRunner.Outcome {
    /// The document of what was done; nil when nothing was.
    var document: JSONValue? {
        guard case .success(let result) = result, let text = try? result.json(.problem) else { return nil }
        return try? JSONParser.parse(Array(text.utf8))
    }
}

/// `text` without anything that could pretend to be more than a part of a line, and not longer than `length`.
func printable(_ text: String, _ length: Int) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(length) {
        result.unicodeScalars.append((0x20..<0x7F).contains(scalar.value) ? scalar : "?")
    }
    return result
}
