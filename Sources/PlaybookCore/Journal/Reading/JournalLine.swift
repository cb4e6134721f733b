/// A row while a journal is read: its fields lie in the reader's memory and are gone when the next row is read.
public struct JournalLine: ~Copyable {
    /// The columns' fields, normalised.
    package let columns: UnsafeBufferPointer<UnsafeRawBufferPointer>
    /// The fields of `extraNames`.
    let extraFields: UnsafeBufferPointer<UnsafeRawBufferPointer>
    let extraNames: [String]
    /// What people have added, of a row that does not come from lines.
    let givenExtras: [JournalExtra]
    /// The session.
    public let tradeDate: CivilDate
    /// How the row came about.
    public let mode: JournalMode
    /// 1, 2, … within the session.
    public let tradeNumber: Int
    /// How many trades the session has, as this row tells.
    public let trades: Int
    /// The first column that does not hold what it should, if there is one.
    public let problem: JournalRecord.Problem?

    /// The field of `column`.
    public subscript(column: JournalColumn) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// The bytes of the field of `column`.
    package func bytes(_ column: JournalColumn) -> UnsafeRawBufferPointer { columns[column.index] }

    /// Whether the field of `column` starts with a text.
    public func hasText(_ column: JournalColumn, startingWith start: StaticString) -> Bool {
        let bytes = bytes(column)
        guard bytes.count >= start.utf8CodeUnitCount else { return false }
        return UnsafeRawBufferPointer(rebasing: bytes[..<start.utf8CodeUnitCount]).isSame(as: start)
    }

    /// Whether people have added something to the row.
    package var hasAdditions: Bool { !givenExtras.isEmpty || extraFields.contains { !$0.isEmpty } }

    /// Whether a trade was taken.
    public var isEntered: Bool { bytes(.entered).count == 4 }

    /// Whether it was made from synthetic bars.
    public var isSynthetic: Bool { bytes(.dataSource).isSame(as: Self.syntheticSource) }
    private static let syntheticSource = Array(JournalMerge.syntheticSource.utf8)

    /// Whose row it is.
    public var series: JournalSeries {
        JournalSeries(
            symbol: self[.symbol], strategy: self[.strategy], parametersID: self[.parametersID], mode: mode)
    }

    /// The row's key.
    public var key: JournalKey { JournalKey(JournalSession(tradeDate, series), tradeNumber: tradeNumber) }

    /// The row, to keep.
    public func record() -> JournalRecord {
        var content: [UInt8] = []
        content.reserveCapacity(columns.reduce(0) { $0 + $1.count })
        var ends: [UInt32] = []
        ends.reserveCapacity(columns.count)
        for field in columns {
            content += field
            ends.append(UInt32(content.count))
        }
        var extras = givenExtras
        for (name, field) in zip(extraNames, extraFields) where !field.isEmpty {
            extras.append(JournalExtra(name, String(decoding: field, as: UTF8.self)))
        }
        return JournalRecord(key: key, bytes: content, ends: ends, extras: extras)
    }
}

extension JournalRecord {
    /// Calls `body` with the row as if it were just read.
    ///
    /// - Parameter problem: the first column that does not hold what it should.
    public func withLine<Result>(
        problem: Problem? = nil, _ body: (borrowing JournalLine) throws -> Result
    ) rethrows -> Result {
        let trades = Int(self[.trades]) ?? 0
        return try withFields { fields in
            try body(
                JournalLine(
                    columns: fields, extraFields: UnsafeBufferPointer(start: nil, count: 0), extraNames: [],
                    givenExtras: extras, tradeDate: key.tradeDate, mode: key.mode, tradeNumber: key.tradeNumber,
                    trades: trades, problem: problem))
        }
    }
}
