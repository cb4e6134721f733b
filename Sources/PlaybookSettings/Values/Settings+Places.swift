import PlaybookCore

/// How Google's services are reached.
package struct GoogleChoice: Sendable, Hashable {
    /// The file of a credential; nil for gcloud's or the metadata server's.
    package let credentials: String?
    /// An emulator of Cloud Storage; nil for none.
    package let emulator: String?
    package let metadataHost: String?
    /// Where gcloud keeps its settings.
    package let gcloudFolder: String?
    package let storageEndpoint: String
    /// The project that pays for requests; nil for the bucket's own.
    package let userProject: String?
}

extension Settings {
    /// How Google's services are reached.
    package func google() throws -> GoogleChoice {
        GoogleChoice(
            credentials: self[.googleCredentials], emulator: self[.storageEmulator], metadataHost: self[.metadataHost],
            gcloudFolder: gcloudFolder, storageEndpoint: try url(.storageEndpoint),
            userProject: self[.bucketUserProject])
    }

    /// The bucket and prefix of the gcs journal.
    ///
    /// - Parameter isWhole: whether `address` stands for itself, whatever other settings name.
    func bucketJournal(_ address: JournalAddress?, isWhole: Bool) throws -> JournalChoice {
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
        return .gcs(bucket: bucket, prefix: String(start), isCompressed: try flag(.bucketGzip))
    }

    /// The collection of the mongodb journal.
    ///
    /// - Parameter isWhole: whether `address` stands for itself, whatever other settings name.
    func mongoJournal(_ address: JournalAddress?, isWhole: Bool) throws -> JournalChoice {
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
        return .mongodb(uri: uri, database: database, collection: self[.mongoCollection] ?? "")
    }

    /// The PostgreSQL database and the schema of the postgres journal.
    ///
    /// - Parameter isWhole: whether `address` stands for itself, whatever other settings name.
    package func postgresTable(_ address: JournalAddress?, isWhole: Bool) throws -> (uri: String, schema: String) {
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
        return (uri, self[.postgresSchema] ?? "")
    }

    /// The URI of the PostgreSQL database; nil when none is set.
    package func postgresConnection() throws -> String? {
        try secret(.postgresConnection, .postgresConnectionFile, maximumLength: 4096)
    }
}
