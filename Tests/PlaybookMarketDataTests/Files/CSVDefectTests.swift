import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("A wrong line of a bar file")
struct CSVDefectTests {
    private let file: BarText
    private static let good = "2024-11-04T14:30:00Z,100,102,99,101,5000"

    init() throws { file = try BarText() }

    /// A line that follows a good one, and what is said about it.
    static let cases: [(line: String, reason: String)] = [
        (
            "2024-11-04T14:28:00Z,100,102,99,101,5000",
            "bar 2024-11-04T14:28:00Z comes after 2024-11-04T14:30:00Z: bars must be in ascending order"
        ), ("2024-11-04T14:30:00Z,100,102,99,101,5000", "a second bar at 2024-11-04T14:30:00Z"),
        ("2024-11-04T09:30:00-05:00,100,102,99,101,5000", "a second bar at 2024-11-04T14:30:00Z"),
        ("2024-11-04T14:32:00Z,nan,102,99,101,5000", "open is not a finite number"),
        ("2024-11-04T14:32:00Z,100,inf,99,101,5000", "high is 'inf', not a number"),
        ("2024-11-04T14:32:00Z,100,102,-inf,101,5000", "low is '-inf', not a number"),
        ("2024-11-04T14:32:00Z,100,102,99,NaN,5000", "close is not a finite number"),
        ("2024-11-04T14:32:00Z,100,102,99,1e999,5000", "close is not a finite number"),
        ("2024-11-04T14:32:00Z,100,102,99,101,inf", "volume is 'inf', not a number"),
        ("2024-11-04T14:32:00Z,0,102,99,101,5000", "open is 0.0: a price must be above 0"),
        ("2024-11-04T14:32:00Z,100,102,0,101,5000", "low is 0.0: a price must be above 0"),
        ("2024-11-04T14:32:00Z,100,102,99,-101,5000", "close is -101.0: a price must be above 0"),
        ("2024-11-04T14:32:00Z,100,102,99,101,-1", "volume is -1.0: it cannot be negative"),
        ("2024-11-04T14:32:00Z,100,99,102,101,5000", "high 99.0 is below low 102.0"),
        (
            "2024-11-04T14:32:00Z,103,102,99,101,5000",
            "open 103.0 lies outside the bar's range, low 99.0 to high 102.0"
        ),
        (
            "2024-11-04T14:32:00Z,100,102,99,98.5,5000",
            "close 98.5 lies outside the bar's range, low 99.0 to high 102.0"
        ), ("2024-11-04T14:32:00Z,100,102,99,101", "5 fields where the header has 6"),
        ("2024-11-04T14:32:00Z", "1 fields where the header has 6"),
        ("2024-11-04T14:32:00Z,100,102,99,101,5000,7", "more fields than the 6 of the header"),
        ("2024-11-04T14:32:00Z,\"1,000\",102,99,101,5000", "open 1000.0 lies outside"),
        ("2024-11-04T14:32:00Z,,102,99,101,5000", "open is '', not a number"),
        ("2024-11-04T14:32:00Z,100,1O2,99,101,5000", "high is '1O2', not a number"),
        ("2024-11-04T14:32:00Z,100,102,9 9,101,5000", "low is '9 9', not a number"),
        ("2024-11-04T14:32:00Z,100,102,99,1.0.1,5000", "close is '1.0.1', not a number"),
        ("2024-11-04T14:32:00Z,100,102,99,'101',5000", "close is ''101'', not a number"),
        ("2024-11-04T14:32:00Z,100,102,99,101,5x", "volume is '5x', not a number"),
        ("2024-11-04T14:32:00Z,100,102,99,１,5000", "close is '\\xEF\\xBC\\x91', not a number"),
        (
            "2024-11-04T14:32:00Z,1011,1012,1010,1011,5000",
            "close goes from 101.0 to 1011.0 within a session: more than a factor of 10 is a bad tick, not a move"
        ),
        (
            "2024-11-04T15:30:00Z,10,10.09,10,10.09,5000",
            "close goes from 101.0 to 10.09 within a session: more than a factor of 10 is a bad tick, not a move"
        ),
    ]

    @Test("is refused with its file, its number and the reason", arguments: cases)
    func defect(line: String, reason: String) async {
        let error = await playbookError { try await file.read("\(BarText.header)\n\(Self.good)\n\n\(line)\n") }
        #expect(error?.code == .badData)
        #expect(error?.message.hasPrefix("\(file.path):4: ") == true)
        #expect(error?.message.dropFirst("\(file.path):4: ".count).hasPrefix(reason) == true, "\(error?.message ?? "")")
        #expect(error?.nextStep == "Correct or remove the line; <run checkData> lists all such lines.")
    }

    @Test("is quoted in part only when it is huge", arguments: ["1", "x", "é"])
    func hugeField(character: String) async {
        let huge = String(repeating: character, count: 100_000)
        let error = await playbookError {
            try await file.read("\(BarText.header)\n2024-11-04T14:32:00Z,\(huge),102,99,101,5000\n")
        }
        #expect(error?.message.contains("…', not a number") == true)
        #expect((error?.message.count ?? 0) < file.path.count + 220)
    }

    @Test("does not count as the bar before")
    func skipped() async throws {
        let bad = "2024-11-04T15:00:00Z,5000,5000,5000,5000,1"
        let later = "2024-11-04T14:34:00Z,100,102,99,101,5000"
        let text = [BarText.header, Self.good, bad, later].joined(separator: "\n")
        let path = try file.folder.write("QQQ_2Min.csv", text)
        let log = DefectLog()
        let reader = TextBarReader(path: path, onDefect: { log.note($0) })
        let contents = try await reader.read(window: .min..<(.max), expectedBars: 10)
        #expect(contents.bars.times == [1_730_730_600, 1_730_730_840])
        #expect(log.all.map { $0.message.hasPrefix("\(path):3: close goes from 101.0 to 5000.0") } == [true])
    }

    @Test(
        "is not one that moves up to a factor of 10, or more after an hour",
        arguments: [
            "2024-11-04T14:32:00Z,1010,1010,1010,1010,0", "2024-11-04T14:32:00Z,10.1,10.1,10.1,10.1,0",
            "2024-11-04T15:30:01Z,5000,5000,5000,5000,0", "2024-11-05T14:30:00Z,1,1,1,1,0",
        ])
    func allowedMoves(line: String) async throws {
        #expect(try await file.read("\(BarText.header)\n\(Self.good)\n\(line)\n").bars.count == 2)
    }
}
