public import PlaybookCore

/// The use case behind `doctor`: tries everything that a run needs, and writes nothing.
public struct Doctor: Sendable {
    /// What one check came to.
    public struct Finding: Sendable {
        /// What was checked.
        public let name: String
        /// What is there, or what is wrong and what to do.
        public let result: Result<String, PlaybookError>
    }

    private let settings: Settings
    /// How far clocks may be apart, in seconds.
    private static let greatestClockDifference = 60.0

    /// A doctor for a run under `settings`.
    public init(settings: Settings) { self.settings = settings }

    /// Every check, in order.
    public func run() async -> [Finding] {
        var findings = [
            await finding("settings") {
                try settings.validate()
                return "valid"
            }
        ]
        findings += await source()
        findings += await journals()
        return findings
    }

    private func source() async -> [Finding] {
        let market: MarketData
        let date: CivilDate
        do {
            market = try settings.marketData()
            date = try lastSession()
        } catch {
            return [await finding("source") { throw error }]
        }
        var findings: [Finding] = []
        let symbols = (try? settings.symbols()) ?? []
        let tried = symbols.isEmpty ? [Symbol("SPY")].compactMap { $0 } : symbols
        for symbol in tried {
            findings.append(
                await finding("source \(market.source.label)") {
                    // Not from the cache: the question is whether the service answers.
                    let source = market.cached?.base ?? market.source
                    let bars = try await source.intradayBars(
                        of: symbol, timeframe: .minutes(2), from: date, through: date)
                    return "\(bars.bars.count) bars of \(symbol) on \(date)"
                })
        }
        if let ahead = market.meter.current.clockAhead {
            findings.append(
                await finding("clock") {
                    let seconds = fixed(abs(ahead), 0)
                    guard abs(ahead) <= Self.greatestClockDifference else {
                        throw PlaybookError(
                            .configuration,
                            "this computer's clock is \(seconds) s \(ahead > 0 ? "ahead of" : "behind") the data source's",
                            nextStep: "Set the clock, for instance with 'timedatectl set-ntp true'.")
                    }
                    return "within \(seconds) s of the data source's"
                })
        }
        if market.cached != nil {
            findings.append(
                await finding("cache") {
                    guard let store = try settings.cacheStore() else { return "off" }
                    try await store.requireAccess()
                    return store.location
                })
        }
        return findings
    }

    private func journals() async -> [Finding] {
        let journals: [Journal]
        do {
            journals = try settings.journals()
        } catch {
            return [await finding("journal") { throw error }]
        }
        return await withTaskGroup(of: (Int, Finding).self) { group in
            for (index, journal) in journals.enumerated() {
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
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func lastSession() throws -> CivilDate {
        let now = try settings.clock().now()
        guard let session = TradingCalendar.nyse.allSessions.last(where: { $0.close <= now }) else {
            throw PlaybookError(
                .configuration, "it is \(now): before the first session known", nextStep: "Set the clock.")
        }
        return session.date
    }

    private func finding(_ name: String, _ check: () async throws -> String) async -> Finding {
        do {
            return Finding(name: name, result: .success(try await check()))
        } catch let error as PlaybookError {
            return Finding(name: name, result: .failure(error))
        } catch {
            return Finding(name: name, result: .failure(PlaybookError(.sourceUnavailable, "\(error)")))
        }
    }
}
