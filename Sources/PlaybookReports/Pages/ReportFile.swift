package import PlaybookCore
package import PlaybookUseCases

/// A journal's rows as a page that can be kept as a file.
public struct ReportFile: Sendable {
    private var report: Report

    /// The page of what was found of a journal or a run, in the words of an edge; it takes the time that drawing takes.
    package init(_ found: JournalReport, words: some Vocabulary) async {
        var report = Report(rows: found.rows, place: found.place, version: programVersion)
        report.warnings = found.warnings.map { $0.words(words) }
        report.charts = found.charts.mapValues { Report.Chart($0, words) }
        report.holding = heldTogether(found.holdings)
        report.playbookText = found.rules
        report.comparison = found.account?.comparison(found.isWithoutHolding.words)
        report.verdict = found.verdict.map { Report.Verdict($0, words) }
        await report.draw()
        self.report = report
    }

    /// The page's bytes.
    public var bytes: [UInt8] { report.html() }
}

extension Report.Chart {
    /// A chart that a use case drew, in the words of an edge.
    package init(_ chart: ReportCharts.Chart, _ words: some Vocabulary) {
        switch chart {
        case .drawn(let picture as SessionChart): self = .drawn(picture)
        case .drawn: self = .none("This picture is none of this program's.")
        case .none(let why): self = .none(why.words(words))
        }
    }
}

extension JournalReport.MissingHolding {
    /// Why nothing is known of holding, and what to do about it.
    fileprivate var words: Report.Missing {
        switch self {
        case .noBars:
            Report.Missing(
                "No bars are at hand, so what holding brought is not known. Name their source:",
                command: "trading-playbook report --source files --data-dir ./data --html report.html")
        case .noCharts: Report.Missing("Holding is known with charts alone: leave --no-charts out.")
        case .inPieces:
            Report.Missing(
                "The sessions were run in several pieces, so what holding brought is not known. Make the page of the journal:",
                command: "trading-playbook report --html report.html")
        }
    }
}

/// Draws sessions as `SessionChart`s.
package struct ChartDrawing: SessionDrawing {
    package init() {}

    package func picture(
        _ track: SessionTrack, filters: [String], rows: [JournalRow], history: BarHistory, playbook: Playbook
    ) -> any SessionPicture {
        SessionChart(track, filters: filters, rows: rows, history: history, playbook: playbook)
    }
}

extension SessionChart: SessionPicture {}
