/// Reads decimal numbers of any spelling.
enum DecimalParser {
    /// The number that the field spells; nil when it spells none.
    static func parse(_ field: UnsafeBufferPointer<UInt8>) -> Double? {
        guard field.count <= 64 else { return nil }
        return Double(String(decoding: field, as: UTF8.self))
    }
}
