"""A playbook file: its parts understood, with the values of its parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Optional

from .document import check_keys, list_of, optional_text, read, text_of
from .equality import PlaybookError
from .kinds import FILTERS, RESERVED, Checker, Expr, Place, constant
from .parameters import Parameter, parameter
from .setups import SetupText, read_setup
from .syntax import parse

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
KEYS = (
    "playbook", "summary", "market", "timeframe", "parameters", "values", "filters", "setups", "setup", "exit", "size",
    "limits", "resolve", "journal",
)  # fmt: skip
FILTER_COLUMNS = ("trend_valid", "reversal_strength_ok")
STEP_COLUMNS = ("first_close_below_time", "reversal_candle_time", "confirmation_candle_time")
VALUE_COLUMNS = ("sma200_daily_at_open", "ema20_at_entry", "atr_14_2m_at_entry")
QUALITY_COLUMN = "reversal_strength_ok"


@dataclass
class SizeText:
    kind: str
    amount: Expr
    capital: Optional[Expr] = None
    at_most: Optional[Expr] = None
    step: Optional[float] = None


@dataclass
class Playbook:
    """All of a file, for given parameters."""

    name: str
    summary: str
    market: Optional[str]
    timeframe: int
    declared: list[Parameter]
    given: dict[str, Any]
    values: dict[str, Expr]
    filters: dict[str, Expr]
    setups: list[SetupText]
    exit: Optional[Expr]
    size: SizeText
    trades: Optional[int] = 1
    losses: Optional[int] = None
    loss: Optional[float] = None
    pause: int = 0
    resolve: Optional[int] = None
    journal: dict[str, str] = field(default_factory=dict)

    def known_before_open(self, name: str) -> bool:
        """Whether a value is made of what filters know."""
        return not self.values[name].varies


def minutes_of(text: str, where: str) -> int:
    match = re.fullmatch(r"(\d+)Min", text)
    if not match or not 1 <= int(match[1]) <= 60:
        raise PlaybookError(f"{where}: 1Min to 60Min, not {text!r}")
    return int(match[1])


def check_names(names: list[str], where: str) -> None:
    for name in names:
        if not NAME.fullmatch(name) or name in RESERVED:
            raise PlaybookError(f"{where}: {name!r} is no name, or a reserved one")
    if len(set(names)) < len(names):
        raise PlaybookError(f"{where}: a name occurs twice")


def load(
    text: str, given: Optional[Mapping[str, Any]] = None, counted: Callable[[float], float] = lambda minute: minute
) -> Playbook:
    """The playbook of a text, with parameters given as texts or numbers.

    `counted` says how the market counts a time of the day.
    """
    file = check_keys(read(text), "the file", KEYS, ("playbook", "summary"))
    name = text_of(file["playbook"], "playbook")
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", name):
        raise PlaybookError(f"playbook: {name!r} is no name")
    timeframe = minutes_of(text_of(file.get("timeframe", "2Min"), "timeframe"), "timeframe")
    declared = read_parameters(file)
    by_name = {one.name: one for one in declared}
    values = {one.name: one.default for one in declared}
    for key, value in (given or {}).items():
        if key not in by_name:
            raise PlaybookError(f"there is no parameter {key}")
        values[key] = by_name[key].parsed(str(value))
    times = {name: counted(value) for name, value in values.items() if by_name[name].kind == "time"}
    checker = Checker(by_name, values | times, timeframe, market=market_of(file), counted=counted)
    for key, expression in mapping_of(file, "values"):
        check_names([key], "values")
        if key in by_name or key in checker.values:
            raise PlaybookError(f"values: {key} occurs twice")
        checker.values[key] = checker.of(parse(text_of(expression, key)), Place())
    filters = {
        key: checker.check(parse(text_of(condition, key)), FILTERS, "bool")
        for key, condition in mapping_of(file, "filters")
    }
    check_names(list(filters), "filters")
    setups = read_setups(file, checker)
    exit_text = optional_text(file, "exit", "the file")
    exit_expr = None if exit_text is None else checker.check(parse(exit_text), FILTERS, "time")
    playbook = Playbook(
        name, text_of(file["summary"], "summary"), checker.market, timeframe, declared, values, checker.values,
        filters, setups, exit_expr, read_size(file.get("size", {"shares": "20"}), checker),
    )  # fmt: skip
    read_limits(file, checker, playbook)
    if "resolve" in file:
        playbook.resolve = minutes_of(text_of(file["resolve"], "resolve"), "resolve")
        if timeframe % playbook.resolve or timeframe == playbook.resolve:
            raise PlaybookError("resolve: finer bars that divide the timeframe")
    check_opened(playbook, checker)
    playbook.journal = read_journal(file, playbook)
    return playbook


def mapping_of(file: dict[str, Any], key: str) -> list[tuple[str, Any]]:
    value = file.get(key, {})
    if not isinstance(value, dict):
        raise PlaybookError(f"{key}: a mapping is wanted")
    return list(value.items())


def market_of(file: dict[str, Any]) -> Optional[str]:
    market = optional_text(file, "market", "the file")
    if market not in (None, "XNYS", "24x7"):
        raise PlaybookError(f"market: XNYS or 24x7, not {market!r}")
    return market


def read_parameters(file: dict[str, Any]) -> list[Parameter]:
    """The file's parameters and those of every playbook, in the order in which the journal writes them."""
    result = []
    for name, value in mapping_of(file, "parameters"):
        where = f"parameters.{name}"
        if isinstance(value, str):
            value = {"default": value}
        value = check_keys(value, where, ("default", "range", "unit", "help", "choices"), ("default",))
        span = [text_of(bound, where) for bound in list_of(value["range"], where)] if "range" in value else None
        choices = [text_of(one, where) for one in list_of(value["choices"], where)] if "choices" in value else None
        result.append(parameter(name, text_of(value["default"], where), span, choices))
    result += [Parameter("slippage-bps", "number", 0.0), Parameter("fee-per-share", "number", 0.0)]
    size = file.get("size", {"shares": "20"})
    shares = size.get("shares") if isinstance(size, dict) else None
    if isinstance(shares, str) and re.fullmatch(r"\d+(\.\d+)?", shares.strip()):
        result.append(parameter("shares", shares))
    check_names([one.name for one in result], "parameters")
    return result


