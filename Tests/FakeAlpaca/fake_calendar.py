"""Sessions of the New York Stock Exchange since 2000 by its published rules, and New York's clock."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Optional
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")
DAY = timedelta(days=1)
HOUR = 3600

Hours = tuple[time, time]
"""When a session opens and closes, in New York."""
FULL: Hours = (time(9, 30), time(16))
EARLY: Hours = (time(9, 30), time(13))

CLOSED_ONCE = {
    *(date(2001, 9, day) for day in (11, 12, 13, 14)),
    date(2004, 6, 11), date(2007, 1, 2), date(2012, 10, 29), date(2012, 10, 30), date(2018, 12, 5), date(2025, 1, 9),
}  # fmt: skip
EARLY_ONCE = {date(2002, 7, 5), date(2003, 12, 26)}
NOT_EARLY = {date(2002, 7, 3)}


def weekday_of_month(year: int, month: int, weekday: int, number: int) -> date:
    """The `number`th such weekday of the month; -1 is the last."""
    if number < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - DAY
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian algorithm)."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= epact // 28 * (1 - 29 // (epact + 1) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    offset = epact - weekday
    return date(year, 3, 28) + timedelta(days=offset)


@lru_cache(maxsize=None)
def holidays(year: int) -> frozenset[date]:
    """Full-day closures that come every year."""
    days = {
        weekday_of_month(year, 1, 0, 3),  # Martin Luther King Jr. Day
        weekday_of_month(year, 2, 0, 3),  # Washington's Birthday
        easter(year) - 2 * DAY,  # Good Friday
        weekday_of_month(year, 5, 0, -1),  # Memorial Day
        weekday_of_month(year, 9, 0, 1),  # Labor Day
        weekday_of_month(year, 11, 3, 4),  # Thanksgiving
    }
    fixed = [date(year, 7, 4), date(year, 12, 25)] + ([date(year, 6, 19)] if year >= 2022 else [])
    for day in fixed:
        days.add(day + {5: -DAY, 6: DAY}.get(day.weekday(), 0 * DAY))
    new_year = date(year, 1, 1)
    days.add(new_year + DAY if new_year.weekday() == 6 else new_year)  # on a Saturday there is no day off
    return frozenset(days)


def is_early(day: date) -> bool:
    """Whether a session of that day would close at 13:00."""
    usual = day in (
        weekday_of_month(day.year, 11, 3, 4) + DAY,
        date(day.year, 12, 24),
        date(day.year, 7, 3),
    )
    return day in EARLY_ONCE or (usual and day not in NOT_EARLY)


class Calendar:
    """The exchange's days; `overrides` gives a date other hours, or None for no session."""

    def __init__(self, overrides: Optional[Mapping[date, Optional[Hours]]] = None):
        self.overrides = dict(overrides or {})

    def hours(self, day: date) -> Optional[Hours]:
        if day in self.overrides:
            return self.overrides[day]
        if day.weekday() >= 5 or day in CLOSED_ONCE or day in holidays(day.year):
            return None
        return EARLY if is_early(day) else FULL

    def sessions(self, first: date, last: date) -> list[tuple[date, Hours]]:
        """The sessions of these days, both included."""
        found = []
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            if hours := self.hours(day):
                found.append((day, hours))
        return found

    def next_session(self, day: date) -> tuple[date, Hours]:
        """The first session after `day`."""
        while True:
            day += DAY
            if hours := self.hours(day):
                return day, hours

    def settlement(self, day: date) -> date:
        """When trades of `day` settle: two sessions later, one since 2024-05-28."""
        for _ in range(1 if day >= date(2024, 5, 28) else 2):
            day, _ = self.next_session(day)
        return day


@lru_cache(maxsize=None)
def instant(day: date, clock: time = time(0)) -> int:
    """The epoch second of a New York date and time of day."""
    return int(datetime.combine(day, clock, NEW_YORK).timestamp())


@lru_cache(maxsize=None)
def offset_of_hour(hour: int) -> int:
    moment = datetime.fromtimestamp(hour * HOUR, timezone.utc).astimezone(NEW_YORK)
    return int(moment.utcoffset().total_seconds())


def new_york_second(second: int) -> int:
    """New York's clock at an epoch second, as if it were UTC."""
    return second + offset_of_hour(second // HOUR)


def new_york_date(second: int) -> date:
    """New York's date at an epoch second."""
    return date.fromordinal(719_163 + new_york_second(second) // 86_400)
