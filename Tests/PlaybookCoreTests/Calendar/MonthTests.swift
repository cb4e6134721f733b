import PlaybookCore
import Testing

@Suite("Months")
struct MonthTests {
    @Test("are spelled YYYY-MM, and nothing else is read")
    func text() throws {
        for text in ["1998-01", "2024-02", "2035-12", "2000-10"] {
            #expect(Month(text)?.description == text)
        }
        for text in [
            "", "2024", "2024-1", "2024-13", "2024-00", "2024-01-01", "24-01", "2024/01", " 2024-01", "２024-01",
        ] {
            #expect(Month(text) == nil, "\(text)")
        }
    }

    @Test("have their first and last day")
    func dates() throws {
        for (text, first, last) in [
            ("2024-02", "2024-02-01", "2024-02-29"), ("2023-02", "2023-02-01", "2023-02-28"),
            ("2024-12", "2024-12-01", "2024-12-31"), ("2024-04", "2024-04-01", "2024-04-30"),
        ] {
            let month = try #require(Month(text))
            let dates = (try CivilDate.of(first))...(try CivilDate.of(last))
            #expect(month.dates == dates)
            #expect(Month(dates.lowerBound) == month && Month(dates.upperBound) == month)
        }
    }

    @Test("follow each other over the years")
    func range() throws {
        let months = Month.months(from: try .of("2023-11-30"), through: try .of("2024-02-01"))
        #expect(months.map(\.description) == ["2023-11", "2023-12", "2024-01", "2024-02"])
        #expect(months == months.sorted())
        #expect(
            Month.months(from: try .of("2024-02-29"), through: try .of("2024-02-29")).map(\.description) == ["2024-02"])
        #expect(Month.months(from: try .of("2024-03-01"), through: try .of("2024-02-29")).isEmpty)
        // Every day of forty years lies in just one month of the range.
        let first = try CivilDate.of("1998-01-01")
        let all = Month.months(from: first, through: try .of("2037-12-31"))
        #expect(all.count == 480)
        for (month, next) in zip(all, all.dropFirst()) {
            #expect(month.dates.upperBound.adding(days: 1) == next.dates.lowerBound)
        }
    }
}
