/// Writes the fixed-width ASCII fields of a date or a time into a new string.
struct FixedWidthWriter {
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private var count = 0

    private init(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        self.buffer = buffer
    }

    /// The string that `write` writes, of at most `capacity` characters.
    static func string(capacity: Int, _ write: (inout FixedWidthWriter) -> Void) -> String {
        String(unsafeUninitializedCapacity: capacity) { buffer in
            var writer = FixedWidthWriter(buffer)
            write(&writer)
            return writer.count
        }
    }

    /// Writes one ASCII character.
    mutating func write(_ character: Unicode.Scalar) {
        buffer[count] = UInt8(ascii: character)
        count += 1
    }

    /// Writes a number from 0 to 99 in two digits.
    mutating func write(twoDigits number: Int) {
        buffer[count] = UInt8(ascii: "0") + UInt8(number / 10)
        buffer[count + 1] = UInt8(ascii: "0") + UInt8(number % 10)
        count += 2
    }

    /// Writes any number in as many digits as it takes, at least two.
    mutating func write(anyNumber number: Int) {
        if (0...99).contains(number) {
            write(twoDigits: number)
        } else {
            for byte in String(number).utf8 { write(Unicode.Scalar(byte)) }
        }
    }

    /// Writes YYYY-MM-DD; years beyond 9999 take the digits they need.
    mutating func write(_ date: CivilDate) {
        let (year, month, day) = date.components
        if (0...9999).contains(year) {
            write(twoDigits: year / 100)
            write(twoDigits: year % 100)
        } else {
            write(anyNumber: year)
        }
        write("-")
        write(twoDigits: month)
        write("-")
        write(twoDigits: day)
    }

    /// Writes THH:MM:SS for a number of seconds since midnight.
    mutating func write(secondOfDay: Int) {
        write("T")
        write(twoDigits: secondOfDay / 3_600)
        write(":")
        write(twoDigits: secondOfDay / 60 % 60)
        write(":")
        write(twoDigits: secondOfDay % 60)
    }
}
