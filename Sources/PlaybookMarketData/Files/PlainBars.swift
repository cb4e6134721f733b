import PlaybookCore

/// Bars of a text file all of whose lines are in the plainest spelling and right.
struct PlainBars: Sendable {
    /// The bars within the window asked for.
    private(set) var bars = BarColumns()
    /// The first and last bar read, in the window or not.
    private(set) var first: Bar?
    private(set) var last: Bar?
    /// How many bars were read.
    private(set) var count = 0

    /// Why lines are left to `TextRowReader`.
    private struct NotPlain: Error {}

    /// No bars.
    init() {}

    /// The bars on the lines that start in `range` of the file.
    ///
    /// - Throws: anything where a line is not plain, or a bar not right.
    init(
        _ path: String, _ layout: TextLayout, _ symbol: Symbol?, _ range: Range<Int>, _ window: Range<Int64>,
        _ expectedBars: Int
    ) throws {
        var lines = try LineReader.lines(of: path, at: range)
        var plain = PlainLineParser(layout, symbol: symbol)
        var block = BarBlock()
        var validator = BarValidator()
        while let text = try lines.next() {
            guard var position = text.baseAddress else { break }
            let end = position + text.count
            while position < end {
                let start = position
                if PlainLineParser.endLine(&position, end) { continue }
                position = start
                guard let bar = plain.parse(&position, end), validator.defect(in: bar) == nil else { throw NotPlain() }
                if first == nil {
                    first = bar
                    // Other lines may be shorter. Room that stays empty costs nothing, too little of it a copy of all bars.
                    let most = lines.size / max(16, position - start - 1) * 9 / 8 + 1
                    bars.reserve(min(expectedBars, most))
                }
                last = bar
                count += 1
                if window.contains(bar.time) { block.append(bar, to: &bars) }
            }
        }
        block.flush(to: &bars)
    }

    /// Adds the bars that follow; whether they may follow.
    mutating func append(_ rest: PlainBars) -> Bool {
        guard let end = last, let start = rest.first else {
            if first == nil { self = rest }
            return true
        }
        var seam = BarValidator()
        guard seam.defect(in: end) == nil, seam.defect(in: start) == nil else { return false }
        bars.append(rest.bars)
        last = rest.last
        count += rest.count
        return true
    }
}
