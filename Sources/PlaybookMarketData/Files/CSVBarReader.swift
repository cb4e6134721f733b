import PlaybookCore
import PlaybookFileSystem

/// Reads bars from a CSV file: any column order and usual header spellings, every line checked.
struct CSVBarReader {
    /// What a file held.
    struct Contents {
        /// The bars within the window asked for.
        var bars = BarColumns()
        /// The first and last bar read, in the window or not.
        var first: Bar?
        var last: Bar?
    }

    let path: String
    let zone: TimestampZone?
    /// Whether a date without a time of day, or midnight, stands for that date: in daily files. It is read as UTC midnight.
    var acceptsDates = false
    /// Told of each wrong line; when it returns, the line is left out.
    var onDefect: (PlaybookError) throws -> Void = { throw $0 }

    /// Files from this size on are read by two tasks.
    private static let parallelSize = 4 << 20

    /// Reads the bars whose time lies in `window`, in seconds since the epoch.
    ///
    /// - Parameter expectedBars: at most how many bars the window can hold.
    func read(window: Range<Int64>, expectedBars: Int) async throws -> Contents {
        var lines = try open()
        guard let header = try nextLine(&lines) else { throw error(1, "the file is empty") }
        let format: CSVBarFormat
        do {
            format = try CSVBarFormat(header: header)
        } catch {
            throw self.error(lines.line, error.message)
        }
        if lines.size >= Self.parallelSize,
            let contents = await readHalves(size: lines.size, format, window, expectedBars)
        {
            return contents
        }
        return try read(&lines, format, window, expectedBars, onDefect)
    }

    /// Both halves of a large file at the same time; nil when anything about it is not in order, for the caller to read
    /// it from the start and say where.
    private func readHalves(
        size: Int, _ format: CSVBarFormat, _ window: Range<Int64>, _ expectedBars: Int
    ) async -> Contents? {
        let path = path
        let zone = zone
        let acceptsDates = acceptsDates
        @Sendable func read(_ range: Range<Int>) -> Contents? {
            let reader = CSVBarReader(path: path, zone: zone, acceptsDates: acceptsDates)
            guard var lines = try? LineReader.lines(of: path, at: range) else { return nil }
            return try? reader.read(&lines, format, window, expectedBars) { throw $0 }
        }
        // Starting after byte 1 leaves out the header.
        async let left = read(1..<(size / 2))
        async let right = read((size / 2)..<size)
        guard var contents = await left, let rest = await right else { return nil }
        guard let end = contents.last, let start = rest.first else { return contents.first == nil ? rest : contents }
        var seam = BarValidator()
        guard seam.defect(in: end) == nil, seam.defect(in: start) == nil else { return nil }
        contents.bars.append(rest.bars)
        contents.last = rest.last
        return contents
    }

    private func read(
        _ lines: inout LineReader, _ format: CSVBarFormat, _ window: Range<Int64>, _ expectedBars: Int,
        _ onDefect: (PlaybookError) throws -> Void
    ) throws -> Contents {
        var contents = Contents()
        var plain = PlainLineParser(format)
        var parser = TimestampParser(zone: zone)
        var block = BarBlock()
        var validator = BarValidator()
        while let line = try nextLine(&lines) {
            if line.isEmpty { continue }
            do {
                let bar = if let bar = plain.parse(line) { bar } else { try parse(line, format, &parser) }
                if let defect = validator.defect(in: bar) { throw CSVProblem(defect.description) }
                if contents.first == nil {
                    contents.first = bar
                    contents.bars.reserve(min(expectedBars, lines.size / max(16, line.count) + 1))
                }
                contents.last = bar
                if window.contains(bar.time) { block.append(bar, to: &contents.bars) }
            } catch let problem as CSVProblem {
                try onDefect(error(lines.line, problem.message))
            }
        }
        block.flush(to: &contents.bars)
        return contents
    }

