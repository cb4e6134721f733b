public import PlaybookCore

/// A parameter and the values that a grid has for it.
public struct GridAxis: Sendable, Hashable {
    /// The parameter's name.
    public let name: String
    /// The values in their canonical spelling, each once, in the order given.
    public let values: [String]

    /// The axis that a text such as `stop-atr=0.8:2.0:0.1` or `window-end=10:30,10:45` describes.
    ///
    /// - Parameters:
    ///   - parameters: those of the playbook.
    ///   - market: the one that it is meant for.
    /// - Throws: a `PlaybookError` of code `usage` that names the parameter and the value at fault.
    public init(_ text: String, of parameters: [ParameterSpec], in market: Market) throws(PlaybookError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw PlaybookError(
                .usage, "\(.named(.grid, "'\(text.prefix(80))'")): expected name=first:last:step or name=value,value,…",
                nextStep:
                    "For instance \(.set(.grid, to: "stop-atr=0.8:2.0:0.1")) or \(.set(.grid, to: "window-end=10:30,10:45"))."
            )
        }
        let name = String(parts[0])
        guard let spec = parameters.first(where: { $0.name == name }) else {
            throw PlaybookError(
                .usage, "\(.named(.grid)): no parameter '\(name.prefix(40))'",
                nextStep: "There are \(parameters.map(\.name).joined(separator: ", ")).")
        }
        var values: [String] = []
        for text in try Self.texts(String(parts[1]), spec) {
            do {
                let value = try spec.value(text, in: market).canonical
                guard !values.contains(value) else {
                    throw PlaybookError(
                        .usage, "\(.named(.grid, name)): the value \(value) is there twice", nextStep: "Give it once.")
                }
                values.append(value)
            } catch let error as ParameterError {
                var remedy: Remedy = "Leave the value out, or change the range's ends."
                if case .duration = spec.kind, Int(text) != nil { remedy = "Write the unit too, such as \(text)m." }
                throw PlaybookError(.usage, "\(.named(.grid)): \(error)", nextStep: remedy)
            } catch let error as PlaybookError {
                throw error
            } catch {
                throw PlaybookError(.usage, "\(.named(.grid, name)): \(error)")
            }
        }
        (self.name, self.values) = (name, values)
    }

    /// An axis of values that are canonical already.
    public init(name: String, values: [String]) { (self.name, self.values) = (name, values) }

    /// More values than anybody wants of one parameter.
    static let mostValues = 100_000

    /// The texts of a list, or of a range.
    private static func texts(_ text: String, _ spec: ParameterSpec) throws(PlaybookError) -> [String] {
        guard !text.contains(","), let range = ValueRange(text, spec.kind) else {
            return text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        guard range.step > 0, range.first <= range.last else {
            throw PlaybookError(
                .usage, "\(.named(.grid, spec.name)): '\(text.prefix(40))' has no value",
                nextStep: "Write first:last:step, the first at most the last, the step above 0.")
        }
        let count = (range.last - range.first) / range.step + 1
        guard count <= mostValues else {
            throw PlaybookError(
                .usage, "\(.named(.grid, spec.name)): '\(text.prefix(40))' has \(count) values",
                nextStep: "At most \(mostValues) are possible: use a larger step.")
        }
        return (0..<count).map { range.text(range.first + $0 * range.step) }
    }
}

/// `first:last:step` in whole units, so that steps add up exactly.
private struct ValueRange {
    let first, last, step: Int
    let text: (Int) -> String

    /// Nil when `text` is not a range of this kind.
    init?(_ text: String, _ kind: ParameterSpec.Kind) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        switch kind {
        case .time:
            // 10:00:11:00:15m
            guard parts.count == 5, let from = TimeOfDay("\(parts[0]):\(parts[1])"),
                let to = TimeOfDay("\(parts[2]):\(parts[3])"), let step = Self.minutes(parts[4])
            else { return nil }
            (first, last, self.step) = (from.minutes, to.minutes, step)
            self.text = { TimeOfDay(minutes: $0).description }
        case .duration:
            let minutes = parts.compactMap(Self.minutes)
            guard parts.count == 3, minutes.count == 3 else { return nil }
            (first, last, step) = (minutes[0], minutes[1], minutes[2])
            self.text = { "\($0)m" }
        case .integer, .number:
            let decimals =
                parts.map { part in part.firstIndex(of: ".").map { part[$0...].dropFirst().count } ?? 0 }
                .max() ?? 0
            let units = parts.compactMap { Self.units($0, decimals) }
            guard parts.count == 3, decimals <= 9, units.count == 3 else { return nil }
            (first, last, step) = (units[0], units[1], units[2])
            self.text = { Self.decimal($0, decimals) }
        case .weekdays, .daysOfWeek, .flag, .choice: return nil
        }
    }

    private static func minutes(_ text: String) -> Int? {
        guard let unit = text.last, unit == "m" || unit == "h", let count = Int(text.dropLast()),
            (0...100_000).contains(count)
        else { return nil }
        return unit == "m" ? count : count * 60
    }

    /// A decimal times a power of ten.
    private static func units(_ text: String, _ decimals: Int) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? parts[1] : ""
        guard !parts[0].isEmpty, fraction.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        let digits = parts[0] + fraction + String(repeating: "0", count: decimals - fraction.count)
        guard digits.utf8.count <= 17 else { return nil }
        return Int(digits)
    }

    private static func decimal(_ units: Int, _ decimals: Int) -> String {
        guard decimals > 0 else { return String(units) }
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return (units < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
