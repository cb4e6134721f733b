/// Columns of text, aligned: the first to the left, the others to the right.
package struct TextTable {
    private var rows: [[String]]

    package init(_ header: [String] = []) { rows = header.isEmpty ? [] : [header] }

    package mutating func add(_ cells: String...) { rows.append(cells) }

    package mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The lines, without trailing spaces.
    ///
    /// - Parameter width: how wide they may be: texts of the last column, if it is aligned to the left, go on in the next
    ///   line; nil for a line a row, whatever its width.
    package func lines(indent: Int = 2, leftAligned: Set<Int> = [0], width: Int? = nil) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
        let lastStart = indent + widths.dropLast().reduce(0) { $0 + $1 + 2 }
        return rows.flatMap { row -> [String] in
            var line = String(repeating: " ", count: indent)
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                line += (column > 0 ? "  " : "") + (leftAligned.contains(column) ? cell + padding : padding + cell)
            }
            while line.last == " " { line.removeLast() }
            guard let width, line.count > width, row.count == count, leftAligned.contains(count - 1),
                width - lastStart >= Self.leastWidth, let last = row.last
            else { return [line] }
            let texts = wrapped(last, to: width - lastStart)
            return [line.prefix(lastStart) + texts[0]]
                + texts.dropFirst().map { String(repeating: " ", count: lastStart) + $0 }
        }
    }

    /// Columns that are narrower are not worth wrapping.
    private static let leastWidth = 20
}

/// How wide lines for people are: as wide as terminals are at least.
package let pageWidth = 80

/// `text` in lines of at most `width` characters, divided at spaces; words are never broken.
///
/// - Parameters:
///   - indent: spaces before each line.
///   - hanging: how many more before all but the first.
package func wrapped(_ text: String, to width: Int = pageWidth, indent: Int = 0, hanging: Int = 0) -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
        if !isEmpty, line.count + 1 + word.count > width {
            lines.append(line)
            line = String(repeating: " ", count: indent + hanging)
            isEmpty = true
        }
        line += (isEmpty ? "" : " ") + word
        isEmpty = false
    }
    return lines + [line]
}
