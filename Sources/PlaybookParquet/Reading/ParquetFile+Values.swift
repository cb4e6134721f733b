extension ParquetFile {
    /// Column `index` as `Double`s: of floating-point numbers, whole numbers, and decimals (rounded once). Nulls are NaN.
    ///
    /// - Parameter rows: the rows to read; pages that hold none of them are passed over. Nil for all.
    /// - Throws: `ParquetError`, also for a column of another kind.
    public func doubles(_ index: Int, rows: Range<Int>? = nil) throws(ParquetError) -> Values<Double> {
        try values(index, rows, as: .doubles)
    }

    /// Column `index` as `Int64`s: whole numbers as they are, dates as days since 1970-01-01, times of day of any
    /// unit as microseconds since midnight, booleans as 0 and 1, and timestamps of any unit as microseconds since
    /// 1970-01-01T00:00 (nanoseconds are rounded down). Nulls are 0.
    ///
    /// - Parameter rows: the rows to read; pages that hold none of them are passed over. Nil for all.
    /// - Throws: `ParquetError`, also for a column of another kind and for values that do not fit.
    public func integers(_ index: Int, rows: Range<Int>? = nil) throws(ParquetError) -> Values<Int64> {
        try values(index, rows, as: .integers)
    }

    /// Column `index`, one of timestamps, as seconds since 1970-01-01T00:00, rounded down. Nulls are 0.
    ///
    /// - Parameter rows: the rows to read; pages that hold none of them are passed over. Nil for all.
    /// - Throws: `ParquetError`, also for a column of another kind and for values that do not fit.
    public func seconds(_ index: Int, rows: Range<Int>? = nil) throws(ParquetError) -> Values<Int64> {
        try values(index, rows, as: .seconds)
    }

    /// From the least to the largest of column `index`, one of timestamps, in seconds since 1970-01-01T00:00, as the
    /// file's statistics have it; nil where they do not tell. They may be wrong.
    public func statedSeconds(_ index: Int) -> ClosedRange<Int64>? {
        guard case .timestamp(let unit, _) = columns[index].kind, footer.leaves[index].type == .int64 else {
            return nil
        }
        let parts: Int64 =
            switch unit {
            case .milliseconds: 1000
            case .microseconds: 1_000_000
            case .nanoseconds: 1_000_000_000
            }
        var stated: ClosedRange<Int64>?
        for group in footer.rowGroups where group.rowCount > 0 {
            guard let extent = group.chunks[index].extent else { return nil }
            let least = extent.lowerBound.dividedRoundingDown(by: parts)
            let largest = extent.upperBound.dividedRoundingDown(by: parts)
            stated = min(stated?.lowerBound ?? least, least)...max(stated?.upperBound ?? largest, largest)
        }
        return stated
    }

    /// Column `index` as strings. Nulls are "".
    ///
    /// - Parameter rows: the rows to read; pages that hold none of them are passed over. Nil for all.
    /// - Throws: `ParquetError`, also for a column of another kind and for text that is not UTF-8.
    public func strings(_ index: Int, rows: Range<Int>? = nil) throws(ParquetError) -> Values<String> {
        let leaf = footer.leaves[index]
        let rows = (rows ?? 0..<rowCount).clamped(to: 0..<rowCount)
        var result = Values<String>(values: [], nullRows: [])
        let scratch = Scratch.take()
        defer { scratch.release() }
        try withBytes { (bytes) throws(ParquetError) in
            do throws(ParquetError) {
                var reader = try TextReader(leaf, fileSize: bytes.count)
                var pages = PageReader(bytes, leaf, scratch, checksChecksums: !isVerified)
                try eachPage(index, rows, &pages) { (event, pages) throws(ParquetError) in
                    switch event {
                    case .dictionary(let page): try reader.setDictionary(page)
                    case .values(let page, let first):
                        let wanted = rows.clamped(to: first..<(first + page.valueCount))
                        let cut = (wanted.lowerBound - first)..<(wanted.upperBound - first)
                        Self.append(try reader.read(page), page, pages.presence, cut, to: &result)
                    case .end: reader.endRowGroup()
                    }
                }
            } catch {
                throw error.within(leaf.label)
            }
        }
        return result
    }

    /// Appends the values of `page` at the places `cut`.
    private static func append(
        _ present: [String], _ page: Page, _ presence: [UInt8], _ cut: Range<Int>, to result: inout Values<String>
    ) {
        if page.presentCount == page.valueCount {
            result.values += present[cut]
            return
        }
        var next = 0
        for index in 0..<cut.upperBound {
            let isPresent = presence[index] == 1
            if index >= cut.lowerBound {
                if !isPresent { result.nullRows.append(result.values.count) }
                result.values.append(isPresent ? present[next] : "")
            }
            if isPresent { next += 1 }
        }
    }

    /// What comes along when a column's pages are gone through.
    private enum Event {
        case dictionary(Page)
        /// A page and the number of its first row in the file.
        case values(Page, first: Int)
        case end
    }

    /// Goes through the pages of column `index` that hold some of `rows`; errors are given the row group and the page's
    /// place.
    private func eachPage(
        _ index: Int, _ rows: Range<Int>, _ pages: inout PageReader,
        _ body: (Event, borrowing PageReader) throws(ParquetError) -> Void
    ) throws(ParquetError) {
        var start = 0
        for (number, group) in footer.rowGroups.enumerated() {
            let own = start..<(start + group.rowCount)
            start = own.upperBound
            let wanted = rows.clamped(to: own)
            if wanted.isEmpty, !own.isEmpty { continue }
            do throws(ParquetError) {
                try pages.begin(
                    group.chunks[index], rowCount: group.rowCount,
                    rows: (wanted.lowerBound - own.lowerBound)..<(wanted.upperBound - own.lowerBound))
                while let page = try pages.next() {
                    try body(
                        page.isDictionary
                            ? .dictionary(page) : .values(page, first: own.lowerBound + page.firstRow), pages)
                }
                try body(.end, pages)
            } catch {
                throw error.within("row group \(number), page at byte \(pages.pageStart)")
            }
        }
    }

    private func values<Value>(
        _ index: Int, _ rows: Range<Int>?, as form: WordReader.Output
    ) throws(ParquetError) -> Values<Value> {
        let rows = (rows ?? 0..<rowCount).clamped(to: 0..<rowCount)
        var nullRows: [Int] = []
        let values = try [Value](unsafeUninitializedCapacity: rows.count) { (target, count) throws(ParquetError) in
            LargeMemory(UnsafeMutableRawBufferPointer(target)).populate()
            let words = UnsafeMutableRawBufferPointer(target).bindMemory(to: UInt64.self)
            nullRows = try read(index, rows, as: form, into: words).nullRows
            count = rows.count
        }
        return Values(values: values, nullRows: nullRows)
    }

    /// Reads `rows` of column `index` as words of 64 bits into `target`, which has room for them.
    ///
    /// - Returns: the rows that are null, counted from the first of `rows`; and whether all of them are whole, if
    ///   seconds were asked for.
    func read(
        _ index: Int, _ rows: Range<Int>, as form: WordReader.Output, into target: UnsafeMutableBufferPointer<UInt64>
    ) throws(ParquetError) -> (nullRows: [Int], isWhole: Bool) {
        let leaf = footer.leaves[index]
        precondition(target.count >= rows.count, "there is room for every row")
        let scratch = Scratch.take()
        defer { scratch.release() }
        return try withBytes { (bytes) throws(ParquetError) in
            do throws(ParquetError) {
                var reader = try WordReader(leaf, as: form, scratch)
                guard let start = target.baseAddress, !rows.isEmpty else { return ([], true) }
                var pages = PageReader(bytes, leaf, scratch, checksChecksums: !isVerified)
                var nulls: [Int] = []
                var filled = 0
                try eachPage(index, rows, &pages) { (event, pages) throws(ParquetError) in
                    switch event {
                    case .dictionary(let page): try reader.setDictionary(page)
                    case .values(let page, let first):
                        let wanted = rows.clamped(to: first..<(first + page.valueCount))
                        guard wanted.count <= rows.count - filled else { return }
                        if wanted.count == page.valueCount {
                            try reader.read(page, pages.presence, into: start + filled)
                        } else {
                            // Only some of the page's rows are wanted.
                            let edge = scratch.areas.edge.room(page.valueCount * 8).bindMemory(to: UInt64.self)
                            guard let words = edge.baseAddress else { return }
                            try reader.read(page, pages.presence, into: words)
                            (start + filled).update(from: words + (wanted.lowerBound - first), count: wanted.count)
                        }
                        if page.presentCount < page.valueCount {
                            for row in wanted where pages.presence[row - first] == 0 {
                                nulls.append(row - rows.lowerBound)
                            }
                        }
                        filled += wanted.count
                    case .end: reader.endRowGroup()
                    }
                }
                guard filled == rows.count else { throw ParquetError("\(filled) of \(rows.count) rows are there") }
                return (nulls, reader.isWhole)
            } catch {
                throw error.within(leaf.label)
            }
        }
    }
}
