import PlaybookReading
import Testing

/// A document as one line of text: mappings in braces, lists in brackets, texts in quotes.
private func written(_ node: Node) -> String {
    switch node.kind {
    case .scalar(let text): "\"\(text)\""
    case .list(let nodes): "[\(nodes.map(written).joined(separator: ", "))]"
    case .mapping(let entries): "{\(entries.map { "\($0.key): \(written($0.value))" }.joined(separator: ", "))}"
    }
}

private func read(_ text: String) throws -> Document { try Document(Array(text.utf8)) }

private func problem(_ text: String) -> String {
    do throws(Finding) {
        _ = try Document(Array(text.utf8))
        return "none"
    } catch {
        return error.description
    }
}

@Suite("Documents")
struct DocumentTests {
    @Test(
        "hold texts, whatever YAML or JSON would make of them",
        arguments: [
            ("a: 10:30\non: yes\nb: 0x1f\nc: ~\nd: 1_000", #"{a: "10:30", on: "yes", b: "0x1f", c: "~", d: "1_000"}"#),
            ("a: [1, 2.50, no]\nb: {x: 1e3, y: 'q'}", #"{a: ["1", "2.50", "no"], b: {x: "1e3", y: "q"}}"#),
            ("a:\nb: >\n  one\n  two\n", #"{a: "", b: "one two\#n"}"#),
            (#"{"a": 1.50, "b": [true, false], "c": {"d": "x"}}"#, #"{a: "1.50", b: ["true", "false"], c: {d: "x"}}"#),
            (#"{"a": "\ud83d\ude00 \u00e9"}"#, #"{a: "😀 é"}"#),
            // No JSON, so YAML.
            ("{a: 1, b: [x]}", #"{a: "1", b: ["x"]}"#),
            ("\u{FEFF}a: 1\n", #"{a: "1"}"#),
            ("a: \"x: y # z\" # w\n---\n".replacing("---\n", with: ""), #"{a: "x: y # z"}"#),
        ])
    func texts(text: String, expected: String) throws { #expect(written(try read(text).root) == expected) }

    @Test(
        "with something that is refused say what and where",
        arguments: [
            ("", "1:1: the file is empty: a playbook begins with 'playbook: NAME'"),
            ("just words", "1:1: a playbook is a mapping of keys such as 'playbook: NAME'"),
            ("a: 1\nb:\n\t- x", "3:1: a tab: indent with spaces"),
            ("a: 1\nb: 2\na: 3", "3:1: the key 'a' is there twice: first at 1:1"),
            ("a: &x 1", "1:4: anchors (&name) are not known here: give it a name in values"),
            ("a: 1\nb: *x", "2:4: aliases (*name) are not known here: write it out, or give it a name in values"),
            ("a: !!int 1", "1:4: tags (!name) are not known here: what a text means is decided by its key"),
            ("b: {<<: 1}", "1:5: merge keys (<<) are not known here: write the keys out"),
            ("a: 1\n--- \nb: 2", "2:1: a second document begins here: a file has one playbook"),
            ("a: @x", "1:4: a text cannot begin with '@' here: put quotes around it"),
            ("a: b: c", "1:5: a ':' where no key is expected: indent by spaces, or put quotes around the text"),
            ("? [x]\n: 1", "1:3: a key is a name, not a list or a mapping"),
            (
                "a:\n  - {when: close > highest(high, 5)}",
                "2:12: within { } and [ ] an expression with a comma or with [ ] needs quotes: 'close > highest(high' is "
                    + "only a part"
            ),
            (
                "a: {when: close[1] > open}",
                "1:16: this is not YAML: did not find expected ',' or '}'; within { } and [ ] an expression with a comma or "
                    + "with [ ] needs quotes"
            ),
            (#"{"a": 1, "b": {"a": 2, "a": 3}}"#, "/b/a: this field is there twice"),
            (#"{"a": [1, null]}"#, "/a/1: null says nothing: leave the key out"),
            (#"{"a": 1e3}"#, "/a: 1e3: write the number without an exponent"),
            (#"["a"]"#, "/: a playbook is a mapping of keys, not a list"),
            (#"{"a": "\ud83d"}"#, #"/a: at byte 13, half a character is escaped"#),
        ])
    func refused(text: String, expected: String) { #expect(problem(text) == expected) }

    @Test("that are too large, too deep or no text are refused")
    func limits() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(problem("a: " + deep).contains("levels deep"))
        #expect(problem(#"{"a": "# + deep + String(repeating: "]", count: 100_000) + "}").contains("levels deep"))
        let steps = (0..<30).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
        #expect(problem(steps + " 1") == "21:21: this lies more than 20 levels deep")
        #expect(problem("a: " + String(repeating: "x", count: 1_000_000)).contains("at most 1000000 are read"))
        #expect(
            throws: Finding(.error, .start, "this is not UTF-8 text")
        ) { try Document([0x61, 0x3A, 0x20, 0xFF]) }
        #expect(problem("a: \u{1}x").contains("may not be in a file"))
    }

    @Test("know the place of each character of a text")
    func places() throws {
        let document = try read(
            "äö: plain text\nb: 'quo''ted é x'\nc: >\n  fol\n  ded\n  text\nd: one\n  two\n")
        func place(_ key: String, _ word: String) -> String {
            guard case .mapping(let entries) = document.root.kind,
                let node = entries.first(where: { $0.key == key })?.value, let text = node.text,
                let range = text.firstRange(of: word)
            else { return "none" }
            return document.place(in: node, at: text.utf8.distance(from: text.startIndex, to: range.lowerBound))
                .description
        }
        #expect(place("äö", "plain") == "1:5")
        #expect(place("äö", "text") == "1:11")
        #expect(place("b", "quo") == "2:5")
        #expect(place("b", "x") == "2:16")
        #expect(place("c", "text") == "6:3")
        #expect(place("d", "two") == "8:3")
    }

    @Test("of random bytes are read or refused with a place")
    func noise() {
        var random = Xorshift(state: 7)
        let signs = Array("{}[]:,-?&*!|>'\"%@` \n\t#abc0\\~<=é".utf8)
        var refused = 0
        for _ in 0..<3000 {
            let bytes = (0..<Int(random.next() % 60)).map { _ in signs[Int(random.next() % UInt64(signs.count))] }
            do throws(Finding) { _ = try Document(bytes) } catch {
                refused += 1
                #expect(!error.message.isEmpty)
            }
        }
        #expect(refused > 1000)
    }
}

private struct Xorshift {
    var state: UInt64
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
