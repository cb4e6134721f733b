import PlaybookCore
package import PlaybookResearch
public import PlaybookUseCases

/// A walk-forward as people and programs read it.
package struct WalkForwardReport {
    private let walk: WalkForward
    private let run: ResearchRun
    private let warnings: [String]

    package init(_ walk: WalkForward, _ run: ResearchRun, warnings: [String]) {
        (self.walk, self.run, self.warnings) = (walk, run, warnings)
    }

    /// For people.
    package var lines: [String] {
        let manifest = run.manifest
        let windows = manifest.windows
        var lines = [
            "Walk-forward of \(manifest.playbook.name) on \(run.symbols.map(\.name).joined(separator: ", ")), "
                + "\(manifest.start) through \(manifest.last)"
        ]
        if manifest.source == JournalMerge.syntheticSource {
            lines.append("SYNTHETIC DATA: built-in sample bars, not the market")
        }
        let how = (windows?.anchored ?? false ? ", anchored" : "") + (windows?.perSymbol ?? false ? ", per symbol" : "")
        lines += wrapped(
            "\(counted(run.sets.grid.count, "set")), chosen by \(manifest.metric) on \(windows?.train ?? "") and judged on the "
                + "next \(windows?.test ?? "")\(how); \(counted(walk.windowCount, "window")), \(walk.skipped) skipped",
            indent: 2, hanging: 2)
        lines += [""] + windowLines + [""]
        var table = TextTable()
        func text(_ figure: Figure?, _ decimals: Int) -> String {
            switch figure {
            case .value(let value)?: fixed(value, decimals)
            case .absent(let why)?: "- (\(why.words))"
            case nil: "-"
            }
        }
        let figures = walk.figures
        table.add("Sharpe, test windows joined", text(figures[.sharpe], 2), "+- \(text(figures[.sharpeError], 2))")
        table.add("Net P&L", text(figures[.net], 2), "USD, \(counted(walk.trades.count, "trade"))")
        table.add("Expectancy", text(figures[.expectancy], 3), NetResults(walk.trades).isInR ? "R after costs" : "USD")
        table.add("Max drawdown", text(figures[.maxDrawdownUSD], 2), "USD")
        table.add("Efficiency", text(walk.efficiency, 2), "annual P&L of test / of train windows")
        let winners = walk.results.count { $0 > 0 }
        table.add("Windows that made money", "\(winners)", "of \(walk.results.count)")
        lines += table.lines(leftAligned: [0, 2]) + ["", "How often each value was chosen"]
        var choices = TextTable()
        for choice in walk.choices { choices.add(choice.parameter, choice.value, "\(choice.windows)") }
        lines += choices.lines(leftAligned: [0])
        lines += ["", "Run \(run.id)", "Results: \(run.store.location)/\(run.id)/result.json"]
        return lines
    }

    private var windowLines: [String] {
        let isPerSymbol = walk.windows.contains { $0.symbols.count < run.symbols.count }
        var table = TextTable(
            ["test from", "through"] + (isPerSymbol ? ["symbol"] : []) + run.sets.grid.axes.map(\.name)
                + ["train", "trades", "net USD", "Sharpe", "efficiency"])
        for window in walk.windows {
            let dates = run.calendar.dates
            let head =
                [
                    dates[window.window.test.lowerBound].description,
                    dates[window.window.test.upperBound - 1].description,
                ]
                + (isPerSymbol ? [window.symbols.map { run.symbols[$0].name }.joined(separator: ",")] : [])
            guard let set = window.set else {
                table.add(head + run.sets.grid.axes.map { _ in "-" } + ["-", "-", "skipped", "-", "-"])
                continue
            }
            table.add(
                head + run.sets.grid.values(of: set) + [
                    window.metric.map { fixed($0, 2) } ?? "-", "\(window.testTrades)",
                    window.test.value(.net).map { fixed($0, 2) } ?? "-",
                    window.test.value(.sharpe).map { fixed($0, 2) } ?? "-",
                    window.efficiency.value.map { fixed($0, 2) } ?? "-",
                ])
        }
        return table.lines()
    }

    /// The JSON document: schema `trading-playbook/walk-forward/1`.
    package var document: Document { Document(walk, run, warnings) }

    package struct Document: Codable {
        package var schema = "trading-playbook/walk-forward/1"
        package let run, strategy: String
        package let symbols: [String]
        package let start, end, dataSource: String
        package let synthetic: Bool
        package let sets, sessions: Int
        package let metric: String
        package let minTrades: Int
        package let capitalUsd: Double
        package let train, test: String
        package let anchored, perSymbol: Bool
        package let windowCount, skipped: Int
        package let windows: [Window]
        package let joined: Joined
        package let efficiency: Double?
        package let efficiencyAbsent: String?
        package let choices: [Choice]
        package let warnings: [String]

        package struct Window: Codable {
            package let symbols: [String]
            package let trainStart, trainEnd, testStart, testEnd: String
            package let set: Int?
            package let params: [String: String]?
            package let metric: Double?
            package let trainTrades, testTrades: Int
            package let train, test: FigureDocument
            package let efficiency: Double?
        }

        package struct Joined: Codable {
            package let start, end: String
            package let sessions, trades: Int
            package let figures: FigureDocument
        }

        package struct Choice: Codable {
            package let parameter, value: String
            package let windows: Int
        }

        package init(_ walk: WalkForward, _ run: ResearchRun, _ warnings: [String]) {
            let manifest = run.manifest
            let dates = run.calendar.dates
            self.run = run.id
            (strategy, symbols) = (manifest.playbook.name, run.symbols.map(\.name))
            (start, end, dataSource) = (manifest.start, manifest.last, manifest.source)
            synthetic = manifest.source == JournalMerge.syntheticSource
            (sets, sessions, metric) = (run.sets.grid.count, manifest.sessions, manifest.metric)
            (minTrades, capitalUsd) = (manifest.minTrades, manifest.capital)
            (train, test) = (manifest.windows?.train ?? "", manifest.windows?.test ?? "")
            (anchored, perSymbol) = (manifest.windows?.anchored ?? false, manifest.windows?.perSymbol ?? false)
            (windowCount, skipped) = (walk.windowCount, walk.skipped)
            windows = walk.windows.map { window in
                Window(
                    symbols: window.symbols.map { run.symbols[$0].name },
                    trainStart: dates[window.window.train.lowerBound].description,
                    trainEnd: dates[window.window.train.upperBound - 1].description,
                    testStart: dates[window.window.test.lowerBound].description,
                    testEnd: dates[window.window.test.upperBound - 1].description, set: window.set,
                    params: window.set.map { set in
                        Dictionary(
                            uniqueKeysWithValues: zip(
                                run.sets.grid.axes.map(\.name), run.sets.grid.values(of: set)))
                    }, metric: window.metric, trainTrades: window.trainTrades, testTrades: window.testTrades,
                    train: FigureDocument(window.train), test: FigureDocument(window.test),
                    efficiency: window.efficiency.value)
            }
            joined = Joined(
                start: dates[walk.sessions.lowerBound].description,
                end: dates[walk.sessions.upperBound - 1].description,
                sessions: walk.sessions.count, trades: walk.trades.count, figures: FigureDocument(walk.figures))
            efficiency = walk.efficiency.value
            efficiencyAbsent = walk.efficiency.absence?.rawValue
            choices = walk.choices.map { Choice(parameter: $0.parameter, value: $0.value, windows: $0.windows) }
            self.warnings = warnings
        }
    }
}

extension WalkForwardJob.Result {
    /// The result in `format`, with a line end.
    public func bytes(_ format: ReportFormat) -> [UInt8] { format == .json ? json : table }
}
