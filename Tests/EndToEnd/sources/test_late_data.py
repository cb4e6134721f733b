"""Bars that come late, are cut off, are repaired later, or never come again; and the sample's rows beside real ones."""

import json
from datetime import date
from pathlib import Path
from typing import Callable, Optional

import pytest
from alpaca_support import BARS, AlpacaProgram, changed_bars, warned
from nightly_support import Nightly, added, evening
from support import Program, read_journal, without, write_whole
from writers_support import ALL, Places

FIRST, LAST = "2025-08-04", "2025-08-11"
CLOSED = "2025-08-11T21:30:00Z"
"""An hour and a half after the close of the last of these sessions."""


class Bars:
    """The file of a symbol, of which parts can be left out."""

    def __init__(self, folder: Path, symbol: str = "SPY"):
        write_whole(folder, symbol, FIRST, LAST)
        self.path = folder / f"{symbol}_2Min.csv"
        self.header, *self.lines = self.path.read_text().splitlines()

    def write(self, is_there: Callable[[str], bool] = lambda stamp: True, more: Optional[list[str]] = None) -> None:
        lines = [line for line in self.lines if is_there(line[:20])] + (more or [])
        self.path.write_text("\n".join([self.header, *lines]) + "\n")


@pytest.fixture
def bars(run: Program) -> Bars:
    return Bars(run.folder)


def asked(run: Program, *arguments: str, now: str = CLOSED, symbols: str = "SPY"):
    flags = ("--symbol", symbols, "--data-dir", run.folder, "--strategy", "timed-entry", "--output", "j.csv")
    return run("backtest", *flags, *arguments, env={"PLAYBOOK_NOW": now})


def looked(run: Program, now: str = CLOSED, symbols: str = "SPY"):
    return run(
        "status", "--symbol", symbols, "--strategy", "timed-entry", "--output", "j.csv", env={"PLAYBOOK_NOW": now})


def rows(run: Program) -> list[dict[str, str]]:
    return read_journal(run.folder / "j.csv")


def whole(run: Program, bars: Bars) -> list[dict[str, str]]:
    """The rows of one run over all bars."""
    bars.write()
    assert asked(run, "--start", FIRST, "--end", LAST).code == 0
    found = without(rows(run), "run_id")
    (run.folder / "j.csv").unlink()
    return found


def test_sessions_without_bars_are_filled_in_later(run: Program, bars: Bars):
    expected = whole(run, bars)
    gone = {"2025-08-07", "2025-08-08"}
    bars.write(lambda stamp: stamp[:10] not in gone)
    finished = asked(run, "--catch-up", "--start", FIRST)
    assert finished.code == 0
    assert warned(finished, "2 sessions with under 95%", "2025-08-07 has 0 of 195 bars")
    assert {row["trade_date"] for row in rows(run) if row["no_trade"] == "no-bars"} == gone
    table = looked(run)
    assert table.code == 1 and "sessions lack bars" in table.out.splitlines()[0]
    assert "SPY: bars missing  2025-08-07 has none, 2025-08-08 has none" in table.out
    document = json.loads(
        run("status", "--symbol", "SPY", "--strategy", "timed-entry", "--output", "j.csv", "--format", "json",
            env={"PLAYBOOK_NOW": CLOSED}).out)  # fmt: skip
    (series,) = document["journals"][0]["series"]
    assert series["short"] == [{"date": day, "completeness": 0} for day in sorted(gone)] and series["missing"] == []
    verified = run("journal", "verify", "--output", "j.csv", env={"PLAYBOOK_NOW": CLOSED})
    assert verified.code == 65 and "bars are missing that may still come: 2025-08-07 has none" in verified.out
    # Nothing has come: nothing is written.
    before = (run.folder / "j.csv").read_bytes()
    finished = asked(run, "--catch-up", now="2025-08-12T01:30:00Z")
    assert finished.code == 0 and finished.out == "every session through 2025-08-11 has its row\n"
    assert warned(finished, "bars of 2025-08-07, 2025-08-08 are still missing")
    assert (run.folder / "j.csv").read_bytes() == before
    bars.write()
    assert asked(run, "--catch-up", now="2025-08-12T01:30:00Z").code == 0
    assert without(rows(run), "run_id") == expected
    assert looked(run).code == 0
    assert run("journal", "verify", "--output", "j.csv", env={"PLAYBOOK_NOW": CLOSED}).code == 0


