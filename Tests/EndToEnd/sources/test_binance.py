"""Binance, by a fake of its API and of its files of months."""

import csv
import json
import random
import shutil
import signal
import subprocess
from functools import lru_cache

import pytest
from alpaca_support import expect, warned
from keyless_support import KeylessProgram
from made_bars import moment, round_the_clock
from fake_binance import FakeBinance
from support import wait_until
from trust import tries

NOW = "2025-03-10T12:00:30Z"
KILLS = tries(3, 200)
LISTED = {"BTCUSDT": "2024-11-20T10:00:00Z", "ETHUSDT": "2025-01-15T00:00:00Z"}
ARCHIVES: dict[tuple[str, int, int], bytes] = {}
"""The files of months, each made once: it takes longer than all that the program does with it."""


@pytest.fixture
def binance():
    with FakeBinance(now=NOW, listed=LISTED) as service:
        make = service.archive

        def archive(symbol: str, year: int, month: int) -> bytes:
            name = f"{symbol}-1m-{year}-{month:02d}"
            if service.missing or service.quiet or name in service.change or name in service.member:
                return make(symbol, year, month)
            if (symbol, year, month) not in ARCHIVES:
                ARCHIVES[symbol, year, month] = make(symbol, year, month)
            return ARCHIVES[symbol, year, month]

        service.archive = archive
        yield service


@pytest.fixture
def run(program, tmp_path, binance) -> KeylessProgram:
    return KeylessProgram(program, tmp_path, NOW, binance=binance)


FETCH = ("fetch", "--source", "binance", "--symbol", "BTCUSDT,ETHUSDT", "--start", "2025-01-10")
OPENING = ("--source", "binance", "--symbol", "BTCUSDT", "--strategy", "timed-entry")


def exported(run: KeylessProgram, symbol: str) -> list[tuple]:
    """The bars that the cache has."""
    text = run.succeed(
        "data", "export", "--source", "binance", "--symbol", symbol, "--timeframe", "1Min",
        env={"BINANCE_DATA_URL": "http://127.0.0.1:1"},
    ).out  # fmt: skip
    rows = csv.DictReader(text.splitlines())
    return [
        (moment(row["timestamp"]), *(float(row[name]) for name in ("open", "high", "low", "close", "volume")))
        for row in rows
    ]


@lru_cache
def made(symbol: str, end: str) -> list[tuple]:
    """All bars from the listing up to `end`."""
    return list(round_the_clock(symbol, int(moment(LISTED[symbol])), int(moment(end))))


def test_months_come_from_files_and_the_rest_over_the_api(run, binance):
    finished = run.succeed(*FETCH)
    assert finished.err == ""
    end = "2025-03-10T00:00:00Z"
    bars = exported(run, "BTCUSDT")
    assert bars == made("BTCUSDT", end)
    assert exported(run, "ETHUSDT") == made("ETHUSDT", end)
    files = {request["path"].split("/")[-1] for request in binance.requests if request["path"].endswith(".zip")}
    assert files == {
        "BTCUSDT-1m-2024-11.zip", "BTCUSDT-1m-2024-12.zip", "BTCUSDT-1m-2025-01.zip", "BTCUSDT-1m-2025-02.zip",
        "ETHUSDT-1m-2025-01.zip", "ETHUSDT-1m-2025-02.zip",
    }  # fmt: skip
    binance.forget()
    assert "0 fetched" in run.succeed(*FETCH).out
    assert binance.requests == []


def test_a_backtest_without_an_account(run, binance):
    """All that is said is the symbol; the market follows from the source."""
    asked = ("backtest", *OPENING, "--start", "2025-02-01", "--end", "2025-03-09")
    finished = run.succeed(*asked)
    assert finished.err == ""
    rows = list(csv.DictReader((run.folder / "output/trades.csv").read_text().splitlines()))
    assert len(rows) == 37
    assert {(row["market"], row["data_source"], row["completeness"]) for row in rows} == {("24x7", "binance", "1")}
    assert any(row["entered"] == "true" for row in rows)
    binance.stop()
    again = run.succeed(*asked)
    assert "37 unchanged" in again.out


