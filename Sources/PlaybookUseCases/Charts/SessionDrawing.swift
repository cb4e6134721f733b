package import PlaybookCore
import PlaybookScript

/// Draws sessions of journal rows, with bars and the rules that made the rows.
struct DrawnSessions {
    let history: BarHistory
    let playbook: Playbook
    /// What the playbook is made of.
    let script: Script
    /// The parameters that differ from its defaults.
    let parameters: [String: String]
    let minimumCompleteness: Double
    let drawing: any SessionDrawing

    /// The charts of sessions of `history`, by date: of those that `rows` are of.
    func charts(of rows: [JournalRow]) async -> [CivilDate: any SessionPicture] {
        let byDate = Dictionary(grouping: rows, by: \.tradeDate)
        let wanted = history.requested.filter { slice in
            !history.slices[slice].bars.isEmpty && byDate[history.slices[slice].session.date] != nil
        }
        guard !wanted.isEmpty else { return [:] }
        async let told = filterWords(of: Set(byDate.keys))
        let tracks = Backtest(history: history).tracks(
            playbook, of: Set(wanted), minimumCompleteness: minimumCompleteness)
        let words = await told
        var charts: [CivilDate: any SessionPicture] = [:]
        for track in tracks {
            let date = history.slices[track.slice].session.date
            charts[date] = drawing.picture(
                track, filters: words[date] ?? [],
                rows: (byDate[date] ?? []).sorted { $0.tradeNumber < $1.tradeNumber }, history: history,
                playbook: playbook)
        }
        return charts
    }
}

extension BarHistory {
    /// What buying at the first open of the requested sessions and holding came to at each close, as a multiple of the
    /// start; splits applied, without dividends.
    func holding() -> [CivilDate: Double] {
        var held: [CivilDate: Double] = [:]
        var factor = 1.0
        var before: Double?
        for slice in slices[requested] {
            before = before.map { $0 / slice.splitRatio }
            guard !slice.bars.isEmpty else { continue }
            let close = bars.close[slice.bars.upperBound - 1]
            factor *= close / (before ?? bars.open[slice.bars.lowerBound])
            before = close
            held[slice.session.date] = factor
        }
        return held
    }
}

/// Several symbols bought in equal parts at the start: the mean at each date that all of them have.
package func heldTogether(_ symbols: [[CivilDate: Double]]) -> [CivilDate: Double] {
    guard let first = symbols.first else { return [:] }
    return first.filter { date in symbols.allSatisfy { $0[date.key] != nil } }.reduce(into: [:]) { held, date in
        held[date.key] = symbols.reduce(0) { $0 + ($1[date.key] ?? 0) } / Double(symbols.count)
    }
}

extension DrawnSessions {
    /// What each session's filters said, in words.
    private func filterWords(of dates: Set<CivilDate>) -> [CivilDate: [String]] {
        guard !playbook.plan.filters.isEmpty,
            let explainer = try? Explainer(script, parameters: parameters, history: history)
        else { return [:] }
        return explainer.filters(of: dates, minimumCompleteness: minimumCompleteness).mapValues { filters in
            filters.map { filter in
                let numbers = filter.numbers.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
                let holds = filter.holds.map { $0 ? "yes" : "no" } ?? "unknown"
                return "\(filter.name): \(filter.rule)? \(holds)" + (numbers.isEmpty ? "" : " (\(numbers))")
            }
        }
    }
}