@pytest.mark.parametrize("dates", [("--today",), ("--catch-up",), ("--start", FIRST, "--end", LAST)])
def test_a_session_cut_off_has_no_row_for_four_hours(run: Program, bars: Bars, dates):
    """The others' rows are written, and so are those of the other symbols."""
    other = Bars(run.folder, "IWM")
    other.write()
    expected = whole(run, bars)
    bars.write(lambda stamp: stamp < "2025-08-11T19:02")
    finished = asked(run, *dates, symbols="SPY,IWM")
    assert finished.code == 75 and "SPY: the session of 2025-08-11 is not all there yet, its last bar is 15:00" in finished.err
    assert "from 20:00 on" in finished.err
    assert ("2025-08-11", "IWM") in {(row["trade_date"], row["symbol"]) for row in rows(run)}
    assert ("2025-08-11", "SPY") not in {(row["trade_date"], row["symbol"]) for row in rows(run)}
    assert asked(run, *dates, now="2025-08-11T23:59:59Z", symbols="SPY,IWM").code == 75
    finished = asked(run, *dates, now="2025-08-12T00:00:00Z", symbols="SPY,IWM")
    assert finished.code == 0, finished.err
    (row,) = [row for row in rows(run) if (row["trade_date"], row["symbol"]) == ("2025-08-11", "SPY")]
    assert row["completeness"] == "0.8513"
    table = looked(run, "2025-08-12T00:00:00Z")
    assert table.code == 1 and "SPY: bars missing  2025-08-11 has 85.1%" in table.out
    bars.write()
    assert asked(run, "--catch-up", now="2025-08-12T01:00:00Z", symbols="SPY,IWM").code == 0
    found = [row for row in without(rows(run), "run_id") if row["symbol"] == "SPY"]
    assert found == [row for row in expected if row["trade_date"] in {row["trade_date"] for row in found}]
    assert looked(run, "2025-08-12T01:00:00Z").code == 0


def test_a_file_of_the_morning(run: Program, bars: Bars):
    """It has bars of today before the open only: that is no session's, at either end."""
    early = [f"2025-08-{day}T{time}:00Z,10,10,10,10,1" for day, time in (("11", "08:00"), ("11", "13:28"))]
    bars.write(lambda stamp: "2025-08-06" <= stamp < "2025-08-11", more=early)
    first = "2025-08-05T12:00:00Z,10,10,10,10,1"
    bars.path.write_text(bars.path.read_text().replace(bars.header, f"{bars.header}\n{first}"))
    finished = asked(run, "--today")
    assert finished.code == 75 and "SPY: the session of 2025-08-11 has no bar yet: no row is written" in finished.err
    assert not (run.folder / "j.csv").exists()
    finished = asked(run, "--start", "2025-08-01", "--end", LAST, now="2025-08-12T12:00:00Z")
    assert finished.code == 0
    assert [row["trade_date"] for row in rows(run)] == ["2025-08-06", "2025-08-07", "2025-08-08"]
    assert warned(finished, "4 of 7 sessions have no row: the data covers only 2025-08-06 through 2025-08-08")
    check = run("data", "check", "--symbol", "SPY", "--data-dir", run.folder, env={"PLAYBOOK_NOW": CLOSED})
    assert check.code == 0 and "2025-08-06 through 2025-08-08" in check.out, check.out


def test_data_that_ends_is_a_failure_once(run: Program, bars: Bars):
    bars.write()
    write_whole(run.folder, "TWTR", FIRST, "2025-08-05")
    assert asked(run, "--start", FIRST, "--end", LAST, symbols="SPY,TWTR").code == 0
    first = asked(run, "--catch-up", symbols="SPY,TWTR")
    assert first.code == 69 and "The data ends on 2025-08-05: if TWTR was delisted" in first.err
    before = (run.folder / "j.csv").read_bytes()
    for dates in ("--catch-up", "--today"):
        again = asked(run, dates, symbols="SPY,TWTR")
        assert again.code == 0 and warned(again, "TWTR: no bars since 2025-08-05.", "take it out of SYMBOLS")
    assert (run.folder / "j.csv").read_bytes() == before
    table = looked(run, symbols="SPY,TWTR")
    assert table.code == 0 and "TWTR: data ended  2025-08-05" in table.out and "no row" not in table.out
    ending = ("--end", LAST, "--symbol", "SPY,TWTR")
    verified = run("journal", "verify", "--output", "j.csv", *ending, env={"PLAYBOOK_NOW": CLOSED})
    assert verified.code == 0 and "the data ends on: 2025-08-05" in verified.out


