extension EncodedChunk {
    /// The pages of `rows`: at most `pageRows` each.
    private static func pages(_ rows: Range<Int>) -> [Range<Int>] {
        stride(from: rows.lowerBound, to: rows.upperBound, by: pageRows).map {
            $0..<min($0 + pageRows, rows.upperBound)
        }
    }

    /// Whole numbers: as differences.
    static func integers(_ values: [Int64], _ rows: Range<Int>, _ compressor: borrowing PageCompressor) -> EncodedChunk
    {
        var chunk = EncodedChunk(statistics: Statistics(values[rows]), compressor)
        for page in pages(rows) {
            chunk.addData(DeltaBinaryPacked.encode(values[page]), rows: page.count, .deltaBinaryPacked, compressor)
        }
        return chunk
    }

    /// Days: as differences.
    static func days(_ values: [Int32], _ rows: Range<Int>, _ compressor: borrowing PageCompressor) -> EncodedChunk {
        var chunk = EncodedChunk(statistics: Statistics(values[rows]), compressor)
        for page in pages(rows) {
            chunk.addData(DeltaBinaryPacked.encode(values[page]), rows: page.count, .deltaBinaryPacked, compressor)
        }
        return chunk
    }

    /// Numbers: the smallest of a dictionary, their bytes apart, and as they are. Where half of them or more have been
    /// there before, the dictionary is, and the others are not tried.
    static func doubles(_ values: [Double], _ rows: Range<Int>, _ compressor: borrowing PageCompressor) -> EncodedChunk
    {
        let blank = EncodedChunk(statistics: Statistics(values[rows]), compressor)
        let dictionary = ValueDictionary(values[rows])
        var best: EncodedChunk?
        if dictionary.map({ $0.values.count * 2 > rows.count }) ?? true {
            var split = blank
            var plain = blank
            for page in pages(rows) {
                split.addData(ByteStreamSplit.encode(values[page]), rows: page.count, .byteStreamSplit, compressor)
                let bytes = values[page].withUnsafeBytes { Array($0) }
                plain.addData(bytes, rows: page.count, .plain, compressor)
            }
            (split, plain) = (split.settled, plain.settled)
            best = split.bytes.count < plain.bytes.count ? split : plain
        }
        if let dictionary {
            var start = blank
            start.addDictionary(dictionary.page, entries: dictionary.values.count, compressor)
            for width in dictionary.widths {
                var chunk = start
                for page in pages(0..<rows.count) {
                    chunk.addData(dictionary.data(page, width: width), rows: page.count, .rleDictionary, compressor)
                }
                chunk = chunk.settled
                if best.map({ chunk.bytes.count < $0.bytes.count }) ?? true { best = chunk }
            }
        }
        return best ?? blank
    }

    /// Strings: a dictionary of them in the order of their first use, or as they are if there are too many.
    static func strings(_ values: [String], _ rows: Range<Int>, _ compressor: borrowing PageCompressor) -> EncodedChunk
    {
        var numbers: [String: UInt32] = [:]
        var distinct: [String] = []
        var indices: [UInt32] = []
        indices.reserveCapacity(rows.count)
        for value in values[rows] where distinct.count <= ValueDictionary.most {
            if let number = numbers[value] {
                indices.append(number)
            } else {
                numbers[value] = UInt32(distinct.count)
                indices.append(UInt32(distinct.count))
                distinct.append(value)
            }
        }
        var chunk = EncodedChunk(statistics: Statistics(values[rows]), compressor)
        if distinct.count > ValueDictionary.most {
            for page in pages(rows) {
                chunk.addData(plainText(values[page]), rows: page.count, .plain, compressor)
            }
            return chunk
        }
        chunk.addDictionary(plainText(distinct[...]), entries: distinct.count, compressor)
        let width = max(1, UInt64.bitWidth - UInt64(distinct.count - 1).leadingZeroBitCount)
        for page in pages(0..<rows.count) {
            let data = HybridRuns.encode(indices[page], width: width)
            chunk.addData(data, rows: page.count, .rleDictionary, compressor)
        }
        return chunk
    }

    /// Values that may be absent: which are there, and behind that those that are, as they are.
    static func optional<Value>(
        _ values: [Value?], _ rows: Range<Int>, _ compressor: borrowing PageCompressor,
        _ plain: ([Value]) -> [UInt8]
    ) -> EncodedChunk {
        var chunk = EncodedChunk(statistics: Statistics(nullCount: values[rows].count { $0 == nil }), compressor)
        for page in pages(rows) {
            let levels = HybridRuns.encode(values[page].map { $0 == nil ? 0 : 1 }[...], width: 1)
            // The levels of a data page begin with their size; a page of a dictionary's indices has their width first,
            // which levels do not.
            let runs = levels.dropFirst()
            var bytes = withUnsafeBytes(of: UInt32(runs.count).littleEndian) { Array($0) }
            bytes += runs
            bytes += plain(values[page].compactMap { $0 })
            chunk.addData(bytes, rows: page.count, .plain, compressor)
        }
        return chunk
    }

    /// Flags, eight a byte.
    static func plainFlags(_ values: [Bool]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (values.count + 7) / 8)
        for (index, value) in values.enumerated() where value { bytes[index / 8] |= 1 << UInt8(index % 8) }
        return bytes
    }

    static func plainText(_ values: ArraySlice<String>) -> [UInt8] {
        var bytes: [UInt8] = []
        for value in values {
            withUnsafeBytes(of: UInt32(value.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: value.utf8)
        }
        return bytes
    }
}
