/// Makes rows of a journal's fields: puts each into its column, reads what other programs made of a value as what it
/// means, and brings rows of the first schema to the second.
struct JournalLineReading: ~Copyable {
    private let header: JournalHeader
    private let columns: UnsafeMutableBufferPointer<UnsafeRawBufferPointer>
    private let extras: UnsafeMutableBufferPointer<UnsafeRawBufferPointer>
    /// Where text stands that no line has.
    private let made: UnsafeMutableRawBufferPointer
    private var used = 0
    private var tradeDate = CivilDate(daysSinceEpoch: 0)
    /// What `tradeDate` was read from: many rows have the same.
    private var dateText: [UInt8] = []
    private var mode = JournalMode.backtest
    private var tradeNumber = 1
    private var trades = 0
    /// The first column of the row read last that does not hold what it should.
    private(set) var problem: JournalRecord.Problem?
    /// Whether the fields stand in the line just as this program would write them.
    private(set) var isVerbatim = false

    private let kinds = JournalColumn.allCases.map(\.kind)
    /// The columns that do not hold just any text.
    private let checked = JournalColumn.allCases.filter { $0.kind != .text && $0.kind != .date }.map(\.index)
    private static let names: [JournalColumn] = [.strategy, .parametersID, .mode]
    /// Room for a text of the greatest length in every column.
    private static let longest = 64

    init(_ header: JournalHeader = .current) {
        self.header = header
        columns = .allocate(capacity: JournalColumn.allCases.count)
        columns.initialize(repeating: UnsafeRawBufferPointer(start: nil, count: 0))
        extras = .allocate(capacity: header.extraNames.count)
        extras.initialize(repeating: UnsafeRawBufferPointer(start: nil, count: 0))
        made = .allocate(byteCount: Self.longest * (columns.count + 4), alignment: 1)
    }

    deinit {
        columns.deallocate()
        extras.deallocate()
        made.deallocate()
    }

    /// Calls `body` with the row read last.
    func line<Result, Failure: Error>(
        _ body: (borrowing JournalLine) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(
            JournalLine(
                columns: UnsafeBufferPointer(columns), extraFields: UnsafeBufferPointer(extras),
                extraNames: header.extraNames, givenExtras: [], tradeDate: tradeDate, mode: mode,
                tradeNumber: tradeNumber, trades: trades, problem: problem))
    }

    /// Reads a row of `fields`, which must stay until it has been used.
    ///
    /// - Parameter isOpen: whether the text ends behind the last field, so that it may be cut.
    /// - Throws: `JournalRecord.Problem` when it cannot be told which row it is. What is wrong with other columns is
    ///   kept as the line's `problem`.
    mutating func read(
        _ fields: UnsafeBufferPointer<UnsafeRawBufferPointer>, isOpen: Bool = false
    ) throws(JournalRecord.Problem) {
        let first = JournalColumn.countInFirstSchema
        guard fields.count == header.count || header == .current && fields.count == first else {
            throw JournalRecord.Problem("\(fields.count) fields instead of \(header.count)")
        }
        place(fields)
        used = 0
        problem = nil
        isVerbatim = true
        try readKey()
        for index in checked where !columns[index].isEmpty { check(index) }
        if isOpen { checkEnd(fields.count - 1) }
        if columns[JournalColumn.mode.index].isEmpty { complete() }
        trades = whole(.trades) ?? 0
    }

    private func place(_ fields: UnsafeBufferPointer<UnsafeRawBufferPointer>) {
        if header.isCurrent {
            let own = min(fields.count, columns.count)
            for index in 0..<own { columns[index] = fields[index] }
            for index in own..<columns.count { columns[index] = UnsafeRawBufferPointer(start: nil, count: 0) }
            for index in extras.indices { extras[index] = fields[columns.count + index] }
        } else {
            for index in columns.indices { columns[index] = UnsafeRawBufferPointer(start: nil, count: 0) }
            for (field, target) in zip(fields, header.targets) {
                if target < columns.count { columns[target] = field } else { extras[target - columns.count] = field }
            }
        }
    }

