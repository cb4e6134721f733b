import Testing

@testable import PlaybookHTTP

@Suite("SMTP")
struct SMTPTests {
    @Test("an address says how the connection is protected")
    func servers() throws {
        let cases: [(String, String, SMTPServer.Protection)] = [
            ("smtp://mail.example", "mail.example:587", .required),
            ("SMTP://Mail.example:2525/", "mail.example:2525", .required),
            ("smtps://mail.example", "mail.example:465", .always), ("smtp://localhost:25", "localhost:25", .none),
            ("smtps://localhost", "localhost:465", .always), ("smtp://[::1]:25", "[::1]:25", .none),
            ("smtp://[2001:db8::1]", "[2001:db8::1]:587", .required),
            ("smtp://localhost.example", "localhost.example:587", .required),
            ("smtp://127.0.0.1.example:25", "127.0.0.1.example:25", .required),
        ]
        for (url, address, protection) in cases {
            let server = try SMTPServer(url)
            #expect(server.address == address)
            #expect(server.protection == protection, "\(url)")
        }
        #expect(try SMTPServer("smtp://127.0.0.1", user: "a", password: "b").protection == .possible)
    }

    @Test(
        "other addresses are refused",
        arguments: [
            "", "mail.example", "mail.example:587", "http://mail.example", "smtp://", "smtp://:587",
            "smtp://a:hush@mail.example", "smtp://hush@mail.example", "smtp://mail.example/path",
            "smtp://mail.example?a",
            "smtp://mail.example#hush", "smtp://mail.example:", "smtp://mail.example:0", "smtp://mail.example:65536",
            "smtp://mail.example:+25", "smtp://mail.example:25:25", "smtp://mail example",
            "smtp://mail.example\r\nhush",
            "smtp://mail.example\\@hush", "smtp://[::1", "smtp://bücher.example",
        ])
    func badServers(url: String) {
        let error = #expect(throws: SMTPError.self) { try SMTPServer(url) }
        #expect(error?.code == .settings)
        #expect(error?.description.contains("hush") == false)
    }

    @Test("a login has both its parts")
    func logins() {
        for (user, password) in [("a", nil), (nil, "b"), ("", "b"), ("a", ""), ("a", "b\r\n"), ("a\0", "b")] {
            #expect(throws: SMTPError.self) { try SMTPServer("smtps://mail.example", user: user, password: password) }
        }
    }

    @Test("addresses of people")
    func addresses() {
        for text in ["a@b", "first.last+tag@mail.example.com", "x_y@1-2.de", "#!$%&'*+-/=?^_`{|}~@a.b"] {
            #expect(MailAddress(text)?.description == text)
        }
        let long = String(repeating: "a", count: 64)
        #expect(MailAddress("\(long)@b.c") != nil)
        for text in [
            "", "a", "@b", "a@", "a@@b", "a@b@c", "a b@c", "a@b c", "<a@b>", "Name <a@b>", "a@b.", "a@.b", "a@b..c",
            ".a@b", "a.@b", "a..b@c", "a@-b", "a@b-", "a@b\r\n", "a\n@b", "ä@b", "a@bü", "\"a\"@b", "a,b@c", "a@b,c@d",
            "a@[1.2.3.4]", "\(long)a@b.c", "a@\(long)", "a@" + String(repeating: "b.", count: 126) + "c",
        ] {
            #expect(MailAddress(text) == nil, "\(text)")
        }
    }

    @Test("the last refusal is kept")
    func replies() {
        func shown(_ lines: String...) -> String {
            var reply = SMTPReply()
            for line in lines { reply.add(Array("\(line)\r\n".utf8)) }
            return reply.isRefusal ? reply.shown(without: ["hush"]) : ""
        }
        #expect(shown("220 hello", "550 no such user", "221 bye") == "550 no such user")
        #expect(shown("535-5.7.8 not", "535 5.7.8 accepted") == "535 5.7.8 not 5.7.8 accepted")
        #expect(shown("502 what", "250 OK") == "")
        #expect(shown("550 one", "550 two") == "550 two")
        #expect(shown("550 I do not like hush") == "550 I do not like (secret)")
        #expect(shown("", "x", "55", "5é0 x", "garbage") == "")
        #expect(shown("550") == "550 ")
        #expect(shown("550 " + String(repeating: "x", count: 400)).count == 304)
    }

    @Test("Base64")
    func encoding() {
        let cases = [
            "": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=",
            "\u{FF}~": "w79+",
        ]
        for (text, encoded) in cases { #expect(base64(text.utf8) == encoded) }
        let count = 1000
        #expect(base64([UInt8](repeating: 0xFF, count: 3 * count)) == String(repeating: "////", count: count))
    }
}
