public import PlaybookCore
import PlaybookFileSystem
import PlaybookGoogle
public import PlaybookScript

// Which playbooks there are: those of the program, those of PLAYBOOK_DIR, and a file that is named.
extension Settings {
    /// The settings with what PLAYBOOK_DIR and PLAYBOOK_FILE name in buckets, where a playbook of theirs is asked for.
    ///
    /// - Parameters:
    ///   - name: the playbook that is asked for; nil for that of the settings.
    ///   - all: whether all playbooks are.
    /// - Throws: a `PlaybookError` when a bucket cannot be read.
    public func loaded(for name: String? = nil, all: Bool = false) async throws -> Settings {
        var settings = self
        if let path = try chosenFile(), path.hasPrefix("gs://"), name == nil || all {
            settings.fetchedFile = try await fetch(object: path)
        }
        let wanted = name ?? self[.strategy] ?? ""
        let isOwn = try isNamed(name) && BuiltInPlaybooks.script(wanted) == nil
        guard all || isOwn,
            case .bucket(let bucket, let prefix)? = try playbookPlace()
        else { return settings }
        let store = CloudBlobStore(try cloudStorage(bucket), prefix: prefix ?? "")
        var files: [PlaybookFile] = []
        for listing in try await store.list("") where PlaybookFile.isPlaybook(listing.name) && listing.size <= 1_000_000
        {
            guard !listing.name.contains("/"), let blob = try await store.read(listing.name) else { continue }
            files.append(PlaybookFile(place: "\(store.location)/\(listing.name)", bytes: blob.bytes))
        }
        settings.fetchedPlaybooks = files
        return settings
    }

    private func isNamed(_ name: String?) throws -> Bool { try name != nil || chosenFile() == nil }

    private func fetch(object path: String) async throws -> PlaybookFile {
        guard case .bucket(let bucket, let prefix?)? = JournalAddress(path) else {
            throw wrong(.playbookFile, "this is not an object gs://BUCKET/NAME")
        }
        let parts = prefix.split(separator: "/")
        let store = CloudBlobStore(
            try cloudStorage(bucket), prefix: parts.dropLast().joined(separator: "/"))
        guard let name = parts.last, let blob = try await store.read(String(name)) else {
            throw wrong(.playbookFile, "there is no object \(path)")
        }
        return PlaybookFile(place: path, bytes: blob.bytes)
    }

    /// The file that is to be run instead of a playbook by name; nil for none.
    private func chosenFile() throws -> String? {
        guard let path = self[.playbookFile] else { return nil }
        guard chosen(.strategy) != nil, isFlag(.strategy) || !isFlag(.playbookFile) else { return path }
        // What is nearer counts.
        if isFlag(.strategy), !isFlag(.playbookFile) { return nil }
        throw contradiction(.playbookFile, .strategy, "the one is a file, the other a playbook by name")
    }

    /// Where playbooks are; nil for a folder of this machine that is not there.
    private func playbookPlace() throws -> JournalAddress? {
        guard let text = self[.playbookDirectory] else { return nil }
        switch JournalAddress(text) {
        case .file(let folder)?:
            guard FileSystem.isDirectory(folder) else {
                guard chosen(.playbookDirectory) == nil else {
                    throw wrong(.playbookDirectory, "there is no folder '\(folder)'")
                }
                return nil
            }
            return .file(folder)
        case .bucket(let name, let prefix)?: return .bucket(name, prefix: prefix)
        case .mongodb?, .postgres?, nil:
            throw wrong(.playbookDirectory, "this is neither a folder nor gs://BUCKET/PREFIX")
        }
    }

    /// The files of PLAYBOOK_DIR, sorted by name.
    ///
    /// - Throws: a `PlaybookError` when the folder cannot be read.
    public func playbookFiles() throws -> [PlaybookFile] {
        if let fetchedPlaybooks { return fetchedPlaybooks }
        guard case .file(let folder)? = try playbookPlace() else { return [] }
        let names: [String]
        do throws(FileError) {
            names = try FileSystem.names(in: folder)
        } catch {
            throw wrong(.playbookDirectory, error.description)
        }
        return try names.filter(PlaybookFile.isPlaybook).sorted().map { try PlaybookFile(path: "\(folder)/\($0)") }
    }

    /// The file of the playbook called `name`; nil where there is none.
    ///
    /// - Throws: a `PlaybookError` when two have the name, or one has that of a built-in playbook.
    func playbookFile(_ name: String) throws -> PlaybookFile? {
        var found = try playbookFiles().filter { $0.playbookName == name }
        // The one that runs are told by default, wherever it lies.
        if found.isEmpty, let path = try chosenFile() {
            found = [try fetchedFile ?? PlaybookFile(path: path)].filter { $0.playbookName == name }
        }
        guard let file = found.first else { return nil }
        if BuiltInPlaybooks.names.contains(name) {
            throw PlaybookError(
                .badData, "\(file.place): '\(name)' is the name of a built-in playbook",
                nextStep: "Give it another name in its line 'playbook:', or move the file out of PLAYBOOK_DIR.")
        }
        guard found.count == 1 else {
            throw PlaybookError(
                .badData, "\(found.map(\.place).joined(separator: " and ")) are both called '\(name)'",
                nextStep: "Give one of them another name in its line 'playbook:'.")
        }
        return file
    }

