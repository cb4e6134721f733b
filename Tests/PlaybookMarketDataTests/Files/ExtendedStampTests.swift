import Foundation
import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("Stamps of bars with extended hours")
struct ExtendedStampTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let days = ["2024-03-04", "2024-03-05", "2024-03-06", "2024-03-07", "2024-03-08", "2024-03-11"]

    /// Bars `minutes` apart of each of `days`, from `first` to `last` minutes after midnight; `late` minutes are added to
    /// the time at which a bar opens. Those of regular hours have `volume`, the others 100 shares.
    private static func lines(
        _ minutes: Int, from first: Int = 240, to last: Int = 1200, late: Int = 0, volume: Int = 5000,
        days: [String] = days
    ) throws -> [String] {
        try days.flatMap { day in
            let midnight = NewYorkTime.instant(try .of(day), TimeOfDay(minutes: 0)).secondsSinceEpoch
            return stride(from: first, to: last, by: minutes).map { minute in
                let time = Instant(secondsSinceEpoch: midnight + Int64(minute + late) * 60)
                return "\(time),100,102,99,101,\((570..<960).contains(minute) ? volume : 100)"
            }
        }
    }

    private func read(_ lines: [String], _ stamps: FileOptions.StampSide? = nil) async throws -> IntradayBars {
        let text = (["timestamp,open,high,low,close,volume"] + lines).joined(separator: "\n")
        try folder.write("QQQ.csv", text)
        return try await FilesSource(directory: folder.path, options: FileOptions(stamps: stamps)).intradayBars(
            of: .of("QQQ"), timeframe: .minutes(30), from: .of("2024-03-01"), through: .of("2024-03-15"))
    }

    @Test("of the close are known by the day's last bar, at 20:00", arguments: [1, 2, 5, 30])
    func ends(minutes: Int) async throws {
        let atClose = try Self.lines(minutes, late: minutes, volume: 100)
        let error = await playbookError { try await read(atClose) }
        #expect(error?.code == .badData)
        #expect(
            error?.message.hasSuffix(
                "QQQ.csv: bars seem to be stamped with the time they close: 6 of 6 days have a bar at 20:00 New York "
                    + "time, when trading ends, and none has one at 04:00, when it begins") == true,
            "\(error?.message ?? "")")
        #expect(error?.nextStep?.contains("<set stampsOfBars=close>") == true)
        let atOpen = try Self.lines(minutes, volume: 100)
        let plain = try await read(atOpen)
        #expect(plain.warnings.isEmpty)
        #expect(try await read(atClose, .close).bars == plain.bars)
        let contradiction = await playbookError { try await read(atOpen, .close) }
        #expect(
            contradiction?.message.contains(
                "<stampsOfBars=close>, but 6 of 6 days have a bar at 04:00 New York time, when trading begins") == true)
    }

    @Test("of the close are known by the volume at the open, where mornings and evenings are short")
    func opening() async throws {
        let atClose = try Self.lines(1, from: 540, to: 1000, late: 1)
        let error = await playbookError { try await read(atClose) }
        #expect(
            error?.message.hasSuffix(
                "on 6 of 6 days the bar at the open has at most a third of the next one's volume, as the last one before "
                    + "the open has") == true, "\(error?.message ?? "")")
        let said = try await read(atClose, .open)
        #expect(said.warnings.count == 1)
        #expect(said.warnings.first?.shown.hasSuffix(", although <stampsOfBars=open>") == true)
        let plain = try await read(try Self.lines(1, from: 540, to: 1000))
        #expect(plain.warnings.isEmpty)
        #expect(try await read(atClose, .close).bars == plain.bars)
    }

    @Test("are taken as they are when a few days, thin volume or bars around the clock show nothing")
    func nothing() async throws {
        #expect(try await read(Self.lines(1, late: 1, days: Array(Self.days.prefix(4)))).bars.count == 4 * 960)
        #expect(try await read(Self.lines(1, from: 540, to: 1000, late: 1, volume: 299)).bars.count == 6 * 460)
        #expect(try await read(Self.lines(1, from: 0, to: 1440)).bars.count == 6 * 1440)
    }
}
