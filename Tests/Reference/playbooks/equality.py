"""When two numbers are equal, and what follows from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional


class PlaybookError(ValueError):
    """A playbook, a parameter or a file that cannot be used."""


ARITHMETIC = ("neg", "+", "-", "*", "/", "mod")


@dataclass(frozen=True)
class Equality:
    """Two numbers are equal when they differ by at most 1e-9 x max(|a|, |b|, scale).

    The scale is min(1, p), where p is the last close before the session.
    """

    scale: float = 1.0

    @classmethod
    def of_price(cls, price: Optional[float]) -> Equality:
        return cls(1.0 if price is None else min(1.0, price))

    def equal(self, a: float, b: float) -> bool:
        return abs(a - b) <= 1e-9 * max(abs(a), abs(b), self.scale)

    def above(self, a: float, b: float) -> bool:
        return a > b and not self.equal(a, b)

    def below(self, a: float, b: float) -> bool:
        return a < b and not self.equal(a, b)

    def at_least(self, a: float, b: float) -> bool:
        return a >= b or self.equal(a, b)

    def at_most(self, a: float, b: float) -> bool:
        return a <= b or self.equal(a, b)

    def floor(self, x: float) -> int:
        """The whole number at or below x; a number equal to a whole number is that one."""
        nearest = math.floor(x + 0.5)
        return nearest if self.equal(x, nearest) else math.floor(x)

    def arithmetic(self, op: str, values: list[float]) -> Optional[float]:
        """One of `ARITHMETIC` of known values."""
        match op:
            case "neg":
                return -values[0]
            case "+":
                return values[0] + values[1]
            case "-":
                return values[0] - values[1]
            case "*":
                return values[0] * values[1]
            case "/":
                return self.divide(*values)
        return self.remainder(*values)

    def divide(self, a: Optional[float], b: Optional[float]) -> Optional[float]:
        """a / b; unknown when one is unknown or the divisor is equal to 0."""
        if a is None or b is None or self.equal(b, 0.0):
            return None
        return a / b

    def remainder(self, a: Optional[float], b: Optional[float]) -> Optional[float]:
        """a mod b, with the sign of the divisor."""
        quotient = self.divide(a, b)
        return None if quotient is None else a - b * self.floor(quotient)
