import PlaybookCore
import Testing

extension CivilDate {
    /// The date that a test writes as YYYY-MM-DD.
    static func of(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> CivilDate {
        try #require(CivilDate(text), sourceLocation: sourceLocation)
    }

    /// Every date of a range.
    static func each(_ dates: ClosedRange<CivilDate>) -> [CivilDate] {
        (dates.lowerBound.daysSinceEpoch...dates.upperBound.daysSinceEpoch).map { CivilDate(daysSinceEpoch: $0) }
    }
}

extension Instant {
    /// The instant that a test writes as YYYY-MM-DD and seconds since midnight UTC.
    static func of(_ date: String, second: Int64, sourceLocation: SourceLocation = #_sourceLocation) throws -> Instant {
        let day = try CivilDate.of(date, sourceLocation: sourceLocation)
        return Instant(secondsSinceEpoch: Int64(day.daysSinceEpoch) * 86_400 + second)
    }
}
