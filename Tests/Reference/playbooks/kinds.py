"""Expressions with their kinds: what each name means, what may stand where, what a place knows."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Optional

from .equality import ARITHMETIC, Equality, PlaybookError
from .parameters import Parameter
from .syntax import COMPARISONS, WEEKDAYS, Node

BAR_FIELDS = ("open", "high", "low", "close", "volume", "hl2", "hlc3", "ohlc4", "position")
PART_FIELDS = ("open", "high", "low", "close", "volume")
STEP_FIELDS = {"open": "number", "high": "number", "low": "number", "close": "number", "time": "time", "bar": "number"}
TRADE = ("entry", "R", "risk", "side")
LIVE = ("held", "best", "worst", "profit")

FUNCTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    **{name: ("xn", ()) for name in ("sma", "ema", "wma", "rma", "sum", "highest", "lowest", "stdev")},
    **{name: ("xn", ()) for name in ("change", "roc", "zscore", "rank", "rsi", "same-time")},
    **{name: ("n", ()) for name in ("atr", "atr-wilder", "natr", "williams", "cci", "mfi", "adx")},
    **{name: ("n", ()) for name in ("pivot-high", "pivot-low")},
    "keltner": ("nk", ("upper", "lower")),
    "bollinger": ("xnk", ("upper", "mid", "lower", "width")),
    "donchian": ("n", ("upper", "lower")),
    "stochastic": ("nn", ("k", "d")),
    "macd": ("nnn", ("line", "signal", "histogram")),
    "dmi": ("n", ("plus", "minus")),
    "supertrend": ("nk", ("line", "side")),
    "round": ("xt", ()),
    "bars-since": ("c", ()),
    "count": ("cn", ()),
}
"""Arguments (x a number, c a condition, n a period, k a number, t a tick) and the fields of each function."""

PLAIN = ("abs", "min", "max", "if", "round")
"""The functions of this bar alone."""

RESERVED = (
    {*FUNCTIONS, *PLAIN, *BAR_FIELDS, *TRADE, *LIVE, *WEEKDAYS, "tr", "obv", "time", "bar", "vwap", "vwap-stdev"}
    | {"session", "first", "premarket", "prior", "gap", "daily", "bars", "since", "weekday", "month", "day"}
    | {"and", "or", "not", "mod", "between", "crosses", "above", "below", "in", "true", "false"}
)


@dataclass(eq=False)
class Expr:
    """A part of an expression, understood."""

    op: str
    kind: str
    args: tuple[Expr, ...] = ()
    data: Any = None
    varies: bool = False
    """Whether it is another number at each bar; what filters know is not."""
    dynamic: bool = False
    """Whether it depends on the setup's steps or the trade."""
    live: bool = False
    """Whether it depends on `held`, `best`, `worst` or `profit`."""
    opened: bool = False
    """Whether it depends on session.open or gap."""


@dataclass(frozen=True)
class Place:
    """What is known where an expression stands."""

    bars: bool = True
    steps: tuple[str, ...] = ()
    trade: bool = False
    r: bool = False
    live: bool = False
    space: str = "file"


FILTERS = Place(bars=False)


def make(op: str, kind: str, *args: Expr, data: Any = None, **flags: bool) -> Expr:
    """An expression that varies, is dynamic and so on where one of its parts is."""
    expr = Expr(op, kind, args, data, **flags)
    for name in ("varies", "dynamic", "live", "opened"):
        setattr(expr, name, getattr(expr, name) or any(getattr(arg, name) for arg in args))
    return expr


def constant(expr: Expr) -> Any:
    """The value of numbers and parameters; an error for anything else."""
    if expr.op == "const":
        return expr.data
    values = [constant(arg) for arg in expr.args]
    if expr.op in ARITHMETIC:
        return Equality().arithmetic(expr.op, values)
    raise PlaybookError("numbers and parameters only may stand here")


