"""DP20 in vectorised numpy: the engine of the whole process, and one that can be timed on columns.bin.

    python engine_numpy.py COLUMNS.BIN [REPETITIONS]

A recursive average is a chain of dependent steps, which numpy has no primitive for. The bars are cut into blocks: what
a block adds to the average is one product for all blocks, and what is carried from block to block a short convolution.
Inside the blocks the averages are worked out where the rules look at them and nowhere else: in the window for the EMA,
at the confirmation bar for the ATR. Long columns are gone through in chunks that stay in the cache, into the same
scratch space: fresh memory costs more than the arithmetic.
"""

import sys

import numpy as np

import rules
from columns import read_columns

BLOCK = 32
CHUNK = 512 * BLOCK
RESULT_INDICES = ("pullback", "reversal", "confirmation", "entry", "exit")
RESULT_PRICES = ("ema", "atr", "entry_price", "stop_price", "exit_price", "mae", "mfe", "r")


def _added_by_block(weight):
    """The weights of a block's bars in the average after it."""
    return weight * (1.0 - weight) ** np.arange(BLOCK - 1, -1, -1)


def _carried(first, added, weight):
    """The average before each block, given what every block adds; before the first bar it is `first`.

    What a block added fades with every block that follows; terms too faded to change a double are left out.
    """
    kept = (1.0 - weight) ** BLOCK
    terms = int(np.ceil(-60.0 * np.log(2.0) / np.log(kept)))
    added = np.concatenate(([first], added))
    return np.convolve(added, kept ** np.arange(terms))[: len(added)]


def ema_before_blocks(close):
    """The EMA before each block of bars, seeded with the first close."""
    whole = len(close) // BLOCK * BLOCK
    added = close[:whole].reshape(-1, BLOCK) @ _added_by_block(rules.EMA_WEIGHT)
    return _carried(close[0], added, rules.EMA_WEIGHT)


