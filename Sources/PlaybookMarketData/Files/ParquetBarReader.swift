import PlaybookCore
import PlaybookParquet

/// Reads bars from a Parquet file that whoever wrote: any column order and usual names, every row checked.
struct ParquetBarReader {
    let path: String
    /// Whose bars are wanted where rows or columns name symbols; nil takes all.
    var symbol: Symbol?
    var options = FileOptions()
    /// Whether a date without a time of day, or midnight, stands for that date: in daily files. It is read as UTC midnight.
    var acceptsDates = false
    /// Whether rows outside the window are looked at too, for what is wrong with them.
    var readsAll = false
    /// Told of each wrong row; when it returns, the row is left out.
    var onDefect: (PlaybookError) throws -> Void = { throw $0 }

    /// Reads the bars whose time lies in `window`, in seconds since the epoch.
    func read(window: Range<Int64>) throws -> BarFileContents {
        let source: ParquetFileSource
        do {
            source = try ParquetFileSource(path)
        } catch {
            throw PlaybookError(.sourceUnavailable, NeutralText(error.description))
        }
        let contents = Result { try read(source, window) }
        if let problem = source.problem { throw PlaybookError(.sourceUnavailable, NeutralText(problem.description)) }
        guard source.isUnchanged else {
            throw PlaybookError(
                .tryAgain, "\(path) was written to while it was read", nextStep: "Run again when it is complete.")
        }
        return try contents.get()
    }

    private func read(_ source: ParquetFileSource, _ window: Range<Int64>) throws -> BarFileContents {
        let file = try located { () throws(ParquetError) in try ParquetFile(reading: source) }
        let layout = try located { () throws(ParquetError) in try ParquetLayout(file, symbol: symbol) }
        var understanding = FileUnderstanding(path: path, format: "Parquet")
        understanding.columns = zip(file.columns, layout.roles).map { .init(name: $0.name, use: $1.words) }
        if let contents = try soundContents(file, layout, window, understanding) { return contents }
        let columns = try Columns(self, file, layout)
        if let bars = columns.soundBars(decimals: options.priceDecimals) {
            understanding.stamps = columns.times.words
            understanding.zone = "UTC"
            understanding.bars = bars.count
            return BarFileContents(
                RowAssembler(path: path, unit: "row", RowTable()), bars, window: window, understanding: understanding,
                notes: layout.notes)
        }
        let table = columns.table(self)
        try SymbolDecision(path: path, symbol: symbol).require(table, hasColumn: layout.column(.symbol) != nil)
        understanding.stamps = columns.times.words
        understanding.zone =
            table.usesZone
            ? options.zone.map { "\($0), by \(.named(.timezoneOfFiles))" } ?? "dates, whatever the zone"
            : "UTC, or as the timestamps say"
        var assembler = RowAssembler(path: path, unit: "row", table)
        let bars = try assembler.bars(onDefect)
        return BarFileContents(assembler, bars, window: window, understanding: understanding, notes: layout.notes)
    }

    func located<Value>(_ body: () throws(ParquetError) -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            throw PlaybookError(
                .badData, "\(path): \(error.description)",
                nextStep: "Write the file anew; docs/data.md lists what is read.")
        }
    }
}

extension ParquetBarReader {
    /// The columns that bars are made of.
    private struct Columns {
        let open, high, low, close: [Double]
        let volume: [Double]?
        let times: ParquetTimes
        let symbols: [String]?

        init(_ reader: ParquetBarReader, _ file: ParquetFile, _ layout: ParquetLayout) throws {
            func doubles(_ role: ColumnRole) throws -> [Double] {
                let index = layout.column(role) ?? 0
                return try reader.located { () throws(ParquetError) in try file.doubles(index).values }
            }
            open = try doubles(.open)
            high = try doubles(.high)
            low = try doubles(.low)
            close = try doubles(.close)
            volume = layout.column(.volume) == nil ? nil : try doubles(.volume)
            symbols = try layout.column(.symbol).map { index in
                try reader.located { () throws(ParquetError) in try file.strings(index).values }
            }
            times = try reader.located { () throws(ParquetError) in
                try ParquetTimes(file, layout, acceptsDates: reader.acceptsDates)
            }
        }

        /// All rows as bars, when all are instants and right; nil otherwise.
        func soundBars(decimals: Int) -> BarColumns? {
            guard symbols == nil, decimals == 0, let volume, let seconds = times.instants else { return nil }
            var validator = BarValidator()
            for row in seconds.indices {
                let bar = Bar(
                    time: seconds[row], open: open[row], high: high[row], low: low[row], close: close[row],
                    volume: volume[row])
                guard validator.defect(in: bar) == nil else { return nil }
            }
            var bars = BarColumns()
            bars.times = seconds
            bars.open = open
            bars.high = high
            bars.low = low
            bars.close = close
            bars.volume = volume
            return bars
        }

