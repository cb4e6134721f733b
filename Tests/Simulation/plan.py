"""Which days are simulated, and what happens on each: all of it from the seed."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Optional

# Found on the path that `simulation` adds.
from fake_calendar import Calendar, instant

FIRST = date(2024, 10, 21)
"""Sixty sessions from here on go through Thanksgiving, Christmas, New Year, two early closes and a day of mourning."""
FIRST_OF_FEW = date(2024, 11, 26)
"""The week of Thanksgiving: a holiday, an early close, a weekend."""

SYMBOLS = ("IWM", "SPY")
PARAMETERS = {"trend-period": 20}
"""With which these symbols have trades on the sample's bars of these days."""

AFTER_CLOSE = timedelta(minutes=20)
"""When the scheduler's first delivery of a day comes."""

WEIGHTS = {
    "calm": 10, "not yet": 6, "not today": 3, "alpaca": 8, "storage": 6, "mongo": 6, "denied by storage": 3,
    "denied by mongo": 3, "kill": 9, "terminate": 6, "silent": 5, "down": 3, "job": 5, "killed job": 4, "both": 4,
    "hang up": 4,
}  # fmt: skip
"""What the days with a session are like, and how many of each there are among eighty; README.md tells what each is."""

FEW = ("kill", "not yet", "silent", "terminate", "mongo")
"""Those of the short form, in any order."""


@dataclass
class Day:
    """One simulated day."""

    number: int
    date: date
    is_session: bool
    kind: str
    now: datetime
    """When everything happens that is of this day; the program's clock stands still at it."""
    offsets: list[float] = field(default_factory=list)
    """Of its deliveries, in seconds of real time."""
    bodies: list[dict] = field(default_factory=list)
    """What each delivery asks for."""
    is_held: Optional[int] = None
    """The number of the day on which one more delivery of this day arrives, late and out of order."""
    loses_cache: bool = False
    """Whether the instance starts without the bars that earlier ones have fetched."""

    def __str__(self) -> str:
        return f"{self.date} ({self.kind})"


def plan(sessions: int, seed: int) -> tuple[list[date], list[Day]]:
    """The sessions, of which the first is run by hand, and the days from the one after it on."""
    chance = random.Random(seed)
    is_short = sessions < 15
    dates, day = [], FIRST_OF_FEW if is_short else FIRST
    calendar = Calendar()
    while len(dates) < sessions:
        if calendar.hours(day):
            dates.append(day)
        day += timedelta(days=1)
    deck = kinds(sessions - 1, chance, is_short)
    days: list[Day] = []
    for offset in range((dates[-1] - dates[0]).days):
        day = dates[0] + timedelta(days=offset + 1)
        hours = calendar.hours(day)
        if not hours and is_short and day.weekday() == 6:
            continue
        kind = deck.pop() if hours else chance.choice(("calm", "calm", "silent", "kill"))
        close = instant(day, hours[1]) if hours else instant(day) + 16 * 3600
        now = datetime.fromtimestamp(close, timezone.utc) + AFTER_CLOSE
        days.append(Day(len(days), day, hours is not None, kind, now))
    for one in days:
        fill(one, chance, len(days))
    return dates, days


def kinds(count: int, chance: random.Random, is_short: bool) -> list[str]:
    """What so many days are like, each kind at least once when there are enough."""
    if is_short:
        deck = list((FEW * count)[:count])
    else:
        deck = list(WEIGHTS)
        names, weights = list(WEIGHTS), list(WEIGHTS.values())
        wanted = [name for name in names for _ in range(round(WEIGHTS[name] * count / sum(weights)) - 1)]
        chance.shuffle(wanted)
        deck = (deck + wanted)[:count]
        deck += ["calm"] * (count - len(deck))
    chance.shuffle(deck)
    return deck


def fill(day: Day, chance: random.Random, count: int) -> None:
    """The deliveries of a day: two, often at the same time, sometimes more; most ask to catch up."""
    gap = chance.choice((0, 0, 0.02, 0.1, 0.5, 1.5))
    day.offsets = [0.0, gap] + [chance.uniform(0, 2)] * (chance.random() < 0.15)
    for _ in day.offsets:
        body: dict = {"catch_up": True}
        if day.is_session and chance.random() < 0.12:
            body = chance.choice(({}, {"date": str(day.date)}))
        day.bodies.append(body | {"params": PARAMETERS})
    if day.is_session and chance.random() < 0.3:
        day.is_held = min(count, day.number + chance.choice((1, 1, 2, 3, 7)))
    day.loses_cache = chance.random() < 0.15
