import PlaybookAddresses

extension Settings {
    /// Who may see the dashboard.
    public struct DashboardAccess: Sendable {
        /// The user's name that is asked for; nil for none.
        public let user: String?
        /// The token, or the user's password; nil where nobody has to log in.
        public let secret: String?
    }

    /// Who may see the dashboard; nil where there is none.
    ///
    /// - Throws: a `PlaybookError` where anybody could see it: it needs a token or a password, unless the service listens
    ///   to this machine alone or identities are checked.
    public func dashboardAccess() throws -> DashboardAccess? {
        guard try onOff(.dashboard) else { return nil }
        let token = try secret(.dashboardToken, .dashboardTokenFile, maximumLength: 256)
        let password = try secret(.dashboardPassword, .dashboardPasswordFile, maximumLength: 256)
        if token != nil, password != nil || self[.dashboardUser] != nil {
            throw wrong(.dashboardToken, "a token and a user are both set", nextStep: "Unset one of them.")
        }
        guard (password == nil) == (self[.dashboardUser] == nil) else {
            throw wrong(
                .dashboardUser, "DASHBOARD_USER and DASHBOARD_PASSWORD go together", nextStep: "Set both, or neither.")
        }
        if let secret = token ?? password, secret.utf8.count < 12 {
            throw wrong(
                token == nil ? .dashboardPassword : .dashboardToken, "it has fewer than 12 characters",
                nextStep: "Choose a longer one.")
        }
        let host = try serverAddress().host
        guard token != nil || password != nil || checksIdentity || Loopback.contains(host) else {
            throw wrong(
                .dashboard, "anybody who reaches \(host) could see the dashboard",
                nextStep: "Set DASHBOARD_TOKEN, or DASHBOARD_USER and DASHBOARD_PASSWORD, or SERVE_HOST=127.0.0.1.")
        }
        return DashboardAccess(user: self[.dashboardUser], secret: token ?? password)
    }
}
