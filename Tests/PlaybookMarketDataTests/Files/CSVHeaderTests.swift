import PlaybookCore
import PlaybookTestSupport
import Testing

@testable import PlaybookMarketData

@Suite("The header of a bar file")
struct CSVHeaderTests {
    private let file: BarText
    private let names = ["timestamp", "open", "high", "low", "close", "volume"]
    private let fields = ["2024-11-04T14:30:00Z", "10", "12", "9", "11", "100"]
    private let bar = Bar(time: 1_730_730_600, open: 10, high: 12, low: 9, close: 11, volume: 100)

    init() throws { file = try BarText() }

    /// Every spelling that is understood, with the place of its column.
    static let spellings: [(Int, String)] = [
        (0, "timestamp time datetime date date_time t ts start open_time"), (1, "open o open_price"),
        (2, "high h high_price max"), (3, "low l low_price min"), (4, "close c close_price last"), (5, "volume v vol"),
    ].flatMap { place, words in words.split(separator: " ").map { (place, String($0)) } }

    @Test("is understood in every usual spelling, in any case, quoted or padded", arguments: spellings)
    func spelling(place: Int, name: String) async throws {
        for spelled in [name, name.uppercased(), name.capitalized(), "\"\(name)\"", " \(name) "] {
            var names = names
            names[place] = spelled
            let bars = try await file.read([names, fields].csv).bars
            #expect(bars.all == [bar], "\(spelled)")
        }
    }

    @Test("names the columns in any order")
    func order() async throws {
        for permutation in permutations(Array(0..<6)) {
            let bars = try await file.read([permutation.map { names[$0] }, permutation.map { fields[$0] }].csv).bars
            #expect(bars.all == [bar], "\(permutation)")
        }
    }

    @Test("may name columns that are not needed", arguments: 0...6)
    func extraColumns(place: Int) async throws {
        for content in ["", "SPY", "1.5", "\"quoted\"", "-1", "nan", "é"] {
            let header = names.inserting("vwap", at: place).inserting("trade_count", at: place)
            let row = fields.inserting(content, at: place).inserting("17", at: place)
            #expect(try await file.read([header, row].csv).bars.all == [bar], "\(content)")
        }
    }

    @Test("may separate its columns by tabs or semicolons", arguments: ["\t", ";"])
    func delimiters(delimiter: String) async throws {
        #expect(try await file.read([names, fields].csv(delimiter)).bars.all == [bar])
    }

    @Test("may have its fields, and those of the lines, in quotes")
    func quotes() async throws {
        let quoted = [names, fields].map { $0.map { "\"\($0)\"" } }
        #expect(try await file.read(quoted.csv).bars.all == [bar])
        #expect(try await file.read([names, fields.map { " \"\($0)\" " }].csv).bars.all == [bar])
    }

    @Test("need not name the volume, which is then not known")
    func noVolume() async throws {
        let bars = try await file.read([Array(names.dropLast()), Array(fields.dropLast())].csv).bars
        #expect(bars.close == [11])
        #expect(bars.volume[0].isNaN)
    }

    @Test("must name every price and the time", arguments: ["time", "open", "high", "low", "close"])
    func missingColumn(role: String) async throws {
        let place = try #require(["time", "open", "high", "low", "close"].firstIndex(of: role))
        var names = names
        names[place] = "vwap"
        let error = await playbookError { try await file.read([names, fields].csv) }
        #expect(error?.code == .badData)
        #expect(
            error?.message.hasPrefix(
                "\(file.path):1: no column for \(role): the header is '\(printed(names))'; understood are ") == true)
        #expect(error?.nextStep?.contains("<set columnsOfFiles>") == true)
    }

    @Test("must not name a column twice")
    func twice() async {
        let error = await playbookError { try await file.read([names + ["Close"], fields + ["11"]].csv) }
        #expect(error?.code == .badData)
        #expect(error?.message == "\(file.path):1: two columns for close: 'Close' is the second")
    }

    @Test("is shortened and made printable in messages")
    func unprintable() async {
        let error = await playbookError {
            try await file.read("a\u{1}é" + String(repeating: "x", count: 5_000) + "\n1\n")
        }
        let shown = "a\\x01\\xC3\\xA9" + String(repeating: "x", count: 36) + "…"
        #expect(error?.message.hasPrefix("\(file.path):1: no column for time: the header is '\(shown)'; ") == true)
    }

    /// The header as messages show it: at most 40 bytes.
    private func printed(_ names: [String]) -> String {
        let text = names.joined(separator: ",")
        return text.count > 40 ? "\(text.prefix(40))…" : text
    }
}

/// All orders of `items`.
private func permutations(_ items: [Int]) -> [[Int]] {
    guard items.count > 1 else { return [items] }
    return items.indices.flatMap { index in
        var rest = items
        let first = rest.remove(at: index)
        return permutations(rest).map { [first] + $0 }
    }
}

extension [[String]] {
    fileprivate var csv: String { csv(",") }

    fileprivate func csv(_ delimiter: String) -> String {
        map { $0.joined(separator: delimiter) + "\n" }.joined()
    }
}

extension [String] {
    fileprivate func inserting(_ element: String, at index: Int) -> [String] {
        Array(self[..<index]) + [element] + Array(self[index...])
    }
}

extension String {
    fileprivate func capitalized() -> String { prefix(1).uppercased() + dropFirst() }
}
