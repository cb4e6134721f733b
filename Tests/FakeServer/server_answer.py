"""What a request is answered with."""

import json
from dataclasses import dataclass, field
from typing import Any

JSON = "application/json; charset=utf-8"
HTML = "text/html"
NGINX = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
    "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)


@dataclass
class Answer:
    """Status, headers and body."""

    status: int = 200
    body: bytes = b""
    type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    verbatim: bool = False
    """Whether the body goes out as it is, also to a client that takes gzip."""
    chunked: bool = False
    """Whether the body goes out in chunks, without a Content-Length."""

    @classmethod
    def of(cls, value: Any, status: int = 200) -> "Answer":
        return cls(status, json.dumps(value, separators=(",", ":")).encode())

    @classmethod
    def page(cls, title: str, status: int) -> "Answer":
        """A page of HTML as a proxy makes it."""
        return cls(status, NGINX.format(title).encode(), HTML)
