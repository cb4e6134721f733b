import PlaybookCore
import Testing

@testable import PlaybookSettings

@Suite("A .env file")
struct DotEnvFileTests {
    private func values(_ text: String) throws -> [String: String] {
        try DotEnvFile(text: text, path: "my.env").entries.mapValues(\.value)
    }

    @Test(
        "is read as a shell would",
        arguments: [
            ("A=1", "1"), ("  A=1  ", "1"), ("export A=1", "1"), ("A=one two", "one two"), ("A=1 # one", "1"),
            ("A=a#b", "a#b"), ("A=", ""), ("A=#", ""), (#"A="one # two""#, "one # two"),
            (#"A="say \"hi\"""#, #"say "hi""#), (#"A="two\nlines""#, "two\nlines"),
            (#"A='two\nlines'"#, #"two\nlines"#),
            (#"A="x" # comment"#, "x"), ("A=b=c", "b=c"), ("A=1\r", "1"),
        ])
    func spelling(line: String, value: String) throws {
        #expect(try values("# first\n\n\(line)\n") == ["A": value])
    }

    @Test(
        "names the line of what is wrong",
        arguments: [
            ("JUST_A_NAME", "no '='"), ("=1", "is not a name"), ("MY-NAME=1", "is not a name"),
            ("A =1", "is not a name"), (#"A="open"#, "does not end"), (#"A='it''"#, "does not end"),
            ("B=2", "is set again; line 1"),
        ])
    func wrong(line: String, problem: String) throws {
        let error = #expect(throws: PlaybookError.self) { try values("B=1\n\(line)\n") }
        #expect(error?.code == .configuration)
        #expect(error?.facts.description.hasPrefix("my.env:2: ") == true)
        #expect(error?.facts.description.contains(problem) == true)
    }

    @Test("may begin with the mark that some editors write")
    func mark() throws {
        #expect(try values("\u{FEFF}A=1\r\nB=2\r\n") == ["A": "1", "B": "2"])
        #expect(throws: PlaybookError.self) { try values("A=1\n\u{FEFF}B=2") }
    }
}
