"""Backtests on bars from Alpaca: rows are those of the same bars elsewhere, and what is kept is not fetched again."""

import json
from datetime import date
from fractions import Fraction

import pytest
from alpaca_support import (
    BARS, CACHE, CALENDAR, DAILY, END, NOW, SPLITS, START, TWO_MINUTES, AlpacaProgram, change_daily, changed_bars,
    cut, expect, scaled, warned,
)  # fmt: skip
from fake_alpaca import FakeAlpaca
from support import Program, read_journal, without


def test_the_rows_are_those_of_the_sample(alpaca, sample_rows):
    """Several symbols, several pages of bars each; only run and source differ."""
    symbols, first = "QQQ,SPY,IWM", "2024-02-01"
    finished = alpaca.backtest("--format", "json", symbol=symbols, start=first)
    assert (finished.code, finished.err) == (0, "")
    assert alpaca.rows() == sample_rows(symbols, first, END)
    assert any(row["entered"] == "true" for row in alpaca.rows()), "the test wants trades"
    assert {row["data_source"] for row in read_journal(alpaca.journal)} == {"alpaca/iex/split"}
    pages = [query for query in alpaca.queries(TWO_MINUTES) if query["symbols"] == "QQQ"]
    assert len(pages) == 3 and [query.get("page_token") is None for query in pages] == [True, False, False]
    assert all(query["limit"] == "10000" and query["adjustment"] == "raw" for query in alpaca.queries(BARS))
    document = json.loads(finished.out)
    assert document["warnings"] == [] and document["data_source"] == "alpaca/iex/split"
    assert document["traffic"]["requests"] == len(alpaca.service.requests)
    assert document["traffic"]["retries"] == 0 and document["traffic"]["sessions_from_cache"] == 0


def test_the_rows_are_those_of_files(program, tmp_path, market, market_bars):
    """Random bars with holes, extended hours, early closes, many splits, and bars of one and two minutes."""
    names, first, last = "SPLT,BRK.B,NODAY", "2018-12-10", "2019-02-15"
    files = Program(program, tmp_path / "files")
    files.folder.mkdir()
    files("backtest", "--symbol", names, "--start", first, "--end", last, "--data-dir", market, "--output", "j.csv")
    with FakeAlpaca(market_bars, now=NOW, rate_limit=None) as service:
        run = AlpacaProgram(program, tmp_path, service)
        finished = run.backtest(symbol=names, start=first, end=last)
    assert finished.code == 0, finished.err
    # Bars of one minute are asked for as bars of two; both see the same sessions, in other bars' digests.
    rows, expected = run.rows(), without(read_journal(files.folder / "j.csv"), "run_id", "data_source")
    assert len(rows) == len(expected) > 120
    assert without(rows, "data_id") == without(expected, "data_id")


def test_a_second_run_needs_no_network(alpaca, sample_rows):
    assert alpaca.backtest().code == 0
    before = alpaca.journal.read_bytes()
    asked = len(alpaca.service.requests)
    assert asked > 0
    finished = alpaca.backtest("--format", "json")
    assert (finished.code, finished.err) == (0, "")
    assert len(alpaca.service.requests) == asked, "what is in the cache is asked for again"
    traffic = json.loads(finished.out)["traffic"]
    assert traffic["requests"] == traffic["sessions_fetched"] == traffic["cache_bytes_written"] == 0
    assert traffic["sessions_from_cache"] > 20 and traffic["cache_bytes_read"] > 0
    assert "network: 0 requests" in alpaca.backtest().out
    alpaca.service.stop()
    (alpaca.folder / "j.csv").unlink()
    assert alpaca.backtest().code == 0
    assert alpaca.rows() == sample_rows()
    assert len(before) == len(alpaca.journal.read_bytes())


def test_more_sessions_ask_for_those_only(alpaca, sample_rows):
    assert alpaca.backtest(start="2024-06-03", end="2024-06-14").code == 0
    alpaca.service.clear()
    assert alpaca.backtest().code == 0
    assert alpaca.rows() == sample_rows()
    (query,) = alpaca.queries(TWO_MINUTES)
    assert query["start"].startswith("2024-06-17T") and query["end"].startswith("2024-06-28T")


