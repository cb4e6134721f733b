"""What can go wrong between the service and its client, on demand."""

import json
from dataclasses import dataclass
from typing import Optional

from server_answer import Answer
from server_faults import SENDING, FaultRule, FaultRules

SPOILING = {
    "empty-page": ("token", "no bars, but a next page"),
    "repeated-token": ("token", "the next page is always the page asked for, or always `token`"),
    "duplicate-bars": (None, "a bar twice"),
    "unordered-bars": (None, "two bars swapped"),
    "missing-field": ("name", "a bar without a field"),
    "null-price": ("name", "a bar with null"),
    "negative-price": ("name", "a bar with a price below zero"),
    "high-below-low": (None, "a bar whose high is below its low"),
}
"""The faults that change what an answer says, not how it is sent."""

KINDS = SENDING | SPOILING | {"endless": (None, "a body that goes on until the client hangs up")}
"""Each fault, the argument that it takes on the command line, and what it does."""


@dataclass
class Fault(FaultRule):
    """One rule: which requests go wrong, and how. `match` is text within path and query."""

    kinds = KINDS

    token: Optional[str] = None
    name: str = "c"
    index: Optional[int] = None
    """Which bar of the page; None for the middle one."""


class Faults(FaultRules):
    """The rules in force."""

    rule = Fault


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


def spoiled(answer: Answer, fault: Fault, token: Optional[str]) -> Answer:
    """The answer with other content; one that is no JSON object stays as it is."""
    value = json.loads(answer.body) if answer.status == 200 else None
    if not isinstance(value, dict):
        return answer
    spoil(value, fault, token)
    return Answer(answer.status, Answer.of(value).body, answer.type, answer.headers)
