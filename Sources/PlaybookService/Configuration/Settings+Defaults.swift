public import PlaybookCore

extension Settings {
    /// The playbook of requests that name none.
    public var strategyName: String { (try? chosenScript(nil).script.name) ?? self[.strategy] ?? "" }

    /// The symbols of requests that name none; nil when none are set.
    ///
    /// - Throws: a `PlaybookError` when the value is not a list of symbols.
    public func symbolsIfSet() throws -> [Symbol]? { self[.symbols] == nil ? nil : try symbols() }

    /// The present date in New York.
    ///
    /// - Throws: a `PlaybookError` when the clock's setting is wrong.
    public func today() throws -> CivilDate { NewYorkTime.date(of: try clock().now()) }
}
