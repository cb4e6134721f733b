import Foundation
import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("The same bars, however they are written")
struct SpellingTests {
    /// Two sessions, between which New York's clocks go forward.
    static let bars: BarColumns = {
        var random = SeededGenerator(seed: 19)
        var bars = BarColumns()
        var price = 4_001_275
        for day in ["2024-03-08", "2024-03-11"] {
            guard let date = CivilDate(day), let session = TradingCalendar.nyse.session(on: date) else { continue }
            for minute in 0..<Int64(session.minutes) {
                let close = price + Int.random(in: -900...900, using: &random)
                let high = max(price, close) + Int.random(in: 0...300, using: &random)
                let low = min(price, close) - Int.random(in: 0...300, using: &random)
                func decimal(_ units: Int) -> Double { Double(units) / 10_000 }
                bars.append(
                    Bar(
                        time: session.open.secondsSinceEpoch + minute * 60, open: decimal(price), high: decimal(high),
                        low: decimal(low), close: decimal(close),
                        volume: Double(Int.random(in: 1...2_000_000, using: &random))))
                price = close
            }
        }
        return bars
    }()

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func read(_ spelling: Spelling) async throws -> IntradayBars {
        for (name, bytes) in spelling.files(Self.bars) {
            try FileManager.default.createDirectory(
                atPath: FileSystemName.folder(of: "\(folder.path)/\(name)"), withIntermediateDirectories: true)
            try folder.write(name, bytes)
        }
        return try await FilesSource(directory: folder.path, options: spelling.options).intradayBars(
            of: .of("QQQ"), timeframe: .minutes(2), from: .of("2024-03-08"), through: .of("2024-03-11"))
    }

    @Test("are the same bars", arguments: Spellings.all)
    func sameBars(spelling: Spelling) async throws {
        let found = try await read(spelling)
        #expect(found.timeframe == .minutes(1))
        #expect(found.bars.count == Self.bars.count)
        let differences = zip(found.bars.all, Self.bars.all).filter { $0 != $1 }
        #expect(differences.isEmpty, "\(differences.first.map { "\($0)" } ?? "")")
        let coverage = try CivilDate.of("2024-03-08")...CivilDate.of("2024-03-11")
        #expect(found.coverage == coverage)
    }

    @Test("are written in more than 60 ways")
    func count() {
        #expect(Spellings.all.count > 60)
        #expect(Set(Spellings.all.map(\.name)).count == Spellings.all.count)
    }
}

private enum FileSystemName {
    static func folder(of path: String) -> String { String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) }
}
