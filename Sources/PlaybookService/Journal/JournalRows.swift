public import PlaybookCore

/// Rows of a journal as they stand there, for `journal show` and `journal stats`.
public struct JournalRows: Sendable {
    /// How to print rows.
    public enum Format: String, Sendable, CaseIterable {
        case table, csv, json
    }

    private let place: JournalPlace
    private let records: [JournalRecord]

    /// Reads the rows that `selection` asks for from the journal that `settings` choose.
    public init(settings: Settings, selection: JournalSelection) async throws {
        let reader = try settings.journal().reader
        place = reader.place
        records = try await reader.records(selection)
    }

    /// Every row in `format`.
    public func rows(_ format: Format) throws -> String {
        switch format {
        case .table: table()
        case .csv: String(decoding: JournalCSV.bytes(records).dropLast(), as: UTF8.self)
        case .json: try jsonText(RowsDocument(place, records), keys: .useDefaultKeys)
        }
    }

    /// The statistics of the rows in `format`.
    ///
    /// - Parameter color: whether to use the terminal's colours.
    public func statistics(_ format: ReportFormat, color: Bool) throws -> String {
        let performance = try Performance(records)
        let bySymbol = try Dictionary(grouping: records) { $0.key.symbol }.mapValues { try Performance($0) }
        switch format {
        case .table:
            let paint = Paint(isOn: color)
            var lines = [paint.bold(title), ""]
            if records.contains(where: \.isSynthetic) {
                lines.insert(
                    paint.yellow("SYNTHETIC DATA: some rows were made from sample bars, not the market"), at: 1)
            }
            let runs = Set(records.map { "\($0.key.strategy) \($0.key.parametersID)" }).sorted()
            if runs.count > 1 {
                lines.insert(paint.yellow("Rows of \(runs.count) playbooks or parameter sets together"), at: 1)
            }
            lines += PerformanceTable(performance, bySymbol: bySymbol, symbols: bySymbol.keys.sorted()).lines(paint)
            return lines.joined(separator: "\n")
        case .json:
            return try jsonText(
                StatisticsDocument(
                    place, start: records.first?.key.tradeDate, end: records.last?.key.tradeDate,
                    summary: PerformanceDocument(performance), bySymbol: bySymbol.mapValues(PerformanceDocument.init)))
        }
    }

    private var title: String {
        guard let first = records.first?.key.tradeDate, let last = records.last?.key.tradeDate else {
            return "\(place.location): no rows"
        }
        return "\(place.location): \(records.count) rows, \(first) through \(last)"
    }

    private func table() -> String {
        var table = TextTable([
            "date", "symbol", "strategy", "params", "entry", "price", "exit", "price", "R", "net USD", "notes",
        ])
        for record in records {
            table.add(
                [
                    .tradeDate, .symbol, .strategy, .parametersID, .entryTime, .entryPrice, .exitTime, .exitPrice,
                    .rMultiple, .netPnL,
                ].map { record[$0] }
                    + [String(record[.notes].map { $0.isNewline ? " " : $0 })])
        }
        return ([title] + (records.isEmpty ? [] : [""] + table.lines(leftAligned: [0, 1, 2, 3, 10])))
            .joined(separator: "\n")
    }
}

/// The JSON document of `journal show`: schema `trading-playbook/journal/1`.
private struct RowsDocument: Encodable {
    let schema = "trading-playbook/journal/1"
    let writer: String
    let location: String
    let rows: [Row]

    init(_ place: JournalPlace, _ records: [JournalRecord]) {
        writer = place.writer
        location = place.location
        rows = records.map(Row.init)
    }

    /// A row's columns under their own names.
    struct Row: Encodable {
        let record: JournalRecord

        private struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }

            init(_ name: String) { stringValue = name }
            init?(stringValue: String) { self.init(stringValue) }
            init?(intValue: Int) { nil }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            for column in JournalColumn.allCases {
                let key = Key(column.rawValue)
                if record[column].isEmpty {
                    try container.encodeNil(forKey: key)
                    continue
                }
                // What is not of the column's kind is shown as it stands.
                switch column.kind {
                case .number:
                    if let number = try? record.number(column) {
                        try container.encode(number, forKey: key)
                        continue
                    }
                case .flag:
                    if let flag = try? record.flag(column) {
                        try container.encode(flag, forKey: key)
                        continue
                    }
                case .date, .text: break
                }
                try container.encode(record[column], forKey: key)
            }
        }
    }
}

/// The JSON document of `journal stats`: schema `trading-playbook/journal-stats/1`.
private struct StatisticsDocument: Encodable {
    let schema = "trading-playbook/journal-stats/1"
    let writer: String
    let location: String
    let start: String?
    let end: String?
    let summary: PerformanceDocument
    let bySymbol: [String: PerformanceDocument]

    init(
        _ place: JournalPlace, start: CivilDate?, end: CivilDate?, summary: PerformanceDocument,
        bySymbol: [String: PerformanceDocument]
    ) {
        writer = place.writer
        location = place.location
        self.start = start?.description
        self.end = end?.description
        self.summary = summary
        self.bySymbol = bySymbol
    }
}
