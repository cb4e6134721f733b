"""Random setups over random bars, and what the reference makes of them: `random_orders.py SEED FILLS`.

Each line of the output is one session as a nested list in parentheses; `~` is unknown or absent. A Swift test plays the
same and compares. Values at a bar are tables, formulas are trees over them; the operators are the reference's own.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from typing import Any, Optional

from playbooks.engine import Outcome, play
from playbooks.equality import Equality
from playbooks.evaluate import combine
from playbooks.plan import (
    Breakeven, Costs, Day, Entry, Exit, Limits, Setup, Size, Step, Target, Trail, exit_time,
)  # fmt: skip
from playbooks.run import bars_of

START = 570
OPS = {
    "plus": "+", "minus": "-", "times": "*", "dividedBy": "/", "modulo": "mod", "minimum": "min", "maximum": "max",
    "below": "<", "atMost": "<=", "above": ">", "atLeast": ">=", "equal": "=", "notEqual": "!=",
}  # fmt: skip
TRADE = {"entry": "entry", "r": "R", "risk": "risk", "side": "side"} | {n: n for n in ("held", "best", "worst", "profit")}


class Case:
    """One random session."""

    def __init__(self, rng: random.Random):
        self.rng = rng
        self.numbers: list[list[Optional[float]]] = []
        self.truths: list[list[Optional[bool]]] = []
        self.session_numbers: list[Optional[float]] = []
        self.session_truths: list[Optional[bool]] = []
        self.tick = rng.choice([0.5, 0.25, 0.1, 0.01, 0.00001])
        self.level = 100.0 if self.tick > 0.001 else 0.01
        self.finer = rng.choice([1, 1, 1, 2, 4])
        self.minutes = rng.choice([2, 4, 5]) if self.finer == 1 else rng.choice([4, 8])
        self.due = rng.randint(8, 70)
        self.end = START + self.due * self.minutes - (rng.randint(1, self.minutes - 1) if rng.random() < 0.1 else 0)
        self.early = rng.random() < 0.2
        asked = rng.choice([self.end, self.end - 5, START + rng.randint(0, self.end - START)]) + rng.choice([0, 0, 0.5])
        self.exit = exit_time(min(asked, self.end), self.end, self.early)
        self.asked = asked
        self.prices = self.walk()
        self.bars = [
            replace(bar, end=min(bar.end, self.end)) for bar in bars_of(self.prices, self.minutes, START, self.finer)
        ]
        self.scale = rng.choice([1.0, self.level])
        self.equality = Equality.of_price(self.scale)

    # Bars

    def rounded(self, price: float) -> float:
        return round(max(round(price / self.tick), 1) * self.tick, 7)

    def walk(self) -> list[Optional[tuple[float, float, float, float]]]:
        """Bars of a random walk on a coarse grid, so that prices are often equal; some are missing."""
        rng, price = self.rng, self.level
        reach = rng.choice([1.5, 3, 6]) * self.tick if self.tick >= 0.1 else rng.choice([0.001, 0.004]) * self.level
        missing = rng.choice([0, 0, 0.01, 0.04, 0.2])
        result = []
        for n in range(self.due * self.finer):
            if START + n * self.minutes // self.finer >= self.end:
                break
            gap = rng.gauss(0, reach) if rng.random() < 0.15 else 0
            first = self.rounded(price + gap)
            last = self.rounded(first + rng.gauss(0, reach))
            high = self.rounded(max(first, last) + abs(rng.gauss(0, reach / 2)) * rng.choice([0, 1]))
            low = self.rounded(min(first, last) - abs(rng.gauss(0, reach / 2)) * rng.choice([0, 1]))
            price = last
            result.append(None if rng.random() < missing else (first, high, low, last))
        self.reach = reach
        return result

    # Tables and formulas

    def number(self) -> list:
        """A number of the value graph: near the bar's close, sometimes unknown."""
        rng, unknown = self.rng, self.rng.choice([0, 0, 0, 0.05])
        offset = rng.gauss(0, 3 * self.reach)
        closes = [self.level] + [bar.close for bar in self.bars]
        table = [None if rng.random() < unknown else self.rounded(close + offset) for close in closes]
        self.numbers.append(table)
        return ["number", len(self.numbers) - 1]

    def truth(self, share: float) -> list:
        """A condition of the value graph that is true at a share of the bars."""
        rng, unknown = self.rng, self.rng.choice([0, 0, 0.1])
        table = [None if rng.random() < unknown else rng.random() < share for _ in range(len(self.bars) + 1)]
        self.truths.append(table)
        return ["truth", len(self.truths) - 1]

    def session(self, value: Optional[float]) -> list:
        self.session_numbers.append(value)
        return ["session", len(self.session_numbers) - 1]

    def distance(self, known: str, steps: int) -> list:
        """A price distance, usually above 0."""
        rng = self.rng
        ticks = self.rounded(abs(rng.gauss(0, 2.5 * self.reach)))
        choices: list = [["constant", ticks], ["constant", ticks], ["absolute", self.minus(self.number(), self.number())]]
        if known in ("fill", "live"):
            choices += [["trade", "risk"], ["times", ["constant", rng.choice([0.5, 1, 2])], ["trade", "risk"]]]
        if known == "live":
            choices.append(["if", self.condition(known, steps), ["constant", ticks], ["trade", "risk"]])
        return rng.choice(choices)

    def minus(self, one: list, other: list) -> list:
        return ["minus", one, other]

    def base(self, known: str, steps: int) -> list:
        """A price."""
        rng = self.rng
        choices: list = [self.number(), ["constant", self.rounded(self.level + rng.gauss(0, 3 * self.reach))]]
        choices.append(self.session(None if rng.random() < 0.03 else self.rounded(self.level + rng.gauss(0, self.reach))))
        if steps:
            field = rng.choice(["open", "high", "low", "close", "highSince", "lowSince"])
            choices += [["step", rng.randrange(steps), field]] * 2
        if known != "none":
            choices += [["trade", "entry"]] * 4
        if known == "live":
            choices += [["trade", "best"], ["trade", "worst"], ["plus", ["trade", "entry"], ["trade", "profit"]]]
        price = rng.choice(choices)
        if rng.random() < 0.15:
            price = [rng.choice(["minimum", "maximum"]), price, self.number()]
        if rng.random() < 0.1:
            price = ["rounded", price, self.tick * rng.choice([1, 2])]
        return price

    def price(self, known: str, steps: int, way: float) -> list:
        """A price above (`way` 1) or below (-1) what is near, in most cases."""
        rng = self.rng
        return ["plus" if way * rng.choice([1, 1, 1, 1, 1, -1]) > 0 else "minus", self.base(known, steps),
                self.distance(known, steps)]  # fmt: skip

    def condition(self, known: str, steps: int, share: float = 0.3, depth: int = 0) -> list:
        rng = self.rng
        kind = rng.random()
        if kind < 0.5 or depth > 1:
            return self.truth(share)
        if kind < 0.75:
            op = rng.choice(["below", "atMost", "above", "atLeast", "equal", "notEqual"])
            return [op, self.base(known, steps), self.base(known, steps)]
        if kind < 0.8:
            return ["between", self.number(), self.base(known, steps), self.base(known, steps)]
        if kind < 0.85 and known == "live":
            return ["atLeast", ["trade", "held"], ["constant", float(rng.randint(1, 6))]]
        if kind < 0.9:
            return ["not", self.condition(known, steps, 1 - share, depth + 1)]
        parts = [self.condition(known, steps, share, depth + 1) for _ in range(2)]
        return [rng.choice(["and", "or"]), *parts]

    def time(self, low: float = START) -> list:
        rng = self.rng
        minute = None if rng.random() < 0.03 else float(rng.randint(int(low), int(self.end) + 2))
        return rng.choice([["constant", minute] if minute is not None else self.session(None), self.session(minute)])

    # Setups

    def setup(self, name: str, way: int = 0) -> tuple[list, Setup]:
        """A setup; with `way` an order at once above (1) or below (-1) the first price."""
        rng = self.rng
        is_around, way = way != 0, way or rng.choice([1, -1])
        has_steps = rng.random() < 0.75 and not is_around
        steps = [self.step(n) for n in range(rng.randint(1, 3))] if has_steps else []
        count = len(steps)
        window = [self.time(), self.time(self.end - self.minutes * 9)] if has_steps and rng.random() < 0.4 else None
        trades = rng.choice([None, None, 1, 2])
        cancel = self.condition("none", count, 0.08) if rng.random() < 0.3 else None
        kind = rng.choice(["market", "market", "at", "stop", "stop", "limit", "limit"])
        bars = until = price = None
        if is_around:
            first = self.bars[0].open if self.bars else self.level
            kind, price = "stop", ["constant", self.rounded(first + way * abs(rng.gauss(0, self.reach)))]
        elif kind == "at":
            price = self.time()
        elif kind != "market":
            price = self.price("none", count, way if kind == "stop" else -way)
            bars = rng.choice([None, None, 1, 3, 9])
            until = self.time() if rng.random() < 0.3 else None
        stop = self.price("entry", count, -way) if rng.random() < 0.8 or self.needs_stop else None
        known = "fill" if stop else "entry"
        shares = rng.choice([[1.0], [0.5, 0.5], [0.5, 0.3], [0.34, 0.33, 0.33], [0.01, 0.2]])
        targets = [[self.price(known, count, way), share] for share in shares] if rng.random() < 0.6 else []
        live = "live" if stop else "open"
        trail = even = None
        if rng.random() < 0.35:
            by = rng.random() < 0.6
            place = self.distance(live, count) if by else self.price(live, count, -way)
            trail = ["by" if by else "to", place, self.price(live, count, way) if rng.random() < 0.5 else None]
        if rng.random() < 0.25:
            even = [rng.choice([["trade", "entry"], self.base(live, count)]),
                    self.price(live, count, way) if rng.random() < 0.7 else None]  # fmt: skip
        exits = []
        for n in range(rng.choice([0, 0, 1, 2])):
            if rng.random() < 0.3:
                exits.append([f"x{n}", "after", rng.randint(1, 12)])
            else:
                share = rng.choice([None, 0.5, 0.25, 0.01])
                exits.append([f"x{n}", "when", self.condition(live, count, 0.12), share])
        text = [name, "long" if way > 0 else "short", window, trades, steps, cancel, [kind, price, bars, until], stop,
                targets, trail, even, exits]  # fmt: skip
        return text, self.built(text)

    def step(self, n: int) -> list:
        rng = self.rng
        when = self.condition("none", n, 0.3)
        quality = self.condition("none", n, 0.6) if rng.random() < 0.3 else None
        within = rng.choice([None, None, 1, 2, 5]) if n else None
        return [f"s{n}", when, quality, within, within is not None and rng.random() < 0.5]

    def built(self, text: list) -> Setup:
        """The reference's setup of the same text."""
        name, side, window, trades, steps, cancel, entry, stop, targets, trail, even, exits = text
        value = self.compiled
        kind, price, bars, until = entry
        return Setup(
            name, 1 if side == "long" else -1,
            None if window is None else tuple(value(one) for one in window), trades,
            [Step(s[0], value(s[1]), value(s[2]), s[2] is not None, s[3], s[4]) for s in steps],
            value(cancel), cancel is not None,
            Entry(kind, value(price), bars, value(until), until is not None),
            value(stop), stop is not None,
            [Target(value(price), share) for price, share in targets],
            None if trail is None else Trail(
                value(trail[1]) if trail[0] == "by" else None, value(trail[1]) if trail[0] == "to" else None,
                value(trail[2]), trail[0] == "by", trail[2] is not None),
            None if even is None else Breakeven(value(even[0]), value(even[1]), even[1] is not None),
            [Exit(x[0], after=x[2]) if x[1] == "after" else Exit(x[0], value(x[2]), x[3]) for x in exits],
        )  # fmt: skip

    def compiled(self, tree: Optional[list]) -> Any:
        """A tree as the reference wants it: a function of a bar's index and a scope."""
        if tree is None:
            return None
        op, *args = tree
        if op == "constant":
            return lambda i, scope: args[0]
        if op in ("number", "truth"):
            tables: list = self.numbers if op == "number" else self.truths
            return lambda i, scope: tables[args[0]][i + 1]
        if op == "session":
            return lambda i, scope: self.session_numbers[args[0]]
        if op == "trade":
            return lambda i, scope: getattr(scope, TRADE[args[0]])
        if op == "step":
            return lambda i, scope: self.step_field(i, scope, f"s{args[0]}", args[1])
        equality = self.equality
        if op == "rounded":
            inner, tick = self.compiled(args[0]), args[1]
            return lambda i, scope: combine(equality, "round", [inner(i, scope)], tick)
        parts = [self.compiled(arg) for arg in args]
        known = {"absolute": "abs"}.get(op, OPS.get(op, op))
        return lambda i, scope: combine(equality, known, [part(i, scope) for part in parts], None)

    def step_field(self, i: int, scope: Any, step: str, field: str) -> Optional[float]:
        if step not in scope.steps:
            return None
        first = scope.steps[step]
        if field == "highSince":
            return max(bar.high for bar in self.bars[first : i + 1])
        if field == "lowSince":
            return min(bar.low for bar in self.bars[first : i + 1])
        return getattr(self.bars[first], field)

    # The session

    def play(self) -> tuple[list, int]:
        """The case as nested lists, and how many fills it has."""
        rng = self.rng
        kind = rng.choice(["shares", "shares", "notional", "risk"])
        self.needs_stop = kind == "risk"
        amount = {"shares": rng.choice([1.0, 3.0, 20.0, 0.4]), "notional": 2000.0, "risk": rng.choice([50.0, 0.5])}[kind]
        if rng.random() < 0.02:
            amount = None
        at_most = rng.choice([None, 900.0]) if kind != "shares" else None
        size = [kind, amount, at_most, rng.choice([1.0, 1.0, 0.1, 0.00001])]
        limits = [rng.choice([1, 2, 3, None]), rng.choice([None, None, 1, 2]), rng.choice([None, None, 0.5, 20.0]),
                  rng.choice([0, 0, 1, 4])]  # fmt: skip
        costs = [rng.choice([0.0, 1.5]), rng.choice([0.0, 0.005])]
        if rng.random() < 0.15:
            setups = [self.setup("u0", 1), self.setup("u1", -1)]
        else:
            setups = [self.setup(f"u{n}") for n in range(rng.choice([1, 1, 2, 3]))]
        day = Day(
            self.bars, START, self.end, self.exit, Size(kind, amount, at_most, at_most is not None, size[3]),
            Limits(*limits), Costs(*costs), self.equality, 0.95,
        )  # fmt: skip
        outcome = play([setup for _, setup in setups], day)
        bars = [[n, *price] for n, price in enumerate(self.prices) if price is not None]
        case = [
            [self.minutes, self.finer, self.end, self.early, self.asked, self.scale], bars, self.numbers, self.truths,
            self.session_numbers, [text for text, _ in setups], size, limits, costs, self.expected(outcome),
        ]  # fmt: skip
        return case, sum(1 + len(trade.parts) for trade in outcome.trades)

    def expected(self, outcome: Outcome) -> list:
        trades = [
            [
                trade.setup.name, trade.entry, trade.index, trade.at, trade.lots, trade.initial_stop, trade.first_target,
                trade.ambiguous, trade.mae, trade.mfe, trade.gross, trade.net, list(trade.steps.values()),
                [[part.lots, part.price, part.reason, part.index, part.at] for part in trade.parts],
            ]
            for trade in outcome.trades
        ]  # fmt: skip
        players = [
            [
                list(player.latest.steps.values()), no_trade(player),
                [player.latest.quality.get(step.name) for step in player.setup.steps],
            ]
            for player in outcome.players
        ]  # fmt: skip
        return [trades, players, outcome.players.index(outcome.described)]


def no_trade(player) -> Optional[str]:
    try:
        return player.no_trade
    except IndexError:
        # All steps held, and the order was filled or withdrawn.
        return None


def text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "(" + " ".join(text(one) for one in value) + ")"
    if value is None:
        return "~"
    if isinstance(value, bool):
        return "1" if value else "0"
    return repr(value) if isinstance(value, float) else str(value)


def main(seed: int, wanted: int) -> None:
    rng, fills = random.Random(seed), 0
    while fills < wanted:
        case, more = Case(rng).play()
        fills += more
        print(text(case))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
