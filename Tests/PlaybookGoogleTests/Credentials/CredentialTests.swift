import Foundation
import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@testable import PlaybookGoogle

@Suite("Google's credentials")
struct CredentialTests {
    private let folder: TemporaryFolder
    private let time = TestTime()

    init() throws { folder = try TemporaryFolder() }

    private func tokens(_ environment: GoogleEnvironment, _ transport: ScriptedTransport) -> GoogleTokens {
        GoogleTokens(environment: environment, transport: transport, retry: .quick, now: { [time] in time.now })
    }

    private func file(_ text: String) throws -> GoogleEnvironment {
        GoogleEnvironment(applicationCredentials: try folder.write("credentials.json", text))
    }

    // MARK: - A service account

    @Test("of a service account are a statement that openssl finds well signed", .enabled(if: TestKey.isPossible))
    func serviceAccount() async throws {
        let transport = ScriptedTransport(.token("a"))
        #expect(try await tokens(try file(TestKey.serviceAccount()), transport).token()?.value == "a")
        let request = try #require(transport.requests.first)
        #expect(request.method == .post)
        #expect(request.url == "https://oauth.test/token")
        #expect(request.headers["Content-Type"] == "application/x-www-form-urlencoded")
        #expect(request.form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer")
        let parts = try #require(request.form["assertion"]).split(separator: ".").map(String.init)
        try #require(parts.count == 3)
        #expect(try json(parts[0]) == ["alg": "RS256", "kid": "key-1", "typ": "JWT"])
        #expect(
            try json(parts[1]) == [
                "aud": "https://oauth.test/token", "exp": 1_700_003_600, "iat": 1_700_000_000,
                "iss": "robot@project.iam.gserviceaccount.com",
                "scope": "https://www.googleapis.com/auth/devstorage.read_write",
            ])
        let key = try folder.write("key.pem", try #require(TestKey.pem))
        let publicKey = try #require(try output(of: "openssl", "pkey", "-in", key, "-pubout"))
        let publicFile = try folder.write("public.pem", publicKey)
        let signature = try folder.write("signature", Array(try decoded(parts[2])))
        let statement = try folder.write("statement", "\(parts[0]).\(parts[1])")
        let check = ["openssl", "dgst", "-sha256", "-verify", publicFile, "-signature", signature]
        #expect(try output(of: check[0], check[1], check[2], check[3], check[4], check[5], check[6], statement) != nil)
        let other = try folder.write("other", "\(parts[0]).\(parts[1])x")
        #expect(try output(of: check[0], check[1], check[2], check[3], check[4], check[5], check[6], other) == nil)
    }

    private func json(_ part: String) throws -> NSDictionary {
        try #require(try JSONSerialization.jsonObject(with: decoded(part)) as? NSDictionary)
    }

    private func decoded(_ part: String) throws -> Data {
        #expect(!part.contains { "+/=".contains($0) })
        let text = part.replacing("-", with: "+").replacing("_", with: "/")
        return try #require(Data(base64Encoded: text + String(repeating: "=", count: (4 - text.count % 4) % 4)))
    }

    @Test("Base64 for URLs has no padding, and no characters that URLs change")
    func base64() {
        #expect(base64URL([0xFB, 0xFF, 0xFE]) == "-__-")
        #expect(base64URL(Array("a".utf8)) == "YQ")
        #expect(base64URL([]) == "")
    }

