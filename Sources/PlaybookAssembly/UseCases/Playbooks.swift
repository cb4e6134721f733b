package import PlaybookCore
package import PlaybookReports
package import PlaybookSettings
package import PlaybookUseCases

extension ExplainJob {
    /// A job wired from `settings`.
    ///
    /// - Parameters:
    ///   - sessions: first and last date.
    ///   - parameters: those that differ from the playbook's defaults.
    /// - Throws: a `PlaybookError` that names the setting, file or parameter at fault.
    package init(
        settings: Settings, sessions: ClosedRange<CivilDate>, parameters: [String: String] = [:]
    ) throws {
        let chosen = try settings.chosenScript(nil)
        let symbols = try settings.symbols()
        self.init(
            chosen.script, try settings.playbook(chosen, parameters, for: symbols), parameters: parameters,
            symbols: symbols, sessions: sessions, market: try settings.marketData(),
            minimumCompleteness: try settings.minimumCompleteness())
    }
}

extension PlaybookReport {
    /// The playbook that `settings` choose, as it is for the symbols that are set, else for its own market or the default
    /// one.
    ///
    /// - Throws: a `PlaybookError` that names the file, setting or parameter at fault.
    package init(settings: Settings, parameters: [String: String]) throws {
        let chosen = try settings.chosenScript(nil)
        self.init(
            chosen.script, try settings.strategyAlone(nil, overrides: parameters).playbook, place: chosen.file?.place)
    }
}

extension StrategiesReport {
    /// The program's own playbooks and those of PLAYBOOK_DIR.
    ///
    /// - Throws: a `PlaybookError` when the folder or bucket cannot be read.
    package init(settings: Settings) async throws {
        self.init(try PlaybookList(try await settings.loaded(all: true)))
    }
}

extension SettingsReport {
    /// A report of `settings`.
    package init(_ settings: Settings) {
        self.init(
            settings.values.map {
                Entry(
                    name: $0.setting.name, value: $0.value == nil ? nil : $0.shown, shown: $0.shown, origin: $0.origin,
                    flag: $0.setting.flag)
            })
    }
}
