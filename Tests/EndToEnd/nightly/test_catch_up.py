"""`backtest --catch-up` adds the rows of the sessions that have none, and no others."""

import random
import subprocess
import time

import pytest
from alpaca_support import AlpacaProgram, cut
from nightly_support import FIRST, Nightly, added, evening, rewrite, sessions
from support import Program, read_journal, without, write_whole
from writers_support import ALL, Places, failed, key_of, text_of


@pytest.fixture
def night(program, tmp_path) -> Nightly:
    return Nightly(program, tmp_path, "AA", "BB")


def test_without_rows_only_the_last_session_over(night: Nightly):
    """At the close it is over, a second before not; on a weekend, Friday's is the last."""
    for now, day in [
        ("2025-02-07T20:59:59Z", "2025-02-06"),
        ("2025-02-07T21:00:00Z", "2025-02-07"),
        ("2025-02-09T12:00:00Z", "2025-02-07"),
        ("2025-02-17T23:00:00Z", "2025-02-14"),
    ]:
        night.journal.unlink(missing_ok=True)
        assert night.written(now) == 2
        assert night.held == {(day, "AA"), (day, "BB")}


def test_every_session_since_the_last_row(night: Nightly):
    night.written(evening("2025-01-08"))
    first = night.journal.read_text()
    # The day after is no session, nor are the weekends and the holiday.
    assert night.written(evening("2025-01-09")) == 0
    assert night.journal.read_text() == first
    assert night.written("2025-01-22T12:00:00Z") == 2 * 7
    days = sessions("2025-01-08", "2025-01-21")
    assert len(days) == 8 and night.held == {(day, symbol) for day in days for symbol in night.symbols}
    assert set(first.splitlines()) <= set(night.journal.read_text().splitlines()), "rows before stay, run_id too"


def test_from_a_date(night: Nightly):
    """It reaches before the first row; rows before it do not count, nor holes."""
    night.written(evening("2025-02-05"))
    assert night.written(evening("2025-02-06"), "--start", "2025-02-03") == 2 * 3
    assert night.held == {(day, name) for day in sessions("2025-02-03", "2025-02-06") for name in night.symbols}
    rewrite(night.journal, [row for row in read_journal(night.journal) if row["trade_date"] != "2025-02-04"])
    assert night.written(evening("2025-02-06"), "--start", "2025-02-05") == 0
    assert night.written(evening("2025-02-06"), "--start", "2025-02-07") == 0, "nothing is over from there on"
    assert night.written(evening("2025-02-06")) == 2


def test_symbols_have_holes_of_their_own(night: Nightly):
    """A symbol without any row gets the last session; with a date it gets all."""
    night.written(evening("2025-01-31"), env={"SYMBOLS": "AA"})
    night.written(evening("2025-02-05"), env={"SYMBOLS": "AA"})
    assert night.written(evening("2025-02-05")) == 1
    assert {day for day, symbol in night.held if symbol == "BB"} == {"2025-02-05"}
    assert night.written(evening("2025-02-05"), "--start", "2025-01-31") == 3
    assert night.written(evening("2025-02-05"), "--start", "2025-01-31") == 0


def test_rows_of_other_playbooks_and_parameters_do_not_count(night: Nightly):
    """Nor are they touched."""
    now = evening("2025-02-06")
    other = ("--param", "stop-atr=2")
    assert night.written(now, "--start", "2025-02-03", *other) == 2 * 4
    rows = read_journal(night.journal)
    rewrite(night.journal, [*rows, *(row | {"strategy": "other", "params_id": "p000000000000"} for row in rows)])
    before = read_journal(night.journal)
    assert night.written(now) == 2, "as in an empty journal"
    assert night.written(now, *other) == 0
    after = read_journal(night.journal)
    assert len(after) == len(before) + 2 and all(row in after for row in before)
    rewrite(night.journal, [row for row in after if row["trade_date"] != "2025-02-04" or row["strategy"] == "other"])
    assert night.written(now, *other) == 2
    assert night.written(now) == 0, "its first row is the last session's"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--catch-up", "--end", "2025-02-06"),
        ("--catch-up", "--start", "2025-02-03", "--end", "2025-02-06"),
        ("--catch-up", "--today"),
        ("--catch-up", "--date", "2025-02-06"),
        ("--catch-up", "--start", "1997-12-31"),
    ],
)
def test_dates_that_do_not_go_with_it(night: Nightly, arguments):
    finished = night("backtest", *arguments, env={"PLAYBOOK_NOW": evening("2025-02-06")})
    assert finished.code == 64 and finished.out == "" and not night.journal.exists(), finished.err


def test_dry_run_writes_nothing(night: Nightly):
    finished = night.catch_up(evening("2025-02-06"), "--dry-run")
    assert finished.code == 0 and not night.journal.exists(), finished.err


def test_data_that_is_not_there_yet(program, tmp_path):
    """The sessions before are written, and the run ends with 75; the next one completes them."""
    night = Nightly(program, tmp_path, "AA", "BB", last="2025-02-04")
    night.written(evening("2025-01-31"))
    finished = night.catch_up(evening("2025-02-06"))
    failed(finished, 75, "AA", "BB", "again", errors=2)
    assert max(day for day, _ in night.held) == "2025-02-04" and len(night.held) == 2 * 3
    for symbol in night.symbols:
        write_whole(night.bars, symbol, FIRST, "2025-02-06")
    assert night.written(evening("2025-02-06")) == 2 * 2
    assert len(night.held) == 2 * 5


