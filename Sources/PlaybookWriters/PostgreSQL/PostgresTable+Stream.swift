public import PlaybookCore
import PlaybookPostgres
import Synchronization

extension PostgresTable {
    /// From when until when the table has rows of each symbol: what lies outside is new.
    struct Standing: Sendable {
        private struct Rows: Sendable {
            let dates: ClosedRange<CivilDate>
            let markets: [String]
        }

        private var symbols: [String: Rows] = [:]

        /// Reads the table, which nobody else writes to meanwhile.
        init(_ table: borrowing PostgresTable, _ session: borrowing PostgresSession) throws {
            let found = try session.execute(
                "SELECT symbol, min(trade_date), max(trade_date), min(market), max(market) FROM \(table.name) GROUP BY symbol"
            )
            for row in found {
                // Dates that are none of a journal's are before or behind all others.
                let first = row[1].flatMap { CivilDate($0) } ?? CivilDate(daysSinceEpoch: .min)
                let last = row[2].flatMap { CivilDate($0) } ?? CivilDate(daysSinceEpoch: .max)
                symbols[row[0] ?? ""] = Rows(
                    dates: min(first, last)...max(first, last),
                    markets: row[3...4].compactMap { $0 }.filter { $0 != "" })
            }
        }

        /// Whether the table may have rows of a symbol's session.
        func mayHold(_ symbol: String, _ date: CivilDate) -> Bool { symbols[symbol]?.dates.contains(date) == true }

        /// Whether the table may have rows of a row's session.
        ///
        /// - Throws: a `PlaybookError` when it has the symbol in another market.
        func mayHold(_ line: borrowing JournalLine) throws -> Bool {
            guard !symbols.isEmpty, let rows = symbols[line[.symbol]] else { return false }
            let market = line[.market]
            if let other = rows.markets.first(where: { $0 != market }), !market.isEmpty {
                throw JournalMerge.otherMarket(line[.symbol], other, market)
            }
            return rows.dates.contains(line.tradeDate)
        }
    }

    /// Rows cannot be taken over one by one.
    struct NotStreamable: Error {}

    /// What became of rows that were taken over.
    struct Taken: Sendable {
        /// Those that the table could not have had.
        var added = 0
        /// The others.
        var merged = Merged()
    }

    /// What attempts that failed were about to make of rows.
    final class Attempts: Sendable {
        private struct State {
            var standings: [Standing] = []
            var outcomes: [JournalKey: JournalMerge.Outcome] = [:]
        }

        private let state = Mutex(State())

        /// One begins.
        fileprivate func begin(_ standing: Standing) { state.withLock { $0.standings.append(standing) } }

        /// One is about to write.
        fileprivate func note(_ outcomes: [JournalKey: JournalMerge.Outcome]) {
            state.withLock { $0.outcomes.merge(outcomes) { $1 } }
        }

        /// What those before the last made of rows: what one of them took for new, it added.
        fileprivate func earlier(_ records: [JournalRecord]) -> [JournalKey: JournalMerge.Outcome] {
            state.withLock { state in
                let standings = state.standings.dropLast()
                guard !standings.isEmpty else { return [:] }
                var earlier = state.outcomes
                for key in records.map(\.key)
                where standings.contains(where: { !$0.mayHold(key.symbol, key.tradeDate) }) {
                    earlier[key] = .added
                }
                return earlier
            }
        }
    }

    /// Puts the rows of another journal in the place of their sessions, in one transaction, as they are read.
    ///
    /// - Parameter attempts: those before, of which it is not known how far they came.
    /// - Throws: `NotStreamable`, and nothing was done; what `reader` throws, and what a merge does.
    func take(
        _ selection: JournalSelection, of reader: any LocalJournalReader, after attempts: Attempts
    ) async throws -> Taken {
        try await server.perform { session in
            let columns = try prepare(session)
            return try session.transaction {
                guard try takesCopies(session) else { throw NotStreamable() }
                // Which symbols will come is not known yet.
                try lockAll(session)
                let standing = try Standing(self, session)
                attempts.begin(standing)
                var taken = Taken()
                var others: [JournalRecord] = []
                try session.send(Self.copy(into: name)) { put in
                    var lines = PostgresLines()
                    var order = LastRow()
                    try reader.readHere(selection) { line in
                        guard !line.hasAdditions, (try? order.advance(to: line, 0)) != nil else {
                            throw NotStreamable()
                        }
                        if try named({ try standing.mayHold(line) }) {
                            others.append(line.record())
                        } else {
                            taken.added += 1
                            lines.append(line)
                            try lines.sendMany(put)
                        }
                    }
                    try lines.sendAll(put)
                }
                if !others.isEmpty {
                    taken.merged = try named {
                        try replace(others, session, columns, earlier: attempts.earlier(others), attempts.note)
                    }
                }
                return taken
            }
        }
    }
}

extension PostgresTable {
    /// Does `work`, whose errors then name the table.
    private func named<Result>(_ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let error as PlaybookError {
            throw PlaybookError(error.code, "\(location): \(error.facts)", nextStep: error.remedy)
        }
    }
}

extension PostgresTradeWriter: StreamingTradeWriter {
    public func takeOver(_ selection: JournalSelection, of reader: any LocalJournalReader) async throws -> WriteReceipt?
    {
        var receipt = WriteReceipt(place)
        guard try reader.hasRows(selection) else { return receipt }
        let attempts = PostgresTable.Attempts()
        do {
            let taken = try await table.located { [table] in
                try await table.server.retrying { try await table.take(selection, of: reader, after: attempts) }
            }
            receipt.count(taken.merged.outcomes, removed: taken.merged.removed)
            receipt.added += taken.added
            return receipt
        } catch is PostgresTable.NotStreamable {
            return nil
        }
    }
}

extension LocalJournalReader {
    /// Whether there is anything to take over: a table is not made for nothing.
    fileprivate func hasRows(_ selection: JournalSelection) throws -> Bool {
        do {
            try readHere(selection) { _ in throw RowFound() }
            return false
        } catch is RowFound {
            return true
        }
    }
}

/// There is a row: nothing more is read.
private struct RowFound: Error {}
