import PlaybookCore
import Testing

@Suite("Symbols")
struct SymbolTests {
    @Test(
        "are tickers in upper case", arguments: [("qqq", "QQQ"), ("BRK.b", "BRK.B"), ("RDS-A", "RDS-A"), ("7Z", "7Z")])
    func tickers(text: String, name: String) throws {
        let symbol = try #require(Symbol(text))
        #expect(symbol.name == name)
        #expect(symbol.description == name)
        #expect(symbol == Symbol(name))
    }

    @Test(
        "are nothing that could not be part of a file's name",
        arguments: [
            "", " ", "A B", "A/", "/A", "A\\B", "../A", ".A", "-A", "A*", "A\n", "A\0", "É", "日本", "A_B", "A,B",
        ])
    func refused(text: String) {
        #expect(Symbol(text) == nil)
    }

    @Test("have at most 15 characters")
    func length() {
        #expect(Symbol("ABCDEFGHIJKLMNO") != nil)
        #expect(Symbol("ABCDEFGHIJKLMNOP") == nil)
    }

    @Test("make a list with commas between them, each once, as it was given")
    func lists() throws {
        #expect(try Symbol.list("qqq, Brk.b ,QQQ,SPY").map(\.name) == ["QQQ", "BRK.B", "SPY"])
        for (text, word) in [
            ("QQQ,S PY", "S PY"), ("QQQ,", ""), (",QQQ", ""), ("", ""), ("A;B", "A;B"), ("QQQ\t", "QQQ\t"),
        ] {
            let error = try #require(throws: NoSymbol.self) { try Symbol.list(text) }
            #expect(error.word == word, "\(text)")
        }
        let long = String(repeating: "x", count: 60)
        #expect(try #require(throws: NoSymbol.self) { try Symbol.list(long) }.word.count == 40)
    }

    @Test("in a file are parted by spaces too")
    func words() throws {
        #expect(try Symbol.list(" qqq,, spy\tIWM ", spacesSeparate: true).map(\.name) == ["QQQ", "SPY", "IWM"])
        #expect(try Symbol.list("", spacesSeparate: true).isEmpty)
        let error = try #require(throws: NoSymbol.self) { try Symbol.list("QQQ S/Y", spacesSeparate: true) }
        #expect(error.word == "S/Y")
    }

    @Test("are ordered by name")
    func order() throws {
        let symbols = try ["SPY", "IBM", "QQQ", "A"].map { try #require(Symbol($0)) }
        #expect(symbols.sorted().map(\.name) == ["A", "IBM", "QQQ", "SPY"])
    }
}
