import PlaybookReading

/// Writes a playbook so that comments, spacing and the order of keys do not count.
struct CanonicalText {
    private var lines: [String] = []

    /// The whole playbook as YAML, and of it what `params_id` digests: no words for people, and no parameters, whose values
    /// count by themselves.
    static func made(of document: Document) -> (text: String, rules: String) {
        guard case .mapping(let entries) = document.root.kind else { return ("", "") }
        var whole = CanonicalText()
        var rules = CanonicalText()
        for key in ScriptReader.keys {
            guard let entry = entries.first(where: { $0.key == key }) else { continue }
            let isOne = key == "setup"
            let name = isOne ? "setups" : key
            let node = isOne ? Node.list(of: entry.value) : entry.value
            whole.write(name, node, indent: 0, section: name)
            if !["playbook", "summary", "parameters"].contains(key) {
                rules.write(name, node, indent: 0, section: name)
            }
        }
        return (whole.lines.joined(separator: "\n") + "\n", rules.lines.joined(separator: "\n"))
    }

    private mutating func write(_ key: String, _ node: Node, indent: Int, section: String, lead: String? = nil) {
        let start = lead ?? String(repeating: " ", count: indent)
        switch node.kind {
        case .scalar(let text): lines.append("\(start)\(Self.quoted(key)): \(Self.value(text, key, section))")
        case .list(let nodes):
            lines.append("\(start)\(Self.quoted(key)):\(nodes.isEmpty ? " []" : "")")
            for item in nodes { write(item: item, indent: indent + 2, section: section) }
        case .mapping(let entries):
            lines.append("\(start)\(Self.quoted(key)):\(entries.isEmpty ? " {}" : "")")
            for entry in Self.ordered(entries, key, section) {
                write(entry.key, entry.value, indent: indent + 2, section: section)
            }
        }
    }

    private mutating func write(item: Node, indent: Int, section: String) {
        let space = String(repeating: " ", count: indent)
        switch item.kind {
        case .scalar(let text): lines.append("\(space)- \(Self.value(text, "", section))")
        case .list(let nodes):
            lines.append("\(space)-\(nodes.isEmpty ? " []" : "")")
            for inner in nodes { write(item: inner, indent: indent + 2, section: section) }
        case .mapping(let entries):
            if entries.isEmpty { lines.append("\(space)- {}") }
            for (place, entry) in Self.ordered(entries, "setup", section).enumerated() {
                write(
                    entry.key, entry.value, indent: indent + 2, section: section, lead: place == 0 ? "\(space)- " : nil)
            }
        }
    }

    /// Names of one's own choice in their order, other keys in the order of the language.
    private static func ordered(_ entries: [Node.Entry], _ key: String, _ section: String) -> [Node.Entry] {
        if section == "parameters", key != "parameters" {
            return entries.sorted {
                rank($0.key, ScriptReader.parameterKeys) < rank($1.key, ScriptReader.parameterKeys)
            }
        }
        guard !["values", "filters", "parameters"].contains(section) else { return entries }
        let isSetup = section == "setups" && entries.allSatisfy { ScriptReader.setupKeys.contains($0.key) }
        return entries.sorted {
            isSetup
                ? rank($0.key, ScriptReader.setupKeys) < rank($1.key, ScriptReader.setupKeys) : $0.key < $1.key
        }
    }

    private static func rank(_ key: String, _ order: [String]) -> Int { order.firstIndex(of: key) ?? order.count }

    /// A text as it is written: an expression with one space between its words.
    private static func value(_ text: String, _ key: String, _ section: String) -> String {
        let isExpression = ["values", "filters", "setups", "exit", "size", "limits"].contains(section) && key != "name"
        return quoted(isExpression ? spaced(text) : text)
    }

    /// An expression with its words evenly spaced; other text as it is.
    static func spaced(_ text: String) -> String {
        guard let tokens = try? Lexer.tokens(text), !tokens.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var result = ""
        var before = ""
        for token in tokens {
            let word = String(decoding: bytes[token.range], as: UTF8.self)
            let sticks = ["(", "[", "."].contains(before) || [")", "]", ",", ".", "["].contains(word)
            // A call's parenthesis stands right behind the name.
            let isCall = word == "(" && Lexer.isName(before) && !ExpressionParser.words.contains(before)
            if !result.isEmpty, !sticks, !isCall { result += " " }
            result += word
            before = word
        }
        return result
    }

    /// A text, in quotes where it needs them.
    static func quoted(_ text: String) -> String {
        let first = text.utf8.first ?? 0
        let isPlain =
            first &- 0x30 < 10 || (first | 0x20) &- 0x61 < 26
            ? text.utf8.allSatisfy { byte in
                (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || " _.+*/()<>=-%".utf8.contains(byte)
            } && text.utf8.last != 0x20 : false
        let isTime = text.utf8.count <= 5 && text.utf8.allSatisfy { $0 &- 0x30 <= 10 } && !text.isEmpty
        if isPlain || isTime { return text }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case let other where other.value < 0x20 || (0x7F...0x9F).contains(other.value) || other.value == 0xFEFF:
                let digits = String(other.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
