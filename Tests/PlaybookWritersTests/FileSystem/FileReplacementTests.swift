import Foundation
import PlaybookFileSystem
import PlaybookTestSupport
import Testing

@Suite("Replacing a file without a lock")
struct FileReplacementTests {
    private let folder: TemporaryFolder
    private var path: String { "\(folder.path)/file" }

    init() throws { folder = try TemporaryFolder() }

    private func begin(_ text: String) throws -> FileReplacement {
        let replacement = try FileReplacement(of: path)
        replacement.writer.write(Array(text.utf8))
        return replacement
    }

    private func content() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// The mark in the name of a temporary file of this process, without its number.
    private func ownMark() throws -> String {
        let replacement = try begin("")
        let name = try #require(try folder.names().first { $0.hasSuffix(".tmp") })
        _ = consume replacement
        return name.dropFirst(".file.".count).split(separator: "-").prefix(3).joined(separator: "-")
    }

    @Test("works when nobody else does, and says when it is about to happen")
    func alone() throws {
        for text in ["one", "two"] {
            let replacement = try begin(text)
            var said = ""
            let outcome = try replacement.commit { said = FileManager.default.fileExists(atPath: path) ? "old" : "new" }
            #expect(outcome == .done)
            #expect(said == (text == "one" ? "new" : "old"))
            #expect(try content() == text)
        }
        #expect(try folder.names() == ["file"])
    }

    @Test(
        "is not done when the file has come, changed or gone meanwhile",
        arguments: ["come", "changed", "edited", "gone"])
    func changed(how: String) throws {
        if how != "come" { try folder.write("file", "old") }
        let replacement = try begin("mine")
        switch how {
        case "come": try folder.write("file", "theirs")
        case "changed": try FileSystem.replace(path, with: Array("new".utf8))
        case "edited":
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("er".utf8))
        default: try FileManager.default.removeItem(atPath: path)
        }
        var isBegun = false
        let outcome = try replacement.commit { isBegun = true }
        #expect(outcome == .changed)
        #expect(!isBegun)
        if how != "gone" { #expect(try content() != "mine") }
        _ = consume replacement
        #expect(try folder.names() == (how == "gone" ? [] : ["file"]))
    }

    @Test("is not done while somebody else has the claim, and is once the claim's process has died or a minute is over")
    func claims() throws {
        let mark = try ownMark()
        let machine = mark.split(separator: "-")[0]
        try folder.write("file", "old")
        let identity = try FileReader(path).identity
        let claim = "\(folder.path)/.file.\(identity).0.claim"

        func outcome(_ text: String, isLink: Bool = false) throws -> FileReplacement.Outcome {
            try? FileManager.default.removeItem(atPath: claim)
            if isLink {
                try FileManager.default.createSymbolicLink(atPath: claim, withDestinationPath: text)
            } else {
                try folder.write(".file.\(identity).0.claim", text)
            }
            let replacement = try begin("mine")
            return try replacement.commit()
        }
        #expect(try outcome(mark) == .claimed)
        #expect(try outcome(mark, isLink: true) == .claimed)
        #expect(try outcome("elsewhere-\(getpid())-1") == .claimed)
        #expect(try outcome("elsewhere-\(getpid())-1", isLink: true) == .claimed)
        #expect(try outcome("\(machine)-1-1") == .claimed, "the first process lives")
        #expect(try outcome("") == .claimed, "it has just been made")
        #expect(try content() == "old")
        // A claim of this process's number and another token: of an earlier life of a container.
        #expect(try outcome("\(machine)-\(getpid())-1", isLink: true) == .done)
        #expect(try content() == "mine")
        #expect(try folder.names() == ["file"])
        for text in ["elsewhere-1-1", "\(machine)-4194400-1"] {
            try folder.write("file", "old again")
            let next = "\(folder.path)/.file.\(try FileReader(path).identity).0.claim"
            try Data(text.utf8).write(to: URL(fileURLWithPath: next))
            if text.hasPrefix("elsewhere") {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -62)], ofItemAtPath: next)
            }
            let replacement = try begin("mine")
            #expect(try replacement.commit() == .done)
            #expect(try folder.names().filter { !$0.hasSuffix(".tmp") } == ["file"])
        }
    }

    @Test("has what killed processes left removed, and nothing else")
    func leftovers() throws {
        let mark = try ownMark()
        let machine = mark.split(separator: "-")[0]
        // No process has this number.
        let dead = "\(machine)-4194400-1"
        let kept = [
            ".file.\(mark)-999999.tmp", ".file.elsewhere-1-1-1.tmp", ".file.old.\(dead)-1.tmp", ".file.note.tmp",
            ".file.1-2-3-4.0.claim", ".other.\(dead)-1.tmp",
        ]
        for name in kept { try folder.write(name, "elsewhere-1-1") }
        let gone = [".file.tmp", ".file.\(dead)-1.tmp", ".file.elsewhere-1-1-2.tmp", ".file.5-6-7-8.0.claim"]
        for name in gone { try folder.write(name, dead) }
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -90_000)],
            ofItemAtPath: "\(folder.path)/.file.elsewhere-1-1-2.tmp")
        try FileSystem.replace(path, with: [1])
        #expect(try folder.names() == (kept + ["file"]).sorted())
    }

    @Test("loses nothing of what forty writers add at once")
    func writers() async throws {
        let path = path
        try await withThrowingTaskGroup { group in
            for number in 0..<40 {
                group.addTask {
                    while true {
                        let outcome = try { () throws -> FileReplacement.Outcome in
                            let replacement = try FileReplacement(of: path, isDurable: false)
                            let old = try FileReader.contentsIfThere(of: path) ?? []
                            replacement.writer.write(old + Array("\(number)\n".utf8))
                            return try replacement.commit()
                        }()
                        if outcome == .done { return }
                        try await Task.sleep(for: .milliseconds(1))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(Set(try content().split(separator: "\n").compactMap { Int($0) }) == Set(0..<40))
        #expect(try folder.names() == ["file"])
    }

    @Test("keeps owner and group where it may", .enabled(if: getuid() == 0, "only the superuser may give files away"))
    func owner() throws {
        try folder.write("file", "old")
        #expect(chown(path, 4_711, 4_712) == 0 && chmod(path, 0o4750) == 0)
        try FileSystem.replace(path, with: [1])
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_uid == 4_711 && status.st_gid == 4_712)
        #expect(status.st_mode & 0o7777 == 0o4750)
    }
}
