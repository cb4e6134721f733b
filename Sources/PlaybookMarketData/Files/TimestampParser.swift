import PlaybookCore

/// Reads timestamps: ISO 8601 with an offset (or without one when a zone is given), or Unix epoch seconds or
/// milliseconds.
struct TimestampParser {
    /// Why a timestamp is refused.
    enum Problem: Error {
        case malformed
        case noZone
    }

    private let zone: TimestampZone?
    // Bars of a day follow each other: the date is taken apart once a day.
    private var cachedDate: (UInt64, UInt16)?
    private var cachedDay = CivilDate(daysSinceEpoch: 0)

    /// - Parameter zone: how to read timestamps without an offset; nil refuses them.
    init(zone: TimestampZone?) { self.zone = zone }

    /// A timestamp as it was read.
    struct Timestamp {
        /// Seconds since the epoch.
        let seconds: Int64
        /// The date, when the text was a date alone or shows midnight.
        var date: CivilDate?
        /// Whether there was a time of day.
        var hasTime = true
    }

    /// Reads one timestamp.
    mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(Problem) -> Timestamp {
        guard bytes.count >= 10 else { throw .malformed }
        guard bytes[4] == UInt8(ascii: "-") else { return Timestamp(seconds: try epoch(bytes)) }
        let date = try date(bytes)
        if bytes.count == 10 {
            return Timestamp(seconds: Int64(date.daysSinceEpoch) * 86_400, date: date, hasTime: false)
        }
        guard bytes.count >= 16, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
            bytes[13] == UInt8(ascii: ":"), let hour = pair(bytes, 11), hour < 24,
            let minute = pair(bytes, 14), minute < 60
        else { throw .malformed }
        var second: Int64 = 0
        var position = 16
        if position < bytes.count, bytes[position] == UInt8(ascii: ":") {
            guard let value = pair(bytes, 17), value < 60 else { throw .malformed }
            second = value
            position = 19
            if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
                position += 1
                let start = position
                while position < bytes.count, isDigit(bytes[position]) { position += 1 }
                guard position > start else { throw .malformed }
            }
        }
        let secondOfDay = hour * 3600 + minute * 60 + second
        let midnight = secondOfDay == 0 ? date : nil
        guard position < bytes.count else {
            guard let zone else { throw .noZone }
            return Timestamp(seconds: zone.seconds(date, secondOfDay: secondOfDay), date: midnight)
        }
        let offset = try offset(bytes, position)
        return Timestamp(seconds: Int64(date.daysSinceEpoch) * 86_400 + secondOfDay - offset, date: midnight)
    }

    private mutating func date(_ bytes: UnsafeBufferPointer<UInt8>) throws(Problem) -> CivilDate {
        let raw = UnsafeRawBufferPointer(bytes)
        let key = (
            raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
            raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
        )
        if let cachedDate, key == cachedDate { return cachedDay }
        guard bytes[7] == UInt8(ascii: "-"), let century = pair(bytes, 0), let year = pair(bytes, 2),
            let month = pair(bytes, 5), let day = pair(bytes, 8),
            let date = CivilDate(year: Int(century * 100 + year), month: Int(month), day: Int(day))
        else { throw .malformed }
        cachedDate = key
        cachedDay = date
        return date
    }

    /// Seconds east of UTC: `Z`, `+HH:MM`, `+HHMM` or `+HH`.
    private func offset(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) throws(Problem) -> Int64 {
        let rest = bytes.count - position
        let sign = bytes[position]
        if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") {
            guard rest == 1 else { throw .malformed }
            return 0
        }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), rest >= 3,
            let hours = pair(bytes, position + 1), hours < 24
        else { throw .malformed }
        var minutes: Int64 = 0
        switch rest {
        case 3: break
        case 5:
            guard let value = pair(bytes, position + 3) else { throw .malformed }
            minutes = value
        case 6:
            guard bytes[position + 3] == UInt8(ascii: ":"), let value = pair(bytes, position + 4) else {
                throw .malformed
            }
            minutes = value
        default: throw .malformed
        }
        guard minutes < 60 else { throw .malformed }
        let seconds = hours * 3600 + minutes * 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    /// 10 digits: seconds (2001 to 2286); 12 or 13: milliseconds.
    private func epoch(_ bytes: UnsafeBufferPointer<UInt8>) throws(Problem) -> Int64 {
        var number: Int64 = 0
        guard bytes.count <= 13 else { throw .malformed }
        for byte in bytes {
            guard isDigit(byte) else { throw .malformed }
            number = number * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        switch bytes.count {
        case 10: return number
        case 12, 13: return number / 1000
        default: throw .malformed
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// The two-digit number at `position`.
    @inline(__always)
    private func pair(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Int64? {
        guard position + 2 <= bytes.count else { return nil }
        let tens = bytes[position] &- UInt8(ascii: "0")
        let ones = bytes[position + 1] &- UInt8(ascii: "0")
        guard tens < 10, ones < 10 else { return nil }
        return Int64(tens) * 10 + Int64(ones)
    }
}
