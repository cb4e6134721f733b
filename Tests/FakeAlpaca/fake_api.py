"""The endpoints: what each request is answered with."""

import base64
import binascii
import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any, Optional
from urllib.parse import parse_qsl

from fake_bars import Columns, Market, Split, Timeframe
from fake_calendar import NEW_YORK, instant, new_york_date
from server_answer import Answer

DELAY = 15 * 60
"""How old, in seconds, bars of all exchanges must be on the free plan."""
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)")
TIMEFRAME = re.compile(r"(\d+)(Min|T|Hour|H|Day|D|Week|W|Month|M)")
SHORT = {"T": "Min", "H": "Hour", "D": "Day", "W": "Week", "M": "Month"}
NUMBERS = {"Min": range(1, 60), "Hour": range(1, 24), "Day": (1,), "Week": (1,), "Month": (1, 2, 3, 4, 6, 12)}
FEEDS = ("sip", "iex", "otc", "boats", "overnight", "delayed_sip")
ADJUSTMENTS = ("raw", "split", "dividend", "spin-off", "all")
EMPTY = {"object": {}, "array": [], "null": None}


class Refusal(Exception):
    """A request that is answered with a message."""

    def __init__(self, status: int, message: str):
        super().__init__(message)
        self.answer = Answer.of({"message": message}, status)


def encode_token(text: str) -> str:
    """A page token in base64 that ends in `=`."""
    return base64.b64encode((text if len(text) % 3 else text + "|").encode()).decode()


