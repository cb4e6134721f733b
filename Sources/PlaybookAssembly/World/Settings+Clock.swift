import FoundationEssentials
package import PlaybookCore
package import PlaybookSettings

/// The computer's clock.
package struct SystemClock: WallClock {
    package init() {}

    package func now() -> Instant { Instant(secondsSinceEpoch: Int64(Date().timeIntervalSince1970)) }
}

extension Settings {
    /// The clock that counts.
    package func clock() throws -> any WallClock { try pretendedNow().map { FixedClock($0) } ?? SystemClock() }

    /// What time it is.
    ///
    /// - Throws: a `PlaybookError` when the clock's setting is wrong.
    package func now() throws -> Instant { try clock().now() }

    /// The present date in the market of symbols that name none.
    ///
    /// - Throws: a `PlaybookError` when a setting is wrong.
    package func today() throws -> CivilDate { try markets()[0].clock.date(of: try clock().now()) }
}
