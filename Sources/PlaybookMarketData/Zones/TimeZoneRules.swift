/// When the clocks of one time zone show what, by the bundled `ZoneTable`.
///
/// Exact from 1990 through 2040. Later years take the rules of 28 years before, in which every date is the same weekday;
/// earlier years are not known.
struct TimeZoneRules: Sendable, Hashable {
    /// The zone's name in the IANA Time Zone Database.
    let name: String
    /// Seconds since the epoch at which the offset changes, ascending.
    private let changes: [Int64]
    /// The offset before each change, and after the last, in seconds east of UTC.
    private let offsets: [Int]

    /// 1990-01-01T00:00:00Z, before which nothing is known.
    static let start: Int64 = 631_152_000
    /// 2041-01-01T00:00:00Z, where the table ends.
    private static let end: Int64 = 2_240_611_200
    /// 28 years, after which weekdays repeat, in seconds.
    private static let cycle: Int64 = 883_612_800

    /// The rules of the zone called `name`, in any case; nil when there is no such zone.
    init?(_ name: String) {
        let wanted = Array(name.lowercased().utf8)
        guard !wanted.isEmpty else { return nil }
        for part in ZoneTable.parts {
            if let found = part.withUTF8Buffer({ Self.find(wanted, in: $0) }) {
                self = found
                return
            }
        }
        return nil
    }

    /// The offset from UTC in force at an instant, in seconds.
    func offset(at second: Int64) -> Int {
        var second = second
        if second >= Self.end { second -= ((second - Self.end) / Self.cycle + 1) * Self.cycle }
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= second { low = middle + 1 } else { high = middle }
        }
        return offsets[low]
    }

    private init(name: String, firstOffset: Int, schedule: Slice<UnsafeBufferPointer<UInt8>>) {
        self.name = name
        var position = schedule.startIndex
        /// The next number: digits in base 32, the last of them of another alphabet.
        func number() -> Int {
            var value = 0
            while position < schedule.endIndex {
                let byte = schedule[position]
                position += 1
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): return value * 32 + Int(byte - UInt8(ascii: "A"))
                case UInt8(ascii: "0")...UInt8(ascii: "5"): return value * 32 + Int(byte - UInt8(ascii: "0")) + 26
                case UInt8(ascii: "a")...UInt8(ascii: "z"): value = value * 32 + Int(byte - UInt8(ascii: "a"))
                case UInt8(ascii: "6")...UInt8(ascii: "8"): value = value * 32 + Int(byte - UInt8(ascii: "6")) + 26
                case UInt8(ascii: "."): value = value * 32 + 29
                case UInt8(ascii: ","): value = value * 32 + 30
                default: value = value * 32 + 31
                }
            }
            return value
        }
        var time = Self.start
        var changes: [Int64] = []
        var offsets = [firstOffset]
        while position < schedule.endIndex {
            time += Int64(number()) * 60
            changes.append(time)
            offsets.append(firstOffset + (number() - 100) * 900)
        }
        self.changes = changes
        self.offsets = offsets
    }

    private static func find(_ wanted: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> TimeZoneRules? {
        for line in text.split(separator: UInt8(ascii: "\n")) {
            guard let bar = line.firstIndex(of: UInt8(ascii: "|")) else { continue }
            for entry in line[..<bar].split(separator: UInt8(ascii: " ")) {
                guard entry.count > wanted.count, entry[entry.startIndex + wanted.count] == UInt8(ascii: "="),
                    zip(entry, wanted).allSatisfy({ lowercased($0) == $1 })
                else { continue }
                let quarters = Int(String(decoding: entry.dropFirst(wanted.count + 1), as: UTF8.self)) ?? 0
                return TimeZoneRules(
                    name: String(decoding: entry.prefix(wanted.count), as: UTF8.self), firstOffset: quarters * 900,
                    schedule: line[(bar + 1)...])
            }
        }
        return nil
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
    }
}
