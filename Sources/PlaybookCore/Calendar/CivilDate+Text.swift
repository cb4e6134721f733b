extension CivilDate {
    /// Reads a date in the form YYYY-MM-DD: exactly ten characters, ASCII digits and hyphens.
    ///
    /// Any other form, and a day that the calendar does not have, gives `nil`.
    public init?(_ text: some StringProtocol) {
        var reader = FixedWidthReader(text)
        guard let year = reader.number(digits: 4), reader.skip("-"),
            let month = reader.number(digits: 2), reader.skip("-"),
            let day = reader.number(digits: 2), reader.isAtEnd()
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

extension CivilDate: CustomStringConvertible {
    /// The date as YYYY-MM-DD; years beyond 9999 take the digits they need.
    public var description: String {
        // The longest is "-5877641-06-23".
        FixedWidthWriter.string(capacity: 15) { $0.write(self) }
    }
}
