package import PlaybookCore
package import PlaybookUseCases

extension JournalStatistics.Group {
    /// The group as tables for people.
    ///
    /// - Parameter isOnly: whether there is no other group.
    package func lines(_ paint: Paint, isOnly: Bool) -> [String] {
        let told = parameters.isEmpty ? "" : " (\(parameters))"
        let mode = mode == .backtest ? "" : ", \(mode.rawValue)"
        var lines = wrapped("\(strategy) \(parametersID)\(told)\(mode)", hanging: 2).map(paint.bold)
        if let leftOut { lines += wrapped("\(leftOut)", hanging: 2) }
        if symbols.count > 1 { lines.append("\(symbols.joined(separator: ", ")) together; each by itself below") }
        let table = PerformanceTable(summary, bySymbol: bySymbol, symbols: symbols)
        return lines + [""] + table.lines(paint, isWhole: true)
    }
}

extension JournalStatistics {
    /// The JSON document of `journal stats`: schema `trading-playbook/journal-stats/2`.
    package struct Document: Encodable {
        package let schema = "trading-playbook/journal-stats/2"
        package let writer: String
        package let location: String
        package let minCompleteness: Double?
        package let groups: [Entry]
        /// Of all groups together.
        package let account: AccountReport.Document?

        package struct Entry: Encodable {
            package let strategy: String
            package let paramsId: String
            package let params: String?
            package let mode: String
            package let symbols: [String]
            package let start: String?
            package let end: String?
            package let synthetic: Bool
            package let rowsLeftOut: Int?
            package let rowsWithoutCompleteness: Int?
            package let summary: PerformanceDocument
            package let bySymbol: [String: PerformanceDocument]
        }

        package init(
            _ place: JournalPlace, _ groups: [Group], minimumCompleteness: Double?,
            account: AccountReport.Document? = nil
        ) {
            self.account = account
            writer = place.writer
            location = place.location
            minCompleteness = minimumCompleteness
            self.groups = groups.map { group in
                Entry(
                    strategy: group.strategy, paramsId: group.parametersID,
                    params: group.parameters.isEmpty ? nil : group.parameters, mode: group.mode.rawValue,
                    symbols: group.symbols, start: group.rows.map(\.tradeDate).min()?.description,
                    end: group.rows.map(\.tradeDate).max()?.description,
                    synthetic: group.rows.contains { $0.dataSource == JournalMerge.syntheticSource },
                    rowsLeftOut: group.leftOut?.below, rowsWithoutCompleteness: group.leftOut?.unknown,
                    summary: PerformanceDocument(group.summary),
                    bySymbol: group.bySymbol.mapValues(PerformanceDocument.init))
            }
        }
    }
}
