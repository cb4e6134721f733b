import FoundationEssentials
public import PlaybookCore
package import PlaybookResearch

/// The use case behind `sweep`: a playbook with many parameter sets over the same bars.
public struct SweepJob: Sendable {
    private let needs: any ResearchNeeds
    private let store: ResearchStore
    private let cores = ProcessInfo.processInfo.activeProcessorCount

    /// A job whose runs are kept in `store`.
    package init(_ needs: any ResearchNeeds, _ store: ResearchStore) { (self.needs, self.store) = (needs, store) }

    /// Told how far it has come: units done, and how many there are.
    public typealias Progress = @Sendable (Int, Int) -> Void

    /// Runs what is missing of a sweep, and writes the results. A finished one is left as it is.
    ///
    /// - Parameter mostUnits: how many symbols x sets it may have; nil for any number.
    public func run(
        _ request: ResearchRequest, mostUnits: Int? = nil, progress: @escaping Progress = { _, _ in }
    ) async throws -> SweepResult {
        let prepared = try await prepare(request, command: "sweep", mostUnits: mostUnits)
        let run = prepared.run
        if let done = try await store.read("\(run.id)/results.json"), ResearchMark(done)?.manifest == run.digest,
            let tasks = try? await run.completeTasks()
        {
            return SweepResult(
                try await SweepTables.of(run, tasks), isRepeated: true, warnings: prepared.warnings)
        }
        try await writeManifest(run)
        let tasks = run.ownTasks
        let tables = try await withThrowingTaskGroup(of: Void.self) { writes in
            var done = 0
            var made: [TaskShare: TradePart] = [:]
            for task in tasks {
                let units = task.units(of: run.units)
                if try await run.part(task) == nil {
                    let before = done
                    let part = try await part(units, run, prepared.data) { progress(before + $0, run.units) }
                    // A part is written while the next one is made: no more than two are in memory.
                    try await writes.waitForAll()
                    writes.addTask {
                        try await store.write(
                            "\(run.id)/\(task.partName)", store.parts.encode(part, digest: run.digest))
                    }
                    // Those of a small run need not be read again.
                    if run.units <= ResearchRun.unitsAtOnce { made[task] = part }
                }
                done += units.count
                progress(done, run.units)
            }
            if made.count < tasks.count { try await writes.waitForAll() }
            let tables = try await SweepTables.of(run, tasks, made: made)
            try await writes.waitForAll()
            return tables
        }
        try await finish(tables)
        return SweepResult(tables, isRepeated: false, warnings: prepared.warnings)
    }

    /// Writes the manifest for tasks that will do the work.
    ///
    /// - Returns: where it is.
    public func submit(_ request: ResearchRequest) async throws -> (
        manifest: String, units: Int, warnings: [NeutralText]
    ) {
        let prepared = try await prepare(request, command: "sweep")
        try await writeManifest(prepared.run)
        return ("\(store.location)/\(prepared.run.id)/manifest.json", prepared.run.units, prepared.warnings)
    }

    /// What a task did.
    public enum TaskOutcome: Sendable {
        case written(String, units: Int)
        case there(String)
    }

    /// Does one task of a sweep: writes its part and nothing else, unless it is there.
    ///
    /// - Parameters:
    ///   - place: where the manifest is, a file or gs://BUCKET/PREFIX/ID/manifest.json.
    ///   - task: nil for the one that the platform says.
    package static func task(
        _ place: String, _ task: TaskShare?, needs: any ResearchNeeds & ResearchProvider,
        progress: @escaping Progress = { _, _ in }
    ) async throws -> TaskOutcome {
        let (store, name) = try needs.manifestPlace(place)
        guard let bytes = try await store.read(name) else {
            throw PlaybookError(
                .sourceUnavailable, "there is no manifest \(place)",
                nextStep: "Write it with 'trading-playbook sweep … --submit'.")
        }
        let run = try ResearchRun(ResearchManifest(bytes, at: place), needs.markets(), store)
        guard name == "\(run.id)/manifest.json" else {
            throw PlaybookError(
                .badData, "\(place) is the manifest of \(run.id), but lies in another folder",
                nextStep: "Leave manifests where --submit wrote them: parts are written beside them.")
        }
        let task = try task ?? needs.researchTask()
        if try await run.part(task) != nil { return .there("\(store.location)/\(run.id)/\(task.partName)") }
        let job = SweepJob(needs, store)
        let units = task.units(of: run.units)
        let part = try await job.part(units, run, [:]) { progress($0, units.count) }
        try await store.write("\(run.id)/\(task.partName)", store.parts.encode(part, digest: run.digest))
        return .written("\(store.location)/\(run.id)/\(task.partName)", units: units.count)
    }

