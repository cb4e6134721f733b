/// HTML and SVG, as bytes. Texts and attributes are escaped where they are written, and there is no way to add anything
/// that is not: what a journal holds can never become markup.
public struct Markup: Sendable, Hashable {
    /// What was written, in UTF-8.
    public private(set) var bytes: [UInt8] = []
    /// The place among them where something belongs that is written elsewhere; nil where nothing is missing.
    private var gap: Int?

    /// Nothing yet.
    public init() {}

    /// What `write` writes.
    init(_ write: (inout Markup) -> Void) { write(&self) }

    /// An element and what is in it.
    mutating func element(_ tag: Tag, _ attributes: Attribute..., content: (inout Markup) -> Void = { _ in }) {
        open(tag, attributes)
        content(&self)
        close(tag)
    }

    /// An element with a text in it.
    mutating func element(_ tag: Tag, _ attributes: Attribute..., text: String) {
        open(tag, attributes)
        self.text(text)
        close(tag)
    }

    /// An element that has no content: `br` of HTML, or a shape of SVG.
    mutating func empty(_ tag: Tag, _ attributes: Attribute...) {
        open(tag, attributes)
        guard tag.isShape else { return }
        bytes.insert(UInt8(ascii: "/"), at: bytes.count - 1)
    }

    /// A text.
    mutating func text(_ text: String) { Self.escape(text, to: &bytes, isAttribute: false) }

    /// What was written elsewhere.
    mutating func add(_ other: Markup) { bytes += other.bytes }

    /// Makes room for so many bytes more.
    mutating func reserve(_ count: Int) { bytes.reserveCapacity(bytes.count + count) }

    /// Leaves out what is written elsewhere and belongs here. There is one such place.
    mutating func leaveGap() { gap = bytes.count }

    /// What was written, with `parts` where a gap was left; without one they have no place.
    func filled(with parts: [Markup]) -> [UInt8] {
        guard let gap else { return bytes }
        var filled: [UInt8] = []
        filled.reserveCapacity(parts.reduce(bytes.count) { $0 + $1.bytes.count })
        filled += bytes[..<gap]
        for part in parts { filled += part.bytes }
        filled += bytes[gap...]
        return filled
    }

    /// The rules of a style sheet; these are the program's own.
    mutating func style(_ sheet: StyleSheet) {
        open(.style, [])
        bytes += sheet.text.utf8
        close(.style)
    }

    /// A script; these are the program's own.
    mutating func script(_ script: PageScript) {
        open(.script, [])
        bytes += script.text.utf8
        close(.script)
    }

    /// What a page starts with.
    mutating func doctype() { bytes += "<!DOCTYPE html>".utf8 }

    private mutating func open(_ tag: Tag, _ attributes: [Attribute]) {
        bytes.append(UInt8(ascii: "<"))
        bytes += tag.rawValue.utf8
        for attribute in attributes { attribute.write(to: &bytes, isQuoted: tag.isPicture) }
        bytes.append(UInt8(ascii: ">"))
    }

    private mutating func close(_ tag: Tag) {
        guard !tag.closesItself else { return }
        bytes += "</".utf8
        bytes += tag.rawValue.utf8
        bytes.append(UInt8(ascii: ">"))
    }

    /// Adds a text so that it stands for itself. What XML cannot hold becomes U+FFFD.
    static func escape(_ text: String, to bytes: inout [UInt8], isAttribute: Bool) {
        var text = text
        text.withUTF8 { text in
            // What stands for itself is added as a whole.
            var start = 0
            for place in text.indices {
                guard let escaped = escaped(text[place], isAttribute: isAttribute) else { continue }
                bytes += text[start..<place]
                escaped.withUTF8Buffer { bytes += $0 }
                start = place + 1
            }
            bytes += text[start...]
        }
    }

    /// What stands for a byte of a text; nil where that is the byte itself.
    @inline(__always)
    private static func escaped(_ byte: UInt8, isAttribute: Bool) -> StaticString? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\"") where isAttribute: "&quot;"
        case 0x09, 0x0A, 0x0D: nil
        case 0..<0x20, 0x7F: "\u{FFFD}"
        default: nil
        }
    }
}