def atr_before_blocks(high, low, close):
    """The ATR before each block of bars, seeded with the first bar's high - low.

    The true range is max(high, previous close) - min(low, previous close).
    """
    weights = _added_by_block(rules.ATR_WEIGHT)
    whole = len(close) // BLOCK * BLOCK
    added = np.empty(whole // BLOCK)
    ranges = np.empty(CHUNK)
    floors = np.empty(CHUNK)
    for start in range(0, whole, CHUNK):
        end = min(start + CHUNK, whole)
        chunk_ranges = ranges[: end - start]
        chunk_floors = floors[: end - start]
        offset = 1 if start == 0 else 0
        before = close[start + offset - 1 : end - 1]
        np.maximum(high[start + offset : end], before, out=chunk_ranges[offset:])
        np.minimum(low[start + offset : end], before, out=chunk_floors[offset:])
        if offset:
            chunk_ranges[0] = high[0]
            chunk_floors[0] = low[0]
        chunk_ranges -= chunk_floors
        np.dot(chunk_ranges.reshape(-1, BLOCK), weights, out=added[start // BLOCK : end // BLOCK])
    return _carried(high[0] - low[0], added, rules.ATR_WEIGHT)


def ema_in_windows(close, first, width):
    """The EMA of `width` bars from each index in `first`, one row each."""
    blocks = first // BLOCK
    span = BLOCK + width
    kept = (1.0 - rules.EMA_WEIGHT) ** np.arange(span + 1)
    age = np.arange(span) - np.arange(span)[:, None]
    weights = np.where(age >= 0, rules.EMA_WEIGHT * kept[age.clip(0)], 0.0)
    bars = np.minimum((blocks * BLOCK)[:, None] + np.arange(span), len(close) - 1)
    averages = close[bars] @ weights
    averages += np.multiply.outer(ema_before_blocks(close)[blocks], kept[1:])
    return averages[np.arange(len(first))[:, None], (first - blocks * BLOCK)[:, None] + np.arange(width)]


def atr_at(high, low, close, bars):
    """The ATR of each bar whose index is in `bars`."""
    blocks = bars // BLOCK
    place = bars - blocks * BLOCK
    column = np.arange(BLOCK)
    kept = (1.0 - rules.ATR_WEIGHT) ** np.arange(BLOCK + 1)
    rows = np.minimum((blocks * BLOCK)[:, None] + column, len(close) - 1)
    before = close[np.maximum(rows - 1, 0)]
    ranges = np.maximum(high[rows], before) - np.minimum(low[rows], before)
    if len(rows) and rows[0, 0] == 0:
        ranges[rows == 0] = high[0] - low[0]
    age = place[:, None] - column
    ranges *= np.where(age >= 0, rules.ATR_WEIGHT * kept[age.clip(0)], 0.0)
    return ranges.sum(1) + kept[place + 1] * atr_before_blocks(high, low, close)[blocks]


def run(columns):
    """The results of every session of `columns`, as arrays by name; -1 and 0 where a session has no such thing."""
    time, open_, high, low, close, table = columns
    sessions = len(table)
    results = {name: np.full(sessions, -1) for name in RESULT_INDICES}
    results |= {name: np.zeros(sessions) for name in RESULT_PRICES}
    outcome = np.full(sessions, rules.NO_BARS)
    results["outcome"] = outcome
    results["entered"] = np.zeros(sessions, bool)
    if not len(time):
        return results

    # Trend.
    filled = table["count"] > 0
    average = table["sma200"]
    up = filled.copy()
    up[filled] = open_[table["first"][filled]] > average[filled]
    outcome[filled] = np.where(np.isnan(average[filled]), rules.NO_AVERAGE, rules.NO_TREND)
    chosen = np.flatnonzero(up)
    if not len(chosen):
        return results
    opens = table["open_time"][chosen]
    ends = table["first"][chosen] + table["count"][chosen]

    # The window's bars, one row a session, padded to the widest.
    first = np.searchsorted(time, opens + rules.WINDOW_START)
    window_ends = np.searchsorted(time, opens + rules.WINDOW_END, "right")
    width = max(int((window_ends - first).max()), 1)
    column = np.arange(width)
    bars = first[:, None] + column
    inside = bars < window_ends[:, None]
    bars = np.minimum(bars, len(time) - 1)
    closes = close[bars]
    ema = ema_in_windows(close, first, width)
    difference = closes - ema

    # Pullback.
    below = (difference < 0) & inside
    pulled = below.any(1)
    pullback = below.argmax(1)
    outcome[chosen] = np.where(pulled, rules.NO_REVERSAL, rules.NO_PULLBACK)
    results["pullback"][chosen[pulled]] = (first + pullback)[pulled]

    # Reversal.
    above = (difference > 0) & inside & (column > pullback[:, None]) & pulled[:, None]
    lows = low[bars]
    spans = high[bars] - lows
    strength = np.divide(closes - lows, spans, out=np.zeros_like(spans), where=spans > 0)
    strong = above & (strength - rules.REVERSAL_STRENGTH > rules.STRENGTH_TOLERANCE)
    reversed_ = strong.any(1)
    outcome[chosen[above.any(1)]] = rules.WEAK_REVERSAL
    outcome[chosen[reversed_]] = rules.NO_CONFIRMATION
    reversal = first + strong.argmax(1)
    results["reversal"][chosen[reversed_]] = reversal[reversed_]

    # Confirmation.
    confirmation = reversal + 1
    confirmed = reversed_ & (confirmation < window_ends)
    row = np.flatnonzero(confirmed)
    confirmed[row] = difference[row, (confirmation - first)[row]] >= 0
    outcome[chosen[confirmed]] = rules.NO_ENTRY
    results["confirmation"][chosen[confirmed]] = confirmation[confirmed]

    # Entry.
    entered = confirmed & (confirmation + 1 < ends)
    traded = chosen[entered]
    if not len(traded):
        return results
    entry_ema = ema[entered, (confirmation - first)[entered]]
    confirmation = confirmation[entered]
    entry_atr = atr_at(high, low, close, confirmation)
    ends = ends[entered]
    entry = confirmation + 1
    price = open_[entry]
    stop = price - rules.STOP_ATR * entry_atr
    after_open = np.minimum(rules.EXIT_TIME, table["minutes"][traded] * 60 - rules.EARLY_CLOSE_MARGIN)
    timed = np.searchsorted(time, opens[entered] + (after_open - rules.BAR_SECONDS), "right")
    ending = np.where(timed < ends, rules.END_OF_DAY, rules.SESSION_END)
    planned = np.maximum(np.minimum(timed, ends - 1), entry)

    # Held: one row a trade, padded to the longest; the stop comes before the clock.
    column = np.arange(int((planned - entry).max()) + 1)
    bars = entry[:, None] + column
    held = bars <= planned[:, None]
    bars = np.minimum(bars, len(time) - 1)
    lows = low[bars]
    hit = (lows <= stop[:, None]) & held
    stopped = hit.any(1)
    exit_ = np.where(stopped, entry + hit.argmax(1), planned)
    gap = stopped & (exit_ > entry) & (open_[exit_] <= stop)
    fill = np.where(stopped, np.where(gap, open_[exit_], stop), close[planned])

    # A bar that stops the trade counts only its fill.
    whole = bars < (exit_ + ~stopped)[:, None]
    worst = np.minimum(np.where(whole, lows, price[:, None]).min(1), np.minimum(fill, price))
    best = np.maximum(np.where(whole, high[bars], price[:, None]).max(1), np.maximum(fill, price))

    outcome[traded] = np.where(stopped, np.where(gap, rules.STOP_GAP, rules.STOP_LOSS), ending)
    values = {
        "entered": True, "entry": entry, "exit": exit_, "ema": entry_ema, "atr": entry_atr,
        "entry_price": price, "stop_price": stop, "exit_price": fill, "mae": worst - price, "mfe": best - price,
        "r": (fill - price) / (price - stop),
    }
    for name, value in values.items():
        results[name][traded] = value
    return results


def main(arguments):
    from measure import measure

    columns = read_columns(arguments[0])
    repetitions = int(arguments[1]) if len(arguments) > 1 else 30
    measure("numpy", run, columns, repetitions)


if __name__ == "__main__":
    main(sys.argv[1:])
