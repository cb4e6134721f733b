"""The reference of playbook files on whole sessions: dp20 as a file, timed-entry, opening-range, a day by hand."""

from collections import Counter
from datetime import date

import pytest
import random_market
from playbooks.bars import Bar, read_symbol
from playbooks.calendars import sessions_of
from playbooks.features import features
from playbooks.history import History
from playbooks.journal import COLUMNS, NOT_FILLED
from playbooks.run import read_history, run
from reference_support import FILES
from support import dp20_reference

START, SPLITS, END = date(2018, 8, 27), date(2018, 12, 17), date(2019, 2, 20)
"""The first date, and one from which on there are three splits of BRK.B."""

COSTS = {"slippage-bps": 1, "fee-per-share": "0.005"}
LONG = {"ema-period": 99, "atr-period": 50}
CASES = [
    ("UPPR", START, {"trend-period": 20}),
    ("UPPR", START, {"trend-period": 3, "stop-atr": 6, "window-end": "11:30", **COSTS}),
    ("BRK.B", SPLITS, {"trend-period": 7, "window-start": "10:01", "window-end": "14:01", **LONG}),
    ("BRK.B", SPLITS, {"trend-period": 1, "window-start": "09:30", "window-end": "15:30", "stop-atr": 25}),
    ("BRK.B", SPLITS, {"trend-period": 1, "window-end": "15:30", "exit-time": "10:40", "stop-atr": 9}),
]
"""Symbol, first date and parameters."""


def text_of(name):
    return (FILES / f"{name}.yaml").read_text()


@pytest.fixture(scope="module")
def shares(tmp_path_factory):
    """Two of the random symbols: bars of a minute with daily bars, and bars of two minutes with splits."""
    folder = tmp_path_factory.mktemp("shares")
    random_market.write_market(folder, random_market.SEED, ("UPPR", "BRK.B"))
    return folder


@pytest.fixture(scope="module")
def histories(shares):
    return {symbol: read_history(shares, symbol) for symbol in ("UPPR", "BRK.B")}


@pytest.mark.parametrize(("symbol", "start", "params"), CASES, ids=str)
def test_dp20_as_a_file_gives_the_rows_of_dp20(histories, shares, reference, symbol, start, params):
    printed = run(text_of("dp20"), histories[symbol], symbol, start, END, params)
    expected = {row["trade_date"]: row for row in reference.run(shares, symbol, start, END, params)}
    for row in printed:
        other = expected[row["trade_date"]]
        # Where a filter ended the session there is no window.
        left_out = {*NOT_FILLED} | ({"entry_window"} if row["no_trade"] == "filter:uptrend" else set())
        different = {name for name in COLUMNS if name not in left_out and row[name] != other[name]}
        assert not different, (row, other)
        assert row["ambiguous"] == ("false" if row["entered"] == "true" else "")
    assert sum(row["entered"] == "true" for row in printed) >= 4


def test_incomplete_sessions_are_judged_at_the_decision(histories):
    asked = text_of("dp20"), histories["BRK.B"], "BRK.B", SPLITS, END, {"trend-period": 1, "window-end": "15:30"}
    refused = [(old, new) for old, new in zip(run(*asked, 0), run(*asked, 0.95)) if old != new]
    assert refused
    for old, new in refused:
        assert (old["entered"], new["entered"], new["no_trade"]) == ("true", "false", "refused:bars")
        assert new["steps"] == old["steps"]


def test_what_comes_later_changes_no_row(shares):
    minutes, bars, daily, splits = read_symbol(shares, "BRK.B")
    sessions = sessions_of("XNYS", START, END)
    cut = next(n for n, bar in enumerate(bars) if bar.at >= sessions[40].opens)
    rows = [
        run(text_of("opening-range"), History("XNYS", sessions, minutes, part, daily, splits), "BRK.B", None, last)
        for part, last in ((bars[:cut], None), (bars, sessions[39].day))
    ]
    assert rows[0] == rows[1]
    assert len(rows[0]) >= 40


