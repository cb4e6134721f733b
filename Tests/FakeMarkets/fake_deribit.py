"""A fake of Deribit's chart data. See README.md."""

import sys
from pathlib import Path
from typing import Any, Optional

sys.path.append(str(Path(__file__).resolve().parents[1] / "FakeServer"))
from made_bars import DAY, MINUTE, Bar, day_bars, moment, round_the_clock
from server_answer import Answer
from server_faults import FaultRule, FaultRules
from server_service import Service

MOST = 5000


class FakeDeribit(Service):
    """The service on a port of 127.0.0.1; `now` is the time that it goes by, `listed` the symbols and their beginnings."""

    def __init__(self, *, now: str, listed: Optional[dict[str, str]] = None, port: int = 0):
        self._now = moment(now)
        self.listed = {name: moment(text) for name, text in (listed or {"BTC-PERPETUAL": "2018-08-14T11:00:00Z"}).items()}
        self.loses_first = True
        """Whether the first bar that was asked for is missing."""
        super().__init__(port, FaultRules())

    def set_now(self, text: str) -> None:
        self._now = moment(text)

    def refusal(self, status: int, message: str) -> Answer:
        code = 10028 if status == 429 else 11044
        return self.error(status, code, "too_many_requests" if code == 10028 else message)

    @staticmethod
    def error(status: int, code: int, message: str) -> Answer:
        return Answer.of({"jsonrpc": "2.0", "error": {"code": code, "message": message}, "testnet": False}, status)

    def respond(self, entry: dict[str, Any], body: bytes, fault: Optional[FaultRule]):
        return self._answer(entry), fault

    def _answer(self, entry: dict[str, Any]) -> Answer:
        query = entry["query"]
        if entry["path"] != "/api/v2/public/get_tradingview_chart_data":
            return self.error(404, -32601, "Method not found")
        symbol = query.get("instrument_name", "")
        if symbol not in self.listed:
            return self.error(400, 13020, "instrument_not_found")
        start, end = int(query["start_timestamp"]) // 1000, int(query["end_timestamp"]) // 1000
        start, end = max(start, int(self.listed[symbol])), min(end, int(self._now))
        bars: list[Bar] = []
        if query["resolution"] == "1":
            # The last one is not over yet.
            bars = list(round_the_clock(symbol, -(-start // MINUTE) * MINUTE, end + 1))
        elif query["resolution"] == "1D":
            for day in range(start // DAY, end // DAY + 1):
                rows = day_bars(symbol, day)
                bars.append((day * DAY, rows[0][1], rows[0][2], rows[0][3], rows[-1][4], 1.0))
        if self.loses_first and query["resolution"] == "1" and start > self.listed[symbol]:
            bars = bars[1:]
        bars = bars[-MOST:]
        if not bars:
            return self.result({"ticks": [], "open": [], "high": [], "low": [], "close": [], "volume": [], "cost": []}, "no_data")
        names = ("ticks", "open", "high", "low", "close", "volume")
        columns = {name: [row[index] for row in bars] for index, name in enumerate(names)}
        columns["ticks"] = [tick * 1000 for tick in columns["ticks"]]
        columns["cost"] = [1.0] * len(bars)
        return self.result(columns, "ok")

    @staticmethod
    def result(columns: dict[str, list], status: str) -> Answer:
        return Answer.of({"jsonrpc": "2.0", "result": columns | {"status": status}, "usIn": 1, "usOut": 2, "usDiff": 1})