def test_quiet_minutes_are_no_bars_and_holes_are_missing(run, binance):
    first = int(moment("2025-03-08T00:00:00Z"))
    binance.quiet = {first + 60 * number for number in range(600, 700)}
    binance.missing = {first + 86_400 + 60 * number for number in range(300, 420)}
    finished = run.succeed("backtest", *OPENING, "--start", "2025-03-08", "--end", "2025-03-09")
    rows = list(csv.DictReader((run.folder / "output/trades.csv").read_text().splitlines()))
    assert [row["completeness"] for row in rows] == ["1", "0.9167"]
    assert warned(finished, "BTCUSDT", "none from 05:00 to 07:00")


def test_a_symbol_that_is_not_there(run):
    finished = run("backtest", "--source", "binance", "--symbol", "BTCUSD", "--date", "2025-03-08")
    expect(finished, 69, "Binance has no symbol BTCUSD", "BTCUSDT")


def test_the_market_cannot_be_another(run):
    finished = run("backtest", *OPENING, "--date", "2025-03-07", "--market", "XNYS")
    expect(finished, 64, "--source and --market contradict each other")
    finished = run("backtest", "--source", "binance", "--symbol", "QQQ@XNYS", "--date", "2025-03-07")
    expect(finished, 64, "Binance has no bars of QQQ")


@pytest.mark.parametrize("status", [429, 418, 451])
def test_a_refusal_is_kept_for_an_hour(run, binance, status):
    binance.faults.add("status", times=None, status=status)
    asked = (
        "backtest", "--source", "binance", "--symbol", "BTCUSDT,ETHUSDT", "--strategy", "timed-entry", "--date", "2025-03-08",
    )  # fmt: skip
    finished = run(*asked)
    assert finished.code == 75
    assert f"answered {status}" in finished.err and "2025-03-10T13:00:30Z" in finished.err
    assert len(binance.requests) <= 2, "two symbols may have been on their way"
    binance.clear()
    run.now = "2025-03-10T13:00:29Z"
    finished = run(*asked)
    assert finished.code == 75 and "is not asked before 2025-03-10T13:00:30Z" in finished.err
    assert binance.requests == []
    run.now = "2025-03-10T13:00:30Z"
    assert run(*asked).code == 0
    assert binance.requests != []


def test_faults_of_sending_are_overcome(run, binance):
    binance.faults.add("status", match="klines", times=2, status=503)
    binance.faults.add("truncated-json", match="klines", times=1, after=2)
    binance.faults.add("cut-body", match="2025-01.zip", times=1)
    binance.faults.add("cut-before", match="CHECKSUM", times=1)
    assert run.succeed(*FETCH).err == ""
    assert exported(run, "BTCUSDT") == made("BTCUSDT", "2025-03-10T00:00:00Z")


def test_a_file_with_another_checksum(run, binance):
    binance.checksum["BTCUSDT-1m-2025-01"] = "0" * 64
    finished = run(*FETCH)
    expect(finished, 69, "BTCUSDT-1m-2025-01.zip.CHECKSUM says 000000000000")
    assert not [path for path in run.files if path.name == "2025-01.parquet"]
    assert [path for path in run.files if path.name == "2024-11.parquet"], "what came before is kept"


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("different", lambda lines: [*lines, lines[5].replace(",17,", ",17,").replace(".", ".1", 1)], "different klines of"),
        ("cut", lambda lines: [*lines[:-1], lines[-1][:30]], "is not a kline"),
        ("price", lambda lines: [*lines[:9], ",".join([lines[9].split(",")[0], "0", *lines[9].split(",")[2:]])], "open is 0.0"),
    ],
)
def test_a_file_that_is_not_right(run, binance, name, change, words):
    binance.change["BTCUSDT-1m-2025-01"] = change
    finished = run("fetch", "--source", "binance", "--symbol", "BTCUSDT", "--start", "2025-01-01")
    expect(finished, 65, words, "BTCUSDT")
    assert not [path for path in run.files if path.name == "2025-01.parquet"]


def test_lines_in_any_order_and_twice(run, binance):
    binance.change["BTCUSDT-1m-2025-01"] = lambda lines: [lines[0], *lines[:0:-1], *lines[7:9]]
    assert run.succeed("fetch", "--source", "binance", "--symbol", "BTCUSDT", "--start", "2025-01-01").err == ""
    assert exported(run, "BTCUSDT") == made("BTCUSDT", "2025-03-10T00:00:00Z")


