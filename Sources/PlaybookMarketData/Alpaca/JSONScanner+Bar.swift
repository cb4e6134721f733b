import PlaybookCore

extension JSONScanner {
    /// The bar that stands here in the plainest spelling: no spaces, each field at most once, no null. Nil, and nothing
    /// is read, when it looks different in any way; it may be right all the same.
    mutating func plainBar() -> Bar? {
        var next = position
        guard end - next > 1, next[0] == UInt8(ascii: "{") else { return nil }
        var bar = Bar(time: 0, open: 0, high: 0, low: 0, close: 0, volume: .nan)
        var seen = 0
        repeat {
            next += 1
            guard end - next > 30, next[0] == UInt8(ascii: "\"") else { return nil }
            let name = next[1]
            let length = next[2] == UInt8(ascii: "\"") ? 1 : 2
            guard next[length + 1] == UInt8(ascii: "\""), next[length + 2] == UInt8(ascii: ":") else { return nil }
            next += length + 3
            if name == UInt8(ascii: "t"), length == 1 {
                guard next[0] == UInt8(ascii: "\""), next[21] == UInt8(ascii: "\""),
                    let time = times.parse(next + 1, end)
                else { return nil }
                bar.time = time
                next += 22
                seen += 1
            } else {
                guard let value = plainNumber(&next) else { return nil }
                switch (name, length) {
                case (UInt8(ascii: "o"), 1): bar.open = value
                case (UInt8(ascii: "h"), 1): bar.high = value
                case (UInt8(ascii: "l"), 1): bar.low = value
                case (UInt8(ascii: "c"), 1): bar.close = value
                case (UInt8(ascii: "v"), 1): bar.volume = value
                case (UInt8(ascii: "n"), 1), (UInt8(ascii: "v"), 2): seen -= 1
                default: return nil
                }
                seen += 1
            }
            guard next < end else { return nil }
        } while next[0] == UInt8(ascii: ",")
        // Six fields, and not five and one of them twice.
        guard next[0] == UInt8(ascii: "}"), seen == 6, bar.time != 0, bar.volume >= 0,
            min(bar.open, bar.high, bar.low, bar.close) > 0
        else { return nil }
        position = next + 1
        return bar
    }

    /// A number without sign and exponent that a comma or a brace follows.
    @inline(__always)
    private func plainNumber(_ next: inout UnsafePointer<UInt8>) -> Double? {
        let first = next
        guard let value = decimals.parse(&next, end), next < end,
            next[0] == UInt8(ascii: ",") || next[0] == UInt8(ascii: "}"), next[-1] != UInt8(ascii: "."),
            first[0] != UInt8(ascii: "0") || next - first == 1 || first[1] == UInt8(ascii: ".")
        else { return nil }
        return value
    }
}
