package import PlaybookCore
package import PlaybookScript
import PlaybookUseCases

/// A playbook in words, for `playbook show`.
public struct PlaybookReport: Sendable {
    private let script: Script
    private let playbook: Playbook
    private let place: String?

    /// A report of a playbook with its parameters.
    ///
    /// - Parameter place: where its file is; nil for a built-in one.
    package init(_ script: Script, _ playbook: Playbook, place: String?) {
        (self.script, self.playbook, self.place) = (script, playbook, place)
    }

    /// Rules, parameters, warm-up and the data that it needs, in `format`.
    public func text(_ format: ReportFormat) throws -> String {
        switch format {
        case .json: try jsonText(Document(script, playbook, place, needs))
        case .table: ([StrategiesReport.text(script.descriptor, place), ""] + lines).joined(separator: "\n")
        }
    }

    private var lines: [String] {
        var table = TextTable()
        table.add("Bars", "\(script.timeframe)\(script.resolve.map { ", resolved by \($0)" } ?? "")")
        table.add("Market", script.market?.id ?? "any")
        table.add("Warm-up", counted(needs.warmUpSessions, "session") + " before the first one")
        if needs.dailySessions > 0 { table.add("Daily bars", "of \(counted(needs.dailySessions, "session")) before") }
        if needs.premarket { table.add("Premarket", "bars from before the open, where the source has them") }
        table.add("Parameters", "\(playbook.parameters.differences), \(playbook.parametersID)")
        return ["  Needs"] + table.lines(leftAligned: [0, 1], width: pageWidth)
    }

    private var needs: Needs {
        Needs(
            timeframe: script.timeframe.description, resolve: script.resolve?.description,
            warmUpSessions: playbook.warmUpSessions(of: script.timeframe), dailySessions: playbook.dailyLookBack,
            premarket: playbook.readsPremarket)
    }

    private struct Needs: Encodable {
        let timeframe: String
        let resolve: String?
        let warmUpSessions: Int
        let dailySessions: Int
        let premarket: Bool
    }

    private struct Document: Encodable {
        let schema = "trading-playbook/playbook/1"
        let name: String
        let summary: String
        let file: String?
        let market: String?
        let rules: [String]
        let paramsId: String
        let params: String
        let needs: Needs
        let text: String

        init(_ script: Script, _ playbook: Playbook, _ place: String?, _ needs: Needs) {
            (name, summary, file, market) = (script.name, script.summary, place, script.market?.id)
            rules = script.descriptor.rules
            paramsId = playbook.parametersID
            params = playbook.parameters.differences
            self.needs = needs
            text = script.canonicalText
        }
    }
}
