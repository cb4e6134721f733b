"""The reference's functions against other people's: TA-Lib, pandas-ta-classic, talipp, pandas and scipy.

The reference agrees with the program (SeriesReferenceTests), so this compares the program with them, to 1e-9 once the
starts no longer matter. Where another program means something else by a name, its words are translated here, in the open.
"""

import csv
import datetime
import math
import random
import warnings
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
import support  # noqa: F401  (it makes Tests/Reference importable)
from playbooks.bars import SessionBar
from playbooks.equality import Equality
from playbooks.evaluate import Scope
from playbooks.features import features
from playbooks.functions import Row
from playbooks.indicators import indicator
from playbooks.run import read_history
from scipy.signal import argrelextrema

talib = pytest.importorskip("talib", reason="needs TA-Lib: run .ci/install test")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    ta = pytest.importorskip("pandas_ta_classic", reason="needs pandas-ta-classic: run .ci/install test")
    talipp_bars = pytest.importorskip("talipp.ohlcv", reason="needs talipp: run .ci/install test")
    import talipp.indicators as talipp

WARM_UP = 1200
"""From this bar on, starts weigh less than 1e-12: (13/14)^373, for each of the three averages within adx(14)."""


class Bars(NamedTuple):
    open: np.ndarray
    high: np.ndarray
    low: np.ndarray
    close: np.ndarray
    volume: np.ndarray

    @property
    def frame(self) -> pd.DataFrame:
        times = pd.date_range("2024-01-02 00:00", periods=len(self.close), freq="s", tz="UTC")
        return pd.DataFrame(self._asdict(), index=times)

    @property
    def hlc3(self) -> np.ndarray:
        return (self.high + self.low + self.close) / 3


@cache
def random_bars() -> Bars:
    """A walk in steps of 1/64, so that sums are exact and equal prices are equal for everyone."""
    source = random.Random(11)
    rows, close = [], 100.0
    for _ in range(1700):
        opened = close + source.randint(-3, 3) / 64
        close = max(50.0, opened + source.randint(-20, 20) / 64)
        high = max(opened, close) + source.randint(0, 9) / 64
        low = min(opened, close) - source.randint(0, 9) / 64
        rows.append((opened, high, low, close, float(source.randint(1, 9000))))
    return Bars(*np.array(rows).T.copy())


@cache
def real_bars(folder: Path, symbol: str) -> Bars:
    """The regular hours' one-minute bars, one session after the other."""
    rows = []
    with (folder / f"{symbol}_1Min.csv").open() as file:
        for row in csv.DictReader(file):
            at = datetime.datetime.fromisoformat(row["timestamp"])
            # October: New York is four hours behind.
            if 13 * 60 + 30 <= at.hour * 60 + at.minute < 20 * 60:
                rows.append([float(row[name]) for name in Bars._fields])
    return Bars(*np.array(rows[:1700]).T.copy())


@pytest.fixture(params=["random", "SPY", "IBM"])
def bars(request) -> Bars:
    if request.param == "random":
        return random_bars()
    return real_bars(request.getfixturevalue("real_data"), request.param)


def ours(bars: Bars, name, *numbers, output=None, x=None) -> np.ndarray:
    """A function of the reference at each bar; NaN for unknown."""
    rows = zip(*(column.tolist() for column in bars), strict=True)
    row = Row([SessionBar(n, *prices, n, n, n + 1) for n, prices in enumerate(rows)], 0, Equality(1))
    xs = [] if x is None else [row.price(x)]
    series = row.true_range()(0) if name == "tr" else indicator(row, name, xs, numbers, output, dynamic=False)(0)
    values = [series(n, Scope()) for n in range(len(row.bars))]
    return np.array([math.nan if value is None else value for value in values])


def assert_agree(found: np.ndarray, expected, start=0):
    expected = np.asarray(expected, dtype=float)
    assert len(found) == len(expected)
    found, expected = found[start:], expected[start:]
    assert not np.isnan(found[-1]), "there is something to compare"
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    ("name", "numbers", "theirs"),
    [
        ("sma", (20,), talib.SMA),
        ("wma", (7,), talib.WMA),
        ("sum", (12,), talib.SUM),
        ("highest", (40,), talib.MAX),
        ("lowest", (3,), talib.MIN),
        ("change", (5,), talib.MOM),
        ("roc", (5,), talib.ROCP),
        # TA-Lib's deviation, as ours, has n as its divisor.
        ("stdev", (20,), talib.STDDEV),
    ],
)
def test_windows(bars, name, numbers, theirs):
    found = ours(bars, name, *numbers, x="close")
    expected = theirs(bars.close, *numbers)
    assert np.isnan(found).tolist() == np.isnan(expected).tolist()
    # TA-Lib takes the variance for the difference of mean squares, which leaves fewer digits.
    tolerance = 1e-6 if name == "stdev" else 1e-9
    np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance)


