import PlaybookCore
import PlaybookParquet
import PlaybookResearch
import PlaybookUseCases

/// The whole results of a sweep as files: a row for each unit, and for each set over all symbols.
struct SweepFiles: Sendable {
    private let columns: [(name: String, column: Column)]

    /// The files of `tables`.
    init(_ tables: SweepTables) { columns = Self.columns(tables) }

    fileprivate enum Column: Sendable {
        case texts([String])
        case numbers([Double?])
        case counts([Int])
    }

    /// What is told of holding, with `hold_` before the name.
    private static let held: [FigureName] = [
        .sharpe, .sharpeError, .sortino, .t, .cagr, .calmar, .maxDrawdownPercent, .drawdownSessions,
        .recoverySessions, .ulcer,
    ]

    private static func columns(_ tables: SweepTables) -> [(name: String, column: Column)] {
        let rows = tables.named.flatMap { named in named.table.rows.map { (symbol: named.symbol, row: $0) } }
        let grid = tables.run.sets.grid
        let hold = tables.run.manifest.hold
        let values = rows.map { grid.values(of: $0.row.set) }
        let identifiers = (0..<grid.count).map { tables.run.sets.playbook($0)?.parametersID ?? "" }
        var columns: [(String, Column)] = [
            ("symbol", .texts(rows.map(\.symbol))), ("set", .counts(rows.map(\.row.set))),
            ("params_id", .texts(rows.map { identifiers[$0.row.set] })),
        ]
        for (place, axis) in grid.axes.enumerated() { columns.append((axis.name, .texts(values.map { $0[place] }))) }
        columns += [
            ("sessions", .counts(rows.map { _ in tables.run.calendar.count })),
            ("trades", .counts(rows.map(\.row.trades))),
        ]
        for name in FigureName.allCases {
            columns.append((name.name, .numbers(rows.map { $0.row.figures.value(name) })))
        }
        columns.append(("doubled_cost_expectancy", .numbers(rows.map(\.row.doubledExpectancy.value))))
        columns += [
            ("plateau_mean", .numbers(rows.map { $0.row.plateau?.mean })),
            ("plateau_worst", .numbers(rows.map { $0.row.plateau?.worst })),
            ("plateau_sets", .counts(rows.map { $0.row.plateau?.neighbours ?? 0 })),
            ("plateau_note", .texts(rows.map { $0.row.plateau?.note ?? "" })),
        ]
        for name in held {
            columns.append(("hold_\(name.name)", .numbers(rows.map { hold[$0.symbol]?.figures[name.name] })))
        }
        columns.append(
            (
                "absent",
                .texts(
                    rows.map { row in
                        row.row.figures.all.compactMap { name, figure in
                            figure.absence.map { "\(name.name):\($0.rawValue)" }
                        }
                        .joined(separator: " ")
                    })
            ))
        return columns
    }

    /// Comma-separated, numbers as short as they are exact; empty where a figure is absent.
    func csv() -> [UInt8] {
        var bytes = Array((columns.map(\.name).joined(separator: ",") + "\n").utf8)
        let count = columns.first?.column.count ?? 0
        bytes.reserveCapacity(count * columns.count * 16)
        for row in 0..<count {
            for (place, column) in columns.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes += column.column.text(row).utf8
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// The same as Parquet.
    func parquet(digest: String) -> [UInt8] {
        ParquetWriter(version: programVersion).encode(
            columns.map { name, column in
                switch column {
                case .texts(let values): ParquetWriter.Column(name, .strings(values))
                case .numbers(let values): ParquetWriter.Column(name, .optionalDoubles(values))
                case .counts(let values): ParquetWriter.Column(name, .integers(values.map(Int64.init)))
                }
            }, metadata: [("schema", "trading-playbook/sweep-results/1"), ("manifest", digest)])
    }
}

extension SweepFiles.Column {
    fileprivate var count: Int {
        switch self {
        case .texts(let values): values.count
        case .numbers(let values): values.count
        case .counts(let values): values.count
        }
    }

    fileprivate func text(_ row: Int) -> String {
        switch self {
        case .texts(let values): values[row].contains(",") ? "\"\(values[row])\"" : values[row]
        case .numbers(let values): values[row].map(decimalText) ?? ""
        case .counts(let values): String(values[row])
        }
    }
}
