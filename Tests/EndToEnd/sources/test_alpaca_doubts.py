"""What is doubtful about Alpaca's bars or its calendar is told, and stops a run only when that is asked for."""

import json
from datetime import date, time

import pytest
from alpaca_support import BARS, CALENDAR, DAILY, START, TWO_MINUTES, changed_bars, expect, scaled, warned
from fake_bars import BarTable

DAY = date(2024, 6, 12)


# The calendar


@pytest.mark.parametrize(
    ("day", "hours", "theirs", "ours"),
    [
        (DAY, None, "Alpaca's has no session", "a session 09:30-16:00"),
        (DAY, (time(9, 30), time(13)), "Alpaca's has a session 09:30-13:00", "a session 09:30-16:00"),
        (date(2024, 6, 15), (time(9, 30), time(16)), "Alpaca's has a session 09:30-16:00", "no session"),
    ],
    ids=["closed", "shorter", "a Saturday"],
)
def test_a_calendar_that_differs(alpaca, sample_rows, day, hours, theirs, ours):
    """The day is named, its bars are used by the built-in calendar, and they are not kept."""
    with alpaca.serving(calendar_overrides={day: hours}) as run:
        finished = run.backtest()
        assert finished.code == 0, finished.err
        assert run.rows() == sample_rows()
        assert warned(finished, f"calendars differ on {day}", theirs, ours)
        run.service.clear()
        run.backtest()
        queries = run.queries(BARS)
        if day.weekday() > 4:
            assert queries == []
            return
        assert {query["timeframe"] for query in queries} == {"2Min", "1Day"}
        for query in queries:
            assert (query["start"][:10], query["end"][:10]) == (str(day), str(day)), "only that day is asked for again"
    with alpaca.serving() as run:
        finished = run.backtest()
        assert (finished.code, finished.err) == (0, "")
        assert run.service.count(BARS) == 2
        run.service.clear()
        assert run.backtest().code == 0
        assert run.service.requests == [], "once the calendars agree the day is kept"


@pytest.mark.parametrize("kind", ["down", "html", "status", "redirect"])
def test_without_the_calendar_a_run_goes_on(alpaca, sample_rows, kind):
    env = {}
    if kind == "down":
        env["ALPACA_TRADING_URL"] = "http://127.0.0.1:1"
    else:
        alpaca.service.faults.add(kind, match=CALENDAR, times=None)
    finished = alpaca.backtest(env=env)
    assert finished.code == 0, finished.err
    assert alpaca.rows() == sample_rows()
    assert warned(finished, "the calendar could not be compared with Alpaca's")
    alpaca.service.clear()
    finished = alpaca.backtest(env=env)
    assert (finished.code, finished.err) == (0, "")
    assert alpaca.service.requests == []


# Bars


def gap(rows):
    """Eighteen minutes without bars: the session is complete enough to trade."""
    return [row for row in rows if not f"{DAY}T15:00" <= row[0] < f"{DAY}T15:18"]


def jump(rows):
    return [scaled(row, 1.25) if f"{DAY}T17:30" <= row[0] < f"{DAY}T20:00" else row for row in rows]


def incomplete(rows):
    return [row for row in rows if not f"{DAY}T15:00" <= row[0] < f"{DAY}T16:00"]


def empty(rows):
    return [row for row in rows if not row[0].startswith(str(DAY))]


def still(rows):
    return [[*row[:5], "0"] if row[0].startswith(f"{DAY}T15:04") else row for row in rows]


DOUBTS = {
    gap: ("1 session with a gap of 15 minutes or more", "2024-06-12, none from 11:00 to 11:18"),
    jump: ("1 session with a jump of 20% or more", "2024-06-12 at 13:30"),
    incomplete: ("1 session with under 95%", "2024-06-12 has 165 of 195 bars, none from 11:00 to 12:00"),
    empty: ("1 session with under 95%", "2024-06-12 has 0 of 195 bars"),
    still: ("1 session whose price moves on no volume", "2024-06-12 at 11:04"),
}


@pytest.mark.parametrize("change", DOUBTS, ids=lambda change: change.__name__)
def test_doubtful_bars(alpaca, sample_market, sample_rows, change):
    """A warning names day and time; the number of warnings is in the summary, they themselves in the JSON."""
    with alpaca.serving(changed_bars(sample_market, alpaca.folder / "bars", change)) as run:
        finished = run.backtest()
        assert finished.code == 0, finished.err
        assert warned(finished, "QQQ", *DOUBTS[change]), finished.err
        count = finished.err.count("warning: ")
        assert f"Warnings: {count}\n" in finished.out
        rows = run.rows()
        other = [row for row in rows if row["trade_date"] < str(DAY)]
        undoubted = sample_rows()
        assert other == [row for row in undoubted if row["trade_date"] < str(DAY)]
        (row,) = [row for row in rows if row["trade_date"] == str(DAY)]
        if change in (gap, incomplete):
            # What is missing from 11:00 on was not known when the window ended.
            (whole,) = [row for row in undoubted if row["trade_date"] == str(DAY)]
            for name in ("trend_valid", "first_close_below_time", "reversal_candle_time", "entered", "entry_price", "no_trade"):
                assert row[name] == whole[name]
        assert (row["notes"] == "no bars") == (row["no_trade"] == "no-bars") == (change == empty)
        assert (float(row["completeness"]) < 0.95) == (change in (incomplete, empty))
        # The same from the cache.
        again = run.backtest("--format", "json")
        assert again.err == finished.err
        document = json.loads(again.out)
        assert [f"warning: {text}" for text in document["warnings"]] == finished.err.splitlines()
        assert run.rows() == rows
        assert set(document["traffic"]) == {
            "sessions_from_cache", "sessions_fetched", "cache_bytes_read", "cache_bytes_written", "files_set_aside",
            "requests", "retries", "bytes_received",
        }  # fmt: skip


