import PlaybookCore

/// Columns that hold several things: `pullback=10:05 reversal=10:09`, `0.5@101.2 target 10:40; …`. In a collection they
/// are documents.
enum JournalLists {
    /// `name=value` pairs as a document: numbers are doubles, the rest is text. Nil when they would not come back as they
    /// were.
    static func pairs(_ text: String) -> BSONDocument? {
        var document = BSONDocument()
        for pair in text.split(separator: " ", omittingEmptySubsequences: false) {
            guard let equals = pair.firstIndex(of: "="), equals > pair.startIndex else { return nil }
            let (name, value) = (String(pair[..<equals]), String(pair[pair.index(after: equals)...]))
            guard JournalDocument.fieldName(of: name) == name else { return nil }
            document.append(name, JournalDocument.number(value).map(BSONValue.double) ?? .string(value))
        }
        return self.text(pairs: document) == text ? document : nil
    }

    /// A document of pairs as text.
    static func text(pairs document: BSONDocument) -> String? {
        guard let fields = try? document.fields() else { return nil }
        var pairs: [String] = []
        for (name, value) in fields {
            guard let text = value.plainText else { return nil }
            pairs.append("\(name)=\(text)")
        }
        return pairs.joined(separator: " ")
    }

    /// Exits as documents of `share`, `price`, `reason` and `time`; nil when they would not come back as they were.
    static func exits(_ text: String) -> [BSONDocument]? {
        var exits: [BSONDocument] = []
        for part in text.split(separator: "; ", omittingEmptySubsequences: false) {
            let words = part.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            let numbers = words[0].split(separator: "@", omittingEmptySubsequences: false).map(String.init)
            guard words.count == 3, numbers.count == 2, let share = JournalDocument.number(numbers[0]),
                let price = JournalDocument.number(numbers[1])
            else { return nil }
            exits.append([
                "share": .double(share), "price": .double(price), "reason": .string(words[1]),
                "time": .string(words[2]),
            ])
        }
        return self.text(exits: exits) == text ? exits : nil
    }

    /// An array of exits as text.
    static func text(exits array: BSONDocument) -> String? {
        guard let fields = try? array.fields() else { return nil }
        let exits = fields.compactMap(\.value.content)
        return exits.count == fields.count ? text(exits: exits) : nil
    }

    private static func text(exits: [BSONDocument]) -> String? {
        var parts: [String] = []
        for exit in exits {
            let texts = ["share", "price", "reason", "time"].map { exit.value($0)?.plainText }
            guard let share = texts[0], let price = texts[1], let reason = texts[2], let time = texts[3] else {
                return nil
            }
            parts.append("\(share)@\(price) \(reason) \(time)")
        }
        return parts.joined(separator: "; ")
    }
}

extension BSONValue {
    /// A number or a text, as the journal writes it; nil for anything else.
    fileprivate var plainText: String? {
        switch self {
        case .string(let text): text
        case .double(let number): JournalDocument.numberText(number)
        case .int32(let number): String(number)
        case .int64(let number): String(number)
        default: nil
        }
    }

    /// What people have added as the field `name`; nil when it holds nothing.
    func extra(_ name: String) -> JournalExtra? {
        switch self {
        case .null: return nil
        case .string(let text): return text.isEmpty ? nil : JournalExtra(name, text)
        default:
            // The field's type and value, without its name.
            var document = BSONDocument()
            document.append("", self)
            let content = document.bytes.dropFirst(4).dropLast()
            return JournalExtra(name, shownText, native: [content[4]] + content.dropFirst(2))
        }
    }

    /// Any value for people.
    private var shownText: String {
        switch self {
        case .string, .double, .int32, .int64: return plainText ?? ""
        case .bool(let flag): return flag ? "true" : "false"
        case .date(let milliseconds):
            let seconds = milliseconds / 1000
            return (-62_000_000_000...253_000_000_000).contains(seconds)
                ? "\(Instant(secondsSinceEpoch: seconds))" : "\(milliseconds)"
        case .objectID: return JournalDocument.text(ofID: self)
        case .array(let content):
            return ((try? content.fields()) ?? []).map(\.value.shownText).joined(separator: ", ")
        case .document(let content):
            let fields = ((try? content.fields()) ?? []).map { "\($0.name): \($0.value.shownText)" }
            return "{\(fields.joined(separator: ", "))}"
        case .null: return ""
        case .other: return "(a value of another type)"
        }
    }
}
