import PlaybookCore
import PlaybookResearch

extension ResearchRun {
    /// The command that runs the same sets over the same sessions.
    package func command(_ name: String) -> String {
        var words = [
            "trading-playbook", name, "--strategy", manifest.playbook.name, "--symbol",
            manifest.symbols.joined(separator: ","), "--start", manifest.start, "--end", manifest.end, "--source",
            String(manifest.source.prefix { $0 != "/" }),
        ]
        for (parameter, value) in manifest.fixed.sorted(by: { $0.key < $1.key }) {
            words += ["--param", "\(parameter)=\(value)"]
        }
        for axis in manifest.grid { words += ["--grid", "\(axis.name)=\(axis.values.joined(separator: ","))"] }
        for condition in manifest.conditions { words += ["--where", condition] }
        if let sample = manifest.sample { words += ["--sample", "\(sample)"] }
        if manifest.seed != 1 { words += ["--seed", "\(manifest.seed)"] }
        if manifest.metric != Metric.sharpe.rawValue { words += ["--metric", manifest.metric] }
        words += ["--min-trades", "\(manifest.minTrades)"]
        if manifest.capital != AccountRules().capital { words += ["--capital", decimalText(manifest.capital)] }
        return shellCommand(words)
    }
}

/// Words as a command line that a shell reads back as they are.
public func shellCommand(_ words: [String]) -> String { words.map(shellQuoted).joined(separator: " ") }

/// A word as a shell reads it.
private func shellQuoted(_ word: String) -> String {
    let isPlain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_.,:=/+@".contains($0) }
    guard !isPlain else { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
