import PlaybookCore
import PlaybookFileSystem
import PlaybookGzip

/// Reads bars from a text file, whatever its layout: finds out how it is written, then reads plain files fast and others
/// row by row.
struct TextBarReader {
    let path: String
    /// Whose bars are wanted where rows or columns name symbols; nil takes all.
    var symbol: Symbol?
    var options = FileOptions()
    /// Whether a date without a time of day, or midnight, stands for that date: in daily files. It is read as UTC midnight.
    var acceptsDates = false
    /// Told of each wrong line; when it returns, the line is left out.
    var onDefect: (PlaybookError) throws -> Void = { throw $0 }

    /// Files from this size on are read by two tasks.
    private static let parallelSize = 4 << 20
    /// How much of a file is looked at to find out how it is written, in bytes.
    private static let headSize = 64 << 10
    /// The largest file in a `.gz`, in bytes.
    private static let largestUnpacked = 8 << 30

    /// Reads the bars whose time lies in `window`, in seconds since the epoch.
    ///
    /// - Parameter expectedBars: at most how many bars the window can hold.
    func read(window: Range<Int64>, expectedBars: Int) async throws -> BarFileContents {
        if !path.lowercased().hasSuffix(".gz") {
            let head = try head()
            if let layout = try? self.layout(head, isWhole: false), isPlain(layout),
                let contents = await readPlain(layout, window, expectedBars)
            {
                return contents
            }
        }
        let bytes = try contents()
        let layout = try self.layout(bytes, isWhole: true)
        return try await readRows(bytes, layout, window)
    }

    // MARK: Plain files

    /// Whether lines may be in the plainest spelling, so that it is worth trying to read them so.
    private func isPlain(_ layout: TextLayout) -> Bool {
        layout.numbers == NumberStyle() && layout.column(.time) != nil && layout.column(.volume) != nil
            && (layout.column(.symbol) == nil || symbol != nil) && options.priceDecimals == 0 && !acceptsDates
            && layout.headerLine == 1
            && layout.dataLine == 2
    }

    /// The bars of a file all of whose lines are plain and right; nil otherwise.
    private func readPlain(_ layout: TextLayout, _ window: Range<Int64>, _ expectedBars: Int) async -> BarFileContents?
    {
        guard let size = FileSystem.size(of: path) else { return nil }
        let (path, symbol, start) = (path, symbol, layout.dataOffset)
        @Sendable func read(_ range: Range<Int>) -> PlainBars? {
            guard !range.isEmpty else { return PlainBars() }
            return try? PlainBars(path, layout, symbol, range, window, expectedBars)
        }
        var found: PlainBars
        if size >= Self.parallelSize {
            // What follows the line feed at or after the byte before a range starts a line.
            var (left, right): (PlainBars?, PlainBars?)
            await withTaskGroup(of: (isLeft: Bool, bars: PlainBars?).self) { group in
                group.addTask { (true, read(start..<(size / 2))) }
                group.addTask { (false, read((size / 2)..<size)) }
                for await half in group { if half.isLeft { left = half.bars } else { right = half.bars } }
            }
            // Taken, for while anything else holds the bars on the left, those on the right come behind a copy of them.
            guard let first = left.take(), let rest = right else { return nil }
            found = consume first
            guard found.append(rest) else { return nil }
        } else {
            guard let all = read(start..<max(start, size)) else { return nil }
            found = all
        }
        guard found.first != nil else { return nil }
        var understanding = understanding(layout)
        understanding.stamps = "ISO 8601"
        understanding.zone = "UTC, as the timestamps say"
        understanding.bars = found.count
        // All lines name the symbol that is wanted.
        if let symbol, layout.column(.symbol) != nil {
            understanding.symbols = [.init(name: symbol.name, rows: found.count)]
        }
        understanding.setExtent(first: found.first?.time, last: found.last?.time)
        return BarFileContents(
            bars: found.bars, first: found.first?.time, last: found.last?.time, understanding: understanding,
            warnings: layout.notes)
    }

    // MARK: Other files

    private func readRows(
        _ bytes: [UInt8], _ layout: TextLayout, _ window: Range<Int64>
    ) async throws -> BarFileContents {
        let table = await rows(bytes, layout)
        try SymbolDecision(path: path, symbol: symbol).require(table, hasColumn: layout.column(.symbol) != nil)
        var understanding = understanding(layout)
        understanding.stamps = table.form?.words ?? ""
        understanding.zone = zoneWords(table, layout)
        var assembler = RowAssembler(path: path, unit: "line", table)
        let bars = try assembler.bars(onDefect)
        return BarFileContents(
            assembler, bars, window: window, understanding: understanding,
            notes: layout.notes)
    }

