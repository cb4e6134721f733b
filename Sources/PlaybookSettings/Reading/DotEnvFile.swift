import PlaybookCore
import PlaybookFileSystem

/// A `.env` file: lines `NAME=value`, with `export ` before the name, quotes around the value and comments as shells
/// have them.
struct DotEnvFile {
    /// A value and the line it stands on.
    struct Entry: Hashable {
        let value: String
        let line: Int
    }

    /// The values by name.
    let entries: [String: Entry]

    /// No file.
    init() { entries = [:] }

    /// Reads the file at `path`; nil when there is none.
    ///
    /// - Throws: a `PlaybookError` that names the line.
    init?(path: String) throws {
        let bytes: [UInt8]
        do throws(FileError) {
            guard let found = try FileReader.contentsIfThere(of: path) else { return nil }
            bytes = found
        } catch {
            throw PlaybookError(.configuration, NeutralText(error.description))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PlaybookError(.configuration, "\(path) is not UTF-8 text")
        }
        try self.init(text: text, path: path)
    }

    /// Reads the text of a file called `path`.
    init(text: String, path: String) throws {
        var entries: [String: Entry] = [:]
        // Some editors begin a file with a mark of its encoding.
        let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            func wrong(_ problem: String) -> PlaybookError {
                PlaybookError(.configuration, "\(path):\(index + 1): \(problem)")
            }
            var line = raw.drop { $0.isWhitespace }
            if line.isEmpty || line.first == "#" { continue }
            if line.hasPrefix("export ") { line = line.dropFirst(7).drop { $0 == " " } }
            guard let equals = line.firstIndex(of: "=") else { throw wrong("no '=': expected NAME=value") }
            let name = line[..<equals]
            guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
                throw wrong("'\(name.prefix(40))' is not a name")
            }
            guard let value = Self.value(line[line.index(after: equals)...]) else {
                throw wrong("\(name): the quoted value does not end on this line")
            }
            if let earlier = entries.updateValue(Entry(value: value, line: index + 1), forKey: String(name)) {
                throw wrong("\(name) is set again; line \(earlier.line) sets it too")
            }
        }
        self.entries = entries
    }

    /// The value that follows `=`; nil when a quote is not closed.
    private static func value(_ text: Substring) -> String? {
        var rest = text.drop { $0 == " " || $0 == "\t" }
        guard let quote = rest.first, quote == "\"" || quote == "'" else {
            // A comment starts at a # after white space.
            var end = rest.startIndex
            var previous: Character = " "
            while end < rest.endIndex, !(rest[end] == "#" && previous.isWhitespace) {
                previous = rest[end]
                end = rest.index(after: end)
            }
            var value = rest[..<end]
            while let last = value.last, last.isWhitespace { value.removeLast() }
            return String(value)
        }
        rest.removeFirst()
        var value = ""
        while let character = rest.popFirst() {
            if character == quote {
                let tail = rest.drop { $0.isWhitespace }
                return tail.isEmpty || tail.first == "#" ? value : nil
            }
            if character == "\\", quote == "\"", let escaped = rest.popFirst() {
                value.append(escaped == "n" ? "\n" : escaped)
            } else {
                value.append(character)
            }
        }
        return nil
    }
}