class API:
    """The endpoints over a market; `now()` is the time that the service goes by, in epoch seconds."""

    def __init__(self, market: Market, now, plan: str, empty: str, bad_parameter: int):
        if plan not in ("iex", "free", "paid"):
            raise ValueError(f"the plan is iex, free or paid, not {plan!r}")
        self.market = market
        self.now = now
        self.plan = plan
        self.empty = EMPTY[empty]
        self.bad_parameter = bad_parameter

    def answer(self, path: str, query_text: str) -> Answer:
        """The answer to a GET."""
        query = dict(parse_qsl(query_text, keep_blank_values=True))
        try:
            if path == "/v2/stocks/bars":
                return self.bars(self._symbols(query.get("symbols", "")), query, is_single=False)
            if match := re.fullmatch(r"/v2/stocks/([^/]+)/bars", path):
                return self.bars(self._symbols(match[1]), query, is_single=True)
            if path == "/v1/corporate-actions":
                return self.corporate_actions(query)
            if path == "/v2/calendar":
                return self.calendar(query)
            if path == "/v2/clock":
                return self.clock()
        except Refusal as refusal:
            return refusal.answer
        return Answer.of({"message": "Not Found"}, 404)

    # Bars

    def bars(self, symbols: list[str], query: Mapping[str, str], is_single: bool) -> Answer:
        if is_single and len(symbols) > 1:
            raise self._bad(f"invalid symbol: {','.join(symbols)}")
        timeframe = self._timeframe(query)
        limit = self._limit(query, 1000, 10_000)
        descending = self._choice(query, "sort", ("asc", "desc")) == "desc"
        feed = self._choice(query, "feed", FEEDS)
        adjustments = query.get("adjustment", "raw").split(",")
        if not set(adjustments) <= set(ADJUSTMENTS):
            raise self._bad(f"invalid adjustment: {query['adjustment']}")
        now = self.now()
        day_start = int(now // 86_400 * 86_400)
        start = self._moment(query, "start", -1) if query.get("start") else day_start * 10**9
        end = self._moment(query, "end", +1) if query.get("end") else None
        if end is not None and end < start:
            raise self._bad("end should not be before start")
        if feed == "sip" and self.plan == "iex":
            raise Refusal(403, "subscription does not permit querying SIP data")
        if feed == "sip" and self.plan == "free" and (end is None or end > (now - DELAY) * 10**9):
            raise Refusal(403, "subscription does not permit querying recent SIP data")

        parts, token, room = [], None, limit
        after = self._position(query.get("page_token"))
        for symbol in symbols:
            if after and symbol < after[0]:
                continue
            splits = self._splits_until(symbol, new_york_date(int(now))) if {"split", "all"} & set(adjustments) else ()
            columns = self.market.columns(symbol, timeframe, splits)
            first = bisect_left(columns.starts, -(-start // 10**9))
            last = self.market.end_of_known(columns, timeframe, now)
            if end is not None:
                last = min(last, bisect_right(columns.starts, end // 10**9))
            if after and symbol == after[0]:
                if descending:
                    last = min(last, bisect_left(columns.starts, after[1]))
                else:
                    first = max(first, bisect_right(columns.starts, after[1]))
            count = max(0, last - first)
            if count and not room:
                token = encode_token(before)
                break
            taken = min(count, room)
            if taken:
                begin = last - taken if descending else first
                parts.append((symbol, self._encoded(columns, begin, begin + taken, descending)))
                edge = columns.starts[begin if descending else begin + taken - 1]
                before = f"{symbol}|{timeframe.unit[0]}|{edge}000000000"
                room -= taken
            if taken < count:
                token = encode_token(before)
                break
        return self._page(symbols[0] if is_single else None, parts, token)

    @staticmethod
    def _encoded(columns: Columns, first: int, last: int, descending: bool) -> str:
        text = columns.encoded(first, last)
        if not descending:
            return text
        return ",".join(json.dumps(bar, separators=(",", ":")) for bar in reversed(json.loads(f"[{text}]")))

    def _page(self, single: Optional[str], parts: list[tuple[str, str]], token: Optional[str]) -> Answer:
        end = f'"next_page_token":{json.dumps(token)}}}'
        if not parts:
            bars = json.dumps(self.empty)
        elif single:
            bars = f"[{parts[0][1]}]"
        else:
            bars = "{" + ",".join(f'"{symbol}":[{text}]' for symbol, text in parts) + "}"
        if single:
            end = f'"symbol":"{single}",{end}'
            bars = "[]" if bars == "{}" else bars
        return Answer(body=f'{{"bars":{bars},{end}'.encode())

    def _splits_until(self, symbol: str, last: date) -> tuple[Split, ...]:
        return tuple(split for split in self.market.provider.splits(symbol) if split[0] <= last)

    # Corporate actions

    def corporate_actions(self, query: Mapping[str, str]) -> Answer:
        types = query.get("types", "forward_split,reverse_split").split(",")
        if not all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in types):
            raise self._bad(f"invalid types: {query['types']}")
        limit = self._limit(query, 100, 1000)
        descending = self._choice(query, "sort", ("asc", "desc")) == "desc"
        today = new_york_date(int(self.now()))
        start = self._date(query, "start") or today
        end = self._date(query, "end") or today
        if end < start:
            raise self._bad("end should not be before start")
        found = []
        for symbol in self._symbols(query.get("symbols", "")):
            for day, ratio in self._splits_until(symbol, today):
                kind = "forward_split" if ratio > 1 else "reverse_split"
                if kind in types and start <= day <= end:
                    found.append((day, symbol, kind, ratio))
        found.sort(key=lambda one: one[:3], reverse=descending)
        first = self._offset(query.get("page_token"))
        actions: dict[str, list] = {}
        for day, symbol, kind, ratio in found[first : first + limit]:
            actions.setdefault(kind + "s", []).append(self._split(day, symbol, kind, ratio))
        more = first + limit < len(found)
        token = encode_token(f"ca|{first + limit}") if more else None
        return Answer.of({"corporate_actions": actions, "next_page_token": token})

    @staticmethod
    def _split(day: date, symbol: str, kind: str, ratio) -> dict[str, Any]:
        digits = f"{sum(symbol.encode()) * 7919 % 10**6:06d}"
        cusips = {"cusip": digits + "103"}
        if kind == "reverse_split":
            cusips = {"old_cusip": digits + "103", "new_cusip": digits + "202"}
        identity = f"{day.toordinal():08x}-0000-4000-8000-{symbol.encode().hex():0>12.12}"
        return {
            "id": identity, "symbol": symbol, **cusips,
            "new_rate": ratio.numerator, "old_rate": ratio.denominator,
            "process_date": str(day), "ex_date": str(day),
            "record_date": str(day - timedelta(days=3)), "payable_date": str(day - timedelta(days=1)),
        }  # fmt: skip

    # The trading host

    def calendar(self, query: Mapping[str, str]) -> Answer:
        start = self._date(query, "start") or date(2000, 1, 1)
        end = self._date(query, "end") or date(2029, 12, 31)
        days = [
            {
                "date": str(day), "open": f"{hours[0]:%H:%M}", "close": f"{hours[1]:%H:%M}",
                "session_open": "0400", "session_close": "2000",
                "settlement_date": str(self.market.calendar.settlement(day)),
            }
            for day, hours in self.market.calendar.sessions(start, end)
        ]  # fmt: skip
        return Answer.of(days)

    def clock(self) -> Answer:
        now = self.now()
        calendar = self.market.calendar
        today = new_york_date(int(now))
        days = [(today, calendar.hours(today))] if calendar.hours(today) else []
        days.append(calendar.next_session(today))
        days.append(calendar.next_session(days[-1][0]))
        opens = [instant(day, hours[0]) for day, hours in days]
        closes = [instant(day, hours[1]) for day, hours in days]
        next_open = next(moment for moment in opens if moment > now)
        next_close = next(moment for moment in closes if moment > now)

        def text(moment: float) -> str:
            return datetime.fromtimestamp(moment, NEW_YORK).isoformat()

        return Answer.of({
            "timestamp": text(now), "is_open": next_close < next_open,
            "next_open": text(next_open), "next_close": text(next_close),
        })  # fmt: skip

    # Parameters

    def _bad(self, message: str) -> Refusal:
        return Refusal(self.bad_parameter, message)

    def _symbols(self, text: str) -> list[str]:
        symbols = sorted(set(text.split(",")))
        for symbol in symbols:
            if not re.fullmatch(r"[A-Z0-9]+([./-][A-Z0-9]+)*", symbol):
                raise self._bad(f"invalid symbol: {symbol}" if text else "symbols is required")
        return symbols

    def _timeframe(self, query: Mapping[str, str]) -> Timeframe:
        match = TIMEFRAME.fullmatch(query.get("timeframe", ""))
        if match:
            unit = SHORT.get(match[2], match[2])
            if int(match[1]) in NUMBERS[unit]:
                return Timeframe(int(match[1]), unit)
        raise self._bad(f"invalid timeframe: {query.get('timeframe', '')}")

    def _limit(self, query: Mapping[str, str], default: int, most: int) -> int:
        text = query.get("limit", str(default))
        if not re.fullmatch(r"\d{1,9}", text) or not 1 <= int(text) <= most:
            raise self._bad(f"limit must be between 1 and {most}")
        return int(text)

    def _choice(self, query: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
        value = query.get(name, choices[0])
        if value not in choices:
            raise self._bad(f"invalid {name}: {value}")
        return value

    def _moment(self, query: Mapping[str, str], name: str, side: int) -> int:
        """Nanoseconds since the epoch; a date is a day in New York, its beginning or (`side` above 0) its end."""
        text = query[name]
        try:
            if match := MOMENT.fullmatch(text):
                zone = "+00:00" if match[4] == "Z" else match[4]
                moment = datetime.fromisoformat(f"{match[1]}T{match[2]}{zone}")
                return int(moment.timestamp()) * 10**9 + int((match[3] or "0").ljust(9, "0"))
            day = date.fromisoformat(text) if len(text) == 10 else None
            if day:
                return instant(day) * 10**9 if side < 0 else instant(day + timedelta(days=1)) * 10**9 - 1
        except ValueError:
            pass
        raise self._bad(f"Invalid format for parameter {name}: error parsing '{text}' as RFC3339 or 2006-01-02 time")

    def _date(self, query: Mapping[str, str], name: str) -> Optional[date]:
        """A parameter's date; of a moment, its date in UTC."""
        text = query.get(name)
        if not text:
            return None
        try:
            if MOMENT.fullmatch(text):
                return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc).date()
            if len(text) == 10:
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise self._bad(f"invalid {name}: {text}")

    def _decoded(self, token: str) -> list[str]:
        try:
            return base64.b64decode(token, validate=True).decode("ascii").split("|")
        except (binascii.Error, UnicodeDecodeError):
            raise self._bad("invalid page token") from None

    def _position(self, token: Optional[str]) -> Optional[tuple[str, int]]:
        """The symbol and start of the last bar before the page."""
        if not token:
            return None
        parts = self._decoded(token)
        if len(parts) < 3 or not parts[2].isdigit():
            raise self._bad("invalid page token")
        return parts[0], int(parts[2]) // 10**9

    def _offset(self, token: Optional[str]) -> int:
        if not token:
            return 0
        parts = self._decoded(token)
        if parts[0] != "ca" or len(parts) < 2 or not parts[1].isdigit():
            raise self._bad("invalid page token")
        return int(parts[1])