def test_deviations_and_ranks_to_the_last_digits(bars):
    close = pd.Series(bars.close)
    windows = np.lib.stride_tricks.sliding_window_view(bars.close, 20)
    assert_agree(ours(bars, "stdev", 20, x="close")[19:], windows.std(axis=1))
    # pandas-ta-classic's z-score divides by the deviation of a sample, with n - 1.
    theirs = ta.zscore(close, length=20, std=1) * math.sqrt(20 / 19)
    assert_agree(ours(bars, "zscore", 20, x="close"), theirs, start=30)
    assert_agree(ours(bars, "rank", 20, x="close"), close.rolling(20).rank(method="max", pct=True))


def test_averages(bars):
    # All of them take the mean of the first n for the start, and ours the first.
    assert_agree(ours(bars, "ema", 20, x="close"), talib.EMA(bars.close, 20), start=WARM_UP)
    assert_agree(ours(bars, "ema", 9, x="close"), talipp_values(talipp.EMA(9, bars.close.tolist())), start=WARM_UP)
    assert_agree(ours(bars, "rma", 14, x="close"), ta.rma(pd.Series(bars.close), 14), start=WARM_UP)
    assert_agree(ours(bars, "rma", 14, x="close"), talipp_values(talipp.SMMA(14, bars.close.tolist())), start=WARM_UP)


def test_true_ranges(bars):
    prices = bars.high, bars.low, bars.close
    # TA-Lib knows none of the first bar.
    assert_agree(ours(bars, "tr"), talib.TRANGE(*prices), start=1)
    assert_agree(ours(bars, "atr-wilder", 14), talib.ATR(*prices, 14), start=WARM_UP)
    # What others call atr is Wilder's; the exponential one is theirs of the true range. natr is a share, not a percentage.
    exponential = talib.EMA(np.concatenate([[bars.high[0] - bars.low[0]], talib.TRANGE(*prices)[1:]]), 14)
    assert_agree(ours(bars, "atr", 14), exponential, start=WARM_UP)
    assert_agree(ours(bars, "natr", 14), exponential / bars.close, start=WARM_UP)


def test_bands(bars):
    upper, middle, lower = talib.BBANDS(bars.close, 20, 2, 2, 0)
    # As TA-Lib's deviation: fewer digits.
    for output, theirs in (("upper", upper), ("mid", middle), ("lower", lower)):
        np.testing.assert_allclose(
            ours(bars, "bollinger", 20, 2, output=output, x="close"), theirs, rtol=1e-7
        )
    theirs = ta.bbands(pd.Series(bars.close), length=20, std=2, ddof=0)
    # pandas-ta-classic's width is in percent.
    assert_agree(ours(bars, "bollinger", 20, 2, output="width", x="close") * 100, theirs["BBB_20_2.0"], start=30)
    channel = ta.donchian(bars.frame.high, bars.frame.low, lower_length=20, upper_length=20)
    assert_agree(ours(bars, "donchian", 20, output="upper"), channel["DCU_20_20"], start=30)
    assert_agree(ours(bars, "donchian", 20, output="lower"), channel["DCL_20_20"], start=30)
    keltner = ta.kc(bars.frame.high, bars.frame.low, bars.frame.close, length=20, scalar=1.5)
    assert_agree(ours(bars, "keltner", 20, 1.5, output="upper"), keltner["KCUe_20_1.5"], start=WARM_UP)
    assert_agree(ours(bars, "keltner", 20, 1.5, output="lower"), keltner["KCLe_20_1.5"], start=WARM_UP)


def test_oscillators(bars):
    prices = bars.high, bars.low, bars.close
    assert_agree(ours(bars, "rsi", 14, x="close"), talib.RSI(bars.close, 14), start=WARM_UP)
    k, d = talib.STOCHF(*prices, 5, 3, 0)
    # TA-Lib says 0 where the range is 0, ours is unknown.
    assert_agree(*known(ours(bars, "stochastic", 5, 3, output="k"), k), start=10)
    assert_agree(*known(ours(bars, "stochastic", 5, 3, output="d"), d), start=10)
    assert_agree(ours(bars, "williams", 14), talib.WILLR(*prices, 14), start=14)
    assert_agree(ours(bars, "cci", 20), talib.CCI(*prices, 20), start=20)
    line, signal, histogram = talib.MACD(bars.close, 12, 26, 9)
    for output, theirs in (("line", line), ("signal", signal), ("histogram", histogram)):
        assert_agree(ours(bars, "macd", 12, 26, 9, output=output), theirs, start=WARM_UP)


