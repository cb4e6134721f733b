import Foundation
import Testing

@testable import PlaybookCore

/// Random setups over random bars, played by the reference in Tests/Reference and here. `FILLS=200000` plays as many.
@Suite("Agreement with the reference")
struct ReferenceAgreementTests {
    private static let wanted = ProcessInfo.processInfo.environment["FILLS"].flatMap { Int($0) } ?? 1500

    @Test(
        "trades, exits, steps and reasons are the same",
        .enabled(if: ReferenceSessions.isAvailable, "needs .venv: run .ci/install test"))
    func agreement() throws {
        var reasons: [ExitReason: Int] = [:]
        var codes: Set<String> = []
        var (fills, ambiguous, finer) = (0, 0, 0)
        var sides: Set<Side> = []
        var seed = 1
        while fills < Self.wanted {
            let cases = try ReferenceSessions.lines(seed: seed, fills: min(20_000, Self.wanted - fills))
            for (number, line) in cases.enumerated() {
                let one = try ReferenceCase(Nested(line.utf8))
                let played = one.sheet.play(one.plan, one.values)
                if let difference = one.difference(played) {
                    Issue.record("seed \(seed), session \(number): \(difference)")
                    return
                }
                #expect(!one.values.watch.hasSeenTheFuture)
                fills += played.trades.count + played.exits.count
                for trade in played.trades {
                    sides.insert(trade.side)
                    if trade.isAmbiguous { ambiguous += 1 }
                    if one.sheet.finer > 1 { finer += 1 }
                }
                for part in played.exits { reasons[part.reason, default: 0] += 1 }
                if played.trades.isEmpty {
                    let code = played.noTrade[played.described]?.code(in: one.plan, setup: played.described)
                    codes.insert(String(code?.prefix { $0 != ":" || code?.hasPrefix("refused") == true } ?? ""))
                }
            }
            seed += 1
        }
        // All that a backtest can say was said.
        for reason in ExitReason.allCases where ![.refusedFill, .unprotected, .flatten].contains(reason) {
            #expect(reasons[reason, default: 0] > 10, "\(reason.rawValue)")
        }
        #expect(sides.count == 2 && ambiguous > 5 && finer > 50)
        let refusals = NoTrade.Refusal.allCases.map { "refused:\($0.rawValue)" }
        #expect(codes.isSuperset(of: refusals + ["cancelled", "expired", "step"]), "\(codes)")
    }
}

/// Random sessions of `Tests/Reference/random_orders.py`.
enum ReferenceSessions {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    private static let python = "\(root)/.venv/bin/python"

    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: python) }

    /// The sessions of a seed, with at least so many fills in all, a line each.
    static func lines(seed: Int, fills: Int) throws -> [Substring] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("orders-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["\(root)/Tests/Reference/random_orders.py", "\(seed)", "\(fills)"]
        let handle = try FileHandle(forWritingTo: file)
        process.standardOutput = handle
        try process.run()
        process.waitUntilExit()
        try handle.close()
        try #require(process.terminationStatus == 0)
        return String(decoding: try Data(contentsOf: file), as: UTF8.self).split(separator: "\n")
    }
}
