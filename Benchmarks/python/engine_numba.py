"""DP20 as one pass compiled by numba, over the columns of columns.bin.

    python engine_numba.py COLUMNS.BIN [REPETITIONS]

The rules are those of Benchmarks/c/single_pass.c, step by step. Compiling is not timed. The long loops go over slices:
an index that might be negative would be checked and wrapped for every value read.
"""

import sys

import numba
import numpy as np

import rules
from columns import read_columns
from measure import measure

RESULT_INDICES = ("outcome", "entered", "pullback", "reversal", "confirmation", "entry", "exit")
RESULT_PRICES = ("ema", "atr", "entry_price", "stop_price", "exit_price", "mae", "mfe", "r")

BAR_SECONDS = rules.BAR_SECONDS
WINDOW_START = rules.WINDOW_START
WINDOW_END = rules.WINDOW_END
EXIT_TIME = rules.EXIT_TIME
EARLY_CLOSE_MARGIN = rules.EARLY_CLOSE_MARGIN
EMA_WEIGHT = rules.EMA_WEIGHT
EMA_KEPT = 1.0 - EMA_WEIGHT
ATR_WEIGHT = rules.ATR_WEIGHT
ATR_KEPT = 1.0 - ATR_WEIGHT
STRONG_ABOVE = rules.REVERSAL_STRENGTH
STRENGTH_TOLERANCE = rules.STRENGTH_TOLERANCE
STOP_ATR = rules.STOP_ATR


@numba.njit(inline="always", fastmath={"contract"})
def advance(ema, atr, before, high, low, close):
    """Takes one bar in: both averages are one fused multiply-add behind the values they had before."""
    span = (high if high > before else before) - (low if low < before else before)
    return EMA_KEPT * ema + EMA_WEIGHT * close, ATR_KEPT * atr + ATR_WEIGHT * span, close