def test_timed_entry(histories):
    rows = run(text_of("timed-entry"), histories["UPPR"], "UPPR", None, END, {"weekdays": "tue+thu", "stop-atr": "8"})
    reasons = Counter(row["exit_reason"] for row in rows)
    assert min(reasons[name] for name in ("end_of_day", "stop_loss", "session_end")) >= 1
    for row in rows:
        weekday = date.fromisoformat(row["trade_date"]).weekday()
        assert row["no_trade"] == "no-bars" or (row["no_trade"] == "filter:chosen-day") == (weekday not in (1, 3))
        assert row["params"] == "weekdays=tue+thu stop-atr=8"
        if row["entered"] == "true":
            assert row["entry_time_et"] >= "10:30"
            assert float(row["stop_distance"]) == pytest.approx(8 * float(row["atr_14_2m_at_entry"]), abs=1e-5)


def test_opening_range(histories):
    rows = run(text_of("opening-range"), histories["BRK.B"], "BRK.B", START, END, {"target": "1.5"})
    sides = Counter(row["side"] for row in rows if row["entered"] == "true")
    assert min(sides.values()) >= 30 and len(sides) == 2
    assert {"target", "trailing_stop", "stop_loss", "stop_gap"} <= {row["exit_reason"] for row in rows}
    assert {row["trade_no"] for row in rows} == {"1", "2"}
    days = Counter(row["trade_date"] for row in rows)
    assert all(days[row["trade_date"]] == max(int(row["trades"]), 1) for row in rows)
    for row in rows:
        if row["entered"] == "true":
            known = dict(word.split("=") for word in row["values"].split())
            top, bottom = float(known["top"]), float(known["bottom"])
            assert float(row["stop_price"]) == (bottom if row["side"] == "long" else top)
            assert float(row["mae"]) <= 0 <= float(row["mfe"])
            assert float(row["risk_per_share"]) > 0


HAND = """
playbook: by-hand
summary: all columns of one day
timeframe: 30Min
resolve: 15Min
parameters: {share: {default: 50%}, until: {default: 12:00}}
values:
  before: prior.close
  middle: (high + low) / 2
filters:
  up: gap > 0
setup:
  name: rise
  window: [session.start, until]
  steps:
    - strong: {when: close > open, quality: position > 0.7}
    - pause: {within: 2 bars, when: close < open}
  entry: {limit: low, for: 2 bars}
  stop: entry - 1
  targets: [{at: entry + 2 * R, share: share}]
size: {shares: 5}
journal:
  trend_valid: up
  sma200_daily_at_open: before
  first_close_below_time: strong
  reversal_strength_ok: strong.quality
  ema20_at_entry: middle
"""


