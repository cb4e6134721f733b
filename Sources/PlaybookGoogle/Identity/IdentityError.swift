/// Why an identity token is not accepted. Descriptions are fit for a log: they hold nothing of the token.
public enum IdentityError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is not a JSON Web Token, lacks a claim, or is longer than 8 KiB.
    case malformed
    /// It is signed with anything but RS256, or not at all.
    case wrongAlgorithm
    /// It names a key that the issuer does not have.
    case unknownKey
    /// The signature is not the key's.
    case badSignature
    /// Its time is over.
    case expired
    /// Its time has not come; the clock of this machine may be slow.
    case notYetValid
    /// Another issuer made it.
    case wrongIssuer
    /// It is meant for someone else.
    case wrongAudience
    /// It stands for an account that is not on the list.
    case wrongEmail
    /// The issuer has not verified the account's e-mail address.
    case unverifiedEmail
    /// The issuer's keys cannot be had; the text says why. The same token may be accepted later.
    case keysUnavailable(String)

    /// Whether it says nothing about the token: the caller may try again.
    public var isTransient: Bool { if case .keysUnavailable = self { true } else { false } }

    public var description: String {
        switch self {
        case .malformed: "the identity token is malformed"
        case .wrongAlgorithm: "the identity token is not signed with RS256"
        case .unknownKey: "the identity token is signed with a key that the issuer does not have"
        case .badSignature: "the identity token's signature is wrong"
        case .expired: "the identity token has expired"
        case .notYetValid: "the identity token is not valid yet: check this machine's clock"
        case .wrongIssuer: "the identity token is of another issuer"
        case .wrongAudience: "the identity token is meant for another audience"
        case .wrongEmail: "the identity token is of an account that is not allowed"
        case .unverifiedEmail: "the identity token's e-mail address is not verified"
        case .keysUnavailable(let reason): "the issuer's keys cannot be had: \(reason)"
        }
    }
}
