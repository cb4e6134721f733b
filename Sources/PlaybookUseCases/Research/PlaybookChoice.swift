package import PlaybookCore
import PlaybookScript

/// Which playbook research is about: one place that makes it for any parameters.
package struct PlaybookChoice: Sendable {
    /// Its name, by which trials are remembered.
    package let name: String
    /// Its rules: a file's text, or the canonical form of a built-in playbook.
    package let text: String
    /// A digest of the rules, to which comments and spacing do not count.
    package let digest: String
    /// Its parameters.
    package let parameters: [ParameterSpec]
    /// What is doubtful about it.
    package let warnings: [String]
    private let script: Script

    private init(_ script: Script, text: String, warnings: [String]) {
        var digest = StableDigest()
        digest.add(script.canonicalText)
        (name, self.text, self.digest) = (script.name, text, "r" + digest.shortText)
        (parameters, self.warnings, self.script) = (script.descriptor.parameters, warnings, script)
    }

    /// Makes it.
    ///
    /// - Throws: what is wrong with the parameters.
    package func make(_ overrides: [String: String], _ market: Market) throws -> Playbook {
        try script.playbook(overrides, market: market)
    }

    /// The usual playbook, or the one called `name`.
    ///
    /// - Throws: a `PlaybookError` that names the file or setting at fault, or a symbol of another market than the playbook's.
    package init(_ shelf: any PlaybookShelf, _ name: String?, for symbols: [Symbol]) async throws {
        let (script, file) = try await shelf.loadedShelf(for: name, all: false).chosenScript(name)
        try script.requireMarket(file, symbols)
        self.init(
            script, text: file.map { String(decoding: $0.bytes, as: UTF8.self) } ?? script.canonicalText,
            warnings: file?.warnings(script) ?? [])
    }

    /// The playbook of a run that is kept: of its text, so that the file may have changed or gone.
    package init(_ rules: ResearchManifest.Rules) throws {
        let script =
            try BuiltInPlaybooks.script(rules.name)
            ?? PlaybookFile(place: "the run's playbook", bytes: Array(rules.text.utf8)).script()
        self.init(script, text: rules.text, warnings: [])
        guard digest == rules.digest else {
            throw PlaybookError(
                .badData, "the rules of \(rules.name) are not those of the run",
                nextStep: "Use the program's version that made it, or run it again.")
        }
    }
}
