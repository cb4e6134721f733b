import PlaybookCore
import PlaybookGoogle
import PlaybookTestSupport
import Testing

@Suite("A bucket as a blob store")
struct CloudBlobStoreTests {
    @Test("keeps the contract", arguments: BlobStoreContract.allCases)
    func contract(clause: BlobStoreContract) async throws {
        try await clause.check(MemoryPlace(bucket: MemoryBucket(), prefix: "cache/v"))
    }

    @Test("keeps the contract without a prefix", arguments: BlobStoreContract.allCases)
    func contractOfBucket(clause: BlobStoreContract) async throws {
        try await clause.check(MemoryPlace(bucket: MemoryBucket(), prefix: ""))
    }

    /// But for one clause, of writers of the same bytes: whose answer gets lost may take another's write for its own.
    @Test(
        "keeps the contract when every third request or answer gets lost",
        arguments: BlobStoreContract.allCases.filter { $0 != .losesNothing })
    func contractUnderFaults(clause: BlobStoreContract) async throws {
        let bucket = MemoryBucket { _, number in
            number % 3 == 0 ? (number % 2 == 0 ? .failed(.truncated) : .lost) : nil
        }
        try await clause.check(MemoryPlace(bucket: bucket, prefix: "x"))
    }

    @Test("says where it is, and looks nowhere else")
    func prefix() async throws {
        let bucket = MemoryBucket()
        let storage = try CloudStorage.test(bucket)
        #expect(CloudBlobStore(storage).location == "gs://data")
        #expect(CloudBlobStore(storage, prefix: "/a//b/").location == "gs://data/a/b")
        bucket.put("a", [1])
        bucket.put("ab/x", [1])
        let store = CloudBlobStore(storage, prefix: "a")
        #expect(try await store.list("") == [])
        #expect(try await store.write("x", [2], replacing: nil))
        #expect(bucket.objects.keys.sorted() == ["a", "a/x", "ab/x"])
    }

    @Test("takes no other store's versions")
    func versions() async throws {
        let bucket = MemoryBucket()
        let store = CloudBlobStore(try CloudStorage.test(bucket))
        for token in ["0", "-1", "sha256-abc", ""] {
            #expect(try await store.write("x", [2], replacing: BlobVersion(token)) == false)
        }
        #expect(bucket.objects.isEmpty)
    }
}

private struct MemoryPlace: BlobPlace {
    let bucket: MemoryBucket
    let prefix: String

    func makeStore() throws -> any BlobStore { CloudBlobStore(try CloudStorage.test(bucket), prefix: prefix) }
}
