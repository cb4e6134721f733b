"""What an expression is at a bar of a session."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Optional

from .equality import ARITHMETIC, Equality
from .functions import Maker, Row, Series
from .history import Frame, View
from .indicators import indicator
from .kinds import COMPARISONS, Expr
from .syntax import WEEKDAYS


@dataclass
class Scope:
    """The setup's steps so far (indices of bars within the session) and the trade."""

    steps: Mapping[str, int] = field(default_factory=dict)
    entry: Optional[float] = None
    R: Optional[float] = None
    side: Optional[float] = None
    held: Optional[float] = None
    best: Optional[float] = None
    worst: Optional[float] = None
    profit: Optional[float] = None

    @property
    def risk(self) -> Optional[float]:
        return None if self.R is None else abs(self.R)


NO_SCOPE = Scope()


class Context:
    """Expressions of one session, over bars as of a date that need not be the session's."""

    def __init__(self, view: View, minutes: int, session: int):
        self.view = view
        self.minutes = minutes
        self.session = view.history.sessions[session]
        self.number = session
        self.frame: Frame = view.frame(minutes)
        self.first, self.end = self.frame.spans[session]
        self.equality = Equality.of_price(self.last_close)
        self.row = Row(self.frame.bars, self.first, self.equality)
        self.newest_daily = bisect_left(view.daily_days, self.session.day) - 1
        self._series: dict[tuple, tuple[Expr, Series]] = {}
        self._rows: dict[Any, Row] = {}
        self._running: dict[int, dict[str, Optional[float]]] = {}

    @classmethod
    def of(cls, view: View, minutes: int, session: int) -> Context:
        """The context of a session, kept with the view."""
        key = minutes, session
        if key not in view.contexts:
            view.contexts[key] = cls(view, minutes, session)
        return view.contexts[key]

    @property
    def last_close(self) -> Optional[float]:
        """The last close before the session, or its first open."""
        bars = self.frame.bars
        if self.first > 0:
            return bars[self.first - 1].close
        return bars[0].open if bars else None

    def compile(self, expr: Expr) -> Callable[[int, Scope], Any]:
        """The value at a bar by its index within the session; -1 is the last bar of the session before."""
        series = self.series(expr, self.row, 0)
        return lambda i, scope=NO_SCOPE: series(self.first + i, scope)

    def once(self, expr: Expr) -> Any:
        """The value of what filters know."""
        return self.series(expr, self.row, 0)(self.first, NO_SCOPE)

    def series(self, expr: Expr, row: Row, back: int) -> Series:
        key = id(expr), id(row), back
        if key not in self._series:
            # The expression is kept too, so that its id is not given to another one.
            self._series[key] = expr, self.made(expr, row, back)
        return self._series[key][1]

    def made(self, expr: Expr, row: Row, back: int) -> Series:
        series = self.build(expr, row, back)
        if expr.dynamic or expr.op == "const":
            return series
        known: dict[int, Any] = {}

        def remembered(i: int, scope: Any) -> Any:
            if i not in known:
                known[i] = series(i, scope)
            return known[i]

        return remembered

    def maker(self, expr: Expr, row: Row) -> Maker:
        return lambda back: self.series(expr, row, back)

    def build(self, expr: Expr, row: Row, back: int) -> Series:
        data = expr.data
        match expr.op:
            case "const":
                return lambda i, scope: data
            case "bar":
                return self.bar_series(data, row, back)
            case "session":
                value = self.session_value(data)
                return lambda i, scope: value
            case "date" | "gap" | "prior" | "premarket" | "daily":
                value = self.fixed(expr)
                return lambda i, scope: value
            case "tr":
                return row.true_range()(back)
            case "obv":
                return self.on_balance_volume(row)
            case "first":
                return lambda i, scope: self.first_part(i, *data)
            case "step":
                return lambda i, scope: self.step_field(scope, *data)
            case "since":
                return lambda i, scope: self.since_step(i, scope, *data)
            case "trade":
                return lambda i, scope: getattr(scope, data)
            case "long":
                return self.long_series(expr, back)
            case "index":
                series = self.series(expr.args[0], row, back + data)
                return lambda i, scope: series(i - data, scope)
            case "function":
                return self.function(expr, row, back)
            case "crosses":
                return self.crosses(expr, row, back)
        args = [self.series(arg, row, back) for arg in expr.args]
        return lambda i, scope: combine(self.equality, expr.op, [arg(i, scope) for arg in args], data)

    def bar_series(self, name: str, row: Row, back: int) -> Series:
        if name in ("time", "bar"):
            pick = "minute" if name == "time" else "number"
            return lambda i, scope: float(getattr(row.bars[i], pick)) if i >= 0 else None
        if name.startswith(("session.", "vwap")):
            return lambda i, scope: self.running(i)[name] if i >= 0 else None
        return row.price(name)(back)

    def running(self, i: int) -> dict[str, Optional[float]]:
        """What counts from a bar's session's first bar up to and with the bar."""
        if i not in self._running:
            bars = self.frame.bars[self.frame.spans[self.frame.bars[i].session][0] : i + 1]
            typical = [(bar.high + bar.low + bar.close) / 3 for bar in bars]
            volume = math.fsum(bar.volume for bar in bars)
            vwap = self.equality.divide(math.fsum(t * bar.volume for t, bar in zip(typical, bars)), volume)
            spread = None
            if vwap is not None:
                spread = math.sqrt(math.fsum((t - vwap) ** 2 * b.volume for t, b in zip(typical, bars)) / volume)
            self._running[i] = {
                "session.high": max(bar.high for bar in bars),
                "session.low": min(bar.low for bar in bars),
                "session.volume": volume,
                "vwap": vwap,
                "vwap-stdev": spread,
            }
        return self._running[i]

    def session_value(self, name: str) -> Optional[float]:
        if name == "open":
            return self.frame.bars[self.first].open if self.first < self.end else None
        return float(self.session.start if name == "start" else self.session.end)

    def fixed(self, expr: Expr) -> Any:
        """What filters know: one value in the session."""
        if expr.op == "date":
            day = self.session.day
            return WEEKDAYS[day.weekday()] if expr.data == "weekday" else float(getattr(day, expr.data))
        if expr.op == "daily":
            return self.daily(expr)
        prior = self.view.prior(self.number)
        if expr.op == "gap":
            ratio = None if prior is None else self.equality.divide(self.session_value("open"), prior.close)
            return None if ratio is None else ratio - 1
        bar = prior if expr.op == "prior" else self.view.premarket(self.number)
        return None if bar is None else getattr(bar, expr.data)

    def daily(self, expr: Expr) -> Any:
        """A function or field of the daily bars before the session, some daily bars back."""
        days = self.view.daily_days

        def too_old(i: int, n: int) -> bool:
            after = self.session.day if i >= self.newest_daily else days[i + 1]
            return self.view.sessions_between(days[i - n + 1], after) > 1.25 * n + 5

        row = self._rows.setdefault("daily", Row(self.view.daily, self.newest_daily, self.equality, too_old))
        inner, i = expr.args[0], self.newest_daily - expr.data
        is_window = inner.op == "function" and inner.data[0] not in RECURSIVE
        if i < 0 or not is_window and too_old(i, 1):
            return None
        return self.series(inner, row, expr.data)(i, NO_SCOPE)

    def long_series(self, expr: Expr, back: int) -> Series:
        """A function or field of longer bars, the newest that has closed at a bar's close."""
        minutes, inner = expr.data, expr.args[0]
        frame = self.view.frame(minutes)

        def newest(i: int) -> int:
            if i < 0:
                return -1
            bar = self.frame.bars[i]
            return frame.newest_closed(bar.session, bar.end)

        first = min(max(self.first - back, 0), len(self.frame.bars) - 1)
        row = self._rows.setdefault((minutes, back), Row(frame.bars, max(newest(first), 0), self.equality))
        series = self.series(inner, row, 0)

        def at(i: int, scope: Any) -> Any:
            found = newest(i)
            return series(found, scope) if found >= 0 else None

        return at

    def first_part(self, i: int, length: float, name: str) -> Optional[float]:
        """A field of the bars that open in the first minutes of a bar's session."""
        if i < 0:
            return None
        bar = self.frame.bars[i]
        until = self.view.history.sessions[bar.session].start + length
        begin = self.frame.spans[bar.session][0]
        bars = [one for one in self.frame.bars[begin : i + 1] if one.minute < until]
        if bar.end < until or not bars:
            return None
        parts = {
            "open": bars[0].open,
            "high": max(one.high for one in bars),
            "low": min(one.low for one in bars),
            "close": bars[-1].close,
            "volume": math.fsum(one.volume for one in bars),
        }
        return parts[name]

    def step_field(self, scope: Scope, step: str, name: str) -> Optional[float]:
        if step not in scope.steps:
            return None
        bar = self.frame.bars[self.first + scope.steps[step]]
        return float(getattr(bar, {"time": "minute", "bar": "number"}.get(name, name)))

    def since_step(self, i: int, scope: Scope, step: str, name: str) -> Optional[float]:
        if step not in scope.steps:
            return None
        bars = self.frame.bars[self.first + scope.steps[step] : i + 1]
        return (max if name == "high" else min)((getattr(bar, name) for bar in bars), default=None)

    def on_balance_volume(self, row: Row) -> Series:
        def at(i: int, scope: Any) -> Optional[float]:
            total, j = 0.0, i
            while j > 0 and row.bars[j - 1].session == row.bars[j].session:
                bar, before = row.bars[j], row.bars[j - 1]
                if not self.equality.equal(bar.close, before.close):
                    total += bar.volume if bar.close > before.close else -bar.volume
                j -= 1
            return total if i >= 0 else None

        return at

    def function(self, expr: Expr, row: Row, back: int) -> Series:
        name, numbers, output = expr.data
        if name == "bars-since":
            condition = self.series(expr.args[0], row, back)
            return lambda i, scope: self.bars_since(condition, i, scope)
        if name == "same-time":
            return lambda i, scope: self.same_time(expr.args[0], numbers[0], i)
        xs = [self.maker(arg, row) for arg in expr.args]
        return indicator(row, name, xs, numbers, output, expr.dynamic)(back)

    def bars_since(self, condition: Series, i: int, scope: Any) -> Optional[float]:
        if i < 0:
            return None
        begin = self.frame.spans[self.frame.bars[i].session][0]
        return next((float(i - j) for j in range(i, begin - 1, -1) if condition(j, scope) is True), None)

    def same_time(self, x: Expr, n: int, i: int) -> Optional[float]:
        """The mean at the bar with this number over the last n sessions before that know x there."""
        if i < 0:
            return None
        bar, values = self.frame.bars[i], []
        for session in range(bar.session - 1, -1, -1):
            found = self.frame.at_number(session, bar.number)
            if found is not None:
                context = Context.of(self.view, self.minutes, session)
                value = context.series(x, context.row, 0)(found, NO_SCOPE)
                if value is not None:
                    values.append(value)
                    if len(values) == n:
                        return math.fsum(values) / n
        return None

    def crosses(self, expr: Expr, row: Row, back: int) -> Series:
        sides = [(self.series(arg, row, back), self.series(arg, row, back + 1)) for arg in expr.args]
        (a, a_before), (b, b_before) = sides
        now, then = (">", "<=") if expr.data == "above" else ("<", ">=")

        def at(i: int, scope: Any) -> Optional[bool]:
            return conjunction(
                compared(self.equality, now, a(i, scope), b(i, scope)),
                compared(self.equality, then, a_before(i - 1, scope), b_before(i - 1, scope)),
            )

        return at


