package import PlaybookCore
import PlaybookFileSystem
import PlaybookGoogle
package import PlaybookScript
package import PlaybookSettings
package import PlaybookUseCases

// Which playbooks there are: those of the program, those of PLAYBOOK_DIR, and a file that is named.
extension Settings: PlaybookShelf {
    package func loadedShelf(for name: String?, all: Bool) async throws -> any PlaybookShelf {
        try await loaded(for: name, all: all)
    }

    /// The settings with what PLAYBOOK_DIR and PLAYBOOK_FILE name in buckets, where a playbook of theirs is asked for.
    ///
    /// - Parameters:
    ///   - name: the playbook that is asked for; nil for that of the settings.
    ///   - all: whether all playbooks are.
    /// - Throws: a `PlaybookError` when a bucket cannot be read.
    package func loaded(for name: String? = nil, all: Bool = false) async throws -> Settings {
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
        var files: [FetchedFile] = []
        for listing in try await store.list("") where PlaybookFile.isPlaybook(listing.name) && listing.size <= 1_000_000
        {
            guard !listing.name.contains("/"), let blob = try await store.read(listing.name) else { continue }
            files.append(FetchedFile(place: "\(store.location)/\(listing.name)", bytes: blob.bytes))
        }
        settings.fetchedPlaybooks = files
        return settings
    }

    private func isNamed(_ name: String?) throws -> Bool { try name != nil || chosenFile() == nil }

    private func fetch(object path: String) async throws -> FetchedFile {
        guard case .bucket(let bucket, let prefix?)? = JournalAddress(path) else {
            throw wrong(.playbookFile, "this is not an object gs://BUCKET/NAME")
        }
        let parts = prefix.split(separator: "/")
        let store = CloudBlobStore(
            try cloudStorage(bucket), prefix: parts.dropLast().joined(separator: "/"))
        guard let name = parts.last, let blob = try await store.read(String(name)) else {
            throw wrong(.playbookFile, "there is no object \(path)")
        }
        return FetchedFile(place: path, bytes: blob.bytes)
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
    package func playbookFiles() throws -> [PlaybookFile] {
        if let fetchedPlaybooks { return fetchedPlaybooks.map { PlaybookFile(place: $0.place, bytes: $0.bytes) } }
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
    package func playbookFile(_ name: String) throws -> PlaybookFile? {
        var found = try playbookFiles().filter { $0.playbookName == name }
        // The one that runs are told by default, wherever it lies.
        if found.isEmpty, let path = try chosenFile() {
            found = [try fetched(path)].filter { $0.playbookName == name }
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
    package func playbookNames() -> [String] {
        let own = ((try? playbookFiles()) ?? []).map(\.playbookName).filter { !BuiltInPlaybooks.names.contains($0) }
        return BuiltInPlaybooks.names + own
    }

    /// The playbook called `name`, checked.
    ///
    /// - Returns: what it says, and the file that it is from; nil for a built-in one.
    /// - Throws: a `PlaybookError` that names the file and what is wrong with it, or says which playbooks there are.
    package func script(_ name: String) throws -> (script: Script, file: PlaybookFile?) {
        if let file = try playbookFile(name) { return (try file.script(), file) }
        if let script = BuiltInPlaybooks.script(name) { return (script, nil) }
        let isFile = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
        throw wrong(
            .strategy, "no strategy '\(name)': there are \(playbookNames().joined(separator: ", "))",
            nextStep: isFile ? "Name a file with --playbook (PLAYBOOK_FILE)." : nil)
    }

    /// The playbook of the settings, or the one called `name`.
    package func chosenScript(_ name: String?) throws -> (script: Script, file: PlaybookFile?) {
        if name == nil, let path = try chosenFile() {
            let file = try fetched(path)
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
    package func chosenScript(_ request: BacktestRequest) throws -> (script: Script, file: PlaybookFile?) {
        guard let text = request.playbookText else { return try chosenScript(request.strategy) }
        let file = PlaybookFile(place: "the request's playbook", bytes: Array(text.utf8), isOfRequest: true)
        return (try file.script(), file)
    }

    /// The strategy with its parameters, made for the market of the first symbol that is set.
    ///
    /// - Parameter name: nil for the one that is set.
    package func strategy(_ name: String?, overrides: [String: String]) throws -> Playbook {
        try playbook(chosenScript(name), overrides, for: symbolsIfSet() ?? []).playbook
    }

    /// The same whatever symbols are set, as far as the playbook names its market.
    package func strategyAlone(_ name: String?, overrides: [String: String]) throws -> ChosenPlaybook {
        try strategyAlone(name, overrides: overrides, symbols: symbolsIfSet() ?? [])
    }

    /// The playbook of requests that name none.
    package var strategyName: String { (try? chosenScript(nil).script.name) ?? self[.strategy] ?? "" }

    /// The file that is to be run instead of a playbook by name.
    private func fetched(_ path: String) throws -> PlaybookFile {
        try fetchedFile.map { PlaybookFile(place: $0.place, bytes: $0.bytes) } ?? PlaybookFile(path: path)
    }
}

extension PlaybookFile {
    /// The file at a path of this machine.
    ///
    /// - Throws: a `PlaybookError` when it cannot be read.
    package init(path: String) throws {
        if let size = FileSystem.size(of: path), size > Self.mostBytes {
            throw PlaybookError(
                .badData, "\(path):1:1: the file has \(size) bytes: at most \(Self.mostBytes) are read",
                nextStep: "Name a playbook file.")
        }
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try FileReader.contents(of: path)
        } catch {
            throw PlaybookError(
                .badData, NeutralText(error.description),
                nextStep: "Name a playbook file; 'trading-playbook playbook new' makes one.")
        }
        self.init(place: path, bytes: bytes)
    }
}
