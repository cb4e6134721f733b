import PlaybookCore
import PlaybookFileSystem

/// What the name of a file of bars tells.
struct FileName: Hashable {
    /// What a file holds.
    enum Content: Hashable {
        /// Bars within the day; of the length that the name tells, if it does.
        case intraday(Timeframe?)
        case daily
        case splits
    }

    /// The name without its endings, in lower case.
    let stem: String
    let isParquet: Bool

    /// Nil for a file that does not hold bars.
    init?(_ name: String) {
        var name = name.lowercased()[...]
        guard !name.hasPrefix(".") else { return nil }
        if name.hasSuffix(".gz") { name = name.dropLast(3) }
        guard let point = name.lastIndex(of: "."), point > name.startIndex else { return nil }
        switch name[name.index(after: point)...] {
        case "csv", "txt", "tsv": isParquet = false
        case "parquet", "pq", "parq": isParquet = true
        default: return nil
        }
        stem = String(name[..<point])
    }

    /// What follows the symbol in the name; nil when it does not begin with the symbol.
    func rest(after symbol: Symbol) -> Substring? {
        let name = symbol.fileName.lowercased()
        guard stem.hasPrefix(name) else { return nil }
        var rest = stem.dropFirst(name.count)
        // Stooq: `ibm.us.txt`.
        if rest == ".us" || rest.hasPrefix(".us_") { rest = rest.dropFirst(3) }
        guard let next = rest.first else { return rest }
        if next == "_" || next == " " || next == "," { return rest.dropFirst() }
        return next == "-" && rest.dropFirst().first?.isNumber == true ? rest.dropFirst() : nil
    }

    /// What the words of a name tell: what it holds, and of which dates.
    static func meaning(_ words: Substring) -> (content: Content?, dates: ClosedRange<CivilDate>?) {
        var content: Content?
        for word in words.split(whereSeparator: { "_ ,.".contains($0) }).flatMap({ [$0] + $0.split(separator: "-") }) {
            if let found = self.content(word) { content = found }
        }
        return (content, dates(words))
    }

    private static func content(_ word: Substring) -> Content? {
        switch word {
        case "1day", "1d", "day", "daily", "d", "d1", "eod": return .daily
        case "splits", "split": return .splits
        case "hourly": return .intraday(.minutes(60))
        default: break
        }
        // `m5`, `h1` as MetaTrader has them, `5min`, `1h` as others have.
        let units: [String: Int] = [
            "min": 1, "mins": 1, "minute": 1, "minutes": 1, "m": 1, "t": 1, "h": 60, "hour": 60, "hr": 60, "hours": 60,
        ]
        let digits = word.filter(\.isNumber)
        let letters = word.filter { !$0.isNumber }
        guard let count = Int(digits), let unit = units[letters],
            word.hasPrefix(digits) || letters == "m" || letters == "h",
            (1...Market.xnys.hours.minutes).contains(count * unit), word == digits + letters || word == letters + digits
        else { return nil }
        return .intraday(.minutes(count * unit))
    }

    /// The dates that `2024-03-04`, `20240304`, `2024-03`, `202403` or `2024` in a name tell.
    private static func dates(_ words: Substring) -> ClosedRange<CivilDate>? {
        var found: ClosedRange<CivilDate>?
        let parts = words.split { !($0.isNumber || $0 == "-") }
        for part in parts {
            let digits = part.filter(\.isNumber)
            guard part.first?.isNumber == true, let dates = dates(digits: digits, hyphens: part.count - digits.count)
            else { continue }
            found =
                min(
                    found?.lowerBound ?? dates.lowerBound, dates.lowerBound)...max(
                    found?.upperBound ?? dates.upperBound, dates.upperBound)
        }
        return found
    }

    private static func dates(digits: String, hyphens: Int) -> ClosedRange<CivilDate>? {
        func number(_ from: Int, _ count: Int) -> Int { Int(digits.dropFirst(from).prefix(count)) ?? 0 }
        let year = number(0, 4)
        guard (1970...2100).contains(year) else { return nil }
        switch (digits.count, hyphens) {
        case (8, 0), (8, 2):
            return CivilDate(year: year, month: number(4, 2), day: number(6, 2)).map { $0...$0 }
        case (6, 0), (6, 1):
            guard let first = CivilDate(year: year, month: number(4, 2), day: 1) else { return nil }
            return first...first.adding(days: 31)
        case (4, 0):
            guard let first = CivilDate(year: year, month: 1, day: 1) else { return nil }
            return first...first.adding(days: 366)
        default: return nil
        }
    }
}

