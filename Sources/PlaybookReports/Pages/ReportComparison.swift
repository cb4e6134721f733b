import PlaybookCore
package import PlaybookResearch
package import PlaybookUseCases

extension AccountReport {
    /// The account's figures beside those of buying and holding.
    ///
    /// - Parameter reason: why nothing is known of holding.
    package func comparison(_ reason: Report.Missing) -> Report.Comparison {
        let rules = run.rules
        var heading = "On a capital of \(Report.Comparison.grouped(rules.capital)) USD"
        if let risk = rules.risk { heading += ", \(decimalText(risk * 100))% of it risked on each trade" }
        if rules.isCompounded && rules.risk == nil { heading += ", compounded" }
        heading += hold == nil ? "." : "; holding: equal parts at the first open, splits applied, without dividends."
        var notes = run.notes
        if !missing.isEmpty {
            notes.append("\(counted(missing.count, "session")) without a row count as 0, the first \(missing[0]).")
        }
        let figures = run.figures
        let absent = Self.shown.compactMap { shown in
            figures[shown.name]?.absence.map { "\(shown.title): \($0.words)" }
        }
        if !absent.isEmpty { notes.append("Without a number: \(absent.joined(separator: "; ")).") }
        return Report.Comparison(
            name: "Playbook", heading: heading,
            lines: Report.Comparison.lines(
                figures, held: hold.map { FigureDocument($0).figures }, intervals,
                drawdown: drawdown90.count == 2 ? drawdown90[0]...drawdown90[1] : nil),
            notes: notes, missing: hold == nil ? reason : nil)
    }
}

extension Report.Comparison {
    /// `100,000`: a whole amount in groups of three digits.
    package static func grouped(_ number: Double) -> String {
        var text = ""
        for (place, digit) in fixed(number, 0).reversed().enumerated() {
            if place > 0, place % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }

    /// The figures that an account shows, each with its interval and what holding has in its place.
    ///
    /// - Parameters:
    ///   - held: figures by name; nil where nothing is known of holding.
    ///   - drawdown: the range of redrawn drawdowns from 5 to 95%.
    package static func lines(
        _ own: FigureSet, held: [String: Double]?, _ intervals: NetIntervals, drawdown: ClosedRange<Double>? = nil
    ) -> [Line] {
        AccountReport.shown.map { name, title, decimals in
            let scale = AccountReport.shares.contains(name) ? 100.0 : 1
            let interval: ClosedRange<Double>? =
                switch name {
                case .sharpe: intervals.sharpe
                case .expectancy: intervals.expectancy
                case .profitFactor: intervals.profitFactor
                case .maxDrawdownUSD: drawdown
                default: nil
                }
            var line = Line(
                title, own: own.value(name).map { $0 * scale }, held: held?[name.name].map { $0 * scale },
                interval: interval, decimals: decimals,
                isSigned: [.net, .cagr, .sharpe, .sortino, .calmar, .t, .expectancy].contains(name))
            line.isNinety = name == .maxDrawdownUSD
            return line
        }
    }
}
