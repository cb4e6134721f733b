import PlaybookTestSupport
import PlaybookCore
import PlaybookMarketData
import Testing

@Suite("Midnight of other zones in a daily file")
struct DailyZoneTests {
    @Test(
        "means the date it shows, not the day before", arguments: ["2024-11-04 00:00:00+01:00", "2024-11-04 00:00:00"])
    func offsetMidnight(stamp: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write("QQQ_1Day.csv", "\(BarText.header)\n\(stamp),100,102,99,101,1\n")
        let daily = try await FilesSource(directory: folder.path, options: FileOptions(zone: .fixed(3_600))).dailyBars(
            of: .of("QQQ"), from: .of("2024-10-01"), through: .of("2024-11-29"))
        #expect(daily?.dates.map(\.description) == ["2024-11-04"])
    }
}
