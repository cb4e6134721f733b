public import PlaybookCore

/// What makes a machine run `backtest --catch-up` by itself: a timer of systemd, or a line of crontab.
///
/// The timer knows the markets' clocks and makes up for hours at which the machine was off. The line runs every hour: Debian's
/// cron knows no time zone but the machine's, and catching up costs nothing where there is nothing to do.
public struct NightlySchedule: Sendable {
    /// What the units and the lines of crontab are called.
    public let name: String
    /// The program, from the root on.
    package let program: String
    /// Where it runs: where `.env` is.
    public let folder: String
    /// What is said behind `backtest --catch-up`.
    package let arguments: [String]
    /// When the timer runs, as systemd writes it: by each market's clocks.
    public let times: [String]

    /// A schedule.
    ///
    /// - Parameter markets: those whose sessions are run.
    /// - Throws: a `PlaybookError` when a name or path is one that systemd and cron cannot take.
    public init(
        name: String, program: String, folder: String, arguments: [String], markets: [Market] = [.xnys]
    ) throws(PlaybookError) {
        let letters = name.utf8.allSatisfy {
            (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
        }
        guard (1...60).contains(name.utf8.count), letters, name.first != "-" else {
            throw PlaybookError(
                .usage, "--name '\(name.prefix(60))': a name is made of letters, digits, hyphens and underscores")
        }
        for path in [program, folder] {
            let isPlain = path.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0 != "$" }
            guard path.hasPrefix("/"), isPlain, path.last != " " else {
                throw PlaybookError(
                    .usage, "'\(path.prefix(200))' cannot be scheduled: it holds a $, a line end or a space at its end",
                    nextStep: "Move it to a plainer path.")
            }
        }
        self.name = name
        self.program = program
        self.folder = folder
        self.arguments = ["backtest", "--catch-up"] + arguments
        times = markets.map(Self.times)
    }

    // MARK: - systemd

    /// The file name of the unit that runs.
    public var serviceName: String { "\(name).service" }
    /// The file name of the timer that starts it.
    public var timerName: String { "\(name).timer" }

    /// When the timer runs for a market: at each of six full hours from an hour after the close on, so that data that comes
    /// late is not waited for in vain.
    private static func times(_ market: Market) -> String {
        let close = market.hours.start.minutes + market.hours.minutes
        let first = (close + 59) / 60 + 1
        let hours = (first..<(first + 6)).map { $0 % 24 }
        let isRange = zip(hours, hours.dropFirst()).allSatisfy { $0 < $1 }
        func digits(_ hour: Int) -> String { hour < 10 ? "0\(hour)" : "\(hour)" }
        let text = isRange ? "\(digits(hours[0]))..\(digits(hours[5]))" : hours.map(digits).joined(separator: ",")
        return "*-*-* \(text):00:00 \(market.clock.zone)"
    }

    private var remark: String {
        "# Written by 'trading-playbook schedule install'; 'trading-playbook schedule remove' takes it away."
    }

    /// The unit that runs.
    ///
    /// - Parameter isSystem: whether it is one of the machine, not of a user.
    public func service(isSystem: Bool) -> String {
        let words = [Self.quoted(program)] + arguments.map { Self.quoted($0).replacing("$", with: "$$") }
        let network = isSystem ? "Wants=network-online.target\nAfter=network-online.target\n" : ""
        return """
            \(remark)
            [Unit]
            Description=Trading playbook: every session that has no row yet
            \(network)
            [Service]
            Type=oneshot
            WorkingDirectory=\(folder.replacing("%", with: "%%"))
            ExecStart=\(words.joined(separator: " "))
            # Not now: the timer's next hour tries again.
            SuccessExitStatus=75
            TimeoutStartSec=1h

            """
    }

    /// The timer.
    public var timer: String {
        """
        \(remark)
        [Unit]
        Description=Trading playbook: after the close

        [Timer]
        \(times.map { "OnCalendar=\($0)" }.joined(separator: "\n"))
        Persistent=true

        [Install]
        WantedBy=timers.target

        """
    }

    /// A word as systemd reads it back.
    private static func quoted(_ word: String) -> String {
        let escaped = word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("%", with: "%%")
        return isPlain(word) ? escaped : "\"\(escaped)\""
    }

    private static func isPlain(_ word: String) -> Bool {
        !word.isEmpty
            && word.utf8.allSatisfy {
                (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || "-_./=:+,%".utf8.contains($0)
            }
    }

    // MARK: - cron

    /// Where a run's output goes, in the folder.
    public static let log = "trading-playbook.log"

    private var begin: String { "# BEGIN \(name): written by 'trading-playbook schedule install'" }
    private var end: String { "# END \(name)" }

    /// The line of crontab: every hour, with full paths, whatever the machine's time zone.
    public var cronLine: String {
        let words = ([program] + arguments).map(Self.shellQuoted).joined(separator: " ")
        let command = "cd \(Self.shellQuoted(folder)) && \(words) >> \(Self.log) 2>&1"
        // A bare % would be a line end.
        return "20 * * * * \(command.replacing("%", with: "\\%"))"
    }

    /// `crontab` with this schedule in it, in place of what was there of the same name.
    public func added(to crontab: String) -> String {
        removed(from: crontab) + "\(begin)\n\(cronLine)\n\(end)\n"
    }

    /// `crontab` without this schedule; other lines stay as they are.
    public func removed(from crontab: String) -> String {
        var kept: [Substring] = []
        var isInside = false
        for line in crontab.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("# BEGIN \(name):") { isInside = true }
            if !isInside { kept.append(line) }
            if line == end { isInside = false }
        }
        if kept.last == "" { kept.removeLast() }
        return kept.map { "\($0)\n" }.joined()
    }

    private static func shellQuoted(_ word: String) -> String {
        isPlain(word) ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }
}
