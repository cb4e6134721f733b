import FoundationEssentials
public import PlaybookCore
import PlaybookFileSystem
public import PlaybookPostgres

/// Bars out of the tables of a PostgreSQL database, by a query of the user's own: `$1` is the symbol, `$2` and `$3` are the
/// first instant that is asked for and the one after the last.
///
/// The columns are found by their names, and all that is checked and doubted of files is checked and doubted of them.
public struct PostgresBarsSource: MarketDataSource {
    private let server: PostgresServer
    private let query: String
    private let options: FileOptions
    private let defects: DefectLog?
    private let log: UnderstandingLog?

    /// - Parameters:
    ///   - query: one `SELECT`, without a semicolon at its end.
    ///   - options: what columns do not tell themselves: the zone of times without one.
    ///   - defects: where to note wrong rows instead of stopping at the first; they are then left out.
    ///   - log: where to note how the columns were understood.
    public init(
        _ server: PostgresServer, query: String, options: FileOptions = FileOptions(), defects: DefectLog? = nil,
        log: UnderstandingLog? = nil
    ) {
        self.server = server
        self.query = query
        self.options = options
        self.defects = defects
        self.log = log
    }

    public var label: String { "postgres" }

    public var hasDailyBars: Bool { false }

    public func dailyBars(of symbol: Symbol, from first: CivilDate, through last: CivilDate) async throws -> DailyBars?
    { nil }

    public func intradayBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate
    ) async throws -> IntradayBars {
        let folder = FileManager.default.temporaryDirectory.path + "/trading-playbook-bars-\(UUID().uuidString)"
        let path = "\(folder)/\(symbol.fileName).csv"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let rows = try await rows(of: symbol, from: first, through: last)
        guard rows.count > 0 else {
            throw PlaybookError(
                .sourceUnavailable, "\(.named(.barsQuery)) gives no bars of \(symbol) from \(first) through \(last)",
                nextStep:
                    "Try it with psql; $1 is the symbol, $2 and $3 are the first instant and the one after the last.")
        }
        func named(_ text: NeutralText) -> NeutralText {
            text.replacing(path, with: "\(.named(.barsQuery)) for \(symbol)")
                .replacing(folder, with: "\(.named(.barsQuery))")
        }
        do {
            try FileSystem.createDirectory(folder)
            try FileSystem.replace(path, with: rows.csv)
            var found = try await FilesSource(directory: folder, options: options, defects: defects, log: log)
                .intradayBars(of: symbol, timeframe: timeframe, from: first, through: last)
            // What lies beyond is not known.
            found.coverage = nil
            found.warnings = found.warnings.map(named)
            return found
        } catch let error as PlaybookError {
            throw PlaybookError(error.code, named(error.facts), nextStep: error.remedy.map { Remedy(named($0.text)) })
        } catch let error as FileError {
            throw PlaybookError(
                .cannotWrite, NeutralText(error.description),
                nextStep: "Check the permissions of the folder that \(.set(.temporaryFolder)) names.")
        }
    }

    public func hasSessionBars(
        of symbol: Symbol, timeframe: Timeframe, from first: CivilDate, through last: CivilDate, daily: DailyBars?
    ) async throws -> Bool {
        try await rows(of: symbol, from: first, through: last, isFirstEnough: true).count > 0
    }

    private struct Rows: Sendable {
        var csv: [UInt8] = []
        var count = 0
    }

    /// How many rows are got at a time.
    private static let page = 20_000

    /// The numbers of the types `timestamptz` and `timestamp` in `pg_type`.
    private static let instants: UInt32 = 1184

    private func rows(
        of symbol: Symbol, from first: CivilDate, through last: CivilDate, isFirstEnough: Bool = false
    ) async throws -> Rows {
        let (server, query) = (self.server, self.query)
        var range = symbol.market.seconds(from: first, through: last)
        // Times without a zone may be those of any.
        if !isFirstEnough { range = (range.lowerBound - 86_400)..<(range.upperBound + 86_400) }
        func text(_ seconds: Int64) -> String {
            Instant(secondsSinceEpoch: seconds).description.replacing("T", with: " ").replacing("Z", with: "+00")
        }
        let all = [symbol.name, text(range.lowerBound), text(range.upperBound)]
        let values = Array(all.prefix((1...3).last { query.contains("$\($0)") } ?? 0))
        do {
            return try await server.retrying {
                try await server.perform { session in
                    try session.transaction("BEGIN READ ONLY") {
                        try session.query("DECLARE bars NO SCROLL CURSOR FOR \(query)", values)
                        var rows = Rows()
                        while true {
                            let page = try session.page("FETCH \(isFirstEnough ? 1 : Self.page) FROM bars")
                            if rows.count == 0 { Self.append(page.columns.map(\.name), to: &rows.csv) }
                            for row in page.rows {
                                let fields = zip(row, page.columns).map { value, column in
                                    column.type == Self.instants
                                        ? value?.replacing(" ", with: "T").replacing("+00", with: "Z") : value
                                }
                                Self.append(fields, to: &rows.csv)
                            }
                            rows.count += page.rows.count
                            if isFirstEnough || page.rows.count < Self.page { return rows }
                        }
                    }
                }
            }
        } catch let failure as PostgresFailure {
            let error = failure.playbookError("\(server.address), \(.named(.barsQuery))")
            guard failure.state.hasPrefix("42") || failure.state.hasPrefix("22") || failure.state == "08P01" else {
                throw error
            }
            throw PlaybookError(.configuration, error.facts, nextStep: "Correct the query; try it with psql.")
        }
    }

    private static func append(_ fields: [String?], to csv: inout [UInt8]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { csv.append(UInt8(ascii: ",")) }
            guard let field else { continue }
            if field.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 < 0x20 }) {
                csv += "\"\(field.replacing("\"", with: "\"\""))\"".utf8
            } else {
                csv += field.utf8
            }
        }
        csv.append(UInt8(ascii: "\n"))
    }
}
