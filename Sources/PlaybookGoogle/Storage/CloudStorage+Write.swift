import FoundationEssentials
import PlaybookCore
import PlaybookHTTP

extension CloudStorage {
    /// What is to become an object.
    struct Upload {
        let name: String
        let bytes: [UInt8]
        let metadata: [UInt8]
        let contentType: String
        let crc32c: String
    }

    /// Writes an object whole: up to 8 MiB in one request, larger ones in pieces that survive broken connections.
    ///
    /// With a condition the write is tried again after failures. Should an attempt be carried out whose answer got lost,
    /// the next one finds the condition broken by the write itself: then the object is `written` if it is newer than the
    /// generation named and has the checksum and the size of what was sent. That may also be another writer's object of
    /// the same bytes; for a caller that names a condition it is the same: it read the generation it names, nothing but
    /// these bytes came after it, and they are what it wanted to be there.
    ///
    /// - Parameters:
    ///   - bytes: as they are to be stored: compressed already when `contentEncoding` is `gzip`.
    ///   - ifGenerationMatch: the generation to replace, 0 when there must be no such object; nil writes whatever is
    ///     there, and is not tried again when it is uncertain whether it was done.
    public func write(
        _ name: String, _ bytes: [UInt8], contentType: String, cacheControl: String? = nil,
        contentEncoding: String? = nil, ifGenerationMatch: Int64?
    ) async throws -> WriteResult {
        let operation = try Operation(.write, self, name)
        let upload = try Self.upload(name, bytes, contentType, cacheControl, contentEncoding)
        var expected = ifGenerationMatch
        var isUncertain = false
        var backoff = Backoff(retry)
        for attempt in 1... {
            let answer =
                bytes.count <= pieceBytes
                ? try await sendWhole(upload, operation, ifGenerationMatch: expected)
                : try await sendInPieces(upload, operation, ifGenerationMatch: expected)
            isUncertain = isUncertain || answer.isUncertain
            switch answer.response.status {
            case 200, 201:
                guard let object = Self.read(ObjectResource.self, answer.response) else { throw unreadable(operation) }
                if object.size == bytes.count, object.crc32c ?? upload.crc32c == upload.crc32c {
                    return .written(generation: object.generation)
                }
                // What is there now is ours, and damaged.
                expected = object.generation
            case 412:
                guard isUncertain, let object = try await resource(name, operation), object.size == bytes.count,
                    object.crc32c == upload.crc32c, object.generation > (ifGenerationMatch ?? 0)
                else { return .preconditionFailed }
                return .written(generation: object.generation)
            case 400 where message(of: answer.response).lowercased().contains("crc32c"):
                break  // Google got other bytes than were sent, and stored nothing.
            default: throw await refusal(answer, operation)
            }
            guard attempt < Self.damagedAttempts, try await backoff.wait() else { break }
        }
        throw PlaybookError(
            .cannotWrite, "\(operation): its bytes arrive damaged: the CRC-32C differs", nextStep: "Try again later.")
    }

    /// An object's metadata; nil when there is no such object.
    func resource(_ name: String, _ operation: Operation) async throws -> ObjectResource? {
        let answer = try await send(operation, .get, objectURL(name)) { Self.read(ObjectResource.self, $0) != nil }
        if try await isMissing(answer, operation) { return nil }
        guard answer.response.status == 200 else { throw await refusal(answer, operation) }
        guard let object = Self.read(ObjectResource.self, answer.response) else {
            throw unreadable(operation)
        }
        return object
    }

    private static func upload(
        _ name: String, _ bytes: [UInt8], _ contentType: String, _ cacheControl: String?, _ contentEncoding: String?
    ) throws -> Upload {
        struct Metadata: Encodable {
            let name: String
            let contentType: String
            let cacheControl: String?
            let contentEncoding: String?
            let crc32c: String
        }
        let crc32c = CRC32C.text(bytes)
        let metadata = Metadata(
            name: name, contentType: contentType, cacheControl: cacheControl, contentEncoding: contentEncoding,
            crc32c: crc32c)
        return Upload(
            name: name, bytes: bytes, metadata: Array(try JSONEncoder().encode(metadata)), contentType: contentType,
            crc32c: crc32c)
    }

    /// Metadata and bytes in one request (RFC 2387).
    private func sendWhole(
        _ upload: Upload, _ operation: Operation, ifGenerationMatch: Int64?
    ) async throws -> Answer {
        let boundary = "playbook-" + (0..<2).map { _ in String(UInt64.random(in: 0 ... .max), radix: 36) }.joined()
        var body = Array("--\(boundary)\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n".utf8)
        body.reserveCapacity(upload.metadata.count + upload.bytes.count + 400)
        body += upload.metadata
        body += Array("\r\n--\(boundary)\r\nContent-Type: \(upload.contentType)\r\n\r\n".utf8)
        body += upload.bytes
        body += Array("\r\n--\(boundary)--\r\n".utf8)
        let condition = Self.condition(ifGenerationMatch)
        return try await send(
            operation, .post, uploadURL([("uploadType", "multipart")] + condition),
            headers: ["Content-Type": "multipart/related; boundary=\(boundary)"], body: body,
            isIdempotent: ifGenerationMatch != nil, isWhole: { Self.read(ObjectResource.self, $0) != nil })
    }

    /// `ifGenerationMatch=…`, or nothing.
    static func condition(_ generation: Int64?, _ name: String = "ifGenerationMatch") -> [(String, String)] {
        generation.map { [(name, "\($0)")] } ?? []
    }
}
