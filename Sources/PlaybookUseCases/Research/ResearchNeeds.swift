package import PlaybookCore

/// What research is run with.
package protocol ResearchNeeds: PlaybookShelf, BarProvider {
    /// The symbols of requests that name none.
    func symbols() throws -> [Symbol]
    /// The clock that counts.
    func clock() throws -> any WallClock
    /// The share of bars that a session needs, 0 to 1.
    func minimumCompleteness() throws -> Double
}
