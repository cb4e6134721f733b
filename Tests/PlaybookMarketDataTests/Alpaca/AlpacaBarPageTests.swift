import PlaybookCore
import Testing

@testable import PlaybookMarketData

@Suite("A page of bars")
struct AlpacaBarPageTests {
    static let time = "2024-11-04T14:30:00Z"
    static let bar = "{\"t\":\"\(time)\",\"o\":1,\"h\":2,\"l\":0.5,\"c\":1.5,\"v\":10}"

    /// What is wrong with `text`, in words.
    static func problem(_ text: String) -> String? {
        do {
            _ = try AlpacaBarPage(text: text)
            return nil
        } catch let error as JSONScanner.Malformed {
            return "byte \(error.byte): \(error.expected)\(error.isCutOff ? ", cut off" : "")"
        } catch let error as AlpacaBarPage.Problem {
            return error.message
        } catch {
            return "\(error)"
        }
    }

    @Test("of many symbols holds each symbol's bars in their order")
    func many() throws {
        let bars = try [Bar.quiet("2024-11-04T14:30:00Z"), .quiet("2024-11-04T14:32:00Z", 101.25)]
        let page = try AlpacaBarPage(text: AlpacaText.page([("QQQ", bars), ("BRK.B", [bars[1]])], next: "abc"))
        #expect(page.pieces.map(\.symbol.name) == ["QQQ", "BRK.B"])
        #expect(page.pieces.map(\.bars.all) == [bars, [bars[1]]])
        #expect(page.nextPageToken == "abc")
    }

