import PlaybookCore

/// An answer of Yahoo's chart service: columns of numbers, some of them missing, and splits.
struct YahooChart {
    /// What Yahoo calls the symbol.
    private(set) var symbol = ""
    /// The zone of its exchange.
    private(set) var zone = ""
    /// The length of the bars.
    private(set) var granularity = ""
    private(set) var times: [Int64] = []
    /// Open, high, low, close and volume; NaN where there is none.
    private(set) var columns: [[Double]] = Array(repeating: [], count: 5)
    /// The splits within the range that was asked for, ascending.
    private(set) var splits: [(time: Int64, ratio: Double)] = []
    /// What went wrong, as Yahoo says: `Not Found`, and a sentence.
    private(set) var error: (code: String, description: String)?
    private var hasResult = false

    private static let names = ["open", "high", "low", "close", "volume"]

    /// Reads an answer.
    ///
    /// - Throws: a `JSONScanner.Malformed` or a `KeylessClient.Problem`.
    init(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes)
            try scanner.requireNoPage()
            try scanner.object { scanner, name in
                if scanner.null() { return }
                guard name.isEqual(to: "chart") else { return try scanner.skip() }
                try scanner.object { scanner, name in
                    if scanner.null() { return }
                    if name.isEqual(to: "result") {
                        try scanner.array { try result(&$0) }
                    } else if name.isEqual(to: "error") {
                        try problem(&scanner)
                    } else {
                        try scanner.skip()
                    }
                }
            }
            try scanner.finish()
        }
        guard hasResult || error != nil else {
            throw KeylessClient.Problem(message: "there is neither a result nor an error")
        }
        for (name, column) in zip(Self.names, columns) where !times.isEmpty {
            guard !column.isEmpty || name == "volume" else {
                throw KeylessClient.Problem(message: "there is no array '\(name)'")
            }
            guard column.isEmpty || column.count == times.count else {
                throw KeylessClient.Problem(
                    message: "'\(name)' has \(column.count) values of \(times.count) times")
            }
        }
        splits.sort { $0.time < $1.time }
    }

    private mutating func result(_ scanner: inout JSONScanner) throws {
        guard !hasResult else { return try scanner.skip() }
        hasResult = true
        try scanner.object { scanner, name in
            if scanner.null() { return }
            switch String(decoding: name, as: UTF8.self) {
            case "meta": try meta(&scanner)
            case "timestamp": times = try Self.numbers(&scanner).map { $0.isNaN ? 0 : Int64($0) }
            case "events": try events(&scanner)
            case "indicators":
                try scanner.object { scanner, name in
                    if scanner.null() { return }
                    guard name.isEqual(to: "quote") else { return try scanner.skip() }
                    var isFirst = true
                    try scanner.array { scanner in
                        defer { isFirst = false }
                        if scanner.null() { return }
                        if isFirst { try quote(&scanner) } else { try scanner.skip() }
                    }
                }
            default: try scanner.skip()
            }
        }
    }

    private mutating func meta(_ scanner: inout JSONScanner) throws {
        try scanner.object { scanner, name in
            switch String(decoding: name, as: UTF8.self) {
            case "symbol" where scanner.isString(): symbol = printable(try scanner.string())
            case "exchangeTimezoneName" where scanner.isString():
                zone = printable(try scanner.string()).replacing("\\/", with: "/")
            case "dataGranularity" where scanner.isString(): granularity = printable(try scanner.string())
            default: try scanner.skip()
            }
        }
    }

    private mutating func events(_ scanner: inout JSONScanner) throws {
        try scanner.object { scanner, name in
            if scanner.null() { return }
            guard name.isEqual(to: "splits") else { return try scanner.skip() }
            try scanner.object { scanner, _ in
                var values = (time: Double.nan, new: Double.nan, old: Double.nan)
                try scanner.object { scanner, name in
                    switch String(decoding: name, as: UTF8.self) {
                    case "date": values.time = try scanner.number()
                    case "numerator": values.new = try scanner.number()
                    case "denominator": values.old = try scanner.number()
                    default: try scanner.skip()
                    }
                }
                let ratio = values.new / values.old
                guard values.time.magnitude < 1e12, ratio > 0, ratio < .infinity else {
                    throw KeylessClient.Problem(message: "a split of \(values.new) for \(values.old)")
                }
                splits.append((Int64(values.time), ratio))
            }
        }
    }

    private mutating func quote(_ scanner: inout JSONScanner) throws {
        try scanner.object { scanner, name in
            if scanner.null() { return }
            guard let index = Self.names.firstIndex(where: { name.isEqual(to: $0) }) else { return try scanner.skip() }
            columns[index] = try Self.numbers(&scanner)
        }
    }

    private mutating func problem(_ scanner: inout JSONScanner) throws {
        var texts = ["", ""]
        try scanner.object { scanner, name in
            if scanner.null() { return }
            let index = ["code", "description"].firstIndex { name.isEqual(to: $0) }
            guard let index, scanner.isString() else { return try scanner.skip() }
            texts[index] = printable(try scanner.string())
        }
        error = (texts[0], texts[1])
    }

    private static func numbers(_ scanner: inout JSONScanner) throws -> [Double] {
        var numbers: [Double] = []
        try scanner.array { numbers.append($0.null() ? .nan : try $0.number()) }
        return numbers
    }
}

extension YahooChart {
    /// The bars as Yahoo has them. A row without one of its four prices is not a bar; one without a volume has 0.
    var bars: BarColumns {
        var bars = BarColumns(capacity: times.count)
        for (index, time) in times.enumerated() {
            let volume = columns[4].isEmpty ? 0 : columns[4][index]
            let bar = Bar(
                time: time, open: columns[0][index], high: columns[1][index], low: columns[2][index],
                close: columns[3][index], volume: volume.isNaN ? 0 : volume)
            guard !bar.open.isNaN, !bar.high.isNaN, !bar.low.isNaN, !bar.close.isNaN else { continue }
            bars.append(bar)
        }
        return bars
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func isEqual(to text: String) -> Bool { elementsEqual(text.utf8) }
}
