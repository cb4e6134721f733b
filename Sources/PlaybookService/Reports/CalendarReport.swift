public import PlaybookCore

/// The trading sessions of a range of dates, for `calendar`.
public struct CalendarReport: Sendable {
    /// How sessions are listed.
    public enum Format: String, Sendable, CaseIterable {
        case table, csv, json
    }

    private let sessions: [TradingSession]

    /// The sessions from `first` through `last`.
    ///
    /// - Throws: a `PlaybookError` when the dates are out of order or beyond the calendar.
    public init(from first: CivilDate, through last: CivilDate, calendar: TradingCalendar = .nyse) throws {
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
                (["date,open_utc,close_utc,open_new_york,close_new_york,early_close"]
                + sessions.map {
                    "\($0.date),\($0.open),\($0.close),\(NewYorkTime.timeOfDay(of: $0.open)),"
                        + "\(NewYorkTime.timeOfDay(of: $0.close)),\($0.isEarlyClose)"
                }).joined(separator: "\n")
        case .table:
            var table = TextTable(["date", "day", "open UTC", "close UTC", "New York", "early close"])
            for session in sessions {
                table.add(
                    session.date.description, session.date.weekday.shortName, session.open.description,
                    session.close.description,
                    "\(NewYorkTime.timeOfDay(of: session.open))-\(NewYorkTime.timeOfDay(of: session.close))",
                    TradingCalendar.nyse.earlyCloseReason(on: session.date) ?? "")
            }
            return table.lines(indent: 0, leftAligned: [0, 1, 5]).joined(separator: "\n")
        case .json:
            return try jsonText(Document(sessions: sessions.map(Document.Session.init)))
        }
    }

    private struct Document: Encodable {
        let schema = "trading-playbook/calendar/1"
        let sessions: [Session]

        struct Session: Encodable {
            let date: String
            let openUtc: String
            let closeUtc: String
            let openNewYork: String
            let closeNewYork: String
            let earlyClose: Bool

            init(_ session: TradingSession) {
                date = session.date.description
                openUtc = session.open.description
                closeUtc = session.close.description
                openNewYork = NewYorkTime.timeOfDay(of: session.open).description
                closeNewYork = NewYorkTime.timeOfDay(of: session.close).description
                earlyClose = session.isEarlyClose
            }
        }
    }
}
