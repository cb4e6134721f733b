/// Reads a column of numbers as 64-bit words: integers (timestamps in microseconds), seconds, or the bits of `Double`s.
struct WordReader: ~Copyable {
    /// What words hold: `Int64`s, the bits of `Double`s, or timestamps as whole seconds in an `Int64`, rounded down.
    enum Output {
        case integers, doubles, seconds
    }

    /// What words are made of what is stored.
    private enum Form {
        case boolean, signed32, unsigned32, float, word64, int96
        case fixedDecimal(scale: Int)
        case variableDecimal(scale: Int)
    }

    /// What is done to the words of a page at the end.
    private enum Finish {
        case nothing, signedToDouble, unsignedToDouble, checkUnsigned, millisecondsToMicro, nanosecondsToMicro
        case millisecondsToSeconds, microsecondsToSeconds, nanosecondsToSeconds
        case decimalToDouble(scale: Int)
    }

    private let leaf: Leaf
    private let form: Form
    private let finish: Finish
    private let nullWord: UInt64
    private let scratch: Scratch
    /// The dictionary, and how many entries it has.
    private var dictionary: UnsafePointer<UInt64>?
    private var entries = 0
    /// Whether all timestamps were whole seconds, if seconds are made of them.
    private(set) var isWhole = true

    /// A reader of numbers: whole ones, dates, timestamps and booleans as `Int64`, timestamps as seconds, or numbers of
    /// any kind as `Double`.
    ///
    /// - Parameter scratch: working memory that nobody else uses meanwhile.
    init(_ leaf: Leaf, as output: Output, _ scratch: Scratch) throws(ParquetError) {
        self.leaf = leaf
        self.scratch = scratch
        let asDouble = output == .doubles
        nullWord = asDouble ? Double.nan.bitPattern : 0
        switch (leaf.column.kind, asDouble) {
        case (.timestamp(let unit, _), false) where output == .seconds:
            form = leaf.type == .int96 ? .int96 : .word64
            finish =
                switch unit {
                case .milliseconds: .millisecondsToSeconds
                case .microseconds: .microsecondsToSeconds
                case .nanoseconds: leaf.type == .int96 ? .microsecondsToSeconds : .nanosecondsToSeconds
                }
        case (.integer, _) where output == .seconds, (.date, false) where output == .seconds,
            (.timeOfDay, false) where output == .seconds, (.boolean, false) where output == .seconds:
            throw ParquetError("\(leaf.column.kind.words) cannot be read as timestamps")
        case (.double, true):
            form = leaf.type == .float ? .float : .word64
            finish = .nothing
        case (.decimal(let scale), true):
            switch leaf.type {
            case .fixedLengthByteArray:
                form = .fixedDecimal(scale: scale)
                finish = .nothing
            case .byteArray:
                form = .variableDecimal(scale: scale)
                finish = .nothing
            default:
                form = leaf.type == .int32 ? .signed32 : .word64
                finish = .decimalToDouble(scale: scale)
            }
        case (.integer, _):
            form = leaf.type == .int64 ? .word64 : leaf.isUnsigned ? .unsigned32 : .signed32
            finish =
                asDouble
                ? (leaf.isUnsigned ? .unsignedToDouble : .signedToDouble)
                : (leaf.isUnsigned && leaf.type == .int64 ? .checkUnsigned : .nothing)
        case (.date, false):
            form = .signed32
            finish = .nothing
        case (.timeOfDay(let unit), false):
            form = leaf.type == .int32 ? .signed32 : .word64
            finish =
                switch unit {
                case .milliseconds: .millisecondsToMicro
                case .microseconds: .nothing
                case .nanoseconds: .nanosecondsToMicro
                }
        case (.boolean, false):
            form = .boolean
            finish = .nothing
        case (.timestamp(let unit, _), false):
            form = leaf.type == .int96 ? .int96 : .word64
            switch unit {
            case .milliseconds: finish = .millisecondsToMicro
            case .microseconds: finish = .nothing
            case .nanoseconds: finish = leaf.type == .int96 ? .nothing : .nanosecondsToMicro
            }
        default:
            let wanted = asDouble ? "numbers" : "whole numbers, dates or times"
            throw ParquetError("\(leaf.column.kind.words) cannot be read as \(wanted)")
        }
    }