    /// All rows; of a large file by two tasks, unless a field in quotes could hold the end of a line.
    private func rows(_ bytes: [UInt8], _ layout: TextLayout) async -> RowTable {
        let reader = TextRowReader(layout, symbol: symbol, options: options, acceptsDates: acceptsDates)
        @Sendable func read(_ range: Range<Int>, line: Int) -> (table: RowTable, lines: Int) {
            var reader = reader
            return bytes.withUnsafeBufferPointer { reader.read($0, in: range, line: line) }
        }
        let start = layout.dataOffset
        guard bytes.count >= Self.parallelSize, !bytes.contains(UInt8(ascii: "\"")),
            let middle = bytes[(bytes.count / 2)...].firstIndex(of: UInt8(ascii: "\n"))
        else { return read(start..<bytes.count, line: layout.dataLine).table }
        async let left = read(start..<(middle + 1), line: layout.dataLine)
        async let right = read((middle + 1)..<bytes.count, line: 1)
        var (table, lines) = await left
        table.append(await right.table, linesBefore: layout.dataLine + lines - 1)
        return table
    }

    private func understanding(_ layout: TextLayout) -> FileUnderstanding {
        var result = FileUnderstanding(path: path, format: layout.formatWords)
        result.columns = zip(layout.names, layout.roles).map { name, role in
            var name = name
            return .init(name: name.withUTF8 { printable($0) }, use: role.words)
        }
        return result
    }

    private func zoneWords(_ table: RowTable, _ layout: TextLayout) -> NeutralText {
        guard table.usesZone else { return "as the timestamps say" }
        if layout.isUTCByName { return "UTC, as the column's name says" }
        return options.zone.map { "\($0), by \(.named(.timezoneOfFiles))" } ?? "dates, whatever the zone"
    }

    // MARK: Bytes

    /// The layout of a file that begins with `bytes`.
    private func layout(_ bytes: [UInt8], isWhole: Bool) throws -> TextLayout {
        var head = bytes[...]
        if bytes.count > Self.headSize || !isWhole && bytes.count == Self.headSize {
            head = bytes.prefix(Self.headSize)
            // The last line may be cut off.
            if let end = head.lastIndex(of: UInt8(ascii: "\n")) {
                head = head[...end]
            } else {
                head = bytes.prefix(RecordReader.longestRecord + 1)
                if let end = head.firstIndex(of: UInt8(ascii: "\n")) { head = head[...end] }
            }
        }
        if head.count > RecordReader.longestRecord {
            throw PlaybookError(
                .badData, "\(path):1: the line is longer than \(RecordReader.longestRecord) bytes",
                nextStep: LayoutProblem.seeTable)
        }
        let found = head.withUnsafeBufferPointer { head in
            Result { () throws(LayoutProblem) in try TextLayout(head: head, symbol: symbol, options: options) }
        }
        switch found {
        case .success(let layout): return layout
        case .failure(let problem):
            throw PlaybookError(.badData, "\(path):\(problem.line): \(problem.message)", nextStep: problem.nextStep)
        }
    }

    private func head() throws -> [UInt8] {
        do {
            let file = try FileReader(path)
            var bytes = [UInt8](repeating: 0, count: Self.headSize)
            var count = 0
            while count < bytes.count {
                let read = try bytes.withUnsafeMutableBytes { buffer in
                    try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
                }
                if read == 0 { break }
                count += read
            }
            bytes.removeLast(bytes.count - count)
            return bytes
        } catch let failure as FileError {
            throw PlaybookError(.sourceUnavailable, NeutralText(failure.description))
        }
    }

    private func contents() throws -> [UInt8] {
        do {
            let bytes = try FileReader.contents(of: path)
            guard bytes.count >= 2, bytes[0] == 0x1F, bytes[1] == 0x8B else { return bytes }
            return try Gzip.decompress(bytes, limit: Self.largestUnpacked)
        } catch let failure as FileError {
            throw PlaybookError(.sourceUnavailable, NeutralText(failure.description))
        } catch let failure as GzipError {
            throw PlaybookError(
                .badData, "\(path): \(failure.description)", nextStep: "Get the file anew, or unpack it yourself.")
        }
    }
}

extension StampParser.Form {
    /// What `data check` calls it.
    var words: String {
        switch self {
        case .epoch(let digits):
            switch StampParser.unit(ofDigits: digits) {
            case 1: "epoch seconds"
            case 1000: "epoch milliseconds"
            case 1_000_000: "epoch microseconds"
            default: "epoch nanoseconds"
            }
        case .civil(hasOffset: true): "date and time with an offset or a zone"
        case .civil(hasOffset: false): "date and time without an offset"
        }
    }
}
