"""`serve` under load: what it answers, what it uses, how it ends; and the journal is right, whatever happened."""

import random
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from nightly_support import Nightly, evening, log_lines, sessions
from service_support import Serving, serving
from support import read_journal, without
from writers_support import ALL, Places

pytestmark = [
    pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed"),
    pytest.mark.skipif(sys.platform != "linux", reason="Linux tells how much memory a process uses, and its files"),
]

NOW = evening("2025-02-06")
LOGGED = {"LOG_FORMAT": "json"}
FIRST = "2025-01-02"
MOST_MEMORY = 100.0
"""MB, also of a debug build."""
GROWTH = 4.0
"""MB that the same load, once more, may add."""

MIXED = """
local bodies = {
    '{"catch_up": true}', '', '{"date": "2025-01-06"}', '{"date": "2025-01-07"}', '{"symbols": ["AA"]}',
    '{"start": "2025-01-13", "end": "2025-01-31"}', '{"date": "2025-01-09"}', '{"date": "2025-01-08", "dry_run": true}',
}
local number = 0
function request()
    number = number + 1
    return wrk.format("POST", "/backtest", {["Content-Type"] = "application/json"}, bodies[number % #bodies + 1])
end
function response(status, headers, body)
    local retry = headers["Retry-After"] or headers["retry-after"] or "-"
    local run = body:match('"run_id": *"([^"]*)"') or ""
    io.stdout:write("answer ", status, " ", status == 503 and retry or run, "\\n")
end
"""
"""Requests of eight kinds, more than the service does at a time; it prints each answer, with its run if it has one."""


@pytest.fixture
def night(program, tmp_path) -> Nightly:
    night = Nightly(program, tmp_path, "AA", "BB")
    night.written(evening(FIRST), "--start", FIRST)
    return night


def wrk(served: Serving, path: str, *arguments: str, seconds: int = 1) -> str:
    """What wrk prints."""
    command = ["wrk", "-t1", "-c32", "--timeout", "30s", f"-d{seconds}s", *arguments, f"{served.url}{path}"]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


def load(served: Serving, path: str, *arguments: str, counted: str, least: int) -> str:
    """What wrk prints, run until it counts enough answers: how many a second brings differs by machine."""
    told = ""
    for _ in range(30):
        more = wrk(served, path, *arguments)
        assert "Socket errors" not in more, more
        told += more
        if sum(int(count or 1) for count in re.findall(counted, told, re.MULTILINE)) >= least:
            return told
    raise AssertionError(f"fewer than {least} answers in 30 s:\n{told}")


def settled(served: Serving, most: int) -> int:
    """How many files the process has open once connections have ended."""
    for _ in range(600):
        if served.open_files <= most:
            break
        time.sleep(0.05)
    return served.open_files


def right(night: Nightly) -> bool:
    """Whether the journal has every row once, whole, and what `status` says of it."""
    days = sessions(FIRST, "2025-02-06")
    assert len(read_journal(night.journal)) == 2 * len(days)
    assert night.held == {(day, symbol) for day in days for symbol in night.symbols}
    return night.status(NOW)[0] == 0


def test_health(night: Nightly, measured: list[str]):
    """Every request is answered well; memory and files stay."""
    with serving(night, defaults=LOGGED, PLAYBOOK_NOW=NOW) as served:
        assert served.ask("GET", "/health").json == {"status": "ok"}
        files = served.open_files
        sizes = []
        for _ in range(3):
            told = load(served, "/health", counted=r"(\d+) requests in", least=500)
            assert "Non-2xx" not in told, told
            sizes.append(served.memory())
        assert sizes[2] <= sizes[1] + GROWTH and served.memory("VmHWM") < MOST_MEMORY, sizes
        assert settled(served, files) <= files
        assert served.stop()[0] == 0
    measured.append(f"/health under load: {sizes[2]:.0f} MB")


