import Foundation
import PlaybookCore
import Testing

@testable import PlaybookMarketData

@Suite("The bundled table of time zones")
struct ZoneTableTests {
    /// The zones that the table names.
    static let names: [String] = ZoneTable.parts.flatMap { part -> [String] in
        let text = part.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
        let words = text.split(separator: "\n").flatMap { $0.prefix { $0 != "|" }.split(separator: " ") }
        return words.map { String($0.prefix { $0 != "=" }) }
    }

    @Test("has the zones of the IANA Time Zone Database")
    func count() {
        #expect(Self.names.count > 550)
        #expect(Set(Self.names).count == Self.names.count)
        for name in ["America/Chicago", "Europe/Berlin", "Asia/Tokyo", "Australia/Lord_Howe", "US/Pacific", "CET"] {
            #expect(Self.names.contains(name))
        }
    }

    @Test("tells the offsets that this computer's own zone data tells, 1990 through 2040")
    func agreesWithFoundation() throws {
        let start = TimeZoneRules.start
        var compared = 0
        for name in Self.names {
            // The old names of whole regions were given other meanings lately.
            guard name.contains("/") else { continue }
            guard let system = TimeZone(identifier: name) else { continue }
            let rules = try #require(TimeZoneRules(name))
            var differences = 0
            // A step of 13 days and 7 hours comes past every hour and season.
            for second in stride(from: start, to: 2_240_611_200, by: 1_148_400) {
                let date = Date(timeIntervalSince1970: Double(second))
                if system.secondsFromGMT(for: date) != rules.offset(at: second) { differences += 1 }
            }
            #expect(differences == 0, "\(name)")
            compared += 1
        }
        #expect(compared > 400)
    }

    @Test("agrees with New York's own rules at every change, and long after the table's end")
    func newYork() throws {
        let rules = try #require(TimeZoneRules("america/new_york"))
        #expect(rules.name == "America/New_York")
        for second in stride(from: TimeZoneRules.start, to: 3_900_000_000, by: 3_600 * 5) {
            let instant = Instant(secondsSinceEpoch: second)
            guard rules.offset(at: second) == NewYorkTime.utcOffset(at: instant) else {
                Issue.record("at \(instant)")
                return
            }
        }
    }

    @Test(
        "gives clock readings a meaning",
        arguments: [
            ("Europe/Berlin", "2024-07-01", 55_800, "2024-07-01T13:30:00Z", 0, false),
            ("Asia/Kolkata", "2024-03-08", 72_000, "2024-03-08T14:30:00Z", 0, false),
            ("America/Chicago", "2024-11-03", 5400, "2024-11-03T06:30:00Z", 3600, false),
            ("America/Chicago", "2024-03-10", 9000, "2024-03-10T08:30:00Z", 0, true),
            ("Australia/Lord_Howe", "2024-04-07", 6300, "2024-04-06T14:45:00Z", 1800, false),
            ("America/Phoenix", "2024-07-01", 23_400, "2024-07-01T13:30:00Z", 0, false),
        ] as [(String, String, Int64, String, Int64, Bool)])
    func readings(name: String, day: String, second: Int64, instant: String, again: Int64, isSkipped: Bool) throws {
        let zone = try #require(TimestampZone(name))
        let reading = try #require(zone.reading(try .of(day), secondOfDay: second))
        #expect(reading.seconds == (try Instant.seconds(instant)))
        #expect(reading.againAfter == again)
        #expect(reading.isSkipped == isSkipped)
        #expect(zone.description == name)
    }

    @Test("does not guess before 1990")
    func early() throws {
        let zone = try #require(TimestampZone("Europe/Berlin"))
        #expect(zone.reading(try .of("1989-12-31"), secondOfDay: 0) == nil)
        #expect(TimestampZone("Europe/Nowhere") == nil)
        #expect(TimestampZone("Europe") == nil)
    }

    @Test(
        "Readings of many days are read as each of them is, and not at all where one is shown twice or never",
        arguments: ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "-06:00", "UTC"])
    func manyReadings(name: String) throws {
        let zone = try #require(TimestampZone(name))
        // Every 25 minutes from 2024 through 2025.
        let readings = (0..<42_100).map { 1_704_067_200 + Int64($0) * 1500 }
        let each = readings.map { local in
            let (day, second) = local.quotientAndRemainder(dividingBy: 86_400)
            return zone.reading(CivilDate(daysSinceEpoch: Int32(day)), secondOfDay: second)
        }
        let isPlain = each.map { $0?.isPlain == true }
        let odd = isPlain.count { !$0 }
        #expect(["UTC", "-06:00", "Asia/Kolkata"].contains(name) ? odd == 0 : (4...12).contains(odd), "\(odd)")
        let plain = readings.indices.filter { isPlain[$0] }
        #expect(zone.instants(plain.map { readings[$0] }) == plain.map { each[$0]?.seconds ?? 0 })
        #expect((zone.instants(readings) == nil) == (odd > 0))
        for index in readings.indices where !isPlain[index] { #expect(zone.instants([readings[index]]) == nil) }
        if name == "UTC" { #expect(zone.instants([-86_401, -1, 0]) == [-86_401, -1, 0]) }
        #expect(zone.instants([.max / 2]) == nil)
    }
}
