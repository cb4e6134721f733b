"""Plain requests to the fake of Cloud Storage, of which every byte is known."""

import http.client
import json
from typing import Any, Optional
from urllib.parse import quote, urlencode

from support import Answer

LIST = "/storage/v1/b/data/o"
UPLOAD = "/upload/storage/v1/b/data/o"
QUANTUM = 256 * 1024


class Reply(Answer):
    """What the fake answered."""

    @property
    def reason(self) -> str:
        """Of an error."""
        return self.json["error"]["errors"][0]["reason"]


class Web:
    """A connection to a server, which is kept while the server keeps it."""

    def __init__(self, url: str, token: Optional[str] = None, timeout: float = 10):
        self._connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=timeout)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def __call__(self, method: str, target: str, body: Any = None, /, headers: dict = {}, **query: Any) -> Reply:
        """A request; what is no bytes goes as JSON."""
        if query:
            target += ("&" if "?" in target else "?") + urlencode(query)
        headers = self._headers | headers
        if body is not None and not isinstance(body, bytes):
            body, headers = json.dumps(body).encode(), {"Content-Type": "application/json"} | headers
        try:
            self._connection.request(method, target, body, headers)
            return Reply.of(self._connection.getresponse())
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        self._connection.close()

    # Uploads

    def upload(self, name: str, content: bytes, headers: dict = {}, **query: Any) -> Reply:
        """An object in one request."""
        headers = {"Content-Type": "text/plain"} | headers
        return self("POST", UPLOAD, content, headers, uploadType="media", name=name, **query)

    def begin(self, name: str, metadata: dict = {}, headers: dict = {}, **query: Any) -> str:
        """Begins a session; returns its target."""
        reply = self("POST", UPLOAD, {"name": name} | metadata, headers, uploadType="resumable", **query)
        assert reply.status == 200, reply
        return "/" + reply.headers["location"].split("/", 3)[3]

    def chunk(self, session: str, content: bytes, first: int, total: Any = "*", headers: dict = {}) -> Reply:
        """A chunk that begins at `first`; an empty one asks for the state."""
        part = f"{first}-{first + len(content) - 1}" if content else "*"
        return self("PUT", session, content, {"Content-Range": f"bytes {part}/{total}"} | headers)


def path_of(name: str) -> str:
    """The path of an object."""
    return f"{LIST}/{quote(name, safe='')}"


def media_of(name: str) -> str:
    """Where an object's content is."""
    return f"{path_of(name)}?alt=media"


def related(metadata: dict, content: bytes, boundary: str = "=#b1", type: str = "text/plain") -> tuple[bytes, dict]:
    """A body of metadata and content, and the header that goes with it."""
    head = f"--{boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{json.dumps(metadata)}\r\n"
    middle = f"--{boundary}\r\nContent-Type: {type}\r\n\r\n"
    body = head.encode() + middle.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return body, {"Content-Type": f'multipart/related; boundary="{boundary}"'}
