import PlaybookCore
import PlaybookFileSystem
import PlaybookParquet

/// Reads bars from a Parquet file that whoever wrote: any column order and usual names, every row checked.
struct ParquetBarReader {
    let path: String
    let zone: TimestampZone?
    /// Whether a date without a time of day, or midnight, stands for that date: in daily files. It is read as UTC midnight.
    var acceptsDates = false
    /// Told of each wrong row; when it returns, the row is left out.
    var onDefect: (PlaybookError) throws -> Void = { throw $0 }

    /// Reads the bars whose time lies in `window`, in seconds since the epoch.
    func read(window: Range<Int64>) throws -> CSVBarReader.Contents {
        let file = try open()
        let columns = try roles(file)
        var contents = CSVBarReader.Contents()
        var nulls: [Int: String] = [:]
        func doubles(_ role: CSVBarFormat.Role) throws -> [Double] {
            guard let index = columns[role] else { return [Double](repeating: 0, count: file.rowCount) }
            let column = try located { () throws(ParquetError) in try file.doubles(index) }
            for row in column.nullRows { nulls[row] = "\(role) is null" }
            return column.values
        }
        let (open, high, low, close) = (
            try doubles(.open), try doubles(.high), try doubles(.low), try doubles(.close)
        )
        let volume = try doubles(.volume)
        let times = try times(file, columns[.time] ?? 0, &nulls)
        var validator = BarValidator()
        for row in 0..<file.rowCount {
            let bar = Bar(
                time: times[row], open: open[row], high: high[row], low: low[row], close: close[row],
                volume: volume[row])
            if let problem = nulls[row] ?? validator.defect(in: bar)?.description {
                try onDefect(error("row \(row + 1): \(problem)"))
                continue
            }
            if contents.first == nil { contents.first = bar }
            contents.last = bar
            if window.contains(bar.time) { contents.bars.append(bar) }
        }
        return contents
    }

    private func open() throws -> ParquetFile {
        let bytes: [UInt8]
        do {
            bytes = try FileReader.contents(of: path)
        } catch {
            throw PlaybookError(.sourceUnavailable, error.description)
        }
        return try located { () throws(ParquetError) in try ParquetFile(bytes) }
    }

    /// Which column holds what.
    private func roles(_ file: ParquetFile) throws -> [CSVBarFormat.Role: Int] {
        var roles: [CSVBarFormat.Role: Int] = [:]
        for (index, column) in file.columns.enumerated() {
            let name = column.name.lowercased()
            guard let role = CSVBarFormat.Role.allCases.first(where: { $0.spellings.contains(name) }) else { continue }
            guard roles.updateValue(index, forKey: role) == nil else {
                throw error("two columns for \(role): '\(column.name)' is the second")
            }
        }
        // What pandas calls an index without a name.
        if roles[.time] == nil { roles[.time] = file.column(named: "__index_level_0__") }
        for role in CSVBarFormat.Role.allCases where role != .ignored && role != .volume && roles[role] == nil {
            throw error(
                "no column for \(role): there are \(file.columns.map(\.name).joined(separator: ", ")); understood are "
                    + role.spellings.joined(separator: ", "))
        }
        return roles
    }

    /// Seconds since the epoch, a row each.
    private func times(_ file: ParquetFile, _ index: Int, _ nulls: inout [Int: String]) throws -> [Int64] {
        let column = file.columns[index]
        switch column.kind {
        case .timestamp(_, let isUTC):
            let found = try integers(file, index, &nulls)
            if isUTC { return found.map { $0.flooredSeconds } }
            return try found.map { try local($0.flooredSeconds) }
        case .date:
            guard acceptsDates else { throw error("column '\(column.name)' holds dates without a time of day") }
            return try integers(file, index, &nulls).map { $0 * 86_400 }
        case .integer:
            return try texts(integers(file, index, &nulls).map(String.init), &nulls)
        case .string:
            let found = try located { () throws(ParquetError) in try file.strings(index) }
            for row in found.nullRows { nulls[row] = "time is null" }
            return try texts(found.values, &nulls)
        case .double, .decimal, .boolean, .other:
            throw error("column '\(column.name)' does not hold times")
        }
    }

    private func integers(_ file: ParquetFile, _ index: Int, _ nulls: inout [Int: String]) throws -> [Int64] {
        let found = try located { () throws(ParquetError) in try file.integers(index) }
        for row in found.nullRows { nulls[row] = "time is null" }
        return found.values
    }

    /// Timestamps as a CSV file would have them.
    private func texts(_ texts: [String], _ nulls: inout [Int: String]) throws -> [Int64] {
        var parser = TimestampParser(zone: zone)
        var times: [Int64] = []
        times.reserveCapacity(texts.count)
        for (row, var text) in texts.enumerated() {
            let parsed = text.withUTF8 { bytes in
                Result { () throws(TimestampParser.Problem) in try parser.parse(bytes) }
            }
            switch parsed {
            case .success(let time) where time.hasTime || acceptsDates:
                let date = acceptsDates ? time.date : nil
                times.append(date.map { Int64($0.daysSinceEpoch) * 86_400 } ?? time.seconds)
            case .failure(.noZone): throw noZone("row \(row + 1): timestamp '\(text.prefix(40))'")
            default:
                times.append(0)
                nulls[row] = nulls[row] ?? "timestamp '\(text.prefix(40))' is not understood"
            }
        }
        return times
    }

    /// A reading of a local clock, in seconds as if it were UTC, as an instant.
    private func local(_ seconds: Int64) throws -> Int64 {
        let day = seconds.flooredQuotient(by: 86_400)
        if acceptsDates, seconds == day * 86_400 { return seconds }
        guard let zone else { throw noZone("the time column") }
        return zone.seconds(CivilDate(daysSinceEpoch: Int32(clamping: day)), secondOfDay: seconds - day * 86_400)
    }

    private func noZone(_ what: String) -> PlaybookError {
        error("\(what) has no UTC offset: say with --data-timezone how to read it, for instance America/New_York")
    }

    private func located<Value>(_ body: () throws(ParquetError) -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            throw self.error(error.description)
        }
    }

    private func error(_ problem: String) -> PlaybookError {
        PlaybookError(
            .badData, "\(path): \(problem)",
            nextStep: "Mend the file or write it anew; 'trading-playbook data check' lists all such rows.")
    }
}

extension Int64 {
    /// Microseconds as whole seconds, rounded down.
    fileprivate var flooredSeconds: Int64 { flooredQuotient(by: 1_000_000) }

    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? quotient - 1 : quotient
    }
}
