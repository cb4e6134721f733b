import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

/// Certificates are verified, always.
@Suite(.enabled(if: Certificate.isPossible, "needs the openssl command"))
struct TLSTests {
    @Test func aCertificateOfAnUnknownAuthorityIsRefused() async throws {
        let server = try TLSServer(try Certificate(for: "IP:127.0.0.1"))
        let error = await failure(server.url, trusting: nil)
        #expect(error?.code == .tls)
        #expect(error?.number == 60)
        #expect(error?.isTransient == false)
        #expect(error?.facts.topics == [.authorities])
    }

    @Test func aNamedAuthorityIsTrusted() async throws {
        let certificate = try Certificate(for: "IP:127.0.0.1")
        let server = try TLSServer(certificate)
        let transport = CurlTransport(version: "1", certificateFile: certificate.file)
        for _ in 0..<2 {
            let response = try await transport.send(HTTPRequest(.get, server.url))
            #expect(response.status == 200)
            #expect(response.timing.secured > 0)
            #expect(String(decoding: response.body, as: UTF8.self).contains("TLSv1.3"))
        }
    }

    @Test func theCertificateMustNameTheHost() async throws {
        let certificate = try Certificate(for: "DNS:other.example")
        let server = try TLSServer(certificate)
        #expect(await failure(server.url, trusting: certificate.file)?.code == .tls)
    }

    @Test func olderTLSIsRefused() async throws {
        let certificate = try Certificate(for: "IP:127.0.0.1")
        let server = try TLSServer(certificate, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")
        #expect(await failure(server.url, trusting: certificate.file)?.code == .tls)
    }

    @Test func aMissingFileOfAuthoritiesIsNamed() async throws {
        let certificate = try Certificate(for: "IP:127.0.0.1")
        let server = try TLSServer(certificate)
        let error = await failure(server.url, trusting: "/does/not/exist.pem")
        #expect(error?.code == .tls)
        #expect(error?.description.contains("/does/not/exist.pem") == true)
    }

    private func failure(_ url: String, trusting file: String?) async -> HTTPError? {
        do throws(HTTPError) {
            let limits = HTTPLimits(totalTimeout: .seconds(3))
            let transport = CurlTransport(version: "1", certificateFile: file)
            Issue.record("an answer came: \(try await transport.send(HTTPRequest(.get, url, limits: limits)))")
            return nil
        } catch {
            return error
        }
    }
}
