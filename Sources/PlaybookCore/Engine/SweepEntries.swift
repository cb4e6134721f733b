/// The entries of many sets: which steps they wait for, in which window, behind which filters; what is the same is there
/// once.
struct SweepEntries {
    /// A search for the bars at which steps hold.
    struct Search {
        let firstStep: Int32
        let stepCount: Int32
        /// Places among the windows and the filters.
        let window: Int32
        let filters: Int32
    }

    /// The first and the last time of a window, in minutes since midnight; nil for the whole session.
    struct Window: Hashable {
        var times: ClosedTimes?

        /// Two times.
        struct ClosedTimes: Hashable { var from, to: Double }
    }

    private(set) var searches: [Search] = []
    /// The steps of all searches.
    private(set) var steps: [BitStep] = []
    private(set) var windows: [Window] = []
    /// The places of the conditions of filters that have to be true together.
    private(set) var filters: [[Int]] = []
    private var searchPlaces: [[UInt64]: Int] = [:]
    private var windowPlaces: [Window: Int] = [:]
    private var filterPlaces: [[Int]: Int] = [:]

    /// The most steps that a search has.
    var mostSteps: Int { searches.map { Int($0.stepCount) }.max() ?? 0 }

    /// Adds what a plan waits for.
    ///
    /// - Returns: the place of its search.
    mutating func add(_ plan: CompiledPlan) -> Int {
        let setup = plan.setups
        var window = Window()
        if setup.pointee.hasWindow {
            window.times = Window.ClosedTimes(from: setup.pointee.windowFrom.value, to: setup.pointee.windowTo.value)
        }
        let windowPlace = Self.place(of: window, &windows, &windowPlaces)
        let filterPlace = Self.place(of: plan.filterPlaces, &filters, &filterPlaces)
        let own = (0..<plan.stepCount).map { BitStep(setup.pointee.steps[$0]) }
        var key = [UInt64(windowPlace), UInt64(filterPlace)]
        for step in own { key += step.key }
        if let place = searchPlaces[key] { return place }
        searchPlaces[key] = searches.count
        searches.append(
            Search(
                firstStep: Int32(steps.count), stepCount: Int32(own.count), window: Int32(windowPlace),
                filters: Int32(filterPlace)))
        steps += own
        return searches.count - 1
    }

    private static func place<Element: Hashable>(
        of element: Element, _ all: inout [Element], _ places: inout [Element: Int]
    ) -> Int {
        if let place = places[element] { return place }
        places[element] = all.count
        all.append(element)
        return all.count - 1
    }
}

extension BitStep {
    /// The step as numbers.
    fileprivate var key: [UInt64] {
        [
            UInt64(UInt32(bitPattern: when)) << 32 | UInt64(UInt32(bitPattern: quality)),
            UInt64(UInt32(bitPattern: within)) << 1 | (restarts ? 1 : 0),
        ]
    }
}

/// The bars at which the steps of searches hold in a block of sessions.
final class EntryBlock {
    /// Sessions in a block: few enough that what is found, and the bars of the sessions, stay in the processor's caches
    /// while one set after the other is walked; enough that a set's walk is not fetched for a few sessions.
    static let sessions = 32

    private let searchCount: Int
    private let searches: UnsafeMutablePointer<SweepEntries.Search>
    private let steps: UnsafeMutablePointer<BitStep>
    private let windows: [SweepEntries.Window]
    private let filters: [[Int]]
    private let mostSteps: Int
    /// Of each search the sessions of the block in which its steps hold, a bit each.
    let found: UnsafeMutablePointer<UInt64>
    /// The bars at which they do.
    private let held: UnsafeMutablePointer<Int32>
    /// In the session at hand: the bars of each window, and whether filters are true.
    private let bars: UnsafeMutablePointer<Range<Int>>
    private let passes: UnsafeMutablePointer<Bool>

    init(_ entries: SweepEntries) {
        searchCount = entries.searches.count
        searches = Self.memory(entries.searches)
        steps = Self.memory(entries.steps)
        (windows, filters) = (entries.windows, entries.filters)
        mostSteps = entries.mostSteps
        found = Self.memory(entries.searches.map { _ in 0 })
        held = .allocate(capacity: max(1, searchCount * Self.sessions * mostSteps))
        bars = Self.memory(windows.map { _ in 0..<0 })
        passes = Self.memory(filters.map { _ in false })
    }

    deinit {
        searches.deallocate()
        steps.deallocate()
        found.deallocate()
        held.deallocate()
        bars.deallocate()
        passes.deallocate()
    }

    private static func memory<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
        for (place, element) in elements.enumerated() { (memory + place).initialize(to: element) }
        return memory
    }

    /// The bars at which the steps of a search hold in a session of the block.
    @inline(__always)
    func held(_ search: Int, _ session: Int) -> UnsafeMutablePointer<Int32> {
        held + (search &* Self.sessions &+ session) &* mostSteps
    }

    /// Looks for the steps of all searches in some sessions. It goes session by session, so that what searches have in
    /// common is computed once and read while it is near.
    func find(_ sessions: UnsafeBufferPointer<SessionBars>, _ columns: HistoryColumns) {
        found.update(repeating: 0, count: searchCount)
        for place in sessions.indices {
            let session = sessions[place]
            let bank = columns.bank(at: session.slice)
            guard passFilters(bank) else { continue }
            for window in windows.indices { bars[window] = windows[window].bars(in: session) }
            let bit = UInt64(1) << UInt64(place)
            for search in 0..<searchCount {
                let one = searches[search]
                let window = bars[Int(one.window)]
                guard passes[Int(one.filters)],
                    bank.findSteps(
                        steps + Int(one.firstStep), Int(one.stepCount), window.lowerBound, window.upperBound,
                        held(search, place))
                else { continue }
                found[search] |= bit
            }
        }
    }

    /// Looks at the filters of the session that the values are at.
    ///
    /// - Returns: whether those of any search are true.
    private func passFilters(_ bank: ColumnBank) -> Bool {
        var any = false
        for place in filters.indices {
            passes[place] = filters[place].allSatisfy { bank.sessionTruth(TruthRef($0)) == true }
            if passes[place] { any = true }
        }
        return any
    }
}

extension SweepEntries.Window {
    /// The bars of a session that open in the window.
    fileprivate func bars(in session: SessionBars) -> Range<Int> {
        guard let times else { return 0..<session.count }
        guard !times.from.isNaN, !times.to.isNaN else { return 0..<0 }
        let first = session.bars.first(atOrAfter: session.hours.firstSecond(at: times.from))
        return first..<max(first, session.bars.first(atOrAfter: session.hours.lastSecond(at: times.to) + 1))
    }
}
