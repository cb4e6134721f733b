"""A session played by its setups: steps, orders, trades, one bar after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from .bars import SessionBar
from .equality import Equality
from .evaluate import Scope
from .fills import Fill, Order, Trade, goals_of
from .plan import Day, Setup, Size, value_of


@dataclass
class Attempt:
    """From the bar at which step 1 held on."""

    steps: dict[str, int] = field(default_factory=dict)
    quality: dict[str, bool] = field(default_factory=dict)
    end: Optional[str] = None
    """Why it ended, as the journal's `no_trade` says it."""


class Player:
    """One setup in a session."""

    def __init__(self, setup: Setup, day: Day):
        self.setup = setup
        self.day = day
        self.is_over = False
        self.first_tested = 0
        self.latest = Attempt()
        """The latest attempt; before the first one it has no steps."""
        self.is_active = False
        """Whether an attempt is under way, its order included."""
        self.order: Optional[Order] = None
        self.trades = 0
        bounds = [value_of(bound, -1, Scope()) for bound in setup.window or (day.start, day.end)]
        self.window: Optional[tuple[float, float]] = None if None in bounds else (bounds[0], bounds[1])

    @property
    def scope(self) -> Scope:
        return Scope(self.latest.steps)

    @property
    def no_trade(self) -> str:
        """Why the latest attempt led to no trade."""
        if self.latest.end is not None:
            return self.latest.end
        if self.order is not None:
            return "expired"
        return f"step:{self.setup.steps[len(self.latest.steps)].name}"

    def end(self, why: str, next_bar: int, is_over: bool = False) -> None:
        """Ends the attempt; step 1 is tested from a bar on, unless the setup is over."""
        self.latest.end = why
        self.reset(next_bar)
        self.is_over = self.is_over or is_over

    def reset(self, next_bar: int) -> None:
        self.order = None
        self.is_active = False
        self.first_tested = next_bar
        if not self.setup.steps:
            self.is_over = True

    def decide(self, i: int) -> None:
        """Orders the entry at a bar's close, or before the first bar's open."""
        entry, scope = self.setup.entry, self.scope
        price = until = None
        if entry.kind != "market":
            price = value_of(entry.price, i, scope)
        if entry.kind in ("stop", "limit"):
            until = value_of(entry.until, i, scope) if entry.has_until else self.day.exit
        if entry.kind != "market" and price is None or entry.kind in ("stop", "limit") and until is None:
            self.end("refused:price", i + 1, is_over=True)
        elif self.setup.steps and entry.kind != "at" and is_incomplete(self.day, i):
            self.end("refused:bars", i + 1, is_over=True)
        else:
            self.order = Order(entry.kind, price, self.day.exit if until is None else until, i, entry.bars)

    def lapse(self, bar: SessionBar, i: int) -> None:
        """Ends a stop or limit order in time, when a bar opens at or after its `until`."""
        if self.order is not None and self.order.kind in ("stop", "limit") and bar.minute >= self.order.until:
            self.end("expired", i)

    def filled(self, bar: SessionBar, i: int) -> Optional[Fill]:
        """The fill that a bar, or finer bar, would give the order."""
        order = self.order
        if order is None:
            return None
        if order.kind == "market" or order.kind == "at" and bar.minute >= order.price:
            if bar.minute < self.day.exit:
                return Fill(order, bar.open, beyond=False)
            self.end("expired", i, is_over=True)
            return None
        if order.kind == "at" or bar.minute >= min(order.until, self.day.exit):
            return None
        return price_fill(order, bar, self.setup.side, self.day.equality)

    def at_close(self, bar: SessionBar, i: int) -> None:
        """Cancel, or the order's bars, or the next step."""
        if self.is_over or i < self.first_tested:
            return
        if self.is_active and self.setup.has_cancel and value_of(self.setup.cancel, i, self.scope) is True:
            self.end("cancelled", i + 1)
        elif self.order is not None:
            self.order.counted += 1
            if self.order.bars is not None and self.order.counted >= self.order.bars:
                self.end("expired", i + 1)
        elif self.setup.steps:
            self.test_step(bar, i)

    def test_step(self, bar: SessionBar, i: int) -> None:
        steps = self.setup.steps
        held = len(self.latest.steps) if self.is_active else 0
        step = steps[held]
        scope = self.scope if self.is_active else Scope()
        inside = self.window is not None and self.window[0] <= bar.minute <= self.window[1]
        passed: Optional[bool] = None
        if inside and value_of(step.when, i, scope) is True:
            passed = not step.has_quality or value_of(step.quality, i, scope) is True
        if passed and not self.is_active:
            self.latest = Attempt()
            self.is_active = True
        if passed is not None and step.has_quality and (self.is_active or not self.latest.steps):
            self.latest.quality[step.name] = passed
        if passed:
            self.latest.steps[step.name] = i
            if len(self.latest.steps) == len(steps):
                self.decide(i)
        elif self.is_active and step.within is not None:
            if i - self.latest.steps[steps[held - 1].name] >= step.within:
                self.end(f"step:{step.name}", i + 1, is_over=not step.restart)


