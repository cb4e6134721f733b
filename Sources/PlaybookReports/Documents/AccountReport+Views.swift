import PlaybookCore
package import PlaybookResearch
package import PlaybookUseCases

extension AccountReport {
    /// The figures that are shown, with their decimals.
    package static let shown: [(name: FigureName, title: String, decimals: Int)] = [
        (.net, "Net P&L, USD", 2), (.cagr, "Annual growth, %", 2), (.sharpe, "Sharpe", 2),
        (.sortino, "Sortino", 2), (.calmar, "Calmar", 2), (.t, "t", 2), (.maxDrawdownUSD, "Max drawdown, USD", 2),
        (.maxDrawdownPercent, "Max drawdown, %", 2), (.drawdownSessions, "Its length, sessions", 0),
        (.recoverySessions, "Its recovery, sessions", 0), (.ulcer, "Ulcer index, %", 2), (.exposure, "Exposure, %", 1),
        (.expectancy, "Expectancy after costs", 3), (.profitFactor, "Profit factor", 2), (.sqn, "SQN", 2),
        (.kelly, "Kelly, %", 1),
    ]

    /// Fractions that are shown in percent.
    package static let shares: Set<FigureName> = [.cagr, .exposure, .kelly]

    /// For people.
    package func lines(_ paint: Paint) -> [String] {
        let rules = run.rules
        var head = "Account of \(decimalText(rules.capital)) USD"
        if let risk = rules.risk { head += ", \(decimalText(risk * 100))% risked on each trade" }
        if rules.isCompounded && rules.risk == nil { head += ", compounded" }
        var lines = [paint.bold(head)]
        lines.append(
            "  \(counted(run.calendar.count, "session")), \(run.trades.count) of \(counted(trades, "trade"))")
        lines += run.notes.map { "  \($0)" }
        if !missing.isEmpty {
            lines.append("  \(counted(missing.count, "session")) without a row count as 0, the first \(missing[0])")
        }
        var table = TextTable(["", "account", "95% interval"] + (benchmark.map { ["holding \($0)"] } ?? []))
        let figures = run.figures
        func text(_ figure: Figure?, _ scale: Double, _ decimals: Int) -> String {
            figure?.value.map { fixed($0 * scale, decimals) } ?? "-"
        }
        var reasons: [String] = []
        for (name, title, decimals) in Self.shown {
            let isShare = Self.shares.contains(name)
            let range: ClosedRange<Double>? =
                switch name {
                case .sharpe: intervals.sharpe
                case .expectancy: intervals.expectancy
                case .profitFactor: intervals.profitFactor
                default: nil
                }
            var between = range.map { "\(fixed($0.lowerBound, decimals)) to \(fixed($0.upperBound, decimals))" } ?? ""
            if name == .maxDrawdownUSD, drawdown90.count == 2 {
                between = "90%: \(fixed(drawdown90[0], 0)) to \(fixed(drawdown90[1], 0))"
            }
            let scale = isShare ? 100.0 : 1
            table.add(
                [title, text(figures[name], scale, decimals), between]
                    + (hold.map { [text($0[name], scale, decimals)] } ?? []))
            if let why = figures[name]?.absence { reasons.append("\(title): \(why.words)") }
        }
        lines += table.lines()
        return lines + reasons.map { "  - \($0)" }
    }

    /// For programs.
    package var document: Document { Document(self) }

    package struct Document: Encodable {
        package let capitalUsd: Double
        package let risk: Double?
        package let compounded: Bool
        package let sessions, trades, tradesOffered, cut: Int
        package let passedOver: [String: Int]
        package let missingSessions: [String]
        package let figures: FigureDocument
        package let expectancy95, meanNetUsd95, profitFactor95, sharpe95, maxDrawdownUsd90: [Double]?
        package let intervalsAbsent: String?
        package let probabilisticSharpe, minimumTrackRecord: Double?
        package let benchmark: String?
        package let hold: FigureDocument?

        package init(_ report: AccountReport) {
            let run = report.run
            func ends(_ range: ClosedRange<Double>?) -> [Double]? { range.map { [$0.lowerBound, $0.upperBound] } }
            (capitalUsd, risk, compounded) = (run.rules.capital, run.rules.risk, run.series.isCompounded)
            (sessions, trades, tradesOffered) = (run.calendar.count, run.trades.count, report.trades)
            cut = run.account.cut
            passedOver = Dictionary(uniqueKeysWithValues: run.account.passedOver.map { ($0.key.rawValue, $0.value) })
            missingSessions = report.missing.map(\.description)
            figures = FigureDocument(run.figures)
            (expectancy95, meanNetUsd95) = (ends(report.intervals.expectancy), ends(report.intervals.meanNet))
            (profitFactor95, sharpe95) = (ends(report.intervals.profitFactor), ends(report.intervals.sharpe))
            maxDrawdownUsd90 = report.drawdown90.isEmpty ? nil : report.drawdown90
            intervalsAbsent = report.intervals.absence?.rawValue
            probabilisticSharpe = run.series.probability().value
            minimumTrackRecord = run.series.minimumTrackRecord.value
            benchmark = report.benchmark
            hold = report.hold.map(FigureDocument.init)
        }
    }
}
