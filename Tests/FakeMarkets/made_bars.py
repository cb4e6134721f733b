"""Bars that follow from a symbol and a day, so that any part of them agrees with any other."""

import math
import random
from collections.abc import Iterable
from functools import lru_cache

DAY, MINUTE = 86_400, 60
Bar = tuple[int, float, float, float, float, float]
"""Start (epoch second), open, high, low, close, volume."""


def level(symbol: str, day: int) -> float:
    """The price at a day's first minute; `day` counts from 1970."""
    phase = sum(symbol.encode()) % 17
    return round(100 * (1.6 + math.sin(day / 41 + phase) * 0.4 + math.sin(day / 7.3) * 0.02), 2)


@lru_cache(maxsize=6000)
def day_bars(symbol: str, day: int, first: int = 0, count: int = 1440, fraction: int = 3) -> tuple[Bar, ...]:
    """A day's one-minute bars from minute `first` on; volumes have `fraction` decimals."""
    draw = random.Random(f"{symbol} {day}")
    start, end = level(symbol, day), level(symbol, day + 1)
    price, bars = start, []
    for number in range(count):
        target = start + (end - start) * (number + 1) / count
        close = round(price + (target - price) * 0.2 + draw.gauss(0, 0.05), 2)
        high = round(max(price, close) + draw.random() * 0.05, 2)
        low = round(min(price, close) - draw.random() * 0.05, 2)
        volume = round(draw.random() * 50, fraction)
        bars.append((day * DAY + (first + number) * MINUTE, price, high, low, close, volume))
        price = close
    return tuple(bars)


def round_the_clock(symbol: str, start: int, end: int) -> Iterable[Bar]:
    """The bars that open from `start` up to `end`, of a market that never closes."""
    for day in range(start // DAY, -(-end // DAY)):
        for bar in day_bars(symbol, day):
            if start <= bar[0] < end:
                yield bar


def moment(text: str) -> float:
    """Epoch seconds of an instant such as 2024-03-01T00:00:00Z."""
    from datetime import datetime

    return datetime.fromisoformat(text).timestamp()