@numba.njit(fastmath={"contract"}, error_model="numpy", boundscheck=False, cache=True)
def single_pass(time, open_, high, low, close, first, count, open_time, minutes, sma200, indices, prices):
    """Fills a row of `indices` and of `prices` for each session and returns how many trades were taken."""
    trades = 0
    if time.size == 0:
        return trades
    ema = close[0]
    atr = high[0] - low[0]
    before = close[0]

    for s in range(first.size):
        i = first[s]
        end = i + count[s]
        outcome = rules.NO_BARS
        pullback = -1
        reversal = -1
        confirmation = -1
        entry = -1
        exit_ = -1
        entry_ema = entry_atr = price = stop = fill = worst = best = r = 0.0

        if i < end and not open_[i] > sma200[s]:
            outcome = rules.NO_AVERAGE if np.isnan(sma200[s]) else rules.NO_TREND
        elif i < end:
            # The window's bars: in a complete session they are found without looking at the clock.
            complete = count[s] * BAR_SECONDS == minutes[s] * 60
            if complete:
                window_first = min(i + (WINDOW_START + BAR_SECONDS - 1) // BAR_SECONDS, end)
                window_end = min(i + WINDOW_END // BAR_SECONDS + 1, end)
            else:
                window_first = i
                while window_first < end and time[window_first] < open_time[s] + WINDOW_START:
                    window_first += 1
                window_end = window_first
                while window_end < end and time[window_end] <= open_time[s] + WINDOW_END:
                    window_end += 1
            for h, l, c in zip(high[i:window_first], low[i:window_first], close[i:window_first]):
                ema, atr, before = advance(ema, atr, before, h, l, c)
            i = max(i, window_first)

            # Pullback.
            outcome = rules.NO_PULLBACK
            while i < window_end and pullback < 0:
                ema, atr, before = advance(ema, atr, before, high[i], low[i], close[i])
                if close[i] < ema:
                    pullback = i
                    outcome = rules.NO_REVERSAL
                i += 1

            # Reversal.
            while i < window_end and reversal < 0:
                ema, atr, before = advance(ema, atr, before, high[i], low[i], close[i])
                if close[i] > ema:
                    span = high[i] - low[i]
                    if span > 0 and (close[i] - low[i]) / span - STRONG_ABOVE > STRENGTH_TOLERANCE:
                        reversal = i
                        outcome = rules.NO_CONFIRMATION
                    else:
                        outcome = rules.WEAK_REVERSAL
                i += 1

            # Confirmation.
            if reversal >= 0 and i < window_end:
                ema, atr, before = advance(ema, atr, before, high[i], low[i], close[i])
                if not close[i] < ema:
                    confirmation = i
                    outcome = rules.NO_ENTRY
                i += 1

            # Entry, and the bar at whose close the clock ends the trade.
            if confirmation >= 0 and i < end:
                trades += 1
                entry = i
                entry_ema = ema
                entry_atr = atr
                price = open_[i]
                stop = price - STOP_ATR * atr
                after_open = min(EXIT_TIME, minutes[s] * 60 - EARLY_CLOSE_MARGIN)
                opens_after = open_time[s] + after_open - BAR_SECONDS
                exit_ = end - 1
                outcome = rules.END_OF_DAY
                if complete:
                    exit_ = max(first[s] + after_open // BAR_SECONDS, entry)
                elif time[exit_] <= opens_after:
                    outcome = rules.SESSION_END
                else:
                    while exit_ > entry and time[exit_ - 1] > opens_after:
                        exit_ -= 1

                # Held: the stop comes before the clock, and a bar that stops the trade counts only its fill.
                fill = close[exit_]
                worst = price
                best = price
                held = exit_ + 1
                j = entry
                for h, l, c in zip(high[entry:held], low[entry:held], close[entry:held]):
                    ema, atr, before = advance(ema, atr, before, h, l, c)
                    if l <= stop:
                        gap = j > entry and open_[j] <= stop
                        fill = open_[j] if gap else stop
                        outcome = rules.STOP_GAP if gap else rules.STOP_LOSS
                        exit_ = j
                        break
                    worst = l if l < worst else worst
                    best = h if h > best else best
                    j += 1
                i = exit_ + 1
                worst = min(worst, fill) - price
                best = max(best, fill) - price
                r = (fill - price) / (price - stop)

        for h, l, c in zip(high[i:end], low[i:end], close[i:end]):
            ema, atr, before = advance(ema, atr, before, h, l, c)

        indices[s, 0] = outcome
        indices[s, 1] = entry >= 0
        indices[s, 2] = pullback
        indices[s, 3] = reversal
        indices[s, 4] = confirmation
        indices[s, 5] = entry
        indices[s, 6] = exit_
        prices[s, 0] = entry_ema
        prices[s, 1] = entry_atr
        prices[s, 2] = price
        prices[s, 3] = stop
        prices[s, 4] = fill
        prices[s, 5] = worst
        prices[s, 6] = best
        prices[s, 7] = r
    return trades


class Engine:
    """The compiled pass with its inputs laid out and its outputs allocated once, as the C program has them."""

    def __init__(self, columns):
        table = columns.sessions
        self.inputs = columns[:5] + tuple(np.ascontiguousarray(table[name]) for name in table.dtype.names)
        self.indices = np.zeros((len(table), len(RESULT_INDICES)), np.int64)
        self.prices = np.zeros((len(table), len(RESULT_PRICES)))
        self.results = {name: self.indices[:, n] for n, name in enumerate(RESULT_INDICES)}
        self.results |= {name: self.prices[:, n] for n, name in enumerate(RESULT_PRICES)}

    def run(self, _columns=None):
        """Runs the pass and returns one array for each field of a result."""
        single_pass(*self.inputs, self.indices, self.prices)
        return self.results


def run(columns):
    """The results of every session of `columns`, as arrays by name."""
    return Engine(columns).run()


def main(arguments):
    columns = read_columns(arguments[0])
    repetitions = int(arguments[1]) if len(arguments) > 1 else 200
    measure("numba", Engine(columns).run, columns, repetitions)


if __name__ == "__main__":
    main(sys.argv[1:])
