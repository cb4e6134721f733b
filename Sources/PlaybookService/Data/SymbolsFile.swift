import PlaybookCore
import PlaybookFileSystem

/// A file of ticker symbols: separated by line ends, commas or spaces, `#` starts a comment.
public enum SymbolsFile {
    /// The symbols in the file at `path` as the setting SYMBOLS takes them, `QQQ,SPY`.
    ///
    /// - Throws: a `PlaybookError` that names the line.
    public static func read(_ path: String) throws -> String {
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
                for symbol in try Symbol.list(line.prefix { $0 != "#" }, spacesSeparate: true) {
                    symbols.append(line.contains("@") ? symbol.qualifiedName : symbol.name)
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
