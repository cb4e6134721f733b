import PlaybookTestSupport
import Foundation
import PlaybookCore
import Testing

@testable import PlaybookMarketData

@Suite("A bar file that cannot be read")
struct CSVUnreadableTests {
    private let file: BarText

    init() throws { file = try BarText() }

    @Test("is an error of the source: a folder, or nothing at all")
    func reader() async throws {
        let folder = await playbookError {
            try await TextBarReader(path: file.folder.path).read(window: 0..<1, expectedBars: 1)
        }
        #expect(folder?.code == .sourceUnavailable)
        #expect(folder?.message == "cannot read \(file.folder.path): Is a directory")
        let missing = await playbookError {
            try await TextBarReader(path: file.path).read(window: 0..<1, expectedBars: 1)
        }
        #expect(missing?.code == .sourceUnavailable)
        #expect(missing?.message == "cannot open \(file.path): No such file or directory")
    }

    @Test("is an error of the source for whoever asks the source", arguments: ["2Min", "1Day"])
    func source(kind: String) async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/QQQ_\(kind).csv", withIntermediateDirectories: true)
        let source = FilesSource(directory: folder.path)
        let error = await playbookError {
            let (first, last) = (try CivilDate.of("2024-11-04"), try CivilDate.of("2024-11-04"))
            if kind == "1Day" { _ = try await source.dailyBars(of: .of("QQQ"), from: first, through: last) }
            _ = try await source.intradayBars(of: .of("QQQ"), timeframe: .minutes(2), from: first, through: last)
        }
        #expect(error?.code == .sourceUnavailable)
        #expect(error?.message == "cannot read \(folder.path)/QQQ_\(kind).csv: Is a directory")
    }
}
