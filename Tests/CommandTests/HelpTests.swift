import ArgumentParser
import Foundation
import Testing

@testable import trading_playbook

/// Help texts are pinned: a change must show up in the difference of a commit.
///
/// `RECORD_SNAPSHOTS=1 swift test --filter HelpTests` records them anew.
@Suite("Help")
struct HelpTests {
    static let commands: [(name: String, type: any ParsableCommand.Type)] = [
        ("trading-playbook", TradingPlaybook.self), ("backtest", BacktestCommand.self),
        ("playbook", PlaybookCommand.self), ("playbook-new", PlaybookNewCommand.self),
        ("playbook-check", PlaybookCheckCommand.self), ("playbook-show", PlaybookShowCommand.self),
        ("playbook-explain", PlaybookExplainCommand.self), ("playbook-schema", PlaybookSchemaCommand.self),
        ("calendar", CalendarCommand.self), ("strategies", StrategiesCommand.self), ("data", DataCommand.self),
        ("data-check", DataCheckCommand.self), ("data-status", DataStatusCommand.self),
        ("data-export", DataExportCommand.self), ("data-verify", DataVerifyCommand.self),
        ("data-copy", DataCopyCommand.self), ("fetch", FetchCommand.self),
        ("journal", JournalCommand.self),
        ("journal-show", JournalShowCommand.self), ("journal-stats", JournalStatsCommand.self),
        ("journal-verify", JournalVerifyCommand.self), ("journal-copy", JournalCopyCommand.self),
        ("journal-upgrade", JournalUpgradeCommand.self),
        ("report", ReportCommand.self), ("chart", ChartCommand.self), ("status", StatusCommand.self),
        ("serve", ServeCommand.self),
        ("health", HealthCommand.self),
        ("doctor", DoctorCommand.self), ("config", ConfigCommand.self), ("schedule", ScheduleCommand.self),
        ("schedule-install", ScheduleInstallCommand.self), ("schedule-show", ScheduleShowCommand.self),
        ("schedule-remove", ScheduleRemoveCommand.self), ("sweep", SweepCommand.self),
        ("walk-forward", WalkForwardCommand.self), ("monte-carlo", MonteCarloCommand.self),
        ("compare", CompareCommand.self),
        ("research", ResearchCommand.self), ("research-list", ResearchListCommand.self),
        ("research-show", ResearchShowCommand.self), ("research-merge", ResearchMergeCommand.self),
        ("research-report", ResearchReportCommand.self),
    ]

    private static func help(_ type: any ParsableCommand.Type) -> String {
        TradingPlaybook.helpMessage(for: type, columns: 80) + "\n"
    }

    @Test("is the text of its snapshot", arguments: commands.map(\.name))
    func snapshot(name: String) throws {
        let type = try #require(Self.commands.first { $0.name == name }?.type)
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots/\(name).txt")
        let help = Self.help(type)
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
            try Data(help.utf8).write(to: file)
        }
        let recorded = try String(contentsOf: file, encoding: .utf8)
        #expect(help == recorded, "changed on purpose? RECORD_SNAPSHOTS=1 swift test --filter HelpTests")
    }

    @Test("fits into 80 columns and breaks no command of an example", arguments: commands.map(\.name))
    func width(name: String) throws {
        let type = try #require(Self.commands.first { $0.name == name }?.type)
        let wide = Self.help(type).split(separator: "\n").filter { $0.count > 80 }
        #expect(wide == [])
        let written = type.configuration.discussion.split(separator: "\n").filter { $0.hasPrefix("  ") }
        #expect(written.filter { $0.count > 80 } == [])
    }

    @Test("has an example", arguments: commands.map(\.name))
    func example(name: String) throws {
        let type = try #require(Self.commands.first { $0.name == name }?.type)
        let help = Self.help(type)
        #expect(help.contains("EXAMPLE"))
        #expect(
            help.contains("trading-playbook \(name == "trading-playbook" ? "backtest" : name.prefix { $0 != "-" })"))
    }

    @Test("is pinned for every command there is")
    func complete() {
        func all(_ type: any ParsableCommand.Type) -> [String] {
            [String(describing: type)] + type.configuration.subcommands.flatMap(all)
        }
        #expect(all(TradingPlaybook.self).sorted() == Self.commands.map { String(describing: $0.type) }.sorted())
    }
}
