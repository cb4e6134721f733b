import PlaybookCore
import PlaybookResearch
import PlaybookScript

/// A trade of a session with so much P&L, held from minute 30 to minute 90; it risked 100 USD unless told otherwise.
func trade(
    _ session: Int, _ net: Double, risk: Double = 100, from: Int = 30, to: Int = 90, costs: Double = 0,
    value: Double = 10_000
) -> TradeOutcome {
    TradeOutcome(
        session: Int32(session), entry: Int32(from * 60), exit: Int32(to * 60), net: net, risk: risk, costs: costs,
        entryValue: value, exitValue: value)
}

/// A date that a test is sure of.
func date(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(daysSinceEpoch: 0) }

/// The series of net P&L on 100,000 USD.
func series(_ net: [Double], isCompounded: Bool = false) -> ReturnSeries {
    ReturnSeries(net: net, capital: 100_000, isCompounded: isCompounded, sessionsPerYear: 252)
}

/// Whether two numbers agree to a relative error.
func isClose(_ one: Double?, _ other: Double, _ error: Double = 1e-9) -> Bool {
    guard let one else { return false }
    return abs(one - other) <= error * max(1, abs(one), abs(other))
}

/// The sessions of XNYS in a range of dates.
func sessions(_ first: String, _ last: String) -> SessionCalendar {
    SessionCalendar(.xnys, from: date(first), through: date(last))
}

/// Standard normal numbers.
func normals(_ count: Int, seed: UInt64) -> [Double] {
    var random = SplitMix64(seed: seed)
    // A sum of twelve uniform numbers is close enough to a normal one.
    return (0..<count).map { _ in
        (0..<12).reduce(-6.0) { sum, _ in sum + Double(random.next() >> 11) * 0x1p-53 }
    }
}

/// The parameters of a built-in playbook.
func parameters(of name: String) -> [ParameterSpec] { BuiltInPlaybooks.script(name)?.descriptor.parameters ?? [] }

/// A built-in playbook.
func builtIn(_ name: String, _ overrides: [String: String] = [:]) throws -> Playbook {
    guard let script = BuiltInPlaybooks.script(name) else { throw ParameterError("no playbook \(name)") }
    return try script.playbook(overrides, market: .xnys)
}
