import Testing

@testable import PlaybookParquet

/// Encodings by hand-worked bytes.
@Suite struct EncodingTests {
    /// Eight bytes more, as the decoders may read that far.
    private func padded<Result>(_ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result
    {
        try (bytes + [UInt8](repeating: 0xAA, count: 8)).withUnsafeBytes {
            try body(UnsafeRawBufferPointer(rebasing: $0[..<bytes.count]))
        }
    }

    private func deltas(_ bytes: [UInt8], _ count: Int) throws -> [Int64] {
        var values = [Int64](repeating: -1, count: count)
        try padded(bytes) { bytes in
            try values.withUnsafeMutableBufferPointer {
                _ = try DeltaBinaryPacked.decode(bytes, count: count, into: try #require($0.baseAddress))
            }
        }
        return values
    }

    private func runs(_ bytes: [UInt8], width: Int, _ count: Int) throws -> [UInt32] {
        var values = [UInt32](repeating: 99, count: count)
        try padded(bytes) { bytes in
            try values.withUnsafeMutableBufferPointer {
                try HybridRuns.decode(bytes, width: width, count: count, into: try #require($0.baseAddress))
            }
        }
        return values
    }

    @Test func differencesOfTheSpecification() throws {
        // 1 to 5 in the specification's example: header (blocks of 128 in 4 groups, 5 values, first 1), then a block
        // whose least difference is 1 and whose groups need no bits.
        let bytes: [UInt8] = [0x80, 0x01, 0x04, 0x05, 0x02, 0x02, 0, 0, 0, 0]
        #expect(DeltaBinaryPacked.encode([1, 2, 3, 4, 5] as ArraySlice<Int64>) == bytes)
        #expect(try deltas(bytes, 5) == [1, 2, 3, 4, 5])
        // 7, 5, 3, 1, 2, 3, 4, 5: the least is -2, and the others are 0 0 0 3 3 3 3 above it, in two bits.
        let mixed = DeltaBinaryPacked.encode([7, 5, 3, 1, 2, 3, 4, 5] as ArraySlice<Int64>)
        #expect(mixed == [0x80, 0x01, 0x04, 0x08, 0x0E, 0x03, 2, 0, 0, 0, 0xC0, 0x3F, 0, 0, 0, 0, 0, 0])
        #expect(try deltas(mixed, 8) == [7, 5, 3, 1, 2, 3, 4, 5])
    }

    @Test func differencesOfAnyWidth() throws {
        var random = Random(state: 3)
        for width in 1...64 {
            let values = (0..<300).map { _ in Int64(bitPattern: random.next() >> UInt64(64 - width)) }
            #expect(try deltas(DeltaBinaryPacked.encode(values[...]), 300) == values)
            let narrow = values.map { Int32(truncatingIfNeeded: $0) }
            let back = try deltas(DeltaBinaryPacked.encode(narrow[...]), 300)
            #expect(back.map { Int32(truncatingIfNeeded: $0) } == narrow)
        }
    }

    @Test func runsAndGroups() throws {
        // 0 to 7 in three bits, the specification's example; then five times 4.
        #expect(
            try runs([0x03, 0x88, 0xC6, 0xFA, 0x0A, 0x04], width: 3, 13) == [0, 1, 2, 3, 4, 5, 6, 7, 4, 4, 4, 4, 4])
        #expect(try runs([0x06], width: 0, 3) == [0, 0, 0])
        var random = Random(state: 4)
        for width in 1...32 {
            let values = (0..<100).map { _ in UInt32(truncatingIfNeeded: random.next() >> UInt64(64 - width)) }
            let bytes = HybridRuns.encode(values[...], width: width)
            #expect(bytes[0] == UInt8(width))
            #expect(try runs(Array(bytes[1...]), width: width, 100) == values)
        }
    }

    @Test func whatIsCutOffOrImpossibleIsRefused() {
        #expect(throws: ParquetError("the values are cut off")) { try runs([0x03, 0x88], width: 3, 8) }
        #expect(throws: ParquetError("a run of no values")) { try runs([0x00, 0x00], width: 3, 8) }
        #expect(throws: ParquetError("a width of 33 bits")) { try runs([0x03], width: 33, 8) }
        #expect(throws: ParquetError("4 values where 5 are due")) { try deltas([0x80, 0x01, 0x04, 0x04, 0x02], 5) }
        #expect(throws: ParquetError("a width of 65 bits")) {
            try deltas([0x80, 0x01, 0x04, 0x02, 0x02, 0x02, 65, 0, 0, 0], 2)
        }
        #expect(throws: ParquetError("blocks of 128 values in 0 groups")) { try deltas([0x80, 0x01, 0, 5, 2], 5) }
    }

    @Test func decimalsAreRoundedOnce() throws {
        #expect(DecimalValue.double(12_345, scale: 2) == 123.45)
        #expect(DecimalValue.double(-1, scale: 30) == -1e-30)
        #expect(DecimalValue.double(9_007_199_254_740_993, scale: 1) == 900_719_925_474_099.3)
        func wide(_ bytes: [UInt8], _ scale: Int) throws -> Double {
            try bytes.withUnsafeBytes { try DecimalValue.double($0, scale: scale) }
        }
        #expect(try wide([0xFF, 0x85], 2) == -1.23)
        #expect(try wide([UInt8](repeating: 0, count: 30) + [1, 0], 0) == 256)
        #expect(try wide([0x0D, 0xE0, 0xB6, 0xB3, 0xA7, 0x64, 0, 0, 0], 18) == 256)
        #expect(throws: ParquetError.self) { try wide([1] + [UInt8](repeating: 0, count: 16), 0) }
        #expect(throws: ParquetError.self) { try wide([], 0) }
    }
}