    private func open() throws -> LineReader {
        do {
            return try LineReader(path)
        } catch {
            throw PlaybookError(.sourceUnavailable, error.description)
        }
    }

    private func nextLine(_ lines: inout LineReader) throws -> UnsafeBufferPointer<UInt8>? {
        do {
            return try lines.next()
        } catch is LineReader.LineTooLong {
            throw error(lines.line, "the line is longer than \(LineReader.longestLine) bytes")
        } catch let failure as FileError {
            throw PlaybookError(.sourceUnavailable, failure.description)
        }
    }

    private func error(_ line: Int, _ problem: String) -> PlaybookError {
        PlaybookError(
            .badData, "\(path):\(line): \(problem)",
            nextStep: "Mend or remove the line; 'trading-playbook data check' lists all such lines.")
    }

    private func parse(
        _ line: UnsafeBufferPointer<UInt8>, _ format: CSVBarFormat, _ parser: inout TimestampParser
    ) throws -> Bar {
        var bar = Bar(time: 0, open: 0, high: 0, low: 0, close: 0, volume: 0)
        var position = 0
        for (number, role) in format.roles.enumerated() {
            guard position <= line.count else {
                throw CSVProblem("\(number) fields where the header has \(format.roles.count)")
            }
            let field = self.field(line, from: position, delimiter: format.delimiter)
            position = field.next
            let content = UnsafeBufferPointer(rebasing: line[field.start..<field.end])
            switch role {
            case .time: bar.time = try time(content, &parser)
            case .open: bar.open = try decimal(content, role)
            case .high: bar.high = try decimal(content, role)
            case .low: bar.low = try decimal(content, role)
            case .close: bar.close = try decimal(content, role)
            case .volume: bar.volume = try decimal(content, role)
            case .ignored: break
            }
        }
        guard position > line.count else {
            throw CSVProblem("more fields than the \(format.roles.count) of the header")
        }
        return bar
    }

    /// The field from `start` on without quotes and spaces around it, and where the next one starts.
    private func field(
        _ line: UnsafeBufferPointer<UInt8>, from start: Int, delimiter: UInt8
    ) -> (start: Int, end: Int, next: Int) {
        var end = start
        while end < line.count, line[end] != delimiter { end += 1 }
        let next = end + 1
        var start = start
        while start < end, line[start] == UInt8(ascii: " ") || line[start] == UInt8(ascii: "\"") { start += 1 }
        while end > start, line[end - 1] == UInt8(ascii: " ") || line[end - 1] == UInt8(ascii: "\"") { end -= 1 }
        return (start, end, next)
    }

    private func decimal(_ field: UnsafeBufferPointer<UInt8>, _ role: CSVBarFormat.Role) throws(CSVProblem) -> Double {
        guard let value = DecimalParser.parse(field) else {
            throw CSVProblem("\(role) is '\(printable(field))', not a number")
        }
        return value
    }

    private func time(
        _ field: UnsafeBufferPointer<UInt8>, _ parser: inout TimestampParser
    ) throws(CSVProblem) -> Int64 {
        let parsed: TimestampParser.Timestamp
        do {
            parsed = try parser.parse(field)
        } catch {
            switch error {
            case .noZone:
                throw CSVProblem(
                    "timestamp '\(printable(field))' has no UTC offset: say with --data-timezone how to read it, "
                        + "for instance --data-timezone America/New_York")
            case .malformed:
                throw CSVProblem(
                    "timestamp '\(printable(field))' is neither ISO 8601 (2013-10-04T13:30:00Z) nor epoch seconds or "
                        + "milliseconds")
            }
        }
        guard acceptsDates || parsed.hasTime else {
            throw CSVProblem("timestamp '\(printable(field))' has no time of day")
        }
        // In a daily file midnight, of whatever zone, means the date it shows.
        if acceptsDates, let date = parsed.date { return Int64(date.daysSinceEpoch) * 86_400 }
        return parsed.seconds
    }
}
