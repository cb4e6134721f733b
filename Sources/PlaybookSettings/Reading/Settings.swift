internal import Configuration
package import PlaybookCore
import PlaybookFileSystem
import PlaybookReading
import Synchronization

/// The settings in force: a flag counts before the environment, the environment before the `.env` file, the file before
/// the default. An empty value counts as none.
public struct Settings: Sendable {
    /// A value and where it came from.
    public struct Value: Sendable, Hashable {
        /// The setting.
        public let setting: Setting
        /// Its value; nil when it has none.
        public let value: String?
        /// `command line`, `environment`, the `.env` file's path, `default`, or `unset`.
        public let origin: String

        /// The value as it may be shown.
        public var shown: String {
            setting.isSecret && value != nil ? "********" : JournalAddress.withoutUser(value ?? "")
        }
    }

    /// A file that was read from a bucket.
    package struct FetchedFile: Sendable, Hashable {
        /// Where it is, `gs://BUCKET/NAME`.
        package let place: String
        package let bytes: [UInt8]

        package init(place: String, bytes: [UInt8]) { (self.place, self.bytes) = (place, bytes) }
    }

    /// Every setting's value, in the order of `Setting.all`.
    public let values: [Value]
    /// What became of the `.env` file, in words: where it was looked for, or which one counts.
    package let fileSearch: String
    /// Whether a settings file is looked for.
    package let readsFile: Bool
    /// What was read from a bucket: the files of PLAYBOOK_DIR, and PLAYBOOK_FILE.
    package var fetchedPlaybooks: [FetchedFile]?
    package var fetchedFile: FetchedFile?
    /// What SYMBOLS is in the environment or the file where the command line names symbols.
    let usualSymbols: String?
    /// The markets that symbols may be of.
    package var knownMarkets = Market.all
    /// The file of certificate authorities that the environment names.
    package let authoritiesFile: String?
    /// Where gcloud keeps its settings.
    package let gcloudFolder: String?
    /// Whether this process runs as a Cloud Run service or job.
    public let isOnCloudRun: Bool

    /// Settles the settings.
    ///
    /// - Parameters:
    ///   - flags: values by setting, as given on the command line.
    ///   - environment: the process's environment.
    ///   - envFile: the `.env` file to read; nil for `.env` in the working folder, if there is one.
    ///   - readsFile: whether to read a `.env` file at all.
    /// - Throws: a `PlaybookError` of code `configuration` that names a misspelt setting.
    public init(
        flags: [Setting: String], environment: [String: String], envFile: String?, readsFile: Bool = true
    ) throws {
        let path = envFile ?? ".env"
        let file = readsFile ? try DotEnvFile(path: path) : nil
        if file == nil, envFile != nil {
            throw PlaybookError(.configuration, "the settings file \(path) does not exist")
        }
        let place = FileSystem.absolute(path)
        self.readsFile = readsFile
        fileSearch =
            !readsFile
            ? "no settings file is read"
            : file == nil ? "there is no settings file \(place)" : "\(place) does not set it"
        let entries = (file ?? DotEnvFile()).entries
        try Self.requireKnown(entries, path: path)
        try Self.requireNoMisspelling(environment)

        let set = [environment[Setting.symbols.name], entries[Setting.symbols.name]?.value]
        usualSymbols = set.compactMap { $0 }.first { !$0.isEmpty }
        authoritiesFile = ["CURL_CA_BUNDLE", "SSL_CERT_FILE"].compactMap { environment[$0] }.first { !$0.isEmpty }
        gcloudFolder = environment["CLOUDSDK_CONFIG"] ?? environment["HOME"].map { "\($0)/.config/gcloud" }
        isOnCloudRun = environment["K_SERVICE"] != nil || environment["CLOUD_RUN_JOB"] != nil
        let layers: [(origin: String, provider: any ConfigProvider)] = [
            ("command line", Self.provider(flags.map { ($0.key.name, $0.value) }, "command line")),
            (
                "environment",
                EnvironmentVariablesProvider(environmentVariables: environment.filter { !$0.value.isEmpty })
            ),
            (path, Self.provider(entries.map { ($0.key, $0.value.value) }, path)),
            ("default", Self.provider(Setting.all.map { ($0.name, $0.defaultValue ?? "") }, "default")),
        ]
        let origins = OriginRecorder()
        let reader = ConfigReader(providers: layers.map(\.provider), accessReporter: origins)
        values = Setting.all.map { setting in
            let value = reader.string(forKey: Self.key(setting.name), isSecret: setting.isSecret)
            let origin = value == nil ? "unset" : origins.last.map { layers[$0].origin } ?? "unset"
            return Value(setting: setting, value: value, origin: origin)
        }
    }

