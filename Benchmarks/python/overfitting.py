"""The probability of overfitting in numpy: the baseline of its benchmark.

    python overfitting.py generate MATRIX.BIN SETS SESSIONS
    python overfitting.py measure MATRIX.BIN SETS SESSIONS [REPETITIONS]

MATRIX.BIN holds the daily results of one set after the other, in single precision. CSCV: 16 blocks, all 12,870 halves; of a half
and the one that it leaves, the sums are worked out once. Sums of halves are products of matrices, in pieces that stay in
the cache.
"""

import itertools
import json
import os
import sys
import time

# The products are too small to share: threads of the library only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np  # noqa: E402

BLOCKS = 16
PIECE = 64


def probability(matrix):
    """How often the set that is best in one half is below the middle in the other."""
    sets, sessions = matrix.shape
    lengths = np.full(BLOCKS, sessions // BLOCKS)
    lengths[: sessions % BLOCKS] += 1
    starts = np.cumsum(lengths) - lengths
    matrix = matrix.astype(np.float64)
    sums = np.add.reduceat(matrix, starts, axis=1).T.copy()
    squares = np.add.reduceat(matrix * matrix, starts, axis=1).T.copy()
    # Halves with the first block; the others are what these leave.
    halves = np.zeros((6435, BLOCKS))
    for row, blocks in enumerate(itertools.combinations(range(1, BLOCKS), 7)):
        halves[row, [0, *blocks]] = 1
    counts = halves @ lengths
    total, total_squares = sums.sum(0), squares.sum(0)
    losses = 0
    for start in range(0, len(halves), PIECE):
        piece = halves[start : start + PIECE]
        count = counts[start : start + PIECE, None]
        inside, inside_squares = piece @ sums, piece @ squares
        one = keys(inside, inside_squares, count)
        other = keys(total - inside, total_squares - inside_squares, sessions - count)
        losses += doubled_losses(one, other) + doubled_losses(other, one)
    return losses / 2 / 12_870


def keys(sums, squares, count):
    """Numbers that are ordered like the Sharpe ratios: sum x |sum| / variance."""
    variance = squares - sums * sums / count
    return np.divide(sums * np.abs(sums), variance, out=np.zeros_like(sums), where=variance > 1e-12 * squares)


def doubled_losses(chosen, judged):
    """2 for each row whose best is below the middle in the other half, 1 for each in the middle."""
    sets = chosen.shape[1]
    key = judged[np.arange(len(chosen)), chosen.argmax(1)][:, None]
    doubled = 2 * np.count_nonzero(judged < key, axis=1) + np.count_nonzero(judged == key, axis=1) + 1
    return 2 * np.count_nonzero(doubled < sets + 1) + np.count_nonzero(doubled == sets + 1)


def main(command, path, sets, sessions, repetitions="7"):
    shape = int(sets), int(sessions)
    if command == "generate":
        np.random.default_rng(1).standard_normal(shape, np.float32).tofile(path)
        return
    matrix = np.fromfile(path, np.float32).reshape(shape)
    times = []
    for _ in range(int(repetitions) + 1):
        start = time.perf_counter_ns()
        value = probability(matrix)
        times.append((time.perf_counter_ns() - start) / 1e6)
    times = sorted(times[1:])
    print(json.dumps({"engine": "numpy", "ms_median": times[len(times) // 2], "ms_min": times[0], "value": value}))


if __name__ == "__main__":
    main(*sys.argv[1:])
