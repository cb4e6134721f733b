/// HTML and SVG, as bytes. Texts and attributes are escaped where they are written, and there is no way to add anything
/// that is not: what a journal holds can never become markup.
public struct Markup: Sendable, Hashable {
    /// What was written, in UTF-8.
    public private(set) var bytes: [UInt8] = []

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
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "\"") where isAttribute: bytes += "&quot;".utf8
            case 0x09, 0x0A, 0x0D: bytes.append(byte)
            case 0..<0x20, 0x7F: bytes += "\u{FFFD}".utf8
            default: bytes.append(byte)
            }
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
    private let value: String?
    /// Data that need no escaping, instead of a value.
    private var strokes: [UInt8] = []

    private init(_ name: StaticString, _ value: String?) {
        self.name = name
        self.value = value
    }

    private init(_ name: StaticString, _ path: StrokePath) {
        self.name = name
        value = nil
        strokes = path.bytes
    }

    /// - Parameter isQuoted: whether to quote what HTML needs no quotes for: files of pictures are XML.
    fileprivate func write(to bytes: inout [UInt8], isQuoted: Bool) {
        bytes.append(UInt8(ascii: " "))
        name.withUTF8Buffer { bytes += $0 }
        if !strokes.isEmpty {
            bytes += [UInt8(ascii: "="), UInt8(ascii: "\"")]
            bytes += strokes
            bytes.append(UInt8(ascii: "\""))
        }
        guard let value else { return }
        bytes.append(UInt8(ascii: "="))
        guard isQuoted || value.isEmpty || !value.utf8.allSatisfy(Self.needsNoQuotes) else {
            bytes += value.utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        Markup.escape(value, to: &bytes, isAttribute: true)
        bytes.append(UInt8(ascii: "\""))
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
    static func named(_ styles: [Style]) -> Attribute {
        Attribute("class", styles.map(\.rawValue).joined(separator: " "))
    }
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
    static func span(columns: Int) -> Attribute { Attribute("colspan", "\(columns)") }
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
    static func refresh(_ seconds: Int) -> Attribute { Attribute("data-refresh", "\(seconds)") }

    static func namespace() -> Attribute { Attribute("xmlns", "http://www.w3.org/2000/svg") }
    static func viewBox(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> Attribute {
        Attribute("viewBox", "\(x) \(y) \(width) \(height)")
    }
    static func width(_ width: Int) -> Attribute { Attribute("width", "\(width)") }
    static func height(_ height: Int) -> Attribute { Attribute("height", "\(height)") }
    static func x(_ x: Int) -> Attribute { Attribute("x", "\(x)") }
    static func y(_ y: Int) -> Attribute { Attribute("y", "\(y)") }
    static func radius(_ radius: Int) -> Attribute { Attribute("r", "\(radius)") }
    static func center(_ x: Int) -> Attribute { Attribute("cx", "\(x)") }
    static func middle(_ y: Int) -> Attribute { Attribute("cy", "\(y)") }
    static func strokeWidth(_ width: Int) -> Attribute { Attribute("stroke-width", "\(width)") }
    static func path(_ path: StrokePath) -> Attribute { Attribute("d", path) }
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
