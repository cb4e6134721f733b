import PlaybookCore
package import PlaybookResearch

extension JournalTrades {
    /// The trades of one set of a run.
    package init(_ trades: [TradeOutcome], _ run: ResearchRun) {
        calendar = run.calendar
        missing = []
        self.trades = trades.map { trade in
            let session = run.calendar.sessions[Int(trade.session)]
            let open = session.open.secondsSinceEpoch
            return Trade(
                outcome: trade,
                account: AccountTrade(
                    date: session.date, symbol: "", strategy: run.manifest.playbook.name, parametersID: "", number: 1,
                    entryAt: open + Int64(trade.entry), exitAt: open + Int64(trade.exit), entry: trade.entryValue,
                    shares: 1, net: trade.net, riskPerShare: trade.risk.isNaN ? nil : trade.risk),
                fills: [trade.entryValue, trade.exitValue])
        }.sorted { $0.account.entryAt < $1.account.entryAt }
    }
}
