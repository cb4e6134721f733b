"""Random bars for the program and the reference to agree on: seeded, with everything that real files have.

Prices lie on cents, so that exact ties occur. Sessions have missing bars, missing ends, missing windows, or no bars at
all; there are bars before the open and after the close, bars whose high equals their low, gaps through stops, early
closes, both daylight-saving switches, a one-off closure, and forward and reverse splits.
"""

import warnings
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import exchange_calendars
import numpy as np

SEED = 20_181_205
"""Of the folder that tests share."""

FIRST = date(2018, 8, 27)
LAST = date(2019, 7, 8)
"""The bars' dates: both daylight-saving switches, three early closes, and the closure of 2018-12-05."""

OPEN_MINUTE = 9 * 60 + 30
EPOCH = date(1970, 1, 1).toordinal()
CLOCKS = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(1440)]
"""Each minute of the day as text."""
HEADER = "timestamp,open,high,low,close,volume\n"


@dataclass(frozen=True)
class Share:
    """A symbol and what its files are like."""

    symbol: str
    minutes: int
    """Length of a bar."""
    price: float
    """The first price, in dollars."""
    volatility: float
    """Standard deviation of a minute's return."""
    has_daily_file: bool = False
    has_splits: bool = False
    missing: float = 0.004
    """Share of bars that are missing here and there."""
    flat: float = 0.02
    """Share of bars with one price only."""


SHARES = (
    Share("UPPR", 1, 148.0, 4e-4, has_daily_file=True),
    Share("NODAY", 2, 52.0, 6e-4),
    Share("SPLT", 1, 310.0, 5e-4, has_daily_file=True, has_splits=True),
    Share("BRK.B", 2, 16.4, 9e-4, has_splits=True, missing=0.012, flat=0.12),
)

SPLITS = (
    (date(2017, 2, 1), 7.0),  # before the bars
    (date(2018, 9, 14), 1.5),
    (date(2018, 11, 17), 0.25),  # a Saturday: takes effect on the Monday
    (date(2018, 12, 24), 2.0),  # on an early close
    (date(2019, 2, 5), 3.0),
    (date(2019, 2, 6), 0.5),  # the day after another one
    (date(2019, 4, 16), 4.0),
    (date(2019, 6, 10), 0.1),
    (date(2024, 1, 5), 5.0),  # after the bars: must not change anything
)


