"""A symbol's bars as of a session's date: by session, longer, daily, before the open, after the splits known then."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Optional

from .bars import (
    Bar, SessionBar, Split, bar_day, divided, divisor, joined, quiet_numbers, session_bars, with_finer, without_quiet,
)  # fmt: skip
from .calendars import PREMARKET_START, Session
from .equality import PlaybookError


@dataclass(frozen=True)
class DailyBar:
    day: date
    open: float
    high: float
    low: float
    close: float
    volume: float


@dataclass
class Frame:
    """Bars of one length over all sessions, and where each session's begin and end."""

    bars: list[SessionBar]
    spans: list[tuple[int, int]]

    def at_number(self, session: int, number: int) -> Optional[int]:
        """The index of a session's bar with a number since the open."""
        first, end = self.spans[session]
        found = bisect_left(self.bars, number, first, end, key=lambda bar: bar.number)
        return found if found < end and self.bars[found].number == number else None

    def newest_closed(self, session: int, minute: int) -> int:
        """The index of the newest bar that has ended at a time of a session, or -1."""
        first, end = self.spans[session]
        while end > first and self.bars[end - 1].end > minute:
            end -= 1
        return end - 1


class History:
    """All that is known of a symbol."""

    def __init__(
        self,
        market: str,
        sessions: Sequence[Session],
        minutes: int,
        bars: Sequence[Bar],
        daily: Optional[Sequence[Bar]] = None,
        splits: Sequence[Split] = (),
    ):
        self.market = market
        self.sessions = list(sessions)
        self.minutes = minutes
        self.splits = sorted(splits, key=lambda split: split.day)
        self.days = [session.day for session in self.sessions]
        bars, quiet = without_quiet(bars) if market == "24x7" else (bars, [])
        stamps = [bar.at for bar in bars]
        self.inside = [
            [bar for bar in bars[bisect_left(stamps, s.opens) : bisect_left(stamps, s.closes)] if s.is_trading(bar.at)]
            for s in self.sessions
        ]
        self.quiet = [quiet[bisect_left(quiet, s.opens) : bisect_left(quiet, s.closes)] for s in self.sessions]
        self.before = [self._premarket(bars, stamps, session) for session in self.sessions]
        if daily is None:
            self.daily = [
                DailyBar(s.day, b.open, b.high, b.low, b.close, b.volume)
                for s, inside in zip(self.sessions, self.inside)
                if inside
                for b in [joined(inside)]
            ]
        else:
            self.daily = [DailyBar(bar_day(b), b.open, b.high, b.low, b.close, b.volume) for b in daily]
        self._raw: dict[int, list[list[SessionBar]]] = {}
        self._views: dict[int, View] = {}

    def _premarket(self, bars: Sequence[Bar], stamps: list[int], session: Session) -> Optional[Bar]:
        if self.market != "XNYS":
            return None
        first = session.opens - (session.start - PREMARKET_START)
        before = bars[bisect_left(stamps, first) : bisect_left(stamps, session.opens)]
        return joined(before) if before else None

    def raw(self, minutes: int) -> list[list[SessionBar]]:
        """The bars of a length of each session, as traded."""
        if minutes % self.minutes:
            raise PlaybookError(f"bars of {self.minutes} minutes do not divide {minutes} minutes")
        if minutes not in self._raw:
            self._raw[minutes] = [
                session_bars(inside, session, minutes, index, quiet)
                for index, (session, inside, quiet) in enumerate(zip(self.sessions, self.inside, self.quiet))
            ]
        return self._raw[minutes]

    def completeness(self, session: int, minutes: int) -> float:
        """The share of a session's due bars that are there, quiet ones among them."""
        inside, day = self.inside[session], self.sessions[session]
        quiet = quiet_numbers(self.quiet[session], inside, day, minutes)
        return (len(self.raw(minutes)[session]) + len(quiet)) / day.due(minutes)

    def session_with_finer(self, session: int, minutes: int, finer: Optional[int]) -> list[SessionBar]:
        """A session's bars, with the finer ones inside when they are asked for."""
        bars = self.raw(minutes)[session]
        return bars if finer is None else with_finer(bars, self.raw(finer)[session])

    def as_of(self, day: date) -> View:
        """The bars after the splits up to and with a day's."""
        known = sum(split.day <= day for split in self.splits)
        if known not in self._views:
            self._views[known] = View(self, self.splits[:known])
        return self._views[known]

    @property
    def coverage(self) -> range:
        """The sessions from the first to the last that has a bar."""
        having = [index for index, inside in enumerate(self.inside) if inside]
        return range(having[0], having[-1] + 1) if having else range(0)


class View:
    """A history as of some splits: earlier prices are divided by their ratios, volumes multiplied."""

    def __init__(self, history: History, known: list[Split]):
        self.history = history
        self.known = known
        self._frames: dict[int, Frame] = {}
        self.contexts: dict = {}
        """For whoever evaluates expressions: kept by what they were made of."""

    def frame(self, minutes: int) -> Frame:
        if minutes not in self._frames:
            bars: list[SessionBar] = []
            spans = []
            for session, raw in zip(self.history.sessions, self.history.raw(minutes)):
                ratio = divisor(session.day, self.known)
                spans.append((len(bars), len(bars) + len(raw)))
                bars += [divided(bar, ratio) for bar in raw]
            self._frames[minutes] = Frame(bars, spans)
        return self._frames[minutes]

    @cached_property
    def daily(self) -> list[DailyBar]:
        return [divided(bar, divisor(bar.day, self.known)) for bar in self.history.daily]

    @cached_property
    def daily_days(self) -> list[date]:
        return [bar.day for bar in self.history.daily]

    def premarket(self, session: int) -> Optional[Bar]:
        bar = self.history.before[session]
        return None if bar is None else divided(bar, divisor(self.history.days[session], self.known))

    def prior(self, session: int) -> Optional[Bar]:
        """The session before by the calendar, as one bar; none where it has no bar."""
        if session == 0 or not self.history.inside[session - 1]:
            return None
        before = joined(self.history.inside[session - 1])
        return divided(before, divisor(self.history.days[session - 1], self.known))

    def sessions_between(self, first: date, last: date) -> int:
        """How many sessions old a date is on another one."""
        days = self.history.days
        return bisect_left(days, last) - bisect_left(days, first)
