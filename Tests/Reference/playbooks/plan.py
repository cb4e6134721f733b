"""Setups ready to be played: what the text of a playbook becomes, and what tests may write by hand.

Wherever a price, a time, a number or a condition is wanted, a plain value does, or a function of a bar's index within
the session (-1: the last bar of the session before) and a `Scope`. None is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional, Union

from .bars import SessionBar
from .equality import Equality
from .evaluate import Scope

Value = Union[None, float, bool, Callable[[int, Scope], Any]]


def value_of(value: Value, i: int, scope: Scope) -> Any:
    return value(i, scope) if callable(value) else value


@dataclass
class Step:
    name: str
    when: Value = True
    quality: Value = None
    has_quality: bool = False
    within: Optional[int] = None
    restart: bool = False


@dataclass
class Entry:
    kind: str = "market"
    """`market`, `stop`, `limit`, or `at`: a market order that waits for a time."""
    price: Value = None
    """Of `stop` and `limit`; of `at` the time."""
    bars: Optional[int] = None
    """`for`"""
    until: Value = None
    has_until: bool = False


@dataclass
class Target:
    price: Value
    share: float = 1.0


@dataclass
class Trail:
    by: Value = None
    to: Value = None
    after: Value = None
    is_by: bool = True
    has_after: bool = False


@dataclass
class Breakeven:
    to: Value
    after: Value = None
    has_after: bool = False


@dataclass
class Exit:
    name: str
    when: Value = None
    share: Optional[float] = None
    after: Optional[int] = None


@dataclass
class Setup:
    name: str = "setup"
    side: int = 1
    window: Optional[tuple[Value, Value]] = None
    trades: Optional[int] = None
    steps: Sequence[Step] = ()
    cancel: Value = None
    has_cancel: bool = False
    entry: Entry = field(default_factory=Entry)
    stop: Value = None
    has_stop: bool = False
    targets: Sequence[Target] = ()
    trail: Optional[Trail] = None
    breakeven: Optional[Breakeven] = None
    exits: Sequence[Exit] = ()


@dataclass
class Size:
    kind: str = "shares"
    """`shares`, `notional` or `risk`."""
    amount: Optional[float] = 20.0
    at_most: Optional[float] = None
    has_at_most: bool = False
    step: float = 1.0


@dataclass
class Limits:
    trades: Optional[int] = 1
    losses: Optional[int] = None
    loss: Optional[float] = None
    pause: int = 0


@dataclass
class Costs:
    slippage_bps: float = 0.0
    fee_per_share: float = 0.0

    def of(self, entry: float, exit_price: float, shares: float) -> float:
        return (entry + exit_price) * shares * self.slippage_bps / 10_000 + 2 * shares * self.fee_per_share


@dataclass
class Day:
    """One session's bars and what is fixed before its first bar opens."""

    bars: Sequence[SessionBar]
    start: float
    end: float
    exit: float
    size: Size = field(default_factory=Size)
    limits: Limits = field(default_factory=Limits)
    costs: Costs = field(default_factory=Costs)
    equality: Equality = field(default_factory=Equality)
    min_completeness: float = 0.95


def exit_time(asked: float, end: float, early: bool) -> float:
    """At most the session's end; on an early close 5 minutes before the close at the latest."""
    return min(asked, end - 5 if early else end)
