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

    /// The digest of the manifest that a part belongs to; nil when the bytes are no part.
    static func digest(_ bytes: [UInt8]) -> String? { (try? ParquetFile(bytes))?.metadata["manifest"] }

    /// A part's trades.
    ///
    /// - Throws: a `PlaybookError` of code `badData` that names `place`.
    init(_ bytes: [UInt8], at place: String) throws {
        do {
            let file = try ParquetFile(bytes)
            try file.verifySeal()
            let ends = (file.metadata["units"] ?? "").split(separator: ":").compactMap { Int($0) }
            guard ends.count == 2, ends[0] <= ends[1] else { throw ParquetError("it does not tell its units") }
            units = ends[0]..<ends[1]
            let refused = Set((file.metadata["refused"] ?? "").split(separator: ",").compactMap { Int($0) })
            func column(_ name: String) throws -> Int {
                guard let index = file.column(named: name) else { throw ParquetError("no column \(name)") }
                return index
            }
            let unit = try file.integers(column("unit")).values
            let session = try file.integers(column("session")).values
            let entry = try file.integers(column("entry_seconds")).values
            let exit = try file.integers(column("exit_seconds")).values
            let net = try file.doubles(column("net")).values
            let risk = try file.doubles(column("risk")).values
            let costs = try file.doubles(column("costs")).values
            let bought = try file.doubles(column("entry_value")).values
            let sold = try file.doubles(column("exit_value")).values
            var row = 0
            trades = try units.map { number in
                let first = row
                while row < unit.count, unit[row] == Int64(number) { row += 1 }
                guard !refused.contains(number) else {
                    guard row == first else { throw ParquetError("trades of a unit that was refused") }
                    return nil
                }
                return (first..<row).map { row in
                    TradeOutcome(
                        session: Int32(clamping: session[row]), entry: Int32(clamping: entry[row]),
                        exit: Int32(clamping: exit[row]), net: net[row], risk: risk[row], costs: costs[row],
                        entryValue: bought[row], exitValue: sold[row])
                }
            }
            guard row == unit.count else { throw ParquetError("a unit of another part, or out of order") }
        } catch let error as ParquetError {
            throw PlaybookError(
                .badData, "\(place): \(error)", nextStep: "Remove the file and run the sweep again.")
        }
    }

    init(units: Range<Int>, trades: [[TradeOutcome]?]) { (self.units, self.trades) = (units, trades) }

    /// The trades of some of its units.
    func trades(of units: Range<Int>) -> ArraySlice<[TradeOutcome]?> {
        trades[units.lowerBound - self.units.lowerBound..<units.upperBound - self.units.lowerBound]
    }
}
