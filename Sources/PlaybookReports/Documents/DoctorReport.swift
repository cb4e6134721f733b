import PlaybookCore
public import PlaybookUseCases

/// What `doctor` found.
public struct DoctorReport: Sendable {
    private let findings: [Doctor.Finding]

    /// A report of `findings`.
    public init(_ findings: [Doctor.Finding]) { self.findings = findings }

    /// The process's exit code: 0, or that of the first check that failed.
    public var exitCode: Int32 {
        for case .failure(let error) in findings.map(\.result) { return error.code.rawValue }
        return 0
    }

    /// The findings in `format`.
    public func text(_ format: ReportFormat) throws -> String {
        switch format {
        case .table: findings.flatMap(Self.lines).joined(separator: "\n")
        case .json: try jsonText(Document(checks: findings.map(Document.Check.init)))
        }
    }

    private static func lines(_ finding: Doctor.Finding) -> [String] {
        switch finding.result {
        case .success(let what): ["ok     \(finding.name): \(what)"]
        case .failure(let error):
            ["WRONG  \(finding.name): \(error.message)"] + (error.nextStep.map { ["       \($0)"] } ?? [])
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

            init(_ finding: Doctor.Finding) {
                name = finding.name
                switch finding.result {
                case .success(let what):
                    ok = true
                    message = what
                    nextStep = nil
                    code = nil
                case .failure(let error):
                    ok = false
                    message = error.message
                    nextStep = error.nextStep
                    code = error.code.rawValue
                }
            }
        }
    }
}