def test_that_data_ended_is_known_to_every_writer(places: Places):
    folder = places.folder / "own"
    folder.mkdir()
    write_whole(folder, "SPY", FIRST, LAST)
    write_whole(folder, "TWTR", FIRST, "2025-08-05")
    flags = ("--symbol", "SPY,TWTR", "--strategy", "timed-entry")
    places.settings |= {"DATA_SOURCE": "files", "DATA_DIR": str(folder)}
    for writer in ALL.split(","):
        def run(*arguments: str):
            return places("backtest", *flags, *arguments, "--writer", writer, env={"PLAYBOOK_NOW": CLOSED})

        assert run("--start", FIRST, "--end", LAST).code == 0
        held = places.rows(writer)
        assert [run("--catch-up").code for _ in range(3)] == [69, 0, 0], writer
        assert places.rows(writer) == held, "what is kept beside the journal is no part of it"
        status = places(
            "status", "--symbol", "SPY,TWTR", "--strategy", "timed-entry", "--writer", writer,
            env={"PLAYBOOK_NOW": CLOSED})  # fmt: skip
        assert status.code == 0 and "TWTR: data ended" in status.out, writer
        assert places("journal", "verify", "--writer", writer, env={"PLAYBOOK_NOW": CLOSED}).code == 0


# Alpaca and its cache


def cut(rows):
    return [row for row in rows if not f"{DAY}T19:00" <= row[0] < f"{DAY}T20:00"]


def hole(rows):
    return [row for row in rows if not f"{DAY}T15:00" <= row[0] < f"{DAY}T15:10"]


def empty(rows):
    return [row for row in rows if row[0][:10] != str(DAY)]


DAY = date(2024, 6, 12)


@pytest.mark.parametrize("change", [cut, hole, empty])
def test_bars_that_alpaca_repairs(alpaca: AlpacaProgram, sample_market, sample_rows, change):
    """Neither the cache nor what it took for final stands in the way, for ten sessions."""
    bars = changed_bars(sample_market, alpaca.folder / "bars", change)
    flags = ("backtest", "--symbol", "QQQ", "--catch-up", "--output", alpaca.journal)
    with alpaca.serving(bars) as run:
        # Days after: long after the four hours, and after the cache took short sessions for final once.
        for now in ("2024-06-17T23:00:00Z", "2024-06-18T23:00:00Z"):
            run.service.set_now(now)
            finished = run(*flags, "--start", "2024-06-10", env={"PLAYBOOK_NOW": now})
            assert finished.code == 0, finished.err
        before = run.rows()
        (row,) = [row for row in before if row["trade_date"] == str(DAY)]
        assert row["completeness"] in ("0", "0.8462", "0.9744")
        assert (row["no_trade"] == "no-bars") == (change is empty)
    with alpaca.serving() as run:
        run.service.set_now("2024-06-20T23:00:00Z")
        finished = run(*flags, env={"PLAYBOOK_NOW": "2024-06-20T23:00:00Z"})
        assert finished.code == 0, finished.err
        expected = [row for row in sample_rows("QQQ", "2024-06-10", "2024-06-20")]
        assert run.rows() == expected
        run.service.clear()
        finished = run(*flags, env={"PLAYBOOK_NOW": "2024-06-20T23:00:00Z"})
        assert finished.code == 0 and run.service.count(BARS) == 0, "what is whole is kept"


