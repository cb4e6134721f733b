public import PlaybookCore
import PlaybookScript

/// What a run needs, as far as it is tried.
package protocol TriedRun: PlaybookShelf, BarProvider, JournalProvider {
    /// Checks every setting that has a value.
    func validate() throws
    /// The symbols of runs that name none; nil when none are set.
    func symbolsIfSet() throws -> [Symbol]?
    /// The clock that counts.
    func clock() throws -> any WallClock
    /// The cache's place; nil when there is to be none.
    func cacheStore() throws -> (any BlobStore)?
}

/// The use case behind `doctor`: tries everything that a run needs, and writes nothing.
public struct Doctor: Sendable {
    /// What one check came to.
    public struct Finding: Sendable {
        /// What was checked.
        public let name: String
        /// What is there, or what is wrong and what to do.
        public let result: Result<NeutralText, PlaybookError>
    }

    private let tried: any TriedRun

    /// A doctor for a run.
    package init(_ run: any TriedRun) { self.tried = run }

    /// Every check, in order.
    public func run() async -> [Finding] {
        var findings = [
            await finding("settings") {
                try tried.validate()
                return "valid"
            }
        ]
        findings += await playbooks()
        findings += await source()
        findings += await journals()
        return findings
    }

    /// The playbook that is set, and each file of PLAYBOOK_DIR.
    private func playbooks() async -> [Finding] {
        let shelf: any PlaybookShelf
        let files: [PlaybookFile]
        do {
            shelf = try await tried.loadedShelf(for: nil, all: true)
            files = try shelf.playbookFiles()
        } catch {
            return [await finding("playbooks") { throw error }]
        }
        var findings: [Finding] = []
        for file in files {
            findings.append(
                await finding("playbook \(file.place)") {
                    let script = try file.script()
                    _ = try shelf.script(script.name)
                    let warnings = script.warnings.isEmpty ? "" : ", \(counted(script.warnings.count, "warning"))"
                    return "\(script.name)\(warnings)"
                })
        }
        let chosen = await finding("playbook") {
            let (script, file) = try shelf.chosenScript(nil)
            _ = try shelf.playbook((script, file), [:], for: try tried.symbolsIfSet() ?? [])
            return file.map { "\(script.name), from \($0.place)" } ?? "\(script.name), built in"
        }
        if case .failure = chosen.result { findings.append(chosen) }
        return findings
    }

    private func source() async -> [Finding] {
        let market: MarketData
        let now: Instant
        do {
            market = try tried.marketData()
            now = try tried.clock().now()
        } catch {
            return [await finding("source") { throw error }]
        }
        var findings: [Finding] = []
        let symbols = (try? tried.symbolsIfSet()) ?? []
        let asked =
            symbols.isEmpty
            ? [Symbol("SPY", market: (try? tried.markets().first) ?? .xnys)].compactMap { $0 } : symbols
        for symbol in asked {
            findings.append(
                await finding("source \(market.source.label)") {
                    let date = try symbol.market.lastSession(before: now).date
                    let (bars, used, isOther) = try await market.settled {
                        // Not from the cache: the question is whether the service answers.
                        try await ($0.cached?.base ?? $0.source).intradayBars(
                            of: symbol, timeframe: .minutes(2), from: date, through: date)
                    }
                    let other: NeutralText = isOther ? " of \(used.source.label): \(MarketData.feedWarning)" : ""
                    let note: NeutralText = symbols.isEmpty ? "; SYMBOLS is not set, so runs need --symbol" : ""
                    return "\(bars.bars.count) bars of \(symbol) on \(date)\(other)\(note)"
                })
        }
        if let ahead = market.watch.clockAhead() {
            findings.append(
                await finding("clock") {
                    if let problem = ClockDifference.problem(ahead: ahead) { throw problem }
                    return "within \(fixed(abs(ahead), 0)) s of the data source's"
                })
        }
        if market.cached != nil {
            findings.append(
                await finding("cache") {
                    guard let store = try tried.cacheStore() else { return "off" }
                    try await store.requireAccess()
                    return NeutralText(store.location)
                })
        }
        return findings
    }

    private func journals() async -> [Finding] {
        let journals: [Journal]
        do {
            journals = try tried.journals()
        } catch {
            return [await finding("journal") { throw error }]
        }
        return await withTaskGroup(of: (Int, Finding).self) { group in
            for (index, journal) in journals.enumerated() {
                if let connection = journal.connection {
                    group.addTask {
                        (index, await finding("connection \(journal.place.writer)") { try await connection() })
                    }
                }
                group.addTask {
                    let name = "journal \(journal.place.writer)"
                    return (
                        index,
                        await finding(name) {
                            _ = try await journal.makeWriter().preview()
                            return "\(journal.place.location) can be read and written"
                        }
                    )
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { ($0.0, $0.1.name) < ($1.0, $1.1.name) }.map(
                \.1)
        }
    }

    private func finding(_ name: String, _ check: () async throws -> NeutralText) async -> Finding {
        do {
            return Finding(name: name, result: .success(try await check()))
        } catch let error as PlaybookError {
            return Finding(name: name, result: .failure(error))
        } catch {
            return Finding(name: name, result: .failure(PlaybookError(.sourceUnavailable, "\(error)")))
        }
    }
}
