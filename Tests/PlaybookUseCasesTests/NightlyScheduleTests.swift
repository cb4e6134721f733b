import PlaybookCore
import PlaybookUseCases
import PlaybookTestSupport
import Testing

@Suite("A schedule")
struct NightlyScheduleTests {
    private func schedule(
        _ program: String = "/usr/local/bin/trading-playbook", in folder: String = "/home/me/trading",
        name: String = "trading-playbook", _ arguments: [String] = []
    ) throws -> NightlySchedule {
        try NightlySchedule(name: name, program: program, folder: folder, arguments: arguments)
    }

    @Test("runs with full paths in the folder, whatever the environment")
    func texts() throws {
        let plain = try schedule("/usr/local/bin/trading-playbook", ["--param", "stop-atr=1.5"])
        #expect(
            plain.cronLine
                == "20 * * * * cd /home/me/trading && /usr/local/bin/trading-playbook backtest --catch-up --param "
                + "stop-atr=1.5 >> trading-playbook.log 2>&1")
        let service = plain.service(isSystem: false)
        #expect(service.contains("\nWorkingDirectory=/home/me/trading\n"))
        #expect(
            service.contains(
                "\nExecStart=/usr/local/bin/trading-playbook backtest --catch-up --param stop-atr=1.5\n"))
        #expect(service.contains("\nSuccessExitStatus=75\n") && !service.contains("network"))
        #expect(plain.service(isSystem: true).contains("\nAfter=network-online.target\n"))
        #expect(plain.timer.contains("\nOnCalendar=*-*-* 17..22:00:00 America/New_York\nPersistent=true\n"))
    }

    @Test(
        "runs from an hour after each market's close on, in the weeks too in which one has changed its clocks and another not",
        arguments: [("2024-03-05", "2024-04-05"), ("2024-10-20", "2024-11-10")])
    func clockChanges(first: String, last: String) throws {
        let markets = [Market.xnys, ToyMarket.market, .roundTheClock]
        let schedule = try NightlySchedule(
            name: "a", program: "/p", folder: "/f", arguments: [], markets: markets)
        #expect(
            schedule.times == [
                "*-*-* 17..22:00:00 America/New_York", "*-*-* 05..10:00:00 Toyland/Capital", "*-*-* 01..06:00:00 UTC",
            ])
        for (market, hour) in zip(markets, [17, 5, 1]) {
            let sessions = try market.calendar.sessions(from: date(first), through: date(last))
            for session in sessions where !session.isEarlyClose {
                let day = market.clock.date(of: session.close)
                let run = market.clock.instant(day, TimeOfDay(minutes: hour * 60))
                #expect(run.secondsSinceEpoch - session.close.secondsSinceEpoch == 3_600, "\(market) \(session.date)")
            }
        }
    }

    @Test("quotes what cron, the shell and systemd would read otherwise")
    func quoting() throws {
        let odd = try schedule("/opt/my bin/100%/it's \"p\"", in: "/home/a b/50%", ["--strategy", "a$b"])
        #expect(
            odd.cronLine
                == #"20 * * * * cd '/home/a b/50\%' && '/opt/my bin/100\%/it'\''s "p"' backtest --catch-up --strategy 'a$b' "#
                + ">> trading-playbook.log 2>&1")
        let service = odd.service(isSystem: false)
        #expect(service.contains("\nWorkingDirectory=/home/a b/50%%\n"))
        #expect(service.contains(#"ExecStart="/opt/my bin/100%%/it's \"p\"" backtest --catch-up --strategy "a$$b""#))
        for path in ["relative", "/a\nb", "/a$b", "/a ", "/a\u{7F}"] {
            #expect(throws: PlaybookError.self) { try schedule(in: path) }
            #expect(throws: PlaybookError.self) { try schedule(path) }
        }
        for name in ["", "a b", "../x", "-a", "a.b", String(repeating: "a", count: 61)] {
            #expect(throws: PlaybookError.self) { try schedule(name: name) }
        }
    }

    @Test("takes its place in crontab once, and leaves it without a trace")
    func crontab() throws {
        let one = try schedule()
        let other = try schedule(name: "other")
        for mine in ["", "# mine\n0 5 * * * backup\n", "\n\n0 5 * * * backup\n\n# END other things\n"] {
            let added = one.added(to: mine)
            #expect(added.hasPrefix(mine) && added.contains("\n\(one.cronLine)\n"))
            #expect(one.added(to: added) == added)
            #expect(one.removed(from: added) == mine && one.removed(from: mine) == mine)
            let both = other.added(to: added)
            #expect(one.removed(from: both) == other.added(to: mine))
            #expect(other.removed(from: both) == added)
        }
        // A crontab whose last line does not end.
        #expect(one.removed(from: one.added(to: "0 5 * * * backup")) == "0 5 * * * backup\n")
        let changed = try schedule("/elsewhere/trading-playbook")
        #expect(changed.added(to: one.added(to: "")) == changed.added(to: ""))
    }
}
