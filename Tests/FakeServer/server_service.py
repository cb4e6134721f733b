"""A service on a port of 127.0.0.1: what goes wrong with its requests, its log of them, and its process."""

import json
import threading
import traceback
from typing import Any, Optional

from server_answer import Answer
from server_faults import FaultRule, FaultRules
from server_http import Handler, Server
from server_process import ending


class Service:
    """Answers requests, which a subclass does in `respond`, and keeps a log of them."""

    def __init__(self, port: int, faults: FaultRules, handler: type[Handler] = Handler):
        self.faults = faults
        self.clock_ahead = 0.0
        """Seconds that the Date of answers is ahead of the real time."""
        self._log: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        self._server = Server(port, self, handler)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    # Running

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self):
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends all connections and frees the port; a second time does nothing."""
        if not self._thread.is_alive():
            return
        self._server.end()
        self._thread.join()
        self._server.server_close()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_: Any) -> None:
        self.stop()

    # What tests look at and set

    @property
    def requests(self) -> list[dict[str, Any]]:
        """
        The requests so far, without those to `/_control`: number, method, path, query, target (path and query as
        sent), headers (names in lower case), connection (its number), time, status (None when none was sent), fault.
        """
        with self._lock:
            return list(self._log)

    def count(self, match: str = "") -> int:
        """The number of requests that have this text in what faults are matched by."""
        return sum(match in self.matched(entry) for entry in self.requests)

    @property
    def connections(self) -> int:
        """The number of connections so far."""
        return self._server.accepted

    def forget(self) -> None:
        """Forgets the requests so far; faults stay."""
        with self._lock:
            self._log.clear()

    def clear(self) -> None:
        """Forgets requests and faults."""
        self.forget()
        self.faults.clear()

    # What a subclass says

    def matched(self, entry: dict[str, Any]) -> str:
        """The text of a request that faults are matched by."""
        return entry["target"]

    def respond(
        self, entry: dict[str, Any], body: bytes, fault: Optional[FaultRule]
    ) -> tuple[Answer, Optional[FaultRule]]:
        """The answer to a request, and what is to go wrong when it is sent."""
        raise NotImplementedError

    def refusal(self, status: int, message: str) -> Answer:
        """An error as the service words it."""
        return Answer.of({"message": message}, status)

    def steer(self, method: str, path: str, body: bytes) -> Optional[Answer]:
        """The answer to a request to `/_control` that is the service's own; None when there is no such thing."""
        return None

    # What the server asks for

    def begin(self, entry: dict[str, Any]) -> Optional[FaultRule]:
        """Puts a request into the log, before its body is read; returns what is to go wrong with it."""
        with self._lock:
            entry |= {"number": len(self._log) + 1, "fault": None, "status": None}
            self._log.append(entry)
        fault = self.faults.take(entry["number"], self.matched(entry))
        entry["fault"] = fault.kind if fault else None
        return fault

    def answer(
        self, entry: dict[str, Any], body: bytes, fault: Optional[FaultRule]
    ) -> tuple[Answer, Optional[FaultRule]]:
        """The answer to a request that has begun, and what is to go wrong when it is sent."""
        try:
            answer, fault = self.respond(entry, body, fault)
        except Exception:
            traceback.print_exc()
            answer = self.refusal(500, "internal server error")
        entry["status"] = sent_status(fault, answer)
        return answer, fault

    def control(self, method: str, path: str, body: bytes) -> Answer:
        """The endpoints by which another process steers the service."""
        try:
            if (method, path) == ("POST", "/_control/faults"):
                for fault in [self.faults.rule(**values) for values in json.loads(body)]:
                    self.faults.append(fault)
            elif (method, path) == ("DELETE", "/_control/faults"):
                self.faults.clear()
            elif (method, path) == ("GET", "/_control/requests"):
                return Answer.of(self.requests)
            elif (method, path) == ("DELETE", "/_control/requests"):
                self.forget()
            else:
                return self.steer(method, path, body) or Answer.of({"message": "Not Found"}, 404)
        except (ValueError, TypeError, KeyError) as error:
            return Answer.of({"message": str(error)}, 400)
        return Answer.of({})


def sent_status(fault: Optional[FaultRule], answer: Answer) -> Optional[int]:
    """The status that goes out."""
    fixed = {"429": 429, "html": 200, "redirect": 302, "cut-before": None, "cut-upload": None, "lost": None}
    if fault is None:
        return answer.status
    if fault.kind == "status":
        return fault.status
    if fault.kind == "stall" and fault.stage == "head":
        return None
    return fixed.get(fault.kind, answer.status)


def fault_help(kinds: dict[str, tuple[Optional[str], str]]) -> str:
    """What the command line's help says of `--fault`."""
    return "; ".join(f"{kind} ({argument})" if argument else kind for kind, (argument, _) in kinds.items())


def serve(service: Service, until_eof: bool = False) -> None:
    """Prints the address and serves until a signal comes or, when asked, until standard input ends."""
    ended = ending(until_eof)
    with service:
        print(service.url, flush=True)
        ended.wait()
