"""Files of bars of a market that never closes, stamped on any clocks: the rows are those of the reference."""

import random
from zoneinfo import ZoneInfo

import pytest
from markets_support import SYMBOL, TIMED, backtest, bars, write
from playbooks.run import read_history, run as reference_rows
from reference_support import FILES, assert_rows_are
from support import Program, params, read_journal, remembering, without, write_bars
from writers_support import ALL, Places, text_of

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
def weeks(tmp_path_factory):
    """Bars around the day on which New York's clocks change, with as many before it as playbooks look back."""
    folder = tmp_path_factory.mktemp("weeks")
    write(folder, bars("2024-02-15", 29), "BTCUSDT_2Min.csv")
    return folder


@pytest.mark.parametrize(("playbook", "values"), YEAR, ids=[name for name, _ in YEAR])
def test_rows_are_those_of_the_reference(run: Program, weeks, playbook, values):
    run.succeed(
        "backtest", "--symbol", "BTCUSDT@24x7", "--data-dir", weeks, "--strategy", playbook, "--start", "2024-03-06",
        "--end", "2024-03-14", "--output", "j.csv", *params(values),
    )  # fmt: skip
    rows = read_journal(run.folder / "j.csv")
    text = TIMED_FILE if playbook == "timed-entry" else (FILES / f"{playbook}.yaml").read_text()
    history = read_history(weeks, "BTCUSDT", "24x7")
    expected = reference_rows(text, history, "BTCUSDT", "2024-03-06", "2024-03-14", values)
    assert_rows_are(rows, expected, playbook)
    assert len({row["trade_date"] for row in rows}) == 9 and sum(row["entered"] == "true" for row in rows) >= 2


SWINGS = """
playbook: swings
summary: Rises are bought by day, falls are sold in the evening
timeframe: 30Min
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
      - strong: close > average
      - higher: {when: "close > high[1]", within: 4 bars}
    stop: entry - 2 * range
    target: entry + 1.5 * range
  - name: down
    side: short
    window: [18:00, 23:00]
    steps:
      - weak: close < average
    entry: {limit: close, for: 3 bars}
    stop: entry + 2 * range
    trail: {by: 2 * range}
size: {risk: 100}
limits: {trades: 2}
"""
"""The exit is left out: five minutes before the session's end."""


def test_a_year_in_three_journals_is_that_of_the_reference(places: Places):
    """366 sessions, each a UTC day, on files of bars; status, verify and copy agree, and a session that was lost comes back."""
    write(places.folder / "d", bars("2023-12-20", 379, step=30), "BTC_USD_30Min.csv")
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
    assert any(row["eod_exit_time"] == "23:30" and row["exit_reason"] == "end_of_day" for row in trades)
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
    - strong: close > average and time != 00:10
    - higher: {next: "close > high[1]"}
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


NOON = """
playbook: noon
summary: Buys at a time, with a stop
timeframe: 10Min
setup:
  entry: {at: 14:40}
  stop: entry - 4 * atr(14)
exit: 15:40
"""

TOKYO, LONDON, FRANKFURT = "Asia/Tokyo", "Europe/London", "Europe/Berlin"
SPRING, AUTUMN = ("2024-03-05", "2024-03-12", "2024-04-03"), ("2024-10-17", "2024-10-24", "2024-11-06")
"""First bars, first and last session: New York's clocks change on 03-10 and 11-03, Europe's on 03-31 and 10-27."""


@pytest.fixture(scope="module")
def plain_rows(run_in_module: Program):
    """Lines of bars and rows of a symbol, by its file's name and the dates, from a file stamped in UTC."""

    def made(symbol: str, dates: tuple[str, str, str]):
        lines = bars(dates[0], 30 if dates is SPRING else 21, step=10)
        if symbol == "QQQ":
            # The hours of a day in New York, and some before and after them.
            lines = [(at, rest) for at, rest in lines if 13 <= at.hour < 21 and at.weekday() < 5]
        write(run_in_module.folder / "d", lines, f"{symbol.split('@')[0]}_10Min.csv")
        (run_in_module.folder / "noon.yaml").write_text(NOON)
        asked = "--playbook", "noon.yaml", "--start", dates[1], "--end", dates[2]
        rows = backtest(run_in_module, *asked, symbol=symbol, journal=f"{symbol}-{dates[0]}.csv")
        return lines, without(rows, "run_id")

    return remembering(made)


@pytest.mark.parametrize("symbol", ["BTC-USD@24x7", "QQQ"])
@pytest.mark.parametrize("dates", [SPRING, AUTUMN], ids=["spring", "autumn"])
@pytest.mark.parametrize("zone", [TOKYO, LONDON, FRANKFURT])
def test_files_in_the_local_time_of_an_exchange(run: Program, plain_rows, zone, dates, symbol):
    """The same bars, stamped on the clocks of another place, in the weeks in which clocks change at different times."""
    lines, rows = plain_rows(symbol, dates)
    name = f"{symbol.split('@')[0]}_10Min.csv"
    write(run.folder / "d", lines, name, stamp="%Y-%m-%d %H:%M:%S", zone=ZoneInfo(zone))
    (run.folder / "noon.yaml").write_text(NOON)
    asked = "--playbook", "noon.yaml", "--start", dates[1], "--end", dates[2]
    local = backtest(run, *asked, "--data-timezone", zone, symbol=symbol)
    assert without(local, "run_id") == rows and len(rows) >= 10 and all(row["entered"] == "true" for row in rows)


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
