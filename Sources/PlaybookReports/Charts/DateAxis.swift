import PlaybookCore

/// Sessions side by side: a time axis without the days on which nothing is traded.
struct DateAxis {
    /// The sessions, ascending.
    let dates: [CivilDate]
    /// The places of the first and the last one.
    let from, to: Int

    /// Where the n-th session lies, `parts` places a pixel; -1 is where everything starts.
    func place(_ index: Int, parts: Int = 1) -> Int {
        guard dates.count > 0 else { return from * parts }
        let share = Double(index + 1) / Double(dates.count)
        return Int((Double(from * parts) + share * Double((to - from) * parts)).rounded())
    }

    /// The first sessions of round months or years, at most `count`, each with its label.
    func ticks(_ count: Int = 6) -> [(index: Int, label: String)] {
        // The sessions that are the first of their month, each with its month and that of the session before.
        var starts: [(index: Int, before: Int, month: Int)] = []
        var last: Month?
        for (index, date) in dates.enumerated() {
            let month = Month(date)
            if let last, month != last {
                starts.append((index, Self.number(dates[index - 1]), Self.number(date)))
            }
            last = month
        }
        for months in [1, 2, 3, 6, 12, 24, 60, 120] {
            let found = starts.filter { $0.before / months != $0.month / months }
            guard found.count <= count else { continue }
            return found.isEmpty && !dates.isEmpty
                ? days() : found.map { ($0.index, Self.label(dates[$0.index], of: months)) }
        }
        return []
    }

    /// Which month a date lies in, counted from January of the year 0.
    private static func number(_ date: CivilDate) -> Int { date.year * 12 + date.month - 1 }

    /// What the first session of a period of so many months is called.
    private static func label(_ date: CivilDate, of months: Int) -> String {
        months >= 12 || date.month == 1 ? "\(date.year)" : "\(Self.months[date.month - 1])"
    }

    /// The first and the last day of a range within a month.
    private func days() -> [(index: Int, label: String)] {
        let last = dates.count - 1
        let ends = last > 0 ? [0, last] : [0]
        return ends.map { ($0, "\(dates[$0].day) \(Self.months[dates[$0].month - 1])") }
    }

    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `4 Nov 2025`.
    static func text(_ date: CivilDate) -> String { "\(date.day) \(months[date.month - 1]) \(date.year)" }
}

extension Picture {
    /// The labels of a time axis, whose base line is `y`, with lines up to `top`. Labels that would overlap are left out.
    mutating func horizontalAxis(_ axis: DateAxis, y: Int, bottom: Int, top: Int) {
        var grid = StrokePath()
        var free = axis.from - 30
        for tick in axis.ticks() {
            let x = axis.place(tick.index)
            let half = Self.width(of: tick.label) / 2
            let middle = min(max(x, half), width - half)
            guard middle - half >= free else { continue }
            free = middle + half + 8
            grid.move(to: x, top)
            grid.line(to: x, bottom)
            text(tick.label, middle, y, .tick, .middle)
        }
        path(grid, .grid)
    }
}