/// The elements that pages and pictures are made of.
enum Tag: String, Sendable {
    case html, head, body, meta, link, title, style, script, main, header, footer, nav, section
    case h1, h2, h3, p, div, span, strong, em, a, code, pre, br, abbr, time
    case dl, dt, dd, ul, li, figure, figcaption, details, summary
    case table, caption, thead, tbody, tr, th, td, label, input, button, form, select, option
    case svg, g, path, rect, line, circle, desc, textLine = "text"

    /// Whether its end need not be written: HTML ends it where the next one starts, or it has no content.
    var closesItself: Bool {
        switch self {
        case .li, .dt, .dd, .tr, .th, .td, .thead, .tbody, .meta, .link, .br, .input, .option: true
        default: false
        }
    }

    /// Whether it belongs to SVG.
    var isPicture: Bool {
        switch self {
        case .svg, .g, .desc, .textLine: true
        default: isShape
        }
    }

    /// Whether it is a shape of SVG, which ends where it starts.
    var isShape: Bool {
        switch self {
        case .path, .rect, .line, .circle: true
        default: false
        }
    }
}

/// An attribute of an element. There is one for nothing that could run.
struct Attribute: Sendable {
    private let name: StaticString
    private let value: Value

    private enum Value {
        case text(String)
        // What needs no escaping.
        case number(Int)
        case styles([Style])
        case strokes(StrokePath)
    }

    private init(_ name: StaticString, _ value: Value) { (self.name, self.value) = (name, value) }

    private init(_ name: StaticString, _ text: String) { self.init(name, .text(text)) }

    /// - Parameter isQuoted: whether to quote what HTML needs no quotes for: files of pictures are XML.
    fileprivate func write(to bytes: inout [UInt8], isQuoted: Bool) {
        bytes.append(UInt8(ascii: " "))
        name.withUTF8Buffer { bytes += $0 }
        switch value {
        case .text(let text):
            let isQuoted = isQuoted || text.isEmpty || !text.utf8.allSatisfy(Self.needsNoQuotes)
            Self.write(to: &bytes, isQuoted) { Markup.escape(text, to: &$0, isAttribute: true) }
        case .number(let number):
            Self.write(to: &bytes, isQuoted) { $0 += String(number).utf8 }
        case .styles(let styles):
            Self.write(to: &bytes, isQuoted || styles.count != 1) { bytes in
                for (place, style) in styles.enumerated() {
                    if place > 0 { bytes.append(UInt8(ascii: " ")) }
                    bytes += style.rawValue.utf8
                }
            }
        case .strokes(let path):
            guard !path.isEmpty else { return }
            Self.write(to: &bytes, true) { $0 += path.bytes }
        }
    }

    @inline(__always)
    private static func write(to bytes: inout [UInt8], _ isQuoted: Bool, _ value: (inout [UInt8]) -> Void) {
        bytes.append(UInt8(ascii: "="))
        if isQuoted { bytes.append(UInt8(ascii: "\"")) }
        value(&bytes)
        if isQuoted { bytes.append(UInt8(ascii: "\"")) }
    }

