/// A document as it was written: texts, lists and mappings, each with its place. A text is nothing but a text: what it
/// means is decided by whoever reads it.
public struct Document: Sendable {
    /// The outermost mapping.
    public let root: Node
    private let lines: SourceLines?

    init(_ root: Node, _ lines: SourceLines?) {
        self.root = root
        self.lines = lines
    }

    /// The largest document that is read, in bytes.
    public static let maximumBytes = 1_000_000

    /// How deep lists and mappings may lie within each other.
    public static let maximumDepth = 20

    /// Reads YAML or JSON: what is not valid JSON is read as YAML.
    ///
    /// - Throws: `Finding` with the place of what cannot be read.
    public init(_ bytes: [UInt8]) throws(Finding) {
        guard bytes.count <= Self.maximumBytes else {
            throw Finding(
                .error, .start, "the file has \(bytes.count) bytes: at most \(Self.maximumBytes) are read")
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Finding(.error, .start, "this is not UTF-8 text")
        }
        if let tree = try Self.json(bytes) {
            try self.init(tree)
        } else {
            let (root, lines) = try YAMLReader.read(bytes)
            self.init(root, lines)
        }
    }

    /// What JSON the bytes are; nil where they are none.
    private static func json(_ bytes: [UInt8]) throws(Finding) -> JSONTree? {
        guard let first = bytes.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return nil }
        do {
            return try JSONReader.parse(bytes, maximumDepth: maximumDepth)
        } catch {
            guard !error.isSyntax else { return nil }
            throw Finding(.error, .pointer(error.pointer), error.detail)
        }
    }

    /// Makes a document of JSON that was read.
    ///
    /// - Parameter pointer: where it lies in a larger document, as a JSON pointer.
    /// - Throws: `Finding` with the pointer of what may not be there.
    public init(_ tree: JSONTree, at pointer: String = "") throws(Finding) {
        let root = try Node(tree, pointer)
        guard case .mapping = root.kind else {
            throw Finding(.error, root.place, "a playbook is a mapping of keys, not \(root.noun)")
        }
        self.init(root, nil)
    }

    /// The place of a character within a text.
    ///
    /// - Parameter offset: the byte of the text's UTF-8.
    public func place(in node: Node, at offset: Int) -> Place {
        guard let lines, case .scalar(let text) = node.kind else { return node.place }
        return lines.place(in: node, text, at: offset)
    }
}

/// A part of a document.
public struct Node: Sendable {
    /// What it is.
    public indirect enum Kind: Sendable {
        /// A text, without quotes.
        case scalar(String)
        case list([Node])
        /// Keys in the order in which they were written, each once.
        case mapping([Entry])
    }

    /// A key and its value.
    public struct Entry: Sendable {
        public let key: String
        /// Where the key is.
        public let place: Place
        public let value: Node
    }

    public let kind: Kind
    /// Where it begins.
    public let place: Place
    /// Where it ends: the line and the column after its last character, counted from 1.
    let end: (line: Int, column: Int)

    init(_ kind: Kind, _ place: Place, end: (line: Int, column: Int) = (0, 0)) {
        self.kind = kind
        self.place = place
        self.end = end
    }

    /// What it is, in words.
    public var noun: String {
        switch kind {
        case .scalar: "a text"
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }

    /// A list of one node.
    public static func list(of node: Node) -> Node { Node(.list([node]), node.place, end: node.end) }

    /// The text; nil for a list or mapping.
    public var text: String? { if case .scalar(let text) = kind { text } else { nil } }
}

extension Node {
    /// What JSON holds. A number is its text, `true` and `false` are words.
    fileprivate init(_ tree: JSONTree, _ pointer: String) throws(Finding) {
        let place = Place.pointer(pointer)
        switch tree {
        case .text(let text): self.init(.scalar(text), place)
        case .flag(let flag): self.init(.scalar(flag ? "true" : "false"), place)
        case .null: throw Finding(.error, place, "null says nothing: leave the key out")
        case .number(let text):
            guard !text.contains("e"), !text.contains("E") else {
                throw Finding(.error, place, "\(text.prefix(40)): write the number without an exponent")
            }
            self.init(.scalar(text), place)
        case .list(let values):
            var nodes: [Node] = []
            for (index, value) in values.enumerated() { nodes.append(try Node(value, "\(pointer)/\(index)")) }
            self.init(.list(nodes), place)
        case .fields(let fields):
            var entries: [Entry] = []
            for field in fields {
                let inner = pointer + JSONReader.step(field.name)
                entries.append(Entry(key: field.name, place: .pointer(inner), value: try Node(field.value, inner)))
            }
            self.init(.mapping(entries), place)
        }
    }
}
