import FoundationEssentials
import PlaybookAddresses
import PlaybookCore
import PlaybookHTTP

/// Asks Alpaca's HTTP API, and says in the program's words what went wrong.
struct AlpacaClient: Sendable {
    let account: AlpacaAccount
    /// Retries what is worth it.
    let transport: any HTTPTransport
    /// Sends once: for what can be done without.
    let unretried: any HTTPTransport
    /// How long to wait before an answer that cannot be read is asked for again.
    var pause: Duration = .seconds(1)
    /// Called when the plan turns out to have nothing of the feed, whatever the dates.
    var onFeedRefused: @Sendable () -> Void = {}

    /// The free plan does not answer for the last quarter of an hour.
    struct RecentDataRefused: Error {
        /// What to say when older data is refused as well.
        let refusal: PlaybookError
    }

    /// Asks `url` and reads the answer.
    ///
    /// - Parameters:
    ///   - isEssential: whether what fails is tried again.
    ///   - read: reads a body; what it throws counts as an answer that came damaged, and is asked for again twice,
    ///     unless it is a `PlaybookError`.
    func get<Answer>(
        _ url: String, _ query: [(String, String)], isEssential: Bool = true, read: ([UInt8]) throws -> Answer
    ) async throws -> Answer {
        let request = HTTPRequest(
            .get, url + "?" + formEncoded(query),
            headers: [
                "APCA-API-KEY-ID": account.keyID, "APCA-API-SECRET-KEY": account.secretKey,
                "Accept": "application/json",
            ], limits: HTTPLimits(stallTimeout: .seconds(10)))
        let host = URLParts(url).hostAndPort
        for attempt in 1... {
            let response = try await (isEssential ? transport : unretried).send(
                request, to: "Alpaca", settings: [.alpacaDataAddress, .alpacaTradingAddress])
            if let ahead = response.clockAhead(now: systemEpochSeconds()),
                let problem = ClockDifference.problem(ahead: ahead)
            {
                throw problem
            }
            guard response.status == 200 else { throw try refusal(response, host) }
            do {
                return try read(response.body)
            } catch let error as PlaybookError {
                throw error
            } catch  where isEssential && attempt < 3 {
                try await Task.sleep(for: pause * attempt)
            } catch {
                throw unreadable(response, error, host)
            }
        }
        preconditionFailure("the last attempt returns or throws")
    }

    /// What an answer other than 200 means.
    private func refusal(_ response: HTTPResponse, _ host: String) throws -> PlaybookError {
        struct Body: Decodable { let message: String }
        let message = (try? JSONDecoder().decode(Body.self, from: Data(response.body)))?.message
        let said = message.map { ": \(Self.printable($0))" } ?? ""
        let answer = "\(host) answered \(response.status)\(said)"
        switch response.status {
        case 403 where message?.contains("subscription") == true:
            let refusal = PlaybookError(
                .configuration, "\(.named(.feed, account.feed)): \(answer)",
                nextStep: "Choose a feed that the subscription has: iex is free.")
            if message?.contains("recent SIP") == true { throw RecentDataRefused(refusal: refusal) }
            onFeedRefused()
            return refusal
        case 401, 403:
            return PlaybookError(
                .configuration, "\(.named(.alpacaKey)) and \(.named(.alpacaSecret)) are not accepted: \(answer)",
                nextStep: "Check both keys, and that \(.set(.alpacaPaper)) fits them.")
        case 429:
            return PlaybookError(
                .tryAgain, "too many requests: \(answer)",
                nextStep: "Run again in a minute; what was fetched so far is in the cache.")
        case 400, 404, 422:
            return PlaybookError(
                .sourceUnavailable, "the request was refused: \(answer)",
                nextStep: "Check the symbols, the dates, \(.set(.feed)) and \(.set(.alpacaDataAddress)).")
        case 300..<400:
            return PlaybookError(
                .sourceUnavailable, "\(answer), a redirect; keys are not sent on to another address",
                nextStep: "Put the right address into \(.set(.alpacaDataAddress)) or \(.set(.alpacaTradingAddress)).")
        default:
            return PlaybookError(.sourceUnavailable, NeutralText(answer), nextStep: "Try again later.")
        }
    }

    private func unreadable(_ response: HTTPResponse, _ error: any Error, _ host: String) -> PlaybookError {
        let what: String
        if response.body.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") {
            what = "answered with HTML where JSON was expected"
        } else if let malformed = error as? JSONScanner.Malformed {
            what =
                malformed.isCutOff
                ? "sent an answer that is cut off after \(response.body.count) bytes"
                : "sent an answer that is not JSON of bars: byte \(malformed.byte) is not \(malformed.expected)"
        } else if let problem = error as? AlpacaBarPage.Problem {
            what = "sent an answer that is not understood: \(problem.message)"
        } else {
            what = "sent an answer that is not understood"
        }
        return PlaybookError(
            .sourceUnavailable, "\(host) \(what)",
            nextStep: """
                Check \(.set(.alpacaDataAddress)) and \(.set(.alpacaTradingAddress)) and what stands between, and try \
                again.
                """)
    }

    /// At most 200 characters of one line.
    private static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(200).map { $0.value < 0x20 ? " " : $0 }))
    }
}
