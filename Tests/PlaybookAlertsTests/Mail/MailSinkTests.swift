import Foundation
import PlaybookAlerts
import PlaybookCore
import PlaybookHTTP
import PlaybookTestSupport
import Testing

@Suite("Mail", .serialized, .enabled(if: PythonServer.isAvailable, Comment(rawValue: PythonServer.notice)))
struct MailSinkTests {
    @Test("arrives as it was sent")
    func delivery() async throws {
        let server = try await FakeMail()
        let lines = [
            "QQQ  +1.50 R", ".", "..dots", "= 100 %", "Ärger, 日本 😀 ", "", String(repeating: "x", count: 5000),
            String(repeating: "ü ", count: 400) + "end", "\ttab", "last",
        ]
        let sink = try server.sink(to: ["a@example.com", "b@example.org"])
        #expect(sink.name == "mail through \(server.address)")
        try await sink.send(Alert(severity: .failure, title: "Kein Lauf für 日本 – 😀", lines: lines))
        try await sink.send(.test)
        let messages = try server.messages
        try #require(messages.count == 2)
        let message = messages[0]
        #expect(message.from == "robot@example.com")
        #expect(message.to == ["a@example.com", "b@example.org"])
        #expect(message.subject == "Kein Lauf für 日本 – 😀")
        #expect(
            message.body.split(separator: "\r\n", omittingEmptySubsequences: false).dropLast().map(String.init) == lines
        )
        #expect(message.defects.isEmpty)
        #expect(message.headers["Date"] == "Sat, 21 Nov 2026 10:51:40 +0000")
        #expect(message.headers["From"] == "trading-playbook <robot@example.com>")
        #expect(message.headers["To"] == "a@example.com, b@example.org")
        #expect(message.headers["Importance"] == "high")
        #expect(message.headers["Message-ID"] != messages[1].headers["Message-ID"])
        #expect(!message.tls)
        let raw = message.data.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(raw.allSatisfy { $0.utf8.count <= 76 && !$0.contains("\n") && !$0.contains("\r") })
    }

    @Test("a title cannot name more recipients")
    func injection() async throws {
        let server = try await FakeMail()
        let sink = try server.sink()
        try await sink.send(
            Alert(
                severity: .info, title: "a\r\nBcc: evil@example.com\r\n\r\n.\r\nMAIL FROM:<x@y.z>",
                lines: ["\r\n.\r\nQUIT"]))
        let messages = try server.messages
        #expect(messages.count == 1)
        #expect(messages[0].to == ["you@example.com"])
        #expect(messages[0].headers["Bcc"] == nil)
        #expect(messages[0].body.hasSuffix("\r\n.\r\nQUIT\r\n"))
    }

    @Test("goes over TLS, with a login", arguments: ["starttls", "always"])
    func protection(tls: String) async throws {
        let certificate = try Certificate(for: "IP:127.0.0.1")
        let server = try await FakeMail(certificate.options(tls) + ["--login", "robot:pässword +=\\"])
        let scheme = tls == "always" ? "smtps" : "smtp"
        try await server.sink(
            scheme: scheme, user: "robot", password: "pässword +=\\", certificateFile: certificate.file
        ).send(.test)
        #expect(try server.messages.map(\.tls) == [true])
        #expect(try server.messages.map(\.user) == ["robot"])
        let error = try #require(
            await playbookError {
                try await server.sink(
                    scheme: scheme, user: "robot", password: "hush-hush", certificateFile: certificate.file
                ).send(.test)
            })
        #expect(error.code == .configuration)
        #expect(error.message.contains("\(server.address): the login is refused: 535 5.7.8 authentication failed"))
        #expect(error.nextStep?.contains("<set mailPassword>") == true)
        #expect(!error.description.contains("hush"))
        let untrusted = try #require(
            await playbookError {
                try await server.sink(scheme: scheme, user: "robot", password: "hush-hush").send(.test)
            })
        #expect(untrusted.code == .configuration)
        #expect(untrusted.message.contains("certificate is not trusted"))
        #expect(try server.messages.count == 1)
    }

    @Test("a certificate must name the host")
    func otherHost() async throws {
        let certificate = try Certificate(for: "DNS:other.example")
        let server = try await FakeMail(certificate.options("always"))
        let error = try #require(
            await playbookError {
                try await server.sink(scheme: "smtps", certificateFile: certificate.file).send(.test)
            })
        #expect(error.message.contains("certificate is not trusted"))
    }

    /// On Linux all of 127/8 is this machine; of a host that is not called so TLS is required.
    @Test("other machines must offer TLS", .enabled(if: isLinux))
    func required() async throws {
        let plain = try await FakeMail(["--host", "127.0.0.2", "--login", "robot:hush"])
        let error = try #require(
            await playbookError { try await plain.sink(user: "robot", password: "hush").send(.test) })
        #expect(error.code == .configuration)
        #expect(error.message.contains("does not offer TLS"))
        await #expect(throws: PlaybookError.self) { try await plain.sink().send(.test) }
        #expect(try plain.messages.isEmpty)
        let certificate = try Certificate(for: "IP:127.0.0.2")
        let server = try await FakeMail(certificate.options("starttls") + ["--host", "127.0.0.2"])
        try await server.sink(certificateFile: certificate.file).send(.test)
        #expect(try server.messages.map(\.tls) == [true])
    }

    @Test("what the server refuses is said, and nobody gets it")
    func refusal() async throws {
        let server = try await FakeMail(["--refuse", "nobody@example.com"])
        let error = try #require(
            await playbookError {
                try await server.sink(to: ["a@example.com", "nobody@example.com"]).send(.test)
            })
        #expect(error.code == .configuration)
        #expect(error.message.contains("the server refuses: 550 5.1.1 <nobody@example.com>: no such user"))
        #expect(error.nextStep?.contains("<set mailRecipients>") == true)
        #expect(try server.messages.isEmpty)
        let busyServer = try await FakeMail(["--busy"])
        let busy = try #require(await playbookError { try await busyServer.sink().send(.test) })
        #expect(busy.code == .tryAgain)
        #expect(busy.message.contains("refuses for now: 451 4.3.2 try again later"))
    }

    @Test("a server that repeats the password does not make it known")
    func echo() async throws {
        let server = try await FakeMail(["--login", "robot:right", "--echo"])
        let error = try #require(
            await playbookError { try await server.sink(user: "robot", password: "hush-hush").send(.test) })
        #expect(error.message.contains("535 5.7.8 I do not like robot:(secret)"))
        #expect(!error.description.contains("hush"))
        var dumped = ""
        dump(try server.sink(user: "robot", password: "hush-hush"), to: &dumped)
        #expect(!dumped.contains("hush"))
    }

    @Test("a server that hangs is left", arguments: ["greeting", "data"])
    func hanging(stage: String) async throws {
        let server = try await FakeMail(["--hang", stage])
        let error = try #require(await playbookError { try await server.sink(timeout: .seconds(1)).send(.test) })
        #expect(error.code == .tryAgain)
        #expect(error.message.contains("\(server.address): no answer within 1.0 seconds"))
    }

    @Test("a server that takes the message and hangs then has taken it")
    func hangingGoodbye() async throws {
        let server = try await FakeMail(["--hang", "quit"])
        let start = ContinuousClock.now
        try await server.sink(timeout: .seconds(120)).send(.test)
        #expect(ContinuousClock.now - start < .seconds(60))
        #expect(try server.messages.count == 1)
    }

    @Test("waiting ends when the task is cancelled", arguments: ["greeting", "data"])
    func cancellation(stage: String) async throws {
        let server = try await FakeMail(["--hang", stage])
        let sink = try server.sink(timeout: .seconds(120))
        let start = ContinuousClock.now
        let task = Task { try await sink.send(.test) }
        try await Task.sleep(for: .milliseconds(300))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(ContinuousClock.now - start < .seconds(60))
        await #expect(throws: CancellationError.self) {
            try await Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await sink.send(.test)
            }.value
        }
    }

    @Test("where nobody listens, or something else does")
    func unreachable() async throws {
        func error(_ url: String) async throws -> PlaybookError {
            let transport = SMTPTransport(try SMTPServer(url), certificateFile: nil)
            return try #require(
                await playbookError {
                    try await MailSink(transport, from: "a@b.c", to: ["d@e.f"], clock: testClock).send(.test)
                })
        }
        let refused = try await error("smtp://127.0.0.1:1")
        #expect(refused.code == .tryAgain)
        #expect(refused.message.hasPrefix("mail through 127.0.0.1:1: no connection"))
        #expect(try await error("smtp://no-such-host.invalid").message.contains("address was not found"))
        let plain = try await FakeMail()
        #expect(try await error("smtps://\(plain.address)").message.contains("TLS failed"))
    }

    @Test("addresses that are of no use are refused")
    func addresses() throws {
        let transport = SMTPTransport(try SMTPServer("smtp://localhost"))
        func error(_ sender: String, _ recipients: [String]) throws -> PlaybookError {
            try #require(throws: PlaybookError.self) {
                try MailSink(transport, from: sender, to: recipients, clock: testClock)
            }
        }
        let server = #expect(throws: PlaybookError.self) {
            try MailSink(url: "smtp://a:hush@b", from: "a@b.c", to: ["a@b.c"], clock: testClock)
        }
        #expect(server?.code == .configuration)
        #expect(server?.message == "<mailServer> is not the address of a mail server")
        #expect(try error("", ["a@b.c"]).message.hasPrefix("<mailSender>"))
        #expect(
            try error("a@b.c", ["a@b.c", "x\r\ny@b.c"]).message
                == "<mailRecipients>: 'x  y@b.c' is not an e-mail address")
        #expect(try error("a@b.c", []).message == "<mailRecipients> names 0 addresses")
        #expect(try error("a@b.c", (0...20).map { "a\($0)@b.c" }).message == "<mailRecipients> names 21 addresses")
    }
}

#if os(Linux)
private let isLinux = true
#else
private let isLinux = false
#endif
