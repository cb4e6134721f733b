"""A fake of Binance's spot market data: klines, and files of whole months with their checksums. See README.md."""

import argparse
import hashlib
import io
import re
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

sys.path.append(str(Path(__file__).resolve().parents[1] / "FakeServer"))
from made_bars import MINUTE, Bar, moment, round_the_clock
from server_answer import Answer
from server_faults import FaultRule, FaultRules
from server_service import Service, serve

MISSING = b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code></Error>'
HEADER = "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore"
FILE = re.compile(r"/data/spot/monthly/klines/(\w+)/1m/(\w+)-1m-(\d{4})-(\d\d)\.zip(\.CHECKSUM)?")


def columns(bar: Bar, scale: int = 1000) -> list[str]:
    """The twelve columns of a kline; `scale` is 1000 for milliseconds and 1000000 for microseconds."""
    start, opens, high, low, close, volume = bar
    end = (start + MINUTE) * scale - 1
    prices = [f"{price:.8f}" for price in (opens, high, low, close, volume)]
    return [str(start * scale), *prices, str(end), f"{close * volume:.8f}", "17", "1.0", "2.0", "0"]


def publishing(year: int, month: int) -> float:
    """When a month's file appears: on the first Monday of the next month."""
    first = date(year + month // 12, month % 12 + 1, 1)
    monday = first + timedelta(days=-first.weekday() % 7)
    return datetime(monday.year, monday.month, monday.day, tzinfo=timezone.utc).timestamp()


class FakeBinance(Service):
    """The service on a port of 127.0.0.1; `now` is the time that it goes by, `listed` the symbols and their beginnings."""

    def __init__(self, *, now: str, listed: Optional[dict[str, str]] = None, port: int = 0):
        self._now = moment(now)
        self.listed = {name: moment(text) for name, text in (listed or {"BTCUSDT": "2017-08-17T04:00:00Z"}).items()}
        self.missing: set[int] = set()
        """Minutes without a kline, as in maintenance."""
        self.quiet: set[int] = set()
        """Minutes without a trade: their kline repeats the close, with volume 0."""
        self.change: dict[str, Callable[[list[str]], list[str]]] = {}
        """What is done to the lines of a month's file, by its name."""
        self.member: dict[str, str] = {}
        """Another name of the file within a month's archive."""
        self.checksum: dict[str, str] = {}
        """Another digest than that of a month's file, by its name; empty for none."""
        self.weight = 0
        super().__init__(port, FaultRules())

    def set_now(self, text: str) -> None:
        self._now = moment(text)

    def refusal(self, status: int, message: str) -> Answer:
        return Answer.of({"code": -1003 if status == 429 else -1000, "msg": message}, status)

    def bars(self, symbol: str, start: int, end: int) -> list[Bar]:
        """The klines that open from `start` up to `end`."""
        start = max(start, int(self.listed[symbol]))
        found, before = [], None
        for bar in round_the_clock(symbol, start, end):
            if bar[0] in self.missing:
                continue
            if bar[0] in self.quiet and before:
                bar = (bar[0], before, before, before, before, 0.0)
            before = bar[4]
            found.append(bar)
        return found

    def respond(self, entry: dict[str, Any], body: bytes, fault: Optional[FaultRule]):
        return self._answer(entry), fault

    def _answer(self, entry: dict[str, Any]) -> Answer:
        if entry["path"] == "/api/v3/klines":
            return self.klines(entry["query"])
        match = FILE.fullmatch(entry["path"])
        if not match or match[1] != match[2] or match[1] not in self.listed:
            return Answer(404, MISSING, "application/xml")
        year, month = int(match[3]), int(match[4])
        name = f"{match[1]}-1m-{match[3]}-{match[4]}"
        end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=timezone.utc).timestamp()
        if self._now < publishing(year, month) or end <= self.listed[match[1]]:
            return Answer(404, MISSING, "application/xml")
        archive = self.archive(match[1], year, month)
        if not match[5]:
            return Answer(200, archive, "application/zip", verbatim=True)
        digest = self.checksum.get(name, hashlib.sha256(archive).hexdigest())
        if not digest:
            return Answer(404, MISSING, "application/xml")
        return Answer(200, f"{digest}  {name}.zip\n".encode(), "text/plain")

    def archive(self, symbol: str, year: int, month: int) -> bytes:
        """A month's file: with a line of names and in microseconds from 2025 on."""
        name = f"{symbol}-1m-{year}-{month:02d}"
        start = datetime(year, month, 1, tzinfo=timezone.utc).timestamp()
        end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=timezone.utc).timestamp()
        is_new = year >= 2025
        lines = [",".join(columns(bar, 1_000_000 if is_new else 1000)) for bar in self.bars(symbol, int(start), int(end))]
        lines = self.change.get(name, lambda same: same)([HEADER] * is_new + lines)
        return packed(self.member.get(name, f"{name}.csv"), "\n".join(lines) + "\n")

    def klines(self, query: dict[str, str]) -> Answer:
        self.weight += 2
        symbol = query.get("symbol", "")
        if symbol not in self.listed:
            return Answer.of({"code": -1121, "msg": "Invalid symbol."}, 400)
        if query.get("interval") != "1m":
            return Answer.of({"code": -1120, "msg": "Invalid interval."}, 400)
        limit = min(int(query.get("limit", "500")), 1000)
        start = -(-int(query.get("startTime", "0")) // 60_000) * MINUTE
        end = int(query.get("endTime", str(int(self._now * 1000)))) // 1000
        start = max(start, int(self.listed[symbol]))
        rows = []
        while start <= end and start <= self._now and len(rows) < limit:
            stop = min(end + 1, int(self._now) + 1, start + (limit + 600) * MINUTE)
            rows += [columns(bar) for bar in self.bars(symbol, start, stop)]
            start = -(-stop // MINUTE) * MINUTE
        rows = rows[:limit]
        text = ",".join(
            f'[{row[0]},{",".join(chr(34) + value + chr(34) for value in row[1:6])},{row[6]},"{row[7]}",{row[8]},"","","0"]'
            for row in rows
        )
        answer = Answer(200, f"[{text}]".encode())
        answer.headers["X-MBX-USED-WEIGHT-1M"] = str(self.weight)
        return answer


@lru_cache(maxsize=200)
def packed(name: str, text: str) -> bytes:
    """A zip archive of one file; the same text gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description="A fake of Binance's market data, for tests.")
    parser.add_argument("--port", type=int, default=0, help="0 (default): any that is free")
    parser.add_argument("--now", required=True, help="the time it goes by, ISO 8601 in UTC")
    parser.add_argument("--listed", action="append", default=[], metavar="SYMBOL=INSTANT")
    asked = parser.parse_args()
    listed = dict(text.split("=", 1) for text in asked.listed)
    serve(FakeBinance(now=asked.now, listed=listed or None, port=asked.port))


if __name__ == "__main__":
    main()
