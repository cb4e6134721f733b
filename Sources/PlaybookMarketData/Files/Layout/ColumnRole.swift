/// What a column of a file of bars is used for.
enum ColumnRole: UInt8, CaseIterable {
    case time, date, timeOfDay, open, high, low, close, volume, symbol
    case ignored

    /// The columns without which there are no bars.
    static let prices: [ColumnRole] = [.open, .high, .low, .close]

    /// What messages call it.
    var words: String {
        switch self {
        case .timeOfDay: "time of day"
        default: "\(self)"
        }
    }

    /// The names that are understood, the surest first, as `ColumnName` simplifies them.
    var names: [String] {
        switch self {
        case .time:
            [
                "timestamp", "unix", "unix_timestamp", "unix_time", "window_start", "ts_event", "ts", "epoch",
                "open_time",
                "time_open", "bar_time", "begins_at", "begin", "start", "start_time", "datetime",
                "date_time", "timestamp_utc", "datetime_utc", "date_utc", "time_utc", "utc_time", "utc", "gmt_time",
                "local_time", "time", "date", "t", "eob", "bob", "price_date", "day",
            ]
        case .date, .timeOfDay, .ignored: []
        case .open: ["open", "o", "open_price", "opening_price", "openprice", "first"]
        case .high: ["high", "h", "high_price", "highprice", "max"]
        case .low: ["low", "l", "low_price", "lowprice", "min"]
        case .close: ["close", "c", "close_price", "closing_price", "closeprice", "close_last", "last", "price"]
        case .volume:
            ["volume", "vol", "v", "real_volume", "volume_usd", "tick_volume", "tickvol", "tickvolume", "total_volume"]
        case .symbol:
            ["symbol", "ticker", "sym", "tic", "act_symbol", "sym_root", "name", "instrument", "asset", "stock"]
        }
    }

    /// The place of each name among those of its role, by the role's number.
    private static let ranks: [[String: Int]] = allCases.map { role in
        Dictionary(uniqueKeysWithValues: role.names.enumerated().map { ($1, $0) })
    }

    /// Names of time columns whose readings are UTC.
    static let utcNames: Set<String> = [
        "timestamp_utc", "datetime_utc", "date_utc", "time_utc", "utc_time", "utc", "gmt_time",
    ]

    /// How sure it is that a column so called holds this: 0 is surest; nil when it does not.
    func rank(of name: String) -> Int? {
        if let rank = Self.ranks[Int(rawValue)][name] { return rank }
        // `Volume BTC`, `volume_eth`: of a pair, in units of either.
        return self == .volume && name.hasPrefix("volume_") ? Self.ranks[Int(rawValue)].count : nil
    }
}

/// A column's name, simplified for comparison.
enum ColumnName {
    /// `name` in lower case without quotes, brackets `<>`, numbers before it (`1. open`), units after it (`open (usd)`),
    /// and with `_` between words.
    static func simplified(_ name: String) -> String {
        var name = name
        if let plain = name.withUTF8({ $0.allSatisfy { $0 < 0x80 } ? simplified($0) : nil }) { return plain }
        var text = name.lowercased().filter { !"\"'<>\u{FEFF}".contains($0) }[...]
        text = trimmed(text)
        // Alpha Vantage: `1. open`, `1a. open (USD)`.
        if let point = text.firstIndex(of: "."), text.first?.isNumber == true,
            text[..<point].dropFirst().allSatisfy({ $0.isNumber || $0.isLetter }), text[..<point].count <= 3
        {
            text = trimmed(text[text.index(after: point)...])
        }
        if let bracket = text.firstIndex(of: "("), text.hasSuffix(")"), bracket > text.startIndex {
            text = trimmed(text[..<bracket])
        }
        while text.last == "." { text = text.dropLast() }
        var result = ""
        for character in text {
            let isJoint = " -_/.".contains(character)
            if isJoint, result.last == "_" { continue }
            result.append(isJoint ? "_" : character)
        }
        return result
    }

    /// The same of a name in ASCII, as nearly all are, byte by byte.
    private static func simplified(_ name: UnsafeBufferPointer<UInt8>) -> String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
            var text = text
            while let first = text.first, isSpace(first) { text = text.dropFirst() }
            while let last = text.last, isSpace(last) { text = text.dropLast() }
            return text
        }
        let lower = name.lazy.filter { !"\"'<>".utf8.contains($0) }.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
        var text = trimmed(Array(lower)[...])
        if let point = text.firstIndex(of: UInt8(ascii: ".")), let first = text.first, isDigit(first),
            text[..<point].allSatisfy({ isDigit($0) || (0x61...0x7A).contains($0) }), text[..<point].count <= 3
        {
            text = trimmed(text[(point + 1)...])
        }
        if let bracket = text.firstIndex(of: UInt8(ascii: "(")), text.last == UInt8(ascii: ")"),
            bracket > text.startIndex
        {
            text = trimmed(text[..<bracket])
        }
        while text.last == UInt8(ascii: ".") { text = text.dropLast() }
        var result: [UInt8] = []
        for byte in text {
            let isJoint = " -_/.".utf8.contains(byte)
            if isJoint, result.last == UInt8(ascii: "_") { continue }
            result.append(isJoint ? UInt8(ascii: "_") : byte)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The parts of a name that Python wrote as a tuple, `('Close', 'MSFT')`; nil for any other.
    static func tuple(_ name: String) -> [String]? {
        guard name.hasPrefix("("), name.hasSuffix(")"), name.contains(",") else { return nil }
        return name.dropFirst().dropLast().split(separator: ",").map {
            String(trimmed($0).filter { $0 != "'" && $0 != "\"" })
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return text
    }
}