        /// All rows of the wanted symbol, whatever is in them.
        func table(_ reader: ParquetBarReader) -> RowTable {
            var table = RowTable()
            var parser = StampParser(zone: reader.options.zone, order: reader.options.dateOrder)
            let matcher = reader.symbol.map(SymbolMatcher.init)
            for row in open.indices {
                if var name = symbols?[row] {
                    name.withUTF8 { _ = table.symbols.add($0) }
                    if let matcher, !matcher.matches(name) {
                        table.others += 1
                        continue
                    }
                }
                table.wanted += 1
                let stamp: StampParser.Stamp
                do {
                    stamp = try times.stamp(row, &parser, acceptsDates: reader.acceptsDates)
                } catch {
                    table.defects.append(error.defect(line: row + 1, text: times.text(row)))
                    continue
                }
                guard reader.acceptsDates || stamp.hasTime else {
                    table.defects.append(
                        LineDefect(
                            line: row + 1, kind: .time, message: "timestamp '\(times.text(row))' has no time of day"))
                    continue
                }
                if table.form == nil { table.form = stamp.form }
                if stamp.form == .civil(hasOffset: false) { table.usesZone = true }
                table.append(line: row + 1, stamp, fields(row, reader.options.priceDecimals))
            }
            return table
        }

        private func fields(_ row: Int, _ decimals: Int) -> PriceFields {
            func field(_ value: Double) -> NumberStyle.Field { value.isNaN ? .missing : .number(value) }
            return PriceFields(
                open: field(open[row]), high: field(high[row]), low: field(low[row]), close: field(close[row]),
                volume: volume.map { field($0[row]) } ?? .missing, decimals: decimals)
        }
    }
}

/// How a Parquet file of bars is laid out.
struct ParquetLayout {
    /// What each column is used for.
    let roles: [ColumnRole]
    /// Columns that might have been used in place of others, in words.
    let notes: [NeutralText]

    init(_ file: ParquetFile, symbol: Symbol?) throws(ParquetError) {
        // pandas writes columns that have two names as Python writes a tuple: `('Close', 'MSFT')`.
        let tuples = file.columns.map { ColumnName.tuple($0.name) }
        var names = file.columns.map(\.name)
        var tickers: [Int: String] = [:]
        for (index, tuple) in tuples.enumerated() {
            guard let tuple, tuple.count >= 1 else { continue }
            let place = tuple.firstIndex { part in
                ColumnRole.allCases.contains { $0.rank(of: ColumnName.simplified(part)) != nil }
            }
            names[index] = tuple[place ?? 0]
            if let ticker = tuple.indices.first(where: { $0 != place }), !tuple[ticker].isEmpty, place != nil {
                tickers[index] = tuple[ticker]
            }
        }
        let chooser = ColumnChooser(names: names, symbol: symbol) { Self.sample(file, $0) }
        do throws(CSVProblem) {
            var excluded: Set<Int> = []
            if let symbol, !tickers.isEmpty {
                let matcher = SymbolMatcher(symbol)
                excluded = Set(tickers.filter { !matcher.matches($0.value) }.keys)
                guard excluded.count < tickers.count else {
                    throw CSVProblem(
                        "no column of \(symbol): the columns name "
                            + Set(tickers.values).sorted().prefix(5).joined(separator: ", "))
                }
            }
            let choice = try chooser.choose(
                symbol: symbol, isExcluded: { excluded.contains($0) }, time: try chooser.time())
            roles = choice.roles
            notes = choice.notes
        } catch {
            throw ParquetError(error.message)
        }
    }

    /// The column of a role; nil when there is none.
    func column(_ role: ColumnRole) -> Int? { roles.firstIndex(of: role) }

    /// The first values of a column, as texts.
    private static func sample(_ file: ParquetFile, _ column: Int) -> [[UInt8]] {
        switch file.columns[column].kind {
        case .string: return ((try? file.strings(column, rows: 0..<300).values) ?? []).map { Array($0.utf8) }
        case .integer, .double, .date, .timeOfDay, .timestamp:
            guard let texts = try? ParquetTexts(file, column, rows: 0..<300) else { return [] }
            return (0..<min(300, file.rowCount)).map { Array(texts.text($0).utf8) }
        default: return []
        }
    }
}
