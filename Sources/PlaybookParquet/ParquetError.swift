/// Why bytes are not a Parquet file that can be read.
public struct ParquetError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and where: the column, row group, page, row or byte.
    public let description: String

    /// An error described by `description`.
    public init(_ description: String) { self.description = description }

    /// The same error with `place` before it.
    func within(_ place: String) -> ParquetError { ParquetError("\(place): \(description)") }

    /// `name` as an error shows it: in quotes, control characters escaped, at most 64 characters.
    static func quoted(_ name: String) -> String {
        let shown = name.prefix(64)
        return (shown.endIndex == name.endIndex ? name : shown + "…").debugDescription
    }
}
