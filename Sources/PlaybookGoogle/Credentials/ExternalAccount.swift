import FoundationEssentials
import PlaybookCore
import PlaybookFileSystem
import PlaybookHTTP

/// Workload identity federation: another party's token, from a file or a URL, is exchanged at Google's Security Token
/// Service (RFC 8693), and the result, where the file says so, for a token of a service account.
struct ExternalAccount: TokenSource {
    private enum Subject {
        case file(String)
        case url(String, headers: HTTPHeaders)
    }

    private let path: String
    private let audience: String
    private let subjectTokenType: String
    private let tokenURL: String
    private let impersonationURL: String?
    private let subject: Subject
    /// The field of a JSON document that holds the subject token; nil when it is the whole text.
    private let subjectField: String?

    init(_ file: CredentialFile) throws(PlaybookError) {
        path = file.path
        audience = try file.text("audience")
        subjectTokenType = try file.text("subject_token_type")
        tokenURL = try file.url("token_url", default: "https://sts.googleapis.com/v1/token")
        let hasImpersonation = try file.optionalText("service_account_impersonation_url") != nil
        impersonationURL = hasImpersonation ? try file.url("service_account_impersonation_url") : nil
        guard let source = try file.object("credential_source") else {
            throw file.problem("field credential_source is missing")
        }
        if let name = try source.optionalText("file") {
            subject = .file(name)
        } else if let url = try source.optionalText("url"), source.texts["environment_id"] == nil {
            // Such addresses are often those of a machine's own metadata server, which has no TLS.
            let headers = try source.object("headers")?.texts.sorted { $0.key < $1.key } ?? []
            subject = .url(url, headers: HTTPHeaders(headers.map { HTTPHeaders.Field($0.key, $0.value) }))
        } else {
            throw PlaybookError(
                .configuration, "\(path): external_account credentials with this credential_source are not supported",
                nextStep: "Use a credential_source with a file or a url.")
        }
        let format = try source.object("format")
        let isJSON = try format?.optionalText("type") == "json"
        subjectField = isJSON ? try format?.text("subject_token_field_name") : nil
    }

    func fetch(through endpoint: TokenEndpoint) async throws -> AccessToken {
        let subjectToken = try await subjectToken(through: endpoint)
        let token = try await endpoint.token(
            tokenURL,
            form: [
                ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), ("audience", audience),
                ("scope", impersonationURL == nil ? storageScope : "https://www.googleapis.com/auth/cloud-platform"),
                ("requested_token_type", "urn:ietf:params:oauth:token-type:access_token"),
                ("subject_token_type", subjectTokenType), ("subject_token", subjectToken),
            ], source: path, secrets: [subjectToken],
            afterInvalidGrant: "Check the identity pool's provider, and that the subject token has not ended.")
        guard let impersonationURL else { return token }
        return try await impersonated(token, impersonationURL, through: endpoint)
    }

    private func impersonated(
        _ token: AccessToken, _ url: String, through endpoint: TokenEndpoint
    ) async throws -> AccessToken {
        struct Answer: Decodable { let accessToken: String }
        let asked = endpoint.now()
        let response = try await endpoint.send(
            HTTPRequest(
                .post, url, headers: ["Authorization": "Bearer \(token.value)", "Content-Type": "application/json"],
                body: Array(#"{"scope":["\#(storageScope)"],"lifetime":"3600s"}"#.utf8), limits: TokenEndpoint.limits,
                isIdempotent: true), source: path)
        guard response.status == 200,
            let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body)),
            !answer.accessToken.isEmpty, answer.accessToken.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            throw PlaybookError(
                .configuration,
                "\(path): \(Address.origin(url)) answered \(response.status) to service_account_impersonation_url",
                nextStep: "Grant the external identity roles/iam.workloadIdentityUser on the service account.")
        }
        // It lives as long as was asked for.
        return AccessToken(value: answer.accessToken, expires: asked + 3600)
    }

    private func subjectToken(through endpoint: TokenEndpoint) async throws -> String {
        let (bytes, place) = try await document(through: endpoint)
        let text: String?
        if let subjectField {
            text = (try? JSONDecoder().decode([String: AnyText].self, from: Data(bytes)))?[subjectField]?.text
        } else {
            text = String(decoding: bytes, as: UTF8.self)
        }
        let token = (text ?? "").filter { !$0.isWhitespace }
        guard !token.isEmpty else {
            throw PlaybookError(
                .configuration, "\(path): there is no subject token in \(place)",
                nextStep: "Check credential_source, and whoever makes the subject token.")
        }
        return token
    }

    private func document(through endpoint: TokenEndpoint) async throws -> ([UInt8], place: String) {
        switch subject {
        case .file(let name):
            do {
                return (try FileReader.contents(of: name), name)
            } catch {
                throw PlaybookError(
                    .configuration, "\(path): credential_source: \(error)", nextStep: "Check credential_source.")
            }
        case .url(let url, let headers):
            let response = try await endpoint.send(
                HTTPRequest(.get, url, headers: headers, limits: TokenEndpoint.limits), source: path)
            guard response.status == 200 else {
                throw PlaybookError(
                    .configuration,
                    "\(path): \(Address.origin(url)) answered \(response.status) when asked for the subject token",
                    nextStep: "Check credential_source.")
            }
            return (response.body, Address.origin(url))
        }
    }

    /// A text, or something else that does not matter.
    private struct AnyText: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            text = try? decoder.singleValueContainer().decode(String.self)
        }
    }
}

extension ExternalAccount: CustomStringConvertible, CustomReflectable {
    /// Without what is sent.
    var description: String { "external account in \(path)" }

    var customMirror: Mirror { Mirror(self, children: []) }
}
