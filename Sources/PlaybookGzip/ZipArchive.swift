internal import CDeflate

/// A zip archive in memory: what vendors pack files into. Members may be stored or deflated; encryption, archives in parts
/// and those beyond 4 GB are refused.
public struct ZipArchive: Sendable {
    /// A file of the archive.
    public struct Member: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// How many bytes it has.
        public let size: Int
        fileprivate let method: UInt16
        fileprivate let flags: UInt16
        fileprivate let checksum: UInt32
        fileprivate let compressedSize: Int
        fileprivate let offset: Int
    }

    /// The files, in the order of the archive's directory.
    public let members: [Member]
    private let bytes: [UInt8]

    /// Reads the directory of an archive (APPNOTE.TXT of PKWARE, sections 4.3.12 and 4.3.16).
    ///
    /// - Throws: a `ZipError` when the bytes are not such an archive.
    public init(_ bytes: [UInt8]) throws(ZipError) {
        self.bytes = bytes
        // The end of the directory is 22 bytes, and a comment of at most 65535 follows.
        guard bytes.count >= 22 else {
            throw ZipError("it has \(bytes.count) bytes, which is too few for a zip archive")
        }
        let places = stride(from: bytes.count - 22, through: max(0, bytes.count - 22 - 65_535), by: -1)
        guard
            let end = places.first(where: {
                Self.number(bytes, $0, 4) == 0x0605_4B50 && Self.number(bytes, $0 + 20, 2) == bytes.count - $0 - 22
            })
        else { throw ZipError("it is not a zip archive, or its end is missing") }
        let count = Self.number(bytes, end + 10, 2)
        var place = Self.number(bytes, end + 16, 4)
        guard Self.number(bytes, end + 4, 2) == 0, Self.number(bytes, end + 8, 2) == count, place != 0xFFFF_FFFF else {
            throw ZipError("it is one of several parts, or larger than 4 GB")
        }
        var members: [Member] = []
        for _ in 0..<count {
            guard place + 46 <= end, Self.number(bytes, place, 4) == 0x0201_4B50 else {
                throw ZipError("its directory is damaged")
            }
            let nameCount = Self.number(bytes, place + 28, 2)
            let next = place + 46 + nameCount + Self.number(bytes, place + 30, 2) + Self.number(bytes, place + 32, 2)
            guard next <= end else { throw ZipError("its directory is damaged") }
            members.append(
                Member(
                    name: String(decoding: bytes[(place + 46)..<(place + 46 + nameCount)], as: UTF8.self),
                    size: Self.number(bytes, place + 24, 4), method: UInt16(Self.number(bytes, place + 10, 2)),
                    flags: UInt16(Self.number(bytes, place + 8, 2)),
                    checksum: UInt32(Self.number(bytes, place + 16, 4)),
                    compressedSize: Self.number(bytes, place + 20, 4), offset: Self.number(bytes, place + 42, 4)))
            place = next
        }
        self.members = members
    }

    /// What a file holds.
    ///
    /// - Parameter limit: the most bytes that it may have.
    /// - Throws: a `ZipError` when it is damaged or larger.
    public func contents(of member: Member, limit: Int) throws(ZipError) -> [UInt8] {
        let start = member.offset
        guard start + 30 <= bytes.count, Self.number(bytes, start, 4) == 0x0403_4B50 else {
            throw ZipError("\(member.name) is not where the directory says")
        }
        guard member.flags & 1 == 0 else { throw ZipError("\(member.name) is encrypted") }
        guard member.size <= limit else {
            throw ZipError("\(member.name) has \(member.size) bytes, which is too large")
        }
        let first = start + 30 + Self.number(bytes, start + 26, 2) + Self.number(bytes, start + 28, 2)
        guard first + member.compressedSize <= bytes.count else { throw ZipError("\(member.name) is cut off") }
        let result: [UInt8]
        switch member.method {
        case 0:
            guard member.compressedSize == member.size else { throw ZipError("\(member.name) is damaged") }
            result = Array(bytes[first..<(first + member.size)])
        case 8: result = try inflated(member, at: first)
        default: throw ZipError("\(member.name) is compressed by method \(member.method), which is not known")
        }
        guard result.withUnsafeBytes({ libdeflate_crc32(0, $0.baseAddress, $0.count) }) == member.checksum else {
            throw ZipError("\(member.name) is damaged: its checksum is another")
        }
        return result
    }

    /// All of it at once, whose size is known: libdeflate takes half the time of zlib.
    private func inflated(_ member: Member, at first: Int) throws(ZipError) -> [UInt8] {
        guard let decompressor = libdeflate_alloc_decompressor() else { throw ZipError("out of memory") }
        defer { libdeflate_free_decompressor(decompressor) }
        var isWhole = false
        let result = [UInt8](unsafeUninitializedCapacity: member.size) { target, count in
            bytes.withUnsafeBytes { source in
                // Without a place for the size, just that many bytes have to come out.
                let status = libdeflate_deflate_decompress(
                    decompressor, source.baseAddress.map { $0 + first }, member.compressedSize, target.baseAddress,
                    member.size, nil)
                isWhole = status == LIBDEFLATE_SUCCESS
            }
            count = isWhole ? member.size : 0
        }
        guard isWhole else { throw ZipError("\(member.name) is damaged") }
        return result
    }

    /// The number in `count` bytes, the lowest first.
    private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
}

/// Why a zip archive cannot be read.
public struct ZipError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, in words.
    public let description: String

    init(_ description: String) { self.description = description }
}
