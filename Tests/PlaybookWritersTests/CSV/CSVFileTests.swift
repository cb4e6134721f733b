import Foundation
import PlaybookCore
import PlaybookTestSupport
import PlaybookWriters
import Testing

@Suite("The file that the CSV writer leaves")
struct CSVFileTests {
    private let place: CSVPlace

    init() throws { place = try CSVPlace() }

    private func write(_ rows: JournalRow..., path: String? = nil) async throws -> WriteReceipt {
        try await CSVTradeWriter(path: path ?? place.path).finish(rows)
    }

    @Test("is a header and a line for each row, to the byte")
    func bytes() async throws {
        let receipt = try await write(.traded(), .untraded("IWM", notes: "say \"no\", twice"))
        #expect(receipt == WriteReceipt(JournalPlace(writer: "csv", location: place.path), added: 2))
        #expect(
            try String(contentsOfFile: place.path, encoding: .utf8) == """
                trade_date,trend_valid,sma200_daily_at_open,entry_window,first_close_below_time,reversal_candle_time,\
                reversal_strength_ok,confirmation_candle_time,entered,entry_time_et,entry_price,shares,ema20_at_entry,\
                atr_14_2m_at_entry,atr_pct_of_price,stop_distance,stop_price,entry_bucket,bars_since_open,eod_exit_time,\
                eod_exit_price,gross_pnl,fees_slippage,net_pnl,risk_per_share,R_multiple,dist_to_ema_bps,notes,\
                chart_link_entry,symbol,strategy,params_id,exit_reason,mae,mfe,data_source,data_id,run_id,mode,trade_no,\
                trades,side,setup,no_trade,target_price,exits,ambiguous,steps,values,entry_at,exit_at,market,completeness,\
                params
                2024-11-04,,,,,,,,false,,,,,,,,,,,,,,,,,,,"say ""no"", twice",,IWM,dp20,abc,,,,files,d0123456789ab,run-1,\
                backtest,1,0,long,,step:pullback,,,,,,,,XNYS,1,defaults
                2024-11-04,true,181.123456,,,,true,,true,10:16,190.45,20,190.34,0.25,0.001313,0.3,190.15,10:10-10:20,23,\
                10:32,190.15,-6,0,-6,0.3,-1,5.779132,stopped out at 10:32,,QQQ,dp20,abc,stop_loss,-0.3,0.42,files,\
                d0123456789ab,run-1,backtest,1,1,long,,,,,,,,2024-11-04T15:16:00Z,2024-11-04T15:32:00Z,XNYS,1,defaults

                """)
    }

    @Test("is sorted by date, symbol, strategy and parameters")
    func order() async throws {
        var timed = try JournalRow.untraded("QQQ", "2024-11-05")
        timed.strategy = "timed"
        let sorted = try [
            JournalRow.untraded("SPY", "2024-11-04"), .untraded("BRK.B", "2024-11-05"), .untraded("QQQ", "2024-11-05"),
            .untraded("QQQ", "2024-11-05", parametersID: "abd"), timed, .untraded("A", "2024-11-06"),
        ]
        _ = try await write(sorted[4], sorted[0], sorted[2])
        _ = try await write(sorted[5], sorted[3], sorted[1])
        #expect(try place.rows() == sorted.map(\.fields))
    }

    @Test("is the same bytes whatever the order and the number of runs")
    func reproducible() async throws {
        let rows = try JournalRow.many(30)
        _ = try await CSVTradeWriter(path: place.path).finish(rows)
        let once = try Data(contentsOf: URL(fileURLWithPath: place.path))
        let other = try CSVPlace()
        for row in rows.shuffled() { _ = try await write(row, path: other.path) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: other.path)) == once)
    }

    @Test("lies in folders that are made when they are missing")
    func missingFolders() async throws {
        let path = "\(place.folder.path)/a/b c/ü/trades.csv"
        #expect(try await write(.untraded(), path: path).place.location == path)
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test("is not made by a run without rows")
    func nothing() async throws {
        let path = "\(place.folder.path)/new/trades.csv"
        _ = try await write(path: path)
        #expect(try place.folder.names() == [])
    }

    @Test("stays what a symbolic link points to, and the link a link")
    func link() async throws {
        let target = try place.folder.createFolder("elsewhere") + "/journal.csv"
        _ = try await write(.untraded("SPY"), path: target)
        try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: "elsewhere/journal.csv")
        #expect(try await write(.untraded("QQQ")).added == 1)
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: place.path) == "elsewhere/journal.csv")
        #expect(try place.rows().count == 2)
        #expect(try FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType == .typeRegular)
        #expect(try place.folder.names() == ["elsewhere", "trades.csv"])
    }

    @Test("keeps its permissions", arguments: [0o600, 0o640, 0o664, 0o444])
    func permissions(mode: Int) async throws {
        _ = try await write(.untraded("SPY"))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: place.path)
        #expect(try await write(.untraded("QQQ")).added == 1)
        #expect(try #require(try FileState(place.path)).permissions == UInt32(mode))
        #expect(try place.rows().count == 2)
    }

    @Test("has permissions by the user's mask when it is new")
    func newPermissions() async throws {
        let probe = try place.folder.write("probe", "")
        let descriptor = open(probe + "2", O_CREAT | O_WRONLY, 0o666)
        close(descriptor)
        _ = try await write(.untraded())
        let expected = try #require(try FileState(probe + "2")).permissions
        #expect(try #require(try FileState(place.path)).permissions == expected)
    }

    @Test("leaves no other files but its lock")
    func litter() async throws {
        _ = try await write(.untraded())
        _ = try await write(.untraded(notes: "new"))
        _ = try await write(.untraded(notes: "new"))
        #expect(try place.folder.names() == [".trades.csv.lock", "trades.csv"])
        try place.obstruct(afterPieces: 0)
        _ = await playbookError { try await write(.untraded(notes: "newer")) }
        #expect(try place.folder.names() == [".trades.csv.lock", "trades.csv"])
        try place.clear()
        _ = try await write(.untraded(notes: "newer"))
        #expect(try place.folder.names() == [".trades.csv.lock", "trades.csv"])
    }

    @Test("does not mind what a killed run of an earlier version left behind")
    func leftovers() async throws {
        _ = try await write(.untraded("SPY"))
        try place.folder.write(".trades.csv.tmp", "half a jour")
        try place.folder.write(".trades.csv.lock", "")
        #expect(try await write(.untraded("QQQ")).added == 1)
        #expect(try place.rows().count == 2)
        #expect(try place.folder.names() == [".trades.csv.lock", "trades.csv"])
    }

    @Test("may have been rewritten with CR LF and a byte-order mark", arguments: [true, false], ["\r\n", "\n"])
    func rewritten(hasMark: Bool, end: String) async throws {
        _ = try await write(.untraded("SPY", notes: "a, b"), .untraded("QQQ"))
        let text = try String(contentsOfFile: place.path, encoding: .utf8).replacing("\n", with: end)
        try place.folder.write("trades.csv", (hasMark ? "\u{FEFF}" : "") + text)
        let before = try FileState(place.path)
        let same = try await write(.untraded("SPY", notes: "a, b"), .untraded("QQQ"))
        #expect(same.unchanged == 2)
        #expect(try FileState(place.path) == before)
        #expect(try await write(.untraded("IWM")).added == 1)
        #expect(try place.rows().map { $0[JournalColumn.symbol.index] } == ["IWM", "QQQ", "SPY"])
    }

    @Test("may lack its last line end or be empty")
    func shapes() async throws {
        try place.folder.write("trades.csv", "")
        #expect(try await write(.untraded("SPY")).added == 1)
        let text = try String(contentsOfFile: place.path, encoding: .utf8)
        try place.folder.write("trades.csv", String(text.dropLast()))
        #expect(try await write(.untraded("QQQ")).added == 1)
        #expect(try place.rows().count == 2)
    }
}
