import COpenSSL

/// RSASSA-PKCS1-v1_5 with SHA-256, which JSON Web Tokens call RS256, by libcrypto.
package enum RS256 {
    /// Why it cannot be done. Holds no part of a key.
    package struct Problem: Error, CustomStringConvertible { package let description: String }

    /// A public key as a JSON Web Key has it: bytes from the highest.
    package struct PublicKey: Hashable, Sendable {
        package let modulus: [UInt8]
        package let exponent: [UInt8]

        package init(modulus: [UInt8], exponent: [UInt8]) { (self.modulus, self.exponent) = (modulus, exponent) }
    }

    /// The signature of `message` by the key in `pem`.
    package static func signature(of message: [UInt8], pem: String) throws(Problem) -> [UInt8] {
        let pem = Array(pem.utf8)
        // A key of 16,384 bits at most.
        var signature = [UInt8](repeating: 0, count: 2048)
        var size = signature.count
        var problem = [CChar](repeating: 0, count: 512)
        let status = pem.withUnsafeBytes { pem in
            copenssl_sign_rs256(
                pem.baseAddress, pem.count, message, message.count, &signature, &size, &problem, problem.count)
        }
        guard status == 0 else { throw Problem(problem) }
        return Array(signature[..<size])
    }

    /// Whether `signature` is that of `message` by `key`.
    ///
    /// - Throws: `Problem` when the key is of no use, one of fewer than 2,048 bits for instance, or libcrypto is missing.
    package static func isSignature(_ signature: [UInt8], of message: [UInt8], by key: PublicKey) throws(Problem)
        -> Bool
    {
        var problem = [CChar](repeating: 0, count: 512)
        let status = copenssl_verify_rs256(
            key.modulus, key.modulus.count, key.exponent, key.exponent.count, message, message.count, signature,
            signature.count, &problem, problem.count)
        guard status >= 0 else { throw Problem(problem) }
        return status == 1
    }
}

extension RS256.Problem {
    fileprivate init(_ text: [CChar]) {
        description = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
