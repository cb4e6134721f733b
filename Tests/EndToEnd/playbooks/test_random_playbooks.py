"""Random playbook files: the program's rows are those of the reference, row by row."""

import math
import os
import random
import re
from collections import Counter
from datetime import date, datetime, timedelta, timezone

import pytest
import random_market
import random_playbooks
from playbooks.journal import COLUMNS, NOT_FILLED
from playbooks.run import read_history, run as reference_rows
from support import params, read_journal, write_bars

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


def compared(run, seed, minutes, symbol, folder, history, start, end):
    """What is not alike in the rows of a seed's playbook, and the rows."""
    text, given = random_playbooks.make(seed, minutes)
    (run.folder / "random.yaml").write_text(text)
    done = run(
        "backtest", "--playbook", "random.yaml", "--symbol", symbol, "--data-dir", folder, "--start", str(start), "--end",
        str(end), "--output", "j.csv", *params(given),
    )  # fmt: skip
    if done.code != 0:
        return f"{seed}: exit {done.code}: {done.err.strip()[-400:]}", []
    rows = read_journal(run.folder / "j.csv")
    (run.folder / "j.csv").unlink()
    found = differences(rows, reference_rows(text, history, symbol.split("@")[0], start, end, given))
    return found and f"{seed}: {found}", rows


def test_rows_of_random_playbooks_are_those_of_the_reference(run, market, histories):
    wrong, seen = [], Counter()
    for seed in range(FIRST, FIRST + COUNT):
        symbol = "UPPR" if seed % 2 else "BRK.B"
        found, rows = compared(run, seed, SHARES[symbol], symbol, market, histories[symbol], START, END)
        if found:
            wrong.append(found)
        seen.update(row["no_trade"].split(":")[0] or row["exit_reason"] for row in rows)
    assert not wrong, "\n".join(wrong)
    # What can become of a session has become of some.
    assert {"stop_loss", "target", "signal", "end_of_day", "step", "filter", "refused"} <= set(seen)


def test_rows_on_a_market_that_never_closes_are_those_of_the_reference(run):
    """Sessions of UTC days, weekends among them, with bars missing here and there and for half an hour."""
    chance, price, lines = random.Random(24), 300.0, []
    first = datetime(2024, 3, 4, tzinfo=timezone.utc)
    for number in range(8 * 720):
        close = round(price * math.exp(chance.gauss(0, 0.0007)), 2)
        at = first + timedelta(minutes=2 * number)
        high, low = round(max(price, close) * 1.0002, 2), round(min(price, close) * 0.9998, 2)
        if chance.random() > 0.004 and not 4_000 <= number < 4_015:
            lines.append(f"{at:%Y-%m-%dT%H:%M:%SZ},{price},{high},{low},{close},{chance.randint(1, 900)}")
        price = round(close * (1.01 if number % 720 == 719 else 1), 2)
    write_bars(run.folder / "COIN_2Min.csv", lines)
    history = read_history(run.folder, "COIN", "24x7")
    wrong, seen = [], Counter()
    for seed in range(FIRST + 500_000, FIRST + 500_000 + max(8, COUNT // 10)):
        found, rows = compared(
            run, seed, 2, "COIN@24x7", run.folder, history, date(2024, 3, 8), date(2024, 3, 10)
        )
        if found:
            wrong.append(found)
        seen.update(row["no_trade"].split(":")[0] or row["exit_reason"] for row in rows)
    assert not wrong, "\n".join(wrong)
    assert len(seen) >= 5
