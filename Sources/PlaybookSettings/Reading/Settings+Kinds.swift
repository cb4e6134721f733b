import PlaybookAddresses
import PlaybookCore
import PlaybookFileSystem

// The kinds of values that several settings have.
extension Settings {
    /// The value of a setting that is true or false.
    package func flag(_ setting: Setting) throws -> Bool {
        switch self[setting]?.lowercased() ?? "false" {
        case "true", "1", "yes": true
        case "false", "0", "no": false
        case let text: throw wrong(setting, "'\(text.prefix(40))' is neither true nor false")
        }
    }

    /// The value of a setting that is on or off.
    package func onOff(_ setting: Setting) throws -> Bool {
        switch self[setting]?.lowercased() ?? "off" {
        case "on", "true": true
        case "off", "false": false
        case let text: throw wrong(setting, "'\(text.prefix(40))' is neither on nor off")
        }
    }

    /// The folder that `setting` names; nil when it is not set.
    ///
    /// - Throws: a `PlaybookError` when it is the address of a server, which no path of a file should be made of: paths
    ///   are shown, passwords with them.
    package func folder(_ setting: Setting) throws -> String? {
        guard let path = self[setting] else { return nil }
        guard !path.contains("://") else { throw wrong(setting, "this is an address, and no folder of this machine") }
        return path
    }

    /// The value of a secret, given itself or by a file; nil when neither is.
    ///
    /// - Parameter maximumLength: in bytes.
    package func secret(_ setting: Setting, _ fileSetting: Setting, maximumLength: Int) throws -> String? {
        func checked(_ secret: String, _ setting: Setting) throws -> String {
            let problem =
                secret.isEmpty
                ? "the secret is empty"
                : secret.utf8.count > maximumLength
                    ? "the secret is longer than \(maximumLength) bytes"
                    : secret.utf8.allSatisfy { (0x21..<0x7F).contains($0) }
                        ? nil : "the secret holds a space, or a character that is not ASCII"
            if let problem { throw wrong(setting, problem, nextStep: "Copy it again from where it was issued.") }
            return secret
        }
        switch (self[setting], self[fileSetting]) {
        case (let value?, nil): return try checked(value, setting)
        case (nil, let path?):
            do {
                let text = String(decoding: try FileReader.contents(of: path), as: UTF8.self)
                return try checked(String(text.filter { !$0.isNewline }), fileSetting)
            } catch let error as FileError {
                throw wrong(fileSetting, error.description)
            }
        case (_?, _?):
            throw PlaybookError(
                .configuration, "\(setting.name) and \(fileSetting.name) are both set",
                nextStep: "Unset one of them.")
        case (nil, nil): return nil
        }
    }

    /// An address that secrets may be sent to.
    package func url(_ setting: Setting) throws -> String {
        var url = self[setting] ?? ""
        while url.hasSuffix("/") { url.removeLast() }
        guard let scheme = url.firstRange(of: "://"), !url.contains("@"), !url.contains("?"), !url.contains("#"),
            url.utf8.allSatisfy({ (0x21..<0x7F).contains($0) })
        else {
            throw wrong(setting, "this is not an address https://HOST")
        }
        let parts = URLParts(url)
        let host = parts.host
        switch url[..<scheme.lowerBound] {
        case "https" where !host.isEmpty: return url
        case "http" where parts.isLoopback: return url
        case "http": throw wrong(setting, "http would send the keys in the clear to \(host): use https")
        default: throw wrong(setting, "this is not an address https://HOST")
        }
    }
}
