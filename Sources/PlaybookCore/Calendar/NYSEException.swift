/// A day since 1998 on which the New York Stock Exchange departed from its yearly holidays and early closes.
///
/// Sessions that merely opened late or were interrupted count as full ones: 2002-09-11 opened at noon, a few days
/// opened one to three minutes late for a moment of silence (such as 2001-09-17 and 2004-06-07), and trading stopped
/// for a time on 1998-10-26, 2001-06-08, 2005-06-01 and 2015-07-08.
struct NYSEException: Hashable, Sendable {
    let date: CivilDate

    /// Why the exchange departed from its rules.
    let reason: String

    /// Where its decision is recorded.
    let source: String

    private init(_ year: Int, _ month: Int, _ day: Int, _ reason: String, source: String) {
        date = CivilDate(validYear: year, month: month, day: day)
        self.reason = reason
        self.source = source
    }

    /// Whole days without trading, in the order of their dates.
    static let closures = [
        NYSEException(
            2001, 9, 11, "September 11 attacks",
            source: "NYSE news conference of September 13, 2001 (TheStreet)"),
        NYSEException(
            2001, 9, 12, "September 11 attacks",
            source: "NYSE news conference of September 13, 2001 (TheStreet)"),
        NYSEException(
            2001, 9, 13, "September 11 attacks",
            source: "NYSE news conference of September 13, 2001 (TheStreet)"),
        NYSEException(
            2001, 9, 14, "September 11 attacks",
            source: "NYSE news conference of September 13, 2001 (TheStreet)"),
        NYSEException(
            2004, 6, 11, "National day of mourning for President Reagan",
            source: "NYSE news release of June 7, 2004 (Investment Executive)"),
        NYSEException(
            2007, 1, 2, "National day of mourning for President Ford",
            source: "NYSE Group news release of December 29, 2006 (The Washington Post, December 30, 2006)"),
        NYSEException(
            2012, 10, 29, "Hurricane Sandy",
            source: "NYSE Euronext news release of October 28, 2012 (IR Impact, October 29, 2012)"),
        NYSEException(
            2012, 10, 30, "Hurricane Sandy",
            source: "NYSE Euronext news release of October 29, 2012 (Valdosta CEO, October 30, 2012)"),
        NYSEException(
            2018, 12, 5, "National day of mourning for President George H. W. Bush",
            source: "NYSE news release of December 1, 2018 (Business Wire)"),
        NYSEException(
            2025, 1, 9, "National day of mourning for President Carter",
            source: "NYSE Group news release of December 30, 2024 (The Epoch Times)"),
    ]

    /// Sessions that closed at 13:00, in the order of their dates.
    static let earlyCloses = [
        NYSEException(
            1999, 12, 31, "Preparation for the year 2000",
            source: "NYSE board decision (Mondo Visione, June 4, 1999)"),
        NYSEException(
            2002, 7, 5, "Day after Independence Day",
            source: "The Washington Times, July 6, 2002: a session that ended at 1 p.m."),
        NYSEException(
            2003, 12, 26, "Day after Christmas Day",
            source: "Associated Press (The Honolulu Advertiser, December 23, 2003): a half session on Friday"),
    ]
}
