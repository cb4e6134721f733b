import PlaybookCore
import PlaybookGzip

/// A month of one-minute klines as Binance publishes it: a zip archive of one CSV.
enum BinanceDump {
    /// Why a file is not used.
    struct Defect: Error {
        /// What is wrong, with the line where it is one.
        let message: String
    }

    /// A CSV of a month has about 6 MB; this is far beyond.
    private static let largest = 256 << 20

    /// The bars of an archive, ascending.
    ///
    /// - Parameter name: the archive's name without `.zip`, which its one member has to have too.
    static func bars(_ archive: [UInt8], name: String) throws(Defect) -> BarColumns {
        let csv: [UInt8]
        do {
            let zip = try ZipArchive(archive)
            guard let member = zip.members.first, zip.members.count == 1, member.name == "\(name).csv" else {
                let names = zip.members.prefix(3).map { "'\($0.name.prefix(60))'" }.joined(separator: ", ")
                throw Defect(message: "it holds \(names.isEmpty ? "nothing" : names), not \(name).csv")
            }
            csv = try zip.contents(of: member, limit: largest)
        } catch let error as Defect {
            throw error
        } catch {
            throw Defect(message: "\(error)")
        }
        return try bars(csv: csv)
    }

    /// The bars of a CSV of twelve columns, `open_time,open,high,low,close,volume,close_time,…`, with a line of names before
    /// them or without: in the order of their times, each once.
    static func bars(csv: [UInt8]) throws(Defect) -> BarColumns {
        var bars = BarColumns(capacity: csv.count / 100 + 1)
        var lines: [Int32] = []
        lines.reserveCapacity(csv.count / 100 + 1)
        var problem: Defect?
        var isAscending = true
        csv.withUnsafeBufferPointer { bytes in
            guard var position = bytes.baseAddress else { return }
            let end = position + bytes.count
            var line = 0
            while position < end {
                line += 1
                let first = position
                // Names: their first letter is none of a time's digits.
                let isHeader = line == 1 && position[0] &- UInt8(ascii: "0") >= 10
                if isHeader || position[0] == UInt8(ascii: "\n") || position[0] == UInt8(ascii: "\r") {
                    skipLine(&position, end)
                    continue
                }
                guard let bar = bar(&position, end) else {
                    var last = first
                    skipLine(&last, end)
                    while last > first, last[-1] == UInt8(ascii: "\n") || last[-1] == UInt8(ascii: "\r") { last -= 1 }
                    let text = UnsafeBufferPointer(start: first, count: last - first)
                    problem = Defect(message: "line \(line) is not a kline: '\(printable(text))'")
                    return
                }
                if let last = bars.times.last, bar.time <= last { isAscending = false }
                bars.append(bar)
                lines.append(Int32(clamping: line))
            }
        }
        if let problem { throw problem }
        return isAscending ? bars : try sorted(bars, lines)
    }

    /// The bar of a line, and on to the next one; nil for anything else.
    @inline(__always)
    private static func bar(_ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bar? {
        guard let open = stamp(&position, end), open % 1000 == 0 else { return nil }
        var values = (0.0, 0.0, 0.0, 0.0, 0.0)
        guard field(&position, end, &values.0), field(&position, end, &values.1), field(&position, end, &values.2),
            field(&position, end, &values.3), field(&position, end, &values.4), let close = stamp(&position, end),
            close > open
        else { return nil }
        // Five more columns, which nothing here needs.
        skipLine(&position, end)
        return Bar(
            time: open / 1000, open: values.0, high: values.1, low: values.2, close: values.3, volume: values.4)
    }

    /// Whole digits and the comma after them, as milliseconds.
    @inline(__always)
    private static func stamp(_ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int64? {
        var digits: Int64 = 0
        let start = position
        while position < end, position[0] &- UInt8(ascii: "0") < 10, position - start < 17 {
            digits = digits &* 10 &+ Int64(position[0] &- UInt8(ascii: "0"))
            position += 1
        }
        guard take(&position, end) else { return nil }
        return BinanceKlines.milliseconds(digits)
    }

    /// A number and the comma after it.
    @inline(__always)
    private static func field(
        _ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ value: inout Double
    ) -> Bool {
        if let number = eightDecimals(&position, end) {
            value = number
            return true
        }
        let start = position
        if let number = PlainDecimal.shared.parse(&position, end), take(&position, end) {
            value = number
            return true
        }
        position = start
        while position < end, position[0] != UInt8(ascii: ","), position[0] != UInt8(ascii: "\n") { position += 1 }
        guard let number = BinanceKlines.number(UnsafeBufferPointer(start: start, count: position - start)),
            take(&position, end)
        else { return false }
        value = number
        return true
    }

    /// A number as Binance writes nearly all of them, with the comma after it: up to seven digits, a point and eight more.
    @inline(__always)
    private static func eightDecimals(_ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Double? {
        var place = position
        var whole: UInt64 = 0
        while place < end, place[0] &- UInt8(ascii: "0") < 10 {
            whole = whole &* 10 &+ UInt64(place[0] &- UInt8(ascii: "0"))
            place += 1
        }
        guard (1...7).contains(place - position), end - place >= 10, place[0] == UInt8(ascii: "."),
            place[9] == UInt8(ascii: ",")
        else { return nil }
        // Eight digits at once, the first in the lowest byte: pairs of them, then of pairs, then of those (D. Lemire, "Number
        // Parsing at a Gigabyte per Second", 2021). Anything else than digits has bits left, in itself or with 6 added.
        let digits =
            UInt64(littleEndian: UnsafeRawPointer(place + 1).loadUnaligned(as: UInt64.self)) ^ 0x3030_3030_3030_3030
        guard (digits | (digits &+ 0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 == 0 else { return nil }
        let pairs = (digits &* 2561) >> 8 & 0x00FF_00FF_00FF_00FF
        let quarters = (pairs &* 6_553_601) >> 16 & 0x0000_FFFF_0000_FFFF
        let fraction = (quarters &* 42_949_672_960_001) >> 32
        position = place + 10
        return Double(whole * 100_000_000 + fraction) / 100_000_000
    }

    @inline(__always)
    private static func take(_ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
        guard position < end, position[0] == UInt8(ascii: ",") else { return false }
        position += 1
        return true
    }

    @inline(__always)
    private static func skipLine(_ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
        // Eight bytes at a time as long as there is no line end among them (H. Warren, "Hacker's Delight", 6-1).
        while end - position >= 8 {
            let word = UnsafeRawPointer(position).loadUnaligned(as: UInt64.self) ^ 0x0A0A_0A0A_0A0A_0A0A
            if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { break }
            position += 8
        }
        while position < end, position[0] != UInt8(ascii: "\n") { position += 1 }
        if position < end { position += 1 }
    }

    /// The bars in the order of their times. The same bar twice is one; two that differ are refused.
    private static func sorted(_ bars: BarColumns, _ lines: [Int32]) throws(Defect) -> BarColumns {
        let order = bars.times.indices.sorted { (bars.times[$0], $0) < (bars.times[$1], $1) }
        var result = BarColumns(capacity: bars.count)
        var before: Int?
        for index in order {
            if let before, bars.times[before] == bars.times[index] {
                guard bars[before] == bars[index] else {
                    throw Defect(
                        message: "lines \(lines[before]) and \(lines[index]) have different klines of "
                            + "\(Instant(secondsSinceEpoch: bars.times[index]))")
                }
                continue
            }
            result.append(bars[index])
            before = index
        }
        return result
    }
}
