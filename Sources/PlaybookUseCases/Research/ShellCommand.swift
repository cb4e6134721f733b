/// Words as a command line that a shell reads back as they are.
public func shellCommand(_ words: [String]) -> String { words.map(shellQuoted).joined(separator: " ") }

/// A word as a shell reads it.
private func shellQuoted(_ word: String) -> String {
    let isPlain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_.,:=/+@".contains($0) }
    guard !isPlain else { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