    /// The names of all playbooks: built-in ones, then those of PLAYBOOK_DIR.
    public func playbookNames() -> [String] {
        let own = ((try? playbookFiles()) ?? []).map(\.playbookName).filter { !BuiltInPlaybooks.names.contains($0) }
        return BuiltInPlaybooks.names + own
    }

    /// What users are told of all playbooks that can be read: built-in ones, then those of PLAYBOOK_DIR.
    public func playbookDescriptors() throws -> [StrategyDescriptor] {
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

    /// The playbook called `name`, checked.
    ///
    /// - Returns: what it says, and the file that it is from; nil for a built-in one.
    /// - Throws: a `PlaybookError` that names the file and what is wrong with it, or says which playbooks there are.
    public func script(_ name: String) throws -> (script: Script, file: PlaybookFile?) {
        if let file = try playbookFile(name) { return (try file.script(), file) }
        if let script = BuiltInPlaybooks.script(name) { return (script, nil) }
        throw wrong(.strategy, "no strategy '\(name)': there are \(playbookNames().joined(separator: ", "))")
    }

    /// The playbook of the settings, or the one called `name`.
    public func chosenScript(_ name: String?) throws -> (script: Script, file: PlaybookFile?) {
        if name == nil, let path = try chosenFile() {
            let file = try fetchedFile ?? PlaybookFile(path: path)
            let script = try file.script()
            if BuiltInPlaybooks.names.contains(script.name) {
                throw PlaybookError(
                    .badData,
                    "\(file.place): '\(script.name)' is the name of a built-in playbook, whose rows it would replace",
                    nextStep: "Give it another name in its line 'playbook:'.")
            }
            return (script, file)
        }
        return try script(name ?? self[.strategy] ?? "")
    }

    /// The playbook that a request asks for, checked.
    func chosenScript(_ request: BacktestRequest) throws -> (script: Script, file: PlaybookFile?) {
        guard let text = request.playbookText else { return try chosenScript(request.strategy) }
        let file = PlaybookFile(place: "the request's playbook", bytes: Array(text.utf8), isOfRequest: true)
        return (try file.script(), file)
    }

    /// A playbook with its parameters, made for a market, and what is doubtful about it.
    ///
    /// - Parameters:
    ///   - chosen: what it says, and the file that it is from; nil for a built-in one.
    ///   - symbols: those that it is to be run on.
    ///   - market: nil for that of the first symbol; without symbols the playbook's own, else that of symbols that name none.
    /// - Throws: a `PlaybookError` that names the file and a symbol of another market than the playbook's, or the parameter
    ///   at fault.
    func playbook(
        _ chosen: (script: Script, file: PlaybookFile?), _ overrides: [String: String], for symbols: [Symbol],
        _ market: Market? = nil
    ) throws -> ChosenPlaybook {
        let (script, file) = chosen
        try Self.requireMarket(of: script, file, symbols)
        let markets = try markets()
        let own = markets.first { $0 == script.market }
        let market = market ?? symbols.first?.market ?? own ?? markets[0]
        let warnings = file?.warnings(script) ?? []
        return ChosenPlaybook(try Self.made(script, overrides, market), warnings: warnings)
    }

    /// - Throws: a `PlaybookError` that names the playbook's file and the first symbol that is traded on another market than
    ///   the one that the playbook is for.
    static func requireMarket(of script: Script, _ file: PlaybookFile?, _ symbols: [Symbol]) throws {
        guard let market = script.market, let other = symbols.first(where: { $0.market != market }) else { return }
        throw PlaybookError(
            .badData,
            "\(file?.place ?? script.name): the playbook \(script.name) is for the market \(market), and \(other) is "
                + "traded on \(other.market)",
            nextStep:
                "Name symbols of \(market), as in \(other)@\(market) where it is that; or take 'market' out of the "
                + "file, so that it is for any.")
    }

    /// A script's playbook.
    static func made(_ script: Script, _ overrides: [String: String], _ market: Market) throws -> Playbook {
        do {
            return try script.playbook(overrides, market: market)
        } catch let error as ParameterError {
            throw PlaybookError(
                .usage, "--param: \(error)",
                nextStep: "'trading-playbook strategies' lists parameters and their ranges.")
        }
    }

    /// The strategy with its parameters, made for the market of the first symbol that is set.
    ///
    /// - Parameter name: nil for the one that is set.
    func strategy(_ name: String?, overrides: [String: String]) throws -> Playbook {
        try playbook(chosenScript(name), overrides, for: symbolsIfSet() ?? []).playbook
    }

    /// The same whatever symbols are set, as far as the playbook names its market.
    func strategyAlone(_ name: String?, overrides: [String: String]) throws -> ChosenPlaybook {
        let chosen = try chosenScript(name)
        return try playbook(chosen, overrides, for: chosen.script.market == nil ? symbolsIfSet() ?? [] : [])
    }

    /// Whether requests may bring a playbook of their own.
    public func allowsInlinePlaybooks() throws -> Bool { try flag(.inlinePlaybooks) }
}
