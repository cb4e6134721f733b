import Foundation
import Testing

/// Core and the adapters leave it to the edges what settings and commands are called.
@Suite("In the texts of Core and of the adapters")
struct NeutralSourcesTests {
    private static let targets = [
        "Core", "Script", "Reading", "Research", "MarketData", "Parquet", "Writers", "Google", "HTTP", "Postgres",
        "Alerts", "FileSystem", "Crypto", "Gzip",
    ]
    /// Variables of other programs that change what this one does.
    private static let others = [
        "CURL_CA_BUNDLE", "SSL_CERT_FILE", "NO_PROXY", "ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "PGPASSWORD",
        "PGPASSFILE", "TMPDIR",
    ]

    private let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
        .standardizedFileURL
    private let variables: Set<String>
    private let commands: Set<String>
    private let names: NSRegularExpression

    init() throws {
        variables = try Self.found(#"\bSetting\(\s*"([A-Z][A-Z0-9_]+)""#, below: sources)
        commands = try Self.found(#"commandName: "([a-z-]+)""#, below: sources.appending(path: "trading-playbook"))
        let words = commands.sorted().joined(separator: "|")
        let settings = (variables.sorted() + Self.others).joined(separator: "|")
        names = try NSRegularExpression(
            pattern: #"(?<![\w-])--[a-z]|\b(\#(settings))\b|trading-playbook (\#(words))\b"#
                + #"|'(\#(words)) ((\#(words))\b|--[a-z])[^'\n]*'"#)
    }

    /// What a pattern's group matches in the sources below a folder.
    private static func found(_ pattern: String, below folder: URL) throws -> Set<String> {
        let expression = try NSRegularExpression(pattern: pattern)
        var all: Set<String> = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where name.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            for match in expression.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
                if let range = Range(match.range(at: 1), in: text) { all.insert(String(text[range])) }
            }
        }
        return all
    }

    /// The lines of a source that name a flag, a command or a variable, comments apart.
    private func lines(_ text: String) -> [String] {
        names.matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap { match in
            guard let place = Range(match.range, in: text) else { return nil }
            let line = String(text[text.lineRange(for: place)]).trimmingCharacters(in: .whitespacesAndNewlines)
            return line.hasPrefix("//") ? nil : line
        }
    }

    @Test("no flag, no command and no environment variable has a name")
    func none() throws {
        #expect(variables.count > 80 && variables.contains("DATA_DIR") && variables.contains("SYMBOLS"))
        #expect(commands.count > 25 && commands.contains("backtest"))
        var count = 0
        for target in Self.targets {
            let folder = sources.appending(path: "Playbook\(target)")
            for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where name.hasSuffix(".swift")
            {
                count += 1
                let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                for line in lines(text) { Issue.record("Playbook\(target)/\(name): \(line)") }
            }
        }
        #expect(count > 400)
    }

    @Test(
        "what has one is found",
        arguments: [
            #"nextStep: "Name another folder with --data-dir.""#,
            #"nextStep: "Check GCS_BUCKET, or create the bucket.""#,
            #""take it out of SYMBOLS""#, #""'trading-playbook data check' lists them""#, #""see 'data check'""#,
            #""Run 'journal verify --format json'.""#, #""name the host in NO_PROXY""#,
            "x = 1\n    \"\"\"\n    Set --train\n    \"\"\"",
        ])
    func planted(source: String) { #expect(lines(source).count == 1) }

    @Test(
        "what only looks like it is not",
        arguments: [
            "/// As with --data-dir.", "case BIT_PACKED", #""the key 'data' of a file""#, #""a -- b""#, "// DATA_DIR",
            #""trading-playbook/journal/2""#,
        ])
    func passed(source: String) { #expect(lines(source).isEmpty) }
}
