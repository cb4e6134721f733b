"""The journal, row for row and column for column, against the independent implementation in Tests/Reference."""

import gc
import multiprocessing
import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import random_market
from support import Program, dp20_reference, params, read_journal, remembering
from trust import tries

START, END = random_market.FIRST.isoformat(), random_market.LAST.isoformat()
SYMBOLS = [share.symbol for share in random_market.SHARES]

NOT_COMPARED = {"notes", "chart_link_entry", "params_id", "data_source", "data_id", "run_id"}
"""What the strategy's page does not determine. Of the notes, those about missing bars are compared."""

NUMBERS = {
    "sma200_daily_at_open", "entry_price", "ema20_at_entry", "atr_14_2m_at_entry", "atr_pct_of_price", "stop_distance",
    "stop_price", "eod_exit_price", "gross_pnl", "fees_slippage", "net_pnl", "risk_per_share", "R_multiple",
    "dist_to_ema_bps", "mae", "mfe",
}  # fmt: skip
"""Columns that may differ by one in the sixth decimal, once in many rows: two orders of adding round differently."""

MOST_DIFFERENCES = 20
"""After this many the rest is not looked at: the journals do not agree."""

REAL_SETS: list[dict[str, Any]] = [
    {},
    {"stop-atr": "1.5", "window-end": "10:45"},
    {"trend-period": 3, "stop-atr": 6, "window-end": "11:30", "slippage-bps": 1, "fee-per-share": "0.005"},
    {"window-start": "09:30", "window-end": "15:59", "stop-atr": "0.5", "exit-time": "15:59"},
    {"trend-period": 1, "window-start": "09:45", "window-end": "14:00", "stop-atr": 12, "exit-time": "12:00"},
    {"trend-period": 2, "reversal-strength": "0.95", "window-end": "12:00", "ema-period": 9, "atr-period": 5},
    {"trend-period": 250, "reversal-strength": 0, "window-end": "10:20", "shares": 100},
    {"trend-period": 755},
    {"trend-period": 5, "window-start": "15:30", "window-end": "15:59", "stop-atr": 2, "exit-time": "15:50"},
]


@dataclass(frozen=True)
class Case:
    """What is asked of both."""

    params: dict[str, Any] = field(default_factory=dict)
    symbols: tuple[str, ...] = tuple(SYMBOLS)
    completeness: float = 0.95

    @property
    def name(self) -> str:
        words = [f"{name}={value}" for name, value in self.params.items()] or ["defaults"]
        return ",".join([*words, f"complete={self.completeness:g}", *self.symbols])


def cases() -> list[Case]:
    """Chosen parameter sets that reach every branch, and drawn ones."""
    one, two = ("UPPR", "SPLT"), ("NODAY", "BRK.B")
    chosen = [
        Case(),
        Case({"trend-period": 20}),
        Case({"trend-period": 3, "stop-atr": 6, "window-end": "11:30", "slippage-bps": 1, "fee-per-share": "0.005"}),
        Case({"trend-period": 1, "window-start": "09:30", "window-end": "15:59", "stop-atr": 25, "exit-time": "15:59"}),
        Case({"trend-period": 1, "window-start": "15:38", "window-end": "15:59", "stop-atr": 3}, two, 0.5),
        Case({"trend-period": 2, "window-end": "12:00", "stop-atr": 100, "exit-time": "10:20"}, one),
        Case(
            {"trend-period": 7, "ema-period": 200, "atr-period": 99, "window-start": "10:01", "window-end": "12:01"},
            two,
        ),
        Case({"trend-period": 5, "ema-period": 1000, "atr-period": 1000, "window-end": "15:00"}, one),
        Case({"trend-period": 11, "reversal-strength": "0.5", "window-end": "11:00", "shares": 1_000_000}, two, 0),
        Case({"trend-period": 3, "reversal-strength": 0, "stop-atr": "0.1", "exit-time": "09:30"}, one, 1),
        Case({"trend-period": 3, "reversal-strength": 1, "window-end": "15:59"}, two),
    ]
    draw = random.Random(random_market.SEED)
    drawn = []
    for number in range(tries(3, 12)):
        minutes = sorted(draw.randrange(570, 960) if draw.random() < 0.4 else draw.randrange(570, 690) for _ in "12")
        exit_minute = draw.choice([955, 959, draw.randrange(600, 960)])
        window_start, window_end, exit_time = (f"{m // 60:02d}:{m % 60:02d}" for m in (*minutes, exit_minute))
        drawn.append(
            Case(
                {
                    "window-start": window_start,
                    "window-end": window_end,
                    "exit-time": exit_time,
                    "reversal-strength": draw.choice(["0", "0.25", "0.4", "0.5", "0.6", "0.75", "0.9"]),
                    "stop-atr": f"{10 ** draw.uniform(-1, 1.7):.2f}",
                    "ema-period": draw.choice([5, 8, 13, 20, 34, 55]),
                    "atr-period": draw.choice([2, 5, 14, 30]),
                    "trend-period": draw.choice([1, 2, 3, 5, 10, 21, 50]),
                    "shares": draw.choice([1, 20, 33]),
                    "slippage-bps": draw.choice(["0", "0.5", "3"]),
                    "fee-per-share": draw.choice(["0", "0.0035"]),
                },
                (one, two)[number % 2],
                draw.choice([0.3, 0.8, 0.95, 0.97]),
            )
        )
    return chosen + drawn