    private static func needsNoQuotes(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    static func style(_ styles: Style...) -> Attribute { named(styles) }
    static func named(_ styles: [Style]) -> Attribute { Attribute("class", .styles(styles)) }
    static func id(_ id: String) -> Attribute { Attribute("id", id) }
    static func lang(_ language: String) -> Attribute { Attribute("lang", language) }
    static func charset(_ name: String) -> Attribute { Attribute("charset", name) }
    static func name(_ name: String) -> Attribute { Attribute("name", name) }
    static func content(_ text: String) -> Attribute { Attribute("content", text) }
    static func policy() -> Attribute { Attribute("http-equiv", "Content-Security-Policy") }
    static func relation(_ name: String) -> Attribute { Attribute("rel", name) }
    static func title(_ text: String) -> Attribute { Attribute("title", text) }
    static func link(_ link: Link) -> Attribute { Attribute("href", link.text) }
    static func column() -> Attribute { Attribute("scope", "col") }
    static func row() -> Attribute { Attribute("scope", "row") }
    static func span(columns: Int) -> Attribute { Attribute("colspan", .number(columns)) }
    static func role(_ role: String) -> Attribute { Attribute("role", role) }
    static func label(_ text: String) -> Attribute { Attribute("aria-label", text) }
    static func labelled(by id: String) -> Attribute { Attribute("aria-labelledby", id) }
    static func hidden() -> Attribute { Attribute("aria-hidden", "true") }
    static func focusable() -> Attribute { Attribute("tabindex", "0") }
    static func kind(_ kind: String) -> Attribute { Attribute("type", kind) }
    static func value(_ text: String) -> Attribute { Attribute("value", text) }
    static func sortable() -> Attribute { Attribute("data-sort", "") }

    static func completes(_ what: String) -> Attribute { Attribute("autocomplete", what) }
    static func required() -> Attribute { Attribute("required", "") }
    static func method(_ name: String) -> Attribute { Attribute("method", name) }
    static func action(_ link: Link) -> Attribute { Attribute("action", link.text) }
    static func refresh(_ seconds: Int) -> Attribute { Attribute("data-refresh", .number(seconds)) }

    static func namespace() -> Attribute { Attribute("xmlns", "http://www.w3.org/2000/svg") }
    static func viewBox(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> Attribute {
        Attribute("viewBox", "\(x) \(y) \(width) \(height)")
    }
    static func width(_ width: Int) -> Attribute { Attribute("width", .number(width)) }
    static func height(_ height: Int) -> Attribute { Attribute("height", .number(height)) }
    static func x(_ x: Int) -> Attribute { Attribute("x", .number(x)) }
    static func y(_ y: Int) -> Attribute { Attribute("y", .number(y)) }
    static func radius(_ radius: Int) -> Attribute { Attribute("r", .number(radius)) }
    static func center(_ x: Int) -> Attribute { Attribute("cx", .number(x)) }
    static func middle(_ y: Int) -> Attribute { Attribute("cy", .number(y)) }
    static func strokeWidth(_ width: Int) -> Attribute { Attribute("stroke-width", .number(width)) }
    static func path(_ path: StrokePath) -> Attribute { Attribute("d", .strokes(path)) }
    static func scaled(by divisor: Int) -> Attribute {
        Attribute("transform", divisor == 2 ? "scale(.5)" : "scale(.25)")
    }
}

/// Where a link may lead: a place on the page, a file beside it, or a page on the web.
struct Link: Sendable, Hashable {
    fileprivate let text: String

    /// A place on the same page.
    static func place(_ id: String) -> Link { Link(text: "#" + id) }

    /// A page of the service, and what is asked of it.
    static func page(_ path: String, _ query: [(String, String)] = []) -> Link {
        guard !query.isEmpty else { return Link(text: path) }
        let parts = query.map { "\($0.0)=\(escaped($0.1))" }
        return Link(text: path + "?" + parts.joined(separator: "&"))
    }

    /// A text as a part of an address.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                escaped.unicodeScalars.append(UnicodeScalar(byte))
            default: escaped += (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
            }
        }
        return escaped
    }

    /// Nothing: an empty picture, where a browser would ask for one.
    static let nothing = Link(text: "data:,")

    private init(text: String) { self.text = text }

    /// What a journal says: a path, or an address of http or https; nil for everything else, which could run something.
    init?(_ text: String) {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else {
            return nil
        }
        let scheme = text.prefix { $0 != ":" && $0 != "/" && $0 != "?" && $0 != "#" }
        if text.dropFirst(scheme.count).first == ":" {
            guard ["http", "https"].contains(scheme.lowercased()) else { return nil }
        } else if text.hasPrefix("//") {
            return nil
        }
        self.text = text
    }
}
