import Foundation
import PlaybookFileSystem
import PlaybookTestSupport
import Testing

@Suite("Reading files")
struct FileReaderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("gets all of a file", arguments: [0, 1, 4_095, 4_096, 300_000])
    func contents(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let path = try folder.write("file", bytes)
        #expect(try FileReader.contents(of: path) == bytes)
    }

    @Test("gets all of a file whose size the system does not know", .enabled(if: FileSystem.exists("/proc/self/maps")))
    func unknownSize() throws {
        #expect(try FileReader("/proc/self/maps").size == 0)
        #expect(try FileReader.contents(of: "/proc/self/maps").count > 4_096)
    }

    @Test("gets any part of a file, wherever it stands")
    func parts() throws {
        let path = try folder.write("file", Array(0..<10))
        let reader = try FileReader(path)
        func part(_ offset: Int, _ count: Int) throws -> [UInt8] {
            try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                filled = try reader.read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
        #expect(try part(3, 4) == [3, 4, 5, 6])
        #expect(try part(8, 4) == [8, 9])
        #expect(try part(12, 4) == [])
        #expect(try Self.piece(reader, 3) == [0, 1, 2])
        #expect(try part(0, 2) == [0, 1])
        let error = #expect(throws: FileError.self) { try part(-1, 2) }
        #expect(error?.description == "cannot read \(path): Invalid argument")
    }

    @Test("sees that somebody wrote to the file, not that another one took its place")
    func changes() throws {
        let path = try folder.write("file", Array(0..<10))
        let reader = try FileReader(path)
        let atFirst = reader.isUnchanged
        try FileSystem.replace(path, with: [1], isDurable: false)
        let afterReplacement = reader.isUnchanged
        #expect(atFirst && afterReplacement)
        let other = try FileReader(path)
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.truncate(atOffset: 0)
        try handle.close()
        let afterWriting = other.isUnchanged
        #expect(!afterWriting)
    }

    @Test("gets a file piece by piece, from where it is told to")
    func pieces() throws {
        let path = try folder.write("file", Array(0..<10))
        let reader = try FileReader(path)
        #expect(reader.size == 10)
        #expect(reader.path == path)
        #expect(try Self.piece(reader, 4) == [0, 1, 2, 3])
        #expect(try Self.piece(reader, 8) == [4, 5, 6, 7, 8, 9])
        #expect(try Self.piece(reader, 8) == [])
        try reader.seek(to: 7)
        #expect(try Self.piece(reader, 8) == [7, 8, 9])
        try reader.seek(to: 100)
        #expect(try Self.piece(reader, 8) == [])
        let error = #expect(throws: FileError.self) { try reader.seek(to: -1) }
        #expect(error?.description == "cannot read \(path): Invalid argument")
    }

    @Test("follows links")
    func link() throws {
        try folder.write("file", "content")
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link", withDestinationPath: "file")
        #expect(try FileReader.contents(of: "\(folder.path)/link") == Array("content".utf8))
    }

    @Test("is refused where there is no regular file, without waiting")
    func refusals() throws {
        let missing = #expect(throws: FileError.self) { try FileReader.contents(of: "\(folder.path)/none") }
        #expect(missing?.description == "cannot open \(folder.path)/none: No such file or directory")
        #expect(missing?.isNotFound == true)
        let directory = #expect(throws: FileError.self) { try FileReader.contents(of: folder.path) }
        #expect(directory?.description == "cannot read \(folder.path): Is a directory")
        #expect(directory?.isNotFound == false)
        let pipe = "\(folder.path)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        let fifo = #expect(throws: FileError.self) { try FileReader.contents(of: pipe) }
        #expect(fifo?.description == "cannot read \(pipe): Invalid argument")
        let file = try folder.write("file", "")
        let below = #expect(throws: FileError.self) { try FileReader.contents(of: "\(file)/below") }
        #expect(below?.isNotFound == true)
        let looping = "\(folder.path)/loop"
        try FileManager.default.createSymbolicLink(atPath: looping, withDestinationPath: "loop")
        let loop = #expect(throws: FileError.self) { try FileReader.contents(of: looping) }
        #expect(loop?.isNotFound == false)
    }

    private static func piece(_ reader: borrowing FileReader, _ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let read = try bytes.withUnsafeMutableBytes { try reader.read(into: $0) }
        return Array(bytes.prefix(read))
    }
}
