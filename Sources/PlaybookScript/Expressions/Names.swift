import PlaybookCore
import PlaybookReading

/// The names of the language.
enum Names {
    /// Fields of bars, which daily and longer bars have too.
    static let fields: [String: Series] = [
        "open": .open, "high": .high, "low": .low, "close": .close, "volume": .volume, "hl2": .hl2, "hlc3": .hlc3,
        "ohlc4": .ohlc4, "position": .position, "tr": .trueRange,
    ]
    /// Numbers at a bar's close that other bars do not have.
    static let numbers: [String: Series] = [
        "bar": .bar, "vwap": .vwap, "vwap-stdev": .vwapDeviation, "obv": .onBalanceVolume,
    ]
    static let trade: [String: Formula.TradeNumber] = [
        "entry": .entry, "R": .r, "risk": .risk, "side": .side, "held": .held, "best": .best, "worst": .worst,
        "profit": .profit,
    ]
    static let weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    static let groups: Set<String> = ["session", "first", "premarket", "prior", "daily", "bars", "since"]
    static let plainFunctions = ["abs", "min", "max", "if", "round"]
    static let sessionFields = ["start", "end", "open", "high", "low", "volume"]
    static let stepFields: [String: Formula.StepField] = [
        "open": .open, "high": .high, "low": .low, "close": .close, "time": .time, "bar": .bar,
    ]

    /// What a file may give no other meaning.
    static let reserved: Set<String> = {
        var names = ExpressionParser.words.union(groups).union(plainFunctions).union(weekdays)
        names.formUnion(fields.keys)
        names.formUnion(numbers.keys)
        names.formUnion(trade.keys)
        names.formUnion(Function.allCases.map(\.rawValue))
        names.formUnion(["time", "gap", "weekday", "month", "day"])
        return names
    }()

    /// The unit of a field.
    static func unit(_ name: String) -> Unit {
        switch name {
        case "volume", "position", "bar", "obv", "time": .plain
        default: .price
        }
    }

    /// `; did you mean close?`, where one of some names is close to a word; empty where none is.
    static func suggestion(for word: String, among names: some Sequence<String>) -> String {
        nearest(to: word, among: names).map { "; did you mean \($0)?" } ?? ""
    }

    /// The name closest to a word, a letter or two away; nil where none is.
    static func nearest(to word: String, among names: some Sequence<String>) -> String? {
        let most = word.utf8.count > 5 ? 2 : word.utf8.count > 2 ? 1 : 0
        var found: (name: String, distance: Int)?
        for name in names.sorted() {
            if name.lowercased() == word.lowercased() { return name }
            guard abs(name.utf8.count - word.utf8.count) <= most else { continue }
            // Two letters exchanged are one mistake.
            let isExchange =
                most > 0 && name.utf8.sorted() == word.utf8.sorted() && editDistance(name, word, atMost: 2) != nil
            guard let distance = isExchange ? 1 : editDistance(name, word, atMost: most),
                distance < found?.distance ?? .max
            else { continue }
            found = (name, distance)
        }
        return found?.name
    }
}
