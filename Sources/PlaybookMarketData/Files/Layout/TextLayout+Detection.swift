import PlaybookCore

extension TextLayout {
    /// Lines that may stand before the header.
    private static let mostLinesBefore = 25
    /// Rows that are looked at.
    private static let sampleSize = 300

    /// Finds out how a file is laid out.
    ///
    /// - Parameters:
    ///   - head: the first bytes of the file, up to the end of a line.
    ///   - symbol: whose bars are wanted.
    init(head: UnsafeBufferPointer<UInt8>, symbol: Symbol?, options: FileOptions) throws(LayoutProblem) {
        if head.count >= 2, head[0] == 0xFF && head[1] == 0xFE || head[0] == 0xFE && head[1] == 0xFF {
            throw LayoutProblem(
                line: 1, "the file is UTF-16 text", nextStep: "Save it as CSV in UTF-8, or in plain ASCII.")
        }
        let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")]
        for separator in separators {
            if let found = try Self.withHeader(head, separator, symbol, options) {
                self = found
                return
            }
        }
        for separator in separators {
            if let found = try Self.withoutHeader(head, separator, symbol, options) {
                self = found
                return
            }
        }
        throw Self.notUnderstood(head, separators, symbol)
    }

    /// Makes a layout of a header that has been found.
    private init(
        _ head: UnsafeBufferPointer<UInt8>, _ separator: UInt8, names: [String], headerLine: Int?, data: (Int, Int),
        tickers: [String]?, _ symbol: Symbol?, _ options: FileOptions
    ) throws(LayoutProblem) {
        self.separator = separator
        self.names = names
        self.headerLine = headerLine
        (dataOffset, dataLine) = data
        roles = []
        let rows = Self.rows(head, separator, from: data)
        let chooser = ColumnChooser(names: names, symbol: symbol) { column in
            rows.compactMap { column < $0.count ? $0[column] : nil }
        }
        do throws(CSVProblem) {
            let excluded = try Self.excluded(tickers, symbol)
            let choice = try chooser.choose(
                symbol: symbol, isExcluded: { excluded.contains($0) }, time: try chooser.time())
            roles = choice.roles
            isUTCByName = choice.isUTCByName
            notes = choice.notes
        } catch {
            throw LayoutProblem(line: headerLine ?? data.1, NeutralText(error.message))
        }
        func sample(_ roles: [ColumnRole]) -> [[UInt8]] {
            roles.compactMap { self.column($0) }.flatMap(chooser.sample)
        }
        guard
            let style = NumberStyle(of: sample(ColumnRole.prices), volumes: sample([.volume]), separator: separator)
        else {
            throw LayoutProblem(
                line: data.1,
                "points and commas in numbers can be read in two ways: decimal places or thousands",
                nextStep: "Export the file with decimal points and without separators between thousands.")
        }
        numbers = style
    }

    private static func withHeader(
        _ head: UnsafeBufferPointer<UInt8>, _ separator: UInt8, _ symbol: Symbol?, _ options: FileOptions
    ) throws(LayoutProblem) -> TextLayout? {
        var reader = RecordReader(head, separator: separator)
        var before: [String] = []
        for _ in 0..<mostLinesBefore {
            guard reader.next() else { return nil }
            // A time and four prices.
            guard reader.fields.count >= 5 else {
                before = []
                continue
            }
            var names = reader.fields.indices.map { reader.text($0) }
            guard ColumnChooser(names: names, symbol: symbol, sample: { _ in [] }).hasPrices else {
                before = names
                continue
            }
            let headerLine = reader.line
            var tickers: [String]?
            // pandas writes columns that have two names in two lines, and the index's name in one more.
            if before.count == names.count, ColumnName.simplified(before[0]) == "ticker" { tickers = before }
            var data = (reader.offset, reader.lineAfter)
            while reader.next(), reader.fields.count == names.count, reader.fields.count > 1 {
                let fields = reader.fields.indices.map { reader.text($0) }
                if fields.dropFirst().allSatisfy({ $0.isEmpty }), !fields[0].isEmpty, fields[0].first?.isNumber != true
                {
                    names[0] = fields[0]
                } else if tickers == nil,
                    ["ticker", "", "symbol", "symbols"].contains(ColumnName.simplified(fields[0])),
                    fields.dropFirst().allSatisfy({
                        Symbol($0.filter { $0 != "^" && $0 != "=" && $0 != " " }) != nil && Double($0) == nil
                    })
                {
                    tickers = fields
                } else {
                    break
                }
                data = (reader.offset, reader.lineAfter)
            }
            return try TextLayout(
                head, separator, names: names, headerLine: headerLine, data: data, tickers: tickers, symbol, options)
        }
        return nil
    }

