public import PlaybookCore

/// Which parameter sets the journals know, and how many new ones this day has begun: each adds a row a session to a
/// journal, so that somebody who asks for ever new ones would fill the disk.
public actor ParameterLedger {
    private struct Key: Hashable {
        let strategy: String
        let parametersID: String
    }

    private let usual: @Sendable () async throws -> Playbook
    private let journals: @Sendable () throws -> [Journal]
    private let today: @Sendable () throws -> CivilDate
    private let clock: @Sendable () throws -> MarketClock
    private let limit: Int
    /// The sets that rows have been written with, by the first day on which they were as far as is known.
    private var begun: [Key: CivilDate]?

    /// - Parameters:
    ///   - limit: how many sets a day may begin.
    ///   - usual: the playbook that is run without a choice.
    ///   - journals: makes the journals.
    ///   - today: the present date in the market of symbols that name none.
    ///   - clock: that market's clock.
    package init(
        limit: Int, usual: @escaping @Sendable () async throws -> Playbook,
        journals: @escaping @Sendable () throws -> [Journal], today: @escaping @Sendable () throws -> CivilDate,
        clock: @escaping @Sendable () throws -> MarketClock
    ) {
        (self.limit, self.usual, self.journals) = (limit, usual, journals)
        (self.today, self.clock) = (today, clock)
    }

    /// Lets a run of `strategy` go ahead unless its parameters are new, and this day has begun as many as it may. Those
    /// of the settings' playbook without any change are never new.
    ///
    /// The first time that others are asked for, the journals are read.
    ///
    /// - Returns: whether it may run.
    /// - Throws: a `PlaybookError` when a journal cannot be read.
    public func admit(_ strategy: Playbook) async throws -> Bool {
        let key = Key(strategy: strategy.name, parametersID: strategy.parametersID)
        let usual = try await usual()
        if key == Key(strategy: usual.name, parametersID: usual.parametersID) { return true }
        if begun == nil {
            let found = try await read()
            // Another request may have read them meanwhile, and begun a set.
            if begun == nil { begun = found }
        }
        guard begun?[key] == nil else { return true }
        let today = try today()
        guard (begun ?? [:]).values.count(where: { $0 == today }) < limit else { return false }
        begun?[key] = today
        return true
    }

    /// The sets of the journals' rows; a set began on the day of its oldest row.
    private func read() async throws -> [Key: CivilDate] {
        var found: [Key: CivilDate] = [:]
        for journal in try journals() {
            let tally = try await journal.reader.collect(
                JournalSelection(), into: Tally(clock: try clock()))
            found.merge(tally.found, uniquingKeysWith: min)
        }
        return found
    }

    /// The sets of a journal's rows.
    private struct Tally: JournalAccumulating {
        let clock: MarketClock
        var found: [Key: CivilDate] = [:]
        /// What the last row told: many rows follow each other that tell the same.
        private var last: (key: Key, run: String)?

        init(clock: MarketClock) { self.clock = clock }

        mutating func add(_ line: borrowing JournalLine) {
            let key = Key(strategy: line[.strategy], parametersID: line[.parametersID])
            let run = line[.runID]
            if let last, last.key == key, last.run == run { return }
            last = (key, run)
            let day = ParameterLedger.day(of: run, clock) ?? .distantPast
            found[key] = min(found[key] ?? day, day)
        }

        mutating func merge(_ later: Tally) { found.merge(later.found, uniquingKeysWith: min) }
    }

    /// The day of a run in the market of symbols that name none, 20251104T213000Z-b3777f.
    private static func day(of runID: String, _ clock: MarketClock) -> CivilDate? {
        let text = Array(runID.utf8)
        guard text.count > 15 else { return nil }
        func part(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
        let date = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
        return Instant("\(date)T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z").map { clock.date(of: $0) }
    }
}

extension CivilDate {
    /// Before any run.
    fileprivate static let distantPast = CivilDate(daysSinceEpoch: 0)
}
