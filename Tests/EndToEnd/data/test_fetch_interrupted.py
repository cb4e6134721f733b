"""Fetches that are killed, run at the same time, or are slowed down: nothing is lost, torn or fetched in vain."""

import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from alpaca_support import ALL, BARS, END, NOW, SPLITS, AlpacaProgram, exported, source
from fake_alpaca import FakeAlpaca
from fake_bars import BarFolder, BarTable
from fake_calendar import Calendar, instant
from support import Program, wait_until
from trust import tries

SEED = 20_240_628
KILLS = tries(8, 20)
FIRST = "2024-03-01"
WARM_UP = "2024-02-23"
ASKED = ("fetch", "--symbols", ALL, "--start", FIRST, "--end", END)
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def assert_whole(run: AlpacaProgram, folder: Path) -> None:
    """The cache holds what the service has, no more and no less."""
    for symbol in ALL.split(","):
        assert exported(run, symbol) == source(folder, symbol, WARM_UP)
    daily = exported(run, "SPY", "1Day")
    assert len(daily) > 300 and daily == source(folder, "SPY", daily[0][:10], "1Day")
    names = {path.name for path in run.cache.rglob("*") if path.is_file() and path.suffix != ".parquet"}
    assert names <= {".lock"}, "what a killed run left behind must be gone in the end"


def stop_after(run: AlpacaProgram, process: subprocess.Popen, files: int, number: signal.Signals, delay: float) -> int:
    """Sends the signal some seconds after the cache has that many files; the exit code."""
    wait_until(lambda: process.poll() is not None or len(run.files()) >= files, pause=0.001)
    try:
        process.wait(timeout=delay)
    except subprocess.TimeoutExpired:
        process.send_signal(number)
    return process.wait(timeout=60)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["SIGKILL", "SIGTERM"])
