import PlaybookParquet
import Testing

/// Reads all that can be read; whatever it is told is fine, so long as it ends, and is the same for a file in memory and
/// for one that is read piece by piece.
private func readAll(_ bytes: [UInt8]) {
    let pieces = try? ParquetFile(reading: PieceSource(bytes: bytes))
    guard let file = try? ParquetFile(bytes) else {
        #expect(pieces == nil)
        return
    }
    #expect(pieces?.rowCount == file.rowCount)
    func read<Value: Equatable>(_ values: (ParquetFile) throws -> [Value]) {
        let found = try? values(file)
        #expect(pieces.flatMap { try? values($0) } == found)
    }
    for (index, column) in file.columns.enumerated() {
        switch column.kind {
        case .double, .decimal: read { try $0.doubles(index).values.map(\.bitPattern) }
        case .integer:
            read { try $0.doubles(index).values.map(\.bitPattern) }
            read { try $0.integers(index).values }
        case .timestamp, .date, .timeOfDay, .boolean: read { try $0.integers(index).values }
        case .string: read { try $0.strings(index).values }
        case .other: #expect(throws: ParquetError.self) { try file.doubles(index) }
        }
    }
}

/// Files that are damaged, cut off or put together from pieces.
@Suite struct HostileFileTests {
    private func mutated(_ bytes: [UInt8], _ other: [UInt8], _ random: inout Random) -> [UInt8] {
        var result = bytes
        let kind = Int.random(in: 0..<10, using: &random)
        switch kind {
        case 0: result.removeLast(Int.random(in: 1...result.count, using: &random))
        case 1:
            // Pieces of two files, with the end of one.
            let cut = Int.random(in: 0...bytes.count, using: &random)
            result = Array(bytes[..<cut]) + other[Int.random(in: 0...other.count, using: &random)...]
        case 2:
            // A piece repeated, the footer's place kept from the end.
            let start = Int.random(in: 0..<bytes.count, using: &random)
            let end = Int.random(in: start...min(bytes.count, start + 64), using: &random)
            result.insert(contentsOf: bytes[start..<end], at: Int.random(in: 0..<bytes.count, using: &random))
        default:
            // The footer and the heads of pages say most: half of the changes go to the last part.
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let from = Bool.random(using: &random) ? 0 : result.count * 3 / 4
                let index = Int.random(in: from..<result.count, using: &random)
                if Bool.random(using: &random) {
                    result[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                } else {
                    let extremes: [UInt8] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF]
                    result[index] = extremes.randomElement(using: &random) ?? 0
                }
            }
        }
        return result
    }

    /// Without page checksums, which would keep most damage from the decoders.
    private static let foreign = [
        "arrow-v2", "arrow-required", "arrow-clocks", "duckdb-v1", "duckdb-v2", "arrow-int96", "arrow-nested",
        "arrow-v1",
    ]

    @Test(arguments: foreign.indices)
    func damagedForeignFilesAreReadOrRefused(_ index: Int) throws {
        var random = Random(state: UInt64(index))
        let bytes = try fixture(Self.foreign[index])
        let other = try fixture(Self.foreign[(index + 1) % Self.foreign.count])
        readAll(bytes)
        for _ in 0..<600 { readAll(mutated(bytes, other, &random)) }
    }

    @Test func damagedBarFilesAreRefused() {
        var random = Random(state: 11)
        let bars = someBars(300)
        let bytes = BarFile.encode(bars, metadata: [("symbol", "SPY")])
        let other = BarFile.encode(someBars(300, seed: 2), metadata: [("symbol", "SPY")])
        for round in 0..<1500 {
            let damaged = mutated(bytes, other, &random)
            readAll(damaged)
            if damaged == other { continue }
            if let back = try? BarFile.decode(damaged) {
                #expect(damaged == bytes && same(back.bars, bars), "round \(round)")
            }
        }
    }
}
