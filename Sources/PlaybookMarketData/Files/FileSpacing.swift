import PlaybookCore

/// Finds out how far apart bars are.
struct FileSpacing {
    /// Bars looked at in one place, and in how many places.
    private static let blockSize = 2_000
    private static let blockCount = 4

    /// How many steps from one bar to the next were looked at, of an hour at most.
    private(set) var steps = 0
    private var counts: [Int64: Int] = [:]

    /// - Parameter times: seconds since the epoch, ascending.
    init(_ times: [Int64]) {
        guard times.count > 1 else { return }
        let stride = max(Self.blockSize, times.count / Self.blockCount)
        var start = 0
        while start < times.count - 1 {
            for index in (start + 1)..<min(start + Self.blockSize, times.count) {
                let step = times[index] - times[index - 1]
                guard step > 0, step <= 3600 else { continue }
                counts[step, default: 0] += 1
                steps += 1
            }
            start += stride
        }
    }

    /// The share of steps that are multiples of `seconds`, 0 to 1.
    func share(of seconds: Int64) -> Double {
        guard steps > 0 else { return 1 }
        return Double(counts.reduce(0) { $0 + ($1.key % seconds == 0 ? $1.value : 0) }) / Double(steps)
    }

    /// The longest whole number of minutes, up to 60, that nearly all steps are multiples of; nil when bars are closer
    /// than a minute or there are none within an hour of each other.
    var longest: Timeframe? {
        guard steps > 0 else { return nil }
        return (1...60).reversed().first { share(of: Int64($0) * 60) >= 0.99 }.map { .minutes($0) }
    }

    /// The most frequent step in seconds; nil without any.
    var usualStep: Int64? { counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }

    /// The length of the bars of a file whose name says `declared`.
    ///
    /// - Returns: nil when bars are less than a minute apart.
    func timeframe(declared: Timeframe?) -> Timeframe? {
        guard let found = longest else {
            if steps > 3, share(of: 60) < 0.5 { return nil }
            return declared ?? .minutes(1)
        }
        guard let declared else { return found }
        if found == declared { return declared }
        // A few bars may lie far apart by chance, and a few in wrong places.
        if steps < 20 { return declared }
        if found.seconds % declared.seconds == 0 { return found }
        return share(of: declared.seconds) >= 0.5 ? declared : found
    }
}

/// Tells whether bars are stamped with the time they open or close, by the full sessions among them.
struct StampSideCheck {
    /// Full sessions, and those of them whose bars are as if stamped at the close or at the open.
    private(set) var full = 0
    private(set) var atClose = 0
    private(set) var atOpen = 0
    /// Bars before the open of a session.
    private(set) var early = 0
    private var whole = 0
    private(set) var first: CivilDate?

    /// - Parameters:
    ///   - times: seconds since the epoch, ascending, as the file has them.
    ///   - seconds: length of the bars.
    init(_ times: [Int64], seconds: Int64, _ market: Market = .xnys) {
        guard let start = times.first, let end = times.last else { return }
        let dates = [start, end].map { market.clock.date(of: Instant(secondsSinceEpoch: $0)) }
        var index = 0
        for session in market.calendar.sessions(
            from: dates[0].adding(days: market.hours.crossesMidnight ? -1 : 0), through: dates[1])
        {
            let (open, close) = (session.open.secondsSinceEpoch, session.close.secondsSinceEpoch)
            let before = index
            while index < times.count, times[index] < open { index += 1 }
            let from = index
            early += from - before
            while index < times.count, times[index] <= close { index += 1 }
            let due = session.barsDue(of: seconds)
            guard due > 1, index - from >= due - due / 20 else { continue }
            full += 1
            let (opens, closes) = (times[from] == open, times[index - 1] == close)
            if closes, !opens {
                atClose += 1
                if first == nil { first = session.date }
                if index - from == due { whole += 1 }
            } else if opens, !closes {
                atOpen += 1
            }
        }
    }

    /// Whether every full session lacks its first bar and has one at its close; a single one has to be whole, since it
    /// may be chance.
    var isAtClose: Bool { full > 0 && atClose == full && (full > 1 || whole == 1) }
    /// Whether every full session has a bar at its open and none at its close.
    var isAtOpen: Bool { full > 0 && atOpen == full }
}
