import PlaybookTestSupport
import Foundation
import PlaybookCore
import PlaybookMarketData
import Testing

@Suite("A folder of blobs")
struct LocalBlobStoreTests {
    let folder: TemporaryFolder
    let store: LocalBlobStore

    init() throws {
        folder = try TemporaryFolder()
        store = LocalBlobStore(root: folder.path)
    }

    @Test("has a file a blob, and lists no lock and nothing hidden")
    func files() async throws {
        #expect(try await store.write("v1/a/b.parquet", [1, 2], replacing: nil))
        #expect(FileManager.default.contents(atPath: "\(folder.path)/v1/a/b.parquet") == Data([1, 2]))
        try folder.write("v1/.hidden", "x")
        try folder.write("v1/a/.b.parquet.tmp", "left by a crash")
        #expect(try await store.list("").map(\.name) == ["v1/a/b.parquet"])
        #expect(store.location == folder.path)
        // A file that was put there by hand is a blob.
        try folder.write("v1/a/c", "12345")
        #expect(try await store.list("v1/a/c") == [BlobListing(name: "v1/a/c", size: 5)])
        #expect(try await store.read("v1/a/c")?.bytes == Array("12345".utf8))
    }

    @Test("does not make a folder to look into it")
    func lookingOnly() async throws {
        let store = LocalBlobStore(root: "\(folder.path)/none")
        #expect(try await store.list("v1/").isEmpty)
        #expect(try await store.read("v1/a")?.bytes == nil)
        try await store.move("v1/a", to: "v1/b")
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/none"))
    }

    @Test("says what is in the way of reading and writing")
    func failures() async throws {
        try folder.write("file", "x")
        try FileManager.default.createDirectory(atPath: "\(folder.path)/v1/blob", withIntermediateDirectories: true)
        let write = await playbookError { try await store.write("file/below", [1], replacing: nil) }
        #expect(write?.code == .cannotWrite)
        #expect(write?.message.contains("\(folder.path)/file") == true)
        #expect(write?.nextStep?.contains("<set cacheFolder>") == true)
        let read = await playbookError { try await store.read("v1/blob") }
        #expect(read?.code == .sourceUnavailable)
        #expect(read?.message.contains("\(folder.path)/v1/blob") == true)
        #expect(read?.nextStep == "Check the permissions of \(folder.path).")
    }
}
