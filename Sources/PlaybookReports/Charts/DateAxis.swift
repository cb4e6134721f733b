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
        for months in [1, 2, 3, 6, 12, 24, 60, 120] {
            let found = starts(of: months)
            if found.count <= count { return found.isEmpty && !dates.isEmpty ? days() : found }
        }
        return []
    }

    /// Where periods of so many months start after the first session.
    private func starts(of months: Int) -> [(index: Int, label: String)] {
        func period(_ date: CivilDate) -> Int { (date.year * 12 + date.month - 1) / months }
        return dates.indices.dropFirst().compactMap { index in
            let date = dates[index]
            guard period(date) != period(dates[index - 1]) else { return nil }
            let label =
                months >= 12 || date.month == 1 ? "\(date.year)" : "\(Self.months[date.month - 1])"
            return (index, label)
        }
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
