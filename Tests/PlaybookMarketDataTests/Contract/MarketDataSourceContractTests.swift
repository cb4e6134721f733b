import PlaybookTestSupport
import PlaybookCore
import PlaybookMarketData
import Testing

@Suite("A market data source")
struct MarketDataSourceContractTests {
    /// The sources held to the contract.
    enum Candidate: String, CaseIterable, Sendable, CustomTestStringConvertible {
        case sample
        case twoMinuteFiles = "two-minute files"
        case oneMinuteFiles = "one-minute files with bars outside regular hours"
        case fullFolder = "two-minute and daily files and splits"
        case localTimes = "files in New York time without offsets"

        var testDescription: String { rawValue }

        func fixture() async throws -> SourceFixture {
            let symbol = try Symbol.of("QQQ")
            // From daylight-saving time to standard time, with a holiday and an early close.
            let dates = try CivilDate.of("2024-10-28")...CivilDate.of("2024-11-29")
            if self == .sample {
                return SourceFixture(source: SampleSource(), symbol: symbol, dates: dates, unknown: nil)
            }
            let folder = try TemporaryFolder()
            try await write(to: folder, symbol, dates)
            let source = FilesSource(
                directory: folder.path, options: FileOptions(zone: self == .localTimes ? .eastern : nil))
            return SourceFixture(
                source: source, symbol: symbol, dates: dates, unknown: try Symbol.of("NONE"), folder: folder)
        }

        /// The sample's bars as files.
        private func write(
            to folder: TemporaryFolder, _ symbol: Symbol, _ dates: ClosedRange<CivilDate>
        ) async throws {
            let sample = SampleSource()
            let bars = try await sample.intradayBars(
                of: symbol, timeframe: .minutes(2), from: dates.lowerBound, through: dates.upperBound
            ).bars
            let daily = try #require(
                try await sample.dailyBars(of: symbol, from: dates.lowerBound, through: dates.upperBound))
            switch self {
            case .sample: break
            case .twoMinuteFiles: try folder.write("QQQ_2Min.csv", bars.csv())
            case .oneMinuteFiles:
                try folder.write("QQQ_1Min.csv", bars.halved(length: 120).withExtendedHours.csv())
            case .fullFolder:
                try folder.write("QQQ_2Min.csv", bars.csv())
                try folder.write("QQQ_1Day.csv", daily.bars.csv())
                try folder.write("QQQ_splits.csv", "date,ratio\n2024-11-18,4\n2024-11-04,0.5\n2020-08-31,4:1\n")
            case .localTimes:
                try folder.write("QQQ_2Min.csv", bars.csv(stamp: BarColumns.newYork))
                try folder.write("QQQ_1Day.csv", daily.bars.csv(stamp: { String(BarColumns.newYork($0).prefix(10)) }))
            }
        }
    }

    @Test("keeps its contract", arguments: Candidate.allCases)
    func contract(candidate: Candidate) async throws {
        let fixture = try await candidate.fixture()
        for clause in MarketDataSourceContract.allCases {
            try await clause.check(fixture)
        }
    }

    @Test("of files has what the files say, and the sample calls itself sample")
    func labels() {
        #expect(SampleSource().label == "sample")
        #expect(FilesSource(directory: "/nowhere").label == "files")
    }

    @Test("fixtures hold the dates that make the contract hard")
    func fixtureIsHard() async throws {
        let fixture = try await Candidate.fullFolder.fixture()
        let daily = try #require(try await fixture.daily())
        #expect(daily.dates.count == 24)
        #expect(!daily.dates.contains(try CivilDate.of("2024-11-28")))
        let extended = try await Candidate.oneMinuteFiles.fixture()
        let open = try Instant.seconds("2024-10-28T13:30:00Z")
        #expect(try await extended.intraday().bars.times.first == open - 3_600)
        #expect(try await fixture.splits().map(\.ratio) == [4, 0.5, 4])
    }
}

extension BarColumns {
    /// The same bars with one an hour before each session's first and one half an hour after its last.
    fileprivate var withExtendedHours: BarColumns {
        var result = BarColumns()
        for (index, bar) in all.enumerated() {
            var extra = bar
            if index == 0 || bar.time - times[index - 1] > 3_600 {
                extra.time = bar.time - 3_600
                result.append(extra)
            }
            result.append(bar)
            if index == count - 1 || times[index + 1] - bar.time > 3_600 {
                extra.time = bar.time + 1_800
                result.append(extra)
            }
        }
        return result
    }
}
