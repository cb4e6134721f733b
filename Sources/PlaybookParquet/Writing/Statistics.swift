/// What a footer says of the values of a column chunk.
struct Statistics {
    /// The least and the largest value as bytes; nil if there are none that readers could rely on.
    var range: (least: [UInt8], largest: [UInt8])?
    /// Whether the older fields may be written too: their order of strings is not defined.
    private var isSigned = true

    /// How many values are absent.
    private var nullCount = 0

    /// Texts longer than this are left out.
    private static let longestText = 64

    /// Nothing but how many values are absent.
    init(nullCount: Int) { self.nullCount = nullCount }

    init(_ values: ArraySlice<Int64>) {
        guard let least = values.min(), let largest = values.max() else { return }
        range = (Self.bytes(least), Self.bytes(largest))
    }

    init(_ values: ArraySlice<Int32>) {
        guard let least = values.min(), let largest = values.max() else { return }
        range = (Self.bytes(least), Self.bytes(largest))
    }

    /// Nothing if a value is NaN, which has no place in the order. A zero counts as -0 below and as +0 above.
    init(_ values: ArraySlice<Double>) {
        guard var least = values.first else { return }
        var largest = least
        for value in values {
            if value.isNaN { return }
            if value < least { least = value }
            if value > largest { largest = value }
        }
        range = (
            Self.bytes((least == 0 ? -0.0 : least).bitPattern), Self.bytes((largest == 0 ? 0.0 : largest).bitPattern)
        )
    }

    /// By bytes.
    init(_ values: some Collection<String>) {
        isSigned = false
        guard let first = values.first else { return }
        var least = first
        var largest = first
        for value in values {
            if value.utf8.lexicographicallyPrecedes(least.utf8) { least = value }
            if largest.utf8.lexicographicallyPrecedes(value.utf8) { largest = value }
        }
        guard least.utf8.count <= Self.longestText, largest.utf8.count <= Self.longestText else { return }
        range = (Array(least.utf8), Array(largest.utf8))
    }

    private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    /// Writes the structure.
    func write(_ thrift: inout ThriftWriter) {
        if let range, isSigned {
            thrift.binary(1, range.largest)
            thrift.binary(2, range.least)
        }
        thrift.int64(3, nullCount)
        if let range {
            thrift.binary(5, range.largest)
            thrift.binary(6, range.least)
        }
    }
}
