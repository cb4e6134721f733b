import FoundationEssentials
import PlaybookCore
import PlaybookFileSystem

/// A JSON file with credentials: checks its fields and says which one is wrong.
struct CredentialFile {
    /// Its path.
    let path: String
    private let object: [String: Field]

    /// Reads the file at `path`.
    init(_ path: String) throws(PlaybookError) {
        self.path = path
        let bytes: [UInt8]
        do {
            bytes = try FileReader.contents(of: path)
        } catch {
            throw PlaybookError(
                .configuration, "Google credentials: \(error)",
                nextStep: "Name a credentials file that exists and can be read in \(.set(.googleCredentials)).")
        }
        guard let object = try? JSONDecoder().decode([String: Field].self, from: Data(bytes)) else {
            throw Self.problem(path, "is not a JSON object")
        }
        self.object = object
    }

    private init(path: String, object: [String: Field]) { (self.path, self.object) = (path, object) }

    /// What the credentials are, by the file's own word.
    func source() throws(PlaybookError) -> any TokenSource {
        let type = try text("type")
        switch type {
        case "service_account": return try ServiceAccountKey(self)
        case "authorized_user": return try UserCredentials(self)
        case "external_account": return try ExternalAccount(self)
        default:
            throw PlaybookError(
                .configuration, "\(path): credentials of type '\(quoted(type))' are not supported",
                nextStep: "Use a file of type service_account, authorized_user or external_account.")
        }
    }

    /// The text in `field`.
    func text(_ field: String) throws(PlaybookError) -> String {
        guard let text = try optionalText(field), !text.isEmpty else { throw problem("field \(field) is missing") }
        return text
    }

    /// The text in `field`, or nil when there is no such field.
    func optionalText(_ field: String) throws(PlaybookError) -> String? {
        switch object[field] {
        case nil, .null: return nil
        case .text(let text): return text
        default: throw problem("field \(field) is not text")
        }
    }

    /// The URL in `field`, which secrets may be sent to.
    func url(_ field: String, default standard: String? = nil) throws(PlaybookError) -> String {
        guard let url = try optionalText(field) ?? standard else { throw problem("field \(field) is missing") }
        guard Address.isSafe(url) else { throw problem("field \(field) must begin with https://") }
        return url
    }

    /// The object in `field`.
    func object(_ field: String) throws(PlaybookError) -> CredentialFile? {
        switch object[field] {
        case nil, .null: return nil
        case .object(let inner): return CredentialFile(path: path, object: inner)
        default: throw problem("field \(field) is not an object")
        }
    }

    /// The fields that hold text.
    var texts: [String: String] {
        object.compactMapValues { if case .text(let text) = $0 { text } else { nil } }
    }

    /// An error about this file.
    func problem(_ what: String) -> PlaybookError { Self.problem(path, what) }

    private static func problem(_ path: String, _ what: String) -> PlaybookError {
        PlaybookError(
            .configuration, "\(path): the credentials are broken: \(what)",
            nextStep: "Download the key again, or run 'gcloud auth application-default login'.")
    }

    /// As much of JSON as credentials need.
    private enum Field: Decodable {
        case null, text(String), object([String: Field]), other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let object = try? container.decode([String: Field].self) {
                self = .object(object)
            } else {
                self = .other
            }
        }
    }
}

extension CredentialFile: CustomStringConvertible, CustomReflectable {
    /// The path alone.
    var description: String { path }

    var customMirror: Mirror { Mirror(self, children: []) }
}
