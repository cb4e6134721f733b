import PlaybookCore

/// Decides which column of a table holds what, by names and by what the first rows hold.
struct ColumnChooser {
    /// The columns' names.
    let names: [String]
    /// Names simplified, the symbol's own name before or after them (`SPY.Open`, `Close_MSFT`) left out.
    let simplified: [String]
    /// What the first rows hold in a column.
    let sample: (Int) -> [[UInt8]]

    init(names: [String], symbol: Symbol?, sample: @escaping (Int) -> [[UInt8]]) {
        self.names = names
        self.sample = sample
        let own = symbol.map { ColumnName.simplified($0.name) }
        simplified = names.map { name in
            let name = ColumnName.simplified(name)
            guard let own, name.count > own.count + 1 else { return name }
            if name.hasPrefix(own + "_") { return String(name.dropFirst(own.count + 1)) }
            return name.hasSuffix("_" + own) ? String(name.dropLast(own.count + 1)) : name
        }
    }

    /// Whether the names tell the four prices.
    var hasPrices: Bool {
        ColumnRole.prices.allSatisfy { role in simplified.contains { role.rank(of: $0) != nil } }
    }

    /// How many kinds of columns the names tell.
    var roleCount: Int {
        ColumnRole.allCases.count { role in simplified.contains { role.rank(of: $0) != nil } }
    }

    /// A choice, and what is worth saying about it.
    struct Choice {
        var roles: [ColumnRole]
        var isUTCByName = false
        var notes: [NeutralText] = []
    }

    /// Chooses a column for each role.
    ///
    /// - Parameters:
    ///   - symbol: whose rows are wanted.
    ///   - isExcluded: the columns of other symbols.
    ///   - timeWithoutName: a column that holds times whatever it is called; nil for none.
    /// - Throws: what is missing or there twice, in words.
    func choose(symbol: Symbol?, isExcluded: (Int) -> Bool = { _ in false }, time: Time) throws(CSVProblem) -> Choice {
        var choice = Choice(roles: Array(repeating: .ignored, count: names.count))
        for index in time.columns.indices {
            choice.roles[time.columns[index]] = time.columns.count == 1 ? .time : index == 0 ? .date : .timeOfDay
        }
        choice.isUTCByName = time.columns.count == 1 && ColumnRole.utcNames.contains(simplified[time.columns[0]])
        for role in ColumnRole.prices + [.volume, .symbol] {
            let found = simplified.indices.compactMap { index -> (index: Int, rank: Int)? in
                guard choice.roles[index] == .ignored, !isExcluded(index) else { return nil }
                return role.rank(of: simplified[index]).map { (index, $0) }
            }.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }
            guard let best = found.first else {
                if ColumnRole.prices.contains(role) {
                    throw CSVProblem(
                        "no column for \(role): the header is '\(header)'; understood are "
                            + role.names.prefix(6).joined(separator: ", "))
                }
                continue
            }
            if role == .symbol {
                if let column = symbolColumn(found.map { $0.index }, symbol) { choice.roles[column] = .symbol }
                continue
            }
            let twins = found.filter { $0.rank == best.rank }
            if role == .volume {
                // Of two, the one in which something is.
                let used = found.count == 1 ? best : found.first { !isAllZero($0.index) } ?? best
                choice.roles[used.index] = .volume
                for other in found where other.index != used.index {
                    choice.notes.append("column '\(shown(other.index))' is not read: volume is '\(shown(used.index))'")
                }
                continue
            }
            guard twins.count == 1 else {
                throw CSVProblem("two columns for \(role): '\(shown(twins[1].index))' is the second")
            }
            choice.roles[best.index] = role
        }
        return choice
    }

    /// The column that names each row's symbol: names that may mean something else count only when the column holds the
    /// symbol.
    private func symbolColumn(_ columns: [Int], _ symbol: Symbol?) -> Int? {
        if let sure = columns.first(where: { (ColumnRole.symbol.rank(of: simplified[$0]) ?? 9) < 6 }) { return sure }
        guard let symbol else { return nil }
        let matcher = SymbolMatcher(symbol)
        return columns.first { column in
            sample(column).contains { field in field.withUnsafeBufferPointer { matcher.matches($0) } }
        }
    }

    private func isAllZero(_ column: Int) -> Bool {
        let fields = sample(column)
        return !fields.isEmpty
            && fields.allSatisfy { field in field.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") } }
    }

    /// A name, for messages.
    func shown(_ column: Int) -> String {
        var name = names[column]
        return name.withUTF8 { printable($0) }
    }

    /// The header, for messages.
    var header: String {
        var text = names.joined(separator: ",")
        return text.withUTF8 { printable($0) }
    }

    /// The column or columns that tell when a bar is.
    struct Time {
        /// One, or those of date and time of day.
        var columns: [Int]
    }

    /// Finds the column or columns that tell when a bar is.
    ///
    /// - Throws: that there is none.
    func time() throws(CSVProblem) -> Time {
        var named = simplified.indices.compactMap { index in
            ColumnRole.time.rank(of: simplified[index]).map { (index: index, rank: $0) }
        }.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }
        if named.isEmpty {
            // An index without a name.
            named = simplified.indices.filter {
                ["", "unnamed_0", "index", "_index_level_0_"].contains(simplified[$0])
            }
            .map { ($0, 0) }
            named = named.filter { kind(of: $0.index) != .nothing }
        }
        guard let first = named.first else {
            throw CSVProblem(
                "no column for time: the header is '\(header)'; understood are "
                    + ColumnRole.time.names.prefix(6).joined(separator: ", "))
        }
        guard named.count > 1 else { return Time(columns: [first.index]) }
        let kinds = named.map { ($0.index, kind(of: $0.index)) }
        let clock = kinds.first { $0.1 == .timeOfDay }
        let date = kinds.first { $0.1 == .date || $0.1 == .midnight }
        if let sure = kinds.first(where: { $0.1 == .absolute }) ?? kinds.first(where: { $0.1 == .local }) {
            return Time(columns: [sure.0])
        }
        if let date, let clock { return Time(columns: [date.0, clock.0]) }
        return Time(columns: [kinds.first { $0.1 == .midnight || $0.1 == .date }?.0 ?? first.index])
    }

    private enum Kind: Equatable {
        /// A date and time with an offset, or an epoch; without; always midnight; a date alone; a time alone.
        case absolute, local, midnight, date, timeOfDay, nothing
    }

    /// What the column's first fields are.
    private func kind(of column: Int) -> Kind {
        var parsers = [FileOptions.DateOrder.dayFirst, .monthFirst].map { StampParser(zone: .utc, order: $0) }
        var isMidnight = true
        var found = Kind.nothing
        for field in sample(column).prefix(50) {
            let kind = field.withUnsafeBufferPointer { self.kind(ofField: $0, &parsers, &isMidnight) }
            if kind != .nothing { found = kind }
        }
        return found == .local && isMidnight ? .midnight : found
    }

    private func kind(
        ofField field: UnsafeBufferPointer<UInt8>, _ parsers: inout [StampParser], _ isMidnight: inout Bool
    ) -> Kind {
        for index in parsers.indices {
            guard let stamp = try? parsers[index].parse(field) else { continue }
            if stamp.date == nil { isMidnight = false }
            guard stamp.hasTime else { return .date }
            return stamp.form == .civil(hasOffset: false) ? .local : .absolute
        }
        return StampParser.isTimeOfDay(field) ? .timeOfDay : .nothing
    }
}
