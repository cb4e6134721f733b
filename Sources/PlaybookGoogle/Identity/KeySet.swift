import FoundationEssentials
import PlaybookCrypto
import PlaybookHTTP

/// An issuer's public keys by name, as its JSON Web Key Set (RFC 7517) has them.
struct KeySet {
    /// The bytes of each key's name, since `==` of strings takes some characters for others.
    private let keys: [[UInt8]: RS256.PublicKey]
    /// How long the set is good for, in seconds.
    let lifetime: Double

    private struct Document: Decodable { let keys: [Entry] }

    /// A key that cannot be read is one that is not there.
    private struct Entry: Decodable {
        let name: [UInt8]?
        let key: RS256.PublicKey?

        private enum CodingKeys: String, CodingKey { case kty, use, alg, kid, n, e }

        init(from decoder: any Decoder) throws {
            let container = try? decoder.container(keyedBy: CodingKeys.self)
            func text(_ key: CodingKeys) -> String? { try? container?.decode(String.self, forKey: key) }
            func bytes(_ key: CodingKeys) -> [UInt8]? { text(key).flatMap { base64URLDecoded($0.utf8) } }
            name = text(.kid).map { Array($0.utf8) }
            let isForThis =
                text(.kty) == "RSA" && [nil, "sig"].contains(text(.use)) && [nil, "RS256"].contains(text(.alg))
            if isForThis, let modulus = bytes(.n), let exponent = bytes(.e) {
                key = RS256.PublicKey(modulus: modulus, exponent: exponent)
            } else {
                key = nil
            }
        }
    }

    /// No keys.
    init() { (keys, lifetime) = ([:], 0) }

    /// The keys in an answer; nil when there are none.
    init?(_ response: HTTPResponse) {
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(response.body)) else { return nil }
        let pairs = document.keys.compactMap { entry in entry.name.flatMap { name in entry.key.map { (name, $0) } } }
        guard !pairs.isEmpty else { return nil }
        keys = Dictionary(pairs) { first, _ in first }
        lifetime = Self.lifetime(response.headers)
    }

    var isEmpty: Bool { keys.isEmpty }

    subscript(_ name: String) -> RS256.PublicKey? { keys[Array(name.utf8)] }

    /// What `Cache-Control` allows, from five minutes to a day.
    private static func lifetime(_ headers: HTTPHeaders) -> Double {
        let directives = headers.values(of: "Cache-Control").flatMap { $0.split(separator: ",") }
        let seconds = directives.compactMap { directive -> Double? in
            let words = directive.split(separator: "=", maxSplits: 1)
            guard words.count == 2, trimmed(words[0]).lowercased() == "max-age" else { return nil }
            return Int(trimmed(words[1])).map { Double($0) }
        }
        let age = headers["Age"].flatMap { Int($0) } ?? 0
        return min(max((seconds.first ?? 0) - Double(age), 300), 86_400)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let text = text.drop { $0 == " " }
        return text.prefix { $0 != " " }
    }
}