def test_backtests(night: Nightly, tmp_path: Path, measured: list[str]):
    """
    Of different requests some are refused while others run, with the time to come again; the same requests share a run.
    The journal is what a clean run makes of it.
    """
    script = tmp_path / "mixed.lua"
    script.write_text(MIXED)
    with serving(night, defaults=LOGGED, PLAYBOOK_NOW=NOW) as served:
        files = served.open_files
        sizes = []
        answers: Counter = Counter()
        for _ in range(3):
            told = load(served, "/backtest", "-s", str(script), counted=r"^answer 200 ()", least=10)
            answers += Counter(re.findall(r"^answer (\d+) (\S*)$", told, re.MULTILINE))
            sizes.append(served.memory())
        assert {status for status, _ in answers} <= {"200", "503"}, answers
        assert all(retry.isdigit() for status, retry in answers if status == "503"), answers
        done = sum(count for (status, _), count in answers.items() if status == "200")
        assert sizes[2] <= sizes[1] + GROWTH and served.memory("VmHWM") < MOST_MEMORY, sizes
        assert settled(served, files + 1) <= files + 1
        assert served.ask("POST", "/backtest", {"catch_up": True}).status == 200
        code, lines = served.stop()
        assert code == 0
        records = [entry for entry in log_lines("\n".join(lines)) if entry.get("event") == "run_completed"]
    runs = {entry["run_id"] for entry in records}
    assert len(runs) == len(records), "each run once"
    told_of = {run for status, run in answers if status == "200"}
    assert len(told_of) < done, "some requests shared a run"
    assert right(night)
    under_load = without(read_journal(night.journal), "run_id")
    night.journal.unlink()
    night.written(NOW, "--start", FIRST)
    assert without(read_journal(night.journal), "run_id") == under_load
    refused = sum(answers.values()) - done
    measured.append(f"/backtest under load: {done} done in {len(records)} runs, {refused} refused, {sizes[2]:.0f} MB")


def test_connections_that_come_and_go(night: Nightly):
    """Those that say nothing, half a request, or reset: none of them stays open."""
    chance = random.Random(3)
    with serving(night, defaults=LOGGED, PLAYBOOK_NOW=NOW) as served:
        files = served.open_files
        whole = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
        for number in range(600):
            connection = socket.create_connection(("127.0.0.1", served.port), timeout=10)
            kind = number % 4
            if kind:
                connection.sendall(whole[: chance.randrange(1, len(whole))] if kind == 1 else whole)
            if kind == 3:
                assert connection.recv(4096).startswith(b"HTTP/1.1 200")
            if chance.random() < 0.3:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
        assert settled(served, files) <= files and served.ask("GET", "/health").status == 200
        size = served.memory()
        assert size < MOST_MEMORY


def test_runs_leave_nothing_behind(places: Places):
    """Connections to the bucket and the database, locks and files; connections may end a moment after their run."""
    settings = {"WRITER_TYPE": ALL, "SYMBOLS": "IWM", "PLAYBOOK_NOW": "2025-01-11T12:00:00Z"}
    sizes = []
    with serving(places, defaults=LOGGED, **settings) as served:
        files = served.open_files
        for number in range(30):
            body = {"date": f"2025-01-{(6, 7, 8, 10)[number % 4]:02}", "params": {"trend-period": 20 + number // 6}}
            assert served.ask("POST", "/backtest", body).status == 200
            if number % 10 == 9:
                assert settled(served, files) <= files
                sizes.append(served.memory())
        assert served.stop()[0] == 0
    assert sizes[-1] <= sizes[0] + GROWTH, sizes
    assert len(places.rows("csv")) == len(places.rows("gcs")) == len(places.rows("mongodb")) == 20


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["SIGTERM", "SIGKILL"])
def test_the_end_under_load(night: Nightly, tmp_path: Path, number: signal.Signals):
    """With SIGTERM it ends with 0 and soon; however it ends, another run completes the journal."""
    script = tmp_path / "mixed.lua"
    script.write_text(MIXED)
    with serving(night, defaults=LOGGED, PLAYBOOK_NOW=NOW) as served:
        command = ["wrk", "-t1", "-c32", "-d4s", "-s", str(script), f"{served.url}/backtest"]
        load = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(0.7)
            begin = time.monotonic()
            served.process.send_signal(number)
            code = served.process.wait(timeout=30)
            seconds = time.monotonic() - begin
            assert code == (0 if number == signal.SIGTERM else -9) and seconds < 10, served.lines[-20:]
        finally:
            load.kill()
            load.wait()
    read_journal(night.journal)
    night.written(NOW, "--start", FIRST)
    assert right(night)
