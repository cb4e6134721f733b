import Testing

@testable import PlaybookServer

@Suite("JSON")
struct JSONTests {
    private func parse(_ text: String) throws -> JSONValue { try JSONParser.parse(Array(text.utf8)) }

    @Test("is read to the letter")
    func values() throws {
        #expect(
            try parse(" {\"a\" : [1, -0.50e+2, true, false, null, \"\"], \"b\":{}}\r\n\t") == [
                "a": [1, .number("-0.50e+2"), true, false, .null, ""], "b": [:],
            ])
        #expect(try parse(#""\"\\\/\b\f\n\r\té\ud83d\ude00é""#) == "\"\\/\u{8}\u{C}\n\r\té😀é")
    }

    @Test(
        "that is not well-formed is refused, with its place",
        arguments: [
            ("", ""), ("{", ""), ("[1,]", "/1"), ("{\"a\":1,}", ""), ("01", ""), ("1.", ""), (".5", ""), ("1e", ""),
            ("+1", ""), ("tru", ""), ("truex", ""), ("nul", ""), ("\"a", ""), ("\"\n\"", ""), ("\"\\x\"", ""),
            ("\"\\u12g4\"", ""), ("\"\\ud800\"", ""), ("\"\\ud800\\u0041\"", ""), ("\"\\udc00\"", ""), ("1 2", ""),
            ("{a:1}", ""), ("{\"a\" 1}", "/a"), ("{\"a\":1,\"a\":2}", "/a"), ("{\"a\":[{\"b/c~\":]}]}", "/a/0/b~1c~0"),
            ("NaN", ""), ("'a'", ""), ("\u{FEFF}{}", ""), ("[1}", ""), ("\"\\u123", ""), ("\\", ""), ("-", ""),
        ])
    func malformed(text: String, pointer: String) {
        #expect { try parse(text) } throws: { ($0 as? JSONParser.Failure)?.pointer == pointer }
    }

    @Test("may be 16 levels deep, no more")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try parse(nested(16))
        #expect(throws: JSONParser.Failure.self) { try parse(nested(17)) }
        #expect(throws: JSONParser.Failure.self) { try parse(String(repeating: "[", count: 60_000)) }
    }

    @Test("must be UTF-8")
    func encoding() {
        for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]] {
            #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(bytes) }
        }
    }

    @Test("any bytes are a value or a failure")
    func random() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("{}[]\",:0123456789.eE+-truefalsn\\ud8 \n".utf8)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            if let value = try? JSONParser.parse(bytes) {
                // What is written is read back as the same.
                #expect((try? JSONParser.parse(Array(value.document.utf8))) == value)
            }
        }
    }

    @Test("is written with sorted fields and escapes")
    func writing() {
        let value: JSONValue = ["b": ["\"\\\n\u{1}\u{7F}é"], "a": [:], "c": []]
        #expect(
            value.document == """
                {
                  "a" : {},
                  "b" : [
                    "\\"\\\\\\n\\u0001\\u007fé"
                  ],
                  "c" : []
                }
                """)
    }
}
