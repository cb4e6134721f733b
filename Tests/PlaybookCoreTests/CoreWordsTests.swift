import Foundation
import Testing

@Suite("Words in Core")
struct CoreWordsTests {
    /// The files that may speak of one market or of one strategy: the calendar's, and the parameters that rows are known by.
    private static let ownWords = ["Calendar/", "Parameters/KnownParameters.swift"]

    /// What names a market's place or hours, a strategy, a flag or a command.
    private static let words =
        #"(?i)new york|\b0?9:30\b|\b0?4:00\b|\bdp20\b|trading-playbook|command line|(^|[^\w-])--[a-z]"#
        + #"|\b(backtest|data|fetch|journal) (--|verify|show|check|export|copy|upgrade)\b"#

    private static func finds(_ line: String) -> Bool { line.range(of: words, options: .regularExpression) != nil }

    @Test("are of no market, strategy, flag or command")
    func none() throws {
        let core = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/PlaybookCore").standardizedFileURL
        let names = try FileManager.default.subpathsOfDirectory(atPath: core.path).filter { $0.hasSuffix(".swift") }
        #expect(names.count > 100)
        for name in names.sorted() where !Self.ownWords.contains(where: name.hasPrefix) {
            let text = try String(contentsOf: core.appending(path: name), encoding: .utf8)
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            where Self.finds(String(line)) {
                Issue.record("\(name):\(number + 1): \(line)")
            }
        }
    }

    @Test("of the usual market's name, place and hours are the calendar's and the settings' defaults' alone")
    func oneMarket() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
            .standardizedFileURL
        let own = ["PlaybookCore/Calendar/", "PlaybookSettings/Reading/Setting.swift"]
        let names = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
        #expect(names.count > 400)
        for name in names.sorted() where !own.contains(where: name.hasPrefix) {
            guard let text = try? String(contentsOf: sources.appending(path: name), encoding: .utf8),
                text.range(of: "390|york|nyse", options: [.regularExpression, .caseInsensitive]) != nil
            else { continue }
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            where line.range(of: #"(?i)nyse|new ?york|\b390\b"#, options: .regularExpression) != nil {
                Issue.record("\(name):\(number + 1): \(line)")
            }
        }
    }

    @Test(
        "would be found",
        arguments: [
            "/// Midnight in New York.", #"nextStep: "Write elsewhere with --output.""#, "/// From 04:00 on.",
            "/// The open: 9:30.", "/// As DP20 does.", #""'trading-playbook journal verify' lists them""#,
            "/// What 'journal verify' lists.",
        ])
    func found(line: String) { #expect(Self.finds(line)) }

    @Test(
        "that only look like it are let through",
        arguments: [
            "let date = NewYorkTime.date(of: instant)", "/// `2024-11-04T15:16:00Z`", "// ---- a line ----",
            "/// The journal that shows it.",
        ])
    func passed(line: String) { #expect(!Self.finds(line)) }
}
