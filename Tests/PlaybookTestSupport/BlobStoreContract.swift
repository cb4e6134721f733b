// Where everything is linked in there is no Testing.
#if canImport(Testing)
package import PlaybookCore
import Testing

/// A place that one kind of store keeps blobs in, empty at first: what the contract needs besides the store.
package protocol BlobPlace: Sendable {
    /// A store of this place, as another process would open it.
    func makeStore() async throws -> any BlobStore
}

/// What every `BlobStore` must do: each case is one clause, to be checked at a fresh place.
package enum BlobStoreContract: CaseIterable, Sendable {
    /// It says where it is.
    case hasLocation
    /// What is not there reads as nil, is not listed, and can be moved without effect.
    case absent
    /// A blob is created once.
    case creates
    /// A blob is replaced by who read its last version, and by nobody else.
    case replaces
    /// A version that was replaced never comes back, however quickly others follow, and of whatever size.
    case neverComesBack
    /// A blob that went away is not replaced.
    case movedAway
    /// Of writers at the same time exactly one wins, whether they create or replace.
    case oneWriterWins
    /// Writers that read and try again lose nothing.
    case losesNothing
    /// A reader finds whole blobs only.
    case readsWhole
    /// It lists what starts with a prefix, be it a folder or a part of a name, sorted, with sizes.
    case lists
    /// A blob moves to a new name, also where another one is.
    case moves
    /// Symbols' dots and hyphens, and names that start alike, are kept apart.
    case keepsNames
    /// Blobs of no bytes and of many come back as they were.
    case keepsBytes

    /// Checks the clause at `place`, where nothing is yet.
    package func check(_ place: some BlobPlace) async throws {
        let store = try await place.makeStore()
        switch self {
        case .hasLocation: #expect(!store.location.isEmpty)
        case .absent:
            #expect(try await store.read("v1/none")?.bytes == nil)
            #expect(try await store.list("") == [])
            #expect(try await store.list("v1/") == [])
            try await store.move("v1/none", to: "v1/other")
            #expect(try await store.read("v1/other")?.bytes == nil)
        case .creates: try await checkCreation(place)
        case .replaces: try await checkReplacement(place)
        case .neverComesBack: try await checkVersions(store)
        case .movedAway:
            #expect(try await store.write("a/b", [1], replacing: nil))
            let version = try await store.read("a/b")?.version
            try await store.move("a/b", to: "a/c")
            #expect(try await store.write("a/b", [2], replacing: version) == false)
            #expect(try await store.read("a/b")?.bytes == nil)
        case .oneWriterWins: try await checkWriters(place)
        case .losesNothing: try await checkIncrements(place)
        case .readsWhole: try await checkReaders(place)
        case .lists: try await checkList(store)
        case .moves: try await checkMoves(place)
        case .keepsNames: try await checkNames(place)
        case .keepsBytes: try await checkBytes(place)
        }
    }

    private func checkCreation(_ place: some BlobPlace) async throws {
        let store = try await place.makeStore()
        #expect(try await store.write("v1/iex/QQQ/a", [1, 2, 3], replacing: nil))
        #expect(try await store.write("v1/iex/QQQ/a", [4], replacing: nil) == false)
        #expect(try await store.write("v1/iex/QQQ/b", [4], replacing: BlobVersion("1")) == false)
        let other = try await place.makeStore()
        #expect(try await other.write("v1/iex/QQQ/a", [5], replacing: nil) == false)
        #expect(try await other.read("v1/iex/QQQ/a")?.bytes == [1, 2, 3])
        #expect(try await other.read("v1/iex/QQQ/b")?.bytes == nil)
    }

    private func checkReplacement(_ place: some BlobPlace) async throws {
        let (store, other) = (try await place.makeStore(), try await place.makeStore())
        #expect(try await store.write("a", [1], replacing: nil))
        let first = try #require(try await store.read("a"))
        #expect(try await store.read("a")?.version == first.version)
        #expect(try await other.read("a")?.version == first.version)
        #expect(try await other.write("a", [2, 2], replacing: first.version))
        #expect(try await store.write("a", [3], replacing: first.version) == false)
        #expect(try await store.write("a", [3], replacing: nil) == false)
        let second = try #require(try await store.read("a"))
        #expect(second.bytes == [2, 2])
        #expect(second.version != first.version)
        #expect(try await store.write("a", [3], replacing: second.version))
        #expect(try await other.read("a")?.bytes == [3])
    }

    private func checkVersions(_ store: any BlobStore) async throws {
        #expect(try await store.write("a", [0, 0], replacing: nil))
        var versions = [try #require(try await store.read("a")).version]
        var bytes: [UInt8] = [0, 0]
        for round in 1...300 {
            bytes = [UInt8(round % 256), UInt8(round / 256)]
            #expect(try await store.write("a", bytes, replacing: versions.last))
            versions.append(try #require(try await store.read("a")).version)
            // Whoever read two versions ago has been overtaken.
            guard round > 1 else { continue }
            try #require(
                try await store.write("a", [9], replacing: versions[versions.count - 3]) == false,
                "round \(round) of rewriting a blob at once")
        }
        #expect(Set(versions).count == versions.count)
        #expect(try await store.read("a")?.bytes == bytes)
    }

    private func checkWriters(_ place: some BlobPlace) async throws {
        let store = try await place.makeStore()
        for round in 0..<12 {
            // Every other round replaces what the one before created.
            let name = "race/\(round / 2)"
            let version = try await store.read(name)?.version
            #expect((version == nil) == round.isMultiple(of: 2))
            let winners = try await withThrowingTaskGroup(of: (UInt8, Bool).self) { group in
                for number in UInt8(0)..<8 {
                    let own = try await place.makeStore()
                    group.addTask { (number, try await own.write(name, [number, UInt8(round)], replacing: version)) }
                }
                return try await group.filter(\.1).map(\.0).reduce(into: []) { $0.append($1) }
            }
            try #require(winners.count == 1)
            #expect(try await store.read(name)?.bytes == [winners[0], UInt8(round)])
        }
    }

    private func checkIncrements(_ place: some BlobPlace) async throws {
        let (tasks, times) = (6, 8)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<tasks {
                let store = try await place.makeStore()
                group.addTask {
                    for _ in 0..<times {
                        while true {
                            let blob = try await store.read("count")
                            let next = [(blob?.bytes.first ?? 0) + 1]
                            if try await store.write("count", next, replacing: blob?.version) { break }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await place.makeStore().read("count")?.bytes == [UInt8(tasks * times)])
    }

    private func checkReaders(_ place: some BlobPlace) async throws {
        let store = try await place.makeStore()
        #expect(try await store.write("big", Self.pattern(0), replacing: nil))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for round in 1...20 {
                    let version = try await store.read("big")?.version
                    #expect(try await store.write("big", Self.pattern(UInt8(round)), replacing: version))
                }
            }
            for _ in 0..<2 {
                let reader = try await place.makeStore()
                group.addTask {
                    for _ in 0..<30 {
                        let bytes = try #require(try await reader.read("big")).bytes
                        #expect(bytes == Self.pattern(bytes[0]))
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private static func pattern(_ number: UInt8) -> [UInt8] {
        [UInt8](repeating: number, count: 100_000 + Int(number) * 1_000)
    }

    private func checkList(_ store: any BlobStore) async throws {
        for (index, name) in ["v1/b/x", "v1/b.c", "v1/a/y/z", "v1/b/w", "v10/a", "v1/ba"].enumerated() {
            #expect(try await store.write(name, [UInt8](repeating: 0, count: index), replacing: nil))
        }
        func names(_ prefix: String) async throws -> [String] { try await store.list(prefix).map(\.name) }
        #expect(try await names("") == ["v1/a/y/z", "v1/b.c", "v1/b/w", "v1/b/x", "v1/ba", "v10/a"])
        #expect(try await names("v1/") == ["v1/a/y/z", "v1/b.c", "v1/b/w", "v1/b/x", "v1/ba"])
        #expect(try await names("v1/b") == ["v1/b.c", "v1/b/w", "v1/b/x", "v1/ba"])
        #expect(try await names("v1/b/") == ["v1/b/w", "v1/b/x"])
        #expect(try await names("v1/a/y/z") == ["v1/a/y/z"])
        #expect(try await names("v") == ["v1/a/y/z", "v1/b.c", "v1/b/w", "v1/b/x", "v1/ba", "v10/a"])
        for none in ["w", "v1/c", "v1/a/y/zz", "v1/b/x/", "V1/"] { #expect(try await names(none) == [], "\(none)") }
        #expect(
            try await store.list("v1/b/") == [
                BlobListing(name: "v1/b/w", size: 3), BlobListing(name: "v1/b/x", size: 0),
            ])
    }

    private func checkMoves(_ place: some BlobPlace) async throws {
        let store = try await place.makeStore()
        #expect(try await store.write("a/b", [1], replacing: nil))
        try await store.move("a/b", to: "a/b.damaged")
        #expect(try await store.read("a/b")?.bytes == nil)
        #expect(try await store.read("a/b.damaged")?.bytes == [1])
        // A second one of the same name.
        #expect(try await store.write("a/b", [2], replacing: nil))
        try await place.makeStore().move("a/b", to: "a/b.damaged")
        #expect(try await store.read("a/b.damaged")?.bytes == [2])
        #expect(try await store.list("").map(\.name) == ["a/b.damaged"])
    }

    private func checkNames(_ place: some BlobPlace) async throws {
        let names = [
            "v1/iex/BRK.B/1Min/2024-01.parquet", "v1/iex/BRK-B/1Min/2024-01.parquet",
            "v1/iex/BRK/B.1Min/2024-01.parquet",
            "v1/iex/B/1Min/2024-01.parquet", "v1/iex/B/1Min/2024-01.parquet.damaged", "v1/iex/B/1Min/2024-01",
            "v1/iex/B.-./1Day/2024-01.parquet", "v1/sip/0A/splits.parquet", "a", "a-b_c.d/e",
        ]
        let store = try await place.makeStore()
        for (index, name) in names.enumerated() {
            #expect(try await store.write(name, [UInt8(index)], replacing: nil), "\(name)")
        }
        let other = try await place.makeStore()
        for (index, name) in names.enumerated() {
            #expect(try await other.read(name)?.bytes == [UInt8(index)], "\(name)")
        }
        #expect(try await other.list("").map(\.name) == names.sorted())
    }

    private func checkBytes(_ place: some BlobPlace) async throws {
        var random = SeededGenerator(seed: 3)
        let big = (0..<(2 << 20)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let store = try await place.makeStore()
        for (name, bytes) in [("empty", []), ("all", Array(0...255)), ("big", big)] {
            #expect(try await store.write(name, bytes, replacing: nil))
            let found = try #require(try await place.makeStore().read(name)).bytes
            #expect(found == bytes, "\(name)")
        }
        // From many bytes to none and back.
        #expect(try await store.write("big", [], replacing: try await store.read("big")?.version))
        #expect(try await store.read("big")?.bytes == [])
        #expect(try await store.list("big") == [BlobListing(name: "big", size: 0)])
        #expect(try await store.write("big", [1], replacing: nil) == false)
    }
}
#endif
