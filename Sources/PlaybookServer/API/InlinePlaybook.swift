import PlaybookCore
import PlaybookReading
import PlaybookScript

/// A playbook that a request brings: read, and held to what it may cost.
enum InlinePlaybook {
    /// Sessions before the first one that its numbers may look back.
    private static let mostSessions = 60
    /// Sessions before the first one within which its daily bars may lie.
    private static let mostDailySessions = 1500

    /// The playbook in a request's body, and what is wrong with it.
    static func read(_ body: JSONTree, isAllowed: Bool) -> (Script?, [Problem.Fault]) {
        guard case .fields(let fields) = body, let tree = fields.first(where: { $0.name == "playbook" })?.value else {
            return (nil, [])
        }
        guard isAllowed else {
            let detail = "requests may not bring a playbook of their own here: ALLOW_INLINE_PLAYBOOKS=true lets them"
            return (nil, [.init(field: "/playbook", detail: detail)])
        }
        do throws(ScriptError) {
            return (try Script(tree, at: "/playbook"), [])
        } catch {
            return (
                nil,
                error.findings.map { finding in
                    let field = if case .pointer(let pointer) = finding.place { pointer } else { "/playbook" }
                    return .init(field: field, detail: finding.message)
                }
            )
        }
    }

    /// What a playbook costs more than it may; empty where it does not.
    static func excess(_ playbook: Playbook) -> [Problem.Fault] {
        var faults: [Problem.Fault] = []
        func refuse(_ detail: String) { faults.append(.init(field: "/playbook", detail: detail)) }
        let sessions = playbook.warmUpSessions(of: playbook.plan.timeframe)
        if sessions > mostSessions {
            refuse("it looks back \(sessions) sessions: at most \(mostSessions) in a request")
        }
        if playbook.dailyLookBack > mostDailySessions {
            refuse(
                "it reads daily bars of \(playbook.dailyLookBack) sessions: at most \(mostDailySessions) in a request")
        }
        let parts = playbook.numbers.count + playbook.conditions.count
        if parts > 500 { refuse("it has \(parts) numbers and conditions: at most 500 in a request") }
        return faults
    }
}
