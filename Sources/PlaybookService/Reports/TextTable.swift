/// Columns of text, aligned: the first to the left, the others to the right.
struct TextTable {
    private var rows: [[String]]

    init(_ header: [String] = []) { rows = header.isEmpty ? [] : [header] }

    mutating func add(_ cells: String...) { rows.append(cells) }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The lines, without trailing spaces.
    ///
    /// - Parameter width: how wide they may be: texts of the last column, if it is aligned to the left, go on in the next
    ///   line; nil for a line a row, whatever its width.
    func lines(indent: Int = 2, leftAligned: Set<Int> = [0], width: Int? = nil) -> [String] {
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
let pageWidth = 80

/// `text` in lines of at most `width` characters, divided at spaces; words are never broken.
///
/// - Parameters:
///   - indent: spaces before each line.
///   - hanging: how many more before all but the first.
func wrapped(_ text: String, to width: Int = pageWidth, indent: Int = 0, hanging: Int = 0) -> [String] {
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

/// A number with a fixed count of decimals, halves to even.
func fixed(_ number: Double, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let units = (abs(number) * scale).rounded(.toNearestOrEven)
    guard units < 1e18 else { return String(number) }
    let digits = String(Int64(units))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = number < 0 && units != 0 ? "-" : ""
    return decimals == 0 ? sign + padded : sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}

/// A number with its sign.
func signed(_ number: Double, _ decimals: Int) -> String {
    let text = fixed(number, decimals)
    return text.hasPrefix("-") || number == 0 ? text : "+" + text
}