    /// Makes the results of a run whose parts are all there.
    public func merge(_ id: String) async throws -> SweepResult {
        let run = try await ResearchRun.load(id, needs.markets(), store)
        guard run.manifest.command == "sweep" else {
            throw PlaybookError(.usage, "\(run.id) is not a sweep", nextStep: "Name one with 'research list'.")
        }
        let tasks = try await run.completeTasks()
        let tables = try await SweepTables.of(run, tasks)
        try await finish(tables)
        return SweepResult(tables, isRepeated: false, warnings: [])
    }

    // MARK: - Steps

    /// A run with the bars that were loaded for its manifest.
    package struct Prepared: Sendable {
        package let run: ResearchRun
        /// By symbol.
        package let data: [Symbol: ResearchData]
        package let warnings: [NeutralText]
    }

    /// As many symbols' bars are kept in memory between their digest and their sweep.
    private static let mostKept = 2

    /// Loads the bars and settles what is run.
    package func prepare(_ request: ResearchRequest, command: String, mostUnits: Int? = nil) async throws -> Prepared {
        let symbols = try request.symbols ?? needs.symbols()
        guard let market = symbols.first?.market, Set(symbols.map(\.market)).count == 1 else {
            throw PlaybookError(
                .usage, "the symbols are of several markets, whose sessions differ",
                nextStep: "Run it for the symbols of each market by themselves.")
        }
        guard request.capital > 0, request.capital.isFinite else {
            throw PlaybookError(.usage, "--capital must be above 0")
        }
        let choice = try await PlaybookChoice(needs, request.strategy, for: symbols)
        let sets = try ResearchSets(request, choice, market) { count throws(PlaybookError) in
            let units = count * symbols.count
            if let mostUnits, units > mostUnits {
                throw PlaybookError(
                    .usage, "\(units) units, symbols x sets: at most \(mostUnits) at a time here",
                    nextStep: "Use larger steps or a sample, or run 'trading-playbook sweep' with the same grid.")
            }
        }
        let now = try needs.clock().now()
        let plan = try SessionPlan(
            symbols, from: request.dates.lowerBound, through: request.dates.upperBound, now: now)
        guard case .run(let work, let unfinished) = plan, let dates = work[symbols[0]]?.first else {
            throw PlaybookError(
                .usage, "there is no session from \(request.dates.lowerBound) through \(request.dates.upperBound)")
        }
        let calendar = SessionCalendar(market, from: request.dates.lowerBound, through: dates.upperBound)
        var warnings = choice.warnings.map { NeutralText($0) }
        if let first = unfinished.first {
            warnings.append("\(unfinished.count) sessions from \(first.date) on are not over yet and were left out")
        }
        let source = try needs.marketData()
        let (loaded, used, isOther) = try await source.settled { source in
            var loaded: [Loaded] = []
            for (place, symbol) in symbols.enumerated() {
                let data = try await ResearchData.load(symbol, sets, dates, source.source)
                loaded.append(
                    Loaded(
                        symbol: symbol, data: place < Self.mostKept ? data : nil,
                        known: ResearchManifest.SymbolData(
                            digest: data.digest, missing: data.missing(calendar).map(\.description)),
                        hold: data.buyAndHold(calendar), warnings: data.warnings))
            }
            return loaded
        }
        if isOther { warnings.append(MarketData.feedWarning) }
        for one in loaded {
            warnings += one.warnings.map(\.neutralText)
            let missing = one.known.missing
            guard !missing.isEmpty else { continue }
            warnings.append(
                """
                \(one.symbol): \(counted(missing.count, "session")) without a bar count as 0: \
                \(missing.prefix(5).joined(separator: ", "))\(missing.count > 5 ? " and more" : "")
                """)
        }
        let manifest = ResearchManifest(
            command: command,
            playbook: ResearchManifest.Rules(name: choice.name, digest: choice.digest, text: choice.text),
            fixed: request.fixed,
            grid: sets.grid.axes.map { ResearchManifest.Axis(name: $0.name, values: $0.values) },
            conditions: request.conditions, sample: request.sample, seed: request.seed,
            symbols: symbols.map(\.qualifiedName), start: "\(request.dates.lowerBound)",
            end: "\(request.dates.upperBound)", last: "\(dates.upperBound)", sessions: calendar.count,
            source: used.source.label,
            data: Dictionary(uniqueKeysWithValues: loaded.map { ($0.symbol.name, $0.known) }),
            hold: Self.hold(loaded, calendar, request.capital),
            minCompleteness: try needs.minimumCompleteness(), capital: request.capital,
            metric: request.metric.rawValue, minTrades: request.minimumTrades,
            windows: request.windows.map {
                ResearchManifest.Windows(
                    train: $0.train.description, test: $0.test.description, anchored: $0.isAnchored,
                    perSymbol: $0.isPerSymbol)
            })
        let data = loaded.compactMap { one in one.data.map { (one.symbol, $0) } }
        return Prepared(
            run: try ResearchRun(manifest, needs.markets(), store, sets: sets),
            data: Dictionary(uniqueKeysWithValues: data),
            warnings: warnings)
    }

