public import PlaybookCore

/// What PostgreSQL, or the way to it, ended a piece of work with.
public struct PostgresFailure: Error, Equatable {
    /// The five characters of SQLSTATE; empty when there is none: the connection failed.
    public let state: String
    /// What was said, without secrets.
    public let message: String
    /// Whether no connection came about.
    public var isUnreachable = false

    /// A failure; `message` must hold no secret.
    public init(state: String, message: String, isUnreachable: Bool = false) {
        (self.state, self.message, self.isUnreachable) = (state, message, isUnreachable)
    }

    /// Whether the same work may succeed later.
    public var isPassing: Bool {
        // No state: the connection broke. Two that met: serialization, deadlock, lock, a row that another inserted first.
        if state.isEmpty { return !message.contains("certificate") }
        return state.hasPrefix("08") && state != "08P01" || Self.passing.contains(state)
    }

    private static let passing: Set<String> = [
        "40001", "40P01", "55P03", "57P01", "57P02", "57P03", "23505", "53300", "25006",
    ]

    /// There is no such table, schema or column.
    public var isMissing: Bool { ["42P01", "3F000"].contains(state) }

    /// The error as users meet it.
    ///
    /// - Parameter location: the database, and what of it is used.
    public func playbookError(_ location: NeutralText) -> PlaybookError {
        let detail = state.isEmpty ? message : "\(message) (SQLSTATE \(state))"
        switch state {
        case "28P01", "28000":
            return PlaybookError(
                .configuration, "\(location): the login failed: \(detail)",
                nextStep: """
                    Check the user and the password in \(.set(.postgresConnection)), \(.set(.postgresPassword)) or the file \
                    of \(.set(.postgresPasswordFile)), and that the server lets this machine in (pg_hba.conf).
                    """)
        case "3D000":
            return PlaybookError(
                .configuration, "\(location): \(detail)",
                nextStep: "Make the database, or name another one in \(.set(.postgresConnection)).")
        case "42501": return Self.forbidden(location, detail)
        case "" where message.contains("certificate"):
            return PlaybookError(
                .configuration, "\(location): the server's certificate is not trusted: \(detail)",
                nextStep: """
                    Name the authority's certificate with sslrootcert in \(.set(.postgresConnection)), or check the host's \
                    name.
                    """)
        case "", "57P03", "57P01", "57P02":
            return PlaybookError(
                .tryAgain, "\(location): the server cannot be reached: \(detail)",
                nextStep: """
                    Check the address in \(.set(.postgresConnection)), that the server runs and lets this machine in, then \
                    run again: rows that are written already are not written twice.
                    """)
        case "53300":
            return PlaybookError(
                .tryAgain, "\(location): all connections of the server are taken: \(detail)",
                nextStep: "Run again later, or raise max_connections.")
        case "25006":
            return PlaybookError(
                .tryAgain, "\(location): this server takes no writes: \(detail)",
                nextStep: """
                    Name the primary in \(.set(.postgresConnection)), or all servers with target_session_attrs=read-write.
                    """)
        case _ where isPassing:
            return PlaybookError(
                .tryAgain, "\(location): the server cannot write now: \(detail)",
                nextStep: "Run again: rows that are written already are not written twice.")
        case _ where state.hasPrefix("22"):
            return PlaybookError(
                .badData, "\(location): \(detail)",
                nextStep: "Correct the value, or choose another journal.")
        default:
            return PlaybookError(
                .cannotWrite, "\(location): \(detail)",
                nextStep:
                    "Check the table and the server's log, then run again: rows that are written already are not "
                    + "written twice.")
        }
    }

    /// The user may not do what is needed.
    public static func forbidden(_ location: NeutralText, _ detail: String) -> PlaybookError {
        PlaybookError(
            .configuration, "\(location): the user may not do this: \(detail)",
            nextStep: """
                Give the user of \(.set(.postgresConnection)) the rights that docs/postgresql.md lists, or name another \
                user.
                """)
    }
}
