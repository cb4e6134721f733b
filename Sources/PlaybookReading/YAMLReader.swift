import CYaml

/// Reads the part of YAML that playbooks are written in: mappings, lists and texts. Anchors, aliases, tags, merge keys and
/// several documents are refused.
struct YAMLReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let lines: SourceLines
    private var event = yaml_event_t()
    private var depth = 0
    /// How many lists and mappings in brackets or braces are open.
    private var flow = 0

    /// The outermost mapping of a text that is UTF-8, and the text's lines.
    static func read(_ bytes: [UInt8]) throws(Finding) -> (Node, SourceLines) {
        let bytes = Array(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...])
        let lines = SourceLines(bytes)
        var result: Result<Node, Finding> = .failure(Finding(.error, .start, "out of memory"))
        bytes.withUnsafeBufferPointer { buffer in
            guard var reader = YAMLReader(buffer, lines) else { return }
            do throws(Finding) {
                result = .success(try reader.document())
            } catch {
                result = .failure(error)
            }
        }
        return (try result.get(), lines)
    }

    private init?(_ bytes: UnsafeBufferPointer<UInt8>, _ lines: SourceLines) {
        self.lines = lines
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            return nil
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    // MARK: - Structure

    private mutating func document() throws(Finding) -> Node {
        defer { yaml_event_delete(&event) }
        try next()
        try next()
        guard event.type == YAML_DOCUMENT_START_EVENT else {
            throw Finding(.error, .start, "the file is empty: a playbook begins with 'playbook: NAME'")
        }
        try next()
        guard event.type == YAML_MAPPING_START_EVENT else {
            _ = try node()
            throw Finding(.error, .start, "a playbook is a mapping of keys such as 'playbook: NAME'")
        }
        let root = try node()
        try next()
        try next()
        guard event.type == YAML_STREAM_END_EVENT else {
            throw Finding(.error, place, "a second document begins here: a file has one playbook")
        }
        return root
    }

    /// The node that the event at hand begins.
    private mutating func node() throws(Finding) -> Node {
        let place = place
        switch event.type {
        case YAML_SCALAR_EVENT: return try scalar(place)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            try refuse(anchor: start.anchor, tag: start.tag)
            return try nested(isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE, place) { (reader) throws(Finding) in
                .list(try reader.list())
            }
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            try refuse(anchor: start.anchor, tag: start.tag)
            return try nested(isFlow: start.style == YAML_FLOW_MAPPING_STYLE, place) { (reader) throws(Finding) in
                .mapping(try reader.mapping())
            }
        case YAML_ALIAS_EVENT:
            throw Finding(
                .error, place, "aliases (*name) are not known here: write it out, or give it a name in values")
        default: throw Finding(.error, place, "a value is missing")
        }
    }

    private mutating func nested(
        isFlow: Bool, _ place: Place, _ body: (inout YAMLReader) throws(Finding) -> Node.Kind
    ) throws(Finding) -> Node {
        guard depth < Document.maximumDepth else {
            throw Finding(.error, place, "this lies more than \(Document.maximumDepth) levels deep")
        }
        depth += 1
        if isFlow { flow += 1 }
        let kind = try body(&self)
        depth -= 1
        if isFlow { flow -= 1 }
        return Node(kind, place)
    }

    private mutating func list() throws(Finding) -> [Node] {
        var nodes: [Node] = []
        while true {
            try next()
            if event.type == YAML_SEQUENCE_END_EVENT { return nodes }
            nodes.append(try node())
        }
    }

    private mutating func mapping() throws(Finding) -> [Node.Entry] {
        var entries: [Node.Entry] = []
        var keys: [[UInt8]: Place] = [:]
        while true {
            try next()
            if event.type == YAML_MAPPING_END_EVENT { return entries }
            let place = place
            guard event.type == YAML_SCALAR_EVENT else {
                if event.type == YAML_ALIAS_EVENT { _ = try node() }
                throw Finding(.error, place, "a key is a name, not a list or a mapping\(flowHint)")
            }
            let node = try scalar(place)
            let key = node.text ?? ""
            guard key != "<<" else {
                throw Finding(.error, place, "merge keys (<<) are not known here: write the keys out")
            }
            if let first = keys.updateValue(place, forKey: Array(key.utf8)) {
                throw Finding(.error, place, "the key '\(shown(key))' is there twice: first at \(first)")
            }
            try next()
            entries.append(Node.Entry(key: key, place: place, value: try self.node()))
        }
    }

    private func scalar(_ place: Place) throws(Finding) -> Node {
        let scalar = event.data.scalar
        try refuse(anchor: scalar.anchor, tag: scalar.tag)
        let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
        if flow > 0, scalar.style == YAML_PLAIN_SCALAR_STYLE,
            text.utf8.count(where: { $0 == UInt8(ascii: "(") }) != text.utf8.count(where: { $0 == UInt8(ascii: ")") })
        {
            throw Finding(
                .error, place,
                "within { } and [ ] an expression with a comma or with [ ] needs quotes: '\(shown(text))' is only a part"
            )
        }
        return Node(
            .scalar(text), place, end: (Int(event.end_mark.line) + 1, Int(event.end_mark.column) + 1))
    }

    private func refuse(anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?) throws(Finding) {
        if anchor != nil {
            throw Finding(.error, place, "anchors (&name) are not known here: give it a name in values")
        }
        if tag != nil {
            throw Finding(.error, place, "tags (!name) are not known here: what a text means is decided by its key")
        }
    }

    // MARK: - Events

    private var place: Place { Self.place(event.start_mark) }

    private static func place(_ mark: yaml_mark_t) -> Place {
        .text(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }

    private mutating func next() throws(Finding) {
        yaml_event_delete(&event)
        guard yaml_parser_parse(parser, &event) == 1 else { throw problem() }
    }

    private var flowHint: String {
        flow > 0 ? "; within { } and [ ] an expression with a comma or with [ ] needs quotes" : ""
    }

    /// What the parser could not read, in words that say what to do.
    private func problem() -> Finding {
        let mark = parser.pointee.problem_mark
        let text = parser.pointee.problem.map { String(cString: $0) } ?? "cannot be read"
        guard parser.pointee.error != YAML_READER_ERROR else {
            let value = parser.pointee.problem_value
            let code = value > 0 ? " (code \(value))" : ""
            return Finding(.error, place, "after this a character\(code) may not be in a file: \(text)")
        }
        let place = Self.place(mark)
        let character = lines.character(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
        switch text {
        case "found character that cannot start any token" where character == 0x09:
            return Finding(.error, place, "a tab: indent with spaces")
        case "found character that cannot start any token":
            let sign = character.map { String(UnicodeScalar($0)) } ?? ""
            return Finding(.error, place, "a text cannot begin with '\(shown(sign))' here: put quotes around it")
        case "mapping values are not allowed in this context":
            return Finding(
                .error, place, "a ':' where no key is expected: indent by spaces, or put quotes around the text")
        case "did not find expected <document start>":
            return Finding(.error, place, "nothing may follow here: indent it like the keys above")
        default:
            let hint =
                flow > 0 || text.contains("',' or") ? "" : "; look at how this line and the one before are indented"
            let quotes =
                flow > 0 || text.contains("',' or")
                ? "; within { } and [ ] an expression with a comma or with [ ] needs quotes" : ""
            return Finding(.error, place, "this is not YAML: \(text)\(quotes)\(hint)")
        }
    }
}
