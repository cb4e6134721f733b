import PlaybookCore

/// Tells the rows of one symbol from those of others, whatever spelling a vendor has for it: `ibm`, `IBM.US`,
/// `NASDAQ:QQQ`, `BTC/USD`, `BRK B`.
struct SymbolMatcher {
    private let wanted: [UInt8]

    init(_ symbol: Symbol) { wanted = symbol.name.utf8.map(Self.simplified) }

    /// Whether `field` names the symbol.
    func matches(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
        var field = field[...]
        // An exchange or a class of assets before it.
        if let colon = field.lastIndex(of: UInt8(ascii: ":")) { field = field[(colon + 1)...] }
        if field.count == wanted.count { return equals(field) }
        guard field.count == wanted.count + 3 else { return false }
        let suffix = field.suffix(3).map(Self.simplified)
        return suffix == Array("-US".utf8) && equals(field.dropLast(3))
    }

    /// Whether `text` names the symbol.
    func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches($0) }
    }

    private func equals(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        zip(field, wanted).allSatisfy { Self.simplified($0) == $1 }
    }

    private static func simplified(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 32
        case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: " "): UInt8(ascii: "-")
        default: byte
        }
    }
}

/// How many rows of which symbols there are.
struct SymbolCounts {
    private var counts: [UInt64: (name: String, rows: Int)] = [:]
    private var last: UInt64 = 0
    private var lastField: [UInt8] = []
    private var run = 0

    /// Counts a row of the symbol that `field` names; whether that is spelled as in the row before.
    @discardableResult
    mutating func add(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
        if run > 0, field.elementsEqual(lastField) {
            run += 1
            return true
        }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in field { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        if hash != last || counts.isEmpty {
            flush()
            last = hash
            if counts[hash] == nil { counts[hash] = (printable(field), 0) }
        }
        run += 1
        lastField = Array(field)
        return false
    }

    private mutating func flush() {
        if run > 0 { counts[last]?.rows += run }
        run = 0
    }

    /// The symbols and their rows, the most rows first.
    mutating func all() -> [FileUnderstanding.SymbolRows] {
        flush()
        return counts.values.map { .init(name: $0.name, rows: $0.rows) }
            .sorted { ($1.rows, $0.name) < ($0.rows, $1.name) }
    }

    /// Counts what another part of the file holds.
    mutating func add(_ other: SymbolCounts) {
        flush()
        var other = other
        other.flush()
        counts.merge(other.counts) { ($0.name, $0.rows + $1.rows) }
    }
}