    /// Takes the dictionary of the row group's next pages.
    mutating func setDictionary(_ page: Page) throws(ParquetError) {
        guard page.encoding == .plain || page.encoding == .plainDictionary else {
            throw ParquetError("a dictionary in encoding \(page.encoding.name)")
        }
        try checkCount(page.values, page.valueCount)
        if case .word64 = form, page.isKept {
            dictionary = page.values.baseAddress.map { $0.assumingMemoryBound(to: UInt64.self) }
        } else {
            let room = scratch.areas.dictionary.room(page.valueCount * 8).bindMemory(to: UInt64.self)
            if let start = room.baseAddress { try plain(page.values, page.valueCount, start) }
            dictionary = UnsafePointer(room.baseAddress)
        }
        entries = page.valueCount
    }

    /// Forgets the dictionary of the row group before.
    mutating func endRowGroup() { entries = 0 }

    /// Decodes the values of `page` into `target`, which has room for them; `presence` tells the nulls among them, if
    /// there are some.
    mutating func read(
        _ page: Page, _ presence: [UInt8], into target: UnsafeMutablePointer<UInt64>
    ) throws(ParquetError) {
        try read(page, into: target)
        if page.presentCount < page.valueCount { spread(page, presence, in: target) }
    }

    /// Decodes the values of `page` that are there.
    private mutating func read(_ page: Page, into target: UnsafeMutablePointer<UInt64>) throws(ParquetError) {
        let count = page.presentCount
        if count == 0 { return }
        switch (page.encoding, leaf.type) {
        case (.plain, _): try plain(page.values, count, target)
        case (.rleDictionary, _), (.plainDictionary, _): try lookUp(page.values, count, target)
        case (.deltaBinaryPacked, .int32), (.deltaBinaryPacked, .int64):
            try target.withMemoryRebound(to: Int64.self, capacity: count) { (target) throws(ParquetError) in
                _ = try DeltaBinaryPacked.decode(page.values, count: count, into: target)
            }
            if leaf.type == .int32 { narrow(target, count) }
        case (.byteStreamSplit, .int64), (.byteStreamSplit, .double):
            try ByteStreamSplit.decode(page.values, count: count, into: target)
        case (.byteStreamSplit, .int32), (.byteStreamSplit, .float), (.byteStreamSplit, .fixedLengthByteArray):
            let joined = try ByteStreamSplit.joined(page.values, width: leaf.width, count: count)
            try joined.withUnsafeBufferPointer { (bytes) throws(ParquetError) in
                try plain(UnsafeRawBufferPointer(bytes), count, target)
            }
        case (.rle, .boolean): try runs(page.values, count, target)
        default: throw ParquetError("encoding \(page.encoding.name) is not supported for this column")
        }
        try finish(target, count)
    }

    /// Makes room for nulls among `page.presentCount` words, so that there are `page.valueCount`.
    private func spread(_ page: Page, _ presence: [UInt8], in target: UnsafeMutablePointer<UInt64>) {
        var next = page.presentCount
        for index in stride(from: page.valueCount - 1, through: 0, by: -1) {
            if presence[index] == 1 {
                next -= 1
                target[index] = target[next]
            } else {
                target[index] = nullWord
            }
        }
    }

    private func checkCount(_ bytes: UnsafeRawBufferPointer, _ count: Int) throws(ParquetError) {
        let fits =
            switch form {
            case .boolean: count <= bytes.count.multipliedClamped(by: 8)
            case .variableDecimal: count <= bytes.count / 4
            default: count <= bytes.count / leaf.width
            }
        guard fits else { throw ParquetError("\(bytes.count) bytes for \(count) values") }
    }

