"""`fetch`: what is asked for, what is kept, and what is told."""

import json
import os
from datetime import date

import pytest
from alpaca_support import (
    ALL, BARS, DAILY, END, LAST, NOW, SPLITS, START, TWO_MINUTES, AlpacaProgram, change_daily, changed_bars, expect,
    exported, scaled, source, warned,
)  # fmt: skip
from fake_alpaca import FakeAlpaca
from support import Program
from terminal_support import on_terminals

WARM_UP = "2024-05-24"
"""Five sessions before START: indicators start there."""


def fetch(run: Program, *arguments, symbols: str = ALL, **options):
    return run("fetch", "--symbols", symbols, "--start", START, "--end", END, *arguments, **options)


def test_several_symbols(alpaca, sample_market, sample_rows):
    finished = fetch(alpaca)
    assert (finished.code, finished.err) == (0, "")
    lines = finished.out.splitlines()
    assert lines[0].split()[:3] == ["symbol", "bars", "from"]
    table = {tuple(line.split()[:2]): line.split()[2:] for line in lines[1:] if "2Min" in line or "1Day" in line}
    assert set(table) == {(symbol, bars) for symbol in ALL.split(",") for bars in ("2Min", "1Day")}
    assert table["QQQ", "2Min"] == [WARM_UP, "24", "0", "24", "0"]
    assert table["SPY", "1Day"][2:] == ["0", table["SPY", "1Day"][1], "0"]
    # All in one request each: a page holds bars of several symbols, and a symbol's go on on the next.
    for timeframe in (TWO_MINUTES, DAILY):
        assert {query["symbols"] for query in alpaca.queries(timeframe)} == {"IWM,QQQ,SPY"}
    assert len(alpaca.queries(TWO_MINUTES)) == 2 and len(alpaca.queries(SPLITS)) == 1
    for symbol in ALL.split(","):
        assert exported(alpaca, symbol) == source(sample_market, symbol, WARM_UP)
        assert exported(alpaca, symbol, "1Day") == source(sample_market, symbol, table[symbol, "1Day"][0], "1Day")
    alpaca.service.stop()
    finished = alpaca.backtest(symbol=ALL)
    assert (finished.code, finished.err) == (0, ""), "what was fetched is all that a backtest needs"
    assert alpaca.rows() == sample_rows(ALL)


def test_json(alpaca):
    document = json.loads(fetch(alpaca, "--format", "json").out)
    assert document["schema"] == "trading-playbook/fetch/1" and document["through"] == END
    assert len(document["symbols"]) == 6
    first = document["symbols"][0]
    assert first == {
        "symbol": "QQQ", "timeframe": "2Min", "first": WARM_UP, "sessions_before": 0, "sessions_fetched": 24,
        "sessions_not_there": 0,
    }  # fmt: skip
    traffic = document["traffic"]
    assert traffic["requests"] == len(alpaca.service.requests) and traffic["retries"] == 0
    assert traffic["sessions_fetched"] == sum(entry["sessions_fetched"] for entry in document["symbols"])
    assert traffic["cache_bytes_written"] >= sum(path.stat().st_size for path in alpaca.files())
    assert traffic["bytes_received"] > 50_000


def test_what_is_there_is_not_fetched_again(alpaca):
    assert fetch(alpaca).code == 0
    before = {path: path.read_bytes() for path in alpaca.files()}
    alpaca.service.clear()
    finished = fetch(alpaca)
    assert (finished.code, finished.err) == (0, "") and "network: 0 requests" in finished.out
    assert alpaca.service.requests == []
    assert {path: path.read_bytes() for path in alpaca.files()} == before


def test_a_new_symbol_and_earlier_dates(alpaca, sample_market):
    assert fetch(alpaca, symbols="QQQ").code == 0
    alpaca.service.clear()
    assert alpaca("fetch", "--symbols", "QQQ,SPY", "--start", "2024-05-13", "--end", END).code == 0
    spans = {query["symbols"]: (query["start"][:10], query["end"][:10]) for query in alpaca.queries(TWO_MINUTES)}
    assert spans == {"QQQ": ("2024-05-06", "2024-05-23"), "SPY": ("2024-05-06", END)}
    assert exported(alpaca, "QQQ") == source(sample_market, "QQQ", "2024-05-06")