    private mutating func readKey() throws(JournalRecord.Problem) {
        let date = columns[JournalColumn.tradeDate.index]
        if !date.isSame(as: dateText) {
            guard let read = CivilDate(journal: date) else {
                throw JournalRecord.Problem(
                    "trade_date '\(String(decoding: date.prefix(40), as: UTF8.self))' is not a date YYYY-MM-DD")
            }
            tradeDate = read
            dateText = Array(date)
        }
        try readNames()
        mode = .backtest
        let name = columns[JournalColumn.mode.index]
        if !name.isEmpty, !name.isSame(as: "backtest") {
            guard let known = JournalMode(rawValue: String(decoding: name, as: UTF8.self)) else {
                throw JournalRecord.Problem(wrong(.mode, "backtest, shadow, paper or live"))
            }
            mode = known
        }
        let identifier = columns[JournalColumn.parametersID.index]
        if identifier[0] < UInt8(ascii: ":"), JournalIdentifier.isNumber(identifier),
            !JournalIdentifier.isBare(identifier)
        {
            throw JournalRecord.Problem(wrong(.parametersID, "a digest: a spreadsheet took it for a number"))
        }
        let number = columns[JournalColumn.tradeNumber.index]
        tradeNumber = 1
        if !number.isEmpty {
            check(JournalColumn.tradeNumber.index)
            guard let read = whole(.tradeNumber), read >= 1 else {
                throw JournalRecord.Problem(wrong(.tradeNumber, "a whole number from 1 on"))
            }
            tradeNumber = read
        }
    }

    /// Reads the texts that tell rows apart: a symbol in small letters, or spaces around, are somebody's slips.
    private mutating func readNames() throws(JournalRecord.Problem) {
        let field = columns[JournalColumn.symbol.index]
        guard !field.isEmpty else { throw JournalRecord.Problem("symbol is empty") }
        if !Symbol.isName(field) {
            guard let symbol = Symbol(String(decoding: Self.trimmed(field), as: UTF8.self)) else {
                throw JournalRecord.Problem(wrong(.symbol, "a ticker symbol"))
            }
            set(JournalColumn.symbol.index, symbol.name)
        }
        for column in Self.names {
            let field = columns[column.index]
            if let first = field.first, let last = field.last, first <= 0x20 || last <= 0x20 {
                set(column.index, String(decoding: Self.trimmed(field), as: UTF8.self))
            }
            guard !columns[column.index].isEmpty || column == .mode else {
                throw JournalRecord.Problem("\(column.name) is empty")
            }
        }
    }

    /// A field without the spaces around it.
    private static func trimmed(_ field: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var range = field.indices
        while let first = range.first, field[first] <= 0x20 { range = range.dropFirst() }
        while let last = range.last, field[last] <= 0x20 { range = range.dropLast() }
        return UnsafeRawBufferPointer(rebasing: field[range])
    }

    /// Looks whether the last field of a text that has no line end is whole.
    private mutating func checkEnd(_ index: Int) {
        isVerbatim = false
        guard problem == nil, header.targets[index] < columns.count else {
            if problem == nil { problem = .cut(header.extraNames.last ?? "") }
            return
        }
        let column = JournalColumn.allCases[header.targets[index]]
        let text = String(decoding: columns[column.index], as: UTF8.self)
        let isWhole =
            switch column {
            case .parameters: isWhole(parameters: text)
            case .runID: text.utf8.count == 23 && text.utf8.dropFirst(16).first == UInt8(ascii: "-")
            case .dataID, .parametersID: text.utf8.count == 13
            default: false
            }
        if !isWhole { problem = .cut(column.name) }
    }

