import PlaybookCore
import PlaybookHTTP

extension CloudStorage {
    /// The objects whose names start with `prefix`, in the order of their names' UTF-8.
    public func list(_ prefix: String) async throws -> [StorageListing] {
        struct Page: Decodable {
            let items: [ObjectResource]?
            let nextPageToken: String?
        }
        let operation = try Operation(.list, self)
        var found: [StorageListing] = []
        var tokens: Set<String> = []
        var query = [("prefix", prefix), ("fields", "items(name,size,generation),nextPageToken")]
        while true {
            let answer = try await send(operation, .get, bucketURL("/o", query)) { Self.read(Page.self, $0) != nil }
            guard answer.response.status == 200 else { throw await refusal(answer, operation) }
            guard let page = Self.read(Page.self, answer.response) else { throw unreadable(operation) }
            for item in page.items ?? [] {
                guard let name = item.name else { throw unreadable(operation) }
                found.append(StorageListing(name: name, size: item.size, generation: item.generation))
            }
            guard let token = page.nextPageToken, !token.isEmpty else { return found }
            guard tokens.insert(token).inserted else {
                throw PlaybookError(
                    .sourceUnavailable, "\(operation): its pages go round in a circle", nextStep: "Try again later.")
            }
            query = query.prefix(2) + [("pageToken", token)]
        }
    }

    /// The generation of an object; nil when there is none of this name.
    public func generation(of name: String) async throws -> Int64? {
        try await resource(name, Operation(.read, self, name))?.generation
    }

    /// Copies an object within the bucket.
    ///
    /// - Parameters:
    ///   - generation: of the object to copy.
    ///   - ifGenerationMatch: the generation to replace, 0 when there must be no object `newName`; nil replaces whatever
    ///     is there, and is not tried again.
    /// - Returns: `preconditionFailed` also when the object to copy is gone or of another generation.
    public func copy(
        _ name: String, to newName: String, generation: Int64, ifGenerationMatch: Int64?
    ) async throws -> WriteResult {
        struct Progress: Decodable {
            let done: Bool
            let rewriteToken: String?
            let resource: ObjectResource?
        }
        let operation = try Operation(.copy, self, name)
        _ = try Operation(.write, self, newName)
        let target = "/o/\(percentEncoded(name))/rewriteTo/b/\(percentEncoded(bucket))/o/\(percentEncoded(newName))"
        let conditions = Self.condition(generation, "ifSourceGenerationMatch") + Self.condition(ifGenerationMatch)
        var token: String?
        while true {
            let query = conditions + (token.map { [("rewriteToken", $0)] } ?? [])
            let answer = try await send(
                operation, .post, bucketURL(target, query), headers: ["Content-Type": "application/json"],
                isIdempotent: ifGenerationMatch != nil, isWhole: { Self.read(Progress.self, $0) != nil })
            if answer.response.status == 412 { return .preconditionFailed }
            if try await isMissing(answer, operation) { return .preconditionFailed }
            guard answer.response.status == 200 else { throw await refusal(answer, operation) }
            guard let progress = Self.read(Progress.self, answer.response) else { throw unreadable(operation) }
            if progress.done, let copy = progress.resource { return .written(generation: copy.generation) }
            // A large object takes several calls.
            guard !progress.done, let next = progress.rewriteToken else { throw unreadable(operation) }
            token = next
        }
    }

    /// Deletes an object.
    ///
    /// - Parameter ifGenerationMatch: the generation to delete; nil deletes whatever is there.
    /// - Returns: false when the object is of another generation; true when it is gone, whoever did it.
    public func delete(_ name: String, ifGenerationMatch: Int64?) async throws -> Bool {
        let operation = try Operation(.delete, self, name)
        let answer = try await send(
            operation, .delete, objectURL(name, Self.condition(ifGenerationMatch)), isWhole: Self.isDone)
        if answer.response.status == 412 { return false }
        if try await isMissing(answer, operation) { return true }
        guard answer.response.isSuccess else { throw await refusal(answer, operation) }
        guard Self.isDone(answer.response) else { throw unreadable(operation) }
        return true
    }

    /// A deletion is answered with nothing.
    private static func isDone(_ response: HTTPResponse) -> Bool { response.body.isEmpty }

    /// Which of `permissions` the credentials have on the bucket, such as `storage.objects.create`.
    public func testPermissions(_ permissions: [String]) async throws -> Set<String> {
        struct Granted: Decodable { let permissions: [String]? }
        let operation = try Operation(.check, self)
        let answer = try await send(
            operation, .get, bucketURL("/iam/testPermissions", permissions.map { ("permissions", $0) })
        ) { Self.read(Granted.self, $0) != nil }
        guard answer.response.status == 200 else { throw await refusal(answer, operation) }
        guard let found = Self.read(Granted.self, answer.response) else { throw unreadable(operation) }
        return Set(found.permissions ?? [])
    }
}
