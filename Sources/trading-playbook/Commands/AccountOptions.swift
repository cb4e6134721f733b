public import ArgumentParser
import PlaybookCore
import PlaybookResearch

/// A share of something: `1%`, or `0.01`.
public struct ShareArgument: ExpressibleByArgument, Sendable {
    /// From 0 on.
    let share: Double

    public init?(argument: String) {
        let isPercent = argument.hasSuffix("%")
        guard let number = Double(isPercent ? String(argument.dropLast()) : argument), number.isFinite, number >= 0
        else { return nil }
        share = isPercent ? number / 100 : number
    }
}

/// How an account takes trades.
struct AccountOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The account's money at the start, in USD. (default 100000)", valueName: "USD"))
    var capital: Double?
    @Option(
        help: ArgumentHelp(
            "Each trade risks this share of the equity at its entry, as 1%; without: shares as in the journal.",
            valueName: "share"))
    var risk: ShareArgument?
    @Flag(help: "Returns compound: equity x (1 + P&L / capital).") var compound = false
    @Option(help: ArgumentHelp("Positions open at the same time at most.", valueName: "count")) var maxPositions: Int?
    @Option(help: ArgumentHelp("Share of the equity at risk at the same time at most.", valueName: "share"))
    var maxRisk: ShareArgument?
    @Option(help: ArgumentHelp("Open positions are worth so many times the equity at most.", valueName: "times"))
    var leverage: Double?

    func validate() throws {
        if let capital, !(capital > 0 && capital.isFinite) {
            throw ValidationError("--capital: give an amount above 0.")
        }
        if let risk, !(risk.share > 0 && risk.share <= 1) {
            throw ValidationError("--risk: give a share above 0, at most 100%.")
        }
        if let maxPositions, maxPositions < 1 { throw ValidationError("--max-positions: give a number above 0.") }
        if let maxRisk, !(maxRisk.share > 0) { throw ValidationError("--max-risk: give a share above 0.") }
        if let leverage, !(leverage > 0 && leverage.isFinite) {
            throw ValidationError("--leverage: give a number above 0.")
        }
    }

    /// Whether any of them was given.
    var isGiven: Bool {
        capital != nil || risk != nil || compound || maxPositions != nil || maxRisk != nil || leverage != nil
    }

    /// The rules that they come to.
    var rules: AccountRules {
        var rules = AccountRules()
        if let capital { rules.capital = capital }
        (rules.risk, rules.isCompounded) = (risk?.share, compound)
        (rules.maximumPositions, rules.maximumRisk, rules.leverage) = (maxPositions, maxRisk?.share, leverage)
        return rules
    }
}