def test_files_that_were_replaced_are_named(run, binance):
    run.succeed(*FETCH)
    kept = {path: path.read_bytes() for path in run.files}
    verify = ("data", "verify", "--source", "binance", "--format", "json")
    clean = json.loads(run.succeed(*verify).out)
    assert [(one["symbol"], one["files"], one["changes"]) for one in clean["symbols"]] == [
        ("BTCUSDT", 4, []), ("ETHUSDT", 2, []),
    ]  # fmt: skip
    binance.change["BTCUSDT-1m-2025-01"] = lambda lines: lines[:-1]
    binance.checksum["ETHUSDT-1m-2025-02"] = ""
    finished = run("data", "verify", "--source", "binance")
    assert finished.code == 65
    assert "2025-01.parquet: BTCUSDT-1m-2025-01.zip has the sha256" in finished.out
    assert "ETHUSDT-1m-2025-02.zip is not there any more" in finished.out
    assert {path: path.read_bytes() for path in run.files} == kept, "nothing is replaced"
    assert run.succeed(*FETCH).err == ""
    assert {path: path.read_bytes() for path in run.files} == kept


def test_data_check_and_status(run):
    run.succeed(*FETCH)
    assert run.succeed("data", "check", "--source", "binance", "--symbol", "ETHUSDT").code == 0
    status = json.loads(run.succeed("data", "status", "--format", "json").out)
    assert {(entry["feed"], entry["timeframe"]) for entry in status["entries"]} == {("binance", "1Min")}
    damaged = next(path for path in run.files if path.name == "2025-02.parquet" and "ETHUSDT" in str(path))
    damaged.write_bytes(damaged.read_bytes()[:-9])
    assert run("data", "check", "--source", "binance", "--symbol", "ETHUSDT").code == 65
    assert run("data", "check", "--source", "binance", "--symbol", "ETHUSDT", "--repair").code == 0


def test_sessions_of_another_hour_are_kept_apart(run):
    asked = ("backtest", *OPENING, "--start", "2025-03-01", "--end", "2025-03-03")
    run.succeed(*asked)
    run.succeed(*asked, "--output", "other.csv", env={"SESSION_START": "17:00"})
    folders = {path.name for path in (run.folder / "data/cache/v1").iterdir()}
    assert folders == {"binance", "binance-1700"}


def test_doctor(run):
    finished = run.succeed("doctor", "--source", "binance", "--symbol", "BTCUSDT")
    assert "1440 bars of BTCUSDT on 2025-03-09" in finished.out


def test_a_killed_fetch_goes_on_where_it_was(run, binance, measured):
    draw = random.Random(20_250_310)
    binance.faults.add("delay", match="", times=None, seconds=0.02)
    whole = None
    kills = middle = 0
    while kills < KILLS:
        shutil.rmtree(run.folder / "data", ignore_errors=True)
        for _ in range(3):
            process = run.start(*FETCH, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            count = len(run.files) + draw.choice([0, 1, 1])
            wait_until(lambda: process.poll() is not None or len(run.files) >= count, pause=0.001)
            try:
                process.wait(timeout=draw.uniform(0, 0.1))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            if process.wait(timeout=60) == 0:
                break
            kills += 1
            middle += bool(run.files)
        assert run.succeed(*FETCH).err == ""
        bars = exported(run, "BTCUSDT"), exported(run, "ETHUSDT")
        whole = whole or (
            made("BTCUSDT", "2025-03-10T00:00:00Z"),
            made("ETHUSDT", "2025-03-10T00:00:00Z"),
        )
        assert bars == whole, "each session once and whole"
    measured.append(f"fetch of binance: {kills} kills, {middle} in the middle")
    assert middle >= kills * 0.3


def test_round_the_clock_bars_are_the_made_ones():
    """What the fake is made of: each minute once."""
    bars = list(round_the_clock("BTCUSDT", 0, 3 * 86_400))
    assert [bar[0] for bar in bars] == list(range(0, 3 * 86_400, 60))
