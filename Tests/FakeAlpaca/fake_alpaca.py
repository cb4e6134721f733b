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
import sys
import threading
import time
from collections.abc import Mapping
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any, Optional, Union

sys.path.append(str(Path(__file__).resolve().parents[1] / "FakeServer"))
from fake_api import API
from fake_bars import BarFolder, BarProvider, Market
from fake_calendar import Calendar, Hours
from fake_endless import EndlessHandler
from fake_faults import KINDS, SPOILING, Fault, Faults, spoiled
from server_answer import Answer
from server_service import Service, fault_help, serve

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


class FakeAlpaca(Service):
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
        self.api = API(Market(provider, Calendar(calendar_overrides)), self.now, plan, empty, bad_parameter)
        super().__init__(port, Faults(), EndlessHandler)

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

    # What the server asks for

    def respond(self, entry: dict[str, Any], body: bytes, fault: Optional[Fault]) -> tuple[Answer, Optional[Fault]]:
        """The answer to a request, and what is to go wrong when it is sent."""
        answer = self._answer(entry)
        if fault and fault.kind in SPOILING:
            return spoiled(answer, fault, entry["query"].get("page_token")), None
        return answer, fault

    def _answer(self, entry: dict[str, Any]) -> Answer:
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
        answer = self.api.answer(entry["path"], entry["target"].partition("?")[2])
        if answer.status == 200:
            answer.headers |= rate
        return answer

    def steer(self, method: str, path: str, body: bytes) -> Optional[Answer]:
        """Sets the time from another process."""
        if (method, path) != ("POST", "/_control/now"):
            return None
        self.set_now(json.loads(body)["now"])
        return Answer.of({})


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
    parser = argparse.ArgumentParser(description="A fake of Alpaca's market data service, for tests.")
    parser.add_argument("--port", type=int, default=0, help="0 (default): any that is free")
    parser.add_argument("--data-dir", type=Path, required=True, help="folder of {SYMBOL}_2Min.csv and the like")
    parser.add_argument("--now", help="the time it goes by, ISO 8601 in UTC; default: the real time")
    parser.add_argument("--feed-plan", choices=("iex", "free", "paid"), default="paid")
    parser.add_argument("--key", default=KEY)
    parser.add_argument("--secret", default=SECRET)
    parser.add_argument("--auth-error", choices=("html401", "json403"), default="html401")
    parser.add_argument("--rate-limit", type=int, default=200, help="requests a minute; 0: no limit")
    parser.add_argument("--empty", choices=("object", "array", "null"), default="object", help="how no bars look")
    parser.add_argument("--bad-parameter", type=int, choices=(400, 422), default=400)
    parser.add_argument("--calendar", action="append", default=[], metavar="DATE=HH:MM-HH:MM|closed")
    form, kinds = "KIND:MATCH:TIMES[:ARGUMENT]", fault_help(KINDS)
    parser.add_argument("--fault", action="append", default=[], metavar=form, help=kinds)
    asked = parser.parse_args()
    service = FakeAlpaca(
        asked.data_dir, port=asked.port, now=asked.now, plan=asked.feed_plan, key=asked.key, secret=asked.secret,
        auth_error=asked.auth_error, rate_limit=asked.rate_limit or None, empty=asked.empty,
        bad_parameter=asked.bad_parameter, calendar_overrides=overrides(asked.calendar),
    )  # fmt: skip
    for text in asked.fault:
        service.faults.append(Fault.parse(text))
    serve(service)


if __name__ == "__main__":
    main()
