/// One parameter of a strategy: its name, what it may be, and what it means.
public struct ParameterSpec: Sendable, Hashable {
    /// The values a parameter may have.
    public enum Kind: Sendable, Hashable {
        case integer(ClosedRange<Int>)
        case number(ClosedRange<Double>)
        /// A time of day on the market's clocks.
        case time(ClosedRange<TimeOfDay>)
        /// A length of time in minutes.
        case duration(ClosedRange<Int>)
        /// One or more of `mon tue wed thu fri`, separated by `+`.
        case weekdays
        /// The same with `sat` and `sun`.
        case daysOfWeek
        /// `true` or `false`.
        case flag
        /// One of some words.
        case choice([String])

        /// Any number.
        package static let anyNumber = Kind.number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
        /// Any whole number.
        package static let anyInteger = Kind.integer(-1_000_000_000_000...1_000_000_000_000)
        /// Any time of a day.
        package static let anyTime = Kind.time(TimeOfDay(minutes: 0)...TimeOfDay(minutes: 1440))
        /// Any length of time.
        package static let anyDuration = Kind.duration(0...100_000)
    }

    /// The name, for instance `stop-atr`.
    public let name: String
    /// What it may be.
    public let kind: Kind
    /// The default, in the spelling that users write.
    public let defaultText: String
    /// The unit, for instance `bars` or `x ATR`.
    public let unit: String
    /// What it does, in a few words.
    public let help: String
    /// Whether the range of a time is the usual market's hours: symbols of other markets may have any time.
    package var isOfUsualHours = false
    /// Of a parameter that is gone: what to do without it.
    let retirement: String?

    /// A parameter.
    public init(name: String, kind: Kind, defaultText: String, unit: String, help: String) {
        self.init(name: name, kind: kind, defaultText: defaultText, unit: unit, help: help, retirement: nil)
    }

    private init(name: String, kind: Kind, defaultText: String, unit: String, help: String, retirement: String?) {
        self.name = name
        self.kind = kind
        self.defaultText = defaultText
        self.unit = unit
        self.help = help
        self.retirement = retirement
    }

