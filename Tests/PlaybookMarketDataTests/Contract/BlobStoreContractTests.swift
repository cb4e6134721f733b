import PlaybookTestSupport
import PlaybookCore
import PlaybookMarketData
import PlaybookTestSupport
import Testing

@Suite("The contract of blob stores")
struct BlobStoreContractTests {
    @Test("is kept by a folder", arguments: BlobStoreContract.allCases)
    func folder(clause: BlobStoreContract) async throws {
        try await clause.check(FolderPlace())
    }

    @Test("is kept by the memory that other tests use", arguments: BlobStoreContract.allCases)
    func memory(clause: BlobStoreContract) async throws {
        try await clause.check(MemoryPlace())
    }
}

/// A folder that is not there yet.
struct FolderPlace: BlobPlace {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func makeStore() -> any BlobStore {
        LocalBlobStore(root: "\(folder.path)/deep/cache", lockTimeout: .seconds(600))
    }
}

/// Memory.
struct MemoryPlace: BlobPlace {
    let store = MemoryBlobStore()

    func makeStore() -> any BlobStore { store }
}
