"""Research figures written from their definitions with numpy: what the program's are compared with."""

from itertools import combinations

import numpy as np
from scipy import stats

SESSIONS_A_YEAR = 252


def sharpe_of_session(returns: np.ndarray) -> float:
    return float(np.mean(returns) / np.std(returns, ddof=1))


def spread(returns: np.ndarray) -> float:
    """1 - g3 SR + (g4 - 1) / 4 SR^2, from biased moments; the kurtosis of a normal distribution is 3."""
    ratio = sharpe_of_session(returns)
    return 1 - stats.skew(returns) * ratio + (stats.kurtosis(returns, fisher=False) - 1) / 4 * ratio**2


def probabilistic_sharpe(returns: np.ndarray, threshold: float = 0) -> float:
    distance = (sharpe_of_session(returns) - threshold) * np.sqrt(len(returns) - 1)
    return float(stats.norm.cdf(distance / np.sqrt(spread(returns))))


def minimum_track_record(returns: np.ndarray, threshold: float = 0) -> float:
    return float(1 + spread(returns) * (stats.norm.ppf(0.95) / (sharpe_of_session(returns) - threshold)) ** 2)


def expected_maximum(trials: int) -> float:
    euler = 0.5772156649
    return (1 - euler) * stats.norm.ppf(1 - 1 / trials) + euler * stats.norm.ppf(1 - 1 / (trials * np.e))


def deflated_sharpe(returns: np.ndarray, trials: int, ratios: np.ndarray) -> tuple[float, float]:
    """The threshold and the probability to be above it."""
    variance = min(np.var(ratios, ddof=1), 1 / (len(returns) - 1))
    threshold = np.sqrt(variance) * expected_maximum(trials)
    return float(threshold), probabilistic_sharpe(returns, threshold)


def overfitting_probability(matrix: np.ndarray, blocks: int = 16) -> float:
    """CSCV over a matrix sessions x sets: consecutive blocks, all halves."""
    parts = np.array_split(np.arange(len(matrix)), blocks)
    sums = np.array([matrix[part].sum(axis=0) for part in parts])
    squares = np.array([(matrix[part] ** 2).sum(axis=0) for part in parts])
    counts = np.array([len(part) for part in parts])
    chosen = list(combinations(range(blocks), blocks // 2))
    halves = np.array([[block in half for block in range(blocks)] for half in chosen], float)

    def ratios(halves: np.ndarray) -> np.ndarray:
        count, total, square = (halves @ counts)[:, None], halves @ sums, halves @ squares
        variance = (square - total**2 / count) / (count - 1)
        flat = variance <= 1e-13 * np.maximum(square, 1e-300)
        return np.where(flat, 0, total / count / np.sqrt(np.where(flat, 1, variance)))

    inside, outside = ratios(halves), ratios(1 - halves)
    value = outside[np.arange(len(halves)), inside.argmax(axis=1)][:, None]
    rank = np.sum(outside < value, axis=1) + (np.sum(outside == value, axis=1) + 1) / 2
    middle = (matrix.shape[1] + 1) / 2
    return float(np.mean(np.where(rank < middle, 1, np.where(rank == middle, 0.5, 0))))


def kernel_deviations(matrix: np.ndarray) -> np.ndarray:
    """w of each set: the kernel variance of the stationary bootstrap, lag by lag."""
    count = len(matrix)
    keep = 1 - 1 / np.cbrt(count)
    centred = matrix - matrix.mean(axis=0)
    variance = np.sum(centred**2, axis=0) / count
    for lag in range(1, count):
        weight = (count - lag) / count * keep**lag + lag / count * keep ** (count - lag)
        variance += 2 * weight * np.sum(centred[:-lag] * centred[lag:], axis=0) / count
    return np.sqrt(np.maximum(variance, 0))


def stationary_indices(count: int, block: float, random: np.random.Generator) -> np.ndarray:
    """Sessions redrawn in blocks of a mean length."""
    starts = random.integers(count, size=count)
    begins = random.random(count) < 1 / block
    begins[0] = True
    places = np.arange(count)
    first = np.maximum.accumulate(np.where(begins, places, 0))
    return (starts[first] + places - first) % count


def predictive_ability(matrix: np.ndarray, draws: int = 1000, seed: int = 0) -> tuple[float, float]:
    """Hansen's test against 0, studentised: the statistic and p."""
    matrix = matrix[:, np.ptp(matrix, axis=0) > 0]
    count, root = len(matrix), np.sqrt(len(matrix))
    means, deviations = matrix.mean(axis=0), kernel_deviations(matrix)
    studentised = root * means / deviations
    statistic = max(0.0, float(studentised.max()))
    centre = np.where(studentised >= -np.sqrt(2 * np.log(np.log(count))), means, 0)
    random = np.random.default_rng(seed)
    largest = np.empty(draws)
    for draw in range(draws):
        redrawn = matrix[stationary_indices(count, np.cbrt(count), random)].mean(axis=0)
        largest[draw] = max(0.0, float((root * (redrawn - centre) / deviations).max()))
    return statistic, float((1 + np.sum(largest >= statistic)) / (draws + 1))


def drawdown(equity: np.ndarray, capital: float) -> dict[str, float]:
    """Depths, lengths and the Ulcer index of an equity at session closes; a length is None where there is none."""
    whole = np.concatenate([[capital], equity])
    peaks = np.maximum.accumulate(whole)
    falls = peaks - whole
    lowest = int(np.argmax(falls))
    found: dict = {
        "usd": float(falls.max()), "pct": float((falls / peaks).max() * 100),
        "ulcer": float(np.sqrt(np.mean(((falls / peaks)[1:] * 100) ** 2))), "sessions": None, "recovery": None,
    }  # fmt: skip
    if falls.max() > 0:
        peak = int(np.flatnonzero(whole[: lowest + 1] == peaks[lowest]).max())
        recovered = np.flatnonzero(whole[lowest:] >= peaks[lowest])
        end = lowest + int(recovered[0]) if len(recovered) else len(whole) - 1
        found["sessions"] = end - peak
        found["recovery"] = end - lowest if len(recovered) else None
    return found
