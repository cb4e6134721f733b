"""Bars, files of bars and of splits, and the aggregation of bars to longer ones."""

from __future__ import annotations

import csv
import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Optional

from .calendars import Session, instant
from .equality import PlaybookError

PRICES = ("open", "high", "low", "close")


@dataclass(frozen=True, slots=True)
class Bar:
    """Prices and volume from an instant on: UTC minutes since 1970."""

    at: int
    open: float
    high: float
    low: float
    close: float
    volume: float


@dataclass(frozen=True, slots=True)
class SessionBar:
    """A bar of a session: what the rules look at."""

    at: int
    open: float
    high: float
    low: float
    close: float
    volume: float
    number: int
    """Of bars due since the open, 0 for the first."""
    minute: int
    """The time at which it opens, in minutes of the market's day."""
    end: int
    """The time at which it closes."""
    session: int = 0
    """Index of its session."""
    fine: tuple[SessionBar, ...] = ()
    """The finer bars that `resolve` asks for."""
    paused: int = 0
    """How many numbers before it lie in the session's pause: no bar is due there."""
    quiet: int = 0
    """How many numbers before it have quiet bars alone: there, though they are no bars."""


@dataclass(frozen=True)
class Split:
    day: date
    ratio: float


def joined(bars: Sequence) -> Bar:
    """Several bars as one: first open, highest high, lowest low, last close, the sum of volumes."""
    high, low = max(bar.high for bar in bars), min(bar.low for bar in bars)
    volume = math.fsum(bar.volume for bar in bars)
    return Bar(bars[0].at, bars[0].open, high, low, bars[-1].close, volume)


def without_quiet(bars: Sequence[Bar]) -> tuple[list[Bar], list[int]]:
    """The bars of a market that never closes but for the quiet ones, and when these begin.

    Such a bar has no volume and stands at the close before. Where no bar has a volume it is not known.
    """
    if not any(bar.volume > 0 for bar in bars):
        return list(bars), []
    kept, quiet, before = [], [], None
    for bar in bars:
        is_flat = bar.volume == 0 and bar.open == bar.high == bar.low == bar.close
        if is_flat and before in (None, bar.close):
            quiet.append(bar.at)
        else:
            kept.append(bar)
        before = bar.close
    return kept, quiet


def quiet_numbers(quiet: Sequence[int], bars: Iterable[Bar], session: Session, minutes: int) -> list[int]:
    """The numbers since the open at which there are quiet bars alone."""
    if not quiet:
        return []
    numbers, having = (
        {(at - session.opens) // minutes for at in stamps if session.opens <= at < session.closes}
        for stamps in (quiet, (bar.at for bar in bars))
    )
    return sorted(numbers - having)


def session_bars(
    bars: Sequence[Bar], session: Session, minutes: int, index: int = 0, quiet: Sequence[int] = ()
) -> list[SessionBar]:
    """A session's bars of a length: buckets start at the open, the last may be short, an empty one is absent.

    `quiet` is when the quiet bars begin, which are not among `bars`.
    """
    idle = quiet_numbers(quiet, bars, session, minutes)
    buckets: dict[int, list[Bar]] = {}
    for bar in bars:
        if session.opens <= bar.at < session.closes:
            buckets.setdefault((bar.at - session.opens) // minutes, []).append(bar)
    result = []
    for number, bucket in sorted(buckets.items()):
        bar = joined(bucket)
        begins = session.start + number * minutes
        result.append(
            SessionBar(
                session.opens + number * minutes, bar.open, bar.high, bar.low, bar.close, bar.volume,
                number, begins, min(begins + minutes, session.end), index,
                paused=session.paused(minutes, number), quiet=bisect_left(idle, number),
            )  # fmt: skip
        )
    return result


def with_finer(bars: list[SessionBar], finer: list[SessionBar]) -> list[SessionBar]:
    """Bars with those of a finer length that lie in each."""
    return [replace(bar, fine=tuple(f for f in finer if bar.minute <= f.minute < bar.end)) for bar in bars]


def divisor(day: date, known: Iterable[Split]) -> float:
    """What prices of a day are divided by, given the splits that are known."""
    return math.prod(split.ratio for split in known if split.day > day)


def divided(bar, ratio: float):
    """A bar as of a later split: prices divided, the volume multiplied."""
    if ratio == 1:
        return bar
    prices = {name: getattr(bar, name) / ratio for name in PRICES}
    return replace(bar, **prices, volume=bar.volume * ratio)


def parse_instant(text: str) -> int:
    """`2024-01-02T14:30:00Z` or a date as UTC minutes since 1970."""
    moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    return instant(moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc))


def read_bars(path: Path) -> list[Bar]:
    """The bars of a CSV file with the columns timestamp, open, high, low, close, volume."""
    with path.open(newline="") as file:
        rows = csv.reader(file)
        next(rows, None)
        bars = [Bar(parse_instant(row[0]), *(float(text) for text in row[1:6])) for row in rows if row]
    if any(later.at <= earlier.at for earlier, later in zip(bars, bars[1:])):
        raise PlaybookError(f"{path.name}: the bars are out of order")
    return bars


def read_splits(path: Path) -> list[Split]:
    """The splits of a CSV file with the columns date and ratio."""
    if not path.exists():
        return []
    with path.open(newline="") as file:
        rows = csv.reader(file)
        next(rows, None)
        return sorted((Split(date.fromisoformat(r[0]), float(r[1])) for r in rows if r), key=lambda s: s.day)


def bar_day(bar: Bar) -> date:
    """The UTC date of a daily bar."""
    return datetime.fromtimestamp(bar.at * 60, timezone.utc).date()


def read_symbol(folder: Path, symbol: str) -> tuple[int, list[Bar], Optional[list[Bar]], list[Split]]:
    """The length of a symbol's bars, the bars, its daily bars where it has a file of them, and its splits."""
    files = [(minutes, folder / f"{symbol}_{minutes}Min.csv") for minutes in (2, 1, 5, 10, 15, 30, 60)]
    found = next(((minutes, path) for minutes, path in files if path.exists()), None)
    if found is None:
        raise PlaybookError(f"there are no bars of {symbol} in the folder")
    daily = folder / f"{symbol}_1Day.csv"
    return (
        found[0],
        read_bars(found[1]),
        read_bars(daily) if daily.exists() else None,
        read_splits(folder / f"{symbol}_splits.csv"),
    )
