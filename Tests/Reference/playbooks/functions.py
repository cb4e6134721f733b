"""The functions of the language over a row of bars.

A `Maker` makes a series, given how many bars before the first needed one it is looked at; so an average within another
one starts early enough. A `Series` is the value at a bar's index, for a setup's steps and trade (`scope`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Optional

from .equality import Equality

Series = Callable[[int, Any], Any]
Maker = Callable[[int], Series]


def warm_up(weight: float) -> int:
    """How many bars before the first needed one a recursive average starts: what is older weighs less than 2^-53."""
    return 1 if weight == 1 else math.ceil(53 * math.log(2) / -math.log(1 - weight))


class Row:
    """A row of bars that functions are computed over, and the first bar at which they are needed."""

    def __init__(
        self,
        bars: Sequence,
        needed: int,
        equality: Equality,
        too_old: Optional[Callable[[int, int], bool]] = None,
    ):
        self.bars = bars
        self.needed = needed
        self.equality = equality
        self.too_old = too_old
        """Whether the first of the n bars up to one is too old to count."""

    def price(self, name: str) -> Maker:
        """A field of the bars; unknown before the first there is."""
        pick = FIELDS.get(name) or (lambda bar, equality: getattr(bar, name))
        return lambda back: lambda i, scope: pick(self.bars[i], self.equality) if i >= 0 else None

    def window(self, x: Maker, n: int, back: int) -> Series:
        """The values at the n bars up to one, or unknown."""
        series = x(back + n - 1)

        def values(i: int, scope: Any) -> Optional[list]:
            if i - n + 1 < 0 or self.too_old is not None and self.too_old(i, n):
                return None
            found = [series(j, scope) for j in range(i - n + 1, i + 1)]
            return None if None in found else found

        return values

    def over(self, x: Maker, n: int, reduce: Callable[[list], Any]) -> Maker:
        """What is made of the values at the n bars up to one."""

        def made(back: int) -> Series:
            values = self.window(x, n, back)

            def reduced(i: int, scope: Any) -> Any:
                found = values(i, scope)
                return None if found is None else reduce(found)

            return reduced

        return made

    def apply(self, function: Callable, *makers: Maker) -> Maker:
        """A function of several series at the same bar; unknown when one is."""

        def made(back: int) -> Series:
            series = [maker(back) for maker in makers]

            def applied(i: int, scope: Any) -> Any:
                values = [one(i, scope) for one in series]
                return None if None in values else function(*values)

            return applied

        return made

    def before(self, x: Maker, n: int) -> Maker:
        """The value n bars before."""

        def made(back: int) -> Series:
            series = x(back + n)
            return lambda i, scope: series(i - n, scope) if i >= n else None

        return made

    def aged(self, x: Maker, n: int) -> Maker:
        """A series that is unknown where the first of n daily bars is too old."""
        if self.too_old is None:
            return x

        def made(back: int) -> Series:
            series = x(back)
            return lambda i, scope: None if self.too_old(i, n) else series(i, scope)

        return made

    def recursive(self, x: Maker, weight: float, dynamic: bool = False) -> Maker:
        """w*x + (1-w)*before from the first known x on."""

        def made(back: int) -> Series:
            ahead = warm_up(weight)
            start = max(0, self.needed - back - ahead)
            series = x(back + ahead)
            kept: list[tuple[Optional[float], Optional[float]]] = []

            def average(i: int, scope: Any) -> Optional[float]:
                if dynamic:
                    kept.clear()
                while start + len(kept) <= i:
                    state = kept[-1][1] if kept else None
                    value = series(start + len(kept), scope)
                    if value is None:
                        kept.append((None, state))
                    else:
                        state = value if state is None else weight * value + (1 - weight) * state
                        kept.append((state, state))
                return kept[i - start][0] if i >= start else None

            return average

        return made

    def true_range(self) -> Maker:
        def at(i: int, scope: Any) -> Optional[float]:
            if i < 0:
                return None
            bar = self.bars[i]
            close = self.bars[i - 1].close if i > 0 else bar.close
            return max(bar.high, close) - min(bar.low, close) if i > 0 else bar.high - bar.low

        return lambda back: at

    def divided(self, a: Maker, b: Maker) -> Maker:
        return self.apply(self.equality.divide, a, b)


def position(bar, equality: Equality) -> Optional[float]:
    return equality.divide(bar.close - bar.low, bar.high - bar.low)


FIELDS = {
    "hl2": lambda bar, equality: (bar.high + bar.low) / 2,
    "hlc3": lambda bar, equality: (bar.high + bar.low + bar.close) / 3,
    "ohlc4": lambda bar, equality: (bar.open + bar.high + bar.low + bar.close) / 4,
    "position": position,
}


def mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)


def stdev(values: list[float]) -> float:
    """Of the population, from the deviations from the mean."""
    middle = mean(values)
    return math.sqrt(math.fsum((value - middle) ** 2 for value in values) / len(values))


def weighted(values: list[float]) -> float:
    n = len(values)
    return math.fsum(weight * value for weight, value in enumerate(values, 1)) / (n * (n + 1) / 2)
