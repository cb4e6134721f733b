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
        do {
            market = try settings.marketData()
        } catch {
            return [await finding("source") { throw error }]
        }
        var findings: [Finding] = []
        let date: CivilDate
        do {
            date = try lastSession()
        } catch {
            return [await finding("source") { throw error }]
        }
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

/// What `doctor` found.
public struct DoctorReport: Sendable {
    private let findings: [Doctor.Finding]

    /// A report of `findings`.
    public init(_ findings: [Doctor.Finding]) { self.findings = findings }

    /// The process's exit code: 0, or that of the first check that failed.
    public var exitCode: Int32 {
        for case .failure(let error) in findings.map(\.result) { return error.code.rawValue }
        return 0
    }

    /// The findings in `format`.
    public func text(_ format: ReportFormat) throws -> String {
        switch format {
        case .table: findings.flatMap(Self.lines).joined(separator: "\n")
        case .json: try jsonText(Document(checks: findings.map(Document.Check.init)))
        }
    }

    private static func lines(_ finding: Doctor.Finding) -> [String] {
        switch finding.result {
        case .success(let what): ["ok     \(finding.name): \(what)"]
        case .failure(let error):
            ["WRONG  \(finding.name): \(error.message)"] + (error.nextStep.map { ["       \($0)"] } ?? [])
        }
    }

    private struct Document: Encodable {
        let schema = "trading-playbook/doctor/1"
        let checks: [Check]

        struct Check: Encodable {
            let name: String
            let ok: Bool
            let message: String
            let nextStep: String?
            let code: Int32?

            init(_ finding: Doctor.Finding) {
                name = finding.name
                switch finding.result {
                case .success(let what):
                    ok = true
                    message = what
                    nextStep = nil
                    code = nil
                case .failure(let error):
                    ok = false
                    message = error.message
                    nextStep = error.nextStep
                    code = error.code.rawValue
                }
            }
        }
    }
}
