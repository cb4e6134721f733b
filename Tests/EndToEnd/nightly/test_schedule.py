"""`schedule` lets systemd or cron run the nightly job, and what it writes does run."""

import os
import re
import shlex
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from support import Program, read_journal, wait_until

SETTINGS = "SYMBOLS=QQQ\nDATA_SOURCE=sample\nPLAYBOOK_NOW=2025-11-04T22:30:00Z\n"

FAKE = """#!/bin/sh
echo "$(basename "$0") $*" >> "$HOME/calls"
case "$(basename "$0") $1" in
"systemctl "*) exit ${SYSTEMCTL_CODE:-0} ;;
"crontab -l") if [ -e "$HOME/crontab" ]; then cat "$HOME/crontab"; else echo "no crontab for me" >&2; exit 1; fi ;;
"crontab "*) cat "$1" > "$HOME/crontab" ;;
esac
"""
"""systemctl and crontab: what they are asked is noted, and crontab keeps its lines in a file."""


@pytest.fixture
def night(run: Program) -> Program:
    """A folder with settings, and fakes before the real programs on the PATH."""
    fakes = run.folder / "fakes"
    fakes.mkdir()
    for name in ("systemctl", "crontab"):
        (fakes / name).write_text(FAKE)
        (fakes / name).chmod(0o755)
    (run.folder / "my trading").mkdir()
    (run.folder / "my trading" / ".env").write_text(SETTINGS)
    return run


def schedule(night: Program, *arguments: str, **env: str):
    path = f"{night.folder / 'fakes'}:{os.environ['PATH']}"
    return night("schedule", *arguments, cwd=night.folder / "my trading", env={"PATH": path} | env)


def calls(night: Program) -> list[str]:
    noted = night.folder / "calls"
    lines = noted.read_text().splitlines() if noted.exists() else []
    noted.unlink(missing_ok=True)
    return lines


def units(night: Program) -> tuple[Path, Path]:
    folder = night.folder / ".config/systemd/user"
    return folder / "trading-playbook.service", folder / "trading-playbook.timer"