def test_a_day_by_hand():
    days = sessions_of("XNYS", date(2024, 7, 1), date(2024, 7, 2))
    prices = [
        (101, 101.4, 100.9, 101.1), (101.1, 101.6, 100.9, 101.2),  # 09:30 101 > 101.2 of 100.9 to 101.6: weak
        (101.2, 101.9, 101.1, 101.8), (101.8, 102, 101.5, 101.9),  # 10:00 101.2 > 101.9, position 8/9: strong
        (101.9, 102, 101.6, 101.7), (101.7, 101.8, 101.4, 101.5),  # 10:30 101.9 > 101.5: the pause; low 101.4
        (101.5, 101.7, 101.45, 101.6), (101.6, 101.7, 101.3, 101.5),  # 11:00 the limit is reached at 11:15
        (101.5, 103.5, 101.2, 103), (103, 103.2, 102.5, 102.6),  # 11:30 2 of 5 at 101.4 + 2
        (102.6, 102.7, 100.4, 101), (101, 101.5, 100.9, 101.2),  # 12:00 the stop, 100.4
    ]  # fmt: skip
    bars = [Bar(days[0].opens, 100, 101, 99.5, 100.5, 1)]
    bars += [Bar(days[1].opens + 15 * n, *price, 10) for n, price in enumerate(prices)]
    none, row = run(HAND, History("XNYS", days, 15, bars), "ABC", params={"fee-per-share": "0.01"})
    assert (none["no_trade"], none["trend_valid"], none["entry_window"], none["setup"]) == ("filter:up", "", "", "rise")
    expected = {
        "trade_date": "2024-07-02", "trend_valid": "true", "sma200_daily_at_open": "100.5",
        "entry_window": "09:30-12:00", "first_close_below_time": "10:00", "reversal_candle_time": "",
        "reversal_strength_ok": "true", "confirmation_candle_time": "", "entered": "true", "entry_time_et": "11:00",
        "entry_price": "101.4", "shares": "5", "ema20_at_entry": "101.7", "atr_14_2m_at_entry": "",
        "atr_pct_of_price": "", "stop_distance": "1", "stop_price": "100.4", "entry_bucket": "11:00-11:10",
        "bars_since_open": "3", "eod_exit_time": "12:00", "eod_exit_price": "101.6",
        # (2 x 103.4 + 3 x 100.4) / 5 = 101.6; 0.2 x 5 = 1; 2 x 5 x 0.01.
        "gross_pnl": "1", "fees_slippage": "0.1", "net_pnl": "0.9", "risk_per_share": "1", "R_multiple": "0.2",
        # (101.4 - 101.7) / 101.7 x 10000
        "dist_to_ema_bps": "-29.498525", "symbol": "ABC", "strategy": "by-hand", "exit_reason": "stop_loss",
        # The entry bar counts its low, 101.3; the next one its high, 103.5; the last one its fill, 100.4.
        "mae": "-1", "mfe": "2.1", "mode": "backtest", "trade_no": "1", "trades": "1", "side": "long",
        "setup": "rise", "no_trade": "", "target_price": "103.4",
        "exits": "0.4@103.4 target 11:30; 0.6@100.4 stop_loss 12:00", "ambiguous": "false",
        "steps": "strong=10:00 pause=10:30", "values": "before=100.5 middle=101.7",
        "entry_at": "2024-07-02T15:15:00Z", "exit_at": "2024-07-02T16:00:00Z", "market": "XNYS",
        "completeness": "0.4615", "params": "fee-per-share=0.01",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_twenty_four_hours_a_day():
    days = sessions_of("24x7", date(2024, 7, 6), date(2024, 7, 7))
    bars = [Bar(days[0].opens + 30 * n, 0.05, 0.06, 0.04, 0.05, 3) for n in range(96)]
    text = (
        "playbook: any\nsummary: a small price\ntimeframe: 30Min\nsetup: {entry: {at: 23:00}, stop: entry / 3}\n"
        "size: {notional: 1}\n"
    )
    rows = run(text, History("24x7", days, 30, bars), "COIN")
    assert [row["trade_date"] for row in rows] == ["2024-07-06", "2024-07-07"]
    # The default exit is 23:55; 1 USD buys 20 of 0.05; prices below 0.1 have ten decimals.
    assert (rows[0]["entry_window"], rows[0]["eod_exit_time"]) == ("00:00-24:00", "23:30")
    assert (rows[0]["shares"], rows[0]["stop_price"], rows[0]["exit_reason"]) == ("20", "0.0166666667", "end_of_day")
    assert rows[1]["entry_at"] == "2024-07-07T23:00:00Z"


def test_the_reference_of_dp20_is_another_program():
    assert not any("dp20_reference" in path.read_text() for path in FILES.parent.glob("*.py"))
    assert dp20_reference.COLUMNS == COLUMNS


def test_the_built_in_features(histories):
    history = histories["UPPR"]
    session = history.days.index(date(2019, 2, 4))
    rows = features(text_of("core36"), history, session)
    assert len(rows[0]) == 37
    # All of them are known from some bar of the session on; a later one is like an earlier one in scale.
    last = rows[-1]
    assert [name for name, value in last.items() if value is None] == []
    assert last["bar_number"] == (last["at"] - history.sessions[session].opens)
    assert 0 <= last["rsi_14"] <= 100 and -100 <= last["williams_r_14"] <= 0 and last["supertrend_side"] in (1, -1)
    assert last["return_1"] == pytest.approx(history.inside[session][-1].close / history.inside[session][-2].close - 1)
