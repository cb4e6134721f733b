import PlaybookCore

/// What every writer keeps for its run: the rows handed over, and what became of them.
struct PendingRows {
    /// Where they go.
    let place: JournalPlace
    /// The rows that are not known to be durable.
    private(set) var records: [JournalRecord] = []
    /// What was done, once it is.
    private(set) var receipt: WriteReceipt?
    /// What attempts that failed were about to make of rows.
    private(set) var earlier: [JournalKey: JournalMerge.Outcome] = [:]

    init(_ place: JournalPlace) { self.place = place }

    /// Takes rows over.
    mutating func add(_ records: [JournalRecord]) throws {
        guard receipt == nil else {
            throw PlaybookError(.cannotWrite, "\(place.location): rows were written after finalize")
        }
        self.records += records
    }

    /// Merges `new` into `existing`, knowing what earlier attempts made of them.
    func merge(existing: [JournalRecord], new: [JournalRecord]) throws -> JournalMerge {
        try located { try JournalMerge(existing: existing, new: new, earlier: earlier) }
    }

    /// Does `work`, whose errors then name the place.
    func located<Result>(_ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let error as PlaybookError {
            throw PlaybookError(error.code, "\(place.location): \(error.facts)", nextStep: error.remedy)
        }
    }

    /// Remembers what the attempt that now begins makes of rows, should it fail after they were written.
    mutating func attempt(_ outcomes: [JournalKey: JournalMerge.Outcome]) {
        if earlier.isEmpty { earlier = outcomes } else { earlier.merge(outcomes) { $1 } }
    }

    /// All rows are durable.
    mutating func settle(_ receipt: WriteReceipt) {
        self.receipt = receipt
        records = []
        earlier = [:]
    }
}
