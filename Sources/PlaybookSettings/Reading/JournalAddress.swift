/// Where a journal is, as users write it: a file's path, `gs://BUCKET/PREFIX`, or the URI of a MongoDB or
/// PostgreSQL server.
package enum JournalAddress {
    case file(String)
    case bucket(String, prefix: String?)
    case mongodb(String)
    case postgres(String)

    /// Nil when `text` starts like an address but is none of these.
    package init?(_ text: String) {
        guard let scheme = text.firstRange(of: "://") else {
            self = .file(text)
            return
        }
        switch text[..<scheme.lowerBound] {
        case "gs":
            let parts = text[scheme.upperBound...].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard Self.isBucket(parts[0]) else { return nil }
            var prefix = parts.count > 1 ? parts[1] : ""
            while prefix.last == "/" { prefix.removeLast() }
            guard prefix.isEmpty || Self.isPrefix(prefix) else { return nil }
            self = .bucket(String(parts[0]), prefix: prefix.isEmpty ? nil : String(prefix))
        case "mongodb", "mongodb+srv": self = .mongodb(text)
        case "postgresql", "postgres": self = .postgres(text)
        default: return nil
        }
    }

    /// What would do instead of a file of this name, which is one of another kind; nil for a file that can be a CSV.
    package static func adviceAgainst(_ file: String) -> String? {
        let name = file.lowercased()
        if JournalFileKind(ofFile: name) != .csv { return nil }
        func ends(_ endings: String...) -> Bool { endings.contains { name.hasSuffix("." + $0) } }
        if ends("xlsx", "xls", "xlsm", "ods", "numbers") {
            return "The journal is a CSV, which spreadsheets open: name it .csv."
        }
        if ends("sqlite", "sqlite3", "db", "duckdb") {
            return "The journal is a CSV: name it .csv, and import it, or query it with DuckDB as it is."
        }
        if ends("parquet") {
            return
                "The journal is a CSV: name it .csv. 'trading-playbook journal copy --to FILE.parquet' makes a Parquet "
                + "file of it."
        }
        if ends("json", "jsonl", "ndjson") {
            return
                "The journal is a CSV: name it .csv. 'trading-playbook journal show --format json' prints it as JSON."
        }
        if ends("feather", "arrow", "pickle", "pkl", "h5", "hdf5", "gz", "zip", "zst") {
            return "The journal is a CSV: name it .csv."
        }
        return nil
    }

    /// The kind of writer that writes there.
    package var kind: WriterKind {
        switch self {
        case .file(let name): .file(JournalFileKind(ofFile: name))
        case .bucket: .gcs
        case .mongodb: .mongodb
        case .postgres: .postgres
        }
    }

    /// Whether `name` can be a bucket's.
    package static func isBucket(_ name: some StringProtocol) -> Bool {
        (3...222).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
            }
    }

    /// Whether names of objects can start with `prefix` and a slash.
    package static func isPrefix(_ prefix: some StringProtocol) -> Bool {
        prefix.utf8.count <= 500 && prefix.utf8.allSatisfy { (0x21..<0x7F).contains($0) }
            && prefix.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
                !$0.isEmpty && $0 != "." && $0 != ".."
            }
    }

    /// `text` with the user and password of an address replaced.
    package static func withoutUser(_ text: String) -> String {
        guard let scheme = text.firstRange(of: "://"), let end = user(text)?.endIndex else { return text }
        return text[..<scheme.upperBound] + "********" + text[end...]
    }

    /// Whether an address holds a user.
    package static func hasUser(_ text: String) -> Bool { user(text) != nil }

    /// Whether an address holds a password.
    package static func hasPassword(_ text: String) -> Bool { user(text)?.contains(":") ?? false }

    /// The user and password of an address: what stands before the last `@` of the part that names hosts. A password
    /// that holds a `/` though it should not is taken for one too.
    private static func user(_ text: String) -> Substring? {
        guard let scheme = text.firstRange(of: "://") else { return nil }
        let rest = text[scheme.upperBound...].prefix { $0 != "?" }
        return rest.lastIndex(of: "@").map { rest[..<$0] }
    }

    /// The database that a MongoDB URI names.
    package static func database(_ uri: String) -> String? {
        guard let scheme = uri.firstRange(of: "://") else { return nil }
        let start = user(uri).map { uri.index(after: $0.endIndex) } ?? scheme.upperBound
        let hosts = uri[start...].prefix { $0 != "?" }
        guard let slash = hosts.lastIndex(of: "/") else { return nil }
        let name = hosts[hosts.index(after: slash)...]
        return name.isEmpty ? nil : String(name)
    }
}

/// The kinds of writers.
package enum WriterKind: Sendable, Hashable, CaseIterable, CustomStringConvertible {
    case file(JournalFileKind)
    case gcs, mongodb, postgres

    package static let allCases = JournalFileKind.allCases.map(WriterKind.file) + [.gcs, .mongodb, .postgres]

    /// The kind that users call `name`; nil for none.
    package init?(_ name: String) {
        guard let kind = Self.allCases.first(where: { $0.description == name }) else { return nil }
        self = kind
    }

    /// What users call it.
    package var description: String {
        switch self {
        case .file(let kind): kind.rawValue
        case .gcs: "gcs"
        case .mongodb: "mongodb"
        case .postgres: "postgres"
        }
    }

    /// What users call all of them.
    package static var names: [String] { allCases.map(\.description) }

    /// What users call all of them, with `word` before the last.
    package static func list(_ word: String) -> String {
        let names = names
        return "\(names.dropLast().joined(separator: ", ")) \(word) \(names[names.count - 1])"
    }
}

/// The kinds of files that a journal can be; the ending of a file's name tells which, as long as it is not a CSV.
package enum JournalFileKind: String, Sendable, CaseIterable {
    case csv

    /// The kind of the file called `name`.
    package init(ofFile name: String) {
        self = Self.allCases.first { name.lowercased().hasSuffix(".\($0)") } ?? .csv
    }
}
