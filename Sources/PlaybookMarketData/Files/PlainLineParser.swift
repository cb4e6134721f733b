import PlaybookCore

/// Reads lines in the plainest spelling fast: `2013-10-04T13:30:00Z,168.1,168.2,168,168.05,1200`. Whatever looks different
/// in any way is left to `TextRowReader`, which knows all spellings.
struct PlainLineParser {
    private let roles: [ColumnRole]
    private let delimiter: UInt8
    private let decimals = PlainDecimal()
    private var times = PlainTime()
    /// The symbol as a column of symbols has to have it.
    private let symbol: [UInt8]
    /// Whether the columns are time, open, high, low, close and volume, in this order and alone, as most files have them.
    private let isUsual: Bool

    /// - Parameter symbol: whose bars are wanted, where lines name symbols.
    init(_ layout: TextLayout, symbol: Symbol?) {
        self.symbol = symbol.map { Array($0.name.utf8) } ?? []
        roles = layout.roles
        isUsual = layout.roles == [.time, .open, .high, .low, .close, .volume]
        delimiter = layout.separator
    }

    /// The bar on the line at `position`, which moves past the line's end (`\n`, `\r\n` or the end of the text); nil where the
    /// line is not plain.
    @inline(__always)
    mutating func parse(_ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bar? {
        isUsual ? parseUsual(&position, end) : parseAny(&position, end)
    }

    @inline(__always)
    private mutating func parseUsual(_ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bar? {
        guard let time = times.parse(position, end) else { return nil }
        position += 20
        guard let open = next(&position, end), let high = next(&position, end), let low = next(&position, end),
            let close = next(&position, end), let volume = next(&position, end), Self.endLine(&position, end)
        else { return nil }
        return Bar(time: time, open: open, high: high, low: low, close: close, volume: volume)
    }

    /// The number behind a delimiter.
    @inline(__always)
    private func next(_ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Double? {
        guard position < end, position[0] == delimiter else { return nil }
        position += 1
        return decimals.parse(&position, end)
    }

    private mutating func parseAny(_ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bar? {
        var bar = Bar(time: 0, open: 0, high: 0, low: 0, close: 0, volume: 0)
        for (number, role) in roles.enumerated() {
            if number > 0 {
                guard position < end, position[0] == delimiter else { return nil }
                position += 1
            }
            switch role {
            case .time:
                guard let time = times.parse(position, end) else { return nil }
                bar.time = time
                position += 20
            case .symbol:
                for byte in symbol {
                    guard position < end, position[0] == byte else { return nil }
                    position += 1
                }
            case .ignored:
                while position < end, position[0] != delimiter, position[0] != Self.lineFeed { position += 1 }
            default:
                guard let value = decimals.parse(&position, end) else { return nil }
                switch role {
                case .open: bar.open = value
                case .high: bar.high = value
                case .low: bar.low = value
                case .close: bar.close = value
                default: bar.volume = value
                }
            }
        }
        return Self.endLine(&position, end) ? bar : nil
    }

    /// Whether a line ends at `position`, which moves past its end.
    @inline(__always)
    static func endLine(_ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
        if position < end, position[0] == UInt8(ascii: "\r") { position += 1 }
        guard position < end else { return true }
        guard position[0] == lineFeed else { return false }
        position += 1
        return true
    }

    private static var lineFeed: UInt8 { UInt8(ascii: "\n") }
}