    /// What is known of a symbol's bars.
    private struct Loaded: Sendable {
        let symbol: Symbol
        let data: ResearchData?
        let known: ResearchManifest.SymbolData
        let hold: BuyAndHold?
        let warnings: [DataWarning]
    }

    /// What holding brings, by symbol, and in equal parts where there are several.
    private static func hold(
        _ loaded: [Loaded], _ calendar: SessionCalendar, _ capital: Double
    ) -> [String: FigureDocument] {
        func figures(_ hold: BuyAndHold) -> FigureDocument {
            FigureDocument(FigureSet(hold.series(capital: capital, sessionsPerYear: calendar.sessionsPerYear)))
        }
        var found: [String: FigureDocument] = [:]
        for one in loaded { found[one.symbol.name] = one.hold.map(figures) }
        let parts = loaded.compactMap(\.hold)
        if parts.count > 1, parts.count == loaded.count { found["all"] = figures(BuyAndHold(equalParts: parts)) }
        return found
    }

    package func writeManifest(_ run: ResearchRun) async throws {
        try await store.write("\(run.id)/manifest.json", Array(try run.manifest.text().utf8))
    }

    /// A symbol's bars: those at hand, else loaded again and compared with the manifest.
    package func data(
        _ symbol: Symbol, _ run: ResearchRun, _ kept: [Symbol: ResearchData]
    ) async throws -> ResearchData {
        if let data = kept[symbol] { return data }
        let market = try needs.marketData()
        // Tasks of an array job fetch nothing.
        let source: any MarketDataSource = market.cached?.kept ?? market.source
        let last = run.calendar.dates.last ?? run.request.dates.upperBound
        let data: ResearchData
        do {
            data = try await ResearchData.load(
                symbol, run.sets, run.request.dates.lowerBound...max(last, run.request.dates.lowerBound), source)
        } catch let error as PlaybookError where error.code == .sourceUnavailable && market.cached != nil {
            throw PlaybookError(
                .sourceUnavailable, error.facts,
                nextStep: """
                    Fill the cache first: \
                    \(.run(.fetchBars(symbol: symbol.name, from: "\(run.request.dates.lowerBound)"))).
                    """)
        }
        guard data.digest == run.manifest.data[symbol.name]?.digest else {
            throw PlaybookError(
                .badData, "the bars of \(symbol) are not those of the manifest of \(run.id)",
                nextStep: "Use the same data for all tasks, or submit the sweep again.")
        }
        return data
    }

    /// The trades of some units.
    private func part(
        _ units: Range<Int>, _ run: ResearchRun, _ kept: [Symbol: ResearchData],
        progress: @escaping @Sendable (Int) -> Void
    ) async throws -> TradePart {
        let count = run.sets.grid.count
        var trades: [[TradeOutcome]?] = []
        var unit = units.lowerBound
        while unit < units.upperBound {
            let (symbol, set) = run.unit(unit)
            let end = min(count, set + units.upperBound - unit)
            let data = try await data(run.symbols[symbol], run, kept)
            let done = trades.count
            trades += try await data.trades(
                set..<end, run.sets, run.calendar, minimumCompleteness: run.manifest.minCompleteness, cores: cores
            ) { progress(done + $0) }
            unit += end - set
        }
        return TradePart(units: units, trades: trades)
    }

    /// Writes the results and remembers the trials.
    private func finish(_ tables: SweepTables) async throws {
        let run = tables.run
        let files = store.documents.sweep(tables)
        async let text: Void = store.write("\(run.id)/results.csv", files.csv)
        async let columns: Void = store.write("\(run.id)/results.parquet", files.parquet)
        try await TrialLedger(store: store).remember(run)
        _ = try await (text, columns)
        // Written last: a run that has it is finished.
        let mark = ResearchMark(manifest: run.digest)
        try await store.write("\(run.id)/results.json", Array((try jsonText(mark) + "\n").utf8))
    }
}

/// What a finished run says of itself.
package struct ResearchMark: Codable, Sendable {
    package var schema = "trading-playbook/sweep-results/1"
    package let manifest: String

    package init(manifest: String) { self.manifest = manifest }

    /// Nil when the bytes are of something else.
    package init?(_ bytes: [UInt8]) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let mark = try? decoder.decode(Self.self, from: Data(bytes)) else { return nil }
        self = mark
    }
}