def units(prices: np.ndarray) -> np.ndarray:
    """Prices as whole numbers, whether in 1/64 or in 1/10,000. Moves in cents that are equal differ in their last binary
    digit: ours takes them for equal, others for a rise or a fall."""
    return np.round(prices * 640_000)


def test_directional_movement(bars):
    prices = units(bars.high), units(bars.low), units(bars.close)
    assert_agree(ours(bars, "dmi", 14, output="plus"), talib.PLUS_DI(*prices, 14), start=WARM_UP)
    assert_agree(ours(bars, "dmi", 14, output="minus"), talib.MINUS_DI(*prices, 14), start=WARM_UP)
    assert_agree(ours(bars, "adx", 14), talib.ADX(*prices, 14), start=WARM_UP)


def known(found: np.ndarray, expected: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both at the bars where ours is known."""
    which = ~np.isnan(found)
    assert which.mean() > 0.99
    return found[which], expected[which]


def test_money_flow(bars):
    typical = units(bars.high) + units(bars.low) + units(bars.close)
    assert_agree(ours(bars, "mfi", 14), talib.MFI(typical, typical, typical, bars.volume, 14), start=14)


def test_supertrend(bars):
    # talipp's turns where ours does. pandas-ta-classic's does when the close is beyond the band of the bar before, which
    # is another line: it is not compared.
    candles = [
        talipp_bars.OHLCV(*row) for row in zip(*(column.tolist() for column in bars), strict=True)
    ]
    theirs = talipp.SuperTrend(10, 3, candles)
    line = [math.nan if value is None else value.value for value in theirs]
    side = [math.nan if value is None else 1 if value.trend.name == "UP" else -1 for value in theirs]
    assert_agree(ours(bars, "supertrend", 10, 3, output="side"), side, start=WARM_UP)
    assert_agree(ours(bars, "supertrend", 10, 3, output="line"), line, start=WARM_UP)


def test_pivots(bars):
    for name, prices, beats in (("pivot-high", bars.high, np.greater), ("pivot-low", bars.low, np.less)):
        expected, last = np.full(len(prices), math.nan), math.nan
        places = set(argrelextrema(prices, beats, order=4)[0].tolist())
        for bar in range(len(prices)):
            # scipy takes what lies beyond the ends for equal to the bars there.
            if bar - 4 >= 4 and bar - 4 in places:
                last = prices[bar - 4]
            expected[bar] = last
        assert_agree(ours(bars, name, 4), expected, start=100)


def test_what_counts_from_the_open(bars, tmp_path):
    frame = bars.frame.head(195)
    frame.index = pd.date_range("2024-01-02 09:30", periods=195, freq="2min", tz="America/New_York")
    text = [f"{at.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ},{','.join(map(str, row))}"
            for at, row in zip(frame.index.to_pydatetime(), frame.to_numpy().tolist(), strict=True)]  # fmt: skip
    (tmp_path / "TEST_2Min.csv").write_text("\n".join(["timestamp,open,high,low,close,volume", *text]) + "\n")
    file = "features: one\ntimeframe: 2Min\nvalues:\n  v: vwap\n  d: vwap-stdev\n  o: obv\n"
    history = read_history(str(tmp_path), "TEST")
    rows = features(file, history, history.days.index(datetime.date(2024, 1, 2)))
    found = {name: np.array([row[name] for row in rows]) for name in "vdo"}
    hlc3, volume = bars.hlc3[:195], frame.volume.to_numpy()
    local = frame.tz_localize(None)
    assert_agree(found["v"], ta.vwap(local.high, local.low, local.close, local.volume))
    means = [np.average(hlc3[: n + 1], weights=volume[: n + 1]) for n in range(195)]
    squares = [np.average((hlc3[: n + 1] - mean) ** 2, weights=volume[: n + 1]) for n, mean in enumerate(means)]
    np.testing.assert_allclose(found["d"], np.sqrt(squares), rtol=1e-9, atol=1e-7)
    # TA-Lib begins with the first bar's volume, ours with 0.
    assert_agree(found["o"], talib.OBV(units(frame.close.to_numpy()), volume) - volume[0])


def talipp_values(made) -> list[float]:
    return [math.nan if value is None else value for value in made]