def is_incomplete(day: Day, decided: int) -> bool:
    """Whether too few of the bars due up to and with a decision bar exist."""
    if decided < 0:
        return False
    bar = day.bars[decided]
    due, exist = bar.number + 1 - bar.paused, decided + 1 + bar.quiet
    return exist < day.min_completeness * due - 1e-9 and due - exist > 1


def price_fill(order: Order, bar: SessionBar, side: int, equality: Equality) -> Optional[Fill]:
    """The fill of a stop or limit order in a bar. A short's stop and a long's limit wait for a fall."""
    waits_for_rise = (order.kind == "stop") == (side > 0)
    if waits_for_rise:
        touched, is_gap = equality.at_least(bar.high, order.price), equality.at_least(bar.open, order.price)
        price = max(bar.open, order.price)
    else:
        touched, is_gap = equality.at_most(bar.low, order.price), equality.at_most(bar.open, order.price)
        price = min(bar.open, order.price)
    return Fill(order, price, beyond=not is_gap) if touched else None


def quantity(size: Size, entry: float, risk: Optional[float], equality: Equality) -> Optional[int]:
    """The size in lots, rounded down; None where it is unknown."""
    amount = size.amount
    if size.kind == "notional":
        amount = equality.divide(amount, entry)
    elif size.kind == "risk":
        amount = None if amount is None or not risk else amount / abs(risk)
    if size.has_at_most and amount is not None:
        most = equality.divide(size.at_most, entry)
        amount = None if most is None else min(amount, most)
    return None if amount is None else equality.floor(amount / size.step)


@dataclass
class Outcome:
    """What a session gave."""

    trades: list[Trade]
    players: list[Player]

    @property
    def described(self) -> Player:
        """The setup that a row without a trade describes."""
        return max(self.players, key=lambda player: len(player.latest.steps))


