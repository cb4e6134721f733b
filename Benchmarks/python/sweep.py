"""A sweep of DP20 as a numpy and pyarrow process, from start to exit: the baseline of the sweep's benchmark.

    python sweep.py BARS.PARQUET FOLDER SYMBOL START END [each]

BARS has the columns timestamp,open,high,low,close and two-minute bars from a year before START on, which give the average
of 200 daily closes. A thousand sets: what sets have in common is worked out once (an average for each of its periods,
entries for each average and strength), what they do not is one pass over all of a set's trades, and the figures are worked out
for all sets at once. With `each` only the averages are shared: a set is searched for entries and has its figures worked out by
itself. All is written as CSV and as Parquet; the trades as Parquet, as the program does it.
"""

import functools
import itertools
import os
import sys

# The products are too small to share: threads of the library only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np  # noqa: E402
import pyarrow  # noqa: E402
import pyarrow.csv  # noqa: E402
from pyarrow import parquet  # noqa: E402

import engine_numpy  # noqa: E402
import job  # noqa: E402
import rules  # noqa: E402
import sweep_figures  # noqa: E402

AVERAGES = (10, 15, 20, 25, 30)
RANGES = (10, 14)
STRENGTHS = tuple(round(0.4 + 0.04 * step, 2) for step in range(10))
STOPS = tuple(round(0.5 + 0.2 * step, 1) for step in range(10))
GRID = {
    "ema-period": AVERAGES, "atr-period": RANGES, "reversal-strength": STRENGTHS, "stop-atr": STOPS,
}  # fmt: skip
# Averages begin so many sessions before the first that counts: what they began with has faded by then.
WARM_UP = 10


def load(path, start, end):
    """The columns from the warm-up on, and the sessions from `start` to `end` with the averages of their daily closes."""
    bars, days, first, ends, opens, minutes = job.cut_sessions(job.read_bars(path))
    daily = bars[4][ends - 1]
    average = np.full(len(first), np.nan)
    if len(daily) > job.TREND_PERIOD:
        windows = np.lib.stride_tricks.sliding_window_view(daily[:-1], job.TREND_PERIOD)
        average[job.TREND_PERIOD :] = windows.mean(1)
    dates = days.astype("datetime64[D]")
    chosen = np.flatnonzero((dates >= np.datetime64(start)) & (dates <= np.datetime64(end)))
    offset = first[max(chosen[0] - WARM_UP, 0)]
    columns = [column[offset : ends[chosen[-1]]] for column in bars]
    return columns, first[chosen] - offset, ends[chosen] - offset, opens[chosen], minutes[chosen], average[chosen]


def ema(values, weight):
    """A recursive average of a whole column, seeded with its first value: block by block."""
    block = engine_numpy.BLOCK
    age = np.arange(block)[:, None] - np.arange(block)
    weights = np.where(age >= 0, weight * (1.0 - weight) ** age.clip(0), 0.0)
    faded = (1.0 - weight) ** np.arange(1, block + 1)
    padded = np.concatenate((values, np.full(-len(values) % block, values[-1]))).reshape(-1, block)
    inside = padded @ weights.T
    before = engine_numpy._carried(values[0], inside[:, -1], weight)[: len(padded)]
    return (inside + np.multiply.outer(before, faded)).ravel()[: len(values)]


