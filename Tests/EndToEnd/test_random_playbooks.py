"""Random playbook files: the program's rows are those of the reference, row by row."""

import os
import re
from collections import Counter
from datetime import date

import pytest
import random_market
import random_playbooks
from playbooks.journal import COLUMNS, NOT_FILLED
from playbooks.run import read_history, run as reference_rows
from support import params, read_journal

COUNT = int(os.environ.get("RANDOM_PLAYBOOKS", "60"))
"""Playbooks; thousands in `make trust`."""
FIRST = int(os.environ.get("RANDOM_PLAYBOOKS_SEED", "100"))
START, END = date(2018, 12, 14), date(2019, 1, 4)
"""Sessions with splits of BRK.B before them, an early close, and sessions that lack bars."""
SHARES = {"UPPR": 1, "BRK.B": 2}
"""The symbols, and how long their bars are."""


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    folder = tmp_path_factory.mktemp("market")
    random_market.write_market(folder, random_market.SEED, tuple(SHARES))
    return folder


@pytest.fixture(scope="module")
def histories(market):
    return {symbol: read_history(market, symbol) for symbol in SHARES}


NUMBER = re.compile(r"-?\d+\.\d{4,}")


def alike(text, other):
    """Whether texts are the same but for the last digit of numbers whose sums are not rounded alike."""
    if text == other:
        return True
    if NUMBER.sub("#", text) != NUMBER.sub("#", other):
        return False
    pairs = zip(NUMBER.findall(text), NUMBER.findall(other))
    return all(abs(float(one) - float(two)) <= 1.01 * 10 ** -len(one.split(".")[1]) for one, two in pairs)


def differences(rows, expected):
    """What is not alike, in words."""
    if [(r["trade_date"], r["trade_no"]) for r in rows] != [(r["trade_date"], r["trade_no"]) for r in expected]:
        return f"rows {[(r['trade_date'], r['trade_no']) for r in rows]}, not {[(r['trade_date'], r['trade_no']) for r in expected]}"
    for row, other in zip(rows, expected):
        for name in COLUMNS:
            if name not in NOT_FILLED and not alike(row[name], other[name]):
                return f"{row['trade_date']} {row['trade_no']} {name}: {row[name]!r}, not {other[name]!r}"
    return None


def test_rows_of_random_playbooks_are_those_of_the_reference(run, market, histories):
    wrong, seen = [], Counter()
    for seed in range(FIRST, FIRST + COUNT):
        symbol = "UPPR" if seed % 2 else "BRK.B"
        text, given = random_playbooks.make(seed, SHARES[symbol])
        (run.folder / "random.yaml").write_text(text)
        done = run(
            "backtest", "--playbook", "random.yaml", "--symbol", symbol, "--data-dir", market, "--start", str(START),
            "--end", str(END), "--output", "j.csv", *params(given),
        )  # fmt: skip
        if done.code != 0:
            wrong.append(f"{seed}: exit {done.code}: {done.err.strip()[-400:]}")
            continue
        rows = read_journal(run.folder / "j.csv")
        (run.folder / "j.csv").unlink()
        expected = reference_rows(text, histories[symbol], symbol, START, END, given)
        if found := differences(rows, expected):
            wrong.append(f"{seed}: {found}")
        seen.update(row["no_trade"].split(":")[0] or row["exit_reason"] for row in rows)
    assert not wrong, "\n".join(wrong)
    # What can become of a session has become of some.
    assert {"stop_loss", "target", "signal", "end_of_day", "step", "filter", "refused"} <= set(seen)