CASES = cases()


@dataclass
class Comparison:
    """How two journals compare."""

    rows: int = 0
    trades: int = 0
    cells: int = 0
    exits: Counter = field(default_factory=Counter)
    notes: Counter = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)
    last_digits: int = 0

    def add(self, expected: list[dict[str, str]], printed: list[dict[str, str]]) -> None:
        """Compares the rows of one symbol."""
        dates = [row["trade_date"] for row in expected], [row["trade_date"] for row in printed]
        if dates[0] != dates[1]:
            self.differences.append(f"sessions: expected {dates[0]}, printed {dates[1]}")
            return
        for left, right in zip(expected, printed):
            if len(self.differences) < MOST_DIFFERENCES:
                self.add_row(left, right)

    def add_row(self, expected: dict[str, str], printed: dict[str, str]) -> None:
        self.rows += 1
        self.trades += printed["entered"] == "true"
        self.exits[printed["exit_reason"]] += 1
        self.notes[printed["notes"].split(":")[0]] += 1
        row = f"{printed['symbol']} {printed['trade_date']}"
        expected, printed = unfolded(expected), unfolded(printed)
        names = [name for name in expected | printed if name not in NOT_COMPARED]
        different = [name for name in names if expected.get(name) != printed.get(name)]
        self.cells += len(names)
        exact = [
            name
            for name in different
            if not (name.split(".")[0] in {*NUMBERS, "values"} and is_last_digit(expected.get(name, ""), printed.get(name, "")))
        ]
        self.last_digits += len(different) - len(exact)
        self.differences += [f"{row}: {name} expected {expected.get(name)!r}, printed {printed.get(name)!r}" for name in exact]
        lacks_bars = expected["notes"] != ""
        if lacks_bars and printed["notes"] != expected["notes"]:
            self.differences.append(f"{row}: notes expected {expected['notes']!r}, printed {printed['notes']!r}")
        if not lacks_bars and (printed["notes"] in ("", "no bars") or printed["notes"].startswith("too few bars")):
            self.differences.append(f"{row}: notes {printed['notes']!r} of a session with its bars")


def unfolded(row: dict[str, str]) -> dict[str, str]:
    """A row with a cell for each of its values."""
    values = (word.split("=") for word in row["values"].split())
    return {name: cell for name, cell in row.items() if name != "values"} | {f"values.{n}": cell for n, cell in values}


def is_last_digit(left: str, right: str) -> bool:
    """Whether two numbers differ by one in the sixth decimal."""
    return left != "" and right != "" and round(abs(float(left) - float(right)) * 1e6) == 1


def expect(folder: Path, case: Case) -> dict[str, list[dict[str, str]]]:
    """The reference's rows by symbol."""
    return {
        symbol: dp20_reference.run(folder, symbol, START, END, case.params, case.completeness)
        for symbol in case.symbols
    }


def remember_files() -> None:
    """Makes the reference read each file once a process, and spend no time looking for cycles among the bars."""
    gc.disable()
    dp20_reference.read_bars = remembering(dp20_reference.read_bars)
    dp20_reference.trading_sessions = remembering(dp20_reference.trading_sessions)


