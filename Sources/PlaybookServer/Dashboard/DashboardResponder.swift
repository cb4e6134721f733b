import HTTPTypes
import Hummingbird
import HummingbirdCore
import PlaybookCore
import PlaybookCrypto
import PlaybookReports

/// Answers requests for pages of the dashboard.
struct DashboardResponder: Sendable {
    let site: DashboardSite
    let door: DashboardDoor
    /// Seconds since 1970.
    let now: @Sendable () -> Int64

    private static let paths = ["/", "/journal", "/session", "/report", "/playbooks"]

    /// Whether a path is the dashboard's.
    func owns(_ path: String) -> Bool {
        Self.paths.contains(path) || ["/login", "/logout", "/run", "/docs"].contains(path) || path.hasPrefix("/runs/")
    }

    /// Nothing but the pages' own style sheets and scripts, which their digests name.
    private static let policy: String = {
        func sources(_ texts: [String]) -> String {
            texts.map { "'sha256-\(base64(SHA256.digest(Array($0.utf8))))'" }.joined(separator: " ")
        }
        return
            "default-src 'none'; style-src \(sources(DashboardSite.styles)); script-src \(sources(DashboardSite.scripts)); "
            + "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    }()

    private static func base64(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let word = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
            for place in 0..<4 {
                text.append(place <= part.count ? letters[word >> (18 - 6 * place) & 63] : "=")
            }
        }
        return text
    }

    private static func answer(_ status: HTTPResponse.Status, _ page: [UInt8]) -> Answer {
        var answer = Answer(status, page: String(decoding: page, as: UTF8.self))
        answer.fields[.contentSecurityPolicy] = policy
        answer.fields[.referrerPolicy] = "same-origin"
        return answer
    }

    private static func moved(to place: String, cookie: String? = nil) -> Answer {
        var answer = answer(.seeOther, DashboardSite.message("Go on", "Go on to \(place)."))
        answer.fields[.location] = place
        if let cookie { answer.fields[.setCookie] = cookie }
        return answer
    }

    /// The answer to a request for one of its paths.
    ///
    /// - Parameters:
    ///   - identity: checks the request's identity, where the service looks at identities.
    ///   - run: runs today's session, and says what came of it.
    func answer(
        _ request: Request, _ body: [UInt8], service: Door, _ context: RequestConnection,
        operations: () -> [UInt8], run: () async throws(Problem) -> String
    ) async -> Answer {
        do throws(Problem) {
            return try await self.answered(request, body, service, context, operations, run)
        } catch {
            return Self.answer(
                error.kind.status,
                DashboardSite.message(
                    error.kind.title, [error.detail, error.nextStep].compactMap { $0 }.joined(separator: ". ")))
        }
    }

    private func answered(
        _ request: Request, _ body: [UInt8], _ service: Door, _ context: RequestConnection,
        _ operations: () -> [UInt8], _ run: () async throws(Problem) -> String
    ) async throws(Problem) -> Answer {
        let path = request.uri.path
        let isPost = request.method == .post
        let takesPost = ["/login", "/logout", "/run"].contains(path)
        guard isPost || request.method == .get || request.method == .head else {
            throw Problem(.methodNotAllowed, "\(path) takes \(takesPost ? "POST" : "GET, HEAD")")
        }
        guard isPost == takesPost || path == "/login" else {
            throw Problem(.methodNotAllowed, "\(path) takes \(takesPost ? "POST" : "GET, HEAD")")
        }
        try requireOwn(request, isPost: isPost, service, context)
        if path == "/docs" { return Self.answer(.ok, operations()) }
        let form = isPost ? FormFields.read(body) : FormFields.read(Array((request.uri.query ?? "").utf8))
        let seconds = now()
        let isLoggedIn = door.isLoggedIn(request.headers[values: .cookie], now: seconds)
        if path == "/login" { return logIn(request, form, isPost: isPost, seconds) }
        if door.isLocked {
            guard isLoggedIn else {
                let next = isPost ? "/" : "\(request.uri)"
                return Self.answer(
                    .unauthorized, DashboardSite.login(asksForUser: door.asksForUser, failure: "", next: next))
            }
        } else {
            try await service.authorize(request, context)
        }
        switch path {
        case "/logout": return Self.moved(to: "/login", cookie: DashboardDoor.noCookie)
        case "/run":
            guard door.isLocked else {
                throw Problem(.unauthorized, "runs from here need DASHBOARD_TOKEN or DASHBOARD_PASSWORD to be set")
            }
            switch door.attempt(user: door.asksForUser ? door.user : nil, secret: form["token"] ?? "") {
            case .right: return Self.moved(to: "/runs/\(try await run())")
            case .wrong: throw Problem(.unauthorized, "this is not the token")
            case .tooMany: throw Problem(.busy, "there were too many wrong tokens", nextStep: "Try again in a minute.")
            }
        default: return try await page(path, form, isLoggedIn: isLoggedIn)
        }
    }

