"""Expressions as text: tokens, precedence, and the tree they make."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from .equality import PlaybookError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
COMPARISONS = ("<=", ">=", "!=", "<", ">", "=")
WORDS = {"and", "or", "not", "mod", "between", "crosses", "above", "below", "in", "true", "false"}

TOKEN = re.compile(
    r"""\s*(?:
      (?P<time>\d{1,2}:\d{2})
    | (?P<frame>\d+Min\b)
    | (?P<number>(?:\d+\.\d+|\d+|\.\d+)(?P<unit>%|bps\b|m\b|h\b)?(?![\w.]))
    | (?P<name>[A-Za-z][A-Za-z0-9_-]*)
    | (?P<sign><=|>=|!=|[<>=+\-*/(),.\[\]])
    )""",
    re.VERBOSE,
)


@dataclass(eq=False)
class Node:
    """A part of an expression as written."""

    op: str
    args: list[Node] = field(default_factory=list)
    data: Any = None


def literal(text: str) -> Node:
    """A number, a time or a duration."""
    match = TOKEN.fullmatch(text.strip())
    if match and match["time"]:
        return Node("time", data=clock(match["time"]))
    if match and match["number"]:
        unit = match["unit"] or ""
        number = float(match["number"].removesuffix(unit))
        if unit in ("m", "h"):
            return Node("duration", data=number * (60 if unit == "h" else 1))
        # Divided as decimals are: 2% is 0.02, just as if it were written so.
        return Node("number", data=number / {"%": 100, "bps": 10_000}.get(unit, 1))
    raise PlaybookError(f"not a number, a time or a duration: {text!r}")


def clock(text: str) -> float:
    """Minutes of the day of a time such as `10:30`."""
    hours, minutes = text.split(":")
    if int(hours) > 24 or int(minutes) > 59 or (int(hours) == 24 and int(minutes)):
        raise PlaybookError(f"not a time of day: {text!r}")
    return float(int(hours) * 60 + int(minutes))


class Parser:
    """Reads one expression; each method is a level of precedence, the loosest first."""

    def __init__(self, text: str):
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        position, stripped = 0, text.rstrip()
        while position < len(stripped):
            match = TOKEN.match(stripped, position)
            if match is None:
                raise PlaybookError(f"cannot read {stripped[position:]!r} in {text!r}")
            kind = next(name for name in ("time", "frame", "number", "name", "sign") if match[name])
            self.tokens.append((kind, match[kind]))
            position = match.end()
        self.at = 0

    def parse(self) -> Node:
        if not self.tokens:
            raise PlaybookError("an expression is missing")
        node = self.either()
        if self.at < len(self.tokens):
            raise PlaybookError(f"{self.tokens[self.at][1]!r} is not expected in {self.text!r}")
        return node

    def next_is(self, *texts: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at][1] in texts

    def take(self) -> tuple[str, str]:
        if self.at == len(self.tokens):
            raise PlaybookError(f"{self.text!r} ends too soon")
        self.at += 1
        return self.tokens[self.at - 1]

    def expect(self, text: str) -> None:
        if self.take()[1] != text:
            raise PlaybookError(f"{text!r} is missing in {self.text!r}")

    def accept(self, *texts: str) -> bool:
        if self.next_is(*texts):
            self.at += 1
            return True
        return False

    def either(self) -> Node:
        node = self.both()
        while self.accept("or"):
            node = Node("or", [node, self.both()])
        return node

    def both(self) -> Node:
        node = self.negated()
        while self.accept("and"):
            node = Node("and", [node, self.negated()])
        return node

    def negated(self) -> Node:
        return Node("not", [self.negated()]) if self.accept("not") else self.compared()

    def compared(self) -> Node:
        left = self.added()
        if self.next_is(*COMPARISONS):
            node = Node(self.take()[1], [left, self.added()])
        elif self.accept("between"):
            low = self.added()
            self.expect("and")
            node = Node("between", [left, low, self.added()])
        elif self.accept("crosses"):
            direction = self.take()[1]
            if direction not in ("above", "below"):
                raise PlaybookError(f"crosses above or crosses below, not {direction!r}")
            node = Node("crosses", [left, self.added()], direction)
        elif self.accept("in"):
            node = Node("in", [left, self.added()])
        else:
            return left
        if self.next_is(*COMPARISONS, "between", "crosses", "in"):
            raise PlaybookError(f"a comparison has two sides only: {self.text!r}")
        return node

    def added(self) -> Node:
        node = self.multiplied()
        while self.next_is("+", "-"):
            node = Node(self.take()[1], [node, self.multiplied()])
        return node

    def multiplied(self) -> Node:
        node = self.signed()
        while self.next_is("*", "/", "mod"):
            node = Node(self.take()[1], [node, self.signed()])
        return node

    def signed(self) -> Node:
        return Node("neg", [self.signed()]) if self.accept("-") else self.indexed()

    def indexed(self) -> Node:
        node = self.primary()
        while self.next_is("[", "."):
            if self.accept("["):
                node = Node("index", [node, self.either()])
                self.expect("]")
            else:
                self.expect(".")
                kind, name = self.take()
                if kind != "name":
                    raise PlaybookError(f"a name is missing after '.' in {self.text!r}")
                is_call = self.next_is("(")
                node = Node("method", [node, *self.arguments()], name) if is_call else Node("field", [node], name)
        return node

    def arguments(self) -> list[Node]:
        self.expect("(")
        result = [self.either()]
        while self.accept(","):
            result.append(self.either())
        self.expect(")")
        return result

    def primary(self) -> Node:
        if self.accept("("):
            node = self.either()
            self.expect(")")
            return node
        kind, text = self.take()
        if kind in ("time", "number"):
            return literal(text)
        if kind == "frame":
            return Node("frame", data=int(text.removesuffix("Min")))
        if kind == "name" and text in ("true", "false"):
            return Node("bool", data=text == "true")
        if kind == "name" and text not in WORDS:
            return Node("call", self.arguments(), text) if self.next_is("(") else Node("name", data=text)
        raise PlaybookError(f"{text!r} is not expected in {self.text!r}")


def parse(text: str) -> Node:
    return Parser(text).parse()
