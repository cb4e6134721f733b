import Foundation
import PlaybookScript
import Testing

@testable import PlaybookCore

@Suite("Playbook files over prefixes and ranges")
struct PlaybookFileReplayTests {
    /// The templates, and random files that `Tests/Reference/random_playbooks.py` made; all of these in `make trust`.
    private static func playbooks() throws -> [Playbook] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures/playbooks")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
            .sorted()
        let most = ProcessInfo.processInfo.environment["FILLS"] == nil ? 6 : names.count
        var playbooks = try PlaybookTemplates.names.compactMap { PlaybookTemplates.text($0, named: "x") }
            .map { try Script(Array($0.utf8)).playbook() }
        for name in names.prefix(most) {
            playbooks.append(try Script(Array(try Data(contentsOf: folder.appending(path: name)))).playbook())
        }
        return playbooks
    }

    @Test("every prefix of a session gives the same past and the same orders")
    func prefixes() async throws {
        var trades = 0
        for playbook in try Self.playbooks() {
            let result = try await LookAheadTests.replay(playbook).run(cutting: [try .of("2013-11-29")], limit: 5)
            #expect(result.contradictions.isEmpty, "\(playbook.name): \(result.contradictions.prefix(3))")
            trades += result.trades.count
        }
        #expect(trades >= 3)
    }

    @Test("sessions one at a time give the rows of all at once")
    func ranges() async throws {
        let market = try RandomMarket(seed: 77, from: "2013-09-02", sessions: 70, missing: 0.005).make()
        var traded = 0
        for playbook in try Self.playbooks() {
            let all = try await market.journal(playbook, on: "2013-11-25", through: "2013-12-05")
            var days: [JournalRow] = []
            for date in Set(all.map(\.tradeDate)).sorted() {
                days += try await market.journal(playbook, on: date.description)
            }
            #expect(days == all, "\(playbook.name)")
            traded += all.count { $0.trade != nil }
        }
        #expect(traded >= 10)
    }
}