def sessions(first: date, last: date) -> list[tuple[date, int, int]]:
    """Date, UTC epoch second of the open, and length in minutes of each session."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        schedule = exchange_calendars.get_calendar(
            "XNYS", start=first - timedelta(days=10), end=last + timedelta(days=10)
        ).schedule
    result = []
    for day, opening, closing in zip(schedule.index, schedule["open"], schedule["close"]):
        if first <= day.date() <= last:
            seconds = int((closing - opening).total_seconds())
            result.append((day.date(), int(opening.timestamp()), seconds // 60))
    return result


class MarketWriter:
    """Writes the files of one share."""

    def __init__(self, share: Share, folder: Path, seed: int):
        self.share = share
        self.folder = folder
        self.random = np.random.default_rng([seed, *share.symbol.encode()])
        self.level = share.price * 100.0  # cents
        self.lines: list[str] = []
        self.daily: list[str] = []

    def write(self) -> None:
        share = self.share
        if share.has_daily_file:
            for day, opening, _ in sessions(FIRST - timedelta(days=330), FIRST - timedelta(days=1)):
                self.level *= float(np.exp(self.random.normal(0.0006, 0.008)))
                self.add_daily(day, opening, *[round(self.level)] * 4)
        splits = [split for split in SPLITS if share.has_splits and split[0] > FIRST]
        for day, opening, length in sessions(FIRST, LAST):
            while splits and splits[0][0] <= day:
                self.level /= splits.pop(0)[1]
            self.level = max(self.level, 250.0)
            self.add_session(day, opening, length)
        name = f"{share.symbol}_{share.minutes}Min.csv"
        (self.folder / name).write_text(HEADER + "".join(self.lines))
        if share.has_daily_file:
            (self.folder / f"{share.symbol}_1Day.csv").write_text(HEADER + "".join(self.daily))
        if share.has_splits:
            text = "".join(f"{day},{ratio:g}\n" for day, ratio in SPLITS)
            (self.folder / f"{share.symbol}_splits.csv").write_text("date,ratio\n" + text)

    def add_daily(self, day: date, opening: int, first: int, high: int, low: int, last: int) -> None:
        midnight = opening - OPEN_MINUTE * 60
        prices = ",".join(f"{cents / 100:.4f}" for cents in (first, high, low, last))
        stamp = np.datetime64(midnight, "s")
        self.daily.append(f"{stamp}Z,{prices},{1_000_000 + day.day}\n")

    def add_session(self, day: date, opening: int, length: int) -> None:
        random, share = self.random, self.share
        count = length // share.minutes
        sigma = share.volatility * np.sqrt(share.minutes)
        moves = random.normal(0, sigma, count)
        # A drive in the first hour, so that there are pullbacks and reversals in the window.
        hour = min(count, 60 // share.minutes)
        moves[:hour] += random.normal(0, 6 * sigma / hour) + random.normal(0, 0.8 * sigma, hour)
        # Jumps between bars, some of them through stops.
        jumps = np.where(random.random(count) < 0.012, random.normal(0, 9 * sigma, count), 0.0)
        overnight = random.normal(0.0011, 0.007)
        closes = self.level * np.exp(overnight + np.cumsum(moves + jumps))
        before = np.concatenate([[self.level * np.exp(overnight)], closes[:-1]])
        opens = np.maximum(np.rint(before * np.exp(jumps) + random.integers(-1, 2, count)), 1).astype(int)
        closes = np.maximum(np.rint(closes), 1).astype(int)
        reach = np.maximum(1.0, 0.6 * sigma * self.level)
        highs = np.maximum(opens, closes) + random.geometric(1 / (1 + reach), count) - 1
        lows = np.maximum(np.minimum(opens, closes) - random.geometric(1 / (1 + reach), count) + 1, 1)
        flat = random.random(count) < share.flat
        if random.random() < 0.05:  # a halt: one price for a while
            start = int(random.integers(0, count - 12))
            flat[start : start + 12] = True
            closes[start : start + 12] = closes[start]
        for column in (opens, highs, lows):
            column[flat] = closes[flat]
        self.level = float(closes[-1])
        self.add_daily(day, opening, opens[0], highs.max(), lows.min(), closes[-1])

        keep = self.kept(count)
        self.add_extended(opening, -int(random.integers(4, 25)), opens[0])
        volumes = random.integers(0, 50_000, count)
        bars = np.column_stack([opens, highs, lows, closes, volumes]).tolist()
        for bar in np.flatnonzero(keep).tolist():
            self.add_bar(opening + bar * share.minutes * 60, *bars[bar])
        self.add_extended(opening + length * 60, int(random.integers(4, 25)), closes[-1])

    def kept(self, count: int) -> np.ndarray:
        """Which of a session's bars are in the file."""
        random, minutes = self.random, self.share.minutes
        keep = random.random(count) >= self.share.missing
        kind = random.random()
        if kind < 0.15:  # the end is missing: nothing at the exit time
            keep[count - int(random.integers(1, 9)) * 2 // minutes :] = False
        elif kind < 0.18:  # a long hole somewhere
            start = int(random.integers(0, count))
            keep[start : start + int(random.integers(8, 80)) * 2 // minutes] = False
        elif kind < 0.21:  # nothing in the entry window
            keep[28 // minutes : 64 // minutes] = False
        elif kind < 0.23:  # the first bars are missing
            keep[: int(random.integers(1, 12)) * 2 // minutes] = False
        elif kind < 0.24:  # one bar alone
            keep[:] = False
            keep[int(random.integers(0, count))] = True
        elif kind < 0.247:  # none at all
            keep[:] = False
        elif kind < 0.36:  # complete
            keep[:] = True
        return keep

    def add_extended(self, second: int, bars: int, price: int) -> None:
        """Bars before `second` (`bars` below 0) or from it on, which must not count, at prices that would show."""
        step = self.share.minutes * 60
        offsets = range(bars, 0) if bars < 0 else range(bars)
        for offset in offsets:
            far = max(1, int(price * (1 + 0.05 * self.random.normal())))
            self.add_bar(second + offset * step, far, far, far, far, 100)

    def add_bar(self, second: int, first: int, high: int, low: int, last: int, volume: int) -> None:
        prices = f"{first / 100:.2f},{high / 100:.2f},{low / 100:.2f},{last / 100:.2f}"
        clock = CLOCKS[second // 60 % 1440]
        self.lines.append(f"{date.fromordinal(EPOCH + second // 86_400)}T{clock}:00Z,{prices},{volume}\n")


def write_market(folder: Path, seed: int, symbols: Collection[str] = ()) -> None:
    """Writes the files of `symbols`, or of all `SHARES`, into `folder`."""
    for share in SHARES:
        if not symbols or share.symbol in symbols:
            MarketWriter(share, folder, seed).write()
