import FoundationEssentials
import PlaybookCore

extension AlpacaClient {
    /// Alpaca's calendar: when it opens and closes on the dates it has a session.
    func calendar(from first: CivilDate, through last: CivilDate) async throws -> [CivilDate: ClosedRange<TimeOfDay>] {
        struct Day: Decodable {
            let date: String
            let open: String
            let close: String
        }
        let days = try await get(
            "\(account.tradingURL)/v2/calendar", [("start", "\(first)"), ("end", "\(last)")], isEssential: false
        ) { try JSONDecoder().decode([Day].self, from: Data($0)) }
        var calendar: [CivilDate: ClosedRange<TimeOfDay>] = [:]
        for day in days {
            guard let date = CivilDate(day.date), let open = TimeOfDay(day.open), let close = TimeOfDay(day.close),
                open <= close
            else { continue }
            calendar[date] = open...close
        }
        return calendar
    }

    /// The forward and reverse splits that took effect by `last`.
    func splits(of symbols: [Symbol], through last: CivilDate) async throws -> [Symbol: [Split]] {
        struct Action: Decodable {
            let symbol: String
            let newRate: Double
            let oldRate: Double
            let exDate: String
        }
        struct Page: Decodable {
            struct Actions: Decodable {
                let forwardSplits: [Action]?
                let reverseSplits: [Action]?
            }
            let corporateActions: Actions?
            let nextPageToken: String?
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        var found: [Symbol: [Split]] = [:]
        var pages = PageTokens()
        repeat {
            var query = [
                ("symbols", symbols.map(\.name).joined(separator: ",")), ("types", "forward_split,reverse_split"),
                ("start", "1998-01-01"), ("end", "\(last)"), ("limit", "1000"),
            ]
            pages.current.map { query.append(("page_token", $0)) }
            let page = try await get("\(account.dataURL)/v1/corporate-actions", query) {
                try decoder.decode(Page.self, from: Data($0))
            }
            for action in (page.corporateActions?.forwardSplits ?? []) + (page.corporateActions?.reverseSplits ?? []) {
                guard let symbol = Symbol(action.symbol), symbols.contains(symbol) else { continue }
                guard let date = CivilDate(action.exDate), action.newRate > 0, action.oldRate > 0,
                    action.newRate.isFinite, action.oldRate.isFinite
                else {
                    throw PlaybookError(
                        .badData,
                        "Alpaca lists a split of \(symbol) on '\(action.exDate.prefix(20))' at "
                            + "\(action.newRate) for \(action.oldRate)",
                        nextStep: "Try again later.")
                }
                let split = Split(date: date, ratio: action.newRate / action.oldRate)
                if !found[symbol, default: []].contains(split) { found[symbol, default: []].append(split) }
            }
            try pages.advance(to: page.nextPageToken, isEmpty: false)
        } while pages.current != nil
        for (symbol, splits) in found {
            found[symbol] = splits.sorted { $0.date < $1.date }
            for (split, next) in zip(found[symbol] ?? [], (found[symbol] ?? []).dropFirst())
            where split.date == next.date {
                throw PlaybookError(
                    .badData, "Alpaca lists two splits of \(symbol) on \(split.date): \(split.ratio) and \(next.ratio)",
                    nextStep: "Try again later.")
            }
        }
        return found
    }
}

/// Goes from page to page, and stops a server that would send its client in circles.
struct PageTokens {
    /// What to ask the next page with; nil for the first page, and after the last.
    private(set) var current: String?
    private var seen: Set<String> = []
    private var emptyPages = 0

    /// More pages without content, one after the other, are an error.
    private static let mostEmptyPages = 100

    /// Goes on to the page that `token` names.
    mutating func advance(to token: String?, isEmpty: Bool) throws {
        current = token
        guard let token else { return }
        guard seen.insert(token).inserted else {
            throw PlaybookError(
                .sourceUnavailable,
                "Alpaca's pages go round in a circle: page \(seen.count + 1) names one that was read",
                nextStep: "Try again later.")
        }
        emptyPages = isEmpty ? emptyPages + 1 : 0
        guard emptyPages < Self.mostEmptyPages else {
            throw PlaybookError(
                .sourceUnavailable, "Alpaca sent \(emptyPages) pages without bars and still names a next one",
                nextStep: "Try again later.")
        }
    }
}
