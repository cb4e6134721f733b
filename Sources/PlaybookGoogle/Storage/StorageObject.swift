/// An object as it was read.
public struct StorageObject: Hashable, Sendable {
    /// What it holds; decompressed when it is stored compressed.
    public let bytes: [UInt8]
    /// Which version of the object it is.
    public let generation: Int64
    /// How the object is stored: `gzip`, or nil for as it is.
    public let contentEncoding: String?
}

/// An object in a list.
public struct StorageListing: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Its size in bytes, as stored.
    public let size: Int
    /// Which version of it.
    public let generation: Int64
}

/// What came of a write with a condition.
public enum WriteResult: Hashable, Sendable {
    /// The object is as it was to be.
    case written(generation: Int64)
    /// The object was not of the generation that the caller named; nothing was written.
    case preconditionFailed
}

/// An object's metadata as the JSON API tells it; whole numbers are texts there.
struct ObjectResource: Decodable {
    let name: String?
    let generation: Int64
    let size: Int
    let crc32c: String?

    private enum Key: CodingKey { case name, generation, size, crc32c }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func number<Number: LosslessStringConvertible>(_ key: Key) throws -> Number {
            guard let number = Number(try container.decode(String.self, forKey: key)) else {
                throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: "no number")
            }
            return number
        }
        name = try container.decodeIfPresent(String.self, forKey: .name)
        generation = try number(.generation)
        size = try number(.size)
        crc32c = try container.decodeIfPresent(String.self, forKey: .crc32c)
    }
}
