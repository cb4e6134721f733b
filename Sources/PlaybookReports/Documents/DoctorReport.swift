public import PlaybookCore
public import PlaybookUseCases

/// What `doctor` found.
public struct DoctorReport: Sendable {
    private let findings: [Doctor.Finding]

    /// A report of `findings`.
    public init(_ findings: [Doctor.Finding]) { self.findings = findings }

    /// The process's exit code: 0, or that of the first check that failed.
    public var exitCode: Int32 {
        for case .failure(let error) in findings.map(\.result) { return error.code.exitCode }
        return 0
    }

    /// The findings in `format`, in the words of an edge.
    public func text(_ format: ReportFormat, words: some Vocabulary) throws -> String {
        switch format {
        case .table: findings.flatMap { Self.lines($0, words) }.joined(separator: "\n")
        case .json: try jsonText(Document(checks: findings.map { Document.Check($0, words) }))
        }
    }

    private static func lines(_ finding: Doctor.Finding, _ words: some Vocabulary) -> [String] {
        switch finding.result {
        case .success(let what): ["ok     \(finding.name): \(what.words(words))"]
        case .failure(let error):
            ["WRONG  \(finding.name): \(error.facts.words(words))"]
                + (error.remedy.map { ["       \($0.words(words))"] } ?? [])
        }
    }

    private struct Document: Encodable {
        let schema = "trading-playbook/doctor/1"
        let checks: [Check]

        struct Check: Encodable {
            let name: String
            let ok: Bool
            let message: String
            let nextStep: String?
            let code: Int32?

            init(_ finding: Doctor.Finding, _ words: some Vocabulary) {
                name = finding.name
                switch finding.result {
                case .success(let what):
                    ok = true
                    message = what.words(words)
                    nextStep = nil
                    code = nil
                case .failure(let error):
                    ok = false
                    message = error.facts.words(words)
                    nextStep = error.remedy?.words(words)
                    code = error.code.exitCode
                }
            }
        }
    }
}
