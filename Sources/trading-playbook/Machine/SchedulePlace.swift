import FoundationEssentials
import PlaybookCore
import PlaybookAssembly
import PlaybookSettings
import PlaybookUseCases

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Where a schedule is put: among the units of systemd, of the user or of the machine, or into crontab.
struct SchedulePlace {
    let schedule: NightlySchedule
    /// Whether it is a timer, not a line of crontab.
    let isTimer: Bool
    /// Whether a timer is one of the machine, not of the user.
    let isSystem: Bool

    /// Whether systemd manages this machine.
    static var systemdRuns: Bool { access("/run/systemd/system", F_OK) == 0 }

    /// The path of this program.
    static func program() throws(PlaybookError) -> String {
        #if canImport(Darwin)
        var size: UInt32 = 4096
        var path = [CChar](repeating: 0, count: Int(size))
        guard _NSGetExecutablePath(&path, &size) == 0, let real = realpath(path, nil) else { throw noPath }
        #else
        guard let real = realpath("/proc/self/exe", nil) else { throw noPath }
        #endif
        defer { free(real) }
        return String(cString: real)
    }

    private static var noPath: PlaybookError {
        PlaybookError(.configuration, "this program's own path cannot be found")
    }

    /// The folder at `path`, else the working folder, from the root on.
    static func folder(_ path: String?) throws(PlaybookError) -> String {
        guard let real = realpath(path ?? ".", nil) else {
            throw PlaybookError(.usage, "--folder \(path ?? "."): \(String(cString: strerror(errno)))")
        }
        defer { free(real) }
        return String(cString: real)
    }

    /// The settings that a run in a folder will have: those of its `.env` alone.
    private static func settings(in folder: String, strategy: String? = nil) throws -> Settings {
        guard chdir(folder) == 0 else {
            throw PlaybookError(.usage, "\(folder): \(String(cString: strerror(errno)))")
        }
        let home = ProcessInfo.processInfo.environment.filter { $0.key == "HOME" }
        let flags = Setting.all.filter { $0.name == "STRATEGY" }.compactMap { setting in strategy.map { (setting, $0) }
        }
        return try Settings(flags: Dictionary(uniqueKeysWithValues: flags), environment: home, envFile: nil)
    }

    /// The markets of a folder's symbols; the usual one where its settings are not right or name no symbols.
    static func markets(in folder: String) -> [Market] {
        guard let settings = try? settings(in: folder), let usual = try? settings.markets().first else {
            return [.xnys]
        }
        let named = (try? settings.symbolsIfSet()) ?? nil
        return Set(named?.map(\.market) ?? [usual]).sorted { $0.id > $1.id }
    }

    /// Checks the settings that a run will have.
    func requireSettings(strategy: String?) throws {
        let settings = try Self.settings(in: schedule.folder, strategy: strategy)
        do {
            try settings.requireServable()
            try settings.validate()
        } catch let error as PlaybookError {
            throw PlaybookError(
                error.code, "a timer and cron have no settings but those of \(schedule.folder)/.env: \(error.facts)",
                nextStep: error.remedy)
        }
    }

    func install() throws -> String { isTimer ? try installTimer() : try installLine() }

    func remove() throws -> String { isTimer ? try removeTimer() : try removeLine() }

    /// What `install` writes, and whether it is there.
    func shown() throws -> String {
        guard isTimer else {
            let isThere = try crontab().contains(schedule.cronLine)
            return "# crontab, \(isThere ? "installed" : "not installed"):\n\(schedule.cronLine)"
        }
        return units.map { unit in
            let there = try? String(contentsOfFile: unit.path, encoding: .utf8)
            let state = there == nil ? "not installed" : there == unit.text ? "installed" : "installed, but another one"
            return "# \(unit.path), \(state):\n\(unit.text)"
        }.joined(separator: "\n")
    }

    // MARK: - systemd

    /// The folder of the units.
    private var unitFolder: String {
        if isSystem { return "/etc/systemd/system" }
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"] ?? "."
        let configuration = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return "\(configuration ?? "\(home)/.config")/systemd/user"
    }

    private var units: [(path: String, text: String)] {
        [
            ("\(unitFolder)/\(schedule.serviceName)", schedule.service(isSystem: isSystem)),
            ("\(unitFolder)/\(schedule.timerName)", schedule.timer),
        ]
    }

