#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Compares a source's daily closes with the last intraday close of the same sessions.
///
/// Daily bars that are adjusted, of another stock or dated a day off put every average of daily closes wrong, and
/// nothing in the results shows it.
struct DailyCloseCheck {
    /// Two closes whose ratio differs from 1 by no more than this share are those of one price: the closing auction lies
    /// well within it of the last minute.
    static let tolerance = 0.02
    /// Three sessions in a row beyond this share do not happen by accident.
    static let gross = 0.2
    /// A split by at least this ratio shows in two daily closes, whatever else happened that day.
    static let visibleSplit = 1.4

    let symbol: Symbol
    let daily: DailyBars
    let splits: [Split]
    let pairs: [Pair]

    /// A session with both closes.
    struct Pair {
        let date: CivilDate
        let daily: Double
        let intraday: Double
        /// The last intraday closes of the sessions before and after it, where those are there.
        let before, after: Double?
        /// Whether bars go on until the session's last hour.
        let reachesEnd: Bool

        var ratio: Double { daily / intraday }
    }

    /// - Parameters:
    ///   - daily: what the source itself has of daily bars, as traded.
    ///   - slices: successive sessions of `bars`.
    ///   - splits: ascending.
    init(_ symbol: Symbol, _ daily: DailyBars, slices: [SessionSlice], bars: BarColumns, splits: [Split]) {
        self.symbol = symbol
        self.daily = daily
        self.splits = splits
        func close(_ index: Int) -> Double? {
            guard slices.indices.contains(index), let last = slices[index].bars.last else { return nil }
            return bars.close[last]
        }
        var pairs: [Pair] = []
        var place = 0
        for (index, slice) in slices.enumerated() {
            while place < daily.dates.count, daily.dates[place] < slice.session.date { place += 1 }
            guard place < daily.dates.count, daily.dates[place] == slice.session.date, let last = slice.bars.last else {
                continue
            }
            pairs.append(
                Pair(
                    date: slice.session.date, daily: daily.bars.close[place], intraday: bars.close[last],
                    before: close(index - 1), after: close(index + 1),
                    reachesEnd: slice.session.close.secondsSinceEpoch - bars.times[last] <= 3600))
        }
        self.pairs = pairs
    }

    /// - Parameter warn: called with what is doubtful, in words.
    /// - Throws: a `PlaybookError` when the daily bars cannot be those of the intraday ones.
    func run(warn: (String) -> Void) throws {
        try refuseOtherDays()
        try refuseStillSplits()
        try refuseDividends()
        for stretch in stretches(pairs) { try refuseOtherPrices(stretch) }
        for stretch in stretches(pairs.filter(\.reachesEnd)) { doubt(stretch, warn) }
        let odd = pairs.filter { $0.reachesEnd && Self.isOff($0.ratio, Self.tolerance) }
        if let first = odd.first {
            warn(
                "daily closes of \(odd.count) sessions differ by over 2% from the last intraday close; the first: "
                    + Self.text(first))
        }
    }

    // MARK: Dates

    /// Closes that are those of the next session, or of the one before.
    private func refuseOtherDays() throws {
        try refuse("early", "next", neighbour: \.after)
        try refuse("late", "previous", neighbour: \.before)
    }

    private func refuse(_ side: String, _ which: String, neighbour: (Pair) -> Double?) throws {
        let telling = pairs.filter { pair in
            neighbour(pair).map { Self.isOff($0 / pair.intraday, 0.001) && !Self.isOff($0 / pair.intraday, 0.5) }
                ?? false
        }
        let matching = telling.filter { pair in
            guard let other = neighbour(pair) else { return false }
            return !Self.isOff(pair.daily / other, 0.005)
                && abs(log(pair.daily / other)) < abs(log(pair.ratio)) / 4
        }
        guard telling.count >= 3, matching.count * 5 >= telling.count * 4, let first = matching.first else { return }
        throw PlaybookError(
            .badData,
            "\(symbol): daily bars are dated one day \(side): the closes of \(matching.count) of \(telling.count) sessions "
                + "are those of the \(which) session, the first on \(first.date): \(first.daily), with intraday closes "
                + "\(first.intraday) on that day and \(neighbour(first) ?? .nan) on the \(which)",
            nextStep:
                "Date each daily bar with its session, for instance 2024-03-04; midnight of a zone east of the "
                + "market's is the day before there.")
    }

    // MARK: Adjusted prices

