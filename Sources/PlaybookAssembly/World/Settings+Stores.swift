package import PlaybookCore
package import PlaybookGoogle
import PlaybookHTTP
import PlaybookMarketData
package import PlaybookSettings

extension Settings {
    /// The cache's place; nil when there is to be none.
    package func cacheStore() throws -> (any BlobStore)? { try cachePlace().map { try store($0) } }

    /// A folder or a place in a bucket as a store.
    package func store(
        _ place: StorePlace, attributes: CloudBlobStore.Attributes = CloudBlobStore.Attributes()
    ) throws -> any BlobStore {
        switch place {
        case .folder(let folder): LocalBlobStore(root: folder)
        case .bucket(let name, let prefix):
            CloudBlobStore(try cloudStorage(name), prefix: prefix ?? "", attributes: attributes)
        }
    }

    /// The store of charts.
    package func chartStore(_ place: StorePlace) throws -> any BlobStore {
        var attributes = CloudBlobStore.Attributes()
        attributes.contentType = "image/svg+xml"
        attributes.cacheControl = "no-cache"
        return try store(place, attributes: attributes)
    }

    /// What requests to servers go through.
    func curlTransport() -> CurlTransport {
        CurlTransport(version: programVersion, certificateFile: authoritiesFile)
    }

    /// A client of the bucket called `name`.
    package func cloudStorage(_ name: String) throws -> CloudStorage {
        let google = try google()
        let environment = GoogleEnvironment(
            applicationCredentials: google.credentials, emulatorHost: google.emulator,
            metadataHost: google.metadataHost, gcloudFolder: google.gcloudFolder,
            storageEndpoint: google.storageEndpoint)
        let transport = curlTransport()
        return try CloudStorage(
            bucket: name, userProject: google.userProject, environment: environment,
            tokens: GoogleTokens(environment: environment, transport: transport), transport: transport)
    }
}