def read_setups(file: dict[str, Any], checker: Checker) -> list[SetupText]:
    if ("setup" in file) == ("setups" in file):
        raise PlaybookError("setups, or one setup, is wanted")
    items = [file["setup"]] if "setup" in file else list_of(file["setups"], "setups")
    if not items:
        raise PlaybookError("setups: one at least is wanted")
    setups = [read_setup(item, checker) for item in items]
    check_names([one.plan.name for one in setups], "setups")
    return setups


def read_size(value: Any, checker: Checker) -> SizeText:
    size = check_keys(value, "size", ("shares", "notional", "risk", "capital", "at-most", "step"))
    kinds = [key for key in ("shares", "notional", "risk") if key in size]
    if len(kinds) != 1 or "at-most" in size and kinds == ["shares"]:
        raise PlaybookError("size: just one of shares, notional and risk; at-most not beside shares")
    (kind,) = kinds
    texts = {key: text_of(one, f"size.{key}") for key, one in size.items()}
    exprs = {key: checker.check(parse(one), FILTERS, "number") for key, one in texts.items()}
    if kind == "shares" and "shares" in checker.parameters and re.fullmatch(r"[\d. ]+", texts["shares"]):
        exprs["shares"] = Expr("const", "number", data=checker.given["shares"])
    named = checker.parameters.get(texts[kind].strip())
    percent = texts[kind].strip().endswith("%") or named is not None and named.percent
    if ("capital" in size) != (percent and kind == "risk"):
        raise PlaybookError("size: capital goes with a percentage of risk, and only with one")
    step = None if "step" not in size else constant(exprs["step"])
    if step is not None and not step > 0:
        raise PlaybookError("size: step is above 0")
    return SizeText(kind, exprs[kind], exprs.get("capital"), exprs.get("at-most"), step)


def read_limits(file: dict[str, Any], checker: Checker, playbook: Playbook) -> None:
    limits = check_keys(file.get("limits", {}), "limits", ("trades", "losses", "loss", "pause"))
    for key, text in limits.items():
        text = re.sub(r"\s+bars?$", "", text_of(text, "limits").strip())
        value = constant(checker.check(parse(text), FILTERS, "number"))
        if key != "loss" and value != int(value):
            raise PlaybookError(f"limits.{key}: a whole number is wanted")
        setattr(playbook, key, value if key == "loss" else int(value))


def check_opened(playbook: Playbook, checker: Checker) -> None:
    """Orders before the first bar opens cannot know where it opens."""
    if any(one.plan.has_stop is False for one in playbook.setups) and playbook.size.kind == "risk":
        raise PlaybookError("size: risk needs a stop in force")
    for one in playbook.setups:
        if one.plan.steps or one.is_after_open:
            continue
        exprs = [*playbook.filters.values(), *one.entry_exprs]
        if any(expr.opened for expr in exprs):
            raise PlaybookError(f"{one.plan.name}: session.open and gap are not known before the open")


def read_journal(file: dict[str, Any], playbook: Playbook) -> dict[str, str]:
    """The journal's columns by the names that fill them."""
    columns = {*FILTER_COLUMNS, *STEP_COLUMNS, *VALUE_COLUMNS}
    journal = check_keys(file.get("journal", {}), "journal", columns)
    steps = {step.name for one in playbook.setups for step in one.plan.steps}
    for column, name in journal.items():
        allowed: set[str] = set()
        if column in FILTER_COLUMNS:
            allowed |= set(playbook.filters)
        if column in STEP_COLUMNS:
            allowed |= steps
        if column in VALUE_COLUMNS:
            allowed |= set(playbook.values)
        if column == QUALITY_COLUMN:
            allowed |= {f"{step}.quality" for step in steps}
        if name not in allowed:
            raise PlaybookError(f"journal.{column}: there is no {name} for it")
    return journal