    /// Daily closes that do not move at a listed split.
    private func refuseStillSplits() throws {
        var place = 0
        while place < splits.count {
            let date = splits[place].date
            let next = daily.count(before: date)
            // Those that take effect between the same two closes count as one.
            var ratio = 1.0
            while place < splits.count, daily.count(before: splits[place].date) == next {
                ratio *= splits[place].ratio
                place += 1
            }
            let size = abs(log(ratio))
            guard next > 0, next < daily.dates.count, size >= log(Self.visibleSplit) else { continue }
            let (old, new) = (daily.bars.close[next - 1], daily.bars.close[next])
            let move = log(new / old)
            func words(_ old: Double) -> String {
                "the \(Self.splitText(ratio)) split of \(date) (\(Self.number(old, digits: 8)) on \(daily.dates[next - 1]), "
                    + "\(new) on \(daily.dates[next]))"
            }
            if daily.wereAdjusted {
                // As-traded closes, multiplied again, move twice.
                guard abs(move + 2 * log(ratio)) < size / 2 else { continue }
                throw PlaybookError(
                    .badData,
                    """
                    \(symbol): \(.named(.adjustedDailyBars, "true")), but daily closes are as traded: they move by its \
                    ratio at \(words(old / ratio))
                    """, nextStep: "Leave out \(.set(.adjustedDailyBars)).")
            }
            guard abs(move) < size / 2 else { continue }
            let older = pairs.filter { $0.date < date }
            let before = older.first { Self.isOff($0.ratio, Self.tolerance) }
            let median = Self.median(older.map(\.ratio))
            let nominal = max(ratio, 1 / ratio)
            let factor = Self.isOff(max(median, 1 / median) / nominal, 0.05) ? nil : nominal
            let difference =
                before.map {
                    "; before it they are \(Self.number(median)) times those of the intraday bars (factor "
                        + "\(Self.number(factor ?? max(median, 1 / median)))), the first: \(Self.text($0))"
                } ?? ""
            throw PlaybookError(
                .badData,
                """
                \(symbol): daily closes are adjusted for splits: they do not move at \(words(old))\(difference); \
                \(.named(.adjustedDailyBars, "true")) would take them as adjusted as of today
                """,
                nextStep: """
                    Set \(.set(.adjustedDailyBars, to: "true")), or use daily bars as traded; if intraday bars are \
                    adjusted too, leave out the list of splits.
                    """)
        }
    }

    /// A ratio that rises steadily towards 1: closes from which later dividends were taken.
    private func refuseDividends() throws {
        let pairs = pairs.filter(\.reachesEnd)
        guard pairs.count >= 40, let first = pairs.first, let last = pairs.last else { return }
        let parts = (0..<4).map { pairs[(pairs.count * $0 / 4)..<(pairs.count * ($0 + 1) / 4)].map(\.ratio) }
        let medians = parts.map(Self.median)
        let rise = medians[3] - medians[0]
        let noise = Self.median(zip(parts, medians).flatMap { part, median in part.map { abs($0 - median) } })
        guard rise > 0.003, medians[3] <= 1.002, medians[0] > 0.3, noise < rise / 4,
            zip(medians, medians.dropFirst()).allSatisfy({ $1 >= $0 - 0.0005 })
        else { return }
        throw PlaybookError(
            .badData,
            "\(symbol): daily closes are adjusted for dividends: they drift from \(Self.number(medians[0])) times the "
                + "intraday ones towards \(Self.number(medians[3])) times, from \(Self.text(first)) to \(Self.text(last)); "
                + "no setting can make that right",
            nextStep: "Use daily bars as traded: with yfinance, download(…, auto_adjust=False).")
    }

    // MARK: Other prices

    /// `pairs` cut where listed splits took effect.
    private func stretches(_ pairs: [Pair]) -> [ArraySlice<Pair>] {
        var stretches: [ArraySlice<Pair>] = []
        var start = 0
        for index in pairs.indices {
            let isLast = index + 1 == pairs.count
            if isLast || splits.contains(where: { $0.date > pairs[index].date && $0.date <= pairs[index + 1].date }) {
                stretches.append(pairs[start...index])
                start = index + 1
            }
        }
        return stretches
    }

    private func refuseOtherPrices(_ stretch: ArraySlice<Pair>) throws {
        let whole = stretch.filter(\.reachesEnd)
        let median = Self.median(whole.map(\.ratio))
        if whole.count >= 3, Self.isOff(median, Self.tolerance),
            let first = whole.first(where: { Self.isOff($0.ratio, Self.tolerance) })
        {
            throw refusal(median, first, "in the median of \(whole.count) sessions", in: stretch)
        }
        let runs = zip(stretch, zip(stretch.dropFirst(), stretch.dropFirst(2)))
        if let run = runs.first(where: { run in
            [run.0, run.1.0, run.1.1].allSatisfy { Self.isOff($0.ratio, Self.gross) }
        }) {
            let ratio = Self.median([run.0.ratio, run.1.0.ratio, run.1.1.ratio])
            throw refusal(ratio, run.0, "in three sessions in a row and more", in: stretch)
        }
    }

