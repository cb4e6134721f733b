"""Sessions of a market: XNYS with its early closes, and 24x7."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from .equality import PlaybookError

ZONES = {"XNYS": ZoneInfo("America/New_York"), "24x7": ZoneInfo("UTC")}
LOTS = {"XNYS": 1.0, "24x7": 0.00001}
"""The smallest quantity of a market."""

FULL_CLOSE = 16 * 60
PREMARKET_START = 4 * 60
DAY = 24 * 60


@dataclass(frozen=True)
class Session:
    """One session. Instants are UTC minutes since 1970, times are minutes of the day in the market's zone."""

    day: date
    opens: int
    closes: int
    start: int
    end: int
    early: bool

    @property
    def length(self) -> int:
        return self.closes - self.opens

    def minute(self, at: int) -> int:
        """The time of the day of an instant of this session; beyond 24:00 it goes on counting."""
        return self.start + at - self.opens

    def due(self, minutes: int) -> int:
        """How many bars of a length the session has; the last may be short."""
        return -(-self.length // minutes)


def instant(moment: datetime) -> int:
    """An aware date and time as UTC minutes since 1970."""
    return int(moment.timestamp()) // 60


def sessions_of(market: str, first: date, last: date) -> list[Session]:
    """The sessions from `first` to `last`, both included."""
    if market == "24x7":
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        midnights = [instant(datetime(d.year, d.month, d.day, tzinfo=timezone.utc)) for d in days]
        return [Session(day, at, at + DAY, 0, DAY, early=False) for day, at in zip(days, midnights)]
    if market != "XNYS":
        raise PlaybookError(f"there is no market {market!r}: XNYS or 24x7")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import exchange_calendars
    except ImportError:
        warnings.warn("exchange_calendars is missing: every weekday is a full session", stacklevel=2)
        return _weekdays(first, last)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        span = {"start": first - timedelta(days=10), "end": last + timedelta(days=10)}
        schedule = exchange_calendars.get_calendar("XNYS", **span).schedule
    result = []
    for stamp, opens, closes in zip(schedule.index, schedule["open"], schedule["close"]):
        if first <= stamp.date() <= last:
            result.append(_new_york(stamp.date(), opens.to_pydatetime(), closes.to_pydatetime()))
    return result


def _new_york(day: date, opens: datetime, closes: datetime) -> Session:
    local = [moment.astimezone(ZONES["XNYS"]) for moment in (opens, closes)]
    start, end = (moment.hour * 60 + moment.minute for moment in local)
    return Session(day, instant(opens), instant(closes), start, end, early=end < FULL_CLOSE)


def _weekdays(first: date, last: date) -> list[Session]:
    result = []
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if day.weekday() < 5:
            opens, closes = (
                datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONES["XNYS"])
                for hour, minute in ((9, 30), (16, 0))
            )
            result.append(_new_york(day, opens, closes))
    return result
