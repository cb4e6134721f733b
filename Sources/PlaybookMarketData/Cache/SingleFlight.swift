/// Lets one task at a time do the work of a key; others wait, and then find it done.
actor SingleFlight<Key: Hashable & Sendable> {
    private var waiting: [Key: [CheckedContinuation<Void, Never>]] = [:]

    func take(_ key: Key) async {
        guard waiting[key] != nil else {
            waiting[key] = []
            return
        }
        await withCheckedContinuation { waiting[key]?.append($0) }
    }

    func give(_ key: Key) {
        if let next = waiting[key]?.first {
            waiting[key]?.removeFirst()
            next.resume()
        } else {
            waiting[key] = nil
        }
    }
}

extension SingleFlight {
    nonisolated func run<Result: Sendable>(_ key: Key, _ work: () async throws -> Result) async throws -> Result {
        await take(key)
        do {
            let result = try await work()
            await give(key)
            return result
        } catch {
            await give(key)
            throw error
        }
    }
}
