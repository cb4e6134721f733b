import PlaybookCrypto
import PlaybookSettings
import Synchronization

/// Who may see the dashboard: those who know its token or password, once they have logged in.
final class DashboardDoor: Sendable {
    /// What is known of an attempt to log in.
    enum Attempt: Sendable {
        case right
        case wrong
        /// There were too many wrong ones of late.
        case tooMany
    }

    private let access: Settings.DashboardAccess
    private let failures = Mutex<[ContinuousClock.Instant]>([])

    /// So many wrong attempts in a minute are looked at, those of all clients together: behind a proxy all are one.
    static let mostFailures = 5
    /// How long a login lasts, in seconds.
    static let lifetime: Int64 = 12 * 3600
    static let cookieName = "playbook-dashboard"

    init(_ access: Settings.DashboardAccess) { self.access = access }

    /// Whether one has to log in.
    var isLocked: Bool { access.secret != nil }
    /// The user who may log in; nil where no name is asked for.
    var user: String? { access.user }
    /// Whether a user's name is asked for beside the secret.
    var asksForUser: Bool { access.user != nil }

    /// Looks at what somebody gives as the secret.
    func attempt(user: String?, secret: String, at time: ContinuousClock.Instant = .now) -> Attempt {
        guard let right = access.secret else { return .wrong }
        let isRight = failures.withLock { failures -> Attempt in
            failures.removeAll { time - $0 > .seconds(60) }
            guard failures.count < Self.mostFailures else { return .tooMany }
            // Digests of both are compared, so that the time tells neither length nor content.
            let key = SHA256.digest(Array("compare".utf8))
            let isSecret = MessageCode.isEqual(
                MessageCode.hmac(key: key, Array(secret.utf8)), MessageCode.hmac(key: key, Array(right.utf8)))
            let isUser = MessageCode.isEqual(
                MessageCode.hmac(key: key, Array((user ?? "").utf8)),
                MessageCode.hmac(key: key, Array((access.user ?? "").utf8)))
            if isSecret, isUser || access.user == nil { return .right }
            failures.append(time)
            return .wrong
        }
        return isRight
    }

    /// The cookie of a login that lasts from `now`, in seconds since 1970.
    func cookie(now: Int64, isSecure: Bool) -> String {
        let end = now + Self.lifetime
        return "\(Self.cookieName)=\(end).\(code(end)); Path=/; Max-Age=\(Self.lifetime); HttpOnly; SameSite=Strict"
            + (isSecure ? "; Secure" : "")
    }

    /// What takes the cookie away.
    static let noCookie = "\(cookieName)=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"

    /// Whether the cookies of a request tell of a login that lasts at `now`.
    func isLoggedIn(_ cookies: [String], now: Int64) -> Bool {
        for cookie in cookies.flatMap({ $0.split(separator: ";") }) {
            let parts = cookie.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0] == Self.cookieName else { continue }
            let value = parts[1].split(separator: ".", maxSplits: 1)
            guard value.count == 2, let end = Int64(value[0]), end > now, end <= now + Self.lifetime else { continue }
            if MessageCode.isEqual(Array(value[1].utf8), Array(code(end).utf8)) { return true }
        }
        return false
    }

    /// What only who knows the secret can write about a login that ends then.
    private func code(_ end: Int64) -> String {
        let key = Array("\(access.user ?? "")\u{0}\(access.secret ?? "")".utf8)
        return MessageCode.hmac(key: key, Array("dashboard until \(end)".utf8)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
