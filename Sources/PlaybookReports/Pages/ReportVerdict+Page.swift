package import PlaybookCore
package import PlaybookResearch
package import PlaybookUseCases

extension Report.Verdict {
    /// The verdict on a journal's rows, in the words of an edge.
    package init(_ finding: ReportVerdict.Finding, _ words: some Vocabulary) {
        switch finding {
        case .sweep(let judgement, let run): self = judgement.reported(over: run, isOfRows: true)
        case .alone(let evidence, let question):
            self.init(evidence, missing: question.missing)
            if let problem = question.problem {
                facts.append(
                    Report.Fact("Research", "what RESEARCH_DIR has could not be read: \(problem.words(words))"))
            }
        }
    }
}

extension ReportVerdict.Question {
    /// What was not tested, and the commands that do.
    fileprivate var missing: [Report.Missing] {
        let options =
            "--strategy \(strategy) --symbol \(symbols.map(\.name).joined(separator: ",")) "
            + "--start \(first) --end \(last)" + (isSynthetic ? " --source sample" : "")
            + " --grid name=first:last:step"
        return [
            Report.Missing(
                "No sweep in RESEARCH_DIR has these parameters, so nothing tells how the sets around them do. Run one:",
                command: "trading-playbook sweep \(options)"),
            Report.Missing(
                "No walk-forward, so nothing tells whether it holds on sessions that it was not chosen on. Run one over "
                    + "the same grid:", command: "trading-playbook walk-forward \(options) --train 12mo --test 6mo"),
        ]
    }
}

extension Judgement {
    /// The verdict as a page shows it.
    ///
    /// - Parameter isOfRows: whether the page is about a journal's rows, whose sessions may be others.
    package func reported(over run: ResearchRun, isOfRows: Bool = false) -> Report.Verdict {
        var missing: [Report.Missing] = []
        if evidence.walk == nil {
            let isLong = run.calendar.count >= 504
            missing.append(
                Report.Missing(
                    "No walk-forward over these sets, so nothing tells whether the choice holds on sessions that it was not "
                        + "made on. Run one:",
                    command: run.command("walk-forward")
                        + (isLong ? " --train 12mo --test 6mo" : " --train 120 --test 40")))
        }
        var verdict = Report.Verdict(evidence, missing: missing)
        if isOfRows {
            verdict.facts.append(
                Report.Fact(
                    "By the sweep",
                    "\(run.id), \(run.manifest.start) through \(run.manifest.last); 'trading-playbook report --research "
                        + "\(run.id)' draws it"))
        }
        return verdict
    }
}

extension Report.Verdict {
    /// The verdict on a set, with what speaks for and against it.
    package init(_ evidence: Evidence, missing: [Report.Missing]) {
        let verdict = Verdict(evidence)
        func text(_ figure: Figure) -> String {
            switch figure {
            case .value(let value): fixed(value, 3)
            case .absent(let why): "none: \(why.words)"
            }
        }
        var facts = verdict.lines.dropLast().map { line -> Report.Fact in
            let parts = line.split(separator: ":", maxSplits: 1)
            return Report.Fact(String(parts[0]), String(parts[1].drop { $0 == " " }))
        }
        facts += [
            Report.Fact(
                "Deflated Sharpe ratio",
                "\(text(evidence.deflated.probability)) of \(counted(evidence.trials, "trial")); 0.95 and more speaks against luck"
            ),
            Report.Fact(
                "Predictive ability, p", "\(text(evidence.predictive.p)); 0.05 and less speaks against luck"),
        ]
        let mark: Mark =
            switch verdict.grade {
            case .holds: .holds
            case .untested, .tooFew: .open
            case .noEdge, .likelyLuck, .doesNotHold, .fragile: .against
            }
        let reason = verdict.reasons.first.map { $0.prefix(1).uppercased() + $0.dropFirst() + ". " } ?? ""
        self.init(
            grade: verdict.grade.rawValue, sentence: verdict.grade.sentence,
            note: reason + Self.luck(evidence.deflated),
            facts: facts, missing: missing, mark: mark)
    }

    /// How often chance does as well: what a deflated ratio leaves.
    private static func luck(_ deflated: DeflatedSharpe) -> String {
        guard let probability = deflated.probability.value else { return "" }
        let share = (1 - probability) * 100
        let often = share < 0.1 ? "less than 0.1%" : "\(fixed(share, 1))%"
        return deflated.trials > 1
            ? "The best of \(deflated.trials) sets without any edge does as well in \(often) of cases."
            : "Chance alone, without any edge, does as well in \(often) of cases."
    }
}
