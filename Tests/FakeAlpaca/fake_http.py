"""The HTTP/1.1 server: connections that are kept alive, gzip, and answers that are sent wrongly on demand."""

import gzip
import json
import socket
import struct
import threading
import time
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Optional
from urllib.parse import parse_qsl

from fake_api import HTML, Answer
from fake_faults import SPOILING, Fault, spoil

WORTH_GZIP = 1000
CHUNK = 64 * 1024


@lru_cache(maxsize=128)
def compressed(body: bytes) -> bytes:
    return gzip.compress(body, 1, mtime=0)


class Hangup(Exception):
    """The connection is to be closed now."""


class Server(ThreadingHTTPServer):
    """Answers with what `service` says."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, service: Any):
        super().__init__(("127.0.0.1", port), Handler)
        self.service = service
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.accepted = 0

    def opened(self, connection: socket.socket) -> int:
        """Counts a connection; returns its number."""
        with self._lock:
            self._open.add(connection)
            self.accepted += 1
            return self.accepted

    def closed(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)

    def run(self) -> None:
        """Accepts connections until `end`; unlike `serve_forever`, ends without delay."""
        while True:
            try:
                connection, address = self.get_request()
            except OSError:
                continue
            if self.stopping.is_set():
                connection.close()
                return
            self.process_request(connection, address)

    def end(self) -> None:
        """Ends `run` and every connection, whatever it waits for."""
        self.stopping.set()
        socket.create_connection(self.server_address).close()
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no error of the server's."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Server

    def setup(self) -> None:
        super().setup()
        self.number = self.server.opened(self.connection)

    def finish(self) -> None:
        self.server.closed(self.connection)
        try:
            super().finish()
        except OSError:
            pass

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing is printed; the requests are in the service's log."""

    def do_GET(self) -> None:
        self._handle()

    do_POST = do_DELETE = do_PUT = do_PATCH = do_HEAD = do_GET

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path, _, query = self.path.partition("?")
        try:
            if path.startswith("/_control/"):
                self._send(self.server.service.control(self.command, path, body))
                return
            entry = {
                "method": self.command, "path": path, "query": dict(parse_qsl(query, keep_blank_values=True)),
                "target": self.path, "headers": {name.lower(): value for name, value in self.headers.items()},
                "connection": self.number, "time": time.time(),
            }  # fmt: skip
            answer, fault = self.server.service.answer(entry, query)
            if fault and fault.kind in SPOILING:
                answer = spoiled(answer, fault, entry["query"].get("page_token"))
                fault = None
            self._send(answer, fault)
        except (Hangup, OSError):
            self.close_connection = True

    def _send(self, answer: Answer, fault: Optional[Fault] = None) -> None:
        kind = fault.kind if fault else None
        if kind == "delay":
            self._wait(fault.seconds)
        elif kind == "cut-before":
            # Without lingering the client's end sees a reset.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            raise Hangup
        elif kind == "stall" and fault.stage == "head":
            self._wait(None)
        elif kind == "endless":
            self._send_endless(answer)
        elif fault:
            answer = replaced(answer, fault)

        body, headers = answer.body, dict(answer.headers)
        if kind == "wrong-encoding":
            headers["Content-Encoding"] = fault.encoding
        elif kind not in ("cut-body", "truncated-json") and len(body) >= WORTH_GZIP and self._takes_gzip():
            body = compressed(body)
            headers["Content-Encoding"] = "gzip"
        part = body
        if kind in ("cut-body", "truncated-json"):
            part = body[: int(len(body) * fault.fraction)]
        elif kind == "stall":
            part = body[: len(body) // 2]
        length = len(part) if kind == "truncated-json" else len(body)
        self._send_head(answer, headers | {"Content-Length": str(length)})
        if self.command == "HEAD":
            return
        if kind == "slow":
            self._send_slowly(part, fault.rate)
        else:
            self.wfile.write(part)
        self.wfile.flush()
        if kind == "stall":
            self._wait(None)
        if len(part) < length:
            raise Hangup

    def _send_head(self, answer: Answer, headers: dict[str, str]) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _send_slowly(self, body: bytes, rate: float) -> None:
        """About 20 pieces a second, or a byte at a time."""
        step = max(1, int(rate / 20))
        for first in range(0, len(body), step):
            self.wfile.write(body[first : first + step])
            self.wfile.flush()
            self._wait(step / rate)

    def _send_endless(self, answer: Answer) -> None:
        """The answer as it is, but the bars of its first list never end."""
        self._send_head(answer, {"Transfer-Encoding": "chunked"})
        first, _, rest = answer.body.partition(b"[{")
        bar = b"{" + rest.partition(b"}")[0] + b"},"
        piece = bar * (CHUNK // len(bar) + 1)
        self._send_chunk(first + b"[")
        while not self.server.stopping.is_set():
            self._send_chunk(piece)
        raise Hangup

    def _send_chunk(self, piece: bytes) -> None:
        self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        self.wfile.flush()

    def _wait(self, seconds: Optional[float]) -> None:
        """Until so many seconds have passed; when the server stops before, the connection closes."""
        if self.server.stopping.wait(seconds):
            raise Hangup

    def _takes_gzip(self) -> bool:
        return "gzip" in self.headers.get("Accept-Encoding", "")


def spoiled(answer: Answer, fault: Fault, token: Optional[str]) -> Answer:
    """The answer with other content; one that is no JSON object stays as it is."""
    value = json.loads(answer.body) if answer.status == 200 else None
    if not isinstance(value, dict):
        return answer
    spoil(value, fault, token)
    return Answer(answer.status, Answer.of(value).body, answer.type, answer.headers)


def replaced(answer: Answer, fault: Fault) -> Answer:
    """What the fault answers with in place of the answer."""
    if fault.kind == "status":
        title = f"{fault.status} {fault.message}"
        if fault.body == "json":
            return Answer.of({"message": fault.message}, fault.status)
        return Answer.page(title, fault.status) if fault.body == "html" else Answer(fault.status)
    if fault.kind == "429":
        headers = {"Retry-After": fault.retry_after} if fault.retry_after is not None else {}
        return Answer(429, Answer.of({"message": "too many requests."}).body, headers=headers)
    if fault.kind == "html":
        return Answer(200, Answer.page("Welcome", 200).body, HTML)
    if fault.kind == "redirect":
        return Answer(302, headers={"Location": fault.location})
    if fault.kind == "invalid-utf8":
        # Within the first string that is a value, or else within the first name.
        mark = b'":"' if b'":"' in answer.body else b'"'
        return Answer(answer.status, answer.body.replace(mark, mark + b"\xff\xfe", 1), answer.type, answer.headers)
    return answer
