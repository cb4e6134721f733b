import PlaybookCore

/// The symbols of a journal whose rows are made of bars of several of Alpaca's feeds: their fills and averages differ, so
/// that statistics over all of them say little.
struct FeedMixture: JournalAccumulating {
    /// How many rows each symbol has of each feed.
    private var counts: [String: [String: Int]] = [:]

    /// No rows yet.
    init() {}

    mutating func add(_ line: borrowing JournalLine) {
        // Most journals have rows of other sources, or of one feed: nothing is made of what need not be looked at.
        guard line.hasText(.dataSource, startingWith: "alpaca/"), let feed = Self.feed(of: line[.dataSource]) else {
            return
        }
        counts[line[.symbol], default: [:]][feed, default: 0] += 1
    }

    mutating func merge(_ later: FeedMixture) {
        counts.merge(later.counts) { $0.merging($1, uniquingKeysWith: +) }
    }

    /// A line for each symbol that has rows of several feeds.
    var lines: [String] {
        counts.sorted { $0.key < $1.key }.compactMap { symbol, feeds in
            guard feeds.count > 1 else { return nil }
            let counts = feeds.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
            return
                "\(symbol): rows of several feeds, \(counts.joined(separator: " and ")); choose one with ALPACA_FEED, "
                + "and run the others' sessions again"
        }
    }

    /// The feed of a `data_source`, `alpaca/sip/split`; nil for other sources.
    private static func feed(of source: String) -> String? {
        let parts = source.split(separator: "/")
        return parts.count == 3 && parts[0] == "alpaca" ? String(parts[1]) : nil
    }
}
