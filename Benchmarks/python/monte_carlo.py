"""A Monte-Carlo simulation by the stationary bootstrap in numpy: the baseline of its benchmark.

    python monte_carlo.py generate SESSIONS.BIN SESSIONS
    python monte_carlo.py measure SESSIONS.BIN RUNS [REPETITIONS]

SESSIONS.BIN holds the net P&L of each session as a double, NaN where there was no trade. A random number is drawn for each block, not
for each session: blocks end where a run does, which changes nothing, for their lengths have no memory. Runs are drawn in
pieces that stay in the cache.
"""

import json
import sys
import time

import numpy as np

CAPITAL = 100_000.0
PERCENTILES = (5, 25, 50, 75, 95)
PIECE = 20


def simulate(net, runs, seed):
    """Percentiles of the final P&L, of the deepest drawdown in USD and in %, and of the longest losing streak."""
    random = np.random.default_rng(seed)
    count = len(net)
    results, loses, wins = np.nan_to_num(net), net < 0, net >= 0
    found = np.empty((4, runs))
    for first in range(0, runs, PIECE):
        here = min(PIECE, runs - first)
        order = redrawn(count, here, np.sqrt(count), random)
        equity = CAPITAL + np.cumsum(results[order].reshape(here, count), axis=1)
        peak = np.maximum.accumulate(equity, axis=1)
        np.maximum(peak, CAPITAL, out=peak)
        falls = peak - equity
        losers = np.cumsum(loses[order].reshape(here, count), axis=1, dtype=np.int32)
        before = np.maximum.accumulate(np.where(wins[order].reshape(here, count), losers, 0), axis=1)
        part = found[:, first : first + here]
        part[0] = equity[:, -1] - CAPITAL
        part[1] = falls.max(1)
        part[2] = (falls / peak).max(1) * 100
        part[3] = (losers - before).max(1)
    return np.percentile(found, PERCENTILES, axis=1).T


def redrawn(count, runs, block, random):
    """The sessions of several runs, one after the other."""
    total = runs * count
    blocks = int(total / block * 1.2) + 200
    ends = np.cumsum(random.geometric(1 / block, blocks))
    while ends[-1] < total:
        ends = np.concatenate((ends, ends[-1] + np.cumsum(random.geometric(1 / block, blocks))))
    bounds = np.unique(np.concatenate((ends[ends < total], np.arange(0, total + 1, count))))
    starts = random.integers(count, size=len(bounds) - 1)
    order = np.repeat(starts - bounds[:-1], np.diff(bounds))
    order += np.arange(total)
    order %= count
    return order


def main(command, path, number, repetitions="5"):
    if command == "generate":
        random = np.random.default_rng(2)
        net = random.standard_normal(int(number)) * 100 + 5
        net[random.random(len(net)) < 0.4] = np.nan
        net.tofile(path)
        return
    net = np.fromfile(path)
    times = []
    for _ in range(int(repetitions) + 1):
        start = time.perf_counter_ns()
        values = simulate(net, int(number), 1)
        times.append((time.perf_counter_ns() - start) / 1e6)
    times = sorted(times[1:])
    print(json.dumps({
        "engine": "numpy", "ms_median": times[len(times) // 2], "ms_min": times[0], "values": values.tolist()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
