/// Columns of text, aligned: the first to the left, the others to the right.
struct TextTable {
    private var rows: [[String]]

    init(_ header: [String] = []) { rows = header.isEmpty ? [] : [header] }

    mutating func add(_ cells: String...) { rows.append(cells) }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The lines, without trailing spaces.
    func lines(indent: Int = 2, leftAligned: Set<Int> = [0]) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
        return rows.map { row in
            var line = String(repeating: " ", count: indent)
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                line += (column > 0 ? "  " : "") + (leftAligned.contains(column) ? cell + padding : padding + cell)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
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