def test_without_doubts_there_is_no_word_of_them(alpaca):
    finished = alpaca.backtest()
    assert (finished.code, finished.err) == (0, "") and "Warnings" not in finished.out


@pytest.mark.parametrize("change", [gap, jump, empty], ids=lambda change: change.__name__)
def test_strict_refuses_doubtful_bars(alpaca, sample_market, change):
    strict = {"DATA_STRICT": "true"}
    with alpaca.serving(changed_bars(sample_market, alpaca.folder / "bars", change)) as run:
        # The first doubt is told: a jump that lasts shows in the daily close too.
        first = "2024-06-12, 107.09 beside" if change == jump else DOUBTS[change][1]
        expect(run.backtest(env=strict), 65, "DATA_STRICT", "QQQ", first, "unset DATA_STRICT")
        assert not run.journal.exists()
        assert run.backtest(end="2024-06-11", env=strict).code == 0, "sessions that are not asked for do not count"


def test_strict_with_several_symbols(alpaca, sample_market, sample_rows):
    """The symbol in doubt fails, the other one's rows are written."""
    folder = alpaca.folder / "bars"
    bars = changed_bars(sample_market, folder, gap)
    for name in ("SPY_2Min.csv", "SPY_1Day.csv"):
        (folder / name).symlink_to(sample_market / name)
    with alpaca.serving(bars) as run:
        finished = run.backtest(symbol="QQQ,SPY", env={"DATA_STRICT": "true"})
        assert finished.code == 65 and "DATA_STRICT: QQQ" in finished.err
        assert run.rows() == sample_rows("SPY")


def test_strict_refuses_a_calendar_that_differs(alpaca):
    with alpaca.serving(calendar_overrides={DAY: None}) as run:
        expect(run.backtest(env={"DATA_STRICT": "true"}), 65, "DATA_STRICT", f"calendars differ on {DAY}")


def test_strict_is_content_with_good_bars(alpaca, sample_rows):
    assert alpaca.backtest(env={"DATA_STRICT": "true"}).code == 0
    assert alpaca.rows() == sample_rows()
    finished = alpaca.backtest(env={"DATA_STRICT": "maybe"})
    expect(finished, 78, "DATA_STRICT", "'maybe' is neither true nor false")


def test_a_symbol_that_is_listed_in_the_middle(alpaca, sample_market):
    """There is nothing to fetch before its first bar, which is asked for once."""
    first = "2024-06-17"
    folder = alpaca.folder / "bars"
    bars = changed_bars(sample_market, folder, lambda rows: [row for row in rows if row[0] >= first])
    daily = (folder / "QQQ_1Day.csv").read_text().splitlines()
    (folder / "QQQ_1Day.csv").unlink()
    lines = [line for line in daily[1:] if line >= first]
    (folder / "QQQ_1Day.csv").write_text("\n".join([daily[0], *lines]) + "\n")
    with alpaca.serving(bars) as run:
        finished = run.backtest()
        assert finished.code == 0, finished.err
        asked = run.service.count(BARS)
        assert asked == len(run.queries(TWO_MINUTES)) + len(run.queries(DAILY)) == 2
        rows = run.rows()
        assert run.backtest().code == 0
        assert run.service.count(BARS) == asked, "that a session has no bars is known"
        assert run.rows() == rows
        assert [row["trade_date"] for row in rows if row["notes"] != "no bars"][0] == first
        assert rows[0]["trade_date"] in (START, first)


@pytest.mark.parametrize(
    ("splits", "words"),
    [
        ([(DAY, 2), (DAY, 3)], ("two splits of QQQ on 2024-06-12",)),
        ([(DAY, 0)], ("a split of QQQ on '2024-06-12'",)),
    ],
)
def test_splits_that_cannot_be(alpaca, sample_bars, splits, words):
    tables = {length: sample_bars.columns("QQQ", length).bars() for length in ("2Min", "1Day")}
    with alpaca.serving(BarTable({"QQQ": tables}, {"QQQ": splits})) as run:
        expect(run.backtest(), 65, "Alpaca lists", *words)
        assert not run.journal.exists()


def test_the_computer_s_time_zone_does_not_matter(alpaca, sample_rows):
    assert alpaca.backtest(env={"TZ": "Asia/Tokyo"}).code == 0
    assert alpaca.rows() == sample_rows()
