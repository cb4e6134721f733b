public import PlaybookCore

extension Settings {
    /// The playbook of requests that name none.
    public var strategyName: String { (try? chosenScript(nil).script.name) ?? self[.strategy] ?? "" }

    /// The symbols of requests that name none; nil when none are set.
    ///
    /// - Throws: a `PlaybookError` when the value is not a list of symbols.
    public func symbolsIfSet() throws -> [Symbol]? { self[.symbols] == nil ? nil : try symbols() }

    /// What time it is.
    ///
    /// - Throws: a `PlaybookError` when the clock's setting is wrong.
    public func now() throws -> Instant { try clock().now() }

    /// The present date in the market of symbols that name none.
    ///
    /// - Throws: a `PlaybookError` when a setting is wrong.
    public func today() throws -> CivilDate { try markets()[0].clock.date(of: try clock().now()) }
}
