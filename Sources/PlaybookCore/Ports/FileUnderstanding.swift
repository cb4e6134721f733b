import Synchronization

/// How a file of bars was understood.
public struct FileUnderstanding: Sendable, Hashable {
    /// A column and what it was taken for.
    public struct Column: Sendable, Hashable {
        /// As the file calls it.
        public let name: String
        /// `time`, `open` …, or `ignored`.
        public let use: String

        package init(name: String, use: String) { (self.name, self.use) = (name, use) }
    }

    /// How many rows a symbol has.
    public struct SymbolRows: Sendable, Hashable {
        /// As the file spells it.
        public let name: String
        /// How many rows.
        public let rows: Int

        package init(name: String, rows: Int) { (self.name, self.rows) = (name, rows) }
    }

    /// The file.
    public var path: String
    /// `CSV, separated by semicolons, decimal comma, header in line 1`.
    public var format: NeutralText
    /// The columns in the file's order.
    public var columns: [Column] = []
    /// How timestamps are written.
    public var stamps = ""
    /// Whose clocks they show.
    public var zone: NeutralText = ""
    /// Whether the newest bar comes first.
    public var isNewestFirst = false
    /// Length of the bars; nil when there are too few to tell.
    public var spacing: Timeframe?
    /// Whether timestamps tell when bars close.
    public var isStampedAtClose = false
    /// First and last bar, by the time they open.
    public var first: Instant?
    public var last: Instant?
    /// Rows with prices, of the symbol asked for.
    public var bars = 0
    /// Rows without prices.
    public var rowsWithoutPrices = 0
    /// The symbols that the file's rows name; empty when they name none.
    public var symbols: [SymbolRows] = []

    package init(path: String, format: NeutralText) {
        self.path = path
        self.format = format
    }

    /// Notes the times of the first and last bar, in seconds since the epoch.
    package mutating func setExtent(first: Int64?, last: Int64?) {
        self.first = first.map { Instant(secondsSinceEpoch: $0) }
        self.last = last.map { Instant(secondsSinceEpoch: $0) }
    }

    /// The columns that nothing is read from.
    public var ignoredColumns: [String] { columns.filter { $0.use == "ignored" }.map(\.name) }
}

/// How files were understood, in the order in which they were read.
public final class UnderstandingLog: Sendable {
    private let files = Mutex<[FileUnderstanding]>([])

    /// An empty log.
    public init() {}

    /// All files so far; of one that was read twice, what was understood last.
    public var all: [FileUnderstanding] { files.withLock { $0 } }

    package func note(_ file: FileUnderstanding) {
        files.withLock { files in
            if let index = files.firstIndex(where: { $0.path == file.path }) {
                files[index] = file
            } else {
                files.append(file)
            }
        }
    }
}

/// Wrong lines that were found and left out.
public final class DefectLog: Sendable {
    private let errors = Mutex<[PlaybookError]>([])

    /// An empty log.
    public init() {}

    /// The wrong lines so far.
    public var all: [PlaybookError] { errors.withLock { $0 } }

    package func note(_ error: PlaybookError) { errors.withLock { $0.append(error) } }
}
