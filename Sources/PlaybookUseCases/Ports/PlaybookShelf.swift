package import PlaybookCore
package import PlaybookScript

/// Which playbooks there are: those of the program, those of a folder or bucket, and a file that is named.
package protocol PlaybookShelf: Sendable {
    /// The same with what is in buckets read, where a playbook of theirs is asked for.
    ///
    /// - Parameters:
    ///   - name: the playbook that is asked for; nil for the usual one.
    ///   - all: whether all playbooks are.
    func loadedShelf(for name: String?, all: Bool) async throws -> any PlaybookShelf
    /// The files of the folder or bucket, sorted by name.
    func playbookFiles() throws -> [PlaybookFile]
    /// The usual playbook, or the one called `name`, with its file; no file for a built-in one.
    func chosenScript(_ name: String?) throws -> (script: Script, file: PlaybookFile?)
    /// The playbook called `name`, checked.
    func script(_ name: String) throws -> (script: Script, file: PlaybookFile?)
    /// The markets that symbols may be of, the usual one first.
    func markets() throws -> [Market]
}

extension PlaybookShelf {
    /// A playbook with its parameters, made for a market, and what is doubtful about it.
    ///
    /// - Parameters:
    ///   - chosen: what it says, and the file that it is from; nil for a built-in one.
    ///   - symbols: those that it is to be run on.
    ///   - market: nil for that of the first symbol; without symbols the playbook's own, else that of symbols that name none.
    /// - Throws: a `PlaybookError` that names the file and a symbol of another market than the playbook's, or the parameter
    ///   at fault.
    package func playbook(
        _ chosen: (script: Script, file: PlaybookFile?), _ overrides: [String: String], for symbols: [Symbol],
        _ market: Market? = nil
    ) throws -> ChosenPlaybook {
        let (script, file) = chosen
        try script.requireMarket(file, symbols)
        let markets = try markets()
        let own = markets.first { $0 == script.market }
        let market = market ?? symbols.first?.market ?? own ?? markets[0]
        let warnings = file?.warnings(script) ?? []
        return ChosenPlaybook(try script.made(overrides, market), warnings: warnings)
    }

    /// The same whatever symbols are asked for, as far as the playbook names its market.
    package func strategyAlone(
        _ name: String?, overrides: [String: String], symbols: [Symbol]
    ) throws -> ChosenPlaybook {
        let chosen = try chosenScript(name)
        return try playbook(chosen, overrides, for: chosen.script.market == nil ? symbols : [])
    }

    /// What users are told of all playbooks that can be read: built-in ones, then those of files.
    package func playbookDescriptors() throws -> [StrategyDescriptor] {
        var descriptors = BuiltInPlaybooks.scripts.map(\.descriptor)
        for file in try playbookFiles() {
            guard let script = try? file.script(), (try? self.script(script.name)) != nil else { continue }
            descriptors.append(script.descriptor)
        }
        if let script = try? chosenScript(nil).script, !descriptors.contains(where: { $0.name == script.name }) {
            descriptors.append(script.descriptor)
        }
        return descriptors
    }
}

extension Script {
    /// - Throws: a `PlaybookError` that names the playbook's file and the first symbol that is traded on another market than
    ///   the one that the playbook is for.
    package func requireMarket(_ file: PlaybookFile?, _ symbols: [Symbol]) throws {
        guard let market, let other = symbols.first(where: { $0.market != market }) else { return }
        throw PlaybookError(
            .badData,
            "\(file?.place ?? name): the playbook \(name) is for the market \(market), and \(other) is "
                + "traded on \(other.market)",
            nextStep:
                "Name symbols of \(market), as in \(other)@\(market) where it is that; or take 'market' out of the "
                + "file, so that it is for any.")
    }

    /// The playbook with its parameters, made for a market.
    ///
    /// - Throws: a `PlaybookError` that names the parameter at fault.
    package func made(_ overrides: [String: String], _ market: Market) throws -> Playbook {
        do {
            return try playbook(overrides, market: market)
        } catch let error as ParameterError {
            throw PlaybookError(
                .usage, "\(.named(.parameters)): \(error)",
                nextStep: "\(.run(.listPlaybooks)) lists parameters and their ranges.")
        }
    }
}
