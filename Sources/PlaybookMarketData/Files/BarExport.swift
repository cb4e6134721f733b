public import PlaybookCore
import PlaybookParquet

/// Bars as files that `FilesSource` and others read. Daily bars are stamped with the market's midnight.
public enum BarExport {
    /// The program that writes files, for their metadata.
    static let writer = "trading-playbook \(programVersion)"

    /// A CSV file with the header `timestamp,open,high,low,close,volume`; daily bars are written with their date.
    public static func csv(
        _ bars: BarColumns, _ timeframe: Timeframe, in market: Market = .xnys
    ) -> [UInt8] {
        var bytes = Array("timestamp,open,high,low,close,volume\n".utf8)
        bytes.reserveCapacity(bars.count * 64)
        for index in 0..<bars.count {
            let time = Instant(secondsSinceEpoch: bars.times[index])
            bytes += (timeframe == .day ? market.clock.date(of: time).description : time.description).utf8
            for column in [bars.open, bars.high, bars.low, bars.close, bars.volume] {
                bytes.append(UInt8(ascii: ","))
                // A volume that is not known stays empty.
                guard !column[index].isNaN else { continue }
                let text = column[index].description
                bytes += (text.hasSuffix(".0") ? text.dropLast(2) : text[...]).utf8
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// A Parquet file with the columns timestamp (UTC, microseconds), open, high, low, close and volume.
    public static func parquet(
        _ bars: BarColumns, _ timeframe: Timeframe, symbol: Symbol, source: String
    ) -> [UInt8] {
        BarFile.encode(
            bars,
            metadata: [
                ("symbol", symbol.name), ("timeframe", timeframe.description), ("adjustment", "raw"),
                ("source", source), ("writer", writer),
            ], writer: ParquetWriter(version: programVersion))
    }
}