def test_no_network_and_nothing_in_the_cache(alpaca):
    alpaca.service.stop()
    finished = alpaca.backtest()
    expect(finished, 69, "Alpaca cannot be reached", "127.0.0.1", "Check the network", "ALPACA_DATA_URL")
    assert not alpaca.journal.exists() and alpaca.files() == []


def test_an_unknown_symbol(alpaca, sample_rows):
    for empty in ("array", "null"):
        with alpaca.serving(empty=empty, bad_parameter=422) as run:
            expect(run.backtest(symbol="NONE"), 69, "bars of NONE", "Check the symbol")
    expect(alpaca.backtest(symbol="NONE"), 69, "no ", "bars of NONE", END, "Check the symbol")
    assert not alpaca.journal.exists()
    assert alpaca.files() == [], "a misspelt symbol must leave no bars in the cache"
    finished = alpaca.backtest(symbol="NONE,QQQ")
    assert finished.code == 69 and "error: " in finished.err and "NONE" in finished.err
    assert alpaca.rows() == sample_rows(), "the other symbol's rows are written"


# The day itself


def today(run, now: str, **options):
    return run.backtest("--today", env={"PLAYBOOK_NOW": now, **options.pop("env", {})}, **options)


def test_today_before_the_close(alpaca):
    expect(today(alpaca, "2024-06-28T19:59:59Z"), 75, "2024-06-28 is not over", "Run again")
    assert alpaca.service.requests == [] and not (alpaca.folder / CACHE).exists()


def test_today_when_its_last_bars_are_not_there_yet(alpaca, sample_rows):
    """The service is ten minutes behind: nothing is decided on half a session, then or later."""
    alpaca.service.set_now("2024-06-28T19:50:00Z")
    finished = today(alpaca, "2024-06-28T20:00:30Z")
    expect(finished, 75, "QQQ", "2024-06-28", "Run again")
    assert not alpaca.journal.exists()
    alpaca.service.set_now("2024-06-28T20:01:00Z")
    finished = today(alpaca, "2024-06-28T20:01:00Z")
    assert (finished.code, finished.err) == (0, "")
    assert alpaca.rows() == sample_rows("QQQ", "2024-06-28", "2024-06-28")


@pytest.mark.parametrize(("now", "is_kept"), [("2024-06-28T20:19:59Z", False), ("2024-06-28T20:20:00Z", True)])
def test_today_is_kept_once_it_is_settled(alpaca, now, is_kept):
    """Trades are reported late: for twenty minutes after the close a session's bars may still change."""
    assert today(alpaca, now).code == 0
    alpaca.service.clear()
    assert today(alpaca, now).code == 0
    assert (alpaca.queries(BARS) == []) == is_kept
    for query in alpaca.queries(BARS):
        assert query["start"].startswith("2024-06-28T"), "only the session that is not settled is asked for again"


def test_a_day_is_replayed_from_the_cache(alpaca, sample_rows):
    """With all that came later in the cache: nothing of it is seen."""
    assert alpaca.backtest().code == 0
    alpaca.journal.unlink()
    asked = len(alpaca.service.requests)
    finished = today(alpaca, "2024-06-12T20:30:00Z")
    assert (finished.code, finished.err) == (0, "")
    assert alpaca.rows() == sample_rows("QQQ", "2024-06-12", "2024-06-12")
    assert len(alpaca.service.requests) == asked


def test_another_strategy(alpaca):
    """One that looks at no daily bars asks for none."""
    assert alpaca.backtest("--strategy", "timed-entry").code == 0
    assert alpaca.queries(DAILY) == [] and len(alpaca.queries(TWO_MINUTES)) == 1
    rows = alpaca.rows()
    expected = alpaca.backtest("--strategy", "timed-entry", "--source", "sample", "--output", "sample.csv")
    assert expected.code == 0
    assert rows == without(read_journal(alpaca.folder / "sample.csv"), "run_id", "data_source")


