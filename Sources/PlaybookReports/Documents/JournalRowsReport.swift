import PlaybookCore
public import PlaybookUseCases

extension JournalRows {
    /// How to print rows.
    public enum Format: String, Sendable, CaseIterable {
        case table, csv, json
    }

    /// Every row in `format`.
    public func rows(_ format: Format) throws -> String {
        switch format {
        case .table: table()
        case .csv: String(decoding: JournalCSV.bytes(records).dropLast(), as: UTF8.self)
        case .json: try jsonText(RowsDocument(place, records), keys: .useDefaultKeys)
        }
    }

    /// The statistics of the rows in `format`: those of each strategy, parameter set and mode by themselves.
    ///
    /// - Parameters:
    ///   - minimumCompleteness: rows with a smaller `completeness`, 0 to 1, or without one, are left out, and how many is
    ///     said; nil for all rows.
    ///   - account: what an account made of the rows; nil for none.
    ///   - color: whether to use the terminal's colours.
    /// - Throws: a `PlaybookError`; also when a row is there twice: which of the two is right cannot be told.
    public func statistics(
        _ format: ReportFormat, minimumCompleteness: Double? = nil, account: JournalAccount? = nil, color: Bool
    ) throws -> String {
        try records.requireEachOnce(in: place)
        let groups = try JournalStatistics.groups(of: records, minimumCompleteness: minimumCompleteness)
        switch format {
        case .table:
            let paint = Paint(isOn: color)
            let isMixed = records.contains(where: \.isSynthetic)
            let warning = "SYNTHETIC DATA: some rows were made from sample bars, not the market"
            let head = [paint.bold(title)] + (isMixed ? [paint.yellow(warning)] : [])
            let parts = groups.map { $0.lines(paint, isOnly: groups.count == 1).joined(separator: "\n") }
            let added = account.map { [$0.report.lines(paint).joined(separator: "\n")] } ?? []
            return ([head.joined(separator: "\n")] + parts + added).joined(separator: "\n\n")
        case .json:
            return try jsonText(
                JournalStatistics.Document(
                    place, groups, minimumCompleteness: minimumCompleteness, account: account?.report.document))
        }
    }

    private var title: String {
        guard let first = records.first?.key.tradeDate, let last = records.last?.key.tradeDate else {
            return "\(place.location): no rows" + (sampleHint.map { ". \($0)" } ?? "")
        }
        return "\(place.location): \(counted(records.count, "row")), \(first) through \(last)"
    }

    private func table() -> String {
        var table = TextTable([
            "date", "symbol", "strategy", "params", "side", "entry", "price", "exit", "price", "R", "net USD", "notes",
        ])
        let identity: [JournalColumn] = [.tradeDate, .symbol, .strategy, .parametersID]
        let trade: [JournalColumn] = [.entryTime, .entryPrice, .exitTime, .exitPrice, .rMultiple, .netPnL]
        for record in records {
            var cells: [String] = identity.map { record[$0] }
            // A row without a trade tells the side of the setup that it describes, which nobody took.
            cells.append(record[.entryTime].isEmpty ? "" : record[.side])
            cells += trade.map { record[$0] }
            cells.append(String(record[.notes].map { $0.isNewline ? " " : $0 }))
            table.add(cells)
        }
        return ([title] + (records.isEmpty ? [] : [""] + table.lines(leftAligned: [0, 1, 2, 3, 4, 11])))
            .joined(separator: "\n")
    }
}

/// The JSON document of `journal show`: schema `trading-playbook/journal/2`.
private struct RowsDocument: Encodable {
    let schema = "trading-playbook/journal/2"
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
                let key = Key(column.name)
                if record[column].isEmpty {
                    try container.encodeNil(forKey: key)
                    continue
                }
                // What is not of the column's kind is shown as it stands.
                switch column.kind {
                case .number, .count:
                    if let number = Double(record[column]), number.isFinite {
                        try container.encode(number, forKey: key)
                        continue
                    }
                case .flag:
                    try container.encode(record[column] == "true", forKey: key)
                    continue
                case .date, .instant, .time, .side, .identifier, .text: break
                }
                try container.encode(record[column], forKey: key)
            }
            for extra in record.extras { try container.encode(extra.text, forKey: Key(extra.name)) }
        }
    }
}
