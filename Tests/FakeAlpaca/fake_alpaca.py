#!/usr/bin/env python3
"""A fake of Alpaca's market data service, for tests; see README.md.

    python3 fake_alpaca.py --port 0 --data-dir DIR [--now 2024-01-05T21:00:00Z] [--fault status:bars:2:503]

prints its address and serves until it is interrupted. In a test:

    with FakeAlpaca(folder, now="2024-01-05T21:00:00Z") as service:
        service.faults.add("status", match="bars", times=2, status=500)
        ... service.url ...
        assert service.count("/v2/stocks/bars") == 3
"""

import argparse
import json
import signal
import threading
import time
import traceback
from collections.abc import Mapping
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any, Optional, Union

from fake_api import API, Answer
from fake_bars import BarFolder, BarProvider, Market
from fake_calendar import Calendar, Hours
from fake_faults import KINDS, Fault, Faults
from fake_http import Server

KEY = "PKFAKEFAKEFAKEFAKE00"
SECRET = "fake-secret-of-tests-0000000000000000000"


def seconds(moment: Union[str, float, datetime, None]) -> Optional[float]:
    """Epoch seconds of an instant; text and datetimes without an offset are in UTC."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if isinstance(moment, datetime):
        return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp()
    return moment


class RateLimit:
    """So many requests in a window of time."""

    def __init__(self, limit: Optional[int], window: float):
        self.limit = limit
        self.window = window
        self._began = 0.0
        self._used = 0
        self._lock = threading.Lock()

    def take(self) -> Optional[dict[str, str]]:
        """The headers of an answer; None when there have been too many requests."""
        if self.limit is None:
            return {}
        with self._lock:
            now = time.time()
            if now >= self._began + self.window:
                self._began, self._used = now, 0
            if self._used >= self.limit:
                return None
            self._used += 1
            return {
                "X-RateLimit-Limit": str(self.limit), "X-RateLimit-Remaining": str(self.limit - self._used),
                "X-RateLimit-Reset": str(int(self._began + self.window) + 1),
            }  # fmt: skip


class FakeAlpaca:
    """The service on a port of 127.0.0.1."""

    def __init__(
        self,
        bars: Union[str, Path, BarProvider],
        *,
        port: int = 0,
        now: Union[str, float, datetime, None] = None,
        plan: str = "paid",
        key: str = KEY,
        secret: str = SECRET,
        auth_error: str = "html401",
        rate_limit: Optional[int] = 200,
        rate_window: float = 60,
        empty: str = "object",
        bad_parameter: int = 400,
        calendar_overrides: Optional[Mapping[date, Optional[Hours]]] = None,
    ):
        """
        `bars`: a folder of CSV files or a provider. `now`: the time it goes by, else the real one. `plan`: free or
        paid. `auth_error`: html401 or json403. `rate_limit`: requests in `rate_window` seconds, None for no limit.
        `empty`: what no bars look like, object, array or null. `bad_parameter`: status of a bad request, 400 or 422.
        """
        provider = BarFolder(bars) if isinstance(bars, (str, Path)) else bars
        self._now = seconds(now)
        self.key = key
        self.secret = secret
        self.auth_error = auth_error
        self.rate = RateLimit(rate_limit, rate_window)
        self.faults = Faults()
        self.api = API(Market(provider, Calendar(calendar_overrides)), self.now, plan, empty, bad_parameter)
        self._log: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        self._server = Server(port, self)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    # Running

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> "FakeAlpaca":
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends all connections and frees the port; a second time does nothing."""
        if not self._thread.is_alive():
            return
        self._server.end()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> "FakeAlpaca":
        return self.start()

    def __exit__(self, *_: Any) -> None:
        self.stop()

    # What tests look at and set

    def now(self) -> float:
        """The time that the service goes by, in epoch seconds."""
        return time.time() if self._now is None else self._now

    def set_now(self, moment: Union[str, float, datetime, None]) -> None:
        """Sets the time; None is the real one."""
        self._now = seconds(moment)

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a client with the right keys."""
        return {"APCA-API-KEY-ID": self.key, "APCA-API-SECRET-KEY": self.secret}

    @property
    def requests(self) -> list[dict[str, Any]]:
        """
        The requests so far, without those to `/_control`: number, method, path, query, target (path and query as
        sent), headers (names in lower case), connection (its number), time, status (None when none was sent), fault.
        """
        with self._lock:
            return list(self._log)

    def count(self, match: str = "") -> int:
        """The number of requests whose path and query have this text in them."""
        return sum(match in entry["target"] for entry in self.requests)

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

    # What the server asks for

    def answer(self, entry: dict[str, Any], query: str) -> tuple[Answer, Optional[Fault]]:
        """The answer to a request, which goes into the log, and what is to go wrong with it."""
        with self._lock:
            entry = {"number": len(self._log) + 1, **entry}
            self._log.append(entry)
        fault = self.faults.take(entry["number"], entry["target"])
        try:
            answer = self._answer(entry, query)
        except Exception:
            traceback.print_exc()
            answer = Answer.of({"message": "internal server error"}, 500)
        with self._lock:
            entry["fault"] = fault.kind if fault else None
            entry["status"] = fault_status(fault, answer)
        return answer, fault

    def _answer(self, entry: dict[str, Any], query: str) -> Answer:
        headers = entry["headers"]
        given = (headers.get("apca-api-key-id"), headers.get("apca-api-secret-key"))
        if given != (self.key, self.secret):
            if self.auth_error == "json403":
                return Answer.of({"message": "forbidden."}, 403)
            return Answer.page("401 Authorization Required", 401)
        if entry["method"] != "GET":
            return Answer.of({"message": "Method Not Allowed"}, 405)
        rate = self.rate.take()
        if rate is None:
            return Answer.of({"message": "too many requests."}, 429)
        answer = self.api.answer(entry["path"], query)
        if answer.status == 200:
            answer.headers |= rate
        return answer

    def control(self, method: str, path: str, body: bytes) -> Answer:
        """The endpoints by which another process steers the service."""
        try:
            if (method, path) == ("POST", "/_control/faults"):
                for fault in [Fault(**values) for values in json.loads(body)]:
                    self.faults.append(fault)
            elif (method, path) == ("DELETE", "/_control/faults"):
                self.faults.clear()
            elif (method, path) == ("GET", "/_control/requests"):
                return Answer.of(self.requests)
            elif (method, path) == ("DELETE", "/_control/requests"):
                with self._lock:
                    self._log.clear()
            elif (method, path) == ("POST", "/_control/now"):
                self.set_now(json.loads(body)["now"])
            else:
                return Answer.of({"message": "Not Found"}, 404)
        except (ValueError, TypeError, KeyError) as error:
            return Answer.of({"message": str(error)}, 400)
        return Answer.of({})


def fault_status(fault: Optional[Fault], answer: Answer) -> Optional[int]:
    """The status that goes out."""
    fixed = {"429": 429, "html": 200, "redirect": 302, "cut-before": None}
    if fault is None:
        return answer.status
    if fault.kind == "status":
        return fault.status
    if fault.kind == "stall" and fault.stage == "head":
        return None
    return fixed.get(fault.kind, answer.status)


def overrides(texts: list[str]) -> dict[date, Optional[Hours]]:
    """From `DATE=closed` and `DATE=09:30-13:00`."""
    result: dict[date, Optional[Hours]] = {}
    for text in texts:
        day, _, hours = text.partition("=")
        first, _, last = hours.partition("-")
        clocks = None if hours == "closed" else tuple(datetime.strptime(one, "%H:%M").time() for one in (first, last))
        result[date.fromisoformat(day)] = clocks
    return result


def main() -> None:
    kinds = "; ".join(f"{kind} ({argument})" if argument else kind for kind, (argument, _) in KINDS.items())
    parser = argparse.ArgumentParser(description="A fake of Alpaca's market data service, for tests.")
    parser.add_argument("--port", type=int, default=0, help="0 (default): any that is free")
    parser.add_argument("--data-dir", type=Path, required=True, help="folder of {SYMBOL}_2Min.csv and the like")
    parser.add_argument("--now", help="the time it goes by, ISO 8601 in UTC; default: the real time")
    parser.add_argument("--feed-plan", choices=("free", "paid"), default="paid")
    parser.add_argument("--key", default=KEY)
    parser.add_argument("--secret", default=SECRET)
    parser.add_argument("--auth-error", choices=("html401", "json403"), default="html401")
    parser.add_argument("--rate-limit", type=int, default=200, help="requests a minute; 0: no limit")
    parser.add_argument("--empty", choices=("object", "array", "null"), default="object", help="how no bars look")
    parser.add_argument("--bad-parameter", type=int, choices=(400, 422), default=400)
    parser.add_argument("--calendar", action="append", default=[], metavar="DATE=HH:MM-HH:MM|closed")
    parser.add_argument("--fault", action="append", default=[], metavar="KIND:MATCH:TIMES[:ARGUMENT]", help=kinds)
    asked = parser.parse_args()
    service = FakeAlpaca(
        asked.data_dir, port=asked.port, now=asked.now, plan=asked.feed_plan, key=asked.key, secret=asked.secret,
        auth_error=asked.auth_error, rate_limit=asked.rate_limit or None, empty=asked.empty,
        bad_parameter=asked.bad_parameter, calendar_overrides=overrides(asked.calendar),
    )  # fmt: skip
    for text in asked.fault:
        service.faults.append(Fault.parse(text))
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with service:
        print(service.url, flush=True)
        ended.wait()


if __name__ == "__main__":
    main()