def test_update(alpaca, sample_market):
    early = {"PLAYBOOK_NOW": "2024-06-14T23:00:00Z"}
    alpaca.service.set_now(early["PLAYBOOK_NOW"])
    started = alpaca("fetch", "--symbols", ALL, "--start", START, env=early)
    assert started.code == 0 and "2024-06-14" in started.out
    alpaca.service.set_now(NOW)
    alpaca.service.clear()
    finished = alpaca("fetch", "--symbols", ALL, "--update")
    assert (finished.code, finished.err) == (0, "")
    assert {query["timeframe"] for query in alpaca.queries(BARS)} == {"2Min", "1Day"}
    for query in alpaca.queries(BARS):
        assert (query["start"][:10], query["end"][:10]) == ("2024-06-17", LAST), "only what is missing"
    for symbol in ALL.split(","):
        assert exported(alpaca, symbol) == source(sample_market, symbol, WARM_UP)
    alpaca.service.clear()
    assert alpaca("fetch", "--symbols", ALL, "--update").code == 0
    assert alpaca.service.requests == []


def test_update_of_a_new_symbol(alpaca):
    assert fetch(alpaca, symbols="QQQ").code == 0
    finished = alpaca("fetch", "--symbols", "QQQ,SPY", "--update", "--end", END)
    assert finished.code == 64
    assert "SPY has no 2Min bars in the cache yet" in finished.err and "--start" in finished.err
    assert fetch(alpaca, "--update", symbols="QQQ,SPY").code == 0
    assert len(exported(alpaca, "SPY")) == 24 * 195


def test_holes_are_found_and_filled(alpaca, sample_market):
    assert alpaca("fetch", "--symbols", ALL, "--start", "2024-03-01", "--end", END).code == 0
    gone = alpaca.cache / "v1" / "iex" / "SPY" / "2Min" / "2024-04.parquet"
    gone.unlink()
    finished = alpaca("data", "status", "--format", "json")
    (entry,) = [
        entry
        for entry in json.loads(finished.out)["entries"]
        if (entry["symbol"], entry["timeframe"]) == ("SPY", "2Min")
    ]
    assert finished.code == 0 and len(entry["holes"]) == 22 and entry["holes"][0] == "2024-04-01"
    check = alpaca("data", "check", "--source", "alpaca", "--symbol", "SPY")
    assert check.code == 65 and "22 sessions are missing, first 2024-04-01" in check.out
    alpaca.service.clear()
    assert alpaca("fetch", "--symbols", ALL, "--start", "2024-03-01", "--end", END).code == 0
    (query,) = alpaca.queries(BARS)
    assert (query["symbols"], query["start"][:10], query["end"][:10]) == ("SPY", "2024-04-01", "2024-04-30")
    assert exported(alpaca, "SPY") == source(sample_market, "SPY", "2024-02-23")


# Symbols


def test_a_file_of_symbols(alpaca):
    file = alpaca.folder / "universe.txt"
    file.write_text("# what we trade\nqqq, SPY # the large ones\n\n  IWM\r\nQQQ\n")
    finished = alpaca("fetch", "--symbols-file", file, "--start", START, "--end", END, "--format", "json")
    assert finished.code == 0, finished.err
    assert {entry["symbol"] for entry in json.loads(finished.out)["symbols"]} == set(ALL.split(","))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("QQQ\n../x\n", "universe.txt:2: '../x' is not a ticker symbol"),
        ("QQQ\nSPY\n# x\nA-TOO-LONG-SYMBOL\n", "universe.txt:4: 'A-TOO-LONG-SYMBOL' is not"),
        ("", "universe.txt holds no ticker symbol"),
        ("# none\n", "universe.txt holds no ticker symbol"),
    ],
)
def test_a_bad_file_of_symbols(alpaca, text, reason):
    (alpaca.folder / "universe.txt").write_text(text)
    expect(alpaca("fetch", "--symbols-file", "universe.txt", "--start", START), 64, reason)
    assert alpaca.service.requests == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--symbols", "QQQ"], ["--start", "--update"]),
        (["--symbols", "QQQ", "--symbols-file", "x", "--start", START], ["not both"]),
        (["--symbols-file", "nowhere", "--start", START], ["nowhere"]),
        (["--symbols", "../x", "--start", START], ["'../x' is not a ticker symbol"]),
        (["--symbols", "QQQ", "--start", "2024-06-31"], ["2024-06-31"]),
        (["--symbols", "QQQ", "--start", "2024-06-28", "--end", "2024-06-03"], ["lies after"]),
        (["--symbols", "QQQ", "--start", "2030-01-02"], ["lies after"]),
        (["--symbols", "QQQ", "--start", START, "--cache-dir", "off"], ["there is no cache"]),
    ],
)
def test_a_wrong_command_line(alpaca, arguments, words):
    expect(alpaca("fetch", *arguments), 64, *words)
    assert alpaca.service.requests == [] and alpaca.files() == []