def run(path, start, end, shared):
    """The trades of each set, as arrays: session, entry and exit bars' opens after the session's, net, risk, what was bought and sold."""
    columns, first, ends, opens, minutes, average = load(path, start, end)
    time, open_, high, low, close = columns
    before = np.concatenate((close[:1], close[:-1]))
    ranges = np.maximum(high, before) - np.minimum(low, before)
    ranges[0] = high[0] - low[0]
    atrs = {period: ema(ranges, 2.0 / (period + 1)) for period in RANGES}

    up = np.flatnonzero(open_[first] > average)
    windows = np.searchsorted(time, opens[up] + rules.WINDOW_START)
    window_ends = np.searchsorted(time, opens[up] + rules.WINDOW_END, "right")
    column = np.arange(int((window_ends - windows).max()))
    bars = windows[:, None] + column
    inside = bars < window_ends[:, None]
    bars = np.minimum(bars, len(time) - 1)
    closes, lows, highs = close[bars], low[bars], high[bars]
    spans = highs - lows
    strength = np.divide(closes - lows, spans, out=np.zeros_like(spans), where=spans > 0)
    after_open = np.minimum(rules.EXIT_TIME, minutes[up] * 60 - rules.EARLY_CLOSE_MARGIN)
    timed = np.searchsorted(time, opens[up] + (after_open - rules.BAR_SECONDS), "right")

    @functools.cache
    def above_average(period):
        """Where the window's closes are below and, after that, above an average; and how far."""
        difference = closes - ema(close, 2.0 / (period + 1))[bars]
        below = (difference < 0) & inside
        above = (difference > 0) & inside & (column > below.argmax(1)[:, None]) & below.any(1)[:, None]
        return difference, above

    def entries(period, least):
        """The sessions that are traded, entry bars, the last bars held, and the lowest prices so far: one row a trade."""
        difference, above = above_average(period)
        strong = above & (strength - least > rules.STRENGTH_TOLERANCE)
        confirmation = windows + strong.argmax(1) + 1
        entered = strong.any(1) & (confirmation < window_ends) & (confirmation + 1 < ends[up])
        row = np.flatnonzero(entered)
        row = row[difference[row, confirmation[row] - windows[row]] >= 0]
        entry = confirmation[row] + 1
        planned = np.maximum(np.minimum(timed[row], ends[up][row] - 1), entry)
        held = np.arange(int((planned - entry).max()) + 1)
        paths = np.minimum(entry[:, None] + held, planned[:, None])
        return up[row], entry, planned, np.minimum.accumulate(low[paths], axis=1)

    if shared:
        entries = functools.cache(entries)
    found = []
    for period, range_period, least, multiple in itertools.product(*GRID.values()):
        sessions, entry, planned, lowest = entries(period, least)
        price = open_[entry]
        stop = price - multiple * atrs[range_period][entry - 1]
        hit = lowest <= stop[:, None]
        stopped = hit[:, -1]
        exit_ = np.where(stopped, entry + hit.argmax(1), planned)
        gap = stopped & (exit_ > entry) & (open_[exit_] <= stop)
        fill = np.where(stopped, np.where(gap, open_[exit_], stop), close[planned])
        found.append((
            sessions, time[entry] - opens[sessions], time[exit_] - opens[sessions], (fill - price) * rules.SHARES,
            (price - stop) * rules.SHARES, price * rules.SHARES, fill * rules.SHARES))
    return found, len(first), int(minutes.sum()), buy_and_hold(close, open_, first, ends)


def buy_and_hold(close, open_, first, ends):
    """The returns of holding: close to close, the first from its open."""
    closes = close[ends - 1]
    return closes / np.concatenate((open_[first[:1]], closes[:-1])) - 1


def write_trades(found, path):
    """All trades, from which results can be made again."""
    sizes = [len(one[0]) for one in found]
    columns = {"unit": np.repeat(np.arange(len(found)), sizes)}
    names = ("session", "entry_seconds", "exit_seconds", "net", "risk", "entry_value", "exit_value")
    columns |= {name: np.concatenate([one[part] for one in found]) for part, name in enumerate(names)}
    columns["costs"] = np.zeros(len(columns["unit"]))
    parquet.write_table(pyarrow.table(columns), path, compression="zstd", compression_level=1)


def main(path, folder, symbol, start, end, sharing="shared"):
    found, sessions, minutes, holding = run(path, start, end, sharing != "each")
    os.makedirs(folder, exist_ok=True)
    write_trades(found, os.path.join(folder, "trades.parquet"))
    table = sweep_figures.table(found, sessions, minutes, tuple(len(values) for values in GRID.values()), sharing == "each")
    count = len(found)
    shape = [len(values) for values in GRID.values()]
    places = np.unravel_index(np.arange(count), shape)
    columns = {"symbol": [symbol] * count, "set": np.arange(count)}
    for (name, values), place in zip(GRID.items(), places):
        columns[name] = np.array([str(value) for value in values])[place]
    columns |= {"sessions": np.full(count, sessions)} | table
    for name, value in sweep_figures.holding(holding).items():
        columns[f"hold_{name}"] = np.full(count, value)
    written = pyarrow.table({
        name: pyarrow.array(values, from_pandas=True) for name, values in columns.items()})
    pyarrow.csv.write_csv(written, os.path.join(folder, "results.csv"))
    parquet.write_table(written, os.path.join(folder, "results.parquet"), compression="zstd")


if __name__ == "__main__":
    if len(sys.argv) not in (6, 7):
        sys.exit("usage: sweep.py BARS.PARQUET FOLDER SYMBOL START END [each]")
    main(*sys.argv[1:])
    # The files are written and closed; taking the interpreter down piece by piece would only cost time.
    os._exit(0)
