/// One of several tasks that share the units of a sweep.
public struct TaskShare: Sendable, Hashable, CustomStringConvertible {
    /// From 0.
    public let index: Int
    /// How many tasks there are.
    public let count: Int

    /// Task `index` of `count`; nil when there is no such task.
    public init?(_ index: Int, of count: Int) {
        guard count > 0, count <= 100_000, (0..<count).contains(index) else { return nil }
        (self.index, self.count) = (index, count)
    }

    /// The task that a text `3/8` names.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]) else { return nil }
        self.init(index, of: count)
    }

    /// The only task.
    public static let all = TaskShare(unchecked: 0, of: 1)

    private init(unchecked index: Int, of count: Int) { (self.index, self.count) = (index, count) }

    /// Its units, of `total`: floor(k U / n) up to floor((k + 1) U / n).
    public func units(of total: Int) -> Range<Int> { index * total / count..<(index + 1) * total / count }

    /// The name of the part that it writes.
    public var partName: String { "part-\(Self.padded(index))-of-\(Self.padded(count)).parquet" }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }

    public var description: String { "\(index)/\(count)" }
}
