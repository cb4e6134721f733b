package import PlaybookCore

/// A session as a picture.
package protocol SessionPicture: Sendable {
    /// The picture as a file of its own.
    func file() -> [UInt8]
}

/// Draws sessions.
package protocol SessionDrawing: Sendable {
    /// The picture of the session that `track` tells of.
    ///
    /// - Parameters:
    ///   - filters: what each filter said, in words; where they are not told the filters' names stand.
    ///   - rows: the session's rows, by trade.
    ///   - playbook: the one that made `track`.
    func picture(
        _ track: SessionTrack, filters: [String], rows: [JournalRow], history: BarHistory, playbook: Playbook
    ) -> any SessionPicture
}

/// Where a run puts its charts.
package struct ChartFolder: Sendable {
    private let store: any BlobStore
    /// What links start with.
    private let place: String

    /// The folder, or the place in a bucket, at `place`.
    package init(_ store: any BlobStore, place: String) { (self.store, self.place) = (store, place) }

    /// Keeps a chart under `name`.
    ///
    /// - Returns: its link.
    package func keep(_ bytes: [UInt8], as name: String) async throws -> String {
        let link = "\(place)/\(name)"
        for _ in 0..<3 {
            let before = try await store.read(name)
            if before?.bytes == bytes { return link }
            if try await store.write(name, bytes, replacing: before?.version) { return link }
        }
        throw PlaybookError(.tryAgain, "\(link) is written by another program over and over", nextStep: "Run again.")
    }
}
