import PlaybookCore
import Testing

@Suite("Journal columns")
struct JournalColumnTests {
    static let names = [
        "trade_date", "trend_valid", "sma200_daily_at_open", "entry_window", "first_close_below_time",
        "reversal_candle_time", "reversal_strength_ok", "confirmation_candle_time", "entered", "entry_time_et",
        "entry_price", "shares", "ema20_at_entry", "atr_14_2m_at_entry", "atr_pct_of_price", "stop_distance",
        "stop_price", "entry_bucket", "bars_since_open", "eod_exit_time", "eod_exit_price", "gross_pnl",
        "fees_slippage", "net_pnl", "risk_per_share", "R_multiple", "dist_to_ema_bps", "notes", "chart_link_entry",
        "symbol", "strategy", "params_id", "exit_reason", "mae", "mfe", "data_source", "data_id", "run_id", "mode",
        "trade_no", "trades", "side", "setup", "no_trade", "target_price", "exits", "ambiguous", "steps", "values",
        "entry_at", "exit_at", "market", "completeness", "params",
    ]

    @Test("are the 38 that everyone relies on and the 16 of schema 2, in their order")
    func order() {
        #expect(JournalColumn.names == Self.names)
        #expect(Self.names.count == 54)
        #expect(JournalCSV.header == Self.names.joined(separator: ","))
    }

    @Test("know their place")
    func index() {
        for (index, column) in JournalColumn.allCases.enumerated() { #expect(column.index == index) }
    }

    @Test("have names that BigQuery and MongoDB take for fields")
    func names() {
        for name in Self.names {
            #expect(name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }, "\(name)")
            #expect(name.first?.isLetter == true)
        }
    }
}
