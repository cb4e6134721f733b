import PlaybookCore
import PlaybookFileSystem
import PlaybookGzip

/// A file of splits: a header, then a line a split. A date, which is the first session at the new price, and the ratio,
/// new shares for one old share, as a number (`10`, `0.1`), as `10:1`, `10/1` or `1:10`, or in two columns.
struct SplitsFile {
    let path: String
    /// Whose splits are wanted where a column names symbols; nil takes all.
    var symbol: Symbol?
    var dateOrder: FileOptions.DateOrder?

    private static let dateNames = [
        "date", "execution_date", "ex_date", "effective_date", "split_date", "datetime", "timestamp",
    ]
    private static let ratioNames = [
        "ratio", "stock_splits", "split_ratio", "split", "splits", "split_factor", "splitfactor",
    ]
    private static let newNames = ["split_to", "to", "numerator", "new", "to_factor", "new_rate"]
    private static let oldNames = ["split_from", "from", "denominator", "old", "for_factor", "old_rate"]

    /// Which columns hold what.
    private struct Columns {
        var date: Int
        /// One column, or those of new and old shares.
        var ratio: [Int]
        var symbol: Int?
        var count: Int
        /// Whether lines may be of other actions, with a ratio of 0 or none.
        var hasOthers: Bool
    }

    /// The splits, ascending by date.
    func read() throws -> [Split] {
        let bytes = try contents()
        return try bytes.withUnsafeBufferPointer { try read($0) }
    }

    private func read(_ bytes: UnsafeBufferPointer<UInt8>) throws -> [Split] {
        let firstLine = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let separator = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].first { firstLine.contains($0) }
        var reader = RecordReader(bytes, separator: separator ?? UInt8(ascii: ","))
        var columns: Columns?
        var splits: [Split] = []
        let matcher = symbol.map(SymbolMatcher.init)
        var parser = StampParser(zone: .utc, order: dateOrder)
        while reader.next() {
            if reader.isBlank { continue }
            let texts = reader.fields.indices.map { reader.text($0) }
            guard let columns else {
                columns = try self.columns(texts, line: reader.line)
                continue
            }
            guard texts.count == columns.count else {
                throw error(reader.line, "\(texts.count) fields where the header has \(columns.count)")
            }
            if let symbol = columns.symbol, let matcher, !matcher.matches(texts[symbol]) { continue }
            let ratioText = columns.ratio.map { texts[$0] }
            // Files of all corporate actions have 0 where there is no split.
            if columns.hasOthers, ["", "0", "0.0"].contains(ratioText[0]) { continue }
            let date = try self.date(texts[columns.date], &parser, line: reader.line)
            guard let ratio = Self.ratio(ratioText) else {
                throw error(
                    reader.line,
                    "'\(ratioText.joined(separator: ":").prefix(40))' is not a split ratio such as 10, 0.1, 10:1 or 1:10"
                )
            }
            guard !splits.contains(where: { $0.date == date }) else {
                throw error(reader.line, "a second split on \(date)")
            }
            splits.append(Split(date: date, ratio: ratio))
        }
        return splits.sorted { $0.date < $1.date }
    }

    private func columns(_ header: [String], line: Int) throws -> Columns {
        let names = header.map(ColumnName.simplified)
        func column(_ known: [String]) -> Int? { known.lazy.compactMap { names.firstIndex(of: $0) }.first }
        let date = column(Self.dateNames) ?? (names.first == "" ? 0 : nil)
        let pair = column(Self.newNames).flatMap { new in column(Self.oldNames).map { [new, $0] } }
        guard let date, let ratio = column(Self.ratioNames).map({ [$0] }) ?? pair else {
            throw error(
                line,
                "the header is not 'date,ratio', nor that of yfinance (Date,Stock Splits) or Polygon "
                    + "(execution_date,split_from,split_to)")
        }
        return Columns(
            date: date, ratio: ratio, symbol: column(Array(ColumnRole.symbol.names.prefix(6))), count: names.count,
            hasOthers: ratio.count == 1 && names[ratio[0]] != "ratio")
    }

    private func date(_ text: String, _ parser: inout StampParser, line: Int) throws -> CivilDate {
        // What follows the date is its midnight, of whatever zone.
        var day = String(text.prefix { $0 != " " && $0 != "T" })
        if day.allSatisfy({ $0.isLetter }) { day = text }
        switch Result(catching: { () throws(StampParser.Problem) in try parser.parse(day) }) {
        case .success(let stamp):
            if let date = stamp.date, !stamp.hasTime { return date }
        case .failure(.noOrder):
            throw error(
                line, "'\(text.prefix(40))' may have the month or the day first",
                nextStep: "Say which with \(.set(.dateOrder)): mdy or dmy.")
        case .failure: break
        }
        throw error(line, "'\(text.prefix(40))' is not a date YYYY-MM-DD")
    }

    private static func ratio(_ texts: [String]) -> Double? {
        let text = texts.joined(separator: ":")
        let parts = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "/" }.map { Double($0) }
        let ratio: Double? =
            switch parts.count {
            case 1: parts[0]
            case 2: parts[0].flatMap { new in parts[1].map { new / $0 } }
            default: nil
            }
        guard let ratio, ratio.isFinite, ratio >= 1e-4, ratio <= 1e4 else { return nil }
        return ratio
    }

    private func contents() throws -> [UInt8] {
        do {
            let bytes = try FileReader.contents(of: path)
            guard bytes.count >= 2, bytes[0] == 0x1F, bytes[1] == 0x8B else { return bytes }
            return try Gzip.decompress(bytes, limit: 1 << 26)
        } catch let failure as FileError {
            throw PlaybookError(.sourceUnavailable, NeutralText(failure.description))
        } catch let failure as GzipError {
            throw PlaybookError(.badData, "\(path): \(failure.description)", nextStep: "Get the file anew.")
        }
    }

    private func error(_ line: Int, _ problem: String, nextStep: Remedy? = nil) -> PlaybookError {
        PlaybookError(.badData, "\(path):\(line): \(problem)", nextStep: nextStep ?? .edit(path, line: line))
    }
}
