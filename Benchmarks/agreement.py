"""Checks that the programs that are compared do the same work: a fast engine with other trades is no engine."""

import csv
import itertools

from harness import BenchmarkError

# What must be the same in every row, and what in the rows of trades. How a session without a trade is told in words,
# and hashes and times of the run, are each program's own.
ROW = ("trade_date", "symbol", "trend_valid", "first_close_below_time", "entered")
TRADE = (
    "reversal_candle_time", "confirmation_candle_time", "entry_time_et", "eod_exit_time", "exit_reason", "shares",
    "bars_since_open",
)
TRADE_NUMBERS = (
    "sma200_daily_at_open", "entry_price", "ema20_at_entry", "atr_14_2m_at_entry", "stop_price", "eod_exit_price",
    "net_pnl", "R_multiple", "mae", "mfe",
)
# A journal's numbers have six decimals; averages that are summed in another order may differ in the last one.
JOURNAL_TOLERANCE = 5e-6
SUM_TOLERANCE = 1e-6


def check_engines(lines):
    """Compares the lines that the engines printed and says in words what they agree on."""
    first = lines[0]
    for line in lines[1:]:
        same = line["bars"] == first["bars"] and line["trades"] == first["trades"]
        if not same or abs(line["sum_r"] - first["sum_r"]) > SUM_TOLERANCE * max(1.0, abs(first["sum_r"])):
            raise BenchmarkError(f"the engines do not agree: {first} and {line}")
    names = ", ".join(line["engine"] for line in lines)
    return f"{names} agree: {first['bars']} bars, {first['trades']} trades, sum of R {first['sum_r']:.6f}"


def check_journals(ours, baseline):
    """Compares two journals of one symbol row by row and says in words what they agree on."""
    rows = trades = 0
    sum_r = 0.0
    with open(ours, newline="", encoding="utf-8") as left, open(baseline, newline="", encoding="utf-8") as right:
        for mine, theirs in itertools.zip_longest(csv.DictReader(left), csv.DictReader(right)):
            if mine is None or theirs is None:
                shorter, longer = (ours, theirs) if mine is None else (baseline, mine)
                raise BenchmarkError(f"{shorter} ends before the session of {longer['trade_date']}")
            names = ROW + TRADE + TRADE_NUMBERS if theirs["entered"] == "true" else ROW
            for name in names:
                if not _same(mine[name], theirs[name], name in TRADE_NUMBERS):
                    raise BenchmarkError(
                        f"the journals do not agree on {name} of {theirs['trade_date']}: "
                        f"{mine[name]!r} in {ours}, {theirs[name]!r} in {baseline}")
            rows += 1
            if mine["entered"] == "true":
                trades += 1
                sum_r += float(mine["R_multiple"])
    return f"the journals agree: {rows} rows, {trades} trades, sum of R {sum_r:.6f}"


def _same(left, right, numeric):
    if left == right:
        return True
    if not numeric or not left or not right:
        return False
    return abs(float(left) - float(right)) <= JOURNAL_TOLERANCE * max(1.0, abs(float(right)))
