import PlaybookCore
import PlaybookGoogle
import PlaybookMarketData

/// Where a run puts its charts: a folder, or a place in a bucket.
struct ChartFolder: Sendable {
    private let store: any BlobStore
    /// What links start with.
    private let place: String

    /// The folder that `text` names.
    ///
    /// - Throws: a `PlaybookError` when it is neither a folder nor a place in a bucket.
    init(_ text: String, settings: Settings) throws {
        var place = text[...]
        while place.count > 1, place.last == "/" { place.removeLast() }
        self.place = String(place)
        switch JournalAddress(self.place) {
        case .file(let folder)?: store = LocalBlobStore(root: folder)
        case .bucket(let name, let prefix)?:
            var attributes = CloudBlobStore.Attributes()
            attributes.contentType = "image/svg+xml"
            attributes.cacheControl = "no-cache"
            store = CloudBlobStore(try settings.cloudStorage(name), prefix: prefix ?? "", attributes: attributes)
        case .mongodb?, .postgres?, nil:
            throw PlaybookError(
                .usage, "--charts: charts cannot be there", nextStep: "Name a folder or gs://BUCKET/PREFIX.")
        }
    }

    /// Keeps a chart under `name`.
    ///
    /// - Returns: its link.
    func keep(_ bytes: [UInt8], as name: String) async throws -> String {
        let link = "\(place)/\(name)"
        for _ in 0..<3 {
            let before = try await store.read(name)
            if before?.bytes == bytes { return link }
            if try await store.write(name, bytes, replacing: before?.version) { return link }
        }
        throw PlaybookError(.tryAgain, "\(link) is written by another program over and over", nextStep: "Run again.")
    }
}
