import FoundationEssentials

/// An identity token (a JSON Web Token, RFC 7519) taken apart. Nothing in it is to be believed before its signature is
/// verified.
struct IdentityToken {
    /// What `signature` signs.
    let signed: [UInt8]
    let signature: [UInt8]
    /// The name of the key that it was signed with.
    let keyID: String
    private let payload: [UInt8]

    /// Longer ones are refused unread; Google's have about a thousand bytes.
    static let maximumBytes = 8 << 10

    private struct Header: Decodable {
        let alg: String
        let kid: String?
        let crit: [String]?
    }

    /// Claims that decide.
    struct Claims: Decodable {
        let iss: String
        let aud: Audience
        let sub: String
        let exp: Double
        let iat: Double
        let nbf: Double?
        let email: String?
        let emailVerified: Bool?

        enum CodingKeys: String, CodingKey {
            case iss, aud, sub, exp, iat, nbf, email
            case emailVerified = "email_verified"
        }
    }

    /// One, or several.
    enum Audience: Decodable {
        case one(String), several([String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let one = try? container.decode(String.self) {
                self = .one(one)
            } else {
                self = .several(try container.decode([String].self))
            }
        }

        func contains(_ audience: String) -> Bool {
            switch self {
            case .one(let one): one.isSame(as: audience)
            case .several(let several): several.contains { $0.isSame(as: audience) }
            }
        }
    }

    init(_ text: String) throws(IdentityError) {
        guard text.utf8.count <= Self.maximumBytes else { throw .malformed }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = base64URLDecoded(parts[0]), let payload = base64URLDecoded(parts[1]),
            let signature = base64URLDecoded(parts[2]),
            let header = try? JSONDecoder().decode(Header.self, from: Data(header))
        else { throw .malformed }
        guard header.alg.isSame(as: "RS256") else { throw .wrongAlgorithm }
        // Whoever does not know a critical extension must refuse the token (RFC 7515, 4.1.11); this knows none.
        guard let keyID = header.kid, header.crit == nil else { throw .malformed }
        self.keyID = keyID
        self.payload = payload
        self.signature = signature
        signed = Array(text.utf8[..<parts[1].endIndex])
    }

    /// What it claims.
    func claims() throws(IdentityError) -> Claims {
        guard let claims = try? JSONDecoder().decode(Claims.self, from: Data(payload)), !claims.sub.isEmpty else {
            throw .malformed
        }
        return claims
    }
}

extension String {
    /// Whether it has the same bytes: `==` takes some characters for others.
    func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
