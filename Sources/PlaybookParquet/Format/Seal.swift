/// Sixteen bytes between the last column and the footer that make damage to a file certain to be seen: eight bytes that
/// name it, the CRC-32 of the whole file but these four bytes, and four zeros. Other readers pass over them, since
/// nothing in the footer refers to them.
enum Seal {
    static let magic: [UInt8] = Array("PBSEAL\u{1}\n".utf8)
    static let size = 16
    /// Where the checksum is in the seal.
    static let checksumOffset = 8

    /// A seal yet without its checksum.
    static var blank: [UInt8] { magic + [UInt8](repeating: 0, count: size - magic.count) }

    /// The checksum of `file`, whose seal begins at `start`.
    static func checksum(_ file: UnsafeRawBufferPointer, at start: Int) -> UInt32 {
        let checksum = start + checksumOffset
        let before = Checksum.crc32(UnsafeRawBufferPointer(rebasing: file[..<checksum]))
        return Checksum.crc32(UnsafeRawBufferPointer(rebasing: file[(checksum + 4)...]), continuing: before)
    }

    /// Whether a seal begins at `start`.
    static func isPresent(in file: UnsafeRawBufferPointer, at start: Int) -> Bool {
        start >= parquetMagic.count && start <= file.count - size
            && file[start..<(start + magic.count)].elementsEqual(magic)
    }

    /// Throws unless a seal begins at `start` and the file is as it was when it was sealed.
    static func verify(_ file: UnsafeRawBufferPointer, at start: Int) throws(ParquetError) {
        guard isPresent(in: file, at: start) else {
            throw ParquetError("the file is not sealed: trading-playbook did not write it, or it is damaged")
        }
        let stored = file.loadUnaligned(fromByteOffset: start + checksumOffset, as: UInt32.self)
        guard UInt32(littleEndian: stored) == checksum(file, at: start) else {
            throw ParquetError("the file is damaged: its bytes do not match the checksum in its seal")
        }
    }
}