    private func systemctl(_ words: String...) throws(PlaybookError) {
        let ended =
            switch (words.count, isSystem) {
            case (1, true): try Spawn.run("systemctl", words[0])
            case (1, false): try Spawn.run("systemctl", "--user", words[0])
            case (_, true): try Spawn.run("systemctl", words[0], words[1], words[2])
            case (_, false): try Spawn.run("systemctl", "--user", words[0], words[1], words[2])
            }
        guard ended.code == 0 else {
            let said = ended.output.split(separator: "\n").first.map { ": \($0.prefix(200))" } ?? ""
            throw PlaybookError(.tryAgain, "systemctl \(words.joined(separator: " ")) failed\(said)")
        }
    }

    private func installTimer() throws -> String {
        for unit in units { try write(unit.text, to: unit.path) }
        let user = isSystem ? "" : "--user "
        do {
            try systemctl("daemon-reload")
            try systemctl("enable", "--now", schedule.timerName)
        } catch {
            throw PlaybookError(
                error.code,
                "\(units[0].path) and \(units[1].path) are written, but systemd does not run them yet: \(error.facts)",
                nextStep: "Run: systemctl \(user)daemon-reload && systemctl \(user)enable --now \(schedule.timerName)")
        }
        var lines = [
            "Installed: \(schedule.timerName) runs 'backtest --catch-up' in \(schedule.folder), \(schedule.times.joined(separator: " and ")).",
            "Look at it with: systemctl \(user)list-timers \(schedule.timerName)",
        ]
        if !isSystem, let name = getpwuid(getuid()).map({ String(cString: $0.pointee.pw_name) }),
            access("/var/lib/systemd/linger/\(name)", F_OK) != 0
        {
            lines.append(
                "It runs only while you are logged in, until you allow more: sudo loginctl enable-linger \(name)")
        }
        return lines.joined(separator: "\n")
    }

    private func removeTimer() throws -> String {
        let there = units.map(\.path).filter { access($0, F_OK) == 0 }
        guard !there.isEmpty else { return "Nothing to remove: there is no \(schedule.timerName) in \(unitFolder)." }
        var warning = ""
        do {
            try systemctl("disable", "--now", schedule.timerName)
        } catch {
            warning = "\nsystemd was not told: \(error.facts.words(.commandLine))"
        }
        for path in there {
            guard unlink(path) == 0 else {
                throw PlaybookError(.cannotWrite, "cannot remove \(path): \(String(cString: strerror(errno)))")
            }
        }
        if warning.isEmpty { try systemctl("daemon-reload") }
        return "Removed: \(there.joined(separator: " and ")).\(warning)"
    }

    private func write(_ text: String, to path: String) throws(PlaybookError) {
        do {
            let folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
            try FileManager.default.createDirectory(atPath: String(folder), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw PlaybookError(.cannotWrite, "cannot write \(path): \(error)")
        }
    }

    // MARK: - cron

    /// The user's lines.
    private func crontab() throws(PlaybookError) -> String {
        let ended = try Spawn.run("crontab", "-l")
        if ended.code == 0 { return ended.output }
        guard ended.output.contains("no crontab for") else {
            throw PlaybookError(.configuration, "crontab -l failed: \(ended.output.prefix(200))")
        }
        return ""
    }

    private func replaceCrontab(with text: String) throws {
        let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        let path = "\(folder)/trading-playbook-crontab-\(getpid())"
        try write(text, to: path)
        defer { unlink(path) }
        let ended = try Spawn.run("crontab", path)
        guard ended.code == 0 else {
            throw PlaybookError(.cannotWrite, "crontab refused the new lines: \(ended.output.prefix(200))")
        }
    }

    private func installLine() throws -> String {
        try replaceCrontab(with: schedule.added(to: crontab()))
        return """
            Installed: cron runs 'backtest --catch-up' in \(schedule.folder) every hour, and writes to \
            \(schedule.folder)/\(NightlySchedule.log).
            \(schedule.cronLine)
            """
    }

    private func removeLine() throws -> String {
        let old = try crontab()
        let new = schedule.removed(from: old)
        guard new != old else { return "Nothing to remove: crontab has no part called \(schedule.name)." }
        try replaceCrontab(with: new)
        return "Removed: the part \(schedule.name) of crontab."
    }
}
