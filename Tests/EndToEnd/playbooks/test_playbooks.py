"""The built-in playbooks against the reference of playbook files, row by row."""

from collections import Counter
from datetime import date

import pytest
import random_market
from playbooks.run import read_history, run as reference_rows
from reference_support import FILES, assert_rows_are
from support import params, read_journal

START, SPLITS, END = date(2018, 8, 27), date(2018, 12, 17), date(2019, 2, 20)
"""The first date, and one from which on there are three splits of BRK.B."""

COSTS = {"slippage-bps": "1", "fee-per-share": "0.005"}
CASES = [
    ("dp20", "UPPR", START, {"trend-period": "20"}),
    ("dp20", "UPPR", START, {"trend-period": "3", "stop-atr": "6", "window-end": "11:30", **COSTS}),
    ("dp20", "BRK.B", SPLITS, {"trend-period": "1", "window-start": "09:30", "window-end": "15:30", "stop-atr": "25"}),
    ("timed-entry", "UPPR", START, {"weekdays": "tue+thu", "stop-atr": "8"}),
    ("timed-entry", "BRK.B", SPLITS, {"entry-time": "09:32", "exit-time": "12:01", "stop-atr": "2", **COSTS}),
    ("timed-entry", "BRK.B", START, {"entry-time": "15:40"}),
    ("opening-range", "UPPR", START, {"target": "1.5"}),
    ("opening-range", "UPPR", START, {"range": "4m", "target": "1", "last-entry": "15:00", **COSTS}),
    ("opening-range", "BRK.B", START, {}),
    ("opening-range", "BRK.B", SPLITS, {"range": "1h", "target": "0.5", "last-entry": "10:40"}),
]
"""Playbook, symbol, first date and parameters."""


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    """Two of the random symbols: bars of a minute with daily bars, and bars of two minutes with splits."""
    folder = tmp_path_factory.mktemp("market")
    random_market.write_market(folder, random_market.SEED, ("UPPR", "BRK.B"))
    return folder


@pytest.fixture(scope="module")
def histories(market):
    return {symbol: read_history(market, symbol) for symbol in ("UPPR", "BRK.B")}


@pytest.mark.parametrize(("playbook", "symbol", "start", "values"), CASES, ids=str)
def test_rows_are_those_of_the_reference(run, market, histories, playbook, symbol, start, values):
    run.succeed(
        "backtest", "--symbol", symbol, "--data-dir", market, "--strategy", playbook, "--start", str(start),
        "--end", str(END), "--output", "j.csv", *params(values),
    )  # fmt: skip
    rows = read_journal(run.folder / "j.csv")
    text = (FILES / f"{playbook}.yaml").read_text()
    expected = reference_rows(text, histories[symbol], symbol, start, END, values)
    assert_rows_are(rows, expected, playbook)
    assert all(row["notes"] for row in rows)
    assert Counter(row["entered"] for row in rows)["true"] >= 10
