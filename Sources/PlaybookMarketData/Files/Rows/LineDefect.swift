import PlaybookCore

/// Something wrong with a line or a row of a file.
struct LineDefect {
    /// Kinds of defects: many of one kind are told as one.
    enum Kind: Hashable {
        case fieldCount, time, order, zone, price(ColumnRole), number(ColumnRole), bar, fixedPoint, quote, sequence
    }

    /// The line or row, from 1.
    let line: Int
    let kind: Kind
    /// What is wrong, in words, without the place.
    let message: NeutralText
    /// What to do about it; nil for what can be said of any line.
    var nextStep: Remedy?

    init(line: Int, kind: Kind, message: NeutralText, nextStep: Remedy? = nil) {
        (self.line, self.kind, self.message, self.nextStep) = (line, kind, message, nextStep)
    }

    /// Fewer defects of a kind are told one by one.
    private static let manyOfAKind = 100

    /// The defects as errors in the order of their lines, those of a kind that hits most lines as one.
    ///
    /// - Parameters:
    ///   - rows: how many rows the file has.
    ///   - unit: `line` or `row`.
    static func errors(_ defects: [LineDefect], path: String, rows: Int, unit: String) -> [PlaybookError] {
        var counts: [Kind: Int] = [:]
        for defect in defects { counts[defect.kind, default: 0] += 1 }
        var told: Set<Kind> = []
        return defects.sorted { $0.line < $1.line }.compactMap { defect in
            let count = counts[defect.kind] ?? 1
            let isOne = count > manyOfAKind || count > 3 && count * 2 > rows
            let place = unit == "line" ? "\(path):\(defect.line): " : "\(path): \(unit) \(defect.line): "
            guard isOne else {
                return PlaybookError(
                    .badData, "\(place)\(defect.message)",
                    nextStep: defect.nextStep
                        ?? "Correct or remove the \(unit); \(.run(.checkData)) lists all such \(unit)s.")
            }
            guard told.insert(defect.kind).inserted else { return nil }
            return PlaybookError(
                .badData, "\(place)\(defect.message) (and \(count - 1) more \(unit)s like it)",
                nextStep: defect.nextStep
                    ?? """
                    So many \(unit)s are one problem of the whole file: see how \(.run(.checkData)) understands it, and \
                    export it anew if need be.
                    """)
        }
    }
}
