import Testing

@testable import PlaybookParquet

/// Footers that claim what their files cannot hold.
@Suite struct FooterTests {
    /// A file with one column of doubles whose only page is `page`, with `rows` rows, as its footer says.
    private func file(rows: Int, page: [UInt8], codec: CompressionCodec = .uncompressed) -> [UInt8] {
        var footer = ThriftWriter()
        footer.structure { file in
            file.int32(1, 1)
            file.list(2, [0, 1]) { element, index in
                if index == 1 { element.int32(1, PhysicalType.double.rawValue) }
                if index == 1 { element.int32(3, 0) }
                element.text(4, index == 0 ? "schema" : "x")
                if index == 0 { element.int32(5, 1) }
            }
            file.int64(3, rows)
            file.list(4, [0]) { group, _ in
                group.list(1, [0]) { chunk, _ in
                    chunk.int64(2, 0)
                    chunk.structure(3) {
                        $0.int32(1, PhysicalType.double.rawValue)
                        $0.int32(4, codec.rawValue)
                        $0.int64(5, rows)
                        $0.int64(6, page.count)
                        $0.int64(7, page.count)
                        $0.int64(9, 4)
                    }
                }
                group.int64(2, page.count)
                group.int64(3, rows)
            }
        }
        let length = withUnsafeBytes(of: UInt32(footer.bytes.count).littleEndian) { Array($0) }
        return parquetMagic + page + footer.bytes + length + parquetMagic
    }

    /// - Parameter note: something in the page's head that is not known.
    private func page(
        _ body: [UInt8], size: Int32? = nil, values: Int, _ encoding: Encoding, note: String? = nil
    ) -> [UInt8] {
        var head = ThriftWriter()
        head.structure {
            $0.int32(1, PageType.data.rawValue)
            $0.int32(2, size ?? Int32(body.count))
            $0.int32(3, Int32(body.count))
            $0.structure(5) {
                $0.int32(1, Int32(values))
                $0.int32(2, encoding.rawValue)
                $0.int32(3, 3)
                $0.int32(4, 3)
            }
            if let note { $0.text(20, note) }
        }
        return head.bytes + body
    }

    @Test func aPageMayHaveALongHeadWhereverItStands() throws {
        let body = withUnsafeBytes(of: (1.5).bitPattern.littleEndian) { Array($0) }
        for length in [3_000, 5_000, 261_000, 300_000] {
            let note = String(repeating: "n", count: length)
            let pages = (0..<3).flatMap { _ in page(body, values: 1, .plain, note: note) }
            let bytes = file(rows: 3, page: pages)
            #expect(try ParquetFile(bytes).doubles(0).values == [1.5, 1.5, 1.5])
            let file = try ParquetFile(reading: PieceSource(bytes: bytes))
            #expect(try file.doubles(0).values == [1.5, 1.5, 1.5])
            #expect(try file.doubles(0, rows: 2..<3).values == [1.5])
        }
    }

    private func page(version2 body: [UInt8], values: Int, rows: Int32?, nulls: Int32 = 0) -> [UInt8] {
        var head = ThriftWriter()
        head.structure {
            $0.int32(1, PageType.dataV2.rawValue)
            $0.int32(2, Int32(body.count))
            $0.int32(3, Int32(body.count))
            $0.structure(8) {
                $0.int32(1, Int32(values))
                $0.int32(2, nulls)
                if let rows { $0.int32(3, rows) }
                $0.int32(4, Encoding.plain.rawValue)
                $0.int32(5, 0)
                $0.int32(6, 0)
            }
        }
        return head.bytes + body
    }

    @Test func aPageThatCountsItsRowsWronglyIsRefused() throws {
        let values = [1.5, -2].flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
        for rows in [2, nil] as [Int32?] {
            let file = try ParquetFile(file(rows: 2, page: page(version2: values, values: 2, rows: rows)))
            #expect(try file.doubles(0).values == [1.5, -2])
        }
        for (rows, nulls, problem) in [
            (-2, 0, "field 3 is negative: -2"), (2, -1, "field 2 is negative: -1"),
            (1, 0, "the page's head has 2 values for 1 rows"), (3, 0, "the page's head has 2 values for 3 rows"),
        ] as [(Int32, Int32, String)] {
            let file = try ParquetFile(file(rows: 2, page: page(version2: values, values: 2, rows: rows, nulls: nulls)))
            let error = #expect(throws: ParquetError.self) { try file.doubles(0) }
            #expect(error?.description.contains(problem) == true, "\(String(describing: error))")
        }
        // Of version 1: the count of values.
        #expect(throws: ParquetError.self) {
            try ParquetFile(file(rows: 2, page: page(values, values: -2, .plain))).doubles(0)
        }
    }

    @Test func aNameInAnErrorCanBeRead() {
        #expect(ParquetError.quoted("Schlußkurs") == "\"Schlußkurs\"")
        #expect(ParquetError.quoted("a\"b\\c") == #""a\"b\\c""#)
        let bytes = String(decoding: [0x76, 0xEF, 0x0A, 0x1B], as: UTF8.self) + "\u{202E}"
        #expect(ParquetError.quoted(bytes) == #""v\u{FFFD}\u{A}\u{1B}\u{202E}""#)
        #expect(ParquetError.quoted(String(repeating: "n", count: 65)) == "\"\(String(repeating: "n", count: 64))…\"")
    }

    @Test func aHandMadeFileIsRead() throws {
        let values = [1.5, -2].flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
        let file = try ParquetFile(file(rows: 2, page: page(values, values: 2, .plain)))
        #expect(try file.doubles(0).values == [1.5, -2])
    }

    @Test func moreRowsThanTheFileCanHold() {
        let bytes = file(rows: 1 << 40, page: page([], values: 0, .plain))
        #expect(throws: ParquetError.self) { try ParquetFile(bytes) }
    }

    @Test func moreValuesThanThePageHolds() throws {
        let file = try ParquetFile(file(rows: 1 << 21, page: page([1, 2, 3], values: 1 << 21, .plain)))
        #expect(
            throws: ParquetError("column \"x\": row group 0, page at byte 4: 3 bytes for 2097152 values")
        ) { try file.doubles(0) }
    }

    @Test func pagesThatEndEarly() throws {
        let file = try ParquetFile(file(rows: 3, page: page([UInt8](repeating: 0, count: 8), values: 1, .plain)))
        #expect(throws: ParquetError.self) { try file.doubles(0) }
    }

    @Test func aPageThatSaysToBeHuge() throws {
        let page = page([1, 2, 3], size: 1 << 30, values: 3, .plain)
        let file = try ParquetFile(file(rows: 3, page: page, codec: .zstd))
        #expect(
            throws: ParquetError(
                "column \"x\": row group 0, page at byte 4: 1073741824 bytes for 3 values is not plausible")
        ) { try file.doubles(0) }
    }

    @Test func indicesWithoutADictionary() throws {
        let file = try ParquetFile(file(rows: 3, page: page([1, 6, 0], values: 3, .rleDictionary)))
        #expect(throws: ParquetError.self) { try file.doubles(0) }
    }

    @Test func structuresWithinStructures() {
        // Unknown field 15, a structure, whose field 1 is a structure, and so on.
        let nested = [0xFC] + [UInt8](repeating: 0x1C, count: 1000)
        let length = withUnsafeBytes(of: UInt32(nested.count).littleEndian) { Array($0) }
        #expect(throws: ParquetError("footer: byte 29: structures are nested too deep")) {
            try ParquetFile(parquetMagic + nested + length + parquetMagic)
        }
    }
}
