/// One parameter of a strategy: its name, what it may be, and what it means.
public struct ParameterSpec: Sendable, Hashable {
    /// The values a parameter may have.
    public enum Kind: Sendable, Hashable {
        case integer(ClosedRange<Int>)
        case number(ClosedRange<Double>)
        /// New York time of day.
        case time(ClosedRange<TimeOfDay>)
        /// One or more of `mon tue wed thu fri`, separated by `+`.
        case weekdays
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

    /// The range in words, for instance `1 to 1000`.
    public var range: String {
        switch kind {
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .number(let range): "\(decimalText(range.lowerBound)) to \(decimalText(range.upperBound))"
        case .time(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .weekdays: "mon+tue+wed+thu+fri"
        }
    }

    /// The value that `text` stands for.
    ///
    /// - Throws: `ParameterError` when it is not of the kind or out of range.
    func value(_ text: String) throws(ParameterError) -> ParameterValue {
        switch kind {
        case .integer(let range):
            if let number = Int(text), range.contains(number) { return .integer(number) }
        case .number(let range):
            if let number = Double(text), range.contains(number) { return .number(number == 0 ? 0 : number) }
        case .time(let range):
            if let time = TimeOfDay(text), range.contains(time) { return .time(time) }
        case .weekdays:
            let days = text.split(separator: "+", omittingEmptySubsequences: false).map { Weekday(String($0)) }
            let known = days.compactMap { $0 }.filter { $0 != .saturday && $0 != .sunday }
            if !known.isEmpty, known.count == days.count { return .weekdays(Set(known)) }
        }
        throw ParameterError("parameter \(name): '\(text)' is not \(noun), \(range) (\(unit))")
    }

    private var noun: String {
        switch kind {
        case .integer: "a whole number"
        case .number: "a number"
        case .time: "a time HH:MM"
        case .weekdays: "a list of weekdays"
        }
    }
}

/// A parameter's value.
public enum ParameterValue: Sendable, Hashable {
    case integer(Int)
    case number(Double)
    case time(TimeOfDay)
    case weekdays(Set<Weekday>)

    /// One spelling for each value, however the user wrote it.
    var canonical: String {
        switch self {
        case .integer(let number): String(number)
        case .number(let number): decimalText(number)
        case .time(let time): time.description
        case .weekdays(let days):
            days.sorted { $0.rawValue < $1.rawValue }.map { $0.shortName.lowercased() }
                .joined(separator: "+")
        }
    }
}

/// A number as short as it can be written exactly, whole numbers without a fraction: `1.2`, `20`.
func decimalText(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
}

/// What is wrong with a strategy's parameters.
public struct ParameterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The parameter, its value, and what it may be.
    public let description: String

    init(_ description: String) { self.description = description }
}
