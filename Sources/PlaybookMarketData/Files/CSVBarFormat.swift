/// Which column of a CSV file holds what.
struct CSVBarFormat {
    /// What a column is used for.
    enum Role: UInt8, CaseIterable {
        case time, open, high, low, close, volume
        case ignored

        /// The header spellings that are understood, in lower case.
        var spellings: [String] {
            switch self {
            case .time: ["timestamp", "time", "datetime", "date", "date_time", "t", "ts", "start", "open_time"]
            case .open: ["open", "o", "open_price"]
            case .high: ["high", "h", "high_price", "max"]
            case .low: ["low", "l", "low_price", "min"]
            case .close: ["close", "c", "close_price", "last"]
            case .volume: ["volume", "v", "vol"]
            case .ignored: []
            }
        }
    }

    /// The byte between fields.
    let delimiter: UInt8
    /// The role of each column.
    let roles: [Role]

    /// The format that a header line tells.
    ///
    /// - Throws: the problem in words.
    init(header: UnsafeBufferPointer<UInt8>) throws(CSVProblem) {
        let candidates = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
        delimiter = candidates.first { header.contains($0) } ?? UInt8(ascii: ",")
        let separator = delimiter
        let names = header.split(separator: separator, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self).lowercased().filter { !"\"' \u{FEFF}".contains($0) }
        }
        var roles: [Role] = []
        for name in names {
            let role = Role.allCases.first { $0.spellings.contains(name) } ?? .ignored
            if role != .ignored, roles.contains(role) {
                throw CSVProblem("two columns for \(role): '\(name)' is the second")
            }
            roles.append(role)
        }
        for role in Role.allCases where role != .ignored && role != .volume && !roles.contains(role) {
            throw CSVProblem(
                "no column for \(role): the header is '\(printable(header))'; understood are "
                    + role.spellings.joined(separator: ", "))
        }
        self.roles = roles
    }
}

/// What is wrong with a line, in words.
struct CSVProblem: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

/// At most 40 bytes of a field, with anything unprintable escaped: for messages.
func printable(_ field: UnsafeBufferPointer<UInt8>) -> String {
    var text = ""
    for byte in field.prefix(40) {
        if (0x20..<0x7F).contains(byte) {
            text.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            let digits = String(byte, radix: 16, uppercase: true)
            text += "\\x" + (digits.count == 1 ? "0" : "") + digits
        }
    }
    return field.count > 40 ? text + "…" : text
}
