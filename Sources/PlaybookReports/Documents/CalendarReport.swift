public import PlaybookCore
import PlaybookUseCases

/// The trading sessions of a range of dates, for `calendar`.
public struct CalendarReport: Sendable {
    /// How sessions are listed.
    public enum Format: String, Sendable, CaseIterable {
        case table, csv, json
    }

    private let sessions: [TradingSession]
    private let market: Market

    /// The sessions from `first` through `last`.
    ///
    /// - Throws: a `PlaybookError` when the dates are out of order or beyond the calendar.
    public init(from first: CivilDate, through last: CivilDate, market: Market = .xnys) throws {
        let calendar = market.calendar
        self.market = market
        guard first <= last else {
            throw PlaybookError(.usage, "--start \(first) lies after --end \(last)")
        }
        for date in [first, last] {
            do {
                try calendar.requireSupported(date)
            } catch {
                throw PlaybookError(.usage, "\(error)")
            }
        }
        sessions = Array(calendar.sessions(from: first, through: last))
    }

    /// The sessions in `format`, without a line end at the end.
    public func text(_ format: Format) throws -> String {
        switch format {
        case .csv:
            return
                (["date,open_utc,close_utc,open_\(Self.place(market)),close_\(Self.place(market)),early_close"]
                + sessions.map {
                    "\($0.date),\($0.open),\($0.close),\($0.start),\($0.timeOfDay(of: $0.close)),\($0.isEarlyClose)"
                }).joined(separator: "\n")
        case .table:
            var table = TextTable(["date", "day", "open UTC", "close UTC", market.clock.place, "early close"])
            for session in sessions {
                table.add(
                    session.date.description, session.date.weekday.shortName, session.open.description,
                    session.close.description,
                    "\(session.start)-\(session.timeOfDay(of: session.close))",
                    market.calendar.earlyCloseReason(on: session.date) ?? "")
            }
            return table.lines(indent: 0, leftAligned: [0, 1, 5]).joined(separator: "\n")
        case .json:
            return try jsonText(Document(sessions: sessions.map { Document.Session($0, Self.place(market)) }))
        }
    }

    /// What columns of times on the market's clocks are called after.
    private static func place(_ market: Market) -> String {
        market.clock.isUTC ? "market" : market.clock.place.lowercased().replacing(" ", with: "_")
    }

    private struct Document: Encodable {
        let schema = "trading-playbook/calendar/1"
        let sessions: [Session]

        struct Session: Encodable {
            let date: String
            let openUtc: String
            let closeUtc: String
            let earlyClose: Bool
            private let local: (open: String, close: String, place: String)

            private struct Key: CodingKey {
                let stringValue: String
                var intValue: Int? { nil }

                init(stringValue: String) { self.stringValue = stringValue }
                init?(intValue: Int) { nil }
            }

            init(_ session: TradingSession, _ place: String) {
                date = session.date.description
                openUtc = session.open.description
                closeUtc = session.close.description
                earlyClose = session.isEarlyClose
                local = ("\(session.start)", "\(session.timeOfDay(of: session.close))", place)
            }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                for (name, value) in [
                    ("date", date), ("open_utc", openUtc), ("close_utc", closeUtc), ("open_\(local.place)", local.open),
                    ("close_\(local.place)", local.close),
                ] {
                    try container.encode(value, forKey: Key(stringValue: name))
                }
                try container.encode(earlyClose, forKey: Key(stringValue: "early_close"))
            }
        }
    }
}
