"""Parameters of a playbook: kinds, values given, and how they are written in the journal."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, Optional

from .equality import PlaybookError
from .syntax import WEEKDAYS, literal

NUMBER = re.compile(r"-?(\d+\.?\d*|\.\d+)(%|bps)?")


def number_text(value: float, decimals: int = 6) -> str:
    """A number with up to some decimals, without trailing noise and negative zero."""
    text = f"{value:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def clock_text(minute: float) -> str:
    """A time as clocks show it, those after midnight too; the end of a day is 24:00."""
    whole = math.floor(minute)
    whole = whole % 1440 if whole > 1440 else whole
    return f"{whole // 60:02d}:{whole % 60:02d}"


def value_text(value: Any, kind: str, decimals: int = 6) -> str:
    """A value as the journal writes it."""
    if kind == "time":
        return clock_text(value)
    if kind == "duration":
        return number_text(value) + "m"
    if kind == "bool":
        return "true" if value else "false"
    if kind == "weekdays":
        return "+".join(day for day in WEEKDAYS if day in value)
    return value if isinstance(value, str) else number_text(value, decimals)


@dataclass(frozen=True)
class Parameter:
    name: str
    kind: str
    default: Any
    low: Any = None
    high: Any = None
    choices: tuple[str, ...] = ()
    percent: bool = False
    whole: bool = False

    def parsed(self, text: str) -> Any:
        """The value that a text gives, or an error."""
        value, kind, _ = read_value(text) if self.kind != "choice" else (text, "choice", False)
        if kind == "number" == self.kind and self.whole and ("." in text or value != math.floor(value)):
            raise PlaybookError(f"{self.name}: {text} is not a whole number")
        if kind != self.kind:
            raise PlaybookError(f"{self.name}: {text!r} is not a {self.kind}")
        if self.choices and value not in self.choices:
            raise PlaybookError(f"{self.name}: {text!r} is none of {', '.join(self.choices)}")
        if self.low is not None and not self.low <= value <= self.high:
            raise PlaybookError(f"{self.name}: {text} is outside its range")
        return value


def read_value(text: str) -> tuple[Any, str, bool]:
    """A default or a given value: the value, its kind, and whether it has a percent sign."""
    text = text.strip()
    if text in ("true", "false"):
        return text == "true", "bool", False
    days = text.split("+")
    if all(day in WEEKDAYS for day in days):
        if len(set(days)) < len(days):
            raise PlaybookError(f"a day occurs twice in {text!r}")
        return frozenset(days), "weekdays", False
    if NUMBER.fullmatch(text):
        sign = -1.0 if text.startswith("-") else 1.0
        return sign * literal(text.removeprefix("-")).data, "number", text.endswith("%")
    node = literal(text)
    return node.data, node.op, False


def parameter(
    name: str, default: str, span: Optional[list[str]] = None, choices: Optional[list[str]] = None
) -> Parameter:
    """A parameter as the file declares it."""
    if choices is not None:
        if default not in choices:
            raise PlaybookError(f"{name}: the default {default!r} is none of its choices")
        return Parameter(name, "choice", default, choices=tuple(choices))
    value, kind, percent = read_value(default)
    low = high = None
    if span is not None:
        if kind not in ("number", "time", "duration") or len(span) != 2:
            raise PlaybookError(f"{name}: a range is two numbers, times or durations")
        (low, low_kind, _), (high, high_kind, _) = (read_value(text) for text in span)
        if {low_kind, high_kind} != {kind} or not low <= value <= high:
            raise PlaybookError(f"{name}: the range does not fit the default")
    texts = [default, *(span or [])]
    whole = kind == "number" and all(re.fullmatch(r"-?\d+", text.strip()) for text in texts)
    return Parameter(name, kind, value, low, high, percent=percent, whole=whole)


def differences(declared: list[Parameter], values: dict[str, Any]) -> str:
    """The parameters that differ from their defaults, in the file's order; `defaults` when none does."""
    words = [
        f"{p.name}={value_text(values[p.name], p.kind)}" for p in declared if values[p.name] != p.default
    ]
    return " ".join(words) or "defaults"
