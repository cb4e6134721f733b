public import PlaybookCore

/// Combinations of parameter values, in the order of the axes: the last one changes fastest.
public struct Grid: Sendable {
    /// The parameters that differ.
    public let axes: [GridAxis]
    /// Parameters that are the same for all, in the spelling that users write.
    public let fixed: [String: String]
    /// The combinations that are tried, ascending: places among all combinations of the axes' values.
    public let combinations: [Int]
    /// How many the conditions left out.
    public let leftOut: Int
    /// How many combinations the axes have.
    public let size: Int

    /// More combinations than can be listed.
    static let mostCombinations = 20_000_000

    /// A grid.
    ///
    /// - Parameters:
    ///   - conditions: what combinations must satisfy.
    ///   - sample: how many to draw at random; nil for all.
    ///   - seed: of the draw.
    ///   - parameters: those of the playbook.
    /// - Throws: a `PlaybookError` of code `usage` when there is nothing to try, or too much.
    public init(
        axes: [GridAxis], fixed: [String: String] = [:], conditions: [GridCondition] = [], sample: Int? = nil,
        seed: UInt64 = 1, of parameters: [ParameterSpec], in market: Market
    ) throws(PlaybookError) {
        if let name = axes.map(\.name).first(where: { fixed[$0] != nil }) {
            throw PlaybookError(
                .usage, "\(.named(.parameters)) and \(.named(.grid)) both give \(name)",
                nextStep: "Leave one of them out.")
        }
        for (place, axis) in axes.enumerated() where axes[..<place].contains(where: { $0.name == axis.name }) {
            throw PlaybookError(
                .usage, "\(.named(.grid, axis.name)) is given twice", nextStep: "Give all its values at once.")
        }
        var size = 1
        for axis in axes {
            let (product, isTooLarge) = size.multipliedReportingOverflow(by: axis.values.count)
            guard !isTooLarge, product <= Self.mostCombinations else {
                throw PlaybookError(
                    .usage, "\(.named(.grid)): more than \(Self.mostCombinations) combinations",
                    nextStep: "Use larger steps, fewer parameters, or divide the grid among several sweeps.")
            }
            size = product
        }
        self.axes = axes
        self.fixed = fixed
        self.size = size
        var kept = Array(0..<size)
        if !conditions.isEmpty {
            let values = Self.numbers(axes, fixed, parameters, market)
            kept = kept.filter { combination in
                let places = Self.places(combination, axes)
                return conditions.allSatisfy { condition in
                    condition.holds { name in
                        axes.firstIndex { $0.name == name }.map { values.axes[$0][places[$0]] } ?? values.fixed[name]
                    }
                }
            }
        }
        leftOut = size - kept.count
        guard !kept.isEmpty else {
            throw PlaybookError(
                .usage, "\(.named(.conditions)) leaves no combination of the \(size)",
                nextStep: "Change \(.set(.conditions)) or \(.set(.grid)).")
        }
        if let sample, sample < kept.count {
            guard sample > 0 else {
                throw PlaybookError(.usage, "\(.named(.sample, "\(sample)")): expected a number above 0")
            }
            var random = SplitMix64(seed: seed)
            for place in 0..<sample { kept.swapAt(place, place + random.index(below: kept.count - place)) }
            kept = kept.prefix(sample).sorted()
        }
        combinations = kept
    }

    /// How many sets are tried.
    public var count: Int { combinations.count }

    /// The places of a combination's values on the axes.
    static func places(_ combination: Int, _ axes: [GridAxis]) -> [Int] {
        var rest = combination
        var places = [Int](repeating: 0, count: axes.count)
        for axis in axes.indices.reversed() {
            (rest, places[axis]) = rest.quotientAndRemainder(dividingBy: axes[axis].values.count)
        }
        return places
    }

    /// The places of a set's values on the axes.
    public func places(of set: Int) -> [Int] { Self.places(combinations[set], axes) }

    /// The values of a set, one for each axis.
    public func values(of set: Int) -> [String] { zip(axes, places(of: set)).map { $0.values[$1] } }

    /// A set's parameters that may differ from the defaults.
    public func overrides(of set: Int) -> [String: String] {
        fixed.merging(zip(axes.map(\.name), values(of: set))) { $1 }
    }

    /// The set whose values have these places on the axes; nil where it is not tried.
    public func set(at places: [Int]) -> Int? {
        set(zip(axes, places).reduce(0) { $0 * $1.0.values.count + $1.1 })
    }

    /// The set of a combination; nil where it is not tried.
    func set(_ combination: Int) -> Int? {
        if combinations.count == size { return combination }
        var (low, high) = (0, combinations.count)
        while low < high {
            let middle = (low + high) / 2
            if combinations[middle] < combination { low = middle + 1 } else { high = middle }
        }
        return low < combinations.count && combinations[low] == combination ? low : nil
    }

    /// The sets one step away along one parameter, and whether steps would leave the grid or the sets tried.
    func neighbours(of set: Int) -> (sets: [Int], isAtEdge: Bool, isIncomplete: Bool) {
        let places = places(of: set)
        var (found, isAtEdge, isIncomplete): ([Int], Bool, Bool) = ([], false, false)
        var weight = 1
        for axis in axes.indices.reversed() {
            let count = axes[axis].values.count
            for step in [-1, 1] where count > 1 {
                guard (0..<count).contains(places[axis] + step) else {
                    isAtEdge = true
                    continue
                }
                if let neighbour = self.set(combinations[set] + step * weight) {
                    found.append(neighbour)
                } else {
                    isIncomplete = true
                }
            }
            weight *= count
        }
        return (found.sorted(), isAtEdge, isIncomplete)
    }

    /// The values as numbers that compare; those of parameters that no axis has are fixed or the defaults.
    private static func numbers(
        _ axes: [GridAxis], _ fixed: [String: String], _ parameters: [ParameterSpec], _ market: Market
    ) -> (axes: [[Double]], fixed: [String: Double]) {
        func number(_ spec: ParameterSpec?, _ text: String) -> Double {
            spec.flatMap { try? $0.value(text, in: market).comparable } ?? .nan
        }
        let onAxes = axes.map { axis in
            let spec = parameters.first { $0.name == axis.name }
            return axis.values.map { number(spec, $0) }
        }
        var others: [String: Double] = [:]
        for spec in parameters { others[spec.name] = number(spec, fixed[spec.name] ?? spec.defaultText) }
        return (onAxes, others)
    }
}
