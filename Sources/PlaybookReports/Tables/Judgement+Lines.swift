import PlaybookCore
import PlaybookResearch
package import PlaybookUseCases

extension Judgement {
    /// The five lines and the numbers behind them, for people.
    package var lines: [String] {
        func shown(_ figure: Figure) -> String {
            switch figure {
            case .value(let value): fixed(value, 3)
            case .absent(let why): "- (\(why.words))"
            }
        }
        var text = TextTable()
        text.add(
            "Deflated Sharpe ratio", shown(evidence.deflated.probability),
            "of \(counted(evidence.trials, "trial"))")
        text.add("Predictive ability, p", shown(evidence.predictive.p), "of \(counted(testedSets, "set"))")
        text.add("Probability of overfitting", shown(evidence.overfitting), "")
        return verdict.lines.flatMap { wrapped($0, indent: 2, hanging: 2) } + [""] + text.lines(leftAligned: [0, 1, 2])
    }
}
