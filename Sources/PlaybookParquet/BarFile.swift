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
        let file = try ParquetFile(bytes, sealed: true)
        let names = ["timestamp"] + prices + ["volume"]
        guard file.columns.map(\.name) == names, !file.columns.contains(where: \.isOptional) else {
            throw ParquetError("the file holds other columns than \(names.joined(separator: ", "))")
        }
        guard file.columns[0].kind == .timestamp(.microseconds, isUTC: true) else {
            throw ParquetError("column \"timestamp\" is not in microseconds of UTC")
        }
        var bars = BarColumns()
        bars.times = try seconds(try file.integers(0).values)
        bars.open = try file.doubles(1).values
        bars.high = try file.doubles(2).values
        bars.low = try file.doubles(3).values
        bars.close = try file.doubles(4).values
        bars.volume = try file.doubles(5).values
        return (bars, file.metadata)
    }

    /// Microseconds to seconds.
    private static func seconds(_ microseconds: [Int64]) throws(ParquetError) -> [Int64] {
        var rest: Int64 = 0
        let seconds = microseconds.map { time in
            let seconds = time / 1_000_000
            rest |= time &- seconds &* 1_000_000
            return seconds
        }
        if rest != 0, let row = microseconds.firstIndex(where: { $0 % 1_000_000 != 0 }) {
            throw ParquetError("column \"timestamp\", row \(row): \(microseconds[row]) µs is no whole second")
        }
        return seconds
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
