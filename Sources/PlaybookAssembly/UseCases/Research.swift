package import PlaybookCore
import PlaybookFileSystem
package import PlaybookReports
package import PlaybookResearch
import PlaybookScript
package import PlaybookSettings
package import PlaybookUseCases

extension SweepJob {
    /// A job under `settings`.
    package init(settings: Settings) throws { self.init(settings, try settings.researchStore()) }

    /// Does one task of a sweep: writes its part and nothing else, unless it is there.
    ///
    /// - Parameters:
    ///   - place: where the manifest is, a file or gs://BUCKET/PREFIX/ID/manifest.json.
    ///   - task: nil for the one that the platform says.
    package static func task(
        _ place: String, _ task: TaskShare?, settings: Settings, progress: @escaping Progress = { _, _ in }
    ) async throws -> TaskOutcome {
        try await Self.task(place, task, needs: settings, progress: progress)
    }
}

extension WalkForwardJob {
    /// A job under `settings`.
    package init(settings: Settings) throws { self.init(settings, try settings.researchStore()) }
}

extension MonteCarloJob {
    /// A job under `settings`.
    package init(settings: Settings) {
        self.init(journals: settings, research: settings, markets: { try settings.markets() })
    }
}

extension EntryPermutationJob {
    /// A job under `settings`.
    package init(settings: Settings) { self.init(settings) }
}

extension ComparisonJob {
    /// A job under `settings`.
    package init(settings: Settings) {
        let places = Places(
            journals: settings,
            playbook: { name in
                guard PlaybookFile.isPlaybook(FileSystem.name(of: name)), FileSystem.exists(name) else { return nil }
                return try PlaybookFile(path: name)
            },
            isJournal: { name in
                name.contains("/") || name.contains("://") || WriterKind(name) != nil
                    || JournalFileKind.allCases.contains { name.hasSuffix(".\($0)") }
            })
        self.init(
            places, bars: settings, symbols: { try settings.symbols() },
            minimumCompleteness: { try settings.minimumCompleteness() })
    }
}

extension Settings {
    /// The symbol that `text` names, to compare with.
    package func benchmark(_ text: String) throws -> Symbol {
        guard let symbol = Symbol(text, markets: try markets()) else {
            throw PlaybookError(
                .usage, "--benchmark: '\(text.prefix(40))' is not a symbol", nextStep: "For instance QQQ.")
        }
        return symbol
    }
}

/// What `research` prints of the runs that are kept.
package struct ResearchReports: Sendable {
    /// How to print a run.
    package enum Format: String, Sendable, CaseIterable {
        case table, json, csv, parquet
    }

    private let archive: ResearchArchive

    /// The runs in the place that `settings` name.
    package init(settings: Settings) throws {
        archive = ResearchArchive(try settings.researchStore(), markets: { try settings.markets() })
    }

    /// The runs that are kept.
    package func list(_ format: ReportFormat) async throws -> String {
        try ResearchList(try await archive.list(), at: archive.location).text(format)
    }

    /// A run's bytes in `format`.
    ///
    /// - Parameters:
    ///   - set: the set to judge; nil for the one with the highest Sharpe ratio.
    package func show(_ id: String, _ format: Format, set: String?, color: Bool) async throws -> [UInt8] {
        let run = try await archive.open(id)
        if run.manifest.command == "walk-forward" {
            guard format == .table || format == .json else {
                throw PlaybookError(.usage, "\(run.id) is a walk-forward: --format table or json")
            }
            let bytes = try await archive.walkForward(run, json: format == .json)
            return bytes.last == UInt8(ascii: "\n") ? Array(bytes.dropLast()) : bytes
        }
        switch format {
        case .csv: return Array(SweepFiles(try await archive.tables(run)).csv().dropLast())
        case .parquet: return SweepFiles(try await archive.tables(run)).parquet(digest: run.digest)
        case .table, .json:
            let result = try await archive.judged(run, set: set)
            return Array(try result.text(format == .json ? .json : .table, color: color, words: .commandLine).utf8)
        }
    }
}