def test_a_session_that_the_service_has_only_half_of(alpaca: AlpacaProgram, sample_rows):
    """Bars that were fetched too early are fetched again, not taken for the whole day."""
    symbols = {"SYMBOLS": "QQQ,SPY"}
    asked = ("backtest", "--catch-up", "--output", alpaca.journal)
    alpaca.succeed(*asked, "--start", "2024-06-14", env=symbols | {"PLAYBOOK_NOW": evening("2024-06-17")})
    alpaca.service.set_now("2024-06-20T15:00:00Z")
    early = alpaca(*asked, env=symbols | {"PLAYBOOK_NOW": "2024-06-20T20:00:05Z"})
    assert early.code == 75, early.err
    expected = [*sample_rows("QQQ", "2024-06-14", "2024-06-20"), *sample_rows("SPY", "2024-06-14", "2024-06-20")]
    expected.sort(key=key_of)
    assert alpaca.rows() == cut(expected, "2024-06-18"), "the 19th is a holiday"
    alpaca.service.set_now("2024-06-20T20:20:00Z")
    alpaca.succeed(*asked, env=symbols | {"PLAYBOOK_NOW": "2024-06-20T20:20:00Z"})
    assert alpaca.rows() == expected


def test_holes_in_several_journals(places: Places):
    """
    What one of them lacks is run, and all of them have it afterwards: the rows of an undisturbed run, and those that
    were there keep the run that wrote them.
    """
    first, last, now = "2024-12-20", "2025-01-10", "2025-01-11T12:00:00Z"
    asked = ("--symbol", "IWM", "--param", "trend-period=20")
    env = {"PLAYBOOK_NOW": now}
    places.succeed("backtest", *asked, "--start", first, "--end", last, "--writer", ALL, env=env)
    whole = {writer: places.rows(writer) for writer in ALL.split(",")}
    assert any(row["entered"] == "true" for row in whole["csv"])

    csv_gone = {"2024-12-27", "2025-01-10"}
    rewrite(places.csv, [row for row in whole["csv"] if row["trade_date"] not in csv_gone])
    year = "output/trades/dp20/IWM/2025.csv"
    kept = [row for row in whole["gcs"] if row["trade_date"].startswith("2025") and row["trade_date"] > "2025-01-03"]
    places.storage.put(places.name, year, text_of(kept).encode(), contentType="text/csv")
    places.mongo.empty(places.namespace)

    places.succeed("backtest", *asked, "--catch-up", "--writer", ALL, env=env)
    for writer, rows in whole.items():
        found = places.rows(writer)
        assert without(found, "run_id") == without(rows, "run_id"), writer
    runs = {row["trade_date"]: row["run_id"] for row in places.rows("csv")}
    old = whole["csv"][0]["run_id"]
    assert {day for day, name in runs.items() if name != old} == csv_gone
    assert added(places("backtest", *asked, "--catch-up", "--writer", ALL, "--format", "json", env=env)) == 0


def test_rows_of_one_journal_do_not_hide_holes_of_another(places: Places):
    """Each journal is looked at on its own: the file has the last row, the database the first."""
    env = {"PLAYBOOK_NOW": "2025-01-11T12:00:00Z"}
    places.succeed("backtest", "--symbol", "QQQ", "--date", "2025-01-10", "--writer", "csv", env=env)
    places.succeed("backtest", "--symbol", "QQQ", "--date", "2025-01-07", "--writer", "mongodb", env=env)
    places.succeed("backtest", "--symbol", "QQQ", "--catch-up", "--writer", "csv,mongodb", env=env)
    for writer in ("csv", "mongodb"):
        days = [row["trade_date"] for row in places.rows(writer)]
        assert days == ["2025-01-07", "2025-01-08", "2025-01-10"], writer


def test_killed_and_run_again(run: Program, measured: list[str]):
    """Runs killed at any instant leave the journal as it was or complete, and the next one completes it."""
    asked = ("backtest", "--catch-up", "--symbol", "IWM,SPY", "--source", "sample", "--start", "2025-01-02")
    env = {"PLAYBOOK_NOW": "2025-01-14T12:00:00Z"}
    run.succeed(*asked, "--output", "whole.csv", env=env)
    whole = without(read_journal(run.folder / "whole.csv"), "run_id")
    assert len(whole) == 2 * 7
    journal = run.folder / "j.csv"
    journal.write_bytes((run.folder / "whole.csv").read_bytes())
    chance, kills, runs, life = random.Random(5), 0, 0, 1.0
    while kills < 5:
        runs += 1
        assert runs < 50
        rewrite(journal, [row for row in read_journal(journal) if chance.random() < 0.6])
        before = without(read_journal(journal), "run_id")
        begin = time.monotonic()
        process = run.start(*asked, "--output", journal, env=env)
        try:
            process.communicate(timeout=chance.uniform(0.3, 1.1) * life)
            # How long a run takes now.
            life = time.monotonic() - begin
            assert process.returncode == 0
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            kills += process.returncode == -9
        assert without(read_journal(journal), "run_id") in (before, whole)
    measured.append(f"catch-up: {kills} of {runs} runs were killed")
    run.succeed(*asked, "--output", journal, env=env)
    assert without(read_journal(journal), "run_id") == whole
