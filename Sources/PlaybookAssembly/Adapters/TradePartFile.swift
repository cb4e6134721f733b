import PlaybookCore
import PlaybookParquet
import PlaybookResearch
import PlaybookUseCases

/// The trades of units as Parquet files.
struct ParquetTradeParts: TradePartFormat {
    func encode(_ part: TradePart, digest: String) -> [UInt8] {
        let (units, trades) = (part.units, part.trades)
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

    func digest(of bytes: [UInt8]) -> String? { (try? ParquetFile(bytes))?.metadata["manifest"] }

    func open(_ bytes: [UInt8], at place: String) throws -> any StoredTradePart {
        try TradePartFile(bytes, at: place)
    }
}

/// A part as it is stored: the trades of some units are read without those of the others.
private struct TradePartFile: StoredTradePart {
    /// The units, symbol by symbol, then set by set.
    let units: Range<Int>
    private let file: ParquetFile
    private let place: String
    /// The unit of each trade, ascending.
    private let unit: [Int64]
    private let refused: Set<Int>

    /// A part's file.
    ///
    /// - Throws: a `PlaybookError` of code `badData` that names `place`.
    init(_ bytes: [UInt8], at place: String) throws {
        self.place = place
        do throws(ParquetError) {
            let file = try ParquetFile(bytes)
            try file.verifySeal()
            let ends = (file.metadata["units"] ?? "").split(separator: ":").compactMap { Int($0) }
            guard ends.count == 2, ends[0] <= ends[1] else { throw ParquetError("it does not tell its units") }
            let units = ends[0]..<ends[1]
            refused = Set((file.metadata["refused"] ?? "").split(separator: ",").compactMap { Int($0) })
            let unit = try file.integers(Self.column("unit", file)).values
            guard unit.allSatisfy({ units.contains(Int($0)) }), zip(unit, unit.dropFirst()).allSatisfy({ $0 <= $1 })
            else { throw ParquetError("units of another part, or out of order") }
            (self.file, self.units, self.unit) = (file, units, unit)
        } catch {
            throw Self.problem(error, place)
        }
    }

    /// The trades of some of its units, nil for one that is refused.
    ///
    /// - Throws: a `PlaybookError` of code `badData` that names the place.
    func trades(of wanted: Range<Int>) throws -> [[TradeOutcome]?] {
        let rows = row(of: wanted.lowerBound)..<row(of: wanted.upperBound)
        do {
            func integers(_ name: String) throws -> [Int64] {
                try file.integers(Self.column(name, file), rows: rows).values
            }
            func doubles(_ name: String) throws -> [Double] {
                try file.doubles(Self.column(name, file), rows: rows).values
            }
            let session = try integers("session")
            let (entry, exit) = (try integers("entry_seconds"), try integers("exit_seconds"))
            let (net, risk, costs) = (try doubles("net"), try doubles("risk"), try doubles("costs"))
            let (bought, sold) = (try doubles("entry_value"), try doubles("exit_value"))
            var next = rows.lowerBound
            return try wanted.map { number in
                let first = next
                while next < rows.upperBound, unit[next] == Int64(number) { next += 1 }
                guard !refused.contains(number) else {
                    guard next == first else { throw ParquetError("trades of a unit that was refused") }
                    return nil
                }
                return (first - rows.lowerBound..<next - rows.lowerBound).map { row in
                    TradeOutcome(
                        session: Int32(clamping: session[row]), entry: Int32(clamping: entry[row]),
                        exit: Int32(clamping: exit[row]), net: net[row], risk: risk[row], costs: costs[row],
                        entryValue: bought[row], exitValue: sold[row])
                }
            }
        } catch let error as ParquetError {
            throw Self.problem(error, place)
        }
    }

    /// The first row of a unit, or of those after it.
    private func row(of wanted: Int) -> Int {
        var (low, high) = (0, unit.count)
        while low < high {
            let middle = (low + high) / 2
            if unit[middle] < Int64(wanted) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func column(_ name: String, _ file: ParquetFile) throws(ParquetError) -> Int {
        guard let index = file.column(named: name) else { throw ParquetError("no column \(name)") }
        return index
    }

    private static func problem(_ error: ParquetError, _ place: String) -> PlaybookError {
        PlaybookError(.badData, "\(place): \(error)", nextStep: "Remove the file and run the sweep again.")
    }
}
