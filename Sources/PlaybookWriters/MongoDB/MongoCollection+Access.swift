import PlaybookCore

extension MongoCollection {
    /// Checks that the server answers and that the user may read and write the collection. Where the server does not say
    /// what the user may do, it may.
    ///
    /// - Throws: `MongoFailure`, or a `PlaybookError` when the user may not.
    func requireAccess() async throws {
        let status = try await perform { session in
            try session.command(["ping": .int32(1)], database: "admin")
            do {
                return try session.command(
                    ["connectionStatus": .int32(1), "showPrivileges": .bool(true)], database: "admin")
            } catch let failure as MongoFailure where failure.kind == .server {
                return [:]
            }
        }
        guard let missing = Self.missingActions(status, name), !missing.isEmpty else { return }
        throw MongoFailure.forbidden(location, "it lacks the actions \(missing.joined(separator: ", "))")
    }

    /// What a journal needs and the user of `status`, an answer to `connectionStatus`, may not do; nil when the answer
    /// does not tell.
    static func missingActions(_ status: BSONDocument, _ name: MongoName) -> [String]? {
        guard let info = status.value("authInfo")?.content,
            let users = try? info.value("authenticatedUsers")?.content?.fields(), !users.isEmpty,
            let privileges = try? info.value("authenticatedUserPrivileges")?.content?.fields(), !privileges.isEmpty
        else { return nil }
        var allowed: Set<String> = []
        for case let privilege? in privileges.map(\.value.content) {
            guard let resource = privilege.value("resource")?.content, covers(resource, name),
                let actions = try? privilege.value("actions")?.content?.fields()
            else { continue }
            allowed.formUnion(actions.compactMap(\.value.string))
        }
        if allowed.contains("anyAction") { return [] }
        return ["find", "insert", "update", "remove"].filter { !allowed.contains($0) }
    }

    /// Whether a privilege's resource includes the collection.
    private static func covers(_ resource: BSONDocument, _ name: MongoName) -> Bool {
        if resource.value("anyResource") == .bool(true) { return true }
        guard let database = resource.value("db")?.string, let collection = resource.value("collection")?.string else {
            return false
        }
        return (database.isEmpty || database == name.database) && (collection.isEmpty || collection == name.collection)
    }
}
