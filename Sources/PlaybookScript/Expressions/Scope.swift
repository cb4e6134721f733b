/// What is known where an expression stands.
struct Scope: Sendable {
    /// Which bars fields are of.
    enum Bars: Sendable, Hashable {
        case own
        case daily
        case longer
    }

    /// Whether bars have closed: filters and the like are looked at before.
    var hasBars = true
    /// The steps that have held, or may have.
    var steps: [String] = []
    /// Whether `entry` and `side` are known.
    var knowsTrade = false
    /// Whether `R` and `risk` are.
    var knowsRisk = false
    /// Whether `held`, `best`, `worst` and `profit` are.
    var knowsPosition = false
    var bars = Bars.own

    /// What filters, window, exit and size know.
    static let beforeOpen = Scope(hasBars: false)
}
