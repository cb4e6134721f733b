import Foundation
import PlaybookCrypto
import PlaybookHTTP
import PlaybookTestSupport

@testable import PlaybookGoogle

/// An RSA key of the `openssl` command, and tokens signed with it.
struct SigningKey: Sendable {
    let id: String
    let pem: String
    /// In hexadecimal digits.
    let modulus: String

    init(_ id: String, bits: Int = 2048) throws {
        let folder = try TemporaryFolder()
        let file = "\(folder.path)/key.pem"
        self.id = id
        pem = try output(of: "openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:\(bits)") ?? ""
        try pem.write(toFile: file, atomically: true, encoding: .utf8)
        let line = try output(of: "openssl", "rsa", "-in", file, "-noout", "-modulus") ?? ""
        modulus = line.replacing("Modulus=", with: "").filter { !$0.isWhitespace }
    }

    /// Two keys that are made once.
    static let first = try! SigningKey("first")
    static let second = try! SigningKey("second")

    /// As an issuer publishes it.
    var jwk: [String: String] {
        ["kty": "RSA", "use": "sig", "alg": "RS256", "kid": id, "n": base64URL(bytes(modulus)), "e": "AQAB"]
    }

    /// A token with these parts.
    func token(header: [String: Any], payload: Data) throws -> String {
        let header = try JSONSerialization.data(withJSONObject: header)
        let statement = "\(base64URL(Array(header))).\(base64URL(Array(payload)))"
        return "\(statement).\(base64URL(try RS256.signature(of: Array(statement.utf8), pem: pem)))"
    }

    /// A token of `claims`.
    func token(_ claims: [String: Any]) throws -> String {
        try token(
            header: ["alg": "RS256", "kid": id, "typ": "JWT"],
            payload: try JSONSerialization.data(withJSONObject: claims))
    }
}

/// The bytes that hexadecimal digits stand for.
func bytes(_ digits: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Substring(digits)
    while let byte = UInt8(rest.prefix(2), radix: 16) {
        bytes.append(byte)
        rest = rest.dropFirst(2)
    }
    return bytes
}

extension HTTPResponse {
    /// A set of keys as Google sends it.
    static func keys(_ keys: [[String: String]], maxAge: Int = 20_000) -> HTTPResponse {
        json(
            String(decoding: try! JSONSerialization.data(withJSONObject: ["keys": keys]), as: UTF8.self),
            headers: ["Cache-Control": "public, max-age=\(maxAge), must-revalidate, no-transform"])
    }
}
