package import PlaybookCore

/// A file of ticker symbols: separated by line ends, commas or spaces, `#` starts a comment.
public enum SymbolsFile {
    /// The symbols in a file as the setting SYMBOLS takes them, `QQQ,SPY`.
    ///
    /// - Parameters:
    ///   - bytes: what the file holds.
    ///   - path: what it is called in errors.
    ///   - markets: the known markets; a symbol that names none is of the first.
    /// - Throws: a `PlaybookError` that names the line.
    package static func read(_ bytes: [UInt8], path: String, markets: [Market]) throws -> String {
        var symbols: [String] = []
        let lines = String(decoding: bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            do {
                let words = line.prefix { $0 != "#" }
                for symbol in try Symbol.list(words, spacesSeparate: true, markets: markets) {
                    symbols.append(words.contains("@") ? "\(symbol.name)@\(symbol.market)" : symbol.name)
                }
            } catch {
                throw PlaybookError(.usage, "\(path):\(index + 1): \(error)", nextStep: .edit(path, line: index + 1))
            }
        }
        guard !symbols.isEmpty else {
            throw PlaybookError(.usage, "\(path) holds no ticker symbol", nextStep: "Write one a line.")
        }
        return symbols.joined(separator: ",")
    }
}
