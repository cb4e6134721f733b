/// Makes JSON schemas (2020-12, as OpenAPI 3.1 has them).
enum Schema {
    static let text: JSONValue = ["type": "string"]
    static let flag: JSONValue = ["type": "boolean"]
    static let number: JSONValue = ["type": "number"]
    static let count: JSONValue = ["type": "integer", "minimum": 0]
    static let exitCode: JSONValue = ["type": "integer", "enum": [64, 65, 69, 73, 75, 78]]
    static let date: JSONValue = ["type": "string", "format": "date"]

    /// One of some words.
    static func word(_ words: String...) -> JSONValue {
        ["type": "string", "enum": .list(words.map { .text($0) })]
    }

    /// What another schema says.
    static func reference(_ name: String) -> JSONValue { ["$ref": .text("#/components/schemas/\(name)")] }

    /// A list.
    static func list(_ items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

    /// An object that maps any name to such values.
    static func map(_ values: JSONValue) -> JSONValue { ["type": "object", "additionalProperties": values] }

    /// An object of these fields and no others.
    ///
    /// - Parameter optional: fields that are left out when they have no value.
    static func object(_ required: [String: JSONValue], optional: [String: JSONValue] = [:]) -> JSONValue {
        [
            "type": "object", "properties": .fields(required.merging(optional) { $1 }),
            "required": .list(required.keys.sorted().map { .text($0) }), "additionalProperties": false,
        ]
    }
}