def test_the_free_plan_does_without_the_last_quarter_of_an_hour(alpaca, sample_rows):
    with alpaca.serving(plan="free", now="2024-06-28T20:05:00Z") as run:
        sip = {"ALPACA_FEED": "sip"}
        finished = run.backtest(env={"PLAYBOOK_NOW": "2024-06-28T20:05:00Z"} | sip)
        assert finished.code == 0, finished.err
        assert run.rows() == cut(sample_rows(), "2024-06-27")
        assert warned(finished, "QQQ", "1 of 19 sessions", "2024-06-27")
        assert {row["data_source"] for row in read_journal(run.journal)} == {"alpaca/sip/split"}
        assert {path.relative_to(run.cache).parts[:2] for path in run.files()} == {("v1", "sip")}
        expect(today(run, "2024-06-28T20:05:00Z", env=sip), 75, "QQQ", "2024-06-28", "Run again")
        assert run.rows() == cut(sample_rows(), "2024-06-27")


UNSET = {"ALPACA_FEED": None}


def feeds(run) -> set[str]:
    return {row["data_source"] for row in read_journal(run.journal)}


def test_sip_is_the_feed_of_sessions_that_are_over(alpaca, sample_rows):
    """Also on the free plan, which has all of it but the last quarter of an hour."""
    with alpaca.serving(plan="free", now="2024-06-28T20:05:00Z") as run:
        finished = today(run, "2024-06-28T20:05:00Z", env=UNSET)
        expect(finished, 75, "QQQ", "2024-06-28", "Run again")
        assert {query["feed"] for query in run.queries(BARS)} == {"sip"}, "it waits, and takes no other feed meanwhile"
    with alpaca.serving(plan="free") as run:
        finished = run.backtest(env=UNSET)
        assert (finished.code, finished.err) == (0, "") and feeds(run) == {"alpaca/sip/split"}
        assert run.rows() == sample_rows() and {query["feed"] for query in run.queries(BARS)} == {"sip"}


def test_iex_is_the_feed_where_the_plan_has_no_sip(alpaca, sample_rows):
    with alpaca.serving(plan="iex") as run:
        finished = run.backtest(env=UNSET)
        assert finished.code == 0 and warned(finished, "no SIP data", "iex", "ALPACA_FEED=iex")
        assert feeds(run) == {"alpaca/iex/split"} and run.rows() == sample_rows()
        document = json.loads(run.backtest("--format", "json", env=UNSET).out)
        assert document["data_source"] == "alpaca/iex/split"
        fetched = run("fetch", "--symbol", "QQQ", "--start", "2024-06-03", env=UNSET)
        assert fetched.code == 0 and warned(fetched, "no SIP data")
        examined = run("doctor", "--symbol", "QQQ", env=UNSET)
        assert "no SIP data" in examined.out and "WRONG" not in examined.out
        # A feed that is chosen is the feed.
        expect(run.backtest(env={"ALPACA_FEED": "sip"}), 78, "ALPACA_FEED=sip", "iex is free")
        finished = run.backtest(env={"ALPACA_FEED": "iex"})
        assert (finished.code, finished.err) == (0, "")


def test_status_names_a_series_of_several_feeds(alpaca):
    now = {"PLAYBOOK_NOW": "2024-06-05T21:00:00Z"}
    status = ("status", "--symbol", "QQQ,SPY", "--output", alpaca.journal)
    for symbol, day, feed in [("QQQ", "2024-06-03", "iex"), ("QQQ", "2024-06-04", "iex"), ("SPY", "2024-06-05", "sip")]:
        assert alpaca.backtest("--date", day, symbol=symbol, env={"ALPACA_FEED": feed}).code == 0
    assert "several feeds" not in alpaca(*status, env=now).out
    assert alpaca.backtest("--date", "2024-06-05", env={"ALPACA_FEED": "sip"}).code == 0
    assert "QQQ: rows of several feeds, 2 of iex and 1 of sip" in alpaca(*status, env=now).out


@pytest.mark.parametrize("dates", [("--date", "2024-06-19"), ("--today",)])
def test_a_holiday_asks_for_nothing(alpaca, dates):
    finished = alpaca.backtest(*dates, env={"PLAYBOOK_NOW": "2024-06-19T22:00:00Z"})
    assert (finished.code, finished.err) == (0, "")
    assert "no trading session on 2024-06-19" in finished.out
    assert alpaca.service.requests == []


# Splits


SPLIT_DAY = "2024-06-12"


