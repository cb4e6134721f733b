public import PlaybookCore
import PlaybookResearch

/// What a sweep gave.
public struct SweepResult: Sendable {
    package let tables: SweepTables
    /// Whether it was there already, and nothing was done.
    public let isRepeated: Bool
    /// What is doubtful about the data or the dates.
    public let warnings: [NeutralText]
    /// What is judged of it; nil unless it was asked for.
    package private(set) var judgement: Judgement?

    package init(_ tables: SweepTables, isRepeated: Bool, warnings: [NeutralText]) {
        (self.tables, self.isRepeated, self.warnings) = (tables, isRepeated, warnings)
    }

    /// The run's name.
    public var id: String { tables.run.id }

    /// The same with a verdict on its best set, or on the one that is named.
    ///
    /// - Parameter set: `name=value` of the parameters that the grid has, or the number of the set.
    public func judged(_ set: String? = nil) async throws -> SweepResult {
        var judged = self
        judged.judgement = try await Judgement(tables, set)
        return judged
    }
}
