public import PlaybookCore

/// How long a window is.
public enum WindowLength: Sendable, Hashable, CustomStringConvertible {
    case sessions(Int)
    /// Calendar months.
    case months(Int)

    /// The length that `250`, `12mo` or `2y` stands for.
    public init?(_ text: String) {
        if text.hasSuffix("mo"), let months = Int(text.dropLast(2)), (1...1_200).contains(months) {
            self = .months(months)
        } else if text.hasSuffix("y"), let years = Int(text.dropLast()), (1...100).contains(years) {
            self = .months(12 * years)
        } else if let sessions = Int(text), (1...100_000).contains(sessions) {
            self = .sessions(sessions)
        } else {
            return nil
        }
    }

    public var description: String {
        switch self {
        case .sessions(let count): String(count)
        case .months(let count): "\(count)mo"
        }
    }
}

/// A stretch of sessions to choose on and the one after it to judge by, as places in a calendar.
public struct WalkForwardWindow: Sendable, Hashable {
    public let train, test: Range<Int>
}

/// Windows that follow one another by the length of a test.
public enum WalkForwardWindows {
    /// The windows of a range of sessions. The last one is kept when it is at least half as long as the others.
    ///
    /// - Parameters:
    ///   - first: the range's first date, which months are counted from.
    ///   - isAnchored: whether all train windows start at the range's first session.
    /// - Throws: a `PlaybookError` of code `usage` when lengths do not go together or no window fits.
    public static func of(
        _ calendar: SessionCalendar, from first: CivilDate, train: WindowLength, test: WindowLength, isAnchored: Bool,
        market: Market
    ) throws(PlaybookError) -> [WalkForwardWindow] {
        var windows: [WalkForwardWindow] = []
        let count = calendar.count
        switch (train, test) {
        case (.sessions(let train), .sessions(let test)):
            var start = train
            while start < count {
                let length = min(test, count - start)
                guard 2 * length >= test else { break }
                windows.append(
                    WalkForwardWindow(
                        train: (isAnchored ? 0 : start - train)..<start, test: start..<start + length))
                start += test
            }
        case (.months(let train), .months(let test)):
            for number in 0... {
                let dates = [0, train, train + test].map { first.adding(months: number * test + $0) }
                let places = dates.map { date in calendar.sessions.firstIndex { $0.date >= date } ?? count }
                guard places[1] < count else { break }
                let whole = market.calendar.sessions(from: dates[1], through: dates[2].adding(days: -1)).count
                let length = places[2] - places[1]
                guard length > 0, 2 * length >= whole else { break }
                windows.append(
                    WalkForwardWindow(
                        train: (isAnchored ? 0 : places[0])..<places[1], test: places[1]..<places[2]))
            }
        default:
            throw PlaybookError(
                .usage,
                "\(.named(.trainLength, "\(train)")) and \(.named(.testLength, "\(test)")): one counts sessions, the other months",
                nextStep: "Give both in sessions, such as 250 and 60, or both in months, such as 12mo and 3mo.")
        }
        guard !windows.isEmpty else {
            throw PlaybookError(
                .usage,
                "\(.named(.trainLength, "\(train)")) and \(.named(.testLength, "\(test)")): no window fits into \(count) sessions",
                nextStep: "Ask for more sessions, or for shorter windows.")
        }
        return windows
    }
}

extension CivilDate {
    /// The same day so many months later; the month's last day where it has no such day.
    func adding(months: Int) -> CivilDate {
        let index = year * 12 + month - 1 + months
        let (year, month) = (index / 12, index % 12 + 1)
        for day in (1...day).reversed() {
            if let date = CivilDate(year: year, month: month, day: day) { return date }
        }
        return self
    }
}
