import FoundationEssentials
import PlaybookCore

/// One page of bars, as Alpaca answers: of many symbols (`bars` an object) or of one (`bars` an array).
struct AlpacaBarPage {
    /// A symbol's bars, in the order that they came.
    struct Piece {
        let symbol: Symbol
        var bars: BarColumns
    }

    /// By symbol, in the order that they came.
    var pieces: [Piece] = []
    /// What to ask the next page with; nil for the last page.
    var nextPageToken: String?

    /// Reads a page.
    ///
    /// - Parameter only: the symbol when the answer names it beside the bars.
    /// - Throws: a `JSONScanner.Malformed` or an `AlpacaBarPage.Problem`.
    init(_ bytes: [UInt8]) throws {
        self = try bytes.withUnsafeBufferPointer { try Self($0) }
    }

    /// A bar that is not one.
    struct Problem: Error {
        /// Which field of which bar, and what is wrong.
        let message: String
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        var scanner = JSONScanner(bytes)
        var hasBars = false
        var single: BarColumns?
        var symbol: Symbol?
        try scanner.object { scanner, name in
            switch name {
            case "bars":
                hasBars = true
                if scanner.null() { return }
                if scanner.isObject() {
                    try scanner.object { scanner, name in
                        let symbol = try Self.symbol(name)
                        if scanner.null() { return }
                        pieces.append(Piece(symbol: symbol, bars: try Self.bars(&scanner, symbol, bytes.count)))
                    }
                } else {
                    single = try Self.bars(&scanner, nil, bytes.count)
                }
            case "symbol": symbol = try Self.symbol(scanner.string())
            case "next_page_token": nextPageToken = scanner.null() ? nil : try Self.text(scanner.string())
            default: try scanner.skip()
            }
        }
        try scanner.finish()
        guard hasBars else { throw Problem(message: "there is no field 'bars'") }
        guard let single, single.count > 0 else { return }
        guard let symbol else { throw Problem(message: "there is no field 'symbol'") }
        pieces = [Piece(symbol: symbol, bars: single)]
    }

    private static func bars(_ scanner: inout JSONScanner, _ symbol: Symbol?, _ size: Int) throws -> BarColumns {
        // A bar takes about 120 bytes and at least 60.
        var bars = BarColumns(capacity: min(10_000, size / 60))
        try scanner.array { scanner in
            if let bar = scanner.plainBar() { return bars.append(bar) }
            var time: Int64?
            var prices = SIMD4<Double>(repeating: .nan)
            var volume = Double.nan
            try scanner.object { scanner, name in
                guard name.count == 1 else { return try scanner.skip() }
                switch name[0] {
                case UInt8(ascii: "t"): time = try scanner.instant()
                case UInt8(ascii: "o"): prices[0] = try value(&scanner)
                case UInt8(ascii: "h"): prices[1] = try value(&scanner)
                case UInt8(ascii: "l"): prices[2] = try value(&scanner)
                case UInt8(ascii: "c"): prices[3] = try value(&scanner)
                case UInt8(ascii: "v"): volume = try value(&scanner)
                default: try scanner.skip()
                }
            }
            guard let time else {
                throw Problem(message: "bar \(bars.count + 1)\(symbol.map { " of \($0)" } ?? "") has no time 't'")
            }
            // What is missing stays NaN, which the validator refuses by name.
            bars.append(
                Bar(
                    time: time, open: prices[0], high: prices[1], low: prices[2], close: prices[3], volume: volume))
        }
        return bars
    }

    @inline(__always)
    private static func value(_ scanner: inout JSONScanner) throws -> Double {
        scanner.null() ? .nan : try scanner.number()
    }

    private static func symbol(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Symbol {
        guard let symbol = Symbol(String(decoding: bytes, as: UTF8.self)) else {
            throw Problem(message: "'\(printable(bytes))' is not a symbol")
        }
        return symbol
    }

    /// A string with its escapes resolved.
    private static func text(_ bytes: UnsafeBufferPointer<UInt8>) throws -> String {
        guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
        let quoted = [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")]
        guard let text = try? JSONDecoder().decode(String.self, from: Data(quoted)) else {
            throw Problem(message: "'\(printable(bytes))' is not a string")
        }
        return text
    }
}

/// Compares a name's bytes with ASCII letters.
private func ~= (pattern: StaticString, name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard name.count == pattern.utf8CodeUnitCount else { return false }
    for index in 0..<name.count where name[index] != pattern.utf8Start[index] { return false }
    return true
}
