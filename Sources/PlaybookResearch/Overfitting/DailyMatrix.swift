/// Daily series of many sets over the same sessions, in single precision.
public struct DailyMatrix: Sendable {
    /// How many sessions.
    public let sessions: Int
    /// How many sets.
    public private(set) var sets = 0
    /// The series one after the other.
    private(set) var values: [Float] = []

    /// A matrix without a set.
    public init(sessions: Int) { self.sessions = sessions }

    /// Adds a set's series, one value for each session.
    public mutating func add(_ series: [Double]) {
        precondition(series.count == sessions, "a value for each session")
        values.append(contentsOf: series.lazy.map { Float($0) })
        sets += 1
    }

    /// A set's series.
    func series(_ set: Int) -> ArraySlice<Float> { values[set * sessions..<(set + 1) * sessions] }
}

/// Runs `body` for ranges that make up `0..<count`, on `cores` threads.
///
/// - Returns: what it gave, in the order of the ranges.
func concurrently<Result: Sendable>(
    _ count: Int, pieces: Int, _ body: @escaping @Sendable (Range<Int>) -> Result
) async -> [Result] {
    let pieces = max(1, min(pieces, count))
    return await withTaskGroup(of: (Int, Result).self) { group in
        for piece in 0..<pieces {
            group.addTask { (piece, body(count * piece / pieces..<count * (piece + 1) / pieces)) }
        }
        var found: [(Int, Result)] = []
        for await result in group { found.append(result) }
        return found.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
