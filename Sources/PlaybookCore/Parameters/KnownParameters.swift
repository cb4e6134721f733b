/// The parameters of the program's own playbooks, as far as the digests of their rows follow from them alone: by these a row
/// that stands at the end of a journal without a line end is known to be whole.
enum KnownParameters {
    /// The `params_id` of rows with these parameters, those that are gone among them; nil when there are none such.
    static func identifier(_ name: String, overrides: [String: String]) -> String? {
        guard let specs = specs[name] else { return nil }
        return (try? ParameterSet(specs: specs, overrides: overrides))?.identifier(of: name)
    }

    private static let specs: [String: [ParameterSpec]] = [
        "dp20": [
            time("window-start", "10:00"), time("window-end", "10:30"), number("reversal-strength", "0.6", 0...1),
            number("stop-atr", "1.2", 0.01...100), time("exit-time", "15:55"), period("ema-period", 20),
            period("atr-period", 14), period("trend-period", 200), .shares,
        ] + ParameterSpec.costs,
        "timed-entry": [
            ParameterSpec(name: "weekdays", kind: .weekdays, defaultText: "mon+tue+wed+thu+fri", unit: "", help: ""),
            time("entry-time", "10:30"), time("exit-time", "15:55"), number("bounce-bps", "0", 0...10_000),
            number("stop-atr", "0", 0...100), period("atr-period", 14), .shares,
        ] + ParameterSpec.costs,
        "opening-range": [
            ParameterSpec(name: "range", kind: .duration(4...120), defaultText: "30m", unit: "", help: ""),
            number("target", "3", 0.1...20), time("last-entry", "12:00"),
        ] + ParameterSpec.costs,
    ]

    private static func time(_ name: String, _ text: String) -> ParameterSpec {
        ParameterSpec(name: name, kind: .anyTime, defaultText: text, unit: "", help: "")
    }

    private static func number(_ name: String, _ text: String, _ range: ClosedRange<Double>) -> ParameterSpec {
        ParameterSpec(name: name, kind: .number(range), defaultText: text, unit: "", help: "")
    }

    private static func period(_ name: String, _ bars: Int) -> ParameterSpec {
        ParameterSpec(name: name, kind: .integer(1...1000), defaultText: String(bars), unit: "", help: "")
    }
}
