import Foundation

/// Nested lists in parentheses, as `Tests/Reference/random_orders.py` writes them; `~` is nil.
enum Nested {
    case atom(String)
    case list([Nested])

    /// Reads one list.
    init(_ line: Substring.UTF8View) {
        var lists: [[Nested]] = [[]]
        var atom: [UInt8] = []
        func finish() {
            if !atom.isEmpty { lists[lists.count - 1].append(.atom(String(decoding: atom, as: UTF8.self))) }
            atom.removeAll(keepingCapacity: true)
        }
        for byte in line {
            switch byte {
            case UInt8(ascii: "("):
                finish()
                lists.append([])
            case UInt8(ascii: ")"):
                finish()
                let list = lists.removeLast()
                lists[lists.count - 1].append(.list(list))
            case UInt8(ascii: " "): finish()
            default: atom.append(byte)
            }
        }
        self = lists[0][0]
    }

    var list: [Nested] {
        guard case .list(let list) = self else { return [] }
        return list
    }

    var text: String {
        guard case .atom(let text) = self else { return "" }
        return text
    }

    var isNil: Bool { text == "~" }

    subscript(place: Int) -> Nested { list[place] }

    var number: Double { isNil ? .nan : strtod(text, nil) }

    var integer: Int { Int(text) ?? -1 }

    var truth: Bool? { isNil ? nil : text == "1" }

    /// What it is, if it is something.
    func map<Result>(_ body: (Nested) throws -> Result) rethrows -> Result? { isNil ? nil : try body(self) }
}
