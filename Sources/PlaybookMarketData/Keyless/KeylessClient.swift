import PlaybookAddresses
import PlaybookCore
import PlaybookHTTP

/// Asks a service that wants no account, and says in the program's words what went wrong. Nothing is asked once it has
/// refused.
struct KeylessClient: Sendable {
    /// What the service is called.
    let service: String
    /// The settings that say where it is.
    let settings: [Topic]
    /// Retries what is worth it, but no refusal.
    let transport: any HTTPTransport
    let refusals: RefusalMemory
    var headers: HTTPHeaders = [:]
    /// How long to wait before an answer that cannot be read is asked for again.
    var pause: Duration = .seconds(1)

    /// An answer that is not understood, and what is wrong with it.
    struct Problem: Error {
        let message: String
        /// Whether it may come out better when asked again.
        var isPassing = true
    }

    /// Asks `url` and reads the answer.
    ///
    /// - Parameters:
    ///   - statuses: those other than 200 whose answers `read` understands too.
    ///   - read: reads an answer; what it throws counts as one that came damaged and is asked for again twice, unless it is a
    ///     `PlaybookError` or a problem that stays.
    func get<Answer>(
        _ url: String, _ query: [(String, String)] = [], statuses: Set<Int> = [], largest: Int = 64 << 20,
        read: (HTTPResponse) throws -> Answer
    ) async throws -> Answer {
        let request = HTTPRequest(
            .get, query.isEmpty ? url : url + "?" + formEncoded(query), headers: headers,
            limits: HTTPLimits(totalTimeout: .seconds(180), stallTimeout: .seconds(20), maximumBodyBytes: largest))
        let host = URLParts(url).hostAndPort
        for attempt in 1... {
            try await refusals.requireNone()
            let response = try await transport.send(request, to: service, settings: settings)
            if RefusalMemory.statuses.contains(response.status) { throw await refusals.note(response, from: host) }
            guard response.status == 200 || statuses.contains(response.status) else { throw refusal(response, host) }
            do {
                return try read(response)
            } catch let error as PlaybookError {
                throw error
            } catch let problem as Problem where !problem.isPassing {
                throw unreadable(problem.message, host)
            } catch  where attempt < 3 {
                try await Task.sleep(for: pause * attempt)
            } catch let problem as Problem {
                throw unreadable(problem.message, host)
            } catch let malformed as JSONScanner.Malformed {
                throw unreadable(
                    malformed.isCutOff
                        ? "the answer is cut off after \(response.body.count) bytes"
                        : "byte \(malformed.byte) is not \(malformed.expected)", host)
            }
        }
        preconditionFailure("the last attempt returns or throws")
    }

    private func refusal(_ response: HTTPResponse, _ host: String) -> PlaybookError {
        let answer = "\(host) answered \(response.status)" + Self.said(response)
        switch response.status {
        case 401, 403:
            return PlaybookError(
                .sourceUnavailable, "\(service) refuses this client: \(answer)",
                nextStep: "A firewall may stand between; try later or from another network, or use another source.")
        case 300..<400:
            return PlaybookError(
                .sourceUnavailable, "\(answer), a redirect, which is not followed",
                nextStep: "Put the right address into \(settings.all).")
        case 400, 404, 422:
            return PlaybookError(
                .sourceUnavailable, "the request was refused: \(answer)",
                nextStep: "Check the symbol, the dates and \(settings.all).")
        default: return PlaybookError(.sourceUnavailable, NeutralText(answer), nextStep: "Try again later.")
        }
    }

    private func unreadable(_ message: String, _ host: String) -> PlaybookError {
        PlaybookError(
            .sourceUnavailable, "\(host) sent an answer that is not understood: \(message)",
            nextStep: "Check \(settings.all) and what stands between, and try again.")
    }

    /// What a short answer of plain text says.
    private static func said(_ response: HTTPResponse) -> String {
        let text = String(decoding: response.body.prefix(200), as: UTF8.self)
        guard !text.isEmpty, !text.contains("<") else { return "" }
        return ": " + String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }
}

extension JSONScanner {
    /// - Throws: a problem that stays, when a page of text stands in place of JSON.
    mutating func requireNoPage() throws {
        if isMarkup() {
            throw KeylessClient.Problem(message: "a page of text in place of JSON", isPassing: false)
        }
    }
}
