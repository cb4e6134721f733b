public import PlaybookCore
import PlaybookUseCases

/// The results of one playbook with one parameter set, as a page for people: what was made, how sure that is, and where it
/// came from.
///
/// The same report gives the same bytes.
public struct Report: Sendable {
    /// The rows, each session once: those of one mode, strategy and parameter set. By date, symbol and trade.
    public var rows: [JournalRow]
    /// The journal or the source that the rows are from, in words.
    public var place: String
    /// How the result was judged by tests beyond its own trades; nil where it was not.
    public var verdict: Verdict?
    /// Its figures beside those of buying and holding; nil where there are none.
    public var comparison: Comparison?
    /// The playbook's text; nil where it is not known.
    public var playbookText: String?
    /// What is doubtful about the bars.
    public var warnings: [String] = []
    /// Charts of sessions in which there was a trade, or why there is none.
    public var charts: [JournalSession: Chart] = [:]
    /// The page as it was drawn, and the rows of its trades with their charts, in pieces; nil before that.
    private(set) var written: (page: Markup, rows: [Markup])?
    /// What it would have come to to buy the symbols in equal parts at the first open and hold them: at each session's close,
    /// as a multiple of the start; splits applied, without dividends. Empty where there are no bars.
    public var holding: [CivilDate: Double] = [:]
    /// The program's version.
    public var version: String

    /// A report on `rows`, of one mode, strategy and parameter set.
    ///
    /// - Parameter place: where they are from, in words.
    public init(rows: [JournalRow], place: String, version: String) {
        self.rows = rows.inOrder()
        self.place = place
        self.version = version
    }

    /// A session's chart.
    public enum Chart: Sendable {
        case drawn(SessionChart)
        /// Why there is none, in words.
        case none(String)
    }

    /// How a result was judged, for the first screen.
    public struct Verdict: Sendable, Hashable {
        /// What the mark beside it says, by its shape.
        public enum Mark: Sendable, Hashable {
            case holds, open, against
        }

        /// The grade's name: `holds`, `no-edge` and so on.
        public var grade: String
        /// The grade's fixed sentence.
        public var sentence: String
        /// How likely it is luck, in a line; empty where that cannot be told.
        public var note: String
        /// What it rests on.
        public var facts: [Fact]
        /// Tests that were not made.
        public var missing: [Missing]
        public var mark: Mark

        /// A verdict.
        public init(
            grade: String, sentence: String, note: String = "", facts: [Fact] = [], missing: [Missing] = [], mark: Mark
        ) {
            (self.grade, self.sentence, self.note) = (grade, sentence, note)
            (self.facts, self.missing, self.mark) = (facts, missing, mark)
        }
    }

    /// Something that is told, by its name.
    public struct Fact: Sendable, Hashable {
        public var name, text: String

        public init(_ name: String, _ text: String) { (self.name, self.text) = (name, text) }
    }

    /// What is not there: why, and the command that brings it.
    public struct Missing: Sendable, Hashable {
        public var why: String
        public var command: String?

        public init(_ why: String, command: String? = nil) { (self.why, self.command) = (why, command) }
    }

    /// Figures of a result beside those of buying and holding.
    public struct Comparison: Sendable {
        /// A figure.
        public struct Line: Sendable, Hashable {
            /// With its unit.
            public var name: String
            /// Nil where they have no meaning.
            public var own, held: Double?
            public var interval: ClosedRange<Double>?
            /// Whether the interval holds 90%, not 95%.
            public var isNinety = false
            public var decimals: Int
            public var isSigned: Bool

            public init(
                _ name: String, own: Double?, held: Double?, interval: ClosedRange<Double>? = nil, decimals: Int,
                isSigned: Bool
            ) {
                (self.name, self.own, self.held) = (name, own, held)
                (self.interval, self.decimals, self.isSigned) = (interval, decimals, isSigned)
            }
        }

        /// What the first column is of.
        public var name: String
        /// What the figures refer to.
        public var heading: String
        public var lines: [Line]
        /// What else there is to say.
        public var notes: [String]
        /// Why the figures of holding are missing; nil when they are there.
        public var missing: Missing?

        var hasIntervals: Bool { lines.contains { $0.interval != nil } }

        public init(name: String, heading: String, lines: [Line], notes: [String] = [], missing: Missing? = nil) {
            (self.name, self.heading, self.lines) = (name, heading, lines)
            (self.notes, self.missing) = (notes, missing)
        }
    }
}

extension Report {
    /// Draws the page on all cores: the charts of its trades in pieces, and what stands around them. What is changed after
    /// that is not on the page.
    public mutating func draw() async {
        let report = self
        let figures = Figures(rows)
        async let page = ReportPage(report, figures).markup()
        let trades = TradeRows(report, figures)
        let listed = trades.listed
        // Pieces rather than trades: a task each would cost more than it brings.
        let size = max(1, listed.count / 16)
        let pieces = await withTaskGroup(of: (Int, Markup).self) { group in
            for start in stride(from: listed.startIndex, to: listed.endIndex, by: size) {
                let piece = listed[start..<min(start + size, listed.endIndex)]
                group.addTask { (start, trades.markup(of: piece)) }
            }
            var parts: [(Int, Markup)] = []
            for await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }.map(\.1)
        }
        written = (await page, pieces)
    }

    /// The page.
    public func html() -> [UInt8] {
        if let written { return written.page.filled(with: written.rows) }
        let figures = Figures(rows)
        let trades = TradeRows(self, figures)
        return ReportPage(self, figures).markup().filled(with: [trades.markup(of: trades.listed)])
    }
}
