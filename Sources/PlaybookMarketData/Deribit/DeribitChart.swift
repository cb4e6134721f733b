import PlaybookCore

/// An answer of Deribit's chart data: equally long columns, or an error.
struct DeribitChart {
    private(set) var bars = BarColumns()
    /// A number and a word, such as 10028 and `too_many_requests`.
    private(set) var error: (code: Int, message: String)?

    private static let names = ["ticks", "open", "high", "low", "close", "volume"]

    /// Reads an answer.
    ///
    /// - Throws: a `JSONScanner.Malformed` or a `KeylessClient.Problem`.
    init(_ bytes: [UInt8]) throws {
        var columns: [[Double]?] = Array(repeating: nil, count: Self.names.count)
        var status: String?
        try bytes.withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes)
            try scanner.requireNoPage()
            try scanner.object { scanner, name in
                if scanner.null() { return }
                switch String(decoding: name, as: UTF8.self) {
                case "result":
                    try scanner.object { scanner, name in
                        if scanner.null() { return }
                        let name = String(decoding: name, as: UTF8.self)
                        if name == "status", scanner.isString() {
                            status = printable(try scanner.string())
                        } else if let index = Self.names.firstIndex(of: name), scanner.isArray() {
                            var numbers: [Double] = []
                            try scanner.array { numbers.append($0.null() ? .nan : try $0.number()) }
                            columns[index] = numbers
                        } else {
                            try scanner.skip()
                        }
                    }
                case "error":
                    var (code, message) = (0, "")
                    try scanner.object { scanner, name in
                        if scanner.null() { return }
                        switch String(decoding: name, as: UTF8.self) {
                        case "code": code = Int(try scanner.number())
                        case "message" where scanner.isString(): message = printable(try scanner.string())
                        default: try scanner.skip()
                        }
                    }
                    error = (code, message)
                default: try scanner.skip()
                }
            }
            try scanner.finish()
        }
        if error != nil || status == "no_data" { return }
        guard status == "ok" else {
            throw KeylessClient.Problem(message: "there is no result with the status ok or no_data")
        }
        let arrays = columns.map { $0 ?? [] }
        for (name, array) in zip(Self.names, arrays) where array.count != arrays[0].count {
            throw KeylessClient.Problem(
                message: "'\(name)' has \(array.count) values of \(arrays[0].count) ticks")
        }
        for index in arrays[0].indices {
            let tick = arrays[0][index]
            guard tick.magnitude < 0x1p53, let milliseconds = BinanceKlines.milliseconds(Int64(tick)),
                milliseconds % 1000 == 0
            else { throw KeylessClient.Problem(message: "tick \(index + 1) is \(tick)") }
            bars.append(
                Bar(
                    time: milliseconds / 1000, open: arrays[1][index], high: arrays[2][index],
                    low: arrays[3][index], close: arrays[4][index], volume: arrays[5][index]))
        }
    }
}
