"""Runs `serve`, and talks to it: by http.client where that will do, by a bare socket where it will not."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Optional

from support import Answer, Program

NOW = "2025-11-04T21:30:00Z"
"""Tuesday, half an hour after the close."""
POST = b"POST /backtest HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
"""The beginning of a request with a body."""
SAMPLE = {"DATA_SOURCE": "sample", "SYMBOLS": "QQQ", "PLAYBOOK_NOW": NOW}


class Answered(Answer):
    """What came back."""

    @property
    def problem(self) -> dict[str, Any]:
        """The problem document, which it must be."""
        assert self.headers["content-type"] == "application/problem+json", self
        document = self.json
        assert document["status"] == self.status
        assert document["type"].startswith("urn:trading-playbook:problem:")
        return document

    @property
    def name(self) -> str:
        """The kind of problem."""
        return self.problem["type"].rsplit(":", 1)[1]

    @property
    def fields(self) -> list[str]:
        """The parts of the request at fault."""
        return [error["field"] for error in self.problem["errors"]]


class Serving:
    """A process that serves."""

    def __init__(self, process: subprocess.Popen):
        self.process = process
        self.lines: list[str] = []
        self.reading = threading.Event()
        """Whether somebody reads the log."""
        self.reading.set()
        self._listening = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert self._listening.wait(30) and process.poll() is None, process.communicate()[1]
        self.port = int(re.search(r"listening on http://[0-9.]+:(\d+)", self.lines[-1])[1])

    def _read(self) -> None:
        for line in self.process.stdout:
            self.reading.wait()
            self.lines.append(line.rstrip("\n"))
            if "listening on" in line:
                self._listening.set()
        self._listening.set()

    def ask(
        self, method: str, path: str, body: Any = None, headers: Optional[dict[str, str]] = None, timeout: float = 30
    ) -> Answered:
        """One request on a connection of its own; a dict or list is sent as JSON, and what is no dict as if it were."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            if isinstance(body, (dict, list)):
                body = json.dumps(body)
            if body:
                headers = {"Content-Type": "application/json"} | (headers or {})
            connection.request(method, path, body, headers or {})
            return Answered.of(connection.getresponse())
        finally:
            connection.close()

    def backtest(self, body: Any = None, **options: Any) -> Answered:
        return self.ask("POST", "/backtest", body, **options)

    def connect(self, timeout: float = 30) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def raw(self, data: bytes, quiet: float = 0.5) -> bytes:
        """What comes back to these bytes until the other side closes or says nothing for a while."""
        with self.connect() as connection:
            connection.sendall(data)
            return until_quiet(connection, quiet=quiet)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def open_files(self) -> int:
        """How many, as Linux tells."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def memory(self, name: str = "VmRSS") -> float:
        """Resident size in MB: now, or with `VmHWM` the largest so far."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024 / 1e6
        raise AssertionError(name)

    def stop(self, number: int = signal.SIGTERM, within: float = 10) -> tuple[int, list[str]]:
        """The exit code and all lines of the log."""
        start = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(30)
        assert time.monotonic() - start < within
        self.reading.set()
        self._reader.join()
        assert self.process.stderr.read() == ""
        return self.process.returncode, self.lines


def until_quiet(connection: socket.socket, first: float = 20, quiet: float = 0.5) -> bytes:
    """What comes until the end, or until nothing more does."""
    data = b""
    connection.settimeout(first)
    while True:
        try:
            part = connection.recv(65536)
        except (TimeoutError, ConnectionResetError):
            return data
        if not part:
            return data
        data += part
        connection.settimeout(quiet)


def statuses(data: bytes) -> list[int]:
    """The statuses of the answers in it."""
    return [int(code) for code in re.findall(rb"HTTP/1\.1 (\d{3}) ", data)]


@contextmanager
def serving(run: Program, *arguments: Any, defaults: dict[str, str] = SAMPLE, **env: Optional[str]) -> Iterator[Serving]:
    """A service with these settings, on the built-in sample unless they say otherwise."""
    process = run.start("serve", *arguments, env=defaults | {"PORT": "0"} | env)
    try:
        yield Serving(process)
    finally:
        process.kill()
        process.wait()