    /// Whether the digest of a row's parameters is that of `text`.
    private func isWhole(parameters text: String) -> Bool {
        if text == "defaults" { return true }
        var overrides: [String: String] = [:]
        for word in text.split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { return false }
            overrides[String(parts[0])] = String(parts[1])
        }
        let strategy = String(decoding: columns[JournalColumn.strategy.index], as: UTF8.self)
        guard let id = KnownParameters.identifier(strategy, overrides: overrides) else { return false }
        return columns[JournalColumn.parametersID.index].isSame(as: Array(id.utf8))
    }

    /// Reads the field of a column as what it means.
    @inline(__always)
    private mutating func check(_ index: Int) {
        let field = columns[index]
        switch kinds[index] {
        case .text, .date: break
        case .side: checkSide(field, index)
        case .number: if !JournalValues.isPlainNumber(field) { accept(JournalValues.number(field), index) }
        case .time: if !JournalValues.isPlainTime(field) { accept(JournalValues.time(field), index) }
        case .flag: if !JournalValues.isPlainFlag(field) { accept(JournalValues.flag(field), index) }
        case .count:
            if !(field.count == 1 && field[0] &- 0x30 < 10) { accept(JournalValues.count(field), index) }
        case .instant: if !JournalValues.isPlainInstant(field) { accept(JournalValues.instant(field), index) }
        case .identifier: checkIdentifier(field, index)
        }
    }

    private mutating func checkSide(_ field: UnsafeRawBufferPointer, _ index: Int) {
        if !field.isSame(as: "long"), !field.isSame(as: "short") {
            accept(.wrong("long or short"), index)
        }
    }

    private mutating func checkIdentifier(_ field: UnsafeRawBufferPointer, _ index: Int) {
        if field[0] >= UInt8(ascii: "g") { return }
        if JournalIdentifier.isBare(field) {
            let letter =
                index == JournalColumn.dataID.index ? JournalIdentifier.data : JournalIdentifier.parameters
            accept(.text(JournalIdentifier.text(letter, String(decoding: field, as: UTF8.self))), index)
        } else if JournalIdentifier.isNumber(field) {
            accept(.wrong("a digest: a spreadsheet took it for a number"), index)
        }
    }

    private mutating func accept(_ meaning: JournalValues.Meaning, _ index: Int) {
        switch meaning {
        case .same: break
        case .text(let text): set(index, text)
        case .wrong(let noun):
            isVerbatim = false
            if problem == nil { problem = JournalRecord.Problem(wrong(JournalColumn.allCases[index], noun)) }
        }
    }

    /// Puts a text that the line does not have into a column.
    private mutating func set(_ index: Int, _ text: String) {
        isVerbatim = false
        let start = used
        for byte in text.utf8.prefix(Self.longest) {
            made[used] = byte
            used += 1
        }
        columns[index] = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(made)[start..<used])
    }

    /// What follows from a row of the first schema itself: those rows are of backtests in the one market there was,
    /// with one trade at the most, bought.
    private mutating func complete() {
        let isEntered = columns[JournalColumn.entered.index].isSame(as: "true")
        set(JournalColumn.mode.index, JournalMode.backtest.rawValue)
        if columns[JournalColumn.tradeNumber.index].isEmpty { set(JournalColumn.tradeNumber.index, "1") }
        if columns[JournalColumn.trades.index].isEmpty { set(JournalColumn.trades.index, isEntered ? "1" : "0") }
        if columns[JournalColumn.side.index].isEmpty { set(JournalColumn.side.index, Side.long.rawValue) }
        if columns[JournalColumn.market.index].isEmpty { set(JournalColumn.market.index, Market.xnys.id) }
        guard isEntered else { return }
        for (time, instant) in [(JournalColumn.entryTime, JournalColumn.entryInstant), (.exitTime, .exitInstant)]
        where columns[instant.index].isEmpty {
            guard let time = TimeOfDay(String(decoding: columns[time.index], as: UTF8.self)) else { continue }
            set(instant.index, "\(Market.xnys.clock.instant(tradeDate, time))")
        }
    }

    private func whole(_ column: JournalColumn) -> Int? {
        let field = columns[column.index]
        if field.count == 1, field[0] &- 0x30 < 10 { return Int(field[0] - 0x30) }
        return Int(String(decoding: field, as: UTF8.self))
    }

    private func wrong(_ column: JournalColumn, _ noun: String) -> String {
        "\(column.name) '\(String(decoding: columns[column.index].prefix(40), as: UTF8.self))' is not \(noun)"
    }
}

extension CivilDate {
    /// The date that a field `YYYY-MM-DD` names.
    init?(journal field: UnsafeRawBufferPointer) {
        guard field.count == 10, field[4] == UInt8(ascii: "-"), field[7] == UInt8(ascii: "-") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var number = 0
            for index in range {
                guard field[index] &- 0x30 < 10 else { return nil }
                number = number * 10 + Int(field[index] &- 0x30)
            }
            return number
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
        self.init(year: year, month: month, day: day)
    }
}
