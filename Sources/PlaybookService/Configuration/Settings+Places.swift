import PlaybookCore
import PlaybookGoogle
import PlaybookHTTP
import PlaybookPostgres
import PlaybookWriters

extension Settings {
    /// The folder that `setting` names; nil when it is not set.
    ///
    /// - Throws: a `PlaybookError` when it is the address of a server, which no path of a file should be made of: paths
    ///   are shown, passwords with them.
    func folder(_ setting: Setting) throws -> String? {
        guard let path = self[setting] else { return nil }
        guard !path.contains("://") else { throw wrong(setting, "this is an address, and no folder of this machine") }
        return path
    }

    /// The bucket and prefix of the gcs journal as a store.
    ///
    /// - Parameter isWhole: whether `address` stands for itself, whatever other settings name.
    func journalStore(_ address: JournalAddress?, isWhole: Bool) throws -> any BlobStore {
        var bucket = isWhole ? nil : self[.bucket]
        var prefix = isWhole ? nil : chosen(.bucketPrefix)
        if case .bucket(let name, let start)? = address {
            if let bucket, bucket != name {
                throw contradiction(.outputLocation, .bucket, "the buckets '\(name)' and '\(bucket.prefix(80))'")
            }
            if let prefix, let start, prefix != start {
                throw contradiction(
                    .outputLocation, .bucketPrefix, "the prefixes '\(start)' and '\(prefix.prefix(80))'")
            }
            bucket = name
            prefix = start ?? prefix
        }
        guard let bucket else {
            throw wrong(.bucket, "the writer 'gcs' needs a bucket", nextStep: "Set it to the bucket's name.")
        }
        guard JournalAddress.isBucket(bucket) else {
            throw wrong(.bucket, "'\(bucket.prefix(80))' is not a bucket's name")
        }
        var start = (prefix ?? Setting.bucketPrefix.defaultValue ?? "")[...]
        while start.last == "/" { start.removeLast() }
        guard JournalAddress.isPrefix(start) else {
            throw wrong(.bucketPrefix, "'\(start.prefix(80))' cannot start the names of objects")
        }
        var attributes = CloudBlobStore.Attributes()
        attributes.contentType = "text/csv; charset=utf-8"
        attributes.cacheControl = "no-cache"
        attributes.isCompressed = try flag(.bucketGzip)
        return CloudBlobStore(try cloudStorage(bucket), prefix: String(start), attributes: attributes)
    }

    /// A client of the bucket called `name`.
    func cloudStorage(_ name: String) throws -> CloudStorage {
        let environment = GoogleEnvironment(
            applicationCredentials: self[.googleCredentials], emulatorHost: self[.storageEmulator],
            metadataHost: self[.metadataHost], gcloudFolder: gcloudFolder,
            storageEndpoint: try url(.storageEndpoint))
        let transport = CurlTransport(version: programVersion)
        return try CloudStorage(
            bucket: name, userProject: self[.bucketUserProject], environment: environment,
            tokens: GoogleTokens(environment: environment, transport: transport), transport: transport)
    }

    /// The collection of the mongodb journal.
    ///
    /// - Parameter isWhole: whether `address` stands for itself, whatever other settings name.
    func mongoCollection(_ address: JournalAddress?, isWhole: Bool) throws -> MongoCollection {
        var uri = isWhole ? nil : try secret(.mongoConnection, .mongoConnectionFile, maximumLength: 4096)
        if case .mongodb(let text)? = address {
            if let uri, uri != text {
                throw contradiction(
                    .outputLocation, self[.mongoConnection] != nil ? .mongoConnection : .mongoConnectionFile,
                    "they name different servers")
            }
            uri = text
        }
        guard let uri else { throw wrong(.mongoConnection, "the writer 'mongodb' needs the URI of a server") }
        let named = JournalAddress.database(uri)
        let database = (isWhole ? named : nil) ?? chosen(.mongoDatabase) ?? named ?? self[.mongoDatabase] ?? ""
        return try MongoCollection(uri, database: database, collection: self[.mongoCollection] ?? "")
    }

    /// The table of the postgres journal.
    ///
    /// - Parameter isWhole: whether `address` stands for itself, whatever other settings name.
    func postgresTable(_ address: JournalAddress?, isWhole: Bool) throws -> PostgresTable {
        var uri = isWhole ? nil : try postgresConnection()
        if case .postgres(let text)? = address {
            if let uri, uri != text {
                throw contradiction(
                    .outputLocation, self[.postgresConnection] != nil ? .postgresConnection : .postgresConnectionFile,
                    "they name different servers")
            }
            uri = text
        }
        guard let uri else { throw wrong(.postgresConnection, "the writer 'postgres' needs the URI of a database") }
        return try PostgresTable(PostgresServer(uri), schema: self[.postgresSchema] ?? "")
    }

    /// The URI of the PostgreSQL database; nil when none is set.
    func postgresConnection() throws -> String? {
        try secret(.postgresConnection, .postgresConnectionFile, maximumLength: 4096)
    }
}
