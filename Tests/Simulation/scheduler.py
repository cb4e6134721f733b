"""What stands in for Cloud Scheduler: delivers, at least once, and again after an error."""

import http.client
import json
import random
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Optional

from checks import Violation
from machine import Machine, Process

DEADLINE = 90.0
"""Seconds that an attempt may take."""

RETRIES = 5
"""As many as Cloud Scheduler makes at most."""

AGENT = {"User-Agent": "Google-Cloud-Scheduler", "Content-Type": "application/json"}


@dataclass
class Attempt:
    """One request and what came of it."""

    process: Optional[int]
    """The process that got it; none when nothing listened."""
    status: Optional[int]
    """None when the connection broke."""
    document: dict[str, Any] = field(default_factory=dict)
    began: float = 0
    """When it was sent, by the monotonic clock."""
    was_heard: bool = False
    """Whether a connection was made."""


@dataclass
class Delivery:
    """A message that is delivered until it is taken."""

    what: str
    body: dict
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return bool(self.attempts) and self.attempts[-1].status == 200


class Scheduler:
    """Delivers to whatever process serves at the moment. `deliver` may be called from any thread."""

    def __init__(self, machine: Machine):
        self.deliveries: list[Delivery] = []
        self._machine = machine
        self._flying = 0
        self._changed = threading.Condition()

    def wait_for_flight(self, seconds: float) -> bool:
        """Waits until a request is on its way; whether one is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._flying > 0, seconds)

    @property
    def is_flying(self) -> bool:
        return self._flying > 0

    def deliver(self, what: str, body: dict, chance: random.Random, retries: int = RETRIES) -> Delivery:
        """Delivers a message, with so many further attempts after errors. Throws `Violation`."""
        delivery = Delivery(what, body)
        self.deliveries.append(delivery)
        for number in range(1 + retries):
            if number:
                time.sleep(min(0.1 * 2**number, 1.5) * chance.uniform(0.5, 1))
            delivery.attempts.append(self._attempt(what, body))
            if delivery.is_done:
                break
        return delivery

    def _attempt(self, what: str, body: dict) -> Attempt:
        target = self._machine.current
        if target is None:
            return Attempt(None, None)
        attempt = Attempt(target.number, None, began=time.monotonic())
        with self._changed:
            self._flying += 1
            self._changed.notify_all()
        try:
            reply = request(target, "POST", "/backtest", json.dumps(body).encode() if body else b"")
        except (OSError, http.client.HTTPException) as error:
            if target.process.poll() is None and isinstance(error, TimeoutError):
                raise Violation(f"{what}: no answer within {DEADLINE} s") from None
            attempt.was_heard = not isinstance(error, ConnectionRefusedError)
            return attempt
        finally:
            with self._changed:
                self._flying -= 1
        attempt.status, attempt.document = reply[0], reply[2]
        return judged(what, attempt, reply[1])

    def hang_up(self, body: dict, seconds: float) -> None:
        """Sends a message and resets the connection soon after."""
        target = self._machine.current
        if target is None:
            return
        content = json.dumps(body).encode()
        head = "POST /backtest HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        head = f"{head}Content-Length: {len(content)}\r\n\r\n".encode()
        with socket.create_connection(("127.0.0.1", target.port), timeout=10) as connection:
            connection.sendall(head + content)
            time.sleep(seconds)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def request(target: Process, method: str, path: str, body: Optional[bytes] = None) -> tuple[int, dict, Any]:
    """Status, headers (names in lower case) and JSON of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=DEADLINE)
    try:
        connection.request(method, path, body, AGENT if body is not None else {})
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        content = answer.read()
    finally:
        connection.close()
    try:
        return answer.status, headers, json.loads(content)
    except ValueError:
        raise Violation(f"{method} {path}: {answer.status} with {content[:300]!r}") from None


def judged(what: str, attempt: Attempt, headers: dict[str, str]) -> Attempt:
    """The attempt, if its answer is one that the service may give to a message that is right. Throws `Violation`."""
    status, document = attempt.status, attempt.document
    told = f"{what}: {status} {str(document)[:600]}"
    if status == 200:
        if document.get("schema") != "trading-playbook/backtest/1" or not document.get("run_id"):
            raise Violation(told)
        if document["status"] not in ("completed", "skipped"):
            raise Violation(f"{told}: this is no success")
        return attempt
    if status not in (500, 502, 503):
        raise Violation(told)
    if headers.get("content-type", "").partition(";")[0] != "application/problem+json" or document["status"] != status:
        raise Violation(f"{told}: no problem document")
    if status == 503 and not headers.get("retry-after", "").isdigit():
        raise Violation(f"{told}: without Retry-After")
    return attempt