    /// The value of `setting`, or nil.
    public subscript(setting: Setting) -> String? { values.first { $0.setting == setting }?.value }

    /// The value of `setting` when it is not just the default.
    package func chosen(_ setting: Setting) -> String? {
        values.first { $0.setting == setting && $0.origin != "default" }?.value
    }

    /// Whether `setting` was given on the command line.
    package func isFlag(_ setting: Setting) -> Bool { values.first { $0.setting == setting }?.origin == "command line" }

    /// An error about the value of `setting`, naming where it was set.
    package func wrong(_ setting: Setting, _ problem: String, nextStep: Remedy? = nil) -> PlaybookError {
        let value = values.first { $0.setting == setting }
        let isFlag = value?.origin == "command line"
        let name = name(setting)
        let place = isFlag || value?.value == nil ? "" : " (set in \(value?.origin ?? ""))"
        // An address in the wrong place: a part of it may be quoted, its password among it.
        let quotes = problem.contains("'") && JournalAddress.hasUser(value?.value ?? "")
        let problem = quotes ? "this is the address of a server with a user, which is not shown here" : problem
        return PlaybookError(
            isFlag ? .usage : .configuration, "\(name)\(place): \(problem)",
            nextStep: nextStep ?? Remedy(setting.help + "."))
    }

    /// An error about two settings that contradict each other.
    package func contradiction(_ one: Setting, _ other: Setting, _ problem: String) -> PlaybookError {
        PlaybookError(
            isFlag(one) && isFlag(other) ? .usage : .configuration,
            "\(name(one)) and \(name(other)) contradict each other: \(problem)",
            nextStep: "Change or unset one of them.")
    }

    /// What `setting` was set by: its flag or its variable.
    private func name(_ setting: Setting) -> String { isFlag(setting) ? setting.flag ?? setting.name : setting.name }

    private static func key(_ name: String) -> ConfigKey {
        ConfigKey(name.lowercased().split(separator: "_").map(String.init))
    }

    private static func provider(_ values: [(String, String)], _ name: String) -> InMemoryProvider {
        InMemoryProvider(
            name: name,
            values: Dictionary(
                values.filter { !$0.1.isEmpty }.map {
                    (AbsoluteConfigKey(key($0.0)), ConfigValue(.string($0.1), isSecret: false))
                }
            ) { $1 })
    }

    private static func requireKnown(_ entries: [String: DotEnvFile.Entry], path: String) throws {
        let known = Set(Setting.all.map(\.name))
        guard let unknown = entries.filter({ !known.contains($0.key) }).min(by: { $0.value.line < $1.value.line })
        else { return }
        throw PlaybookError(
            .configuration, "\(path):\(unknown.value.line): there is no setting \(unknown.key)",
            nextStep: suggestion(unknown.key).map { Remedy($0) }
                ?? "Settings are \(known.sorted().joined(separator: ", ")).")
    }

    /// Other programs' variables are none of our business, but one a letter or two away from ours is a typing error.
    private static func requireNoMisspelling(_ environment: [String: String]) throws {
        // Google's libraries know this one too.
        let known = Set(Setting.all.map(\.name) + ["GCE_METADATA_ROOT"])
        for name in environment.keys.sorted() where !known.contains(name) {
            guard let suggestion = suggestion(name) else { continue }
            throw PlaybookError(
                .configuration, "environment variable \(name) is not a setting", nextStep: Remedy(suggestion))
        }
    }

    private static func suggestion(_ name: String) -> String? {
        let close = Setting.all.map(\.name).first {
            let length = $0.utf8.count
            let most = length > 8 ? 2 : 1
            // Every other short word is a letter away from PORT. Comparing lengths spares most comparisons.
            return length > 4 && abs(length - name.utf8.count) <= most && editDistance($0, name, atMost: most) != nil
        }
        return close.map { "Did you mean \($0)?" }
    }
}

/// Remembers which provider the last value came from.
private final class OriginRecorder: AccessReporter {
    private let place = Mutex<Int?>(nil)

    var last: Int? { place.withLock { $0 } }

    func report(_ event: AccessEvent) {
        let found = event.providerResults.firstIndex { (try? $0.result.get().value) != nil }
        place.withLock { $0 = found }
    }
}
