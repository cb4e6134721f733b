/// Header fields in order; names are compared without regard to case. Its description hides values that are secret.
public struct HTTPHeaders: Hashable, Sendable {
    /// A name and its value.
    public struct Field: Hashable, Sendable {
        /// As written; `Accept` and `accept` name the same field.
        public var name: String
        /// Without the line's end.
        public var value: String

        /// A field.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Every field in order.
    public private(set) var fields: [Field]

    /// The `fields` in order.
    public init(_ fields: [Field] = []) { self.fields = fields }

    /// The last value of `name`. Setting it replaces every field of that name; nil removes them.
    public subscript(_ name: String) -> String? {
        get { fields.last { Self.isEqual($0.name, name) }?.value }
        set {
            fields.removeAll { Self.isEqual($0.name, name) }
            if let newValue { fields.append(Field(name, newValue)) }
        }
    }

    /// Every value of `name` in order.
    public func values(of name: String) -> [String] {
        fields.filter { Self.isEqual($0.name, name) }.map(\.value)
    }

    /// Adds a field after the others.
    public mutating func append(_ name: String, _ value: String) { fields.append(Field(name, value)) }

    /// Continues the value of the last field (a folded line).
    mutating func extendLast(with text: String) {
        guard !fields.isEmpty else { return }
        fields[fields.count - 1].value += " " + text
    }

    static func isEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.elementsEqual(right.utf8) { lowercased($0) == lowercased($1) }
    }

    static func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    /// `["Accept": "application/json"]`, in order.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { Field($0.0, $0.1) })
    }
}

extension HTTPHeaders: CustomStringConvertible, CustomReflectable {
    /// `Accept: application/json, Authorization: (secret)`.
    public var description: String {
        fields.map { "\($0.name): \(Secrecy.isSecret($0.name) ? Secrecy.mask : $0.value)" }.joined(separator: ", ")
    }

    /// Nothing but the description.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension HTTPHeaders.Field: CustomStringConvertible, CustomReflectable {
    /// `Accept: application/json`, or `Authorization: (secret)`.
    public var description: String { HTTPHeaders([self]).description }

    /// Nothing but the description.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