/// The files of a folder that may hold a symbol's bars.
struct SymbolFiles {
    /// A file and what its name tells.
    struct Entry: Hashable {
        let path: String
        let name: FileName
        /// The dates that its bars lie on; nil when the name tells none.
        let dates: ClosedRange<CivilDate>?
    }

    /// Files of the symbol's bars within the day, by the length that their names tell.
    private(set) var intraday: [Timeframe?: [Entry]] = [:]
    private(set) var daily: [Entry] = []
    private(set) var splits: [Entry] = []
    /// Files of bars that bear another name: those that tell dates, and the others.
    private(set) var shared: [Entry] = []
    /// The names of all files in the folder.
    private(set) var names: [String] = []

    /// How deep folders of years and months lie within one another.
    private static let deepest = 3

    init(_ directory: String, _ symbol: Symbol) throws {
        do {
            names = try FileSystem.names(in: directory).filter { !$0.hasPrefix(".") }
            for name in names {
                let path = "\(directory)/\(name)"
                if FileSystem.isDirectory(path), FileName(name) == nil {
                    if name.lowercased() == symbol.fileName.lowercased() {
                        try walk(path, depth: 1) { addOwn($0, $1, symbol) }
                    } else if !name.isEmpty, name.allSatisfy(\.isNumber) {
                        try walk(path, depth: 1) { addShared($0, $1) }
                    }
                    continue
                }
                guard let file = FileName(name) else { continue }
                if let rest = file.rest(after: symbol) {
                    add(path, file, rest)
                } else {
                    addShared(path, file)
                }
            }
        } catch let failure as FileError {
            throw PlaybookError(.sourceUnavailable, NeutralText(failure.description))
        }
    }

    private func walk(_ folder: String, depth: Int, _ body: (String, FileName) -> Void) throws {
        for name in try FileSystem.names(in: folder) {
            let path = "\(folder)/\(name)"
            if FileSystem.isDirectory(path) {
                if depth < Self.deepest { try walk(path, depth: depth + 1, body) }
            } else if let file = FileName(name) {
                body(path, file)
            }
        }
    }

    /// A file whose name begins with the symbol.
    private mutating func add(_ path: String, _ file: FileName, _ rest: Substring) {
        let (content, dates) = FileName.meaning(rest)
        let entry = Entry(path: path, name: file, dates: dates)
        switch content {
        case .daily: daily.append(entry)
        case .splits: splits.append(entry)
        case .intraday(let timeframe): intraday[timeframe, default: []].append(entry)
        case nil:
            if rest.isEmpty || dates != nil { intraday[nil, default: []].append(entry) }
        }
    }

    /// A file in the symbol's own folder.
    private mutating func addOwn(_ path: String, _ file: FileName, _ symbol: Symbol) {
        let rest = file.rest(after: symbol) ?? file.stem[...]
        let (content, dates) = FileName.meaning(rest)
        let entry = Entry(path: path, name: file, dates: dates)
        switch content {
        case .daily: daily.append(entry)
        case .splits: splits.append(entry)
        case .intraday(let timeframe): intraday[timeframe, default: []].append(entry)
        case nil: intraday[nil, default: []].append(entry)
        }
    }

    private mutating func addShared(_ path: String, _ file: FileName) {
        let (content, dates) = FileName.meaning(file.stem[...])
        guard content != .splits, content != .daily else { return }
        shared.append(Entry(path: path, name: file, dates: dates))
    }

    /// Refuses two files that cannot both be meant: those of one kind without dates in their names.
    static func requireOne(_ entries: [Entry]) throws {
        let whole = entries.filter { $0.dates == nil }
        let folders = Set(whole.map { FileSystem.directory(of: $0.path) })
        guard whole.count > 1, folders.count == 1, Set(whole.map(\.name.stem)).count == 1 else { return }
        throw PlaybookError(
            .badData, "\(whole.map(\.path).joined(separator: " and ")) are both there",
            nextStep: "Keep one of them in the folder.")
    }
}
