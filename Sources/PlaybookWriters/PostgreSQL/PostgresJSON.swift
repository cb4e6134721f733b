import FoundationEssentials

/// Columns that hold several things, as JSON: `pullback=10:05 reversal=10:09` is an object, exits are an array of objects.
///
/// The server keeps the members of an object in an order of its own. Where the journal's is another, a member without a
/// name lists the names in their order. What would not come back as it was is kept as a string.
enum PostgresJSON {
    /// `name=value` pairs as an object: numbers are numbers, the rest is text.
    static func pairs(_ text: String) -> String {
        var members: [(name: String, value: String)] = []
        for pair in text.split(separator: " ", omittingEmptySubsequences: false) {
            guard let equals = pair.firstIndex(of: "="), equals > pair.startIndex else {
                return string(text)
            }
            let name = String(pair[..<equals])
            guard !members.contains(where: { $0.name == name }) else { return string(text) }
            members.append((name, String(pair[pair.index(after: equals)...])))
        }
        var parts = members.map { "\(string($0.name)):\(value($0.value))" }
        let names = members.map(\.name)
        if names != names.sorted(by: isKeptBefore) {
            parts.insert("\"\":[\(names.map(string).joined(separator: ","))]", at: 0)
        }
        return "{\(parts.joined(separator: ","))}"
    }

    /// The order of an object's members in the server: the shorter name first, then by their bytes.
    private static func isKeptBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count
            ? left.utf8.lexicographicallyPrecedes(right.utf8) : left.utf8.count < right.utf8.count
    }

    /// `0.5@101.2 target 10:40; …` as an array of objects of `share`, `price`, `reason` and `time`.
    static func exits(_ text: String) -> String {
        var objects: [String] = []
        for part in text.split(separator: "; ", omittingEmptySubsequences: false) {
            let words = part.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            let numbers = words[0].split(separator: "@", omittingEmptySubsequences: false).map(
                String.init)
            guard words.count == 3, numbers.count == 2, isNumber(numbers[0]), isNumber(numbers[1]) else {
                return string(text)
            }
            objects.append(
                "{\"share\":\(numbers[0]),\"price\":\(numbers[1]),\"reason\":\(string(words[1])),"
                    + "\"time\":\(string(words[2]))}")
        }
        return "[\(objects.joined(separator: ","))]"
    }

    /// The pairs of an object as text; nil when it is none.
    static func text(pairs json: String) -> String? {
        guard let value = try? JSONDecoder().decode(Value.self, from: Data(json.utf8)) else {
            return nil
        }
        switch value {
        case .text(let text): return text
        case .object(let members):
            var names = members.keys.filter { !$0.isEmpty }.sorted(by: isKeptBefore)
            if case .array(let listed)? = members[""] { names = listed.compactMap(\.plain) }
            var pairs: [String] = []
            for name in names {
                guard let text = members[name]?.plain else { return nil }
                pairs.append("\(name)=\(text)")
            }
            return pairs.joined(separator: " ")
        default: return nil
        }
    }

    /// The exits of an array as text; nil when it is none.
    static func text(exits json: String) -> String? {
        guard let value = try? JSONDecoder().decode(Value.self, from: Data(json.utf8)) else {
            return nil
        }
        switch value {
        case .text(let text): return text
        case .array(let exits):
            var parts: [String] = []
            for exit in exits {
                guard case .object(let members) = exit, let share = members["share"]?.plain,
                    let price = members["price"]?.plain, let reason = members["reason"]?.plain,
                    let time = members["time"]?.plain
                else { return nil }
                parts.append("\(share)@\(price) \(reason) \(time)")
            }
            return parts.joined(separator: "; ")
        default: return nil
        }
    }

    private static func value(_ text: String) -> String { isNumber(text) ? text : string(text) }

    /// Whether text is a number that comes back as it was.
    private static func isNumber(_ text: String) -> Bool { JournalDocument.number(text)?.isFinite == true }

    /// A string with its quotes.
    private static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private enum Value: Decodable {
        case text(String)
        case number(Double)
        case array([Value])
        case object([String: Value])
        case other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let array = try? container.decode([Value].self) {
                self = .array(array)
            } else if let object = try? container.decode([String: Value].self) {
                self = .object(object)
            } else {
                self = .other
            }
        }

        /// A number or a text, as the journal writes it; nil for anything else.
        var plain: String? {
            switch self {
            case .text(let text): text
            case .number(let number): JournalDocument.numberText(number)
            case .array, .object, .other: nil
            }
        }
    }
}