@pytest.fixture(scope="module")
def comparisons(run_in_module: Program, market, measured) -> list[Comparison]:
    """Every case on random bars: the program's rows against the reference's."""
    run = run_in_module
    results = []
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(2, mp_context=context, initializer=remember_files) as pool:
        awaited = [pool.submit(expect, market, case) for case in CASES]
        for number, case in enumerate(CASES):
            journal = run.folder / f"{number}.csv"
            run.succeed(
                "backtest", "--symbol", ",".join(case.symbols), "--start", START, "--end", END, "--data-dir", market,
                "--min-completeness", case.completeness, "--output", journal, *params(case.params),
            )  # fmt: skip
            rows = read_journal(journal)
            assert {row["symbol"] for row in rows} == set(case.symbols)
            comparison = Comparison()
            for symbol, expected in awaited[number].result(timeout=120).items():
                printed = [row for row in rows if row["symbol"] == symbol]
                comparison.add(expected, printed)
            results.append(comparison)
    total = Counter()
    for result in results:
        total += result.exits
    measured.append(
        f"agreement on random bars: {len(CASES)} parameter sets, {sum(r.rows for r in results)} rows "
        f"({sum(r.cells for r in results)} cells), {sum(r.trades for r in results)} trades, "
        + ", ".join(f"{count} {reason}" for reason, count in sorted(total.items()) if reason)
        + f"; {sum(r.last_digits for r in results)} last digits"
    )
    return results


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.name for case in CASES])
def test_random_bars_give_the_reference_journal(comparisons, number):
    comparison = comparisons[number]
    assert comparison.differences == []
    symbols = len(CASES[number].symbols)
    most = symbols * len(random_market.sessions(random_market.FIRST, random_market.LAST))
    assert most - symbols <= comparison.rows <= most, "a first session without bars has no row"


def test_the_random_bars_reach_every_branch(comparisons):
    exits, notes = Counter(), Counter()
    for comparison in comparisons:
        exits += comparison.exits
        notes += comparison.notes
    for reason in ("stop_loss", "stop_gap", "end_of_day", "session_end"):
        assert exits[reason] >= 20, f"{reason} occurred {exits[reason]} times"
    expected = [
        "too few bars", "no bars", "uptrend did not hold", "no bar in the entry window", "no pullback", "no reversal",
        "reversal without its quality", "no confirmation", "no confirmation in time", "not filled",
    ]  # fmt: skip
    assert [note for note in expected if notes[note] == 0] == [], f"branches that were not reached: {notes}"
    assert sum(count for note, count in notes.items() if note.endswith(" unknown")) > 0, "no average was unknown"


def test_differences_by_rounding_are_rare(comparisons):
    assert sum(c.last_digits for c in comparisons) <= sum(c.cells for c in comparisons) / 50_000


@pytest.fixture(scope="module")
def real_counts(measured):
    """Counts what is compared on real bars."""
    counts = Counter()
    yield counts
    sets, rows, trades = (counts[name] for name in ("sets", "rows", "trades"))
    measured.append(f"agreement on real bars: {sets} parameter sets, {rows} rows, {trades} trades")


@pytest.mark.parametrize("values", REAL_SETS, ids=lambda values: ",".join(f"{n}={v}" for n, v in values.items()))
def test_real_bars_give_the_reference_journal(run, real_data, reference, real_counts, values):
    journal = run.folder / "trades.csv"
    run.succeed(
        "backtest", "--symbol", "SPY,IBM", "--start", "2013-10-07", "--end", "2013-10-11", "--data-dir", real_data,
        "--output", journal, *params(values),
    )  # fmt: skip
    rows = read_journal(journal)
    comparison = Comparison()
    for symbol in ("IBM", "SPY"):
        expected = reference.run(real_data, symbol, "2013-10-07", "2013-10-11", values)
        comparison.add(expected, [row for row in rows if row["symbol"] == symbol])
    assert comparison.differences == []
    assert comparison.rows == len(rows) == 10
    assert comparison.last_digits == 0
    real_counts.update(sets=1, rows=comparison.rows, trades=comparison.trades)
