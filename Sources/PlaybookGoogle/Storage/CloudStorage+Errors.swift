import FoundationEssentials
import PlaybookCore
import PlaybookHTTP

extension CloudStorage {
    /// Whether `answer` says that the object is not there.
    ///
    /// - Throws: `PlaybookError` when the bucket is missing.
    func isMissing(_ answer: Answer, _ operation: Operation) async throws -> Bool {
        guard answer.response.status == 404 else { return false }
        let message = message(of: answer.response)
        if message.contains("No such object") { return true }
        if message.contains("bucket does not exist") { throw await refusal(answer, operation) }
        // The words may change: the bucket is there if it can be listed. Who may not list it may still write to it.
        let list = try await send(operation, .get, bucketURL("/o", [("maxResults", "1")])) { _ in true }
        if list.response.status == 404 { throw await refusal(list, operation) }
        return true
    }

    /// What an answer that is not a success means.
    func refusal(_ answer: Answer, _ operation: Operation) async -> PlaybookError {
        let response = answer.response
        let said = quoted(message(of: response), without: [answer.token?.value ?? ""])
        let words = said.isEmpty ? "" : ": \(said)"
        let what = "\(operation): \(Address.origin(endpoint)) answered \(response.status)\(words)"
        switch response.status {
        case 401:
            return PlaybookError(
                .configuration, NeutralText(what), nextStep: "Check the Google credentials, and this machine's clock.")
        case 403:
            return await denied(what)
        case 404:
            return PlaybookError(
                .configuration, NeutralText(what),
                nextStep: "Check \(.set(.bucket)), or create the bucket.")
        case 400 where said.lowercased().contains("requester pays") || said.lowercased().contains("user project"):
            return PlaybookError(
                .configuration, NeutralText(what),
                nextStep: "Name the project that pays for requests in \(.set(.bucketPayer)).")
        case 408, 429, 500...:
            return PlaybookError(.tryAgain, NeutralText(what), nextStep: "Try again later.")
        case 300..<400:
            return PlaybookError(
                .configuration, "\(what), a redirect; the token is not sent on to another address",
                nextStep: "Check the address of Cloud Storage.")
        default:
            return PlaybookError(operation.isWrite ? .cannotWrite : .sourceUnavailable, NeutralText(what))
        }
    }

    /// The error for permissions that are not granted.
    func denied(_ permissions: [String]) async -> PlaybookError {
        await denied("gs://\(bucket): not permitted: \(permissions.joined(separator: ", "))")
    }

    private func denied(_ what: String) async -> PlaybookError {
        let account = await tokens.account()
        return PlaybookError(
            .configuration, "\(what)\(account.map { " (account \($0))" } ?? "")",
            nextStep: "Grant \(account ?? "the account of the credentials") the role roles/storage.objectUser on "
                + "the bucket \(quoted(bucket)).")
    }

    /// The error for an answer with status 200 that is not understood.
    func unreadable(_ operation: Operation) -> PlaybookError {
        PlaybookError(
            operation.isWrite ? .cannotWrite : .sourceUnavailable,
            "\(operation): \(Address.origin(endpoint)) sent an answer that is not understood",
            nextStep: "Check the address of Cloud Storage and what stands between, and try again.")
    }

    /// The error for a request that got no answer.
    func unreachable(_ error: HTTPError, _ operation: Operation) -> any Error {
        switch error.code {
        case .cancelled: CancellationError()
        case .libraryMissing: PlaybookError(.configuration, error.facts, nextStep: "Install libcurl4.")
        case .invalidRequest:
            PlaybookError(
                .configuration, "\(operation): \(error.facts)", nextStep: "Check the address of Cloud Storage.")
        case .tooLarge: PlaybookError(.sourceUnavailable, "\(operation): \(error.facts)")
        default:
            PlaybookError(
                .tryAgain, "\(operation): \(error.facts)",
                nextStep: "Check the network and the proxy variables, and try again.")
        }
    }

    /// Google's own words: those of its JSON errors, or a short text.
    func message(of response: HTTPResponse) -> String {
        struct Body: Decodable {
            struct Problem: Decodable { let message: String }
            let error: Problem
        }
        if let body = try? JSONDecoder().decode(Body.self, from: Data(response.body)) { return body.error.message }
        guard let first = response.body.first(where: { $0 > 0x20 }), first != UInt8(ascii: "<"),
            first != UInt8(ascii: "{")
        else { return "" }
        return String(decoding: response.body.prefix(300), as: UTF8.self)
    }
}