    private func refusal(_ ratio: Double, _ first: Pair, _ extent: String, in stretch: ArraySlice<Pair>)
        -> PlaybookError
    {
        let (cause, next, nominal) = cause(of: ratio, in: stretch)
        return PlaybookError(
            .badData,
            """
            \(symbol): daily closes are not those of the intraday bars: they are \
            \(Self.ratioText(ratio, nominal: nominal)) \(extent), the first: \(Self.text(first)); \(cause)
            """,
            nextStep: next)
    }

    /// What a ratio looks like, what to do, and the factor that explains it.
    private func cause(of ratio: Double, in stretch: ArraySlice<Pair>) -> (NeutralText, Remedy, Double?) {
        let last = stretch.last?.date ?? CivilDate(daysSinceEpoch: 0)
        let later = splits.filter { $0.date > last }.reduce(1) { $0 * $1.ratio }
        if Self.isOff(later, 0.01), daily.wereAdjusted, !Self.isOff(ratio / later, 0.025) {
            return (
                "that is the ratio of later splits: \(.named(.adjustedDailyBars, "true")), but they are as traded",
                "Leave out \(.set(.adjustedDailyBars)).", max(later, 1 / later)
            )
        }
        if Self.isOff(later, 0.01), !daily.wereAdjusted, !Self.isOff(ratio * later, 0.025) {
            return (
                """
                they are adjusted for later splits; \(.named(.adjustedDailyBars, "true")) would take them as adjusted as \
                of today
                """, "Set \(.set(.adjustedDailyBars, to: "true")), or use daily bars as traded.", max(later, 1 / later)
            )
        }
        let size = max(ratio, 1 / ratio)
        if let split = SessionSlicer.splitRatios.first(where: { !Self.isOff(size / $0, 0.025) }) {
            let text = ratio < 1 ? Self.splitText(split) : Self.splitText(1 / split)
            return (
                "they look adjusted for a \(text) split that the source does not list",
                """
                List it in \(symbol)_splits.csv and set \(.set(.adjustedDailyBars, to: "true")), or use daily bars as \
                traded.
                """, split
            )
        }
        if ratio > 0.5, ratio < 1 {
            return (
                "they may be another stock's, or adjusted for dividends, which no setting can make right",
                "Use daily bars of \(symbol) as traded: with yfinance, download(…, auto_adjust=False).", nil
            )
        }
        return ("they may be another stock's", "Use daily bars of \(symbol), as traded.", nil)
    }

    /// Closes that lie a little off by the same ratio in nearly all sessions: those of one price would scatter.
    private func doubt(_ stretch: ArraySlice<Pair>, _ warn: (String) -> Void) {
        let median = Self.median(stretch.map(\.ratio))
        let near = stretch.count { !Self.isOff($0.ratio / median, 0.001) }
        guard stretch.count >= 3, Self.isOff(median, 0.003), !Self.isOff(median, Self.tolerance),
            near * 5 >= stretch.count * 4, let first = stretch.first
        else { return }
        warn(
            "daily closes are \(Self.number(median)) times the intraday ones in \(near) of \(stretch.count) sessions, the "
                + "first: \(Self.text(first)): they seem to be adjusted for dividends; use daily bars as traded")
    }

    // MARK: Numbers

    /// Whether `ratio` lies further from 1 than by `share`, up or down.
    private static func isOff(_ ratio: Double, _ share: Double) -> Bool { !(abs(log(ratio)) <= log(1 + share)) }

    /// The middle one; of two, that nearer to 1. 1 without any.
    private static func median(_ values: [Double]) -> Double {
        guard !values.isEmpty else { return 1 }
        let sorted = values.sorted()
        let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
        return abs(low - 1) < abs(high - 1) ? low : high
    }

    private static func text(_ pair: Pair) -> String { "\(pair.date), \(pair.daily) beside \(pair.intraday)" }

    /// - Parameter nominal: the factor that explains the ratio; nil when it is not known.
    private static func ratioText(_ ratio: Double, nominal: Double? = nil) -> String {
        "\(number(ratio)) times those (factor \(number(nominal ?? max(ratio, 1 / ratio))))"
    }

    /// `10:1`, `1:10`, `3:2`.
    static func splitText(_ ratio: Double) -> String {
        for part in 1...4 where abs(ratio * Double(part) - (ratio * Double(part)).rounded()) < 1e-6 && ratio > 1 {
            return "\(Int((ratio * Double(part)).rounded())):\(part)"
        }
        let inverse = 1 / ratio
        return abs(inverse - inverse.rounded()) < 1e-6 ? "1:\(Int(inverse.rounded()))" : "\(number(ratio)):1"
    }

    /// With so many significant digits.
    static func number(_ value: Double, digits significant: Int = 4) -> String {
        guard value.isFinite, value > 0 else { return "\(value)" }
        let digits = significant - 1 - Int(floor(log10(value)))
        let scale = pow(10, Double(max(0, digits)))
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() && rounded < 1e15 ? "\(Int(rounded))" : "\(rounded)"
    }
}