@pytest.mark.parametrize("ratio", ["2", "1/4"], ids=["forward", "reverse"])
def test_a_split_counts_from_its_day_on(alpaca, sample_market, sample_rows, ratio):
    """Bars as traded: before the split other prices. What is known of it later changes no earlier row."""
    factor = float(Fraction(ratio))

    def change(rows):
        return [scaled(row, factor) if row[0] < SPLIT_DAY else row for row in rows]

    folder = alpaca.folder / "bars"
    bars = changed_bars(sample_market, folder, change)
    change_daily(folder, change)
    (folder / "QQQ_splits.csv").write_text(f"date,ratio\n{SPLIT_DAY},{factor}\n")
    with alpaca.serving(bars, now="2024-06-11T23:00:00Z") as run:
        finished = run.backtest(end="2024-06-11", env={"PLAYBOOK_NOW": "2024-06-11T23:00:00Z"})
        assert finished.code == 0, finished.err
        before = run.rows()
        assert len(before) == 7
        run.service.set_now(NOW)
        finished = run.backtest()
        assert (finished.code, finished.err) == (0, "")
        rows = run.rows()
        assert cut(rows, "2024-06-11") == before, "a later split must not change a row, nor its data_id"
        run.journal.unlink()
        assert run.backtest("--cache-dir", "off").code == 0
        assert run.rows() == rows, "the order in which things became known must not matter"
        assert run.service.count(SPLITS) > 0
    after = [row for row in rows if row["trade_date"] >= SPLIT_DAY]
    expected = [row for row in sample_rows() if row["trade_date"] >= SPLIT_DAY]
    assert without(after, "data_id") == without(expected, "data_id"), (
        "earlier prices count in shares of after the split"
    )
    finished = alpaca("backtest", "--symbol", "QQQ", "--start", START, "--end", END, "--source", "files", "--data-dir",
                      folder, "--output", "files.csv")  # fmt: skip
    assert finished.code == 0, finished.err
    assert without(read_journal(alpaca.folder / "files.csv"), "run_id", "data_source") == rows


@pytest.mark.parametrize("factor", [2.0, 0.25, 1.5])
def test_a_split_that_only_intraday_bars_show_is_refused(alpaca, sample_market, factor):
    def change(rows):
        return [scaled(row, factor) if row[0] < SPLIT_DAY else row for row in rows]

    with alpaca.serving(changed_bars(sample_market, alpaca.folder / "bars", change)) as run:
        # The daily bars say otherwise: one of the two is wrong.
        finished = run.backtest()
        expect(finished, 65, "QQQ: daily closes are not those of the intraday bars", "split that the source does not list")


@pytest.mark.parametrize(("factor", "ratio"), [(2.0, "2:1"), (0.25, "1:4"), (1.5, "1.5:1")])
def test_a_split_that_neither_kind_of_bars_lists_is_warned_about(alpaca, sample_market, factor, ratio):
    def change(rows):
        return [scaled(row, factor) if row[0] < SPLIT_DAY else row for row in rows]

    bars = changed_bars(sample_market, alpaca.folder / "bars", change)
    change_daily(bars.folder, change)
    with alpaca.serving(bars) as run:
        finished = run.backtest()
    assert finished.code == 0, finished.err
    assert warned(finished, "QQQ", "between 2024-06-11 and 2024-06-12", f"looks like a {ratio} split")


def test_splits_are_asked_for_all_symbols_with_the_program_s_dates(alpaca):
    assert alpaca.backtest(symbol="QQQ,SPY").code == 0
    asked = {name for query in alpaca.queries(SPLITS) for name in query["symbols"].split(",")}
    assert asked == {"QQQ", "SPY"}
    for query in alpaca.queries(SPLITS):
        assert set(query["types"].split(",")) == {"forward_split", "reverse_split"}
        assert query["start"] <= "2000-01-01" and date.fromisoformat(query["end"]) >= date.fromisoformat(END)


def test_the_requests_are_few(alpaca):
    """A symbol that is not in the cache: two kinds of bars, the calendar for each, and splits."""
    assert alpaca.backtest().code == 0
    assert len(alpaca.queries(TWO_MINUTES)) == len(alpaca.queries(DAILY)) == 1
    assert len(alpaca.queries(CALENDAR)) <= 2 and len(alpaca.queries(SPLITS)) == 1
    assert len(alpaca.service.requests) <= 5
