import Foundation
import PlaybookFileSystem
import PlaybookTestSupport
import Testing

@Suite("The file system")
struct FileSystemTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(
        "takes paths apart",
        arguments: [
            ("trades.csv", ".", "trades.csv"), ("./trades.csv", ".", "trades.csv"), ("/trades.csv", "/", "trades.csv"),
            ("a/b/c", "a/b", "c"), ("/a/b", "/a", "b"), ("a/", "a", ""), ("", ".", ""), ("/", "/", ""),
        ])
    func paths(path: String, directory: String, name: String) {
        #expect(FileSystem.directory(of: path) == directory)
        #expect(FileSystem.name(of: path) == name)
    }

    @Test("tells files, folders and nothing apart")
    func kinds() throws {
        let file = try folder.write("file", "x")
        #expect(FileSystem.exists(file) && !FileSystem.isDirectory(file))
        #expect(FileSystem.exists(folder.path) && FileSystem.isDirectory(folder.path))
        #expect(!FileSystem.exists("\(folder.path)/none") && !FileSystem.isDirectory("\(folder.path)/none"))
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link", withDestinationPath: folder.path)
        #expect(FileSystem.isDirectory("\(folder.path)/link"))
    }

    @Test("lists the names in a folder, sorted, hidden ones too")
    func names() throws {
        for name in ["b", "a", ".hidden", "ü", String(repeating: "n", count: 255)] { try folder.write(name, "") }
        try folder.createFolder("c")
        #expect(
            try FileSystem.names(in: folder.path)
                == [".hidden", "a", "b", "c", String(repeating: "n", count: 255), "ü"])
        let error = #expect(throws: FileError.self) { try FileSystem.names(in: "\(folder.path)/none") }
        #expect(error?.isNotFound == true)
    }

    @Test("makes folders, and those above them, once")
    func createDirectory() throws {
        let path = "\(folder.path)/a/b/c"
        try FileSystem.createDirectory(path)
        #expect(FileSystem.isDirectory(path))
        try FileSystem.createDirectory(path)
        try FileSystem.createDirectory(".")
        try FileSystem.createDirectory("/")
        try FileSystem.createDirectory("\(folder.path)/d/")
        #expect(FileSystem.isDirectory("\(folder.path)/d"))
        let file = try folder.write("file", "")
        let error = #expect(throws: FileError.self) { try FileSystem.createDirectory("\(file)/below") }
        #expect(error?.description == "cannot create folder \(file)/below: Not a directory")
        let exists = #expect(throws: FileError.self) { try FileSystem.createDirectory(file) }
        #expect(exists?.description == "cannot create folder \(file): File exists")
    }

    @Test("follows links, and leaves a path alone where nothing stands")
    func resolved() throws {
        let file = try folder.write("file", "")
        let link = "\(folder.path)/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "file")
        #expect(FileSystem.resolved(link) == FileSystem.resolved(file))
        #expect(FileSystem.resolved("\(folder.path)/none") == "\(folder.path)/none")
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/ahead", withDestinationPath: "below/later")
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/further", withDestinationPath: "ahead")
        #expect(FileSystem.resolved("\(folder.path)/further") == "\(folder.path)/below/later")
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/loop", withDestinationPath: "loop")
        #expect(FileSystem.resolved("\(folder.path)/loop") == "\(folder.path)/loop")
    }

    @Test("replaces a file whole, keeping its permissions and leaving nothing else")
    func replace() throws {
        let path = "\(folder.path)/file"
        try FileSystem.replace(path, with: Array("one".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        let before = try #require(try FileState(path))
        let big = [UInt8](repeating: 7, count: 300_000)
        try FileSystem.replace(path, with: big)
        let after = try #require(try FileState(path))
        #expect(Array(after.bytes) == big)
        #expect(after.permissions == 0o640)
        #expect(after.identity != before.identity, "the old file must not be written into")
        try FileSystem.replace(path, with: [])
        #expect(try #require(try FileState(path)).bytes.isEmpty)
        #expect(try folder.names() == ["file"])
    }

    @Test("leaves the old file to whoever has it open")
    func replaceWhileOpen() throws {
        let path = try folder.write("file", "old")
        let handle = try #require(FileHandle(forReadingAtPath: path))
        try FileSystem.replace(path, with: Array("new".utf8))
        #expect(try handle.readToEnd() == Data("old".utf8))
    }

    @Test("says what it could not do, to which file, and why")
    func errors() throws {
        let missing = #expect(throws: FileError.self) {
            try FileSystem.replace("\(folder.path)/none/file", with: [1])
        }
        #expect(
            missing?.description == "cannot make a file beside \(folder.path)/none/file: No such file or directory")
        #expect(missing?.isNotFound == true)
        let path = try folder.createFolder("target")
        let target = #expect(throws: FileError.self) { try FileSystem.replace(path, with: [1]) }
        #expect(target?.description == "cannot replace \(path): Is a directory")
        #expect(try folder.names() == ["target"], "the temporary file must be gone")
    }
}