    private func page(_ path: String, _ query: [String: String], isLoggedIn: Bool) async throws(Problem) -> Answer {
        do {
            guard let page = try await site.page(path, query: query, isLoggedIn: isLoggedIn) else {
                throw Problem(.notFound, "there is nothing at \(printable(path, 80))")
            }
            return Self.answer(.ok, page)
        } catch let problem as Problem {
            throw problem
        } catch let error as PlaybookError {
            throw Problem(ProblemKind(error.code), error)
        } catch {
            throw Problem(.badData, "\(error)")
        }
    }

    private func logIn(_ request: Request, _ form: [String: String], isPost: Bool, _ seconds: Int64) -> Answer {
        func again(_ status: HTTPResponse.Status, _ failure: String) -> Answer {
            Self.answer(
                status, DashboardSite.login(asksForUser: door.asksForUser, failure: failure, next: form["next"] ?? "/"))
        }
        guard isPost else { return again(.ok, "") }
        switch door.attempt(user: form["user"], secret: form["token"] ?? form["password"] ?? "") {
        case .right:
            let isSecure = request.headers[.xForwardedProto]?.lowercased() == "https"
            return Self.moved(
                to: Self.ownPlace(form["next"] ?? "/"), cookie: door.cookie(now: seconds, isSecure: isSecure))
        case .wrong: return again(.unauthorized, "That is not right.")
        case .tooMany:
            var answer = again(.tooManyRequests, "There were too many wrong attempts. Try again in a minute.")
            answer.fields[.retryAfter] = "60"
            return answer
        }
    }

    /// A place of this service, whatever a form says.
    private static func ownPlace(_ text: String) -> String {
        let isOwn =
            text.hasPrefix("/") && !text.hasPrefix("//") && text.utf8.allSatisfy { (0x21..<0x7F).contains($0) }
            && !text.contains("\\")
        return isOwn ? text : "/"
    }

    /// Names of the service count for all requests; a form must come from a page of its own, while a link may lead here
    /// from anywhere.
    private func requireOwn(
        _ request: Request, isPost: Bool, _ service: Door, _ context: RequestConnection
    ) throws(Problem) {
        guard isPost else {
            var headers = request.headers
            if headers[.secFetchMode] == "navigate" { headers[.secFetchSite] = nil }
            let problem = RequestOrigin(names: service.names).problem(
                authority: request.head.authority, headers: headers, address: context.address)
            if let problem { throw problem }
            return
        }
        guard request.headers[.origin] != nil else {
            throw Problem(.foreign, "a form without an Origin", nextStep: "Send it from a page of the dashboard.")
        }
        try service.requireOwn(request, context)
    }
}

/// The fields of a form, or of what stands behind a path.
enum FormFields {
    /// The fields by name; of several with one name the first counts.
    static func read(_ bytes: [UInt8]) -> [String: String] {
        var fields: [String: String] = [:]
        for part in bytes.split(separator: UInt8(ascii: "&")).prefix(50) {
            let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = decoded(sides[0])
            if fields[name] == nil { fields[name] = sides.count > 1 ? decoded(sides[1]) : "" }
        }
        return fields
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        var text: [UInt8] = []
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let byte = bytes[place]
            if byte == UInt8(ascii: "%"), place + 2 < bytes.endIndex,
                let value = UInt8(String(decoding: bytes[(place + 1)...(place + 2)], as: UTF8.self), radix: 16)
            {
                text.append(value)
                place += 2
            } else {
                text.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
            place += 1
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension HTTPField.Name {
    static let contentSecurityPolicy = Self("Content-Security-Policy")!
    static let referrerPolicy = Self("Referrer-Policy")!
    static let secFetchMode = Self("Sec-Fetch-Mode")!
    static let xForwardedProto = Self("X-Forwarded-Proto")!
}
