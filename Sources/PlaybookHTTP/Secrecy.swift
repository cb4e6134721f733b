import PlaybookAddresses

/// What must not be shown: values of header fields and of query items whose names tell that they are secret.
enum Secrecy {
    static let mask = "(secret)"

    private static let words = [
        "auth", "cookie", "credential", "key", "passphrase", "password", "passwd", "pwd", "secret", "session", "sig",
        "token",
        "jwt",
    ]

    /// Whether a field or query item of this name holds a secret.
    static func isSecret(_ name: some StringProtocol) -> Bool {
        let name = name.lowercased()
        return words.contains { name.contains($0) } || name == "pass"
    }

    /// `url` without user, password, fragment and the values of secret query items.
    static func shown(_ url: String) -> String {
        let parts = URLParts(url)
        var text = "\(parts.scheme)://\(parts.hostAndPort)\(parts.path)"
        guard let query = parts.query else { return text }
        let items = query.split(separator: "&", omittingEmptySubsequences: false).map { item -> String in
            guard let equals = item.firstIndex(of: "=") else { return isSecret(item) ? mask : String(item) }
            // A percent sign in a name may spell a secret one.
            let name = item[..<equals]
            return isSecret(name) || name.contains("%") ? "\(name)=\(mask)" : String(item)
        }
        text += "?" + items.joined(separator: "&")
        return text
    }
}
