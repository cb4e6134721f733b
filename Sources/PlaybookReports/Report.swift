public import PlaybookCore

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
    /// The playbook's text; nil where it is not known.
    public var playbookText: String?
    /// What is doubtful about the bars.
    public var warnings: [String] = []
    /// Charts of sessions in which there was a trade, or why there is none.
    public var charts: [JournalSession: Chart] = [:]
    /// What it would have come to to buy the symbols in equal parts at the first open and hold them: at each session's close,
    /// as a multiple of the start; splits applied, without dividends. Empty where there are no bars.
    public var holding: [CivilDate: Double] = [:]
    /// The program's version.
    public var version: String

    /// A report on `rows`, of one mode, strategy and parameter set.
    ///
    /// - Parameter place: where they are from, in words.
    public init(rows: [JournalRow], place: String, version: String) {
        self.rows = rows.sorted { $0.key < $1.key }
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
        /// What else was found, a line each.
        public var lines: [String]
        public var mark: Mark

        /// A verdict.
        public init(grade: String, sentence: String, lines: [String] = [], mark: Mark) {
            self.grade = grade
            self.sentence = sentence
            self.lines = lines
            self.mark = mark
        }
    }
}

extension Report {
    /// The page.
    public func html() -> [UInt8] { ReportPage(self).markup().bytes }
}
