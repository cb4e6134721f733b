"""Rows of the built-in playbooks on the sample stay what they were, to the byte: digests of a program that is long gone."""

import hashlib

import pytest
from support import params, read_journal

ASKED = ("--source", "sample", "--symbol", "QQQ,SPY,IWM,DIA,AAPL,MSFT,NVDA,XLF")
TEN_YEARS = ("--start", "2015-11-01", "--end", "2025-11-04")
ALONE = {"run_id", "notes", "setup", "target_price", "exits", "ambiguous", "steps", "values"}
"""Columns that tell of the run, that the old program left empty, or that are words for people."""

LOOSE = {"window-start": "09:30", "window-end": "15:30", "reversal-strength": "0.1", "stop-atr": "0.4", "shares": "37"}
OTHER = {"ema-period": "300", "atr-period": "77", "trend-period": "5", "window-end": "12:00", "exit-time": "11:31"}
COSTS = {"slippage-bps": "1.5", "fee-per-share": "0.0035"}
CASES = [
    ("dp20", {}, 3617, "2e2e24c8094344d7"),
    ("dp20", LOOSE | COSTS, 6805, "3b07fa8ebe497555"),
    ("dp20", OTHER, 1722, "00599e39aea046b5"),
    ("timed-entry", {}, 20136, "97c8dcc9c6e69bd0"),
    ("timed-entry", {"stop-atr": "2", "entry-time": "09:32", "weekdays": "mon+wed+fri"}, 11920, "dd542154a034e83c"),
]
"""Playbook, parameters, trades and digest."""


def digest(rows: list[dict[str, str]], left_out: set[str]) -> str:
    """Of the rows without some columns."""
    text = "".join(",".join(cell for name, cell in row.items() if name not in left_out) + "\n" for row in rows)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@pytest.mark.parametrize(("playbook", "values", "trades", "expected"), CASES, ids=str)
def test_rows_on_the_sample_stay_what_they_were(run, playbook, values, trades, expected):
    run.succeed("backtest", "--strategy", playbook, *ASKED, *TEN_YEARS, *params(values), "--output", "j.csv")
    rows = read_journal(run.folder / "j.csv")
    # timed-entry has the session's hours as its window now.
    left_out = ALONE | ({"entry_window"} if playbook == "timed-entry" else set())
    assert len(rows) == 20136 and sum(row["entered"] == "true" for row in rows) == trades
    assert digest(rows, left_out) == expected
