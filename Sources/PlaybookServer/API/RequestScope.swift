import PlaybookCore
import PlaybookSettings
import PlaybookUseCases

/// What requests may hold under the settings, as far as the OpenAPI document says: the schemas of one playbook.
struct RequestScope: Sendable {
    /// The playbook that the schemas are about; nil for one that the request brings.
    var playbook: StrategyDescriptor?
    /// The playbook of requests that name none.
    let defaultPlaybook: String
    /// The symbols that requests may name; nil for any.
    let symbols: [Symbol]?
    /// All playbooks that there are.
    let playbooks: [StrategyDescriptor]
    /// Whether requests may bring a playbook of their own.
    let allowsInline: Bool

    /// The scope of the playbook that is set; nil when there is no such playbook.
    init?(
        _ strategyName: String, _ budget: RequestBudget, playbooks: [StrategyDescriptor],
        allowsInline: Bool = false
    ) {
        guard let playbook = playbooks.first(where: { $0.name == strategyName }) else { return nil }
        self.playbooks = playbooks
        self.allowsInline = allowsInline
        self.playbook = playbook
        defaultPlaybook = strategyName
        symbols = budget.symbols
    }

    /// Whether requests need not name the playbook.
    var isDefault: Bool { playbook?.name == defaultPlaybook }

    /// The same for each playbook, and for those that requests bring where they may.
    var all: [RequestScope] {
        (playbooks + (allowsInline ? [nil] : [])).map {
            var scope = self
            scope.playbook = $0
            return scope
        }
    }

    /// What descriptions call the playbook.
    var words: String { playbook?.name ?? "a playbook of the request's own" }

    /// The name of the schema of requests that choose their sessions so: `BacktestDayTimedEntry`. No two playbooks have one.
    func schemaName(_ choice: SessionChoice) -> String {
        guard let playbook else { return "\(choice.schemaName)_Inline" }
        let parts = playbook.name.split(separator: "-", omittingEmptySubsequences: false).map { part in
            part.first?.isLetter == true ? part.prefix(1).uppercased() + part.dropFirst() : "_\(part)"
        }
        return choice.schemaName + parts.joined()
    }
}
