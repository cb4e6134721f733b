/// Why bytes are not a Parquet file that can be read.
public struct ParquetError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and where: the column, row group, page, row or byte.
    public let description: String

    /// An error described by `description`.
    public init(_ description: String) { self.description = description }

    /// The same error with `place` before it.
    func within(_ place: String) -> ParquetError { ParquetError("\(place): \(description)") }

    /// `name` as an error shows it: in quotes, what cannot be read escaped, at most 64 characters.
    static func quoted(_ name: String) -> String {
        let shown = name.prefix(64)
        let text = shown.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where isReadable(scalar): "\(scalar)"
            default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
        return "\"\(text.joined())\(shown.endIndex == name.endIndex ? "" : "…")\""
    }

    /// Whether a scalar is a letter, a digit, a sign or a space, and not what stands for bytes that are not text.
    private static func isReadable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: scalar != "\u{FFFD}"
        }
    }
}
