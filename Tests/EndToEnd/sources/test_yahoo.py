"""Yahoo, by a fake of its chart service."""

import csv
from datetime import date
from fractions import Fraction

import pytest
from alpaca_support import expect, warned
from fake_yahoo import FakeYahoo
from keyless_support import KeylessProgram
from trust import TRUST, tries

NOW = "2025-03-10T22:00:00Z"
PATIENT = pytest.mark.skipif(not TRUST, reason="requests are two seconds apart: in make trust")
SPLIT = date(2025, 3, 3)


@pytest.fixture
def yahoo():
    with FakeYahoo(now=NOW, symbols={"QQQ": [], "BRK-B": [(SPLIT, Fraction(4))]}) as service:
        yield service


@pytest.fixture
def run(program, tmp_path, yahoo) -> KeylessProgram:
    return KeylessProgram(program, tmp_path, NOW, yahoo=yahoo)


def journal(run: KeylessProgram) -> list[dict[str, str]]:
    return list(csv.DictReader((run.folder / "output/trades.csv").read_text().splitlines()))


def test_the_last_weeks(run, yahoo):
    """The sessions of 30 days, but for those whose warm-up is not given any more."""
    finished = run.succeed("backtest", "--source", "yahoo", "--symbol", "QQQ", "--days", "30")
    dates = [row["trade_date"] for row in journal(run)]
    # 29 days and 23 hours before NOW is 2025-02-08T23:00Z: 2025-02-10 is the first session, 2025-02-18 the sixth.
    assert (dates[0], dates[-1], len(dates)) == ("2025-02-18", "2025-03-10", 15)
    assert warned(finished, "QQQ: 5 sessions, 2025-02-10 to 2025-02-14, are left out", "2025-02-18 is the first")
    assert {row["completeness"] for row in journal(run)} == {"1"}
    assert {row["data_source"] for row in journal(run)} == {"yahoo"}
    assert all(row["sma200_daily_at_open"] for row in journal(run))
    minutes = [request for request in yahoo.requests if request["query"]["interval"] == "1m"]
    assert len(minutes) == 4 and len(yahoo.requests) == 5
    assert all(earlier["time"] <= later["time"] for earlier, later in zip(yahoo.requests, yahoo.requests[1:]))


@PATIENT
def test_a_row_does_not_depend_on_the_day_of_the_fetch(run, yahoo):
    run.succeed("backtest", "--source", "yahoo", "--symbol", "QQQ", "--days", "30")
    early = journal(run)
    for number, now in enumerate(("2025-03-18T22:00:00Z", "2025-03-21T12:00:00Z")):
        yahoo.set_now(now)
        run.now = now
        # Without the cache, and so from what is given on that day.
        finished = run.succeed(
            "backtest", "--source", "yahoo", "--symbol", "QQQ", "--days", "30", "--cache-dir", f"cache-{number}",
        )  # fmt: skip
        assert "0 replaced" in finished.out
    rows = {row["trade_date"]: row for row in journal(run)}
    assert all(rows[row["trade_date"]] == row for row in early)
    assert len(rows) > len(early)


def test_what_is_kept_outlasts_what_is_given(run, yahoo):
    run.succeed("fetch", "--source", "yahoo", "--symbol", "QQQ", "--start", "2025-02-18")
    run.now = "2025-03-31T22:00:00Z"
    yahoo.set_now(run.now)
    finished = run.succeed("backtest", "--source", "yahoo", "--symbol", "QQQ", "--start", "2025-02-18", "--end", "2025-03-31")
    assert not warned(finished, "left out")
    assert len(journal(run)) == 30


def test_sessions_that_are_gone(run, yahoo):
    finished = run("backtest", "--source", "yahoo", "--symbol", "QQQ", "--start", "2025-01-06", "--end", "2025-01-10")
    expect(finished, 69, "yahoo gives no 1Min bars of QQQ any more from before 2025-02-10")
    assert not [request for request in yahoo.requests if request["query"]["interval"] == "1m"]
    assert not (run.folder / "output/trades.csv").exists()


@PATIENT
def test_prices_are_as_traded(run, yahoo):
    """Rows before a split are the same whether they were fetched before it or after it."""
    before = "2025-02-28T22:00:00Z"
    yahoo.set_now(before)
    run.now = before
    asked = ("--source", "yahoo", "--symbol", "BRK.B", "--start", "2025-02-20", "--end", "2025-02-28")
    run.succeed("backtest", *asked, "--output", "before.csv")
    yahoo.set_now(NOW)
    run.now = NOW
    run.succeed("backtest", *asked, "--output", "after.csv", "--cache-dir", "other")
    one, other = ((run.folder / name).read_text() for name in ("before.csv", "after.csv"))

    def rows(text: str) -> list[dict[str, str]]:
        return [{k: v for k, v in row.items() if k != "run_id"} for row in csv.DictReader(text.splitlines())]

    assert rows(one) == rows(other)
    assert len(rows(one)) == 7
    finished = run.succeed("backtest", "--source", "yahoo", "--symbol", "BRK.B", "--start", "2025-02-20", "--end", "2025-03-10")
    assert not warned(finished, "split")


def test_rows_without_prices(run, yahoo):
    from made_bars import moment

    first = int(moment("2025-03-07T14:30:00Z"))
    yahoo.nulls = {first + 60 * number: "all" for number in range(100, 130)} | {first + 60 * 140: "open"}
    finished = run.succeed("backtest", "--source", "yahoo", "--symbol", "QQQ", "--start", "2025-03-06", "--end", "2025-03-07")
    assert [row["completeness"] for row in journal(run)] == ["1", "0.9231"]
    assert warned(finished, "none from 11:10 to 11:40")


def test_today_in_the_session_and_after(run, yahoo):
    run.now = "2025-03-10T15:00:30Z"
    yahoo.set_now(run.now)
    finished = run("backtest", "--source", "yahoo", "--symbol", "QQQ", "--today")
    assert finished.code == 75
    run.succeed("backtest", "--source", "yahoo", "--symbol", "QQQ", "--days", "4")
    assert [row["trade_date"] for row in journal(run)] == ["2025-03-07"]
    run.now = "2025-03-10T20:30:00Z"
    yahoo.set_now(run.now)
    run.succeed("backtest", "--source", "yahoo", "--symbol", "QQQ", "--today")
    assert [row["completeness"] for row in journal(run)] == ["1", "1"]


def test_a_refusal_is_kept(run, yahoo):
    yahoo.faults.add("429", times=None)
    asked = ("backtest", "--source", "yahoo", "--symbol", "QQQ,BRK.B", "--days", "5")
    finished = run(*asked)
    assert finished.code == 75 and "answered 429" in finished.err
    sent = len(yahoo.requests)
    assert sent <= 2
    assert run(*asked).code == 75
    assert len(yahoo.requests) == sent


@pytest.mark.parametrize(
    ("meta", "code", "words"),
    [
        ({"symbol": "QQQM"}, 65, "sent bars of 'QQQM'"),
        ({"exchangeTimezoneName": "Europe/Paris"}, 65, "not of New York"),
        ({"dataGranularity": "5m"}, 65, "and sent '5m'"),
    ][: tries(1, 3)],
)
def test_an_answer_to_another_question(run, yahoo, meta, code, words):
    yahoo.meta = meta
    finished = run("backtest", "--source", "yahoo", "--symbol", "QQQ", "--days", "5")
    expect(finished, code, words)
    assert run.files == []


def test_an_unknown_symbol(run):
    finished = run("backtest", "--source", "yahoo", "--symbol", "NONE", "--days", "5")
    expect(finished, 69, "No data found, symbol may be delisted")