    /// A file whose columns the settings name.
    private static func withoutHeader(
        _ head: UnsafeBufferPointer<UInt8>, _ separator: UInt8, _ symbol: Symbol?, _ options: FileOptions
    ) throws(LayoutProblem) -> TextLayout? {
        guard let start = firstRow(head, separator, symbol, isHeaderLess: options.columns != nil) else { return nil }
        guard let names = options.columns else {
            throw LayoutProblem(
                line: start.line, "the file has no header line",
                nextStep: """
                    Put '\(suggestion(start.fields, separator))' at its top, or set \(.set(.columnsOfFiles)) to that; \
                    check that the columns are in this order.
                    """)
        }
        guard names.count == start.fields.count else {
            throw LayoutProblem(
                line: start.line,
                "\(start.fields.count) fields where \(.named(.columnsOfFiles)) names \(names.count) columns",
                nextStep: "Name as many columns as the file has; 'skip' is a column that is not read.")
        }
        return try TextLayout(
            head, separator, names: names, headerLine: nil, data: (start.offset, start.line), tickers: nil, symbol,
            options)
    }

    /// The first record that can be a row of bars; nil when a header stands before it that lacks something.
    private static func firstRow(
        _ head: UnsafeBufferPointer<UInt8>, _ separator: UInt8, _ symbol: Symbol?, isHeaderLess: Bool
    ) -> (fields: [[UInt8]], offset: Int, line: Int)? {
        var reader = RecordReader(head, separator: separator)
        for _ in 0..<mostLinesBefore {
            let offset = reader.offset
            guard reader.next() else { return nil }
            let fields = reader.fields.indices.map { Array(reader.content($0)) }
            if fields.count >= 5, fields.count(where: isNumber) >= 4 { return (fields, offset, reader.line) }
            let names = reader.fields.indices.map { reader.text($0) }
            let isHeader = ColumnChooser(names: names, symbol: symbol, sample: { _ in [] }).roleCount > 1
            if isHeader, !isHeaderLess { return nil }
        }
        return nil
    }

    private static func isNumber(_ field: [UInt8]) -> Bool {
        !field.isEmpty && field.contains { $0 &- UInt8(ascii: "0") < 10 }
            && field.allSatisfy { $0 &- UInt8(ascii: "0") < 10 || ".,-+$eE".utf8.contains($0) }
    }

    /// The header that a file without one seems to lack.
    private static func suggestion(_ fields: [[UInt8]], _ separator: UInt8) -> String {
        var names: [String] = []
        var prices = ["open", "high", "low", "close", "volume"][...]
        var probe = StampParser(zone: .utc, order: .dayFirst)
        var other = StampParser(zone: .utc, order: .monthFirst)
        for field in fields {
            let isFirst = !names.contains { ["timestamp", "date"].contains($0) }
            let stamp = field.withUnsafeBufferPointer { (try? probe.parse($0)) ?? (try? other.parse($0)) }
            let isClock = field.withUnsafeBufferPointer { StampParser.isTimeOfDay($0) }
            if isFirst, let stamp {
                names.append(stamp.hasTime ? "timestamp" : "date")
            } else if isClock, names.last == "date" {
                names.append("time")
            } else if isFirst, Symbol(String(decoding: field, as: UTF8.self)) != nil, names.isEmpty {
                names.append("symbol")
            } else {
                names.append(prices.popFirst() ?? "skip")
            }
        }
        return names.joined(separator: String(decoding: [separator], as: UTF8.self))
    }

    private static func notUnderstood(
        _ head: UnsafeBufferPointer<UInt8>, _ separators: [UInt8], _ symbol: Symbol?
    ) -> LayoutProblem {
        var best: (roles: Int, line: Int, names: [String]) = (-1, 1, [])
        for separator in separators {
            var reader = RecordReader(head, separator: separator)
            var left = mostLinesBefore
            while left > 0, reader.next() {
                left -= 1
                let names = reader.fields.indices.map { reader.text($0) }
                let roles = ColumnChooser(names: names, symbol: symbol, sample: { _ in [] }).roleCount
                if roles > best.roles { best = (roles, reader.line, names) }
            }
        }
        guard best.roles >= 0 else { return LayoutProblem(line: 1, "the file is empty") }
        let chooser = ColumnChooser(names: best.names, symbol: symbol, sample: { _ in [] })
        do throws(CSVProblem) {
            _ = try chooser.choose(symbol: symbol, time: try chooser.time())
            return LayoutProblem(line: best.line, "the header is not understood")
        } catch {
            return LayoutProblem(line: best.line, NeutralText(error.message))
        }
    }

    /// The columns of other symbols, where a line of the header names one for each column.
    private static func excluded(_ tickers: [String]?, _ symbol: Symbol?) throws(CSVProblem) -> Set<Int> {
        guard let tickers, let symbol else { return [] }
        let matcher = SymbolMatcher(symbol)
        let others = tickers.indices.dropFirst().filter { !matcher.matches(tickers[$0]) }
        guard others.count < tickers.count - 1 else {
            throw CSVProblem(
                "no column of \(symbol): the header names "
                    + Set(tickers.dropFirst()).sorted().prefix(5).joined(separator: ", "))
        }
        return Set(others)
    }

    /// The first rows' fields.
    private static func rows(
        _ head: UnsafeBufferPointer<UInt8>, _ separator: UInt8, from data: (Int, Int)
    ) -> [[[UInt8]]] {
        var reader = RecordReader(head, in: data.0..<head.count, separator: separator, line: data.1)
        var rows: [[[UInt8]]] = []
        while rows.count < sampleSize, reader.next() {
            guard !reader.isBlank else { continue }
            rows.append(reader.fields.indices.map { Array(reader.content($0)) })
        }
        return rows
    }
}