    private func plain(
        _ bytes: UnsafeRawBufferPointer, _ count: Int, _ target: UnsafeMutablePointer<UInt64>
    ) throws(ParquetError) {
        try checkCount(bytes, count)
        guard count > 0, let base = bytes.baseAddress else { return }
        switch form {
        case .word64: UnsafeMutableRawPointer(target).copyMemory(from: base, byteCount: count * 8)
        case .signed32:
            for index in 0..<count {
                let raw = Int32(littleEndian: base.loadUnaligned(fromByteOffset: index &* 4, as: Int32.self))
                target[index] = UInt64(bitPattern: Int64(raw))
            }
        case .unsigned32:
            for index in 0..<count {
                target[index] = UInt64(
                    UInt32(littleEndian: base.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self)))
            }
        case .float:
            for index in 0..<count {
                let raw = UInt32(littleEndian: base.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self))
                target[index] = ShortestDecimal.double(Float(bitPattern: raw)).bitPattern
            }
        case .boolean:
            for index in 0..<count { target[index] = UInt64(bytes[index >> 3] >> UInt8(index & 7)) & 1 }
        case .int96:
            for index in 0..<count { target[index] = try Self.microseconds(base + index * 12) }
        case .fixedDecimal(let scale):
            for index in 0..<count {
                let value = UnsafeRawBufferPointer(start: base + index * leaf.width, count: leaf.width)
                target[index] = try DecimalValue.double(value, scale: scale).bitPattern
            }
        case .variableDecimal(let scale):
            var cursor = ByteCursor(bytes)
            for index in 0..<count {
                let length = Int(UInt32(littleEndian: try cursor.take(4).loadUnaligned(as: UInt32.self)))
                let value = UnsafeRawBufferPointer(start: try cursor.take(length), count: length)
                target[index] = try DecimalValue.double(value, scale: scale).bitPattern
            }
        }
    }

    /// Nanoseconds of a day and the Julian day number, as microseconds since 1970, rounded down.
    private static func microseconds(_ bytes: UnsafeRawPointer) throws(ParquetError) -> UInt64 {
        let nanoseconds = Int64(littleEndian: bytes.loadUnaligned(as: Int64.self))
        let day = Int64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))) - 2_440_588
        let (start, tooFar) = day.multipliedReportingOverflow(by: 86_400_000_000)
        let (sum, overflow) = start.addingReportingOverflow(nanoseconds.dividedRoundingDown(by: 1000))
        guard !tooFar, !overflow else { throw ParquetError("a timestamp on Julian day \(day + 2_440_588)") }
        return UInt64(bitPattern: sum)
    }

    private mutating func lookUp(
        _ bytes: UnsafeRawBufferPointer, _ count: Int, _ target: UnsafeMutablePointer<UInt64>
    ) throws(ParquetError) {
        guard let width = bytes.first else { throw ParquetError("the values are cut off") }
        guard entries > 0, dictionary != nil else {
            throw ParquetError("values of a dictionary that is missing or empty")
        }
        let places = try decodePlaces(UnsafeRawBufferPointer(rebasing: bytes[1...]), width: Int(width), count)
        var largest: UInt32 = 0
        for index in 0..<count { largest = max(largest, places[index]) }
        guard largest < entries else { throw ParquetError("entry \(largest) of a dictionary of \(entries)") }
        guard let dictionary else { return }
        for index in 0..<count { target[index] = dictionary[Int(places[index])] }
    }

    /// Small numbers in runs and groups, in memory of their own.
    private func decodePlaces(
        _ packed: UnsafeRawBufferPointer, width: Int, _ count: Int
    ) throws(ParquetError) -> UnsafePointer<UInt32> {
        let places = scratch.areas.places.room(count * 4).bindMemory(to: UInt32.self)
        guard let start = places.baseAddress else { throw ParquetError("the values are cut off") }
        try HybridRuns.decode(packed, width: width, count: count, into: start)
        return UnsafePointer(start)
    }

    private mutating func runs(
        _ bytes: UnsafeRawBufferPointer, _ count: Int, _ target: UnsafeMutablePointer<UInt64>
    ) throws(ParquetError) {
        var cursor = ByteCursor(bytes)
        let length = Int(UInt32(littleEndian: try cursor.take(4).loadUnaligned(as: UInt32.self)))
        let packed = UnsafeRawBufferPointer(start: try cursor.take(length), count: length)
        let bits = try decodePlaces(packed, width: 1, count)
        for index in 0..<count { target[index] = UInt64(bits[index]) }
    }

    /// 32-bit differences wrap at 32 bits.
    private func narrow(_ target: UnsafeMutablePointer<UInt64>, _ count: Int) {
        for index in 0..<count {
            let low = UInt32(truncatingIfNeeded: target[index])
            target[index] = leaf.isUnsigned ? UInt64(low) : UInt64(bitPattern: Int64(Int32(bitPattern: low)))
        }
    }

    private mutating func finish(_ words: UnsafeMutablePointer<UInt64>, _ count: Int) throws(ParquetError) {
        switch finish {
        case .nothing: return
        case .signedToDouble:
            for index in 0..<count { words[index] = Double(Int64(bitPattern: words[index])).bitPattern }
        case .unsignedToDouble:
            for index in 0..<count { words[index] = Double(words[index]).bitPattern }
        case .checkUnsigned:
            for index in 0..<count where words[index] > UInt64(Int64.max) {
                throw ParquetError("\(words[index]) is larger than a signed number of 64 bits holds")
            }
        case .millisecondsToMicro:
            for index in 0..<count {
                let (product, overflow) = Int64(bitPattern: words[index]).multipliedReportingOverflow(by: 1000)
                guard !overflow else { throw ParquetError("a timestamp of \(Int64(bitPattern: words[index])) ms") }
                words[index] = UInt64(bitPattern: product)
            }
        case .nanosecondsToMicro:
            for index in 0..<count {
                words[index] = UInt64(bitPattern: Int64(bitPattern: words[index]).dividedRoundingDown(by: 1000))
            }
        case .millisecondsToSeconds:
            for index in 0..<count {
                let time = Int64(bitPattern: words[index])
                // Beyond that nothing else can be done with it either.
                guard !time.multipliedReportingOverflow(by: 1000).overflow else {
                    throw ParquetError("a timestamp of \(time) ms")
                }
            }
            toSeconds(words, count, unit: 1000)
        case .microsecondsToSeconds: toSeconds(words, count, unit: 1_000_000)
        case .nanosecondsToSeconds: toSeconds(words, count, unit: 1_000_000_000)
        case .decimalToDouble(let scale):
            for index in 0..<count {
                words[index] = DecimalValue.double(Int64(bitPattern: words[index]), scale: scale).bitPattern
            }
        }
    }

    /// Makes seconds, rounded down, of times in parts of which a second has `unit`.
    @inline(__always)
    private mutating func toSeconds(_ words: UnsafeMutablePointer<UInt64>, _ count: Int, unit: Int64) {
        var rest: Int64 = 0
        for index in 0..<count {
            let time = Int64(bitPattern: words[index])
            let seconds = time / unit
            let part = time &- seconds &* unit
            rest |= part
            words[index] = UInt64(bitPattern: seconds &+ (part >> 63))
        }
        if rest != 0 { isWhole = false }
    }
}

extension Int64 {
    /// The quotient, rounded down; `divisor` is above zero.
    func dividedRoundingDown(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

extension ParquetColumn.Kind {
    /// What an error calls values of the kind.
    var words: String {
        switch self {
        case .integer: "whole numbers"
        case .double: "floating-point numbers"
        case .decimal: "decimals"
        case .timestamp: "timestamps"
        case .date: "dates"
        case .timeOfDay: "times of day"
        case .string: "strings"
        case .boolean: "booleans"
        case .other(let what): what
        }
    }
}
