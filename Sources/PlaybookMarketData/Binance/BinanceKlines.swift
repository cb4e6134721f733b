import PlaybookCore

/// Bars as Binance writes them, in the answer of `klines` and in the files of a month.
enum BinanceKlines {
    /// A kline and when it is over.
    struct Kline {
        let bar: Bar
        /// Milliseconds since 1970-01-01T00:00:00Z.
        let closeTime: Int64
    }

    /// Milliseconds of a stamp of 13 digits (milliseconds) or 16 (microseconds, which files have since 2025); nil for any
    /// other.
    static func milliseconds(_ stamp: Int64) -> Int64? {
        switch stamp {
        case 1_000_000_000_000..<10_000_000_000_000: stamp
        case 1_000_000_000_000_000..<10_000_000_000_000_000: stamp / 1000
        default: nil
        }
    }

    /// The klines of an answer `[[openTime,"o","h","l","c","volume",closeTime,…],…]`.
    ///
    /// - Throws: a `JSONScanner.Malformed` or a `KeylessClient.Problem`.
    static func answer(_ bytes: [UInt8]) throws -> [Kline] {
        try bytes.withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes)
            guard scanner.isArray() else {
                throw KeylessClient.Problem(
                    message: scanner.isObject() ? "there is an object, not a list of klines" : "it is not JSON",
                    isPassing: !scanner.isMarkup())
            }
            var klines: [Kline] = []
            klines.reserveCapacity(1000)
            try scanner.array { scanner in
                var times: (open: Int64, close: Int64) = (0, 0)
                var values = (0.0, 0.0, 0.0, 0.0, 0.0)
                var count = 0
                try scanner.array { scanner in
                    switch count {
                    case 0: times.open = try stamp(&scanner, klines.count)
                    case 1: values.0 = try decimal(&scanner, klines.count)
                    case 2: values.1 = try decimal(&scanner, klines.count)
                    case 3: values.2 = try decimal(&scanner, klines.count)
                    case 4: values.3 = try decimal(&scanner, klines.count)
                    case 5: values.4 = try decimal(&scanner, klines.count)
                    case 6: times.close = try stamp(&scanner, klines.count)
                    default: try scanner.skip()
                    }
                    count += 1
                }
                guard count >= 7 else {
                    throw KeylessClient.Problem(message: "kline \(klines.count + 1) has \(count) values of at least 7")
                }
                klines.append(
                    Kline(
                        bar: Bar(
                            time: try seconds(times.open, klines.count), open: values.0, high: values.1, low: values.2,
                            close: values.3, volume: values.4), closeTime: times.close))
            }
            try scanner.finish()
            return klines
        }
    }

    private static func stamp(_ scanner: inout JSONScanner, _ index: Int) throws -> Int64 {
        let number = try scanner.number()
        guard number == number.rounded(), number.magnitude < 0x1p53, let stamp = milliseconds(Int64(number)) else {
            throw KeylessClient.Problem(message: "kline \(index + 1) has the time \(number)")
        }
        return stamp
    }

    private static func seconds(_ milliseconds: Int64, _ index: Int) throws -> Int64 {
        guard milliseconds % 1000 == 0 else {
            throw KeylessClient.Problem(message: "kline \(index + 1) opens at \(milliseconds) ms, within a second")
        }
        return milliseconds / 1000
    }

    private static func decimal(_ scanner: inout JSONScanner, _ index: Int) throws -> Double {
        guard scanner.isString() else { return try scanner.number() }
        let text = try scanner.string()
        guard let value = number(text) else {
            throw KeylessClient.Problem(message: "kline \(index + 1) has '\(printable(text))' in place of a number")
        }
        return value
    }

    /// The number that text spells, without sign.
    @inline(__always)
    static func number(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        guard var position = text.baseAddress, text.count > 0, text[0] &- UInt8(ascii: "0") < 10 else { return nil }
        let end = position + text.count
        if let value = PlainDecimal.shared.parse(&position, end), position == end { return value }
        return DecimalParser.parse(text)
    }
}
