"""A market that never closes: its sessions, times and symbols are its own, in every command."""

import pytest
from markets_support import SYMBOL, TIMED, backtest, bars, write
from support import Program, read_journal, without
from writers_support import ALL, Places


def test_the_default_market_of_a_folder(run: Program):
    write(run.folder / "d", bars("2024-03-01", 12))
    rows = backtest(run, *TIMED, "--start", "2024-03-07", "--end", "2024-03-10")
    by_setting = backtest(
        run, *TIMED, "--start", "2024-03-07", "--end", "2024-03-10", symbol="BTC/USD", journal="k.csv",
        env={"MARKET": "24x7"},
    )  # fmt: skip
    by_flag = backtest(
        run, *TIMED, "--market", "24x7", "--start", "2024-03-07", "--end", "2024-03-10", symbol="btc/usd", journal="l.csv"
    )
    assert without(rows, "run_id") == without(by_setting, "run_id") == without(by_flag, "run_id")
    wrong = run("backtest", "--symbol", "BTC@4x4", "--data-dir", "d", "--date", "2024-03-07")
    assert wrong.code == 64 and "XNYS or 24x7" in wrong.err
    twice = run("backtest", "--symbol", "BTC@24x7,BTC", "--data-dir", "d", "--date", "2024-03-07")
    assert twice.code == 64 and "two markets" in twice.err


def test_sessions_that_start_later_than_the_utc_day(run: Program):
    """Their date is that on which they start; what comes after midnight belongs to them still."""
    write(run.folder / "d", bars("2024-03-01", 12))
    entry = "--param", "entry-time=01:00", "--param", "exit-time=16:00"
    rows = backtest(run, *TIMED, *entry, "--start", "2024-03-07", "--end", "2024-03-09", env={"SESSION_START": "17:00"})
    assert [(row["trade_date"], row["entry_at"], row["entry_time_et"], row["exit_at"]) for row in rows] == [
        (f"2024-03-0{day}", f"2024-03-{day + 1:02}T01:00:00Z", "01:00", f"2024-03-{day + 1:02}T16:00:00Z")
        for day in (7, 8, 9)
    ]
    assert {row["entry_window"] for row in rows} == {"17:00-17:00"}


def test_two_markets_in_three_journals_night_by_night(places: Places):
    """Each symbol's sessions are due by its own market: catching up, status, verify and copy agree."""
    places.settings |= {"DATA_SOURCE": None, "DATA_DIR": "d", "SYMBOLS": "BTC/USD@24x7,QQQ", "WRITER_TYPE": ALL}
    write(places.folder / "d", bars("2024-03-01", 13))
    write(places.folder / "d", bars("2024-03-01", 13, seed=2), "QQQ_2Min.csv")
    start = "backtest", "--catch-up", *TIMED[:2]

    def night(now: str, *more):
        return places(*start, *more, env={"PLAYBOOK_NOW": now})

    def held() -> dict[str, list[str]]:
        rows = read_journal(places.csv)
        return {name: [row["trade_date"][8:] for row in rows if row["symbol"] == name] for name in ("BTC/USD", "QQQ")}

    # At 00:00 UTC on Saturday both markets' Friday is over; New York's was so at 21:00.
    assert night("2024-03-08T23:59:59Z").code == 0
    assert held() == {"BTC/USD": ["07"], "QQQ": ["08"]}
    assert night("2024-03-09T04:30:00Z").code == 0
    assert held() == {"BTC/USD": ["07", "08"], "QQQ": ["08"]}
    # New York's clocks go forward on the 10th: the Monday ends at 20:00 UTC.
    assert night("2024-03-11T20:00:00Z").code == 0
    assert held() == {"BTC/USD": ["07", "08", "09", "10"], "QQQ": ["08", "11"]}
    at = {"PLAYBOOK_NOW": "2024-03-11T20:30:00Z"}
    status = places("status", *TIMED[:2], env=at)
    assert status.code == 0 and "Next session  closes 2024-03-12T00:00:00Z" in status.out, status.out + status.err
    assert places("journal", "verify", env=at).code == 0
    late = places("status", *TIMED[:2], env={"PLAYBOOK_NOW": "2024-03-12T00:00:00Z"})
    assert late.code == 1 and "BTC/USD: no row  2024-03-11" in late.out.replace("    ", "  "), late.out
    copied = places("journal", "copy", "--from", "gcs", "--to", "csv", env={"OUTPUT_DIR": "copied"})
    assert copied.code == 0, copied.err
    assert read_journal(places.folder / "copied" / "trades.csv") == read_journal(places.csv)
    assert set(places.objects()) == {f"output/trades/timed-entry/{name}/2024.csv" for name in ("BTC_USD", "QQQ")}
    assert places.rows("mongodb") == places.rows("csv")
    # A symbol that names no market is that of SYMBOLS.
    found = places("status", *TIMED[:2], "--symbol", "btc/usd", env=at)
    assert found.code == 0 and "Next session  closes 2024-03-12T00:00:00Z" in found.out, found.out + found.err
    shown = places("journal", "show", "--writer", "mongodb", "--symbol", "BTC/USD", "--format", "csv")
    assert shown.code == 0 and shown.out.count("BTC/USD") == 4
    # The same symbol of another market is refused in every journal, and nothing is written.
    before = places.csv.read_bytes()
    other = places(
        "backtest", "--symbol", "QQQ@24x7", *TIMED[:2], "--date", "2024-03-10", env={"PLAYBOOK_NOW": "2024-03-12T20:30:00Z"}
    )
    assert other.code == 65 and "in the market XNYS" in other.err, other.err
    assert places.csv.read_bytes() == before


