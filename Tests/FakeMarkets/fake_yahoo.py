"""A fake of Yahoo's chart service: adjusted prices of 32 bits, its limits and its odd rows. See README.md."""

import json
import struct
import sys
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, Optional

sys.path += [str(Path(__file__).resolve().parents[1] / name) for name in ("FakeServer", "FakeAlpaca")]
from fake_calendar import Calendar, instant, new_york_date
from made_bars import DAY, MINUTE, day_bars, moment
from server_answer import Answer
from server_faults import FaultRule, FaultRules
from server_service import Service

MINUTES_KEPT = 30 * DAY


def float32(value: float) -> float:
    """A price as a 32-bit number has it."""
    return struct.unpack("f", struct.pack("f", value))[0]


class FakeYahoo(Service):
    """The service on a port of 127.0.0.1; `now` is the time that it goes by."""

    def __init__(self, *, now: str, symbols: Optional[dict[str, list[tuple[date, Fraction]]]] = None, port: int = 0):
        self._now = moment(now)
        self.splits = symbols if symbols is not None else {"QQQ": []}
        """The symbols there are, by Yahoo's names, and their splits."""
        self.calendar = Calendar()
        self.nulls: dict[int, str] = {}
        """Rows without a price, by their time: `all`, or the name of the one that is there."""
        self.meta: dict[str, Any] = {}
        """What `meta` says in place of the truth."""
        self.without: set[str] = set()
        """Arrays that are missing."""
        super().__init__(port, FaultRules())

    def set_now(self, text: str) -> None:
        self._now = moment(text)

    def refusal(self, status: int, message: str) -> Answer:
        if status == 429:
            return Answer(429, b"Too Many Requests\r\n", "text/plain")
        return Answer(status, message.encode(), "text/plain")

    def respond(self, entry: dict[str, Any], body: bytes, fault: Optional[FaultRule]):
        return self._answer(entry), fault

    def _answer(self, entry: dict[str, Any]) -> Answer:
        if not entry["headers"].get("user-agent", "").startswith("Mozilla/"):
            return self.refusal(429, "")
        prefix = "/v8/finance/chart/"
        if not entry["path"].startswith(prefix):
            return Answer.page("404 Not Found", 404)
        symbol, query = entry["path"][len(prefix) :], entry["query"]
        if symbol not in self.splits:
            return self.error(404, "Not Found", "No data found, symbol may be delisted")
        start, end, interval = int(query["period1"]), int(query["period2"]), query["interval"]
        if interval == "1m":
            if end - start > 8 * DAY:
                return self.error(422, "Unprocessable Entity", "Only 8 days worth of 1m granularity data are allowed")
            if start < self._now - MINUTES_KEPT:
                return self.error(422, "Unprocessable Entity", "1m data must be within the last 30 days.")
            rows = self.minutes(symbol, start, end, query.get("includePrePost") == "true")
        elif interval == "1d":
            rows = self.days(symbol, start, end)
        else:
            return self.error(422, "Unprocessable Entity", "Invalid input - interval")
        return self.chart(symbol, interval, start, end, rows)

    @staticmethod
    def error(status: int, code: str, text: str) -> Answer:
        return Answer.of({"chart": {"result": None, "error": {"code": code, "description": text}}}, status)

    def traded(self, symbol: str, day: date) -> list[tuple]:
        """The one-minute bars of a session as they were traded."""
        hours = self.calendar.hours(day)
        if hours is None:
            return []
        first, last = instant(day, hours[0]), instant(day, hours[1])
        count = (last - first) // MINUTE
        made = day_bars(symbol, first // DAY, first % DAY // MINUTE, count, 0)
        # Prices as traded: higher before a split.
        factor = self.factor(symbol, day, everything=True)
        return [
            (row[0], *(round(price * float(factor), 2) for price in row[1:5]), max(1, int(row[5])) * 100) for row in made
        ]

    def factor(self, symbol: str, day: date, everything: bool = False) -> Fraction:
        """What a price before splits is divided by; those that are to come do not count, unless `everything` does."""
        factor, today = Fraction(1), new_york_date(int(self._now))
        for split, ratio in self.splits[symbol]:
            if split > day and (everything or split <= today):
                factor *= ratio
        return factor

    def adjusted(self, symbol: str, day: date, row: tuple) -> tuple:
        """A row as Yahoo has it: adjusted for the splits up to now."""
        factor = self.factor(symbol, day)
        return (row[0], *(float32(price / float(factor)) for price in row[1:5]), int(row[5] * factor))

    def minutes(self, symbol: str, start: int, end: int, extended: bool) -> list[tuple]:
        rows, day = [], new_york_date(start)
        while day <= new_york_date(end):
            session = [self.adjusted(symbol, day, row) for row in self.traded(symbol, day)]
            if session:
                # After the close there is one more row, on the grid.
                close = session[-1]
                session.append((close[0] + MINUTE, *[close[4]] * 4, 0))
            if session and extended:
                early = [(session[0][0] - (330 - number) * MINUTE, *[session[0][1]] * 4, 0) for number in range(330)]
                session = early + session
            rows += [row for row in session if start <= row[0] < end and row[0] + MINUTE <= self._now]
            day += timedelta(days=1)
        current = self.traded(symbol, new_york_date(int(self._now)))
        if current and current[0][0] < self._now < current[-1][0] + MINUTE and end > self._now - 3 * DAY:
            # The price of this moment, with an odd stamp, past the end asked for.
            last = self.adjusted(symbol, new_york_date(int(self._now)), current[0])
            rows.append((int(self._now) // MINUTE * MINUTE + 17, *[last[4]] * 4, 0))
        return rows

    def days(self, symbol: str, start: int, end: int) -> list[tuple]:
        rows = []
        for day, hours in self.calendar.sessions(max(date(2024, 1, 2), new_york_date(start)), new_york_date(end)):
            opens, closes = instant(day, hours[0]), instant(day, hours[1])
            if not start <= opens < end or opens > self._now:
                continue
            bars = [row for row in self.traded(symbol, day) if row[0] + MINUTE <= self._now] or self.traded(symbol, day)[:1]
            row = (
                opens, bars[0][1], max(bar[2] for bar in bars), min(bar[3] for bar in bars), bars[-1][4],
                sum(bar[5] for bar in bars),
            )  # fmt: skip
            row = self.adjusted(symbol, day, row)
            rows.append(row)
            if self._now < closes:
                # The day that goes on comes twice, the second time stamped now.
                rows.append((int(self._now), *row[1:]))
        return rows

    def chart(self, symbol: str, interval: str, start: int, end: int, rows: list[tuple]) -> Answer:
        columns: dict[str, list] = {
            name: [row[index] for row in rows]
            for index, name in enumerate(("timestamp", "open", "high", "low", "close", "volume"))
        }
        for index, row in enumerate(rows):
            kept = self.nulls.get(row[0])
            if kept:
                for name in ("open", "high", "low", "close", "volume"):
                    if name != kept:
                        columns[name][index] = None
        times = columns.pop("timestamp")
        events = {
            str(when): {"date": when, "numerator": ratio.numerator, "denominator": ratio.denominator, "splitRatio": "x"}
            for when, ratio in ((instant(day, self.calendar.hours(day)[0]), ratio) for day, ratio in self.splits[symbol])
            if start <= when < end and when <= self._now
        }
        result = {
            "meta": {
                "currency": "USD", "symbol": symbol, "exchangeTimezoneName": "America/New_York",
                "dataGranularity": interval, "priceHint": 2, "currentTradingPeriod": {"regular": {"gmtoffset": -18000}},
            } | self.meta,
            "indicators": {"quote": [{n: c for n, c in columns.items() if n not in self.without} if rows else {}]},
        }  # fmt: skip
        if rows:
            result["timestamp"] = times
        if events:
            result["events"] = {"splits": events}
        return Answer(200, json.dumps({"chart": {"result": [result], "error": None}}).encode())