    /// The range in words, for instance `1 to 1000`.
    public var range: String {
        switch kind {
        case .anyNumber, .anyInteger, .anyDuration: "any"
        case .daysOfWeek: "mon+tue+wed+thu+fri+sat+sun"
        case .flag: "true or false"
        case .choice(let words): words.joined(separator: ", ")
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .number(let range): "\(decimalText(range.lowerBound)) to \(decimalText(range.upperBound))"
        case .time(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .duration(let range): "\(range.lowerBound)m to \(range.upperBound)m"
        case .weekdays: "mon+tue+wed+thu+fri"
        }
    }

    /// The value that `text` stands for.
    ///
    /// - Parameter market: the one that it is meant for.
    /// - Throws: `ParameterError` when it is not of the kind or out of range.
    package func value(_ text: String, in market: Market = .xnys) throws(ParameterError) -> ParameterValue {
        switch kind {
        case .integer(let range):
            if let number = Int(text), range.contains(number) { return .integer(number) }
        case .number(let range):
            if let number = Self.number(text), range.contains(number) { return .number(number == 0 ? 0 : number) }
        case .time(let range):
            if let time = Self.time(text), range.contains(time) || isOfUsualHours && !market.isUsual {
                return .time(time)
            }
        case .duration(let range):
            if let minutes = Self.minutes(text), range.contains(minutes) { return .duration(minutes) }
        case .weekdays, .daysOfWeek:
            let days = text.split(separator: "+", omittingEmptySubsequences: false).map { Weekday(String($0)) }
            let known = days.compactMap { $0 }.filter { kind == .daysOfWeek || !market.isUsual || !$0.isWeekend }
            if !known.isEmpty, known.count == days.count { return .weekdays(Set(known)) }
        case .flag:
            if text == "true" || text == "false" { return .flag(text == "true") }
        case .choice(let words):
            if words.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { return .choice(text) }
        }
        let allowed = range == "any" ? noun : "\(noun), \(range)"
        throw ParameterError("parameter \(name): '\(text)' is not \(allowed)\(unit.isEmpty ? "" : " (\(unit))")")
    }

    /// The number that a text stands for, `2%` for 0.02 and `10bps` for 0.001.
    private static func number(_ text: String) -> Double? {
        for (sign, divisor) in [("%", 100.0), ("bps", 10_000)] where text.hasSuffix(sign) {
            return Double(text.dropLast(sign.count)).map { $0 / divisor }
        }
        return Double(text)
    }

    /// The time that `10:30` or `8:30` stands for; `24:00` is the end of a day.
    private static func time(_ text: String) -> TimeOfDay? {
        if text == "24:00" { return TimeOfDay(minutes: 1440) }
        return TimeOfDay(text) ?? TimeOfDay("0\(text)")
    }

    /// The minutes that `15m` or `2h` stand for.
    private static func minutes(_ text: String) -> Int? {
        guard let unit = text.last, unit == "m" || unit == "h", text.utf8.first.map({ $0 &- 0x30 < 10 }) ?? false,
            text.utf8.dropLast().allSatisfy({ $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") }),
            let count = Double(text.dropLast())
        else { return nil }
        let minutes = unit == "m" ? count : count * 60
        return minutes <= 100_000 && minutes == minutes.rounded() ? Int(minutes) : nil
    }

    private var noun: String {
        switch kind {
        case .integer: "a whole number"
        case .number: "a number"
        case .time: "a time HH:MM"
        case .duration: "a length of time"
        case .weekdays, .daysOfWeek: "a list of weekdays"
        case .flag: "a yes or no"
        case .choice: "one of its choices"
        }
    }
}

extension ParameterSpec {
    /// A number within a range.
    public static func number(
        _ name: String, _ value: Double, _ range: ClosedRange<Double>, unit: String, help: String
    ) -> ParameterSpec {
        ParameterSpec(name: name, kind: .number(range), defaultText: decimalText(value), unit: unit, help: help)
    }

    /// A whole number within a range.
    public static func whole(
        _ name: String, _ value: Int, _ range: ClosedRange<Int>, unit: String, help: String
    ) -> ParameterSpec {
        ParameterSpec(name: name, kind: .integer(range), defaultText: String(value), unit: unit, help: help)
    }

    /// A time at which the market may be open, unless a range says which.
    public static func time(
        _ name: String, _ value: String, _ range: ClosedRange<TimeOfDay> = Market.xnys.hours.times, unit: String,
        help: String
    ) -> ParameterSpec {
        var spec = ParameterSpec(name: name, kind: .time(range), defaultText: value, unit: unit, help: help)
        spec.isOfUsualHours = true
        return spec
    }

    /// A length of time within a range, in minutes.
    public static func duration(
        _ name: String, minutes: Int, _ range: ClosedRange<Int>, unit: String, help: String
    ) -> ParameterSpec {
        ParameterSpec(name: name, kind: .duration(range), defaultText: "\(minutes)m", unit: unit, help: help)
    }

    /// Days of the week, all trading days unless some are chosen.
    public static func weekdays(_ name: String, help: String) -> ParameterSpec {
        ParameterSpec(
            name: name, kind: .weekdays, defaultText: "mon+tue+wed+thu+fri", unit: "weekdays", help: help)
    }

    /// A parameter that is gone. It counts in `params_id` by its default still, so that rows keep the one they have.
    ///
    /// - Parameter instead: what to do without it.
    public static func retired(_ name: String, kind: Kind, defaultText: String, instead: String) -> ParameterSpec {
        ParameterSpec(name: name, kind: kind, defaultText: defaultText, unit: "", help: "", retirement: instead)
    }

    /// How many shares a trade has.
    public static let shares = whole("shares", 20, 1...1_000_000_000, unit: "shares", help: "size of a trade")

    /// What trading costs: every strategy has these.
    public static let costs: [ParameterSpec] = [
        number(
            "slippage-bps", 0, 0...1000, unit: "bps of the value traded", help: "cost of slippage, at entry and at exit"
        ),
        number("fee-per-share", 0, 0...100, unit: "USD", help: "commission, at entry and at exit"),
    ]
}

/// A parameter's value.
public enum ParameterValue: Sendable, Hashable {
    case integer(Int)
    case number(Double)
    case time(TimeOfDay)
    /// In minutes.
    case duration(Int)
    case weekdays(Set<Weekday>)
    case flag(Bool)
    case choice(String)

    /// One spelling for each value, however the user wrote it.
    package var canonical: String {
        switch self {
        case .flag(let flag): String(flag)
        case .choice(let word): word
        case .integer(let number): String(number)
        case .number(let number): decimalText(number)
        case .time(let time): time.description
        case .duration(let minutes): "\(minutes)m"
        case .weekdays(let days):
            days.sorted { ($0.rawValue + 6) % 7 < ($1.rawValue + 6) % 7 }.map { $0.shortName.lowercased() }
                .joined(separator: "+")
        }
    }
}

/// A number as short as it can be written exactly, whole numbers without a fraction: `1.2`, `20`.
package func decimalText(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
}

/// What is wrong with a strategy's parameters.
public struct ParameterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The parameter, its value, and what it may be.
    public let description: String

    /// An error that says which parameter, its value, and what it may be.
    public init(_ description: String) { self.description = description }
}
