import PlaybookCore
import PlaybookGoogle
import PlaybookHTTP
package import PlaybookSettings

/// Why an ID token does not count.
package struct IdentityRefusal: Error, CustomStringConvertible {
    package let description: String
    /// Whether the same token may count later: the issuer's keys could not be had.
    package let isTransient: Bool
}

/// Looks at an ID token, and throws when it does not count.
package typealias IdentityCheck = @Sendable (_ token: String) async throws(IdentityRefusal) -> Void

extension Settings {
    /// What looks at the ID tokens of requests, and whether those from this machine need none; nil when no request does.
    package func identityCheck() throws -> (verify: IdentityCheck, trustsLoopback: Bool)? {
        guard let rules = try identityRules() else { return nil }
        let verifier = try IdentityTokenVerifier(
            audience: rules.audience, emails: rules.emails, issuer: rules.issuer, keysURL: rules.keysURL,
            transport: curlTransport())
        let verify: IdentityCheck = { (token) throws(IdentityRefusal) in
            do throws(IdentityError) {
                _ = try await verifier.verify(token)
            } catch {
                throw IdentityRefusal(description: "\(error)", isTransient: error.isTransient)
            }
        }
        return (verify, rules.trustsLoopback)
    }
}