def test_bars_are_not_asked_for_for_ever(alpaca: AlpacaProgram, sample_market):
    bars = changed_bars(sample_market, alpaca.folder / "bars", cut)
    flags = ("backtest", "--symbol", "QQQ", "--catch-up", "--output", alpaca.journal)
    # The tenth session after it is that of the 27th: the 19th was a holiday.
    with alpaca.serving(bars) as run:
        for now, isAsked in (("2024-06-27T23:00:00Z", True), ("2024-06-28T23:00:00Z", False)):
            run.service.set_now(now)
            finished = run(*flags, "--start", "2024-06-10", env={"PLAYBOOK_NOW": now})
            assert finished.code == 0, finished.err
            run.service.clear()
            finished = run(*flags, env={"PLAYBOOK_NOW": now})
            assert finished.code == 0 and (run.service.count(BARS) > 0) == isAsked
            status = run("status", "--symbol", "QQQ", "--output", alpaca.journal, env={"PLAYBOOK_NOW": now})
            assert (status.code == 1 and "QQQ: bars missing  2024-06-12" in status.out) == isAsked, status.out


# The sample


def test_the_sample_has_a_journal_of_its_own(run: Program):
    asked = ("backtest", "--symbol", "QQQ", "--start", "2025-01-02", "--end", "2025-01-10")
    finished = run.succeed(*asked, "--source", "sample")
    assert "Journal: ./output/sample-trades.csv (6 added" in finished.out
    assert not (run.folder / "output" / "trades.csv").exists()
    # Without the source nothing tells that it is meant, but the way to it.
    for command in (("journal", "stats"), ("journal", "show"), ("status", "--symbol", "QQQ")):
        assert "./output/sample-trades.csv: name it with --output, or set DATA_SOURCE=sample" in run(*command).out
    run.succeed(*asked, env={"DATA_SOURCE": "sample", "OUTPUT_DIR": "elsewhere"})
    assert len(read_journal(run.folder / "elsewhere" / "sample-trades.csv")) == 6
    run.succeed(*asked, "--source", "sample", "--output", "mine.csv")
    assert len(read_journal(run.folder / "mine.csv")) == 6
    env = {"DATA_SOURCE": "sample", "PLAYBOOK_NOW": "2025-01-10T23:00:00Z"}
    assert run("status", env=env).code == 0
    assert run("journal", "verify", env=env).code == 0
    assert "SYNTHETIC DATA" in run.succeed("journal", "stats", env=env).out
    # Looked at by itself it is a journal like any other.
    status = run("status", "--output", "mine.csv", env={"PLAYBOOK_NOW": "2025-01-10T23:00:00Z"})
    assert status.code == 0 and "in 6 sessions" in status.out


def test_rows_of_the_sample_are_no_rows_of_a_real_source(night: Nightly):
    """They do not count as done, nor in statistics, and real rows take their place."""
    now = evening("2025-02-06")
    sample = ("backtest", "--start", "2025-02-03", "--end", "2025-02-06", "--source", "sample", "--output", night.journal)
    night.succeed(*sample, env={"DATA_DIR": None, "PLAYBOOK_NOW": now})
    assert {row["data_source"] for row in read_journal(night.journal)} == {"sample"}
    table = night("status", env={"PLAYBOOK_NOW": now})
    assert table.code == 1 and "AA: no row 2025-02-06" in " ".join(table.out.split())
    assert "0 trades in 0 sessions" in table.out and "8, of synthetic bars" in table.out
    code, document = night.status(now)
    assert code == 1 and document["journals"][0]["synthetic_rows_left_out"] == 8
    assert added_or_replaced(night.catch_up(now)) == 2
    verified = night("journal", "verify", env={"PLAYBOOK_NOW": now})
    assert verified.code == 65 and "synthetic rows among real ones: 2025-02-03, 2025-02-04, 2025-02-05" in verified.out
    assert added_or_replaced(night.catch_up(now, "--start", "2025-02-03")) == 2 * 3
    assert {row["data_source"] for row in read_journal(night.journal)} == {"files"}
    assert added(night.catch_up(now)) == 0
    code, document = night.status(now)
    assert code == 0 and document["journals"][0]["synthetic_rows_left_out"] == 0
    assert night("journal", "verify", env={"PLAYBOOK_NOW": now}).code == 0


@pytest.fixture
def night(program, tmp_path) -> Nightly:
    return Nightly(program, tmp_path, "AA", "BB")


def added_or_replaced(finished) -> int:
    assert finished.code == 0, finished.err
    (receipt,) = json.loads(finished.out)["receipts"]
    return receipt["added"] + receipt["replaced"]
