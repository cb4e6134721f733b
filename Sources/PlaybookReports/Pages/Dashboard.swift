public import PlaybookCore

/// What pages of the dashboard show: values, of which `DashboardPage` makes HTML.
public enum Dashboard {
    /// How something stands: a word and a shape, never a colour alone.
    public enum State: Sendable, Hashable {
        case good, warning, bad
    }

    /// How the nightly runs and the journal stand.
    public struct Overview: Sendable {
        /// `Last night: 8 of 8 symbols, 17:03, 12 s`.
        public var headline: String
        public var state: State
        /// The next session and the like, by name.
        public var facts: [(name: String, text: String)]
        /// What somebody should look at.
        public var problems: [String]
        public var symbols: [SymbolLine]
        public var runs: [RunLine]
        /// Whether there is a token to start a run with.
        public var asksForToken = false

        public init(
            headline: String, state: State, facts: [(name: String, text: String)], problems: [String],
            symbols: [SymbolLine], runs: [RunLine]
        ) {
            self.headline = headline
            self.state = state
            self.facts = facts
            self.problems = problems
            self.symbols = symbols
            self.runs = runs
        }
    }

    /// A symbol of the journal.
    public struct SymbolLine: Sendable {
        public var name: String
        public var lastSession: String
        public var trades: Int
        public var net: Double
        /// What is wrong with its rows, in words; empty for nothing.
        public var problem: String

        public init(name: String, lastSession: String, trades: Int, net: Double, problem: String) {
            self.name = name
            self.lastSession = lastSession
            self.trades = trades
            self.net = net
            self.problem = problem
        }
    }

    /// A run.
    public struct RunLine: Sendable {
        public var id: String
        public var start: String
        public var trigger: String
        public var status: String
        public var state: State
        public var symbols: Int
        public var rows: Int
        public var seconds: Double
        /// Whether it took much longer than it should.
        public var isSlow: Bool

        public init(
            id: String, start: String, trigger: String, status: String, state: State, symbols: Int, rows: Int,
            seconds: Double, isSlow: Bool
        ) {
            self.id = id
            self.start = start
            self.trigger = trigger
            self.status = status
            self.state = state
            self.symbols = symbols
            self.rows = rows
            self.seconds = seconds
            self.isSlow = isSlow
        }
    }

    /// A part of the journal.
    public struct Rows: Sendable {
        /// The latest first.
        public var rows: [JournalRow]
        /// How many there are in all, on how many pages, which of them this is, from 1.
        public var count, pages, page: Int
        /// What was asked for, by the name of its field: `symbol`, `strategy`, `start`, `end`.
        public var filters: [String: String]

        public init(rows: [JournalRow], count: Int, pages: Int, page: Int, filters: [String: String]) {
            self.rows = rows
            self.count = count
            self.pages = pages
            self.page = page
            self.filters = filters
        }
    }

    /// A playbook and its parameters.
    public struct PlaybookText: Sendable {
        public var name: String
        public var summary: String
        /// The rules in words.
        public var rules: [String]
        public var parameters: [(name: String, value: String, help: String)]

        public init(
            name: String, summary: String, rules: [String],
            parameters: [(name: String, value: String, help: String)]
        ) {
            self.name = name
            self.summary = summary
            self.rules = rules
            self.parameters = parameters
        }
    }

    /// An operation of the service.
    public struct Operation: Sendable {
        public var method: String
        public var path: String
        public var summary: String
        /// What it answers with, by status.
        public var answers: [(status: String, text: String)]

        public init(method: String, path: String, summary: String, answers: [(status: String, text: String)]) {
            self.method = method
            self.path = path
            self.summary = summary
            self.answers = answers
        }
    }

    /// What a page shows.
    public enum Content: Sendable {
        case overview(Overview)
        case journal(Rows)
        case session([JournalRow], Report.Chart?)
        case playbooks([PlaybookText])
        case run(RunLine, [(name: String, text: String)], errors: [String])
        /// A form to log in with; `failure` says why the last attempt did not do.
        case login(asksForUser: Bool, failure: String, next: String)
        case operations([Operation])
        /// What happened, in words.
        case message(title: String, text: String)
    }
}
