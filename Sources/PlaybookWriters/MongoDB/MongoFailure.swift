import CMongoc
import PlaybookCore

/// What a call of libmongoc ended with.
struct MongoFailure: Error, Equatable {
    /// Who reports it.
    enum Kind: Sendable { case server, writeConcern, selection, network, authentication, library }

    let kind: Kind
    /// The server's code, or the library's.
    let code: Int
    /// The text that came with it, without secrets.
    let message: String
    /// The server's whole answer to a command.
    var reply: BSONDocument?

    /// A row was there already.
    var isDuplicateKey: Bool { kind == .server && code == 11_000 }

    /// The user may not do it.
    var isUnauthorized: Bool { kind == .server && code == 13 }

    /// The error as users meet it.
    ///
    /// - Parameter location: the collection.
    func playbookError(_ location: String) -> PlaybookError {
        let detail = kind == .server || kind == .writeConcern ? "\(message) (MongoDB's code \(code))" : message
        switch kind {
        case .authentication:
            return PlaybookError(.configuration, "\(location): the login failed: \(detail)", nextStep: Self.checkUser)
        case .server where Self.loginCodes.contains(code):
            return PlaybookError(.configuration, "\(location): the login failed: \(detail)", nextStep: Self.checkUser)
        case .server where code == 13: return Self.forbidden(location, detail)
        case .selection, .network:
            if message.contains("certificate verify failed") {
                return PlaybookError(
                    .configuration, "\(location): the server's certificate is not trusted: \(detail)",
                    nextStep: """
                        Name the authority's certificate with tlsCAFile in \(.set(.mongoConnection)), or check the host's \
                        name.
                        """)
            }
            return PlaybookError(
                .tryAgain, "\(location): the server cannot be reached: \(detail)",
                nextStep: """
                    Check the address in \(.set(.mongoConnection)), that the server runs and lets this machine in, then run \
                    again: rows that are written already are not written twice.
                    """)
        case .writeConcern:
            return PlaybookError(
                .tryAgain, "\(location): too few servers confirmed the rows: \(detail)",
                nextStep: """
                    Run again when the other members of the replica set are back, or ask for less with w=1 in \
                    \(.set(.mongoConnection)).
                    """)
        case .server where Self.passingCodes.contains(code):
            return PlaybookError(
                .tryAgain, "\(location): the server cannot write now: \(detail)",
                nextStep: "Run again: rows that are written already are not written twice.")
        case .server, .library:
            return PlaybookError(
                .cannotWrite, "\(location): \(detail)",
                nextStep:
                    "Check the collection and the server's log, then run again: rows that are written already are "
                    + "not written twice.")
        }
    }

    /// The user may not do what a journal needs.
    static func forbidden(_ location: String, _ detail: String) -> PlaybookError {
        PlaybookError(
            .configuration, "\(location): the user may not do this: \(detail)",
            nextStep: """
                Give the user of \(.set(.mongoConnection)) the role readWrite on the database, or name another user.
                """)
    }

    private static let checkUser: Remedy = "Check the user, the password and authSource in \(.set(.mongoConnection))."

    /// Wrong user or password (Atlas says 8000), unknown user, mechanism that is off.
    private static let loginCodes: Set<Int> = [11, 18, 334, 8000]

    /// What passes: the server ends, steps down, is not a primary, or takes too long.
    private static let passingCodes: Set<Int> = [
        6, 7, 50, 64, 89, 91, 112, 134, 189, 262, 9001, 10_107, 11_600, 11_601, 11_602, 13_435, 13_436,
    ]
}

extension MongoFailure {
    /// What the library reports, with `secrets` taken out.
    init(_ error: cmongoc_error, secrets: MongoSecrets, reply: BSONDocument? = nil) {
        let message = withUnsafeBytes(of: error.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let kind: Kind =
            switch error.kind {
            case CMONGOC_SERVER: .server
            case CMONGOC_WRITE_CONCERN: .writeConcern
            case CMONGOC_SELECTION: .selection
            case CMONGOC_NETWORK: .network
            case CMONGOC_AUTHENTICATION: .authentication
            default: .library
            }
        self.init(
            kind: kind, code: Int(error.code), message: Self.line(secrets.removed(from: message)), reply: reply)
    }

    /// One line of bearable length: servers quote whole commands, rows and all.
    private static func line(_ text: String) -> String {
        let line = String(text.map { $0.isNewline ? " " : $0 })
        return line.count <= 200 ? line : line.prefix(200) + "…"
    }
}
