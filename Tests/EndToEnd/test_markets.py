"""A market that never closes, from files to journals: its sessions, times and symbols are its own."""

import functools
import math
import random
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from playbooks.run import read_history, run as reference_rows
from reference_support import FILES, assert_rows_are
from support import Program, params, read_journal, remembering, without, write_bars
from writers_support import ALL, Places, text_of

UTC = timezone.utc
SYMBOL = "BTC/USD@24x7"
TIMED = "--strategy", "timed-entry", "--param", "weekdays=mon+tue+wed+thu+fri+sat+sun"


@functools.cache
def bars(first: str, days: int, seed: int = 1, step: int = 2) -> list[tuple[datetime, str]]:
    """A random walk's bars of some minutes, with what comes after the timestamp of a line; not to be changed."""
    chance = random.Random(seed)
    start = datetime.fromisoformat(first).replace(tzinfo=UTC)
    price, lines = 60_000.0, []
    for number in range(days * 1440 // step):
        close = round(price * math.exp(chance.gauss(0, 0.0008)), 2)
        high, low = round(max(price, close) * 1.0003, 2), round(min(price, close) * 0.9997, 2)
        volume = round(chance.random() * 5, 4)
        lines.append((start + timedelta(minutes=number * step), f"{price},{high},{low},{close},{volume}"))
        price = close
    return lines


def write(folder, lines, name: str = "BTC_USD_2Min.csv", stamp: str = "%Y-%m-%dT%H:%M:%SZ", zone=UTC) -> None:
    folder.mkdir(exist_ok=True)
    write_bars(folder / name, [f"{at.astimezone(zone).strftime(stamp)},{rest}" for at, rest in lines])


def backtest(run: Program, *arguments, symbol: str = SYMBOL, journal: str = "j.csv", **options):
    run.succeed("backtest", "--symbol", symbol, "--data-dir", "d", "--output", journal, *arguments, **options)
    return read_journal(run.folder / journal)


YEAR = [
    ("timed-entry", {"entry-time": "00:10", "exit-time": "23:50", "stop-atr": "8", "weekdays": "sat+sun+mon"}),
    ("dp20", {"trend-period": "20", "window-start": "18:00", "window-end": "23:30", "exit-time": "23:55"}),
    ("opening-range", {"target": "1.5", "last-entry": "15:00"}),
]
TIMED_FILE = """
playbook: timed-entry
summary: Enter at a time on chosen weekdays, leave at a time
timeframe: 2Min
parameters:
  weekdays:   {default: mon+tue+wed+thu+fri}
  entry-time: {default: 10:30}
  exit-time:  {default: 15:55}
  stop-atr:   {default: 0.0, range: [0, 100], unit: "x ATR, 0 for no stop"}
  atr-period: {default: 14, range: [1, 1000]}
values:
  range: atr(atr-period)
filters:
  chosen-day: weekday in weekdays
setup:
  side: long
  entry: {at: entry-time}
  stop: {price: entry - stop-atr * range, when: stop-atr > 0}
exit: exit-time
size: {shares: 20}
journal:
  atr_14_2m_at_entry: range
"""


@pytest.fixture(scope="module")
def quarter(tmp_path_factory):
    """Bars around the weeks in which one half of the world has changed its clocks, and the other has not."""
    folder = tmp_path_factory.mktemp("quarter")
    write(folder, bars("2024-02-20", 45), "BTCUSDT_2Min.csv")
    return folder


@pytest.mark.parametrize(("playbook", "values"), YEAR, ids=[name for name, _ in YEAR])
def test_rows_are_those_of_the_reference(run: Program, quarter, playbook, values):
    run.succeed(
        "backtest", "--symbol", "BTCUSDT@24x7", "--data-dir", quarter, "--strategy", playbook, "--start", "2024-03-04",
        "--end", "2024-04-04", "--output", "j.csv", *params(values),
    )  # fmt: skip
    rows = read_journal(run.folder / "j.csv")
    text = TIMED_FILE if playbook == "timed-entry" else (FILES / f"{playbook}.yaml").read_text()
    history = read_history(quarter, "BTCUSDT", "24x7")
    expected = reference_rows(text, history, "BTCUSDT", "2024-03-04", "2024-04-04", values)
    assert_rows_are(rows, expected, playbook)
    assert sum(row["entered"] == "true" for row in rows) >= 10


SWINGS = """
playbook: swings
summary: Rises are bought by day, falls are sold in the evening
timeframe: 10Min
values:
  average: ema(close, 9)
  range: atr(14)
filters:
  calm: abs(gap) < 3%
setups:
  - name: up
    side: long
    window: [00:30, 14:00]
    steps:
      - above: close > average
      - higher: {when: close > high[1], within: 4 bars}
    stop: entry - 2 * range
    target: entry + 1.5 * range
  - name: down
    side: short
    window: [18:00, 23:00]
    steps:
      - below: close < average
    entry: {limit: close, for: 3 bars}
    stop: entry + 2 * range
    trail: {by: 2 * range}
size: {risk: 100}
limits: {trades: 2}
"""
"""The exit is left out: five minutes before the session's end."""


def test_a_year_in_three_journals_is_that_of_the_reference(places: Places):
    """366 sessions, each a UTC day, on files of bars; status, verify and copy agree, and a session that was lost comes back."""
    write(places.folder / "d", bars("2023-12-20", 379, step=10), "BTC_USD_10Min.csv")
    (places.folder / "swings.yaml").write_text(SWINGS)
    # The last session ended an hour ago.
    places.settings |= {
        "DATA_SOURCE": None, "DATA_DIR": "d", "SYMBOLS": SYMBOL, "WRITER_TYPE": ALL, "PLAYBOOK_FILE": "swings.yaml",
        "PLAYBOOK_NOW": "2025-01-01T01:00:00Z",
    }  # fmt: skip
    places.succeed("backtest", "--start", "2024-01-01", "--end", "2024-12-31")
    rows = places.rows("csv")
    history = read_history(places.folder / "d", "BTC_USD", "24x7")
    assert_rows_are(rows, reference_rows(SWINGS, history, "BTC/USD", "2024-01-01", "2024-12-31"), "swings")
    assert len({row["trade_date"] for row in rows}) == 366
    assert {(row["market"], row["completeness"], row["symbol"]) for row in rows} == {("24x7", "1", "BTC/USD")}
    trades = [row for row in rows if row["entered"] == "true"]
    assert len(trades) > 300 and {row["side"] for row in trades} == {"long", "short"}
    assert any(row["eod_exit_time"] == "23:50" and row["exit_reason"] == "end_of_day" for row in trades)
    for row in trades:
        assert row["entry_at"] == f"{row['trade_date']}T{row['entry_time_et']}:00Z"
        # A multiple of the smallest quantity, not of one.
        assert float(row["shares"]) * 1e5 == pytest.approx(round(float(row["shares"]) * 1e5)) and "." in row["shares"]

    assert without(written := places.rows("mongodb"), "run_id") == without(rows, "run_id")
    assert {name: content.count(b"BTC/USD") for name, content in places.objects().items() if name.endswith("2024.csv")} == {
        "output/trades/swings/BTC_USD/2024.csv": len(written)
    }
    assert places("status").code == 0 and places("journal", "verify").code == 0
    places.succeed("journal", "copy", "--from", "gcs", "--to", "copy.csv")
    assert read_journal(places.folder / "copy.csv") == rows
    lost = [row for row in rows if row["trade_date"] == "2024-03-31"]
    places.csv.write_text(text_of(row for row in rows if row not in lost))
    assert places("journal", "verify").code == 65 and "BTC/USD: no row  2024-03-31" in places("status").out
    places.succeed("backtest", "--catch-up")
    assert without(places.rows("csv"), "run_id") == without(rows, "run_id") and places("status").code == 0


def test_bars_that_are_too_long_for_the_playbook(run: Program):
    write(run.folder / "d", bars("2024-03-01", 12, step=30), "BTC-USD_30Min.csv")
    refused = run("backtest", "--symbol", "BTC-USD@24x7", "--data-dir", "d", *TIMED, "--date", "2024-03-10")
    assert refused.code == 65 and "these are 30-minute bars" in refused.err, refused.err


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


NIGHT = """
playbook: night
summary: Rises are bought before and after midnight
parameters:
  from:  {default: 10:00}
  until: {default: 12:00}
values:
  average: ema(close, 20)
setup:
  window: [from, until]
  trades: 3
  steps:
    - high: close > average and time != 00:10
    - higher: {next: close > high[1]}
  stop: entry - 3 * atr(14)
exit: 16:50
size: {risk: 100}
limits: {trades: 3}
"""


def test_sessions_that_cross_utc_midnight_are_those_of_the_reference(run: Program):
    """From 17:00 to 17:00, with bars of minutes without a trade, and with holes."""
    chance, lines = random.Random(17), []
    for at, rest in bars("2024-03-01", 12):
        draw = chance.random()
        close = lines[-1][1].split(",")[3] if lines else "60000.0"
        # Quiet for minutes on end, now and then a line that is not there.
        if draw > 0.004:
            lines.append((at, f"{close},{close},{close},{close},0" if at.hour == 22 and at.minute % 10 < 6 else rest))
    write(run.folder / "d", lines)
    (run.folder / "night.yaml").write_text(NIGHT)
    values, dates = {"from": "20:00", "until": "01:30"}, ("2024-03-06", "2024-03-11")
    rows = backtest(
        run, "--playbook", "night.yaml", *params(values), "--start", dates[0], "--end", dates[1],
        env={"SESSION_START": "17:00"},
    )  # fmt: skip
    history = read_history(run.folder / "d", "BTC_USD", "24x7", 17 * 60)
    assert_rows_are(rows, reference_rows(NIGHT, history, "BTC/USD", *dates, values), "night")
    times = [row["entry_time_et"] for row in rows if row["entered"] == "true"]
    assert min(times) < "01:30" and max(times) > "20:00" and all("0.99" < row["completeness"] < "1" for row in rows)


TOKYO, LONDON, FRANKFURT = "Asia/Tokyo", "Europe/London", "Europe/Berlin"
SPRING, AUTUMN = ("2024-03-05", "2024-03-12", "2024-04-03"), ("2024-10-17", "2024-10-24", "2024-11-06")
"""First bars, first and last session: New York's clocks change on 03-10 and 11-03, Europe's on 03-31 and 10-27."""


@pytest.fixture(scope="module")
def plain_rows(run_in_module: Program):
    """Lines of bars and rows of a symbol, by its file's name and the dates, from a file stamped in UTC."""

    def made(symbol: str, dates: tuple[str, str, str]):
        lines = bars(dates[0], 30 if dates is SPRING else 21)
        if symbol == "QQQ":
            # The hours of a day in New York, and some before and after them.
            lines = [(at, rest) for at, rest in lines if 13 <= at.hour < 21 and at.weekday() < 5]
        write(run_in_module.folder / "d", lines, f"{symbol.split('@')[0]}_2Min.csv")
        journal = f"{symbol}-{dates[0]}.csv"
        rows = backtest(run_in_module, *TIMED[:2], "--start", dates[1], "--end", dates[2], symbol=symbol, journal=journal)
        return lines, without(rows, "run_id")

    return remembering(made)


@pytest.mark.parametrize("symbol", ["BTC-USD@24x7", "QQQ"])
@pytest.mark.parametrize("dates", [SPRING, AUTUMN], ids=["spring", "autumn"])
@pytest.mark.parametrize("zone", [TOKYO, LONDON, FRANKFURT])
def test_files_in_the_local_time_of_an_exchange(run: Program, plain_rows, zone, dates, symbol):
    """The same bars, stamped on the clocks of another place, in the weeks in which clocks change at different times."""
    lines, rows = plain_rows(symbol, dates)
    write(
        run.folder / "d", lines, f"{symbol.split('@')[0]}_2Min.csv", stamp="%Y-%m-%d %H:%M:%S", zone=ZoneInfo(zone)
    )
    asked = *TIMED[:2], "--start", dates[1], "--end", dates[2]
    local = backtest(run, *asked, "--data-timezone", zone, symbol=symbol)
    assert len(rows) >= 10 and without(local, "run_id") == rows


def test_bars_of_all_hours_on_new_yorks(run: Program):
    """Epoch milliseconds round the clock, taken as a US stock's: no row for a session before the first bar."""
    (run.folder / "d").mkdir()
    write_bars(
        run.folder / "d" / "BTCUSDT_2Min.csv", [f"{int(at.timestamp() * 1000)},{rest}" for at, rest in bars("2024-03-01", 4)]
    )
    rows = backtest(run, *TIMED[:2], "--start", "2024-02-29", "--end", "2024-03-01", symbol="BTCUSDT")
    assert [(row["trade_date"], row["entered"], row["entry_at"]) for row in rows] == [
        ("2024-03-01", "true", "2024-03-01T15:30:00Z")
    ]


def test_bars_of_minutes_without_a_trade(run: Program):
    """They are no bars, though they are there: the rows are those without them, but for what is said to be missing."""
    lines = bars("2024-03-05", 6)
    gone = {number for number in range(2_000, 4_300) if number % 7 == 3}
    still = []
    for number, (at, rest) in enumerate(lines):
        close = still[-1][1].split(",")[3] if still else ""
        still.append((at, f"{close},{close},{close},{close},0" if number in gone else rest))
    write(run.folder / "d", still)
    rows = backtest(run, *TIMED, "--start", "2024-03-09", "--end", "2024-03-10")
    assert {row["completeness"] for row in rows} == {"1"} and all(row["entered"] == "true" for row in rows)
    check = run("data", "check", "--symbol", SYMBOL, "--data-dir", "d")
    assert check.code == 0 and "filled in" not in check.out
    write(run.folder / "d", [line for number, line in enumerate(lines) if number not in gone])
    holes = backtest(run, *TIMED, "--start", "2024-03-09", "--end", "2024-03-10", journal="k.csv")
    assert {row["no_trade"] for row in holes} == {"refused:bars"}
    assert run("data", "check", "--symbol", SYMBOL, "--data-dir", "d").code == 65


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
    write(run.folder / "d", bars("2024-03-01", 12))
    write(run.folder / "d", bars("2024-03-01", 12), "QQQ_2Min.csv")
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
