"""Which requests go wrong, and the faults that are about sending, which every service has."""

import random
import threading
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Optional

SENDING = {
    "status": ("status", "an error status, `body` json, html or empty; `message` for json"),
    "429": ("retry_after", "too many requests, with Retry-After when given"),
    "html": (None, "200 with a page of HTML"),
    "truncated-json": ("fraction", "half of the JSON, with the Content-Length of that half"),
    "cut-body": ("fraction", "the connection closes in the middle of the body"),
    "cut-before": (None, "the connection closes before any byte of an answer"),
    "slow": ("rate", "the body at so many bytes a second"),
    "delay": ("seconds", "the answer after so many seconds, or once a test sets `released`"),
    "stall": ("stage", "nothing more until the server stops, from the `head` or the middle of the `body` on"),
    "wrong-encoding": ("encoding", "plain JSON that claims to be gzip"),
    "invalid-utf8": (None, "a byte within a string that is no UTF-8"),
    "redirect": ("location", "302 to another place"),
}
"""Each fault, the argument that it takes on the command line, and what it does."""


@dataclass
class FaultRule:
    """One rule: which requests go wrong, and how."""

    kinds: ClassVar[dict[str, tuple[Optional[str], str]]] = SENDING

    kind: str
    match: str = ""
    """Text within what the service calls the request; empty for all."""
    times: Optional[int] = 1
    """How many of them; None for all of them."""
    after: int = 0
    """How many of them go well before."""
    request: Optional[int] = None
    """The number of the one request, counted from 1 over all; it takes no part in `times`."""
    probability: float = 1
    """How likely each of them goes wrong; those that do not take no part in `times` and `after`."""
    seed: int = 0
    """Where the chances of `probability` come from."""
    status: int = 500
    body: str = "json"
    message: str = "internal server error"
    retry_after: Optional[str] = None
    fraction: float = 0.5
    rate: float = 1000
    seconds: float = 1
    stage: str = "head"
    encoding: str = "gzip"
    location: str = "/elsewhere"
    seen: int = field(default=0, repr=False)
    """How many requests it has counted."""
    released: threading.Event = field(default_factory=threading.Event, repr=False, compare=False)
    """Ends every delay."""

    def __post_init__(self) -> None:
        if self.kind not in self.kinds:
            raise ValueError(f"there is no fault {self.kind!r}; there are {', '.join(self.kinds)}")
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, str) and one.type in (int, float):
                setattr(self, one.name, one.type(value))
        self._chances = random.Random(self.seed)

    @classmethod
    def parse(cls, text: str) -> "FaultRule":
        """From `kind:match:times[:argument]`; `times` is a number or `always`."""
        parts = text.split(":", 3)
        if len(parts) < 3 or parts[0] not in cls.kinds:
            raise ValueError(f"not kind:match:times[:argument] with a known kind: {text}")
        kind, match, times = parts[:3]
        values: dict[str, Any] = {"times": None if times == "always" else int(times)}
        if len(parts) == 4:
            name = cls.kinds[kind][0]
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
        if self.probability < 1 and self._chances.random() >= self.probability:
            return False
        self.seen += 1
        return self.seen > self.after and (self.times is None or self.seen <= self.after + self.times)


class FaultRules:
    """The rules in force. Of those that apply to a request, the first is taken, and all of them count it."""

    rule = FaultRule

    def __init__(self) -> None:
        self._rules: list[FaultRule] = []
        self._lock = threading.Lock()

    def add(self, kind: str, match: str = "", times: Optional[int] = 1, **values: Any) -> FaultRule:
        return self.append(self.rule(kind, match, times, **values))

    def append(self, fault: FaultRule) -> FaultRule:
        with self._lock:
            self._rules.append(fault)
        return fault

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()

    def take(self, number: int, target: str) -> Optional[FaultRule]:
        """The fault of the request with this number."""
        with self._lock:
            applying = [rule for rule in self._rules if rule.applies(number, target)]
        return applying[0] if applying else None
