"""A request to the API, taken apart."""

import re
from dataclasses import dataclass
from typing import Optional
from urllib.parse import parse_qsl, unquote

from storage_accounts import Caller
from storage_errors import Refusal
from storage_faults import StorageFault
from storage_objects import whole_number


@dataclass
class Request:
    method: str
    path: str
    """As sent, without the query."""
    query: dict[str, str]
    pairs: list[tuple[str, str]]
    """The query with what is in it more than once."""
    headers: dict[str, str]
    body: bytes
    caller: Caller
    url: str
    """The address that the client knows the service by."""
    fault: Optional[StorageFault] = None

    @classmethod
    def of(cls, entry: dict, headers: dict, body: bytes, caller: Caller, fault: Optional[StorageFault]) -> "Request":
        pairs = parse_qsl(entry["target"].partition("?")[2], keep_blank_values=True)
        url = "http://" + headers.get("host", "127.0.0.1")
        return cls(entry["method"], entry["path"], entry["query"], pairs, headers, body, caller, url, fault)

    @staticmethod
    def described(entry: dict) -> str:
        """Method, path and query of a request, percent-decoded: the text that faults are matched by."""
        return f"{entry['method']} {unquote(entry['target'], errors='replace')}"

    def parts(self, pattern: str) -> Optional[tuple[str, ...]]:
        """The names in the path, where `*` is in the pattern; None for another path."""
        match = re.fullmatch(pattern.replace("*", "([^/]+)"), self.path)
        return tuple(unquote(part, errors="replace") for part in match.groups()) if match else None

    def fault_is(self, *kinds: str) -> bool:
        return self.fault is not None and self.fault.kind in kinds

    @property
    def generation(self) -> Optional[int]:
        """The generation asked for."""
        return whole_number(self.query["generation"]) if self.query.get("generation") else None

    @property
    def limit(self) -> int:
        """How many are asked for at most."""
        limit = whole_number(self.query.get("maxResults") or "1000")
        if limit <= 0:
            raise Refusal(400, f"Invalid value '{limit}'. Values must be within the range: [1, 1000]")
        return min(limit, 1000)
