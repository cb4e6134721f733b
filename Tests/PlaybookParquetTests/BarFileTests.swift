import PlaybookCore
import Testing

@testable import PlaybookParquet

/// Numbers that follow from a seed.
struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var word = state
        word ^= word >> 33
        word &*= 0xFF51_AFD7_ED55_8CCD
        return word ^ (word >> 33)
    }
}

/// `count` bars like a stock's, in cents.
func someBars(_ count: Int, seed: UInt64 = 1) -> BarColumns {
    var random = Random(state: seed)
    var bars = BarColumns(capacity: count)
    var cents = 54_000
    for index in 0..<count {
        let open = cents
        cents += Int.random(in: -40...40, using: &random)
        let high = max(open, cents) + Int.random(in: 0...20, using: &random)
        let low = min(open, cents) - Int.random(in: 0...20, using: &random)
        let time = 1_704_205_800 + Int64(index / 195) * 86_400 + Int64(index % 195) * 120
        bars.append(
            Bar(
                time: time, open: Double(open) / 100, high: Double(high) / 100, low: Double(low) / 100,
                close: Double(cents) / 100, volume: Double(Int.random(in: 1000...900_000, using: &random))))
    }
    return bars
}

/// Whether two tables are the same bit for bit.
func same(_ left: BarColumns, _ right: BarColumns) -> Bool {
    func bits(_ bars: BarColumns) -> [[UInt64]] {
        [bars.open, bars.high, bars.low, bars.close, bars.volume].map { $0.map(\.bitPattern) }
    }
    return left.times == right.times && bits(left) == bits(right)
}

@Suite struct BarFileTests {
    @Test(arguments: [0, 1, 2, 7, 8, 9, 127, 128, 129, 130, 4095])
    func barsComeBack(_ count: Int) throws {
        let bars = someBars(count)
        let (back, metadata) = try BarFile.decode(BarFile.encode(bars, metadata: [("symbol", "SPY"), ("é", "")]))
        #expect(same(back, bars))
        #expect(metadata == ["symbol": "SPY", "é": ""])
    }

    @Test func oddNumbersComeBackBitForBit() throws {
        let odd: [Double] = [
            0, -0.0, .nan, -.nan, Double(nan: 5, signaling: true), .infinity, -.infinity, .leastNonzeroMagnitude,
            -.leastNonzeroMagnitude, 1e300,
            .greatestFiniteMagnitude, 0x1p53, 0.1, 1.0 / 3,
        ]
        var bars = BarColumns()
        for (index, value) in odd.enumerated() {
            bars.append(
                Bar(time: Int64(index * index) - 50, open: value, high: -value, low: 1, close: value, volume: value))
        }
        #expect(same(try BarFile.decode(BarFile.encode(bars, metadata: [])).bars, bars))
    }

    @Test func volumeIsWholeNumbersUnlessBitsWouldBeLost() throws {
        var bars = someBars(10)
        func kind() throws -> ParquetColumn.Kind {
            let file = try ParquetFile(BarFile.encode(bars, metadata: []))
            return file.columns[5].kind
        }
        #expect(try kind() == .integer)
        bars.volume[3] = -0x1p53 + 1
        #expect(try kind() == .integer)
        for value in [0.5, -0.0, 0x1p53, .nan] {
            bars.volume[3] = value
            #expect(try kind() == .double)
        }
    }

    @Test func theSameBarsGiveTheSameBytes() {
        let bars = someBars(4095)
        #expect(BarFile.encode(bars, metadata: [("a", "b")]) == BarFile.encode(bars, metadata: [("a", "b")]))
    }

    @Test func aMonthIsSmall() {
        // 4,095 bars of 48 bytes; prices in cents.
        #expect(BarFile.encode(someBars(4095), metadata: []).count < 55_000)
    }

    @Test(arguments: [0, 20, 4095])
    func whatDoesNotHalveMayStayAsItIs(_ count: Int) throws {
        let bars = someBars(count)
        var writer = ParquetWriter()
        let small = BarFile.encode(bars, metadata: [], writer: writer)
        writer.compressesWhereItHalves = true
        let bytes = BarFile.encode(bars, metadata: [], writer: writer)
        #expect(same(try BarFile.decode(bytes).bars, bars))
        #expect(bytes.count < small.count * 3 / 2 + 200)
        guard count > 0 else { return }
        let codecs = try #require(try ParquetFile(bytes).footer.rowGroups.first).chunks.map(\.codec)
        // Times of bars that follow each other, and volumes that are all different; nothing of a few bars.
        #expect(codecs.first == (count == 4095 ? CompressionCodec.zstd : .uncompressed).rawValue)
        #expect(codecs.last == CompressionCodec.uncompressed.rawValue)
    }

    @Test func severalRowGroupsAndPagesComeBack() throws {
        let bars = someBars(200_000)
        var writer = ParquetWriter()
        writer.rowsPerGroup = 150_000
        let bytes = BarFile.encode(bars, metadata: [], writer: writer)
        #expect(same(try BarFile.decode(bytes).bars, bars))
    }

    @Test func anyFlippedBitIsSeen() {
        let bytes = BarFile.encode(someBars(20), metadata: [("symbol", "SPY")])
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8(bit)
                #expect(throws: ParquetError.self, "bit \(bit) of byte \(index)") { try BarFile.decode(damaged) }
            }
        }
    }

    @Test func anyTruncationIsSeen() {
        let bytes = BarFile.encode(someBars(20), metadata: [])
        for count in 0..<bytes.count {
            #expect(throws: ParquetError.self, "\(count) bytes") { try BarFile.decode(Array(bytes[..<count])) }
            #expect(throws: ParquetError.self, "\(count) bytes") { try ParquetFile(Array(bytes[..<count])) }
        }
    }

    @Test func otherSealedFilesAreNoBars() {
        let bytes = ParquetWriter().encode([.init("x", .doubles([1]))])
        #expect(throws: ParquetError("the file holds other columns than timestamp, open, high, low, close, volume")) {
            try BarFile.decode(bytes)
        }
    }
}