    @Test("of one symbol names it before or after its bars")
    func single() throws {
        for text in [
            "{\"bars\":[\(Self.bar)],\"symbol\":\"QQQ\",\"next_page_token\":null}",
            "{\"symbol\":\"QQQ\",\"next_page_token\":null,\"bars\":[\(Self.bar)]}",
        ] {
            let page = try AlpacaBarPage(text: text)
            #expect(page.pieces.map(\.symbol.name) == ["QQQ"])
            #expect(
                page.pieces.first?.bars.all == [
                    Bar(time: 1_730_730_600, open: 1, high: 2, low: 0.5, close: 1.5, volume: 10)
                ])
            #expect(page.nextPageToken == nil)
        }
        #expect(Self.problem("{\"bars\":[\(Self.bar)]}") == "there is no field 'symbol'")
        #expect(Self.problem("{\"bars\":[\(Self.bar)],\"symbol\":\"A B\"}") == "'A B' is not a symbol")
    }

    @Test(
        "may be empty",
        arguments: [
            "{\"bars\":null}", "{\"bars\":[]}", "{\"bars\":{}}", "{\"bars\":{\"QQQ\":null}}",
            "{\"bars\":[],\"symbol\":\"QQQ\"}", " { \"bars\" : [ ] , \"next_page_token\" : null } ",
        ])
    func empty(text: String) throws {
        let page = try AlpacaBarPage(text: text)
        #expect(page.pieces.allSatisfy { $0.bars.count == 0 })
        #expect(page.nextPageToken == nil)
    }

    @Test("that holds no field 'bars' is not a page")
    func noBars() {
        #expect(Self.problem("{}") == "there is no field 'bars'")
        #expect(Self.problem("{\"message\":\"bars\",\"next_page_token\":null}") == "there is no field 'bars'")
        #expect(Self.problem("[]") == "byte 0: {")
        #expect(Self.problem("") == "byte 0: {, cut off")
        #expect(Self.problem("<html>") == "byte 0: {")
    }

    @Test("may hold more than is asked for, nested and spaced as it likes")
    func unknownFields() throws {
        let other = "[1,{\"t\":[{}],\"bars\":null},[[]],\"\\\"}\",true,false,null,-1.5e3]"
        let text = """
            \t{ "x" : \(other), "currency":"USD", "bars" : { "QQQ" : [ { "z":\(other), "v" : 10, "vw":\(other),
            "c":1.5 , "l":0.5, "h":2 , "o":1, "": 1, "tt": 2, "t" : "\(Self.time)" } ] , "SPY" : null }, "bar": \(other),
            "next_page_token" : "p" , "é": "漢字 \\u00e9" }\r\n
            """
        let page = try AlpacaBarPage(text: text)
        #expect(
            page.pieces.map(\.bars) == [try AlpacaBarPage(text: "{\"bars\":{\"QQQ\":[\(Self.bar)]}}").pieces[0].bars])
        #expect(page.nextPageToken == "p")
    }

    @Test("has its token's escapes resolved")
    func token() throws {
        for (text, token) in [
            ("a/b==", "a/b=="), ("a\\/b\\u003d\\u003D", "a/b=="), ("\\\"\\\\\\n", "\"\\\n"), ("", ""),
            ("\\u00e9\\ud83c\\udfaf", "é🎯"), ("漢", "漢"),
        ] {
            #expect(try AlpacaBarPage(text: "{\"bars\":{},\"next_page_token\":\"\(text)\"}").nextPageToken == token)
        }
        #expect(Self.problem("{\"bars\":{},\"next_page_token\":\"\\x\"}") == "'\\x' is not a string")
        #expect(Self.problem("{\"bars\":{},\"next_page_token\":\"\\ud83c\"}") == "'\\ud83c' is not a string")
        #expect(Self.problem("{\"bars\":{},\"next_page_token\":1}") == "byte 29: a string")
    }

    @Test("understands an instant with a fraction and with an offset")
    func times() throws {
        func time(_ text: String) throws -> Int64? {
            try AlpacaBarPage(text: "{\"bars\":{\"QQQ\":[{\"t\":\"\(text)\"}]}}").pieces.first?.bars.times.first
        }
        for text in [
            "2024-11-04T14:30:00Z", "2024-11-04T14:30:00.000Z", "2024-11-04T14:30:00.123456789Z",
            "2024-11-04T09:30:00-05:00", "2024-11-04T14:30:00+00:00", "2024-11-04T14:30Z",
        ] { #expect(try time(text) == 1_730_730_600, "\(text)") }
        for text in [
            "2024-11-04", "2024-11-04T14:30:00", "2024-02-30T14:30:00Z", "2024-11-04T24:30:00Z", "2024-11-04T14:60:00Z",
            "tomorrow", "", "2024-11-04T14:30:00Zz", "2024-11-04T14:30:00é",
        ] {
            let problem = Self.problem("{\"bars\":{\"QQQ\":[{\"t\":\"\(text)\"}]}}")
            #expect(problem == "byte 21: an instant such as 2025-11-04T14:30:00Z", "\(text)")
        }
    }

    @Test("leaves a number that is missing or null to the validator, and names a bar without a time")
    func missing() throws {
        let page = try AlpacaBarPage(text: "{\"bars\":{\"QQQ\":[{\"t\":\"\(Self.time)\",\"o\":null,\"h\":2}]}}")
        let bar = try #require(page.pieces.first?.bars.all.first)
        #expect(bar.high == 2)
        #expect([bar.open, bar.low, bar.close, bar.volume].allSatisfy { $0.isNaN })
        #expect(
            Self.problem("{\"bars\":{\"QQQ\":[\(Self.bar),{\"o\":1}]}}") == "bar 2 of QQQ has no time 't'")
        #expect(Self.problem("{\"bars\":[{}],\"symbol\":\"QQQ\"}") == "bar 1 has no time 't'")
    }

    @Test("of a symbol that is none is refused, without what cannot be printed")
    func symbols() {
        #expect(Self.problem("{\"bars\":{\"../x\":[]}}") == "'../x' is not a symbol")
        #expect(Self.problem("{\"bars\":{\"é\":[]}}") == "'\\xC3\\xA9' is not a symbol")
    }

    @Test("is refused where it is not JSON")
    func malformed() {
        for (text, problem) in [
            ("{\"bars\":{}} x", "byte 12: the end"), ("{\"bars\":{},}", "byte 11: a string"),
            ("{\"bars\" {}}", "byte 8: :"), ("{\"bars\":{\"QQQ\":[\(Self.bar) \(Self.bar)]}}", "byte 80: , or ]"),
            ("{\"bars\":{\"QQQ\":[1]}}", "byte 16: {"), ("{\"bars\":1}", "byte 8: ["),
            ("{\"bars\":{\"QQQ\":[{\"o\":\"1\"}]}}", "byte 21: a number"),
            ("{\"x\":tru,\"bars\":{}}", "byte 5: a value"),
            ("{'bars':{}}", "byte 1: a string"), ("{\"ba\nrs\":{}}", "byte 4: the end of a string"),
        ] { #expect(Self.problem(text) == problem, "\(text)") }
    }

    @Test("may nest what is not read 64 deep and no deeper")
    func nesting() {
        func page(_ depth: Int) -> String {
            "{\"x\":\(String(repeating: "[", count: depth))\(String(repeating: "]", count: depth)),\"bars\":{}}"
        }
        #expect(Self.problem(page(64)) == nil)
        #expect(Self.problem(page(65)) == "byte 69: less nesting")
        #expect(
            Self.problem("{\"x\":" + String(repeating: "{\"a\":", count: 200_000))?.contains("less nesting") == true)
        #expect(Self.problem(String(repeating: "[", count: 200_000)) == "byte 0: {")
    }
}
