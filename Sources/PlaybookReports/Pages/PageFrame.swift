/// What all pages have around what they show.
struct PageFrame {
    let title: String
    /// What a page that is a file allows itself; nil where a header says it.
    var policy: String?
    /// The id of the element that the first link of the page leads to, and what the link says.
    let start: (id: String, words: String)
    var scripts: [PageScript] = [.sorting]
    /// After so many seconds the page is loaded anew; nil where it is a file.
    var refresh: Int?

    /// Nothing is loaded from anywhere, whatever a text could do.
    static let filePolicy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        + "form-action 'none'"

    /// The page around what `body` writes.
    func markup(_ body: (inout Markup) -> Void) -> Markup {
        Markup { page in
            page.doctype()
            page.element(.html, .lang("en")) { page in
                page.element(.head) { page in
                    page.empty(.meta, .charset("utf-8"))
                    page.empty(.meta, .name("viewport"), .content("width=device-width,initial-scale=1"))
                    if let policy { page.empty(.meta, .policy(), .content(policy)) }
                    page.empty(.link, .relation("icon"), .link(.nothing))
                    page.element(.title, text: title)
                    page.style(.page)
                }
                let write: (inout Markup) -> Void = { page in
                    page.element(.a, .style(.skip), .link(.place(start.id)), text: start.words)
                    body(&page)
                    for script in scripts { page.script(script) }
                }
                if let refresh {
                    page.element(.body, .refresh(refresh), content: write)
                } else {
                    page.element(.body, content: write)
                }
            }
        }
    }
}

/// A part of a page, below its first screen.
struct PagePart {
    let id, name: String
    let body: (inout Markup) -> Void

    init(_ id: String, _ name: String, _ body: @escaping (inout Markup) -> Void) {
        (self.id, self.name, self.body) = (id, name, body)
    }
}

extension Markup {
    /// Where to find the parts, then the parts.
    mutating func parts(_ parts: [PagePart]) {
        element(.nav, .label("On this page")) { page in
            page.element(.ul, .style(.contents)) { page in
                for part in parts { page.element(.li) { $0.element(.a, .link(.place(part.id)), text: part.name) } }
            }
        }
        for part in parts {
            element(.section, .id(part.id)) { page in
                page.element(.h2, text: part.name)
                part.body(&page)
            }
        }
    }

    /// The last lines of a page that is a file.
    mutating func disclaimer(_ version: String) {
        element(
            .p,
            text: "Made by trading-playbook \(version). A backtest says what rules would have done with the bars "
                + "that they were given, not what they will earn. Nothing here is investment advice.")
    }

    /// Figures with what stands beneath each.
    mutating func headline(_ figures: [(name: String, value: String, interval: String)]) {
        element(.dl, .style(.figures)) { page in
            for figure in figures {
                page.element(.div) { page in
                    page.element(.dt, text: figure.name)
                    page.element(.dd) { page in
                        page.element(.div, .style(.value), text: figure.value)
                        page.element(.div, .style(.interval), text: figure.interval)
                    }
                }
            }
        }
    }

    /// How a result was judged, in a word with its shape, a sentence and what it rests on.
    mutating func verdict(_ verdict: Report.Verdict) {
        element(.p, .style(.verdict)) { page in
            page.element(.span, .style(.tag)) { page in
                page.add(ReportPage.mark(verdict.mark))
                page.text(ReportPage.words(verdict.grade))
            }
            page.text(" \(Numerals.minus(within: verdict.sentence))")
        }
        if !verdict.note.isEmpty { element(.p, .style(.note), text: Numerals.minus(within: verdict.note)) }
    }

    /// What a verdict rests on, and which tests are missing.
    mutating func evidence(_ verdict: Report.Verdict) {
        facts(verdict.facts.map { ($0.name, Numerals.minus(within: $0.text)) })
        for missing in verdict.missing { nothing(missing.why, next: missing.command) }
    }

    /// Figures of what was tested beside those of holding.
    mutating func comparison(_ comparison: Report.Comparison) {
        if !comparison.heading.isEmpty { element(.p, .style(.note), text: comparison.heading) }
        let hasHeld = comparison.missing == nil
        let table = DataTable(
            columns: [.words("Figure"), .numbers(comparison.name)]
                + (comparison.hasIntervals ? [.numbers("Interval, 95% unless said")] : [])
                + (hasHeld ? [.numbers("Buying and holding")] : []), caption: "Against buying and holding")
        add(
            table.markup { page in
                page.element(.tbody) { page in
                    for line in comparison.lines {
                        func text(_ value: Double?) -> String {
                            value.map {
                                line.isSigned ? Numerals.signed($0, line.decimals) : Numerals.fixed($0, line.decimals)
                            } ?? "–"
                        }
                        var cells: [DataTable.Cell] = [.number(text(line.own))]
                        if comparison.hasIntervals {
                            cells.append(
                                .number(
                                    line.interval.map {
                                        (line.isNinety ? "90%: " : "")
                                            + "\(text($0.lowerBound)) to \(text($0.upperBound))"
                                    } ?? ""))
                        }
                        if hasHeld { cells.append(.number(text(line.held))) }
                        DataTable.row(line.name, cells, to: &page)
                    }
                }
            })
        for note in comparison.notes { element(.p, .style(.note), text: note) }
        if let missing = comparison.missing { nothing(missing.why, next: missing.command) }
    }
}
