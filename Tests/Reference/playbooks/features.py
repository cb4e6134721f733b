"""Sets of features: a file of values without setups, evaluated at each bar's close."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Optional

from .document import check_keys, read, text_of
from .evaluate import Context
from .history import History
from .kinds import Checker, Expr, Place
from .parameters import Parameter
from .playbook import mapping_of, minutes_of, read_parameters
from .syntax import parse

COSTS = ("slippage-bps", "fee-per-share", "shares")
"""Parameters of playbooks that features have not."""


def load_features(text: str, given: Optional[Mapping[str, Any]] = None) -> tuple[int, dict[str, Expr]]:
    """The timeframe and the values of a file of features."""
    known = ("features", "summary", "timeframe", "parameters", "values")
    file = check_keys(read(text), "the file", known, ("features",))
    timeframe = minutes_of(text_of(file.get("timeframe", "1Min"), "timeframe"), "timeframe")
    declared: list[Parameter] = [one for one in read_parameters(file) if one.name not in COSTS]
    values = {one.name: one.default for one in declared}
    values |= {one.name: one.parsed(str(given[one.name])) for one in declared if one.name in (given or {})}
    checker = Checker({one.name: one for one in declared}, values, timeframe)
    for name, expression in mapping_of(file, "values"):
        checker.values[name] = checker.of(parse(text_of(expression, name)), Place())
    return timeframe, checker.values


def features(
    text: str, history: History, session: int, given: Optional[Mapping[str, Any]] = None
) -> list[dict[str, Any]]:
    """At each bar of a session, by its index in the history: `at` (UTC minutes since 1970) and the values."""
    timeframe, values = load_features(text, given)
    context = Context.of(history.as_of(history.days[session]), timeframe, session)
    series = {name: context.compile(expr) for name, expr in values.items()}
    bars = context.frame.bars[context.first : context.end]
    return [{"at": bar.at} | {name: one(i) for name, one in series.items()} for i, bar in enumerate(bars)]
