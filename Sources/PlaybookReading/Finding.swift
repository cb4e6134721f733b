/// Where something stands in a document.
public enum Place: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Line and column, counted from 1; a column counts characters.
    case text(line: Int, column: Int)
    /// A JSON pointer (RFC 6901).
    case pointer(String)

    /// Where a text begins.
    public static let start = Place.text(line: 1, column: 1)

    public var description: String {
        switch self {
        case .text(let line, let column): "\(line):\(column)"
        case .pointer(let pointer): pointer.isEmpty ? "/" : pointer
        }
    }

    public static func < (one: Place, other: Place) -> Bool {
        switch (one, other) {
        case (.text(let line, let column), .text(let otherLine, let otherColumn)):
            (line, column) < (otherLine, otherColumn)
        case (.pointer(let pointer), .pointer(let other)): pointer < other
        case (.text, .pointer): true
        case (.pointer, .text): false
        }
    }
}

/// What is wrong or doubtful in a document, and where.
public struct Finding: Error, Sendable, Hashable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: Sendable, Hashable {
        /// The document cannot be used.
        case error
        /// It can, but it hardly says what is meant.
        case warning
    }

    public let severity: Severity
    public let place: Place
    /// What is wrong and what would be right.
    public let message: String

    /// A finding.
    public init(_ severity: Severity, _ place: Place, _ message: String) {
        self.severity = severity
        self.place = place
        self.message = message
    }

    /// `14:22: 'closee' is not known here; did you mean close?`
    public var description: String { "\(place): \(severity == .warning ? "warning: " : "")\(message)" }
}

/// A part of a document as messages may show it: short, without control characters.
public func shown(_ text: String, atMost length: Int = 40) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        if scalars.count == length {
            scalars.append("…")
            break
        }
        let isPlain = scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar.value != 0x2028
        scalars.append(isPlain && scalar.value != 0x2029 ? scalar : "?")
    }
    return String(scalars)
}