def test_today_is_the_session_that_ends_today(run: Program):
    write(run.folder / "d", bars("2024-03-01", 12))
    rows = backtest(run, *TIMED, "--today", env={"PLAYBOOK_NOW": "2024-03-10T00:00:00Z"})
    assert [row["trade_date"] for row in rows] == ["2024-03-09"]


def test_the_schedule_and_the_calendar_are_those_of_the_markets(run: Program):
    (run.folder / ".env").write_text("SYMBOLS=BTC-USD@24x7,QQQ\nDATA_DIR=d\n")
    timer = run.succeed("schedule", "show", "--systemd").out
    assert "OnCalendar=*-*-* 17..22:00:00 America/New_York" in timer and "OnCalendar=*-*-* 01..06:00:00 UTC" in timer
    listed = run.succeed("calendar", "--market", "24x7", "--start", "2024-03-09", "--end", "2024-03-10", "--format", "csv")
    assert listed.out.splitlines() == [
        "date,open_utc,close_utc,open_market,close_market,early_close",
        "2024-03-09,2024-03-09T00:00:00Z,2024-03-10T00:00:00Z,00:00,00:00,false",
        "2024-03-10,2024-03-10T00:00:00Z,2024-03-11T00:00:00Z,00:00,00:00,false",
    ]


def test_sources_without_the_market_say_so(run: Program):
    for more in (["--source", "sample"], ["--source", "alpaca"]):
        found = run(
            "backtest", "--symbol", SYMBOL, *more, "--date", "2024-03-08", "--output", "j.csv",
            env={"ALPACA_API_KEY": "k", "ALPACA_SECRET_KEY": "s", "ALPACA_DATA_URL": "http://127.0.0.1:9"},
        )  # fmt: skip
        assert found.code == 64 and "BTC/USD@24x7" in found.err and "--source files" in found.err, found.err


COINS = """\
playbook: coins
summary: buys a rise in the night
market: 24x7
setup:
  window: [23:00, 01:00]
  steps:
    - up: close > high[1]
  stop: entry - 2 * atr(14)
exit: 02:00
size: {risk: 100}
"""


def test_a_playbook_that_names_its_market(run: Program):
    """It runs on symbols of that market alone; which of its times comes first depends on when sessions start."""
    write(run.folder / "d", bars("2024-03-01", 12))
    (run.folder / "coins.yaml").write_text(COINS)
    night = {"SESSION_START": "17:00"}
    dates = "--start", "2024-03-07", "--end", "2024-03-09"
    rows = backtest(run, "--playbook", "coins.yaml", *dates, env=night)
    assert [row["entry_window"] for row in rows] == ["23:00-01:00"] * 3
    for row in rows:
        assert row["entered"] == "true" and (row["entry_time_et"] >= "23:00" or row["entry_time_et"] <= "01:02")
        # A multiple of the smallest quantity, not of one.
        assert float(row["shares"]) * 100_000 == pytest.approx(round(float(row["shares"]) * 100_000)) and "." in row["shares"]
    told = run.succeed(
        "playbook", "explain", "coins.yaml", "--symbol", SYMBOL, "--data-dir", "d", "--date", "2024-03-07", env=night
    )
    assert f"  {rows[0]['entry_time_et']}  bought {rows[0]['shares']} shares" in told.out
    shown = run.succeed("playbook", "show", "coins.yaml", env=night).out
    assert "Market      24x7" in shown.replace("  Market", "Market"), shown
    # By UTC days 01:00 comes first.
    day = run("backtest", "--playbook", "coins.yaml", "--symbol", SYMBOL, "--data-dir", "d", *dates)
    assert day.code == 64 and "the window ends at 01:00, before it begins at 23:00" in day.err, day.err


@pytest.mark.parametrize("symbols", ["QQQ", f"{SYMBOL},QQQ"])
def test_symbols_of_another_market_are_refused(run: Program, symbols):
    (run.folder / "coins.yaml").write_text(COINS)
    night = {"SESSION_START": "17:00", "DATA_DIR": "d"}
    for name in ("BTC_USD", "QQQ"):
        write(run.folder / "d", bars("2024-03-05", 4), f"{name}_2Min.csv")
    one_day = "--symbol", symbols, "--date", "2024-03-07"
    for command in (("backtest", "--playbook", "coins.yaml"), ("playbook", "explain", "coins.yaml")):
        refused = run(*command, *one_day, env=night)
        assert refused.code == 65, refused
        assert "coins.yaml: the playbook coins is for the market 24x7, and QQQ is traded on XNYS" in refused.err
    chosen = night | {"PLAYBOOK_FILE": "coins.yaml", "SYMBOLS": symbols}
    for command in (("status",), ("doctor",), ("config",)):
        told = run(*command, env=chosen)
        assert told.code == 65 and "QQQ is traded on XNYS" in told.out + told.err, (command, told)
    # A playbook that names no market runs on any.
    (run.folder / "coins.yaml").write_text(COINS.replace("market: 24x7\n", "").replace("[23:00, 01:00]", "[10:00, 11:00]"))
    run.succeed("backtest", "--playbook", "coins.yaml", *one_day, env=night)
