"""What can go wrong between the service and its client, on demand."""

import threading
from dataclasses import dataclass, field, fields
from typing import Any, Optional

KINDS = {
    "status": ("status", "an error status, `body` json, html or empty; `message` for json"),
    "429": ("retry_after", "too many requests, with Retry-After when given"),
    "html": (None, "200 with a page of HTML"),
    "truncated-json": ("fraction", "half of the JSON, with the Content-Length of that half"),
    "cut-body": ("fraction", "the connection closes in the middle of the body"),
    "cut-before": (None, "the connection closes before any byte of an answer"),
    "slow": ("rate", "the body at so many bytes a second"),
    "delay": ("seconds", "the answer after so many seconds"),
    "stall": ("stage", "nothing more until the server stops, from the `head` or the middle of the `body` on"),
    "empty-page": ("token", "no bars, but a next page"),
    "repeated-token": ("token", "the next page is always the page asked for, or always `token`"),
    "wrong-encoding": ("encoding", "plain JSON that claims to be gzip"),
    "duplicate-bars": (None, "a bar twice"),
    "unordered-bars": (None, "two bars swapped"),
    "missing-field": ("name", "a bar without a field"),
    "null-price": ("name", "a bar with null"),
    "negative-price": ("name", "a bar with a price below zero"),
    "high-below-low": (None, "a bar whose high is below its low"),
    "endless": (None, "a body that goes on until the client hangs up"),
    "invalid-utf8": (None, "a byte within a string that is no UTF-8"),
    "redirect": ("location", "302 to another place"),
}
"""Each fault, the argument that it takes on the command line, and what it does."""


@dataclass
class Fault:
    """One rule: which requests go wrong, and how."""

    kind: str
    match: str = ""
    """Text within the path and query of the requests; empty for all."""
    times: Optional[int] = 1
    """How many of them; None for all of them."""
    after: int = 0
    """How many of them go well before."""
    request: Optional[int] = None
    """The number of the one request, counted from 1 over all; it takes no part in `times`."""
    status: int = 500
    body: str = "json"
    message: str = "internal server error"
    retry_after: Optional[str] = None
    fraction: float = 0.5
    rate: float = 1000
    seconds: float = 1
    stage: str = "head"
    token: Optional[str] = None
    encoding: str = "gzip"
    name: str = "c"
    index: Optional[int] = None
    """Which bar of the page; None for the middle one."""
    location: str = "/elsewhere"
    seen: int = field(default=0, repr=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"there is no fault {self.kind!r}; there are {', '.join(KINDS)}")
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, str) and one.type in (int, float):
                setattr(self, one.name, one.type(value))

    @classmethod
    def parse(cls, text: str) -> "Fault":
        """From `kind:match:times[:argument]`; `times` is a number or `always`."""
        parts = text.split(":", 3)
        if len(parts) < 3 or parts[0] not in KINDS:
            raise ValueError(f"not kind:match:times[:argument] with a known kind: {text}")
        kind, match, times = parts[:3]
        values: dict[str, Any] = {"times": None if times == "always" else int(times)}
        if len(parts) == 4:
            name = KINDS[kind][0]
            if name is None:
                raise ValueError(f"{kind} takes no argument: {text}")
            values[name] = parts[3]
        return cls(kind, match, **values)

    def applies(self, number: int, target: str) -> bool:
        """Whether this request goes wrong; counts those that could."""
        if self.match not in target:
            return False
        if self.request is not None:
            return number == self.request
        self.seen += 1
        return self.seen > self.after and (self.times is None or self.seen <= self.after + self.times)


class Faults:
    """The rules in force. Of those that apply to a request, the first is taken, and all of them count it."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, kind: str, match: str = "", times: Optional[int] = 1, **values: Any) -> Fault:
        return self.append(Fault(kind, match, times, **values))

    def append(self, fault: Fault) -> Fault:
        with self._lock:
            self._rules.append(fault)
        return fault

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()

    def take(self, number: int, target: str) -> Optional[Fault]:
        """The fault of the request with this number."""
        with self._lock:
            applying = [rule for rule in self._rules if rule.applies(number, target)]
        return applying[0] if applying else None


def bar_lists(answer: dict) -> list[list[dict]]:
    """The lists of bars in an answer that have any."""
    bars = answer.get("bars") or {}
    lists = list(bars.values()) if isinstance(bars, dict) else [bars]
    return [one for one in lists if one]


def spoil(answer: dict, fault: Fault, token: Optional[str]) -> None:
    """Changes an answer as the fault says; `token` is the request's page token."""
    if fault.kind == "empty-page":
        content = next((name for name in ("bars", "corporate_actions") if name in answer), "bars")
        answer[content] = [] if isinstance(answer.get(content), list) else {}
        answer["next_page_token"] = fault.token or answer.get("next_page_token") or token or "UVFRfE18MHw="
        return
    if fault.kind == "repeated-token":
        answer["next_page_token"] = fault.token or token or answer.get("next_page_token")
        return
    lists = bar_lists(answer)
    if not lists:
        return
    bars = max(lists, key=len)
    index = len(bars) // 2 if fault.index is None else fault.index
    bar = bars[index]
    if fault.kind == "duplicate-bars":
        bars.insert(index, dict(bar))
    elif fault.kind == "unordered-bars" and len(bars) > 1:
        other = index - 1 if index else 1
        bars[index], bars[other] = bars[other], bar
    elif fault.kind == "missing-field":
        del bar[fault.name]
    elif fault.kind == "null-price":
        bar[fault.name] = None
    elif fault.kind == "negative-price":
        bar[fault.name] = -bar[fault.name]
    elif fault.kind == "high-below-low":
        bar["h"], bar["l"] = bar["l"], bar["h"]
        if bar["h"] == bar["l"]:
            bar["h"] = round(bar["l"] * 0.5, 4)


SPOILING = {
    "empty-page", "repeated-token", "duplicate-bars", "unordered-bars", "missing-field", "null-price",
    "negative-price", "high-below-low",
}  # fmt: skip
"""The faults that change what an answer says, not how it is sent."""