def test_a_killed_fetch_goes_on_where_it_was(alpaca, sample_market, measured, number):
    draw = random.Random(SEED)
    alpaca.service.faults.add("delay", match=BARS, times=None, seconds=0.1)
    alpaca.succeed(*ASKED)
    clean, whole = len(alpaca.service.requests), len(alpaca.files())
    assert clean > 7 and whole > 50
    seen: Counter[str] = Counter()
    saved = rounds = kills = 0
    wanted = KILLS if number == signal.SIGKILL else 2
    while kills < wanted:
        shutil.rmtree(alpaca.cache, ignore_errors=True)
        rounds += 1
        # A few kills on the way to a whole cache.
        for _ in range(3):
            kept = len(alpaca.files())
            process = alpaca.start(*ASKED, **QUIET)
            files = kept + draw.choice([0, 1, 1]) * draw.randint(0, (whole - kept) // 2)
            code = stop_after(alpaca, process, files, number, draw.choice([0, draw.uniform(0, 0.1)]))
            assert code in (0, -number, 128 + number)
            if code == 0:
                seen["finished"] += 1
                break
            kills += 1
            seen["in the middle" if alpaca.files() else "with nothing kept yet"] += 1
            status = alpaca("data", "status")
            assert status.code == 0, status.out
        kept = len(alpaca.files())
        before = len(alpaca.service.requests)
        finished = alpaca.succeed(*ASKED)
        assert finished.err == ""
        asked = len(alpaca.service.requests) - before
        assert asked <= clean + 2
        if kept > 10:
            assert asked < clean, "what is there must not be fetched again"
            saved += (clean - asked) * (code != 0)
        assert_whole(alpaca, sample_market)
    measured.append(
        f"fetch, {number.name}: {kills} kills in {rounds} fetches ({dict(seen)}); {saved} requests saved"
    )
    assert seen["in the middle"] >= kills * 0.3
    assert saved > 0 or number != signal.SIGKILL


def test_three_fetches_at_once(alpaca, sample_market):
    """All fetch the same; none fails, and every file is whole."""
    alpaca.service.faults.add("delay", match=BARS, times=None, seconds=0.02)
    processes = [alpaca.start(*ASKED) for _ in range(3)]
    for process in processes:
        finished = alpaca.finish(process)
        assert (finished.code, finished.err) == (0, "")
    assert_whole(alpaca, sample_market)


def test_two_fetches_of_different_months_at_once(alpaca, sample_market):
    """The sessions of both end up in the month that they share."""
    for _ in range(2):
        spans = [("2024-03-01", "2024-05-14"), ("2024-05-10", END)]
        processes = [alpaca.start("fetch", "--symbols", ALL, "--start", first, "--end", last) for first, last in spans]
        for process in processes:
            assert alpaca.finish(process).code == 0
        assert_whole(alpaca, sample_market)
        shutil.rmtree(alpaca.cache)


def test_backtests_at_once_with_a_fetch(alpaca, sample_rows):
    processes = [alpaca.start(*ASKED)]
    for number in range(3):
        processes.append(
            alpaca.start("backtest", "--symbol", ALL, "--start", FIRST, "--end", END, "--output", f"{number}.csv")
        )
    for process in processes:
        finished = alpaca.finish(process)
        assert (finished.code, finished.err) == (0, "")
    journals = {(alpaca.folder / f"{number}.csv").read_text().count("\n") for number in range(3)}
    assert len(journals) == 1
    alpaca.service.stop()
    assert alpaca.backtest(symbol=ALL, start=FIRST).code == 0
    assert alpaca.rows() == sample_rows(ALL, FIRST, END)


def test_the_rate_limit_is_kept(program, tmp_path, sample_market):
    """The service tells how many requests are left; a fetch waits rather than to be refused."""
    bars = BarFolder(sample_market)
    names = [f"S{number}" for number in range(7)]
    table = BarTable({
        name: {length: bars.columns("QQQ", length).bars() for length in ("2Min", "1Day")} for name in names
    })  # fmt: skip
    with FakeAlpaca(table, now=NOW, rate_limit=20, rate_window=2) as service:
        run = AlpacaProgram(program, tmp_path, service)
        finished = run("fetch", "--symbols", ",".join(names), "--start", "2024-01-10", "--end", END)
        assert (finished.code, finished.err) == (0, "")
        assert len(service.requests) > 20, "the test wants more requests than the limit"
        assert {request["status"] for request in service.requests} == {200}
        assert service.count(SPLITS) == 1


def test_connections_are_kept(alpaca):
    assert alpaca("fetch", "--symbols", ALL, "--start", "2024-01-10", "--end", END).code == 0
    assert len(alpaca.service.requests) >= 10
    assert alpaca.service.connections <= 3


def peak_megabytes(run: Program, *arguments: str) -> float:
    """The most memory that a run takes; a small process starts it, whose own peak counts at first."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    finished = subprocess.run(
        [sys.executable, "-S", "-E", "-c", code, run.binary, *arguments], cwd=run.folder, env=run.environment(),
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return int(finished.stdout) / (1024 if sys.platform.startswith("linux") else 1 << 20)


def test_memory_does_not_grow_with_the_range(program, tmp_path, measured):
    """Months are written as they come: a long fetch takes no more memory than a short one."""
    days = Calendar().sessions(date(2019, 1, 2), date(2024, 6, 28))
    daily = [(instant(day), 50.0, 51.25, 49.5, 50.75, 9_000) for day, _ in days]
    bars = [
        (start, 50 + start % 700 / 100, 62 + start % 500 / 100, 40.5, 50 + start % 1100 / 100, 100 + start % 9999)
        for day, (opens, closes) in days
        for start in range(instant(day, opens), instant(day, closes), 120)
    ]
    peaks = {}
    with FakeAlpaca(BarTable({"QQQ": {"2Min": bars, "1Day": daily}}), now=NOW, rate_limit=None) as service:
        client = AlpacaProgram(program, tmp_path, service)
        for first in ("2023-06-28", "2020-06-29"):
            asked = ("fetch", "--symbols", "QQQ", "--start", first, "--end", END, "--cache-dir", first)
            peaks[first] = peak_megabytes(client, *asked)
        pages = service.count(BARS)
    short, long = peaks.values()
    measured.append(
        f"peak memory of a fetch: {short:.1f} MB for one year, {long:.1f} MB for four ({pages} pages in all)"
    )
    assert pages > 20
    assert long - short < 10
