"""The text of a setup, understood: the same setup as plan.py has, with expressions where its values go."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, Optional

from .calendars import DAY, FULL_CLOSE
from .document import check_keys, list_of, single, text_of
from .equality import PlaybookError
from .evaluate import Context
from .fixed import fixed
from .kinds import FILTERS, RESERVED, Checker, Expr, Place, constant
from .plan import Breakeven, Entry, Exit, Setup, Step, Target, Trail
from .syntax import parse

KEYS = (
    "name", "side", "window", "trades", "steps", "cancel", "entry", "stop", "target", "targets", "trail", "breakeven",
    "exits",
)  # fmt: skip
REGULAR_OPEN, EARLY_CLOSE = 9 * 60 + 30, 13 * 60


@dataclass
class SetupText:
    """A setup whose conditions and prices are expressions still."""

    plan: Setup
    entry_exprs: list[Expr] = field(default_factory=list)
    is_after_open: bool = False
    """Whether its order is `at` a time that is surely after the open."""

    def bound(self, context: Context) -> Setup:
        """The setup of one session."""

        def fill(value: Any) -> Any:
            return context.compile(value) if isinstance(value, Expr) else value

        def filled(part: Any) -> Any:
            return None if part is None else replace(part, **{key: fill(value) for key, value in vars(part).items()})

        plan = self.plan
        window = None if plan.window is None else tuple(context.once(bound) for bound in plan.window)
        return replace(
            filled(plan),
            window=window,
            steps=[filled(step) for step in plan.steps],
            entry=filled(plan.entry),
            targets=[filled(target) for target in plan.targets],
            trail=filled(plan.trail),
            breakeven=filled(plan.breakeven),
            exits=[filled(one) for one in plan.exits],
        )


class SetupReader:
    """Reads one setup."""

    def __init__(self, checker: Checker, setup: dict[str, Any]):
        self.checker = checker
        self.setup = setup
        self.names: list[str] = []

    def expr(self, text: Any, place: Place, kind: str) -> Expr:
        return self.checker.check(parse(text_of(text, "an expression")), place, kind)

    def number(self, text: Any, least: float = 0.0) -> float:
        value = constant(self.expr(text, FILTERS, "number"))
        if value is None or value < least:
            raise PlaybookError(f"{text}: at least {least:g} is wanted")
        return value

    def bars(self, text: Any) -> int:
        """`n bars`, or `n`."""
        value = self.number(re.sub(r"\s+bars?$", "", text_of(text, "bars").strip()), 1)
        if value != int(value):
            raise PlaybookError(f"{text}: a whole number of bars is wanted")
        return int(value)

    def share(self, text: Any) -> float:
        value = self.number(text)
        if not 0 < value <= 1 + 1e-9:
            raise PlaybookError(f"{text}: a share is above 0 and at most 100%")
        return value

    def new_name(self, name: str, names: list[str]) -> str:
        if name in RESERVED or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name) or name in names:
            raise PlaybookError(f"{name}: a reserved name, no name, or twice the same")
        names.append(name)
        return name

    def step(self, item: Any) -> Step:
        name, value = single(item, "steps")
        place = Place(steps=tuple(self.names))
        is_first = not self.names
        value = value if isinstance(value, dict) else {"when": value}
        value = check_keys(value, name, ("when", "quality", "within", "else", "next"))
        if ("when" in value) == ("next" in value) or "next" in value and "within" in value:
            raise PlaybookError(f"{name}: when, or next, is wanted; next is short for within 1 bars")
        if is_first and {"within", "next", "else"} & set(value):
            raise PlaybookError(f"{name}: the first step has no within, next and else")
        within = 1 if "next" in value else self.bars(value["within"]) if "within" in value else None
        otherwise = value.get("else", "stop")
        if otherwise not in ("stop", "restart") or "else" in value and within is None:
            raise PlaybookError(f"{name}: else: stop or restart, beside within")
        when = self.expr(value.get("when", value.get("next")), place, "bool")
        quality = self.expr(value["quality"], place, "bool") if "quality" in value else None
        self.new_name(name, self.names)
        return Step(name, when, quality, quality is not None, within, otherwise == "restart")

    def entry(self) -> tuple[Entry, list[Expr]]:
        value = self.setup.get("entry", "market")
        if value == "market":
            return Entry(), []
        value = check_keys(value, "entry", ("market", "stop", "limit", "at", "for", "until"))
        kinds = [key for key in ("stop", "limit", "at") if key in value]
        if len(kinds) != 1 or kinds == ["at"] and len(value) > 1:
            raise PlaybookError("entry: market, or one of stop, limit, at; at takes neither for nor until")
        (kind,) = kinds
        place = Place(steps=tuple(self.names)) if self.names else FILTERS
        price = self.expr(value[kind], place, "time" if kind == "at" else "number")
        until = self.expr(value["until"], place, "time") if "until" in value else None
        bars = self.bars(value["for"]) if "for" in value else None
        entry = Entry(kind, price, bars, until, until is not None)
        return entry, [expr for expr in (price, until) if expr is not None]

    def stop(self) -> tuple[Optional[Expr], bool]:
        if "stop" not in self.setup:
            return None, False
        value, place = self.setup["stop"], Place(steps=tuple(self.names), trade=True)
        if isinstance(value, dict):
            value = check_keys(value, "stop", ("price", "when"), ("price",))
            if "when" in value:
                condition = self.expr(value["when"], FILTERS, "bool")
                if condition_of(condition) is False:
                    self.expr(value["price"], place, "number")
                    return None, False
            value = value["price"]
        return self.expr(value, place, "number"), True

    def targets(self, place: Place) -> list[Target]:
        if "target" in self.setup and "targets" in self.setup:
            raise PlaybookError("target or targets, not both")
        if "target" in self.setup:
            return [Target(self.expr(self.setup["target"], place, "number"))]
        result = []
        for item in list_of(self.setup.get("targets", []), "targets"):
            item = check_keys(item, "targets", ("at", "share"), ("at", "share"))
            result.append(Target(self.expr(item["at"], place, "number"), self.share(item["share"])))
        if sum(target.share for target in result) > 1 + 1e-9:
            raise PlaybookError("targets: the shares are more than 100%")
        return result

    def trail(self, place: Place) -> Optional[Trail]:
        if "trail" not in self.setup:
            return None
        value = check_keys(self.setup["trail"], "trail", ("by", "to", "after"))
        if ("by" in value) == ("to" in value):
            raise PlaybookError("trail: by or to")
        parts = {key: self.expr(one, place, "number") for key, one in value.items()}
        return Trail(parts.get("by"), parts.get("to"), parts.get("after"), "by" in parts, "after" in parts)

    def breakeven(self, place: Place) -> Optional[Breakeven]:
        if "breakeven" not in self.setup:
            return None
        value = check_keys(self.setup["breakeven"], "breakeven", ("after", "to"), ("to",))
        parts = {key: self.expr(one, place, "number") for key, one in value.items()}
        return Breakeven(parts["to"], parts.get("after"), "after" in parts)

    def exits(self, place: Place) -> list[Exit]:
        result: list[Exit] = []
        names: list[str] = []
        for item in list_of(self.setup.get("exits", []), "exits"):
            name, value = single(item, "exits")
            self.new_name(name, names)
            value = value if isinstance(value, dict) else {"when": value}
            value = check_keys(value, name, ("when", "share", "after"))
            if ("when" in value) == ("after" in value) or "after" in value and "share" in value:
                raise PlaybookError(f"{name}: a condition, with a share or not, or after: n bars")
            if "after" in value:
                result.append(Exit(name, after=self.bars(value["after"])))
            else:
                share = self.share(value["share"]) if "share" in value else None
                result.append(Exit(name, self.expr(value["when"], place, "bool"), share))
        return result

    def read(self) -> SetupText:
        setup = self.setup
        side = setup.get("side", "long")
        if side not in ("long", "short"):
            raise PlaybookError(f"side: long or short, not {side!r}")
        steps = [self.step(item) for item in list_of(setup.get("steps", []), "steps")]
        window = None
        if "window" in setup:
            bounds = list_of(setup["window"], "window")
            if len(bounds) != 2 or not steps:
                raise PlaybookError("window: [from, to], for setups with steps")
            window = tuple(self.expr(bound, FILTERS, "time") for bound in bounds)
        cancel = self.expr(setup["cancel"], Place(steps=tuple(self.names)), "bool") if "cancel" in setup else None
        entry, entry_exprs = self.entry()
        stop, has_stop = self.stop()
        known = Place(steps=tuple(self.names), trade=True, r=has_stop)
        managed = replace(known, live=True)
        trades = None
        if "trades" in setup:
            trades = self.bars(setup["trades"])
        plan = Setup(
            text_of(setup.get("name", "setup"), "name"), 1 if side == "long" else -1, window, trades, steps, cancel,
            cancel is not None, entry, stop, has_stop, self.targets(known), self.trail(managed),
            self.breakeven(managed), self.exits(managed),
        )  # fmt: skip
        return SetupText(plan, entry_exprs, entry.kind == "at" and is_after_open(entry.price, self.checker.market))


def read_setup(value: Any, checker: Checker) -> SetupText:
    return SetupReader(checker, check_keys(value, "setup", KEYS)).read()


def condition_of(expr: Expr) -> bool:
    """The truth of a condition on parameters."""
    value = fixed(expr)
    if value is None:
        raise PlaybookError("stop.when: unknown")
    return value


def is_after_open(expr: Expr, market: Optional[str]) -> bool:
    """Whether a time is decided by parameters and the session's hours alone, and is later than the open, always.

    A file for any market is judged by the hours of both.
    """
    hours = [(0, DAY)] if market != "XNYS" else []
    if market != "24x7":
        hours += [(REGULAR_OPEN, FULL_CLOSE), (REGULAR_OPEN, EARLY_CLOSE)]
    try:
        times = [(fixed(expr, start, end), start) for start, end in hours]
    except PlaybookError:
        return False
    return all(time is not None and time > start for time, start in times)
