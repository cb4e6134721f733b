/// A function of bars.
enum Function: String, Sendable, Hashable, CaseIterable {
    case sma, ema, wma, rma, sum, highest, lowest, stdev, change, roc, zscore, rank, rsi
    case sameTime = "same-time"
    case atr
    case atrWilder = "atr-wilder"
    case natr, williams, cci, mfi, adx
    case pivotHigh = "pivot-high"
    case pivotLow = "pivot-low"
    case keltner, bollinger, donchian, stochastic, macd, dmi, supertrend
    case barsSince = "bars-since"
    case count

    /// What an argument is.
    enum Argument: Sendable, Hashable {
        /// A number at each bar.
        case x
        /// A condition at each bar.
        case condition
        /// A whole number of bars, 1 or more.
        case period
        /// A factor.
        case factor

        var name: String {
            switch self {
            case .x: "x"
            case .condition: "condition"
            case .period: "n"
            case .factor: "k"
            }
        }
    }

    /// Its arguments, in order.
    var pattern: [Argument] {
        switch self {
        case .sma, .ema, .wma, .rma, .sum, .highest, .lowest, .stdev, .change, .roc, .zscore, .rank, .rsi, .sameTime:
            [.x, .period]
        case .atr, .atrWilder, .natr, .williams, .cci, .mfi, .adx, .pivotHigh, .pivotLow, .donchian, .dmi: [.period]
        case .keltner, .supertrend: [.period, .factor]
        case .bollinger: [.x, .period, .factor]
        case .stochastic: [.period, .period]
        case .macd: [.period, .period, .period]
        case .barsSince: [.condition]
        case .count: [.condition, .period]
        }
    }

    /// Its fields; none where it is a number itself.
    var outputs: [String] {
        switch self {
        case .keltner, .donchian: ["upper", "lower"]
        case .bollinger: ["upper", "mid", "lower", "width"]
        case .stochastic: ["k", "d"]
        case .macd: ["line", "signal", "histogram"]
        case .dmi: ["plus", "minus"]
        case .supertrend: ["line", "side"]
        default: []
        }
    }

    /// What it measures, given what its argument does.
    func unit(of x: Unit, output: Int) -> Unit {
        switch self {
        case .sma, .ema, .wma, .rma, .sum, .highest, .lowest, .stdev, .change, .sameTime: x
        case .atr, .atrWilder, .pivotHigh, .pivotLow, .keltner, .donchian, .macd: .price
        case .bollinger: output == 3 ? .share : x
        case .supertrend: output == 0 ? .price : .plain
        case .roc, .natr: .share
        case .zscore, .rank, .rsi, .williams, .cci, .mfi, .adx, .stochastic, .dmi, .barsSince, .count: .plain
        }
    }

    /// How it is called: `sma(x, n)`.
    var call: String {
        "\(rawValue)(\(pattern.map(\.name).joined(separator: ", ")))\(outputs.isEmpty ? "" : ".\(outputs[0])")"
    }
}