@dataclass
class Checker:
    """Understands expressions by the names of a file."""

    parameters: Mapping[str, Parameter]
    given: Mapping[str, Any]
    timeframe: int
    values: dict[str, Expr] = field(default_factory=dict)
    market: Optional[str] = None
    counted: Callable[[float], float] = lambda minute: minute
    """How the market counts a time of the day."""

    def check(self, node: Node, place: Place, kind: Optional[str] = None) -> Expr:
        """The expression at a place, of a kind."""
        expr = self.of(node, place)
        if kind is not None and expr.kind != kind:
            raise PlaybookError(f"a {kind} is wanted, not a {expr.kind}")
        return expr

    def of(self, node: Node, place: Place) -> Expr:
        match node.op:
            case "time":
                return Expr("const", "time", data=self.counted(node.data))
            case "number" | "duration" | "bool":
                return Expr("const", node.op, data=node.data)
            case "name":
                return self.name(node.data, place)
            case "field" | "method":
                return self.member(node, place)
            case "call":
                return self.call(node.data, node.args, place)
            case "index":
                return self.index(node, place)
            case "not" | "and" | "or":
                return make(node.op, "bool", *(self.check(arg, place, "bool") for arg in node.args))
            case "neg":
                (arg,) = self.all(node.args, place, ("number", "duration"))
                return make("neg", arg.kind, arg)
            case "+" | "-" | "*" | "/" | "mod":
                left, right = (self.of(arg, place) for arg in node.args)
                return make(node.op, arithmetic_kind(node.op, left.kind, right.kind), left, right)
            case "between" | "crosses":
                args = self.all(node.args, place, ("number", "time", "duration"))
                if node.op == "crosses" and any(arg.live for arg in args):
                    raise PlaybookError("held, best, worst and profit are known at this bar only")
                if node.op == "crosses" and not any(arg.varies or arg.dynamic for arg in args):
                    raise PlaybookError("neither side of crosses changes from bar to bar")
                return make(node.op, "bool", *args, data=node.data)
            case "in":
                left, right = (self.of(arg, place) for arg in node.args)
                if (left.kind, right.kind) != ("weekday", "weekdays"):
                    raise PlaybookError("`in` is for `weekday in` a weekdays parameter")
                return make("in", "bool", left, right)
        if node.op in COMPARISONS:
            return self.comparison(node, place)
        raise PlaybookError(f"{node.op} may not stand here")

    def all(self, nodes: list[Node], place: Place, kinds: tuple[str, ...]) -> list[Expr]:
        """Expressions of one kind, which is one of some."""
        args = [self.of(node, place) for node in nodes]
        if args[0].kind not in kinds or any(arg.kind != args[0].kind for arg in args):
            raise PlaybookError(f"not of one kind: {', '.join(arg.kind for arg in args)}")
        return args

    def comparison(self, node: Node, place: Place) -> Expr:
        sides = list(node.args)
        for this, other in ((0, 1), (1, 0)):
            named = self.parameters.get(sides[this].data) if sides[this].op == "name" else None
            if named is not None and named.kind == "choice" and node.op in ("=", "!="):
                word = sides[other].data
                if word not in named.choices:
                    raise PlaybookError(f"{word!r} is no choice of {named.name}")
                pair = (Expr("const", "choice", data=self.given[named.name]), Expr("const", "choice", data=word))
                return make(node.op, "bool", *pair)
        kinds = ("number", "time", "duration") + (("bool", "weekday") if node.op in ("=", "!=") else ())
        return make(node.op, "bool", *self.all(sides, place, kinds))

    def name(self, name: str, place: Place) -> Expr:
        if name in self.values and place.space == "file":
            expr = self.values[name]
            if expr.varies and not place.bars:
                raise PlaybookError(f"{name} is not known before the open")
            return expr
        if name in self.parameters:
            return Expr("const", self.parameters[name].kind, data=self.given[name])
        if name in BAR_FIELDS or name in ("tr", "obv"):
            if not place.bars:
                raise PlaybookError(f"{name} is not known before the open")
            if name == "obv" and place.space == "daily":
                raise PlaybookError("obv counts within a session")
            return Expr(name if name in ("tr", "obv") else "bar", "number", data=name, varies=True)
        if place.space != "file":
            raise PlaybookError(f"{name} is not known of {place.space} bars")
        if name in ("time", "bar", "vwap", "vwap-stdev"):
            if not place.bars:
                raise PlaybookError(f"{name} is not known before the open")
            return Expr("bar", "time" if name == "time" else "number", data=name, varies=True)
        if name in WEEKDAYS:
            return Expr("const", "weekday", data=name)
        if name in ("weekday", "month", "day"):
            return Expr("date", "weekday" if name == "weekday" else "number", data=name)
        if name == "gap":
            return Expr("gap", "number", opened=True)
        if name in TRADE and place.trade:
            if name in ("R", "risk") and not place.r:
                raise PlaybookError(f"{name} is not known here")
            return Expr("trade", "number", data=name, dynamic=True)
        if name in LIVE and place.live:
            return Expr("trade", "number", data=name, dynamic=True, live=True)
        raise PlaybookError(f"{name} is not known here")

    def member(self, node: Node, place: Place) -> Expr:
        """A name or call with a point behind it."""
        base, name = node.args[0], node.data
        if node.op == "field" and base.op == "method":
            inner = Node("field", [Node("call", base.args[1:], base.data)], name)
            return self.elsewhere(base.args[0], inner, place)
        if base.op == "name" and base.data == "daily" or base.op == "call" and base.data == "bars":
            inner = Node("call", node.args[1:], name) if node.op == "method" else Node("name", data=name)
            return self.elsewhere(base, inner, place)
        if node.op == "method":
            raise PlaybookError(f"{name} is no function of that")
        if base.op == "name" and base.data in place.steps and name in STEP_FIELDS:
            return Expr("step", STEP_FIELDS[name], data=(base.data, name), dynamic=True)
        if base.op == "call" and base.data == "since" and place.space == "file":
            step = base.args[0].data if len(base.args) == 1 else None
            if step not in place.steps or name not in ("high", "low"):
                raise PlaybookError("since(step).high or .low of an earlier step of this setup")
            return Expr("since", "number", data=(step, name), dynamic=True, varies=True)
        if base.op == "call" and FUNCTIONS.get(base.data, ("", ()))[1]:
            return self.call(base.data, base.args, place, name)
        if place.space == "file" and base.op == "name":
            return self.session_field(base.data, name, place)
        if place.space == "file" and base.op == "call" and base.data == "first" and name in PART_FIELDS:
            length = constant(self.check(base.args[0], place, "duration"))
            if not place.bars or length <= 0 or length % self.timeframe:
                raise PlaybookError("first(d): d is a whole number of the file's bars, known at a bar's close")
            return Expr("first", "number", data=(length, name), varies=True)
        raise PlaybookError(f"there is no field {name} here")

    def session_field(self, base: str, name: str, place: Place) -> Expr:
        if base == "session" and name in ("start", "end"):
            return Expr("session", "time", data=name)
        if base == "session" and name == "open":
            return Expr("session", "number", data=name, opened=True)
        if base == "session" and name in ("high", "low", "volume") and place.bars:
            return Expr("bar", "number", data=f"session.{name}", varies=True)
        if base in ("premarket", "prior") and name in PART_FIELDS:
            return Expr(base, "number", data=name)
        raise PlaybookError(f"{base}.{name} is not known here")

    def elsewhere(self, base: Node, inner: Node, place: Place) -> Expr:
        """A function or a field of the daily or of longer bars."""
        if place.space != "file":
            raise PlaybookError("bars within bars are not known")
        if base.op == "name" and base.data == "daily":
            expr = self.of(inner, Place(space="daily"))
            return Expr("daily", expr.kind, (expr,), data=0)
        if base.op == "call" and base.data == "bars" and len(base.args) == 1 and base.args[0].op == "frame":
            if not place.bars:
                raise PlaybookError("longer bars are not known before the open")
            minutes = base.args[0].data
            if minutes % self.timeframe:
                raise PlaybookError(f"{minutes}Min is no multiple of the timeframe")
            expr = self.of(inner, Place(space="long"))
            return Expr("long", expr.kind, (expr,), data=minutes, varies=True)
        raise PlaybookError("bars(15Min).f(...) or daily.f(...)")

    def index(self, node: Node, place: Place) -> Expr:
        expr = self.of(node.args[0], place)
        n = self.whole(node.args[1], place, least=0)
        if expr.op == "daily":
            return Expr("daily", expr.kind, expr.args, data=expr.data + n)
        if not expr.varies or expr.live or expr.op == "since":
            raise PlaybookError("what is one number in a session has no [n]")
        return make("index", expr.kind, expr, data=n)

    def whole(self, node: Node, place: Place, least: int) -> int:
        value = constant(self.check(node, place, "number"))
        if value is None or value != math.floor(value) or value < least:
            raise PlaybookError(f"a whole number from {least} on is wanted")
        return int(value)

    def call(self, name: str, nodes: list[Node], place: Place, output: Optional[str] = None) -> Expr:
        if name in ("abs", "min", "max"):
            args = self.all(nodes, place, ("number", "time", "duration") if name != "abs" else ("number", "duration"))
            return make(name, args[0].kind, *args)
        if name == "if":
            if len(nodes) != 3:
                raise PlaybookError("if(condition, a, b)")
            condition = self.check(nodes[0], place, "bool")
            a, b = self.all(nodes[1:], place, ("number", "time", "duration", "bool"))
            return make("if", a.kind, condition, a, b)
        if name not in FUNCTIONS:
            raise PlaybookError(f"there is no function {name}")
        pattern, outputs = FUNCTIONS[name]
        if len(nodes) != len(pattern) or (output is None) != (not outputs) or output and output not in outputs:
            raise PlaybookError(f"{name} has {len(pattern)} arguments and the fields {', '.join(outputs) or 'none'}")
        if name != "round" and not place.bars or name in ("bars-since", "same-time") and place.space != "file":
            raise PlaybookError(f"{name} is not known here")
        args, numbers = [], []
        for letter, node in zip(pattern, nodes):
            if letter in "xc":
                args.append(self.check(node, place, "number" if letter == "x" else "bool"))
            elif letter == "n":
                numbers.append(self.whole(node, place, least=1))
            else:
                numbers.append(constant(self.check(node, place, "number")))
                if letter == "t" and not numbers[-1] > 0:
                    raise PlaybookError("a tick is above 0")
        if name == "round":
            return make("round", "number", *args, data=numbers[0])
        if any(arg.live for arg in args) or name == "same-time" and any(arg.dynamic for arg in args):
            raise PlaybookError(f"{name} cannot take what is known at this bar only")
        return make("function", "number", *args, data=(name, tuple(numbers), output), varies=True)


def arithmetic_kind(op: str, left: str, right: str) -> str:
    """The kind of a sum, difference, product, quotient or remainder."""
    allowed = {
        "+": {("time", "duration"): "time", ("duration", "time"): "time", ("duration", "duration"): "duration"},
        "-": {("time", "duration"): "time", ("time", "time"): "duration", ("duration", "duration"): "duration"},
        "*": {("duration", "number"): "duration", ("number", "duration"): "duration"},
        "/": {("duration", "duration"): "number"},
        "mod": {("duration", "duration"): "duration"},
    }
    kind = "number" if left == right == "number" else allowed[op].get((left, right))
    if kind is None:
        raise PlaybookError(f"{left} {op} {right} is not allowed")
    return kind
