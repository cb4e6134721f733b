import PlaybookCore

extension Settings {
    /// Where `serve` listens.
    public func serverAddress() throws -> (host: String, port: Int) {
        let text = self[.port] ?? ""
        // 0 lets the system choose.
        guard let port = Int(text), (0...65_535).contains(port) else {
            throw wrong(.port, "'\(text.prefix(40))' is no port from 1 to 65535")
        }
        guard let host = self[.serveHost], host.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) else {
            throw wrong(.serveHost, "this is no address")
        }
        return (host, port)
    }

    /// What ID tokens must be like that requests to `serve` carry.
    public struct IdentityRules: Sendable, Hashable {
        /// Whom they are for.
        public let audience: String
        /// The accounts that count; empty for any.
        public let emails: [String]
        /// Who issued them.
        public let issuer: String
        /// Where the issuer's public keys are.
        public let keysURL: String
    }

    /// What ID tokens must be like; nil when requests need none.
    public func identityRules() throws -> IdentityRules? {
        guard let audience = self[.identityAudience] else {
            if self[.identityEmails] != nil {
                throw wrong(.identityEmails, "this needs OIDC_AUDIENCE too: without it no token is looked at")
            }
            return nil
        }
        let emails = (self[.identityEmails] ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
        guard emails.allSatisfy({ $0.contains("@") }) else {
            throw wrong(.identityEmails, "this is no list of e-mail addresses")
        }
        return IdentityRules(
            audience: audience, emails: emails, issuer: self[.identityIssuer] ?? "",
            keysURL: try url(.identityKeysURL))
    }

    /// The log.
    ///
    /// - Parameters:
    ///   - format: the one to use when none is set; nil for the one that fits the place.
    ///   - output: takes lines.
    public func eventLog(
        _ format: EventLog.Format? = nil, output: @escaping EventLog.Output
    ) throws -> EventLog {
        var format = format ?? (isOnCloudRun ? .json : .text)
        if let text = self[.logFormat] {
            guard let chosen = EventLog.Format(rawValue: text) else {
                throw wrong(.logFormat, "'\(text.prefix(40))' is neither text nor json")
            }
            format = chosen
        }
        return EventLog(format: format, project: self[.googleProject], output: output)
    }
}
