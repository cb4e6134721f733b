"""Sessions of a market: XNYS with its early closes, 24x7, and TOYS, which the tests have made up."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Optional
from zoneinfo import ZoneInfo

from .equality import PlaybookError

ZONES = {"XNYS": ZoneInfo("America/New_York"), "24x7": ZoneInfo("UTC"), "TOYS": ZoneInfo("Europe/Helsinki")}
LOTS = {"XNYS": 1.0, "24x7": 0.00001, "TOYS": 0.5}
"""The smallest quantity of a market."""

FULL_CLOSE = 16 * 60
PREMARKET_START = 4 * 60
DAY = 24 * 60
TOYS_START, TOYS_LENGTH = 20 * 60, 8 * 60
"""From 20:00 to 04:00."""
TOYS_PAUSE = (180, 210)
"""In minutes from the open."""


@dataclass(frozen=True)
class Session:
    """One session. Instants are UTC minutes since 1970, times are minutes of the day in the market's zone."""

    day: date
    opens: int
    closes: int
    start: int
    end: int
    early: bool
    pause: Optional[tuple[int, int]] = None
    """From when to when nothing is traded, in minutes from the open."""

    @property
    def length(self) -> int:
        return self.closes - self.opens

    def minute(self, at: int) -> int:
        """The time of the day of an instant of this session; beyond 24:00 it goes on counting."""
        return self.start + at - self.opens

    def due(self, minutes: int) -> int:
        """How many bars of a length the session has; the last may be short."""
        number = -(-self.length // minutes)
        return number - self.paused(minutes, number)

    def paused(self, minutes: int, number: int) -> int:
        """How many of a length lie in the pause altogether, of those before a number since the open."""
        if self.pause is None:
            return 0
        first, end = -(-self.pause[0] // minutes), self.pause[1] // minutes
        return max(0, min(number, end) - first)

    def is_trading(self, at: int) -> bool:
        """Whether an instant of this session is not one of the pause."""
        return self.pause is None or not self.pause[0] <= at - self.opens < self.pause[1]


def instant(moment: datetime) -> int:
    """An aware date and time as UTC minutes since 1970."""
    return int(moment.timestamp()) // 60


@dataclass(frozen=True)
class Clock:
    """How the sessions of a market count times."""

    start: int
    length: int

    def counted(self, minute: float) -> float:
        """A time of the day: one after midnight comes after those before it where sessions go on after midnight.

        While the market is closed, the nearer of the end before and the start after decides.
        """
        if self.start + self.length <= DAY or minute >= self.start:
            return minute
        return minute if self.start - minute <= (DAY - self.length) // 2 else minute + DAY


def clock_of(market: str, start: int = 0) -> Clock:
    """How a market counts times; `start` is when sessions of 24x7 start."""
    if market == "24x7":
        return Clock(start, DAY)
    return Clock(TOYS_START, TOYS_LENGTH) if market == "TOYS" else Clock(9 * 60 + 30, 6 * 60 + 30)


def sessions_of(market: str, first: date, last: date, start: int = 0) -> list[Session]:
    """The sessions from `first` to `last`, both included; `start` is when those of 24x7 start."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if market == "24x7":
        midnights = [instant(datetime(d.year, d.month, d.day, tzinfo=timezone.utc)) + start for d in days]
        return [Session(day, at, at + DAY, start, start + DAY, early=False) for day, at in zip(days, midnights)]
    if market == "TOYS":
        return [session for day in days if (session := _toys(day)) is not None]
    if market != "XNYS":
        raise PlaybookError(f"there is no market {market!r}: XNYS, 24x7 or TOYS")
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


def _toys(day: date) -> Optional[Session]:
    """The session of a day: none on Thursday, Friday and a 13th; the one before a 13th ends at 01:00."""
    after, zone = day + timedelta(days=1), ZONES["TOYS"]
    if day.weekday() in (3, 4) or day.day == 13:
        return None
    early = after.day == 13
    opens = instant(datetime.combine(day, time(TOYS_START // 60), zone))
    closes = instant(datetime.combine(after, time(1 if early else 4), zone))
    # Its minutes are those that really pass, in a night in which clocks change too.
    return Session(day, opens, closes, TOYS_START, TOYS_START + closes - opens, early, TOYS_PAUSE)


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
