import PlaybookScript
package import PlaybookSettings
package import PlaybookUseCases

extension Settings {
    /// Checks every setting that has a value.
    ///
    /// - Throws: a `PlaybookError` that names the first one that is wrong.
    package func validate() throws {
        _ = try markets()
        if self[.symbols] != nil { _ = try taskShare(of: symbols()) }
        if self[.dataSource] != nil || (try? sourceName()) != nil { _ = try marketData() }
        _ = try flag(.strict)
        _ = try flag(.dataDailyAdjusted)
        // Those in a bucket are read when they are needed.
        if fetchedPlaybooks != nil || !(self[.playbookDirectory] ?? "").hasPrefix("gs://")
            || BuiltInPlaybooks.names.contains(self[.strategy] ?? "")
        {
            _ = try strategy(nil, overrides: [:])
        }
        _ = try allowsInlinePlaybooks()
        _ = try minimumCompleteness()
        _ = try clock()
        try requireLastingJournal()
        _ = try journals()
        _ = try serverAddress()
        _ = try serverNames()
        _ = try serviceBudget()
        _ = try identityRules()
        _ = try eventLog { _, _ in true }
        _ = try notifier()
        _ = try heartbeat()
    }

    /// The log.
    ///
    /// - Parameters:
    ///   - format: the one to use when none is set; nil for the one that fits the place.
    ///   - output: takes lines.
    package func eventLog(
        _ format: EventLog.Format? = nil, output: @escaping EventLog.Output
    ) throws -> EventLog {
        let chosen = try logFormat().flatMap(EventLog.Format.init)
        return EventLog(
            format: chosen ?? format ?? (isOnCloudRun ? .json : .text), project: self[.googleProject], output: output)
    }
}