@pytest.mark.parametrize("source", ["sample", "files"])
def test_other_sources_need_no_fetching(alpaca, source):
    finished = fetch(alpaca, env={"DATA_SOURCE": source, "DATA_DIR": "."})
    expect(finished, 64, f"DATA_SOURCE={source} needs no fetching")


def test_one_symbol_that_fails_does_not_stop_the_others(alpaca, sample_market):
    folder = alpaca.folder / "bars"

    def change(rows):
        return [[*row[:2], *row[3:4], *row[2:3], *row[4:]] if row[0] == "2024-06-12T15:04:00Z" else row for row in rows]

    bars = changed_bars(sample_market, folder, change)
    for symbol in ("SPY", "IWM"):
        for timeframe in ("2Min", "1Day"):
            os.link(sample_market / f"{symbol}_{timeframe}.csv", folder / f"{symbol}_{timeframe}.csv")
    with alpaca.serving(bars) as run:
        finished = fetch(run, symbols=f"{ALL},NONE")
        assert finished.code in (65, 69)
        assert "QQQ" in finished.err and "2024-06-12T15:04:00Z" in finished.err and "is below low" in finished.err
        assert "no 2Min bars of NONE" in finished.err
        assert {tuple(line.split()[:3]) for line in finished.out.splitlines() if "failed" in line} >= {
            ("QQQ", "2Min", "failed"), ("NONE", "2Min", "failed"),
        }  # fmt: skip
        for symbol in ("SPY", "IWM"):
            assert exported(run, symbol) == source(sample_market, symbol, WARM_UP)
    with alpaca.serving() as run:
        assert fetch(run).code == 0
        assert exported(run, "QQQ") == source(sample_market, "QQQ", WARM_UP)


def test_sessions_that_are_not_over_are_told(alpaca):
    now = {"PLAYBOOK_NOW": "2024-06-28T20:10:00Z"}
    alpaca.service.set_now(now["PLAYBOOK_NOW"])
    assert fetch(alpaca, env=now).code == 0
    assert max(exported(alpaca, "QQQ", env=now))[:10] == "2024-06-27"
    assert fetch(alpaca).code == 0
    assert max(exported(alpaca, "QQQ"))[:10] == "2024-06-28"


def test_a_split_after_the_fetch_changes_no_bar(alpaca, sample_market):
    """Bars are kept as traded; the split comes with the next update."""
    day = "2024-06-20"
    folder = alpaca.folder / "bars"

    def change(rows):
        return [scaled(row, 0.5) if row[0] >= day else row for row in rows]

    bars = changed_bars(sample_market, folder, change)
    change_daily(folder, change)
    (folder / "QQQ_splits.csv").write_text(f"date,ratio\n{day},2\n")
    early = {"PLAYBOOK_NOW": "2024-06-14T23:00:00Z"}
    with alpaca.serving(bars, now=early["PLAYBOOK_NOW"]) as run:
        assert run("fetch", "--symbols", "QQQ", "--start", START, env=early).code == 0
        before = exported(run, "QQQ", env=early)
        run.service.set_now(NOW)
        finished = run("fetch", "--symbols", "QQQ", "--update")
        assert finished.code == 0, finished.err
        assert exported(run, "QQQ")[: len(before)] == before
        run.service.stop()
        finished = run.backtest()
        assert finished.code == 0, finished.err
        assert not warned(finished, "split"), "the split is in the cache"
        assert [query["end"] for query in run.queries(SPLITS)] == ["2024-06-14", str(date(2024, 7, 1))]


# The terminal


def test_progress_on_a_terminal_only(program, tmp_path, sample_bars):
    with FakeAlpaca(sample_bars, now=NOW, rate_limit=None) as service:
        run = AlpacaProgram(program, tmp_path, service)
        service.faults.add("delay", match=BARS, times=None, seconds=0.4)
        asked = ("fetch", "--symbols", ALL, "--start", "2024-04-01", "--end", END)
        finished = on_terminals(run, *asked)
        assert finished.code == 0, finished.err
        assert "2Min [" in finished.err and "sessions" in finished.err and "#" in finished.err
        assert finished.err.endswith("\r\x1b[K"), "the progress must be cleared"
        plain = run(*asked, "--cache-dir", "other")
        assert (plain.code, plain.err) == (0, "")
