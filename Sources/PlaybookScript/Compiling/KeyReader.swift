import PlaybookReading

/// What a file's parts are read with: what is wrong is noted with its place, and reading goes on.
struct FileReader {
    let document: Document
    var findings: [Finding] = []

    init(_ document: Document) { self.document = document }

    mutating func wrong(_ place: Place, _ message: String) { findings.append(Finding(.error, place, message)) }

    mutating func doubt(_ place: Place, _ message: String) { findings.append(Finding(.warning, place, message)) }

    /// The entries of a mapping that may have some keys; nil where it is none.
    mutating func keys(_ node: Node, of what: String, _ known: [String], required: [String] = []) -> Keys? {
        guard case .mapping(let entries) = node.kind else {
            wrong(node.place, "\(what) is a mapping of keys, and this is \(node.noun)")
            return nil
        }
        for entry in entries where !known.contains(entry.key) {
            let suggestion = Names.suggestion(for: entry.key, among: known)
            let others = suggestion.isEmpty ? ": there are \(known.joined(separator: ", "))" : suggestion
            wrong(entry.place, "there is no key '\(shown(entry.key))' in \(what)\(others)")
        }
        let keys = Keys(node: node, entries: entries)
        for name in required where keys[name] == nil { wrong(node.place, "'\(name)' is missing in \(what)") }
        return keys
    }

    /// The entries of a mapping of names of one's own choice, each with its node.
    mutating func named(_ node: Node?, of what: String) -> [Node.Entry] {
        guard let node else { return [] }
        guard case .mapping(let entries) = node.kind else {
            // An empty section holds nothing.
            if node.text == "" { return [] }
            wrong(node.place, "\(what) is a mapping of names, and this is \(node.noun)")
            return []
        }
        var seen: [String] = []
        return entries.filter { check(name: $0.key, $0.place, &seen, of: what) }
    }

    /// The items `- name: value` of a list.
    mutating func items(_ node: Node?, of what: String) -> [Node.Entry] {
        guard let node else { return [] }
        var entries: [Node.Entry] = []
        var seen: [String] = []
        for item in list(node, of: what) {
            guard case .mapping(let inner) = item.kind, inner.count == 1 else {
                wrong(item.place, "each of \(what) is '- name: …'")
                continue
            }
            if check(name: inner[0].key, inner[0].place, &seen, of: what) { entries.append(inner[0]) }
        }
        return entries
    }

    /// The nodes of a list.
    mutating func list(_ node: Node, of what: String) -> [Node] {
        guard case .list(let nodes) = node.kind else {
            if node.text == "" { return [] }
            wrong(node.place, "\(what) is a list, and this is \(node.noun)")
            return []
        }
        return nodes
    }

    /// The text of a node that is one.
    mutating func text(_ node: Node?, of what: String) -> String? {
        guard let node else { return nil }
        guard let text = node.text else {
            wrong(node.place, "\(what) is a text, and this is \(node.noun)")
            return nil
        }
        guard text.contains(where: { $0 != " " && $0 != "\n" }) else {
            wrong(node.place, "\(what) has no value")
            return nil
        }
        return text
    }

    /// Whether a name is one, and new.
    mutating func check(name: String, _ place: Place, _ seen: inout [String], of what: String) -> Bool {
        guard Lexer.isName(name) else {
            wrong(
                place,
                "'\(shown(name))' is not a name: names are a letter, then letters, digits, '_' and '-'")
            return false
        }
        guard !Names.reserved.contains(name) else {
            wrong(place, "'\(name)' has a meaning of its own in expressions: choose another name in \(what)")
            return false
        }
        guard !seen.contains(name) else {
            wrong(place, "the name '\(shown(name))' is there twice in \(what)")
            return false
        }
        seen.append(name)
        return true
    }
}

/// A mapping with keys that have a meaning.
struct Keys {
    let node: Node
    let entries: [Node.Entry]

    subscript(name: String) -> Node? { entries.first { $0.key == name }?.value }

    func place(_ name: String) -> Place { entries.first { $0.key == name }?.place ?? node.place }
}