def in_an_empty_environment(night: Program, command: str, folder: Path) -> None:
    """The command does its work where nothing is set but what systemd and cron set."""
    done = subprocess.run(
        ["env", "-i", f"HOME={night.folder}", "PATH=/usr/bin:/bin", *shlex.split(command)], cwd=folder, timeout=60,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done
    assert [row["trade_date"] for row in read_journal(folder / "output/sample-trades.csv")] == ["2025-11-04"]


def test_a_timer_is_installed_shown_and_removed(night: Program) -> None:
    shown = schedule(night, "show", "--systemd")
    assert shown.code == 0 and "not installed" in shown.out and not units(night)[0].exists()
    done = schedule(night, "install", "--systemd", "--param", "stop-atr=1.5")
    assert (done.code, done.err) == (0, "") and "trading-playbook.timer" in done.out
    assert "loginctl enable-linger" in done.out
    asked = ["systemctl --user daemon-reload", "systemctl --user enable --now trading-playbook.timer"]
    assert calls(night) == asked
    for unit in units(night):
        assert unit.read_text() in schedule(night, "show", "--systemd", "--param", "stop-atr=1.5").out
    assert "installed, but another one" in schedule(night, "show", "--systemd").out
    # Again is the same.
    assert schedule(night, "install", "--systemd", "--param", "stop-atr=1.5").code == 0 and calls(night) == asked
    done = schedule(night, "remove", "--systemd")
    assert done.code == 0 and not any(unit.exists() for unit in units(night))
    assert calls(night) == ["systemctl --user disable --now trading-playbook.timer", "systemctl --user daemon-reload"]
    done = schedule(night, "remove", "--systemd")
    assert done.code == 0 and "Nothing to remove" in done.out and calls(night) == []


def test_units_that_systemd_cannot_be_told_of_are_there_with_what_to_do(night: Program) -> None:
    done = schedule(night, "install", "--systemd", SYSTEMCTL_CODE="1")
    assert done.code == 75 and "systemctl --user enable --now trading-playbook.timer" in done.err
    assert all(unit.exists() for unit in units(night))
    done = schedule(night, "remove", "--systemd", SYSTEMCTL_CODE="1")
    assert done.code == 0 and "systemd was not told" in done.out and not any(unit.exists() for unit in units(night))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_units_and_what_they_start_works(night: Program) -> None:
    assert schedule(night, "install", "--systemd").code == 0
    service, timer = units(night)
    # The manager of a system: that of a user wants a session.
    checked = subprocess.run(["systemd-analyze", "verify", service, timer], capture_output=True, text=True, timeout=60)
    assert checked.returncode == 0 and "trading-playbook" not in checked.stderr, checked.stderr
    calendar = re.search("^OnCalendar=(.*)$", timer.read_text(), re.MULTILINE)[1]
    # The evening of a day on which New York has left summer time and Europe too, and one on which only New York has it.
    for after, elapses in [("2025-11-04 20:00 UTC", "2025-11-04 22:00:00 UTC"), ("2025-03-10 20:00 UTC", "2025-03-10 21:00:00 UTC")]:
        told = subprocess.run(
            ["systemd-analyze", "calendar", f"--base-time={after}", calendar], capture_output=True, text=True, check=True,
            env=os.environ | {"TZ": "UTC"},
        )  # fmt: skip
        assert elapses in told.stdout, told.stdout
    text = service.read_text()
    folder = Path(re.search("^WorkingDirectory=(.*)$", text, re.MULTILINE)[1])
    assert folder == (night.folder / "my trading").resolve()
    in_an_empty_environment(night, re.search("^ExecStart=(.*)$", text, re.MULTILINE)[1], folder)


def test_a_line_of_crontab_is_installed_shown_and_removed(night: Program) -> None:
    crontab = night.folder / "crontab"
    crontab.write_text("# mine\n0 5 * * * backup\n")
    assert "not installed" in schedule(night, "show", "--cron").out
    for _ in range(2):
        done = schedule(night, "install", "--cron")
        assert (done.code, done.err) == (0, "") and "every hour" in done.out
    text = crontab.read_text()
    assert text.startswith("# mine\n0 5 * * * backup\n") and text.count("backtest --catch-up") == 1
    (line,) = [line for line in text.splitlines() if "--catch-up" in line]
    assert line in schedule(night, "show", "--cron").out and "CRON_TZ" not in text
    assert schedule(night, "remove", "--cron").code == 0 and crontab.read_text() == "# mine\n0 5 * * * backup\n"
    assert "Nothing to remove" in schedule(night, "remove", "--cron").out
    in_an_empty_environment(night, shlex.join(["sh", "-c", line.split(maxsplit=5)[5]]), night.folder / "my trading")


CRON = """
mount -t tmpfs none /var/spool/cron && mkdir -m 1730 /var/spool/cron/crontabs && chgrp crontab /var/spool/cron/crontabs
mount -t tmpfs none /etc/cron.d && mount --bind /dev/null /etc/crontab && mount -t tmpfs none /run
crontab "$1" && exec cron -f
"""
"""A cron with one crontab, that of this user; those of the machine are out of its sight."""


@pytest.mark.skipif(
    shutil.which("cron") is None or os.geteuid() != 0
    or subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0,
    reason="cron is not installed, or may not be started out of sight of the machine's",
)  # fmt: skip
def test_cron_runs_the_line(night: Program) -> None:
    """At its start instead of at twenty past: the rest of the line is as it was installed."""
    assert schedule(night, "install", "--cron").code == 0
    lines = night.folder / "lines"
    lines.write_text((night.folder / "crontab").read_text().replace("20 * * * *", "@reboot"))
    journal = night.folder / "my trading/output/sample-trades.csv"
    log = night.folder / "my trading/trading-playbook.log"
    cron = subprocess.Popen(["unshare", "-m", "bash", "-c", CRON, "cron", lines], start_new_session=True)
    try:
        wait_until(lambda: log.exists() and "Run " in log.read_text(), limit=60)
    finally:
        os.killpg(cron.pid, signal.SIGKILL)
        cron.wait()
    assert len(read_journal(journal)) == 1


def test_settings_are_looked_at_before_anything_is_written(night: Program) -> None:
    env = night.folder / "my trading" / ".env"
    env.unlink()
    # What the shell has set does not count: neither systemd nor cron has it.
    for kind in ("--systemd", "--cron"):
        done = schedule(night, "install", kind, SYMBOLS="QQQ", DATA_SOURCE="sample")
        assert done.code == 78 and f"there is no settings file {env.resolve()}" in done.err, done
        assert "no settings but those of" in done.err
    env.write_text("SYMBOLS=QQQ\nDATA_SOURCE=sample\nWRITER_TYPE=paper\n")
    assert "WRITER_TYPE" in schedule(night, "install", "--cron").err
    assert calls(night) == [] and not units(night)[0].exists() and not (night.folder / "crontab").exists()
    env.write_text(SETTINGS)
    for wrong in (["--cron", "--systemd"], ["--name", "../x"], ["--folder", "nowhere"], ["--param", "x"]):
        assert schedule(night, "install", *wrong).code == 64, wrong
