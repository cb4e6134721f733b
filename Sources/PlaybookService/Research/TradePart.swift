import PlaybookCore
import PlaybookParquet
import PlaybookResearch

/// The trades of some of a run's units, as a Parquet file.
struct TradePart: Sendable {
    /// The units, symbol by symbol, then set by set.
    let units: Range<Int>
    /// For each unit its trades; nil where the set is refused.
    let trades: [[TradeOutcome]?]

    /// The file.
    ///
    /// - Parameter digest: that of the run's manifest.
    func bytes(digest: String) -> [UInt8] {
        var columns = (
            unit: [Int64](), session: [Int64](), entry: [Int64](), exit: [Int64](), net: [Double](),
            risk: [Double?](), costs: [Double](), bought: [Double](), sold: [Double]()
        )
        let count = trades.reduce(0) { $0 + ($1?.count ?? 0) }
        columns.unit.reserveCapacity(count)
        columns.session.reserveCapacity(count)
        columns.entry.reserveCapacity(count)
        columns.exit.reserveCapacity(count)
        columns.net.reserveCapacity(count)
        columns.risk.reserveCapacity(count)
        columns.costs.reserveCapacity(count)
        columns.bought.reserveCapacity(count)
        columns.sold.reserveCapacity(count)
        for (unit, trades) in zip(units, trades) {
            for trade in trades ?? [] {
                columns.unit.append(Int64(unit))
                columns.session.append(Int64(trade.session))
                columns.entry.append(Int64(trade.entry))
                columns.exit.append(Int64(trade.exit))
                columns.net.append(trade.net)
                columns.risk.append(trade.risk.isNaN ? nil : trade.risk)
                columns.costs.append(trade.costs)
                columns.bought.append(trade.entryValue)
                columns.sold.append(trade.exitValue)
            }
        }
        let refused = zip(units, trades).filter { $0.1 == nil }.map { String($0.0) }.joined(separator: ",")
        var writer = ParquetWriter(version: programVersion)
        writer.compressionLevel = 1
        // Some units are read without the others.
        writer.rowsPerGroup = 1 << 15
        return writer.encode(
            [
                ParquetWriter.Column("unit", .integers(columns.unit)),
                ParquetWriter.Column("session", .integers(columns.session)),
                ParquetWriter.Column("entry_seconds", .integers(columns.entry)),
                ParquetWriter.Column("exit_seconds", .integers(columns.exit)),
                ParquetWriter.Column("net", .doubles(columns.net)),
                ParquetWriter.Column("risk", .optionalDoubles(columns.risk)),
                ParquetWriter.Column("costs", .doubles(columns.costs)),
                ParquetWriter.Column("entry_value", .doubles(columns.bought)),
                ParquetWriter.Column("exit_value", .doubles(columns.sold)),
            ],
            metadata: [
                ("schema", "trading-playbook/research-part/1"), ("manifest", digest),
                ("units", "\(units.lowerBound):\(units.upperBound)"), ("refused", refused),
            ])
    }

    /// The digest of the manifest that a part belongs to; nil when the bytes are not a part.
    static func digest(_ bytes: [UInt8]) -> String? { (try? ParquetFile(bytes))?.metadata["manifest"] }

    init(units: Range<Int>, trades: [[TradeOutcome]?]) { (self.units, self.trades) = (units, trades) }

    /// The trades of some of its units.
    func trades(of units: Range<Int>) -> ArraySlice<[TradeOutcome]?> {
        trades[units.lowerBound - self.units.lowerBound..<units.upperBound - self.units.lowerBound]
    }
}
