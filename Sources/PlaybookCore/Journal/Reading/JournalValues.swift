/// What fields mean that other programs have written: pandas and spreadsheets write `True`, `20.0`, `9:45` or `1,234.5`.
enum JournalValues {
    /// A field as the journal writes it.
    enum Meaning {
        /// It is written so already.
        case same
        /// It means this text.
        case text(String)
        /// It is not of the column's kind, which holds what is said.
        case wrong(String)
    }

    /// Whether a field is a number just as the journal writes it, or nearly: no sign but minus, no exponent, no zeros at
    /// either end that could be left out.
    static func isPlainNumber(_ field: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        let count = field.count
        if count > 0, field[0] == UInt8(ascii: "-") { index = 1 }
        let first = index
        while index < count, field[index] &- 0x30 < 10 { index += 1 }
        let digits = index - first
        guard digits > 0, digits == 1 || field[first] != UInt8(ascii: "0") else { return false }
        if index == count { return !(first == 1 && digits == 1 && field[1] == UInt8(ascii: "0")) }
        guard field[index] == UInt8(ascii: "."), index + 1 < count, field[count - 1] != UInt8(ascii: "0") else {
            return false
        }
        index += 1
        while index < count {
            guard field[index] &- 0x30 < 10 else { return false }
            index += 1
        }
        return true
    }

    /// Whether a field is a time of day `HH:MM`.
    static func isPlainTime(_ field: UnsafeRawBufferPointer) -> Bool {
        field.count == 5 && field[2] == UInt8(ascii: ":") && field[0] &- 0x30 < 3 && field[1] &- 0x30 < 10
            && field[3] &- 0x30 < 6 && field[4] &- 0x30 < 10
            && (field[0] != UInt8(ascii: "2") || field[1] < UInt8(ascii: "4"))
    }

    /// Whether a field is an instant `YYYY-MM-DDTHH:MM:SSZ` of the years 1000 to 2999, but for 29 February.
    static func isPlainInstant(_ field: UnsafeRawBufferPointer) -> Bool {
        guard field.count == 20, field[10] == UInt8(ascii: "T"), field[19] == UInt8(ascii: "Z"),
            field[4] == UInt8(ascii: "-"), field[7] == UInt8(ascii: "-"), field[13] == UInt8(ascii: ":"),
            field[16] == UInt8(ascii: ":")
        else { return false }
        func two(_ index: Int) -> UInt8 {
            let (tens, ones) = (field[index] &- 0x30, field[index + 1] &- 0x30)
            return tens < 10 && ones < 10 ? tens * 10 + ones : .max
        }
        let (month, day) = (two(5), two(8))
        let lastDay: UInt8 = month == 2 ? 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
        return (10...29).contains(two(0)) && two(2) < 100 && (1...12).contains(month) && (1...lastDay).contains(day)
            && two(11) < 24 && two(14) < 60 && two(17) < 60
    }

    /// Whether a field is a flag as the journal writes it.
    static func isPlainFlag(_ field: UnsafeRawBufferPointer) -> Bool {
        switch field.count {
        case 4: field.isSame(as: "true")
        case 5: field.isSame(as: "false")
        default: false
        }
    }

    /// What a flag means.
    static func flag(_ field: UnsafeRawBufferPointer) -> Meaning {
        switch String(decoding: field.prefix(8), as: UTF8.self).lowercased() {
        case "true": .text("true")
        case "false": .text("false")
        default: .wrong("true or false")
        }
    }

    /// What a number means: with thousands separators, an exponent, zeros at the end.
    static func number(_ field: UnsafeRawBufferPointer) -> Meaning {
        let noun = "a number"
        guard field.count <= 48, let text = ungrouped(String(decoding: field, as: UTF8.self)),
            let number = Double(text), number.isFinite
        else { return .wrong(noun) }
        return .text(journalNumber(number, .ten))
    }

    /// What a whole number means.
    static func count(_ field: UnsafeRawBufferPointer) -> Meaning {
        guard case .text(let text) = number(field), let count = Int(text), count >= 0 else {
            return .wrong("a whole number")
        }
        return .text(text)
    }

    /// A number without its thousands separators; nil when they do not stand where such separators stand.
    private static func ungrouped(_ text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: ",")) else { return text }
        let sign = text.hasPrefix("-") ? 1 : 0
        let whole = text.dropFirst(sign).prefix { $0 != "." }
        let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
        guard let first = groups.first, (1...3).contains(first.utf8.count),
            groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }),
            groups.allSatisfy({ $0.utf8.allSatisfy { $0 &- 0x30 < 10 } })
        else { return nil }
        let rest = text.dropFirst(sign + whole.count)
        guard !rest.contains(",") else { return nil }
        return (sign == 1 ? "-" : "") + groups.joined() + rest
    }

    /// What a time of day means: `9:45`, `09:45:00`, `9:45 AM`.
    static func time(_ field: UnsafeRawBufferPointer) -> Meaning {
        var text = Substring(String(decoding: field.prefix(16), as: UTF8.self))
        var half: Int?
        for (suffix, hours) in [("AM", 0), ("PM", 12)] where text.uppercased().hasSuffix(suffix) {
            half = hours
            text = text.dropLast(2)
            while text.last == " " { text = text.dropLast() }
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
        guard field.count <= 12, (2...3).contains(parts.count), var hour = parts.first, (0...23).contains(hour),
            parts.count == 2 || parts[2] == 0
        else { return .wrong("a time HH:MM") }
        if let half {
            guard (1...12).contains(hour) else { return .wrong("a time HH:MM") }
            hour = hour % 12 + half
        }
        guard let time = TimeOfDay(hour: hour, minute: parts[1]) else { return .wrong("a time HH:MM") }
        return .text("\(time)")
    }

    /// What an instant means: with a space for the `T`, with `+00:00` for the `Z`.
    static func instant(_ field: UnsafeRawBufferPointer) -> Meaning {
        let text = String(decoding: field.prefix(40), as: UTF8.self)
        if Instant(text) != nil { return .same }
        guard field.count <= 32, text.utf8.count >= 19 else { return .wrong("an instant YYYY-MM-DDTHH:MM:SSZ") }
        let moment = text.prefix(10) + "T" + text.dropFirst(11).prefix(8) + "Z"
        let separator = text.dropFirst(10).first
        let rest = text.dropFirst(19)
        guard separator == "T" || separator == " ", ["Z", "+00:00", "+0000", " UTC"].contains(rest),
            let instant = Instant(String(moment))
        else { return .wrong("an instant YYYY-MM-DDTHH:MM:SSZ") }
        return .text("\(instant)")
    }
}
