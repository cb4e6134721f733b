public import PlaybookCore

/// Bars as a sealed Parquet file: columns timestamp, open, high, low, close and volume.
public enum BarFile {
    private static let prices = ["open", "high", "low", "close"]

    /// The file of `bars`, which every reader of Parquet understands. Times become microseconds; volume is whole numbers
    /// if all are, so that no bit is lost, else floating-point numbers.
    ///
    /// - Precondition: Times are within what 64 bits hold in microseconds, the years -290,000 to 290,000.
    public static func encode(
        _ bars: BarColumns, metadata: [(String, String)], writer: ParquetWriter = ParquetWriter()
    ) -> [UInt8] {
        let volume = wholeNumbers(bars.volume).map { ParquetWriter.Column.Values.integers($0) } ?? .doubles(bars.volume)
        return writer.encode(
            [
                .init("timestamp", .timestamps(bars.times.map { $0 * 1_000_000 })),
                .init("open", .doubles(bars.open)),
                .init("high", .doubles(bars.high)),
                .init("low", .doubles(bars.low)),
                .init("close", .doubles(bars.close)),
                .init("volume", volume),
            ], metadata: metadata)
    }

    /// The bars and the metadata of a file that `encode` made, bit for bit.
    ///
    /// - Throws: `ParquetError` if the file is not sealed, is not as it was when it was sealed, or holds something else.
    public static func decode(
        _ bytes: [UInt8]
    ) throws(ParquetError) -> (bars: BarColumns, metadata: [String: String]) {
        let file = try open(bytes)
        do throws(BarColumnsReader.Failure) {
            let pieces = [BarColumnsReader.Piece(file, columns, rows: 0..<file.rowCount)]
            return (try BarColumnsReader.read(pieces, wantsWholeSeconds: true).bars, file.metadata)
        } catch {
            throw error.error
        }
    }

    /// Where `encode` puts the columns.
    public static let columns = BarColumnsReader.Columns(time: 0, open: 1, high: 2, low: 3, close: 4, volume: 5)

    /// A file that `encode` made, its bars yet to be read.
    ///
    /// - Throws: `ParquetError` if the file is not sealed, is not as it was when it was sealed, or has other columns.
    public static func open(_ bytes: [UInt8]) throws(ParquetError) -> ParquetFile {
        let file = try ParquetFile(bytes, sealed: true)
        let names = ["timestamp"] + prices + ["volume"]
        guard file.columns.map(\.name) == names, !file.columns.contains(where: \.isOptional) else {
            throw ParquetError("the file holds other columns than \(names.joined(separator: ", "))")
        }
        guard file.columns[0].kind == .timestamp(.microseconds, isUTC: true) else {
            throw ParquetError("column \"timestamp\" is not in microseconds of UTC")
        }
        return file
    }

    /// `numbers` as integers, if all are whole, below 2^53 in magnitude, and none is -0.
    private static func wholeNumbers(_ numbers: [Double]) -> [Int64]? {
        var result: [Int64] = []
        result.reserveCapacity(numbers.count)
        for number in numbers {
            guard number.magnitude < 0x1p53, let whole = Int64(exactly: number),
                whole != 0 || number.sign == .plus
            else { return nil }
            result.append(whole)
        }
        return result
    }
}
