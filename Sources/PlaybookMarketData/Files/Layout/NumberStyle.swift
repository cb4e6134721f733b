/// How a file writes decimal numbers.
struct NumberStyle: Hashable {
    /// The byte before decimal places.
    var decimalMark = UInt8(ascii: ".")
    /// The byte between groups of three digits; nil where there is none.
    var groupMark: UInt8?

    /// What a field holds in place of a number.
    enum Field: Equatable {
        case number(Double)
        /// Nothing, or a word for it: `NaN`, `null`, `-`.
        case missing
        case notANumber
    }

    private static let missingWords: Set<String> = [
        "nan", "na", "n/a", "#n/a", "null", "none", "nil", "-", "--", ".", "nat", "<na>", "-nan",
    ]

    /// The number that `field` spells; spaces and quotes around it are not part of it.
    ///
    /// - Parameter isVolume: whether `1.2M` means 1,200,000.
    func read(_ field: UnsafeBufferPointer<UInt8>, _ plain: PlainDecimal, isVolume: Bool = false) -> Field {
        guard let start = field.baseAddress, !field.isEmpty else { return .missing }
        if decimalMark == UInt8(ascii: "."), groupMark == nil {
            var position = start
            if let value = plain.parse(&position, start + field.count), position == start + field.count {
                return .number(value)
            }
        }
        return readSlowly(field, isVolume)
    }

    private func readSlowly(_ field: UnsafeBufferPointer<UInt8>, _ isVolume: Bool) -> Field {
        guard field.count <= 64 else { return .notANumber }
        if field.count <= 5, Self.missingWords.contains(String(decoding: field, as: UTF8.self).lowercased()) {
            return .missing
        }
        var rest = field[...]
        var text: [UInt8] = []
        text.reserveCapacity(field.count)
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            text.append(sign)
            rest = rest.dropFirst()
        }
        if rest.first == UInt8(ascii: "$") { rest = rest.dropFirst() }
        let factor = isVolume ? Self.factor(of: rest.last) : nil
        if factor != nil { rest = rest.dropLast() }
        guard ungroup(rest, into: &text), let value = Double(String(decoding: text, as: UTF8.self)) else {
            return .notANumber
        }
        return .number(factor.map { (value * $0).rounded() } ?? value)
    }

    /// Copies a number with a point before decimal places and nothing between groups; whether it is one.
    private func ungroup(_ field: Slice<UnsafeBufferPointer<UInt8>>, into text: inout [UInt8]) -> Bool {
        var group = 0
        var groups = 0
        var isWhole = true
        for byte in field {
            if byte &- UInt8(ascii: "0") < 10 {
                group += 1
                text.append(byte)
            } else if byte == decimalMark, isWhole {
                guard groups == 0 || group == 3 else { return false }
                isWhole = false
                text.append(UInt8(ascii: "."))
            } else if byte == groupMark, isWhole {
                guard groups == 0 ? (1...3).contains(group) : group == 3 else { return false }
                groups += 1
                group = 0
            } else if byte | 0x20 == UInt8(ascii: "e") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
                guard groups == 0 else { return false }
                isWhole = false
                text.append(byte)
            } else {
                return false
            }
        }
        return groups == 0 || !isWhole || group == 3
    }

    private static func factor(of byte: UInt8?) -> Double? {
        switch byte.map({ $0 | 0x20 }) {
        case UInt8(ascii: "k"): 1e3
        case UInt8(ascii: "m"): 1e6
        case UInt8(ascii: "b"): 1e9
        default: nil
        }
    }
}

extension NumberStyle {
    /// The style in which `fields` are written; nil when they contradict each other, or may be read in two ways that
    /// differ by a factor of 1,000.
    ///
    /// - Parameter separator: the byte between fields: where it is not a comma, a comma is rather a decimal mark.
    init?(of prices: [[UInt8]], volumes: [[UInt8]], separator: UInt8) {
        self.init()
        let (point, comma) = (UInt8(ascii: "."), UInt8(ascii: ","))
        var (points, commas) = (Evidence(), Evidence())
        for field in prices + volumes {
            points.add(field, mark: point, other: comma)
            commas.add(field, mark: comma, other: point)
        }
        if points.isDecimal, commas.isDecimal || points.isGroup { return nil }
        if commas.isDecimal, commas.isGroup { return nil }
        if commas.isDecimal {
            decimalMark = comma
            groupMark = points.isSeen ? point : nil
        } else if points.isDecimal || points.isSeen && !points.isGroup {
            if commas.isSeen { groupMark = comma }
        } else if points.isGroup {
            decimalMark = comma
            groupMark = point
        } else if commas.isSeen {
            if commas.isGroup || separator == comma && !prices.contains(where: { $0.contains(comma) }) {
                groupMark = comma
            } else if separator != comma {
                decimalMark = comma
            } else if prices.contains(where: { !$0.contains(comma) }) {
                // Decimal places would be there in all.
                groupMark = comma
            } else {
                return nil
            }
        }
    }

    /// What fields tell of a mark.
    private struct Evidence {
        var isSeen = false
        /// Something other than three digits follows it, or it is the later of two marks.
        var isDecimal = false
        /// It stands twice in a field, or before the other mark.
        var isGroup = false

        mutating func add(_ field: [UInt8], mark: UInt8, other: UInt8) {
            guard let first = field.firstIndex(of: mark), let last = field.lastIndex(of: mark) else { return }
            isSeen = true
            if first != last {
                isGroup = true
            } else if let place = field.lastIndex(of: other) {
                if place < first { isDecimal = true } else { isGroup = true }
            } else if field.count - first - 1 != 3 || first == 0 || first > 3 || field[0] == UInt8(ascii: "0") {
                isDecimal = true
            }
        }
    }
}
