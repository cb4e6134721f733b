import PlaybookAddresses
package import PlaybookCore

extension Settings {
    /// Where `serve` listens: without a choice on this machine alone, unless somebody checks who asks.
    public func serverAddress() throws -> (host: String, port: Int) {
        let text = self[.port] ?? ""
        // 0 lets the system choose.
        guard let port = Int(text), (0...65_535).contains(port) else {
            throw wrong(.port, "'\(text.prefix(40))' is not a port from 1 to 65535")
        }
        let host = self[.serveHost] ?? (checksIdentity ? "0.0.0.0" : "127.0.0.1")
        guard host.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) else {
            throw wrong(.serveHost, "this is not an address")
        }
        return (host, port)
    }

    /// Whether a request to `serve` comes through only with an identity: the service looks at ID tokens, or Cloud Run does.
    public var checksIdentity: Bool { self[.identityAudience] != nil || isOnCloudRun }

    /// The names that `serve` may be asked by; nil where identities are checked, and the name says nothing.
    ///
    /// They are in lower case, without a port. Those of this machine, and the address that a request came to, count always.
    public func serverNames() throws -> Set<String>? {
        var names: Set<String> = []
        for part in (self[.serveNames] ?? "").split(separator: ",", omittingEmptySubsequences: true) {
            let name = part.filter { $0 != " " }.lowercased()
            guard HostName.isName(name) else {
                throw wrong(.serveNames, "'\(name.prefix(40))' is not a host name, or it has a port")
            }
            names.insert(name)
        }
        if checksIdentity { return nil }
        let host = try serverAddress().host.lowercased()
        names.insert(host.contains(":") ? "[\(host)]" : host)
        return names
    }

    /// What a request to `serve` may cost, and the symbols that it may name.
    package struct ServerLimits: Sendable, Hashable {
        /// Sessions, those of all symbols together.
        package let sessions: Int
        /// Memory in MB.
        package let megabytes: Int
        /// Parameter sets that a day may begin.
        package let newParameterSets: Int
        /// The symbols that requests may name; nil for any.
        package let symbols: [Symbol]?
    }

    /// What a request to `serve` may cost, and the symbols that it may name.
    package func serverLimits() throws -> ServerLimits {
        func count(_ setting: Setting, from least: Int) throws -> Int {
            let text = self[setting] ?? ""
            guard let value = Int(text), (least...1_000_000_000).contains(value) else {
                throw wrong(setting, "'\(text.prefix(40))' is not a number from \(least) on")
            }
            return value
        }
        return ServerLimits(
            sessions: try count(.serveMaxSessions, from: 1), megabytes: try count(.serveMaxMemory, from: 1),
            newParameterSets: try count(.serveMaxNewParameters, from: 0),
            symbols: try flag(.serveAnySymbol) ? nil : symbolsIfSet() ?? [])
    }

    /// Whether requests may bring a playbook of their own.
    public func allowsInlinePlaybooks() throws -> Bool { try flag(.inlinePlaybooks) }

    /// Checks that there is what runs need that are told nothing: a source of bars, and symbols.
    ///
    /// - Throws: a `PlaybookError` of code `configuration` that names what is missing.
    public func requireServable() throws {
        _ = try sourceName()
        _ = try symbols()
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
        /// Whether requests from this machine need none.
        public let trustsLoopback: Bool
    }

    /// What ID tokens must be like; nil when requests need none.
    public func identityRules() throws -> IdentityRules? {
        let trustsLoopback = try flag(.identityTrustsLoopback)
        guard let audience = self[.identityAudience] else {
            if self[.identityEmails] != nil {
                throw wrong(.identityEmails, "this needs OIDC_AUDIENCE too: without it no token is looked at")
            }
            return nil
        }
        let emails = (self[.identityEmails] ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
        guard emails.allSatisfy({ $0.contains("@") }) else {
            throw wrong(.identityEmails, "this is not a list of e-mail addresses")
        }
        return IdentityRules(
            audience: audience, emails: emails, issuer: self[.identityIssuer] ?? "",
            keysURL: try url(.identityKeysURL), trustsLoopback: trustsLoopback)
    }
}
