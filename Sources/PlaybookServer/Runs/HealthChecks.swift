import PlaybookUseCases

/// The checks of `doctor`, made when somebody asks and kept for a while.
actor HealthChecks {
    /// What a check came to.
    struct Component: Sendable, Hashable {
        let name: String
        let isHealthy: Bool
        let detail: String
    }

    private let check: @Sendable () async -> [Component]
    private let keptFor: Duration
    private let limit: Duration
    private var checked: (at: ContinuousClock.Instant, components: [Component])?
    private var underWay: FirstAnswer<[Component]>?

    /// - Parameters:
    ///   - keptFor: how long what was found counts.
    ///   - limit: how long the checks may take.
    init(
        keptFor: Duration = .seconds(60), limit: Duration = .seconds(10),
        check: @escaping @Sendable () async -> [Component]
    ) {
        self.keptFor = keptFor
        self.limit = limit
        self.check = check
    }

    /// What the checks came to; however many ask, they are made once.
    var components: [Component] {
        get async {
            if let checked, ContinuousClock.now - checked.at < keptFor { return checked.components }
            if let underWay { return await underWay.value }
            let answer = FirstAnswer<[Component]>()
            underWay = answer
            let task = Task.detached { [check] in answer.resolve(await check()) }
            let timer = Task { [limit] in
                try? await Task.sleep(for: limit)
                let seconds = Int(limit / .seconds(1))
                answer.resolve([
                    Component(name: "checks", isHealthy: false, detail: "not through within \(seconds) s")
                ])
            }
            let components = await answer.value
            timer.cancel()
            task.cancel()
            checked = (.now, components)
            underWay = nil
            return components
        }
    }
}

extension HealthChecks.Component {
    init(_ finding: Doctor.Finding) {
        name = finding.name
        switch finding.result {
        case .success(let what):
            isHealthy = true
            detail = what.words(.problem)
        case .failure(let error):
            isHealthy = false
            detail = [error.facts, error.remedy?.text].compactMap { $0?.words(.problem) }.joined(separator: ". ")
        }
    }
}
