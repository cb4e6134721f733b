public import PlaybookCore
import PlaybookFileSystem

/// A file of ticker symbols: separated by line ends, commas or spaces, `#` starts a comment.
public enum SymbolsFile {
    /// The symbols in the file at `path` as the setting SYMBOLS takes them, `QQQ,SPY`.
    ///
    /// - Parameter markets: the known markets; a symbol that names none is of the first.
    /// - Throws: a `PlaybookError` that names the line.
    public static func read(_ path: String, markets: [Market]) throws -> String {
        let bytes: [UInt8]
        do {
            bytes = try FileReader.contents(of: path)
        } catch {
            throw PlaybookError(.usage, "--symbols-file: \(error)", nextStep: "Name a file of ticker symbols.")
        }
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
                throw PlaybookError(.usage, "\(path):\(index + 1): \(error)", nextStep: "Correct the line.")
            }
        }
        guard !symbols.isEmpty else {
            throw PlaybookError(.usage, "\(path) holds no ticker symbol", nextStep: "Write one a line.")
        }
        return symbols.joined(separator: ",")
    }
}