    @Test("with a broken key name the field and show nothing of the key", .enabled(if: TestKey.isPossible))
    func brokenKey() async throws {
        let pem = try #require(TestKey.pem)
        let curve = try #require(
            try output(of: "openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"))
        let locked = try #require(
            try output(of: "openssl", "genpkey", "-algorithm", "RSA", "-aes128", "-pass", "pass:x"))
        let lines = pem.split(separator: "\n")
        let keys = [
            "hush", pem.replacing("PRIVATE", with: "PUBLIC"), curve, locked,
            (lines[..<4] + lines.suffix(1)).joined(separator: "\n"),
        ]
        for key in keys {
            let transport = ScriptedTransport(.token("a"))
            let tokens = tokens(try file(TestKey.serviceAccount(pem: key)), transport)
            let text = try await failure(.configuration) { _ = try await tokens.token() }
            #expect(text.contains("credentials.json") && text.contains("private_key"), "\(text)")
            #expect(!text.contains("hush") && !text.contains(lines[2]))
            #expect(transport.requests.isEmpty)
        }
    }

    @Test("keep what the server repeats out of errors", .enabled(if: TestKey.isPossible))
    func repeated() async throws {
        let transport = ScriptedTransport { request, _ throws(HTTPError) in
            .json(
                #"{"error":"invalid_grant","error_description":"bad \#(request.form["assertion"] ?? "?")"}"#,
                status: 400)
        }
        let tokens = tokens(try file(TestKey.serviceAccount()), transport)
        let text = try await failure(.configuration) { _ = try await tokens.token() }
        #expect(text.contains("bad (secret)"))
        #expect(text.contains("clock") && text.contains("robot@project"))
    }

    // MARK: - A login

    @Test("of a login are its refresh token")
    func user() async throws {
        let transport = ScriptedTransport(.token("a"))
        #expect(try await tokens(try file(userFile), transport).token()?.value == "a")
        let request = try #require(transport.requests.first)
        #expect(request.url == "https://oauth2.googleapis.com/token")
        #expect(
            request.form == [
                "grant_type": "refresh_token", "client_id": "client", "client_secret": "hush-secret",
                "refresh_token": "1//hush-refresh",
            ])
    }

    @Test("that have ended say what to do")
    func ended() async throws {
        let transport = ScriptedTransport(
            .json(#"{"error":"invalid_grant","error_description":"Token 1//hush-refresh expired"}"#, status: 400))
        let tokens = tokens(try file(userFile), transport)
        let text = try await failure(.configuration) { _ = try await tokens.token() }
        #expect(text.contains("credentials.json") && text.contains("invalid_grant"))
        #expect(text.contains("gcloud auth application-default login"))
        #expect(!text.contains("hush"))
        #expect(transport.requests.count == 1)
    }

    // MARK: - Files

    @Test(
        "must be a file that is there and whole",
        arguments: [
            ("{", "is not a JSON object"), ("[]", "is not a JSON object"), ("{}", "field type is missing"),
            (#"{"type":7}"#, "field type is not text"), (#"{"type":"gdch"}"#, "type 'gdch' are not supported"),
            (#"{"type":"impersonated_service_account"}"#, "impersonated_service_account"),
            (#"{"type":"authorized_user","client_id":"a","client_secret":"b"}"#, "field refresh_token is missing"),
            (#"{"type":"service_account","client_email":"a"}"#, "field private_key is missing"),
            (
                #"{"type":"service_account","client_email":"a","private_key":"b","token_uri":"http://evil.test/token"}"#,
                "field token_uri must begin with https://"
            ),
            (
                #"{"type":"external_account","audience":"a","subject_token_type":"b","credential_source":{"environment_id":"aws1","url":"http://a"}}"#,
                "not supported"
            ),
        ])
    func brokenFile(text: String, problem: String) async throws {
        let transport = ScriptedTransport(.token("a"))
        let tokens = tokens(try file(text), transport)
        let words = try await failure(.configuration) { _ = try await tokens.token() }
        #expect(words.contains(problem) && words.contains("credentials.json"), "\(words)")
        #expect(transport.requests.isEmpty)
    }

    @Test("that are missing are not looked for elsewhere")
    func missingFile() async throws {
        try folder.write("application_default_credentials.json", userFile)
        let environment = GoogleEnvironment(applicationCredentials: "\(folder.path)/none", gcloudFolder: folder.path)
        let tokens = tokens(environment, ScriptedTransport(.token("a")))
        let text = try await failure(.configuration) { _ = try await tokens.token() }
        #expect(text.contains("\(folder.path)/none"))
    }

    @Test("tell safe addresses from others")
    func addresses() {
        for url in [
            "https://a.test/token", "HTTPS://a", "http://localhost/t", "http://127.0.0.1:8080", "http://[::1]:1/",
        ] { #expect(Address.isSafe(url), "\(url)") }
        for url in [
            "http://a.test", "http://localhost.evil.test", "http://localhost@evil.test", "ftp://a", "", "https://",
            "http://127.0.0.1.evil.test", "http://evil.test#@localhost", "http://localhost\\@evil.test", "//localhost",
        ] { #expect(!Address.isSafe(url), "\(url)") }
    }

    // MARK: - gcloud and the metadata server

    @Test("are those of gcloud when nothing is named")
    func gcloud() async throws {
        try folder.write("application_default_credentials.json", userFile)
        let transport = ScriptedTransport(.token("a"))
        _ = try await tokens(GoogleEnvironment(gcloudFolder: folder.path), transport).token()
        #expect(transport.requests.first?.form["refresh_token"] == "1//hush-refresh")
    }

    @Test("are those of the machine when there is no file")
    func metadata() async throws {
        let flavor: HTTPHeaders = ["Metadata-Flavor": "Google"]
        let transport = ScriptedTransport { request, _ throws(HTTPError) in
            guard request.headers["Metadata-Flavor"] == "Google" else { return .json("", status: 403) }
            if request.path.hasSuffix("/email") { return .json("me@project\n", headers: flavor) }
            return .json(#"{"access_token":"m","expires_in":600,"token_type":"Bearer"}"#, headers: flavor)
        }
        let tokens = tokens(GoogleEnvironment(metadataHost: "meta:8080", gcloudFolder: folder.path), transport)
        #expect(try await tokens.token()?.value == "m")
        #expect(
            transport.requests.map(\.url) == [
                "http://meta:8080/computeMetadata/v1/instance/service-accounts/default/token"
            ])
        #expect(await tokens.account()?.hasPrefix("me@project") == true)
    }

    @Test("that are nowhere name the ways to have some")
    func nothing() async throws {
        for code in [HTTPError.Code.dns, .connect, .timeout] {
            let transport = ScriptedTransport { _, _ throws(HTTPError) in throw HTTPError(code, "nobody") }
            let tokens = tokens(GoogleEnvironment(), transport)
            let text = try await failure(.configuration) { _ = try await tokens.token() }
            for way in [
                "the file of Google credentials", "gcloud auth", "the emulator of Cloud Storage", "Google Cloud",
            ] {
                #expect(text.contains(way))
            }
            #expect(transport.requests.first?.url.hasPrefix("http://metadata.google.internal/") == true)
        }
        let portal = tokens(GoogleEnvironment(), ScriptedTransport(.token("evil")))
        #expect(try await failure(.configuration) { _ = try await portal.token() }.contains("no Google credentials"))
    }

    @Test("of a metadata server that is named and away may come back")
    func metadataAway() async throws {
        let away = ScriptedTransport { _, _ throws(HTTPError) in throw HTTPError(.connect, "nobody") }
        let environment = GoogleEnvironment(metadataHost: "meta")
        _ = try await failure(.tryAgain) { _ = try await tokens(environment, away).token() }
        let flavor: HTTPHeaders = ["Metadata-Flavor": "Google"]
        let busy = ScriptedTransport(.json("", status: 503, headers: flavor))
        _ = try await failure(.tryAgain) { _ = try await tokens(environment, busy).token() }
        let none = ScriptedTransport(.json("", status: 404, headers: flavor))
        let text = try await failure(.configuration) { _ = try await tokens(environment, none).token() }
        #expect(text.contains("service account"))
    }

    // MARK: - External accounts

    @Test("of an external account are exchanged, and exchanged again for a service account's")
    func external() async throws {
        try folder.write("subject", #"{"id_token":"hush-subject"}"#)
        let file = try file(
            """
            {"type":"external_account","audience":"//iam/pool","subject_token_type":"urn:ietf:params:oauth:token-type:jwt",
            "token_url":"https://sts.test/v1/token","service_account_impersonation_url":"https://iam.test/robot:generate",
            "credential_source":{"file":"\(folder.path)/subject",
            "format":{"type":"json","subject_token_field_name":"id_token"}}}
            """)
        let transport = ScriptedTransport(
            .token("federated"), .json(#"{"accessToken":"impersonated","expireTime":"2026-01-01T00:00:00Z"}"#))
        let token = try #require(try await tokens(file, transport).token())
        #expect(token.value == "impersonated")
        #expect(token.expires == time.now + 3600)
        let exchange = transport.requests[0]
        #expect(exchange.url == "https://sts.test/v1/token")
        #expect(exchange.form["subject_token"] == "hush-subject")
        #expect(exchange.form["audience"] == "//iam/pool")
        #expect(exchange.form["scope"] == "https://www.googleapis.com/auth/cloud-platform")
        #expect(transport.requests[1].headers["Authorization"] == "Bearer federated")
        #expect(transport.requests[1].url == "https://iam.test/robot:generate")
    }

    @Test("of an external account may come from an address")
    func externalURL() async throws {
        let file = try file(
            """
            {"type":"external_account","audience":"a","subject_token_type":"b","token_url":"https://sts.test/token",
            "credential_source":{"url":"http://169.254.1.1/token","headers":{"X-Flavor":"cloud"}}}
            """)
        let transport = ScriptedTransport(.json("subject\n"), .token("direct"))
        #expect(try await tokens(file, transport).token()?.value == "direct")
        #expect(transport.requests[0].headers["X-Flavor"] == "cloud")
        #expect(transport.requests[1].form["subject_token"] == "subject")
        #expect(transport.requests[1].form["scope"] == "https://www.googleapis.com/auth/devstorage.read_write")
    }
}