RECURSIVE = (
    "ema", "rma", "rsi", "atr", "atr-wilder", "natr", "keltner", "macd", "dmi", "adx", "supertrend", "pivot-high",
    "pivot-low",
)  # fmt: skip


def conjunction(*values: Optional[bool]) -> Optional[bool]:
    return False if False in values else None if None in values else True


def compared(equality: Equality, op: str, a: Any, b: Any) -> Optional[bool]:
    if a is None or b is None:
        return None
    if op in ("=", "!="):
        same = equality.equal(a, b) if isinstance(a, float) else a == b
        return same == (op == "=")
    return {"<": equality.below, "<=": equality.at_most, ">": equality.above, ">=": equality.at_least}[op](a, b)


def combine(equality: Equality, op: str, values: list, data: Any) -> Any:
    """An operator or a function of this bar, of known and unknown values."""
    match op:
        case "and":
            return conjunction(*values)
        case "or":
            return True if True in values else None if None in values else False
        case "if":
            return None if values[0] is None else values[1 if values[0] else 2]
    if None in values:
        return None
    if op in COMPARISONS:
        return compared(equality, op, *values)
    if op in ARITHMETIC:
        return equality.arithmetic(op, values)
    match op:
        case "not":
            return not values[0]
        case "between":
            return equality.at_least(values[0], values[1]) and equality.at_most(values[0], values[2])
        case "in":
            return values[0] in values[1]
        case "abs":
            return abs(values[0])
        case "min" | "max":
            return (min if op == "min" else max)(values)
        case "round":
            return equality.floor(values[0] / data + 0.5) * data
    raise AssertionError(op)
