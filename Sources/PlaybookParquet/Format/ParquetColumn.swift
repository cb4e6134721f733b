/// A column of a file: what it is called and what its values are.
public struct ParquetColumn: Sendable, Hashable {
    /// Units of a timestamp.
    public enum TimeUnit: Sendable, Hashable {
        case milliseconds, microseconds, nanoseconds
    }

    /// What values mean.
    public enum Kind: Sendable, Hashable {
        /// A whole number, signed or not, of up to 64 bits.
        case integer
        /// A binary floating-point number of 32 or 64 bits.
        case double
        /// A decimal number with `scale` digits after the point.
        case decimal(scale: Int)
        /// An instant if `isUTC`, else a reading of some local clock. The old INT96 counts as nanoseconds and does not
        /// say, so for it `isUTC` is false.
        case timestamp(TimeUnit, isUTC: Bool)
        /// Days since 1970-01-01.
        case date
        /// A reading of a clock without a date. Whose clock, files do not tell: what they say of UTC, writers set anyhow.
        case timeOfDay(TimeUnit)
        /// UTF-8 text.
        case string
        /// True or false.
        case boolean
        /// Something that is not read; what it is.
        case other(String)
    }

    /// The name; that of a column within another is written `outer.inner`.
    public var name: String
    /// What its values mean.
    public var kind: Kind
    /// Whether values may be absent (null).
    public var isOptional: Bool
}
