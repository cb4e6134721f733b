import PlaybookCore

/// Which playbook research is about: one place that makes it for any parameters.
public struct PlaybookChoice: Sendable {
    /// Its name, by which trials are remembered.
    public let name: String
    /// Its rules as text.
    let text: String
    /// Its parameters.
    let parameters: [ParameterSpec]
    /// Makes it.
    let make: @Sendable (_ overrides: [String: String], _ market: Market) throws -> Playbook

    /// A digest of the rules.
    var digest: String {
        var digest = StableDigest()
        digest.add(text)
        return "r" + digest.shortText
    }
}

extension Settings {
    /// The playbook that is asked for.
    ///
    /// - Parameter name: nil for the one that is set.
    /// - Throws: a `PlaybookError` when there is none such.
    func playbookChoice(_ name: String? = nil) throws -> PlaybookChoice {
        let playbook = try strategy(name, overrides: [:])
        guard let descriptor = StrategyCatalog.descriptors.first(where: { $0.name == playbook.name }) else {
            throw wrong(.strategy, "no strategy '\(playbook.name)'")
        }
        let parameters = descriptor.parameters.map { "\($0.name) \($0.defaultText) \($0.range)" }
        return PlaybookChoice(
            name: descriptor.name, text: ([descriptor.summary] + descriptor.rules + parameters).joined(separator: "\n"),
            parameters: descriptor.parameters
        ) { overrides, market in
            try StrategyCatalog.playbook(descriptor.name, overrides: overrides, market: market)
        }
    }
}
