import Foundation
import PlaybookCore
import PlaybookAssembly
import PlaybookReports
import PlaybookSettings
import PlaybookUseCases
import Testing

@Suite("Reports")
struct ReportTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func result(_ first: String, _ last: String) async throws -> BacktestResult {
        let settings = try settings(
            [
                "SYMBOLS": "QQQ,SPY", "DATA_SOURCE": "sample", "OUTPUT_LOCATION": folder.path + "/trades.csv",
                "PLAYBOOK_NOW": "2025-12-01T22:00:00Z",
            ], in: folder)
        return try await BacktestJob(
            BacktestRequest(dates: .range(date(first), date(last))), settings: settings
        ).run()
    }

    private func document(_ text: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test("the JSON of a backtest has exactly the keys of its schema")
    func json() async throws {
        let document = try document(await result("2025-06-02", "2025-11-28").json(.commandLine))
        #expect(document["schema"] as? String == "trading-playbook/backtest/1")
        #expect(document["status"] as? String == "completed")
        #expect(
            document.keys.sorted() == [
                "by_symbol", "data_source", "dry_run", "elapsed_seconds", "end", "errors", "params", "params_id",
                "receipts",
                "run_id", "schema", "start", "status", "strategy", "summary", "symbols", "synthetic", "traffic",
                "warnings",
            ])
        let summary = try #require(document["summary"] as? [String: Any])
        #expect(
            summary.keys.sorted() == [
                "by_atr_tercile", "by_entry_bucket", "by_exit_reason", "by_month", "by_r", "by_setup", "by_side",
                "by_weekday", "costs_usd", "exits", "expectancy_r", "expectancy_r95", "incomplete_sessions",
                "max_drawdown_usd", "mean_mae", "mean_mae_r", "mean_mfe", "mean_mfe_r", "mean_net_usd",
                "mean_net_usd95", "net_usd", "profit_factor", "profit_factor95", "sessions", "sessions_by_trades",
                "trades", "win_rate", "win_rate95",
            ])
        #expect(summary["sessions"] as? Int == 252)
        #expect((document["by_symbol"] as? [String: Any])?.keys.sorted() == ["QQQ", "SPY"])
    }

    @Test("the JSON of a skipped run says why")
    func skipped() async throws {
        let document = try document(await result("2025-11-27", "2025-11-27").json(.commandLine))
        #expect(document["status"] as? String == "skipped")
        #expect(document["reason"] as? String == "market holiday")
        #expect((document["detail"] as? String)?.contains("Thanksgiving Day") == true)
        #expect(document["summary"] == nil)
    }

    @Test("the table has colours only when asked, and always says that the sample is synthetic")
    func table() async throws {
        let result = try await result("2025-06-02", "2025-11-28")
        let plain = result.table(color: false)
        #expect(!plain.contains("\u{1B}"))
        #expect(result.table(color: true).contains("\u{1B}[1m"))
        #expect(plain.hasPrefix("dp20 on QQQ, SPY, 2025-06-02 through 2025-11-28\nSYNTHETIC DATA"))
        #expect(plain.contains("(252 added, 0 replaced, 0 unchanged)"))
        #expect(!plain.split(separator: "\n").contains { $0.hasSuffix(" ") })
    }

    @Test("the calendar as CSV")
    func calendar() throws {
        let report = try CalendarReport(from: date("2025-11-27"), through: date("2025-11-28"))
        #expect(
            try report.text(.csv) == """
                date,open_utc,close_utc,open_new_york,close_new_york,early_close
                2025-11-28,2025-11-28T14:30:00Z,2025-11-28T18:00:00Z,09:30,13:00,true
                """)
        #expect(try report.text(.table).contains("Day after Thanksgiving"))
        let sessions = try document(report.text(.json))["sessions"] as? [[String: Any]]
        #expect(sessions?.first?["early_close"] as? Bool == true)
    }

    @Test("the strategies with rules, parameters, defaults, units and ranges")
    func strategies() throws {
        let strategies = try #require(document(StrategiesReport().text(.json))["strategies"] as? [[String: Any]])
        #expect(strategies.map { $0["name"] as? String } == ["dp20", "timed-entry", "opening-range"])
        for strategy in strategies {
            #expect((strategy["rules"] as? [String])?.isEmpty == false)
            for parameter in try #require(strategy["parameters"] as? [[String: String]]) {
                #expect(parameter.keys.sorted() == ["default", "help", "name", "range", "unit"])
                #expect(parameter.values.allSatisfy { !$0.isEmpty })
            }
        }
    }

    @Test("the settings in force with their origins")
    func config() throws {
        let report = SettingsReport(try settings(["STRATEGY": "timed-entry"], in: folder))
        let entries = try #require(document(report.text(.json))["settings"] as? [[String: Any]])
        #expect(entries.count == Setting.all.count)
        let strategy = entries.first { $0["name"] as? String == "STRATEGY" }
        #expect(strategy?["value"] as? String == "timed-entry")
        #expect(strategy?["from"] as? String == "command line")
    }
}
