/// Puts a session's new rows in the place of those that a journal has of it: all of them, so that a session with fewer
/// trades than before leaves none behind. What people have added to the old rows stays.
struct SessionMerge {
    /// The session's rows afterwards, by trade.
    private(set) var records: [JournalRecord]
    /// Those of them that must be written.
    private(set) var changes: [JournalRecord] = []
    /// What became of each new row.
    private(set) var outcomes: [JournalKey: JournalMerge.Outcome] = [:]
    /// The old rows that have no successor.
    private(set) var vanished: [JournalKey] = []

    /// - Parameters:
    ///   - old: the rows that are there.
    ///   - new: those that are to be there; of several with one key the last counts.
    ///   - earlier: what became of rows in an earlier attempt, of which it is not known how far it came. A row that is
    ///     there just as this run writes it, run and all, has become what that attempt made of it.
    /// - Throws: a `PlaybookError` when rows made from synthetic bars would replace rows made from real ones, or the
    ///   market differs.
    init(old: [JournalRecord], new: [JournalRecord], earlier: [JournalKey: JournalMerge.Outcome]) throws {
        // The usual case: a session that the journal has not, with one row.
        if old.isEmpty, new.count == 1 {
            (records, changes, outcomes) = (new, new, [new[0].key: .added])
            return
        }
        let latest = Dictionary(new.map { ($0.key, $0) }) { $1 }
        let byKey = Dictionary(old.map { ($0.key, $0) }) { $1 }
        records = latest.values.sorted { $0.key < $1.key }
        for record in records {
            guard let before = byKey[record.key] else {
                outcomes[record.key] = .added
                continue
            }
            let isSame = before.hasSameContent(as: record)
            let isOwn = isSame && before[.runID] == record[.runID]
            outcomes[record.key] = isOwn ? earlier[record.key] ?? .unchanged : isSame ? .unchanged : .replaced
        }
        vanished = byKey.keys.filter { latest[$0] == nil }.sorted()
        if let record = records.first, outcomes.values.contains(where: { $0 != .unchanged }) || !vanished.isEmpty {
            for before in old { try Self.require(before, replaceableBy: record) }
        }
        keepAdditions(of: old.sorted { $0.key < $1.key })
        for index in records.indices {
            let key = records[index].key
            guard let before = byKey[key], before.hasSameContent(as: records[index]) else {
                changes.append(records[index])
                continue
            }
            if before[.chartLink] == records[index][.chartLink], before.hasSameAdditions(as: records[index]) {
                // It keeps the run that wrote it.
                records[index] = before
            } else {
                if outcomes[key] == .unchanged { outcomes[key] = .replaced }
                changes.append(records[index])
            }
        }
    }

    /// Moves what people have added to the rows that were there to the rows of the same trades; that of trades which
    /// have vanished goes to the first.
    private mutating func keepAdditions(of old: [JournalRecord]) {
        var homeless: [JournalRecord] = []
        for before in old where !before.isEmpty(.chartLink) || !before.extras.isEmpty {
            if let index = records.firstIndex(where: { $0.isSameTrade(as: before, exactly: true) })
                ?? records.firstIndex(where: { $0.isSameTrade(as: before, exactly: false) })
            {
                records[index].take(before)
            } else {
                homeless.append(before)
            }
        }
        for before in homeless { records[0].take(before) }
    }

    private static func require(_ old: JournalRecord, replaceableBy record: JournalRecord) throws {
        if record.isSynthetic, !old.isSynthetic {
            throw PlaybookError(
                .cannotWrite,
                "synthetic rows would replace real ones: \(record.key.symbol) \(record.key.tradeDate) was made from "
                    + "'\(old[.dataSource])', the new row from '\(record[.dataSource])'",
                nextStep: "Write synthetic results to another journal.")
        }
        try old.requireMarket(of: record)
    }
}

extension JournalRecord {
    /// Whether it was made from synthetic bars.
    public var isSynthetic: Bool { self[.dataSource] == JournalMerge.syntheticSource }

    /// - Throws: a `PlaybookError` when the row of the same symbol is of another market: a symbol has one in a journal.
    func requireMarket(of other: JournalRecord) throws {
        guard !isEmpty(.market), !other.isEmpty(.market), self[.market] != other[.market] else { return }
        throw JournalMerge.otherMarket(key.symbol, self[.market], other[.market])
    }

    /// Whether the row speaks of the same trade: of the same setup, entered at the same instant.
    ///
    /// - Parameter exactly: false takes rows that do not tell their setup for rows of any.
    fileprivate func isSameTrade(as other: JournalRecord, exactly: Bool) -> Bool {
        guard self[.entryInstant] == other[.entryInstant] else { return false }
        return self[.setup] == other[.setup] || !exactly && (isEmpty(.setup) || other.isEmpty(.setup))
    }

    /// Whether people have added the same to both, in whatever order the columns stand.
    fileprivate func hasSameAdditions(as other: JournalRecord) -> Bool {
        func texts(_ extras: [JournalExtra]) -> [String: String] {
            Dictionary(extras.map { ($0.name, $0.text) }) { $1 }
        }
        return extras == other.extras || texts(extras) == texts(other.extras)
    }

    /// Takes over what people have added to `old`.
    fileprivate mutating func take(_ old: JournalRecord) {
        if !old.isEmpty(.chartLink) { self[.chartLink] = chartLink(besides: old) }
        for extra in old.extras {
            if let index = extras.firstIndex(where: { $0.name == extra.name }) {
                if extras[index].text != extra.text {
                    extras[index] = JournalExtra(extra.name, Self.joined(extras[index].text, extra.text))
                }
            } else {
                extras.append(extra)
            }
        }
    }

    /// The link of a row that takes the place of `old`: one that was set by hand stays, one that was drawn gives way.
    private func chartLink(besides old: JournalRecord) -> String {
        if isEmpty(.chartLink) { return old[.chartLink] }
        if old.isChartDrawn { return self[.chartLink] }
        return isChartDrawn ? old[.chartLink] : Self.joined(self[.chartLink], old[.chartLink])
    }

    /// Whether the link is that of a chart that this program draws, in whatever folder.
    private var isChartDrawn: Bool {
        let name = JournalRow.chartName(
            symbol: key.symbol, date: key.tradeDate, strategy: key.strategy, parametersID: key.parametersID)
        return self[.chartLink] == name || self[.chartLink].hasSuffix("/" + name)
    }

    /// Both texts; one alone where it holds the other already.
    private static func joined(_ text: String, _ other: String) -> String {
        let between = "; "
        func holds(_ whole: String, _ part: String) -> Bool {
            (between + whole + between).contains(between + part + between)
        }
        if text.isEmpty || holds(other, text) { return other }
        return holds(text, other) ? text : text + between + other
    }
}