class Play:
    """Plays a session."""

    def __init__(self, setups: list[Setup], day: Day):
        self.day = day
        self.players = [Player(setup, day) for setup in setups]
        self.trades: list[Trade] = []
        self.open: Optional[Trade] = None
        self.is_over = False

    def run(self) -> Outcome:
        for player in self.players:
            if not player.setup.steps:
                player.is_active = True
                player.decide(-1)
        for i, bar in enumerate(self.day.bars):
            if self.is_over:
                break
            self.play_bar(bar, i)
        return Outcome(self.trades, self.players)

    def play_bar(self, bar: SessionBar, i: int) -> None:
        traded = self.open is not None
        if not traded:
            for player in self.players:
                player.lapse(bar, i)
        for number, fine in enumerate(bar.fine or (bar,)):
            if self.open is not None:
                self.open.walk(fine, i, is_first=number == 0)
            elif not traded:
                self.enter(fine, i)
                traded = self.open is not None
            if self.open is not None and self.open.left == 0:
                self.finish_trade(i)
        if self.open is not None:
            self.open.finish(bar, i, is_last=i == len(self.day.bars) - 1)
            if self.open.left == 0:
                self.finish_trade(i)
            else:
                self.open.manage(bar, i)
        elif not traded:
            for player in self.players:
                player.at_close(bar, i)

    def enter(self, bar: SessionBar, i: int) -> None:
        """Fills the order whose price is nearest the open; a refused one makes room for the next."""
        equality = self.day.equality
        fills = [(player, fill) for player in self.players if (fill := player.filled(bar, i)) is not None]
        waiting = list(fills)
        while waiting:
            nearest = min(abs(fill.price - bar.open) for _, fill in waiting)
            chosen = next(one for one in waiting if equality.equal(abs(one[1].price - bar.open), nearest))
            waiting.remove(chosen)
            player, fill = chosen
            trade = self.opened(player, fill, bar, i)
            if trade is None:
                continue
            others = [other for one, other in fills if one is not player]
            if equality.above(fill.price, bar.open):
                trade.ambiguous = any(equality.below(other.price, bar.open) for other in others)
            elif equality.below(fill.price, bar.open):
                trade.ambiguous = any(equality.above(other.price, bar.open) for other in others)
            player.trades += 1
            self.open = trade
            self.trades.append(trade)
            trade.walk(bar, i, fill)
            return

    def opened(self, player: Player, fill: Fill, bar: SessionBar, i: int) -> Optional[Trade]:
        """The trade that a fill opens, or None where stop, target, size or too few bars refuse it."""
        setup, day, equality = player.setup, self.day, self.day.equality
        above = equality.above if setup.side > 0 else equality.below
        scope = Scope(player.latest.steps, entry=fill.price, side=float(setup.side))

        def refuse(why: str) -> None:
            player.end(f"refused:{why}", i, is_over=True)

        stop = value_of(setup.stop, i - 1, scope) if setup.has_stop else None
        if setup.has_stop and (stop is None or not above(fill.price, stop)):
            return refuse("stop")
        scope.R = None if stop is None else fill.price - stop
        prices = [value_of(target.price, i - 1, scope) for target in setup.targets]
        if any(price is None or not above(price, fill.price) for price in prices):
            return refuse("target")
        lots = quantity(day.size, fill.price, scope.R, equality)
        if lots is None or lots <= 0:
            return refuse("size")
        is_late = not setup.steps or setup.entry.kind == "at"
        if is_late and is_incomplete(day, i - 1):
            return refuse("bars")
        goals = goals_of(prices, [target.share for target in setup.targets], lots, above, equality)
        latest = player.latest
        return Trade(
            day, setup, dict(latest.steps), dict(latest.quality), fill.price, i, bar.at, lots, stop, goals,
            prices[0] if prices else None,
        )  # fmt: skip

    def finish_trade(self, i: int) -> None:
        """After a trade: the session may be over, or the setups start anew after the pause."""
        self.open = None
        limits, equality = self.day.limits, self.day.equality
        nets = [trade.net for trade in self.trades]
        losses = sum(equality.below(net, 0.0) for net in nets)
        self.is_over = (
            limits.trades is not None and len(nets) >= limits.trades
            or limits.losses is not None and losses >= limits.losses
            or limits.loss is not None and equality.at_most(sum(nets), -limits.loss)
        )  # fmt: skip
        for player in self.players:
            player.reset(i + 1 + limits.pause)
            if player.setup.trades is not None and player.trades >= player.setup.trades:
                player.is_over = True


def play(setups: list[Setup], day: Day) -> Outcome:
    """What setups make of a session whose filters hold."""
    return Play(setups, day).run()
