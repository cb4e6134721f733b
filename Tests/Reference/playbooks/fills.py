"""A trade from its fill to its end: stop, targets, exits, and what the bars tell of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cmp_to_key
from typing import Optional

from .bars import SessionBar
from .evaluate import Scope
from .plan import Day, Setup, value_of


@dataclass
class Part:
    """One exit: all of the position or some of it."""

    lots: int
    price: float
    reason: str
    index: int
    at: int
    """The instant at which the exit bar, or its finer bar, opens."""


@dataclass
class Order:
    """An open order of a setup."""

    kind: str
    price: Optional[float]
    until: float
    decided: int
    """The bar at whose close it was ordered; -1 before the session's first."""
    bars: Optional[int] = None
    counted: int = 0


@dataclass
class Fill:
    """An order that a bar would fill."""

    order: Order
    price: float
    beyond: bool
    """Whether a stop or limit order's bar opened on the side where it does not fill yet (stop) or improves (limit)."""


@dataclass
class Goal:
    """A target as it was computed at the fill."""

    price: float
    lots: int
    takes_rest: bool = False


@dataclass
class Trade:
    """A position, and afterwards what became of it."""

    day: Day
    setup: Setup
    steps: dict[str, int]
    quality: dict[str, bool]
    entry: float
    index: int
    at: int
    lots: int
    stop: Optional[float]
    goals: list[Goal]
    first_target: Optional[float]
    ambiguous: bool = False
    parts: list[Part] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.best = self.worst = self.entry
        self.initial_stop = self.stop
        self.left = self.lots
        self.stop_reason = "stop_loss"
        self.forced = False
        """Whether the stop was moved beyond the close, so that the next open fills it."""
        self.held = 0
        self.is_even = False
        self.is_trailing = False
        self.acted: set[str] = set()
        self.signals: list[Optional[int]] = []
        """Lots to be closed at the next open; None is all that is left."""

    # What lies in favour of the trade is "above", on both sides.

    def above(self, a: float, b: float) -> bool:
        equality = self.day.equality
        return equality.above(a, b) if self.setup.side > 0 else equality.below(a, b)

    def at_least(self, a: float, b: float) -> bool:
        return not self.above(b, a)

    def good(self, bar: SessionBar) -> float:
        return bar.high if self.setup.side > 0 else bar.low

    def bad(self, bar: SessionBar) -> float:
        return bar.low if self.setup.side > 0 else bar.high

    @property
    def R(self) -> Optional[float]:
        return None if self.initial_stop is None else self.entry - self.initial_stop

    @property
    def mae(self) -> float:
        return self.setup.side * (self.worst - self.entry)

    @property
    def mfe(self) -> float:
        return self.setup.side * (self.best - self.entry)

    @property
    def shares(self) -> float:
        return self.lots * self.day.size.step

    @property
    def exit_price(self) -> float:
        """The mean by shares."""
        if len(self.parts) == 1:
            return self.parts[0].price
        return sum(part.lots * part.price for part in self.parts) / self.lots

    @property
    def gross(self) -> float:
        return self.setup.side * (self.exit_price - self.entry) * self.shares

    @property
    def costs(self) -> float:
        return self.day.costs.of(self.entry, self.exit_price, self.shares)

    @property
    def net(self) -> float:
        return self.gross - self.costs

    def close(self, lots: int, price: float, reason: str, bar: SessionBar, index: int) -> None:
        lots = min(lots, self.left)
        if lots > 0:
            self.parts.append(Part(lots, price, reason, index, bar.at))
            self.left -= lots

    def take(self, goals: list[Goal], price: Optional[float], bar: SessionBar, index: int) -> None:
        """Fills targets, nearest first, ties in the file's order."""
        for goal in goals:
            self.goals.remove(goal)
            lots = self.left if goal.takes_rest else goal.lots
            self.close(lots, goal.price if price is None else price, "target", bar, index)

    def walk(self, bar: SessionBar, index: int, fill: Optional[Fill] = None, is_first: bool = True) -> None:
        """Rules 1 to 5 in one bar, or finer bar; `fill` where it is the entry bar."""
        before = len(self.parts)
        self.act(bar, index, fill, is_first)
        if self.left > 0:
            # The bar was held to its close.
            limited = fill is not None and fill.order.kind == "limit" and fill.beyond
            prices = [self.bad(bar), bar.close if limited else self.good(bar)]
        else:
            prices = [part.price for part in self.parts[before:]]
        for price in prices:
            better, worse = (max, min) if self.setup.side > 0 else (min, max)
            self.best, self.worst = better(self.best, price), worse(self.worst, price)

    def act(self, bar: SessionBar, index: int, fill: Optional[Fill], is_first: bool) -> None:
        if fill is None:
            forced, self.forced = self.forced, False
            if self.stop is not None and (forced or self.at_least(self.stop, bar.open)):
                self.close(self.left, bar.open, "stop_gap", bar, index)
                return
            if is_first:
                signals, self.signals = self.signals, []
                for lots in signals:
                    self.close(self.left if lots is None else lots, bar.open, "signal", bar, index)
            if self.left > 0:
                self.take([g for g in self.goals if self.at_least(bar.open, g.price)], bar.open, bar, index)
            if self.left == 0:
                return
        stopped = self.stop is not None and self.at_least(self.stop, self.bad(bar))
        reached = [goal for goal in self.goals if self.at_least(self.good(bar), goal.price)]
        if fill is not None and fill.beyond:
            if fill.order.kind == "stop":
                self.ambiguous |= stopped
            elif reached:
                # The high may have come before the limit was reached.
                self.ambiguous, reached = True, []
        if stopped:
            self.ambiguous |= bool(reached)
            self.close(self.left, self.stop, self.stop_reason, bar, index)
        else:
            self.take(reached, None, bar, index)

    def finish(self, bar: SessionBar, index: int, is_last: bool) -> None:
        """Rule 6: what ends a trade at a bar's close."""
        self.held += 1
        after = [one.after for one in self.setup.exits if one.after is not None]
        reason = None
        if any(self.held >= n for n in after):
            reason = "time_stop"
        elif bar.end > self.day.exit:
            reason = "end_of_day"
        elif is_last:
            reason = "session_end"
        if reason is not None:
            self.close(self.left, bar.close, reason, bar.fine[-1] if bar.fine else bar, index)

    def scope(self, close: float) -> Scope:
        side = self.setup.side
        held, profit = float(self.held), side * (close - self.entry)
        return Scope(self.steps, self.entry, self.R, float(side), held, self.best, self.worst, profit)

    def manage(self, bar: SessionBar, index: int) -> None:
        """At a close: breakeven, trail, then the exits; all act from the next bar on."""
        scope = self.scope(bar.close)
        even, trail = self.setup.breakeven, self.setup.trail
        if even is not None and not self.is_even and self.has_reached(even.after, even.has_after, index, scope):
            price = value_of(even.to, index, scope)
            if price is not None:
                self.is_even = True
                self.move(price, "breakeven_stop")
        if trail is not None:
            self.is_trailing = self.is_trailing or self.has_reached(trail.after, trail.has_after, index, scope)
            if self.is_trailing:
                self.move(self.trailed(index, scope), "trailing_stop")
        self.forced = self.stop is not None and self.above(self.stop, bar.close)
        for one in self.setup.exits:
            if one.after is None and one.name not in self.acted and value_of(one.when, index, scope) is True:
                if one.share is None:
                    self.signals.append(None)
                else:
                    self.acted.add(one.name)
                    self.signals.append(self.day.equality.floor(one.share * self.lots))

    def has_reached(self, after, has_after: bool, index: int, scope: Scope) -> bool:
        if not has_after:
            return True
        price = value_of(after, index, scope)
        return price is not None and self.at_least(scope.best, price)

    def trailed(self, index: int, scope: Scope) -> Optional[float]:
        trail = self.setup.trail
        if not trail.is_by:
            return value_of(trail.to, index, scope)
        distance = value_of(trail.by, index, scope)
        if distance is None or not self.day.equality.above(distance, 0.0):
            return None
        return scope.best - self.setup.side * distance

    def move(self, price: Optional[float], reason: str) -> None:
        """Moves the stop in favour of the trade, never back."""
        if price is not None and (self.stop is None or self.above(price, self.stop)):
            self.stop, self.stop_reason = price, reason


def goals_of(prices: list[float], shares: list[float], lots: int, trade_above, equality) -> list[Goal]:
    """The targets in the order in which they fill, those that round to nothing left out."""
    goals = [Goal(price, equality.floor(share * lots)) for price, share in zip(prices, shares)]
    order = sorted(goals, key=cmp_to_key(lambda a, b: trade_above(a.price, b.price) - trade_above(b.price, a.price)))
    if order and equality.equal(sum(shares), 1.0):
        order[-1].takes_rest = True
    return [goal for goal in order if goal.takes_rest or goal.lots > 0]
