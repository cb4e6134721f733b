"""The HTTP/1.1 server: connections that are kept alive, gzip, and answers that are sent wrongly on demand."""

import gzip
import socket
import struct
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Optional
from urllib.parse import parse_qsl

from server_answer import HTML, Answer
from server_faults import FaultRule

WORTH_GZIP = 1000


@lru_cache(maxsize=128)
def compressed(body: bytes) -> bytes:
    return gzip.compress(body, 1, mtime=0)


class Hangup(Exception):
    """The connection is to be closed now."""


class Server(ThreadingHTTPServer):
    """Answers with what `service` says."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, service: Any, handler: type["Handler"]):
        super().__init__(("127.0.0.1", port), handler)
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
        path, _, query = self.path.partition("?")
        service = self.server.service
        try:
            if path.startswith("/_control/"):
                self._send(service.control(self.command, path, self._read_body()))
                return
            entry = {
                "method": self.command, "path": path, "query": dict(parse_qsl(query, keep_blank_values=True)),
                "target": self.path, "headers": {name.lower(): value for name, value in self.headers.items()},
                "connection": self.number, "time": time.time(),
            }  # fmt: skip
            fault = service.begin(entry)
            self._send(*service.answer(entry, self._read_body(fault), fault))
        except (Hangup, OSError):
            self.close_connection = True

    def _read_body(self, fault: Optional[FaultRule] = None) -> bytes:
        """The request's body, of which `cut-upload` takes a part."""
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            pieces = []
            while size := int(self.rfile.readline().partition(b";")[0], 16):
                pieces.append(self.rfile.read(size))
                self.rfile.readline()
            while self.rfile.readline().strip():
                pass
            return b"".join(pieces)
        length = int(self.headers.get("Content-Length") or 0)
        return self.rfile.read(int(length * fault.fraction) if fault and fault.kind == "cut-upload" else length)

    def _send(self, answer: Answer, fault: Optional[FaultRule] = None) -> None:
        kind = fault.kind if fault else None
        if kind == "delay":
            end = time.monotonic() + fault.seconds
            while not fault.released.is_set() and time.monotonic() < end:
                self._wait(min(0.01, fault.seconds))
        elif kind in ("cut-before", "cut-upload", "lost"):
            # Without lingering the client's end sees a reset.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            raise Hangup
        elif kind == "stall" and fault.stage == "head":
            self._wait(None)
        elif fault:
            answer = self._replaced(answer, fault)

        body, headers = answer.body, dict(answer.headers)
        if kind == "wrong-encoding":
            headers["Content-Encoding"] = fault.encoding
        elif kind not in ("cut-body", "truncated-json") and len(body) >= WORTH_GZIP and self._takes_gzip(answer):
            body = compressed(body)
            headers["Content-Encoding"] = "gzip"
        part = body
        if kind in ("cut-body", "truncated-json"):
            part = body[: int(len(body) * fault.fraction)]
        elif kind == "stall":
            part = body[: len(body) // 2]
        length = len(part) if kind == "truncated-json" else len(body)
        if answer.chunked:
            headers["Transfer-Encoding"] = "chunked"
        elif answer.status not in (204, 304):
            headers["Content-Length"] = str(length)
        self.send_head(answer, headers)
        if self.command == "HEAD":
            return
        write = self.send_chunk if answer.chunked and part else self.wfile.write
        if kind == "slow":
            self._send_slowly(part, fault.rate, write)
        else:
            write(part)
        self.wfile.flush()
        if kind == "stall":
            self._wait(None)
        if len(part) < length:
            raise Hangup
        if answer.chunked:
            self.send_chunk(b"")

    def date_time_string(self, timestamp: Optional[float] = None) -> str:
        return super().date_time_string(time.time() + self.server.service.clock_ahead)

    def send_head(self, answer: Answer, headers: dict[str, str]) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _send_slowly(self, body: bytes, rate: float, write: Callable[[bytes], Any]) -> None:
        """About 20 pieces a second, or a byte at a time."""
        step = max(1, int(rate / 20))
        for first in range(0, len(body), step):
            write(body[first : first + step])
            self.wfile.flush()
            self._wait(step / rate)

    def send_chunk(self, piece: bytes) -> None:
        """A piece of a body of chunks; an empty one ends it."""
        self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        self.wfile.flush()

    def _wait(self, seconds: Optional[float]) -> None:
        """Until so many seconds have passed; when the server stops before, the connection closes."""
        if self.server.stopping.wait(seconds):
            raise Hangup

    def _takes_gzip(self, answer: Answer) -> bool:
        return not answer.verbatim and "gzip" in self.headers.get("Accept-Encoding", "")

    def _replaced(self, answer: Answer, fault: FaultRule) -> Answer:
        """What the fault answers with in place of the answer."""
        refusal = self.server.service.refusal
        if fault.kind == "status":
            if fault.body == "json":
                return refusal(fault.status, fault.message)
            title = f"{fault.status} {fault.message}"
            return Answer.page(title, fault.status) if fault.body == "html" else Answer(fault.status)
        if fault.kind == "429":
            answer = refusal(429, "too many requests.")
            if fault.retry_after is not None:
                answer.headers["Retry-After"] = fault.retry_after
            return answer
        if fault.kind == "html":
            return Answer(200, Answer.page("Welcome", 200).body, HTML)
        if fault.kind == "redirect":
            return Answer(302, headers={"Location": fault.location})
        if fault.kind == "invalid-utf8":
            # Within the first string that is a value, or else within the first name.
            mark = b'":"' if b'":"' in answer.body else b'"'
            return Answer(answer.status, answer.body.replace(mark, mark + b"\xff\xfe", 1), answer.type, answer.headers)
        return answer
