"""Expressions that parameters and the session's hours alone decide."""

from __future__ import annotations

from typing import Any, Optional

from .equality import Equality, PlaybookError
from .evaluate import combine
from .kinds import Expr

UNFIXED = {
    "bar", "gap", "prior", "premarket", "daily", "date", "function", "index", "crosses", "first", "long", "tr", "obv",
}  # fmt: skip


def fixed(expr: Expr, start: Optional[float] = None, end: Optional[float] = None) -> Any:
    """The value, given the session's hours; an error where something else is needed."""
    if expr.op == "const":
        return expr.data
    if expr.op == "session" and expr.data in ("start", "end") and start is not None:
        return float(start if expr.data == "start" else end)
    if expr.op in UNFIXED or expr.op == "session" or expr.dynamic:
        raise PlaybookError("only parameters may decide this")
    return combine(Equality(), expr.op, [fixed(arg, start, end) for arg in expr.args], expr.data)
