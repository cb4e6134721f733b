#!/usr/bin/env python3
"""Reference implementation of the DP20 playbook ("Deep Pullback to EMA20").

Reads bars from CSV files and prints one journal row per trading session and symbol:

    python3 dp20_reference.py --data-dir DIR --symbol SPY,IBM \\
        --start 2013-10-07 --end 2013-10-11 [--param stop-atr=1.5 ...] [--min-completeness 0.95]

It can also be imported: `run(data_dir, symbol, start, end, params)` returns the same rows as
dictionaries of strings. Only the standard library is needed; when `exchange_calendars` can be
imported it supplies the sessions and early closes of the New York Stock Exchange.

The code favours being easy to compare with the playbook, rule by rule, over speed.
"""

from __future__ import annotations

import argparse
import bisect
import csv
import math
import sys
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Iterable, Mapping, Optional, TextIO
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")

BAR_MINUTES = 2
OPEN_MINUTE = 9 * 60 + 30
FULL_CLOSE_MINUTE = 16 * 60
EARLY_EXIT_MINUTES = 5
"""On an early close the exit is this many minutes before the close."""

EQUALITY = 1e-9
"""Two numbers that differ by at most this share of the larger one are equal."""

DEFAULT_MIN_COMPLETENESS = 0.95

COLUMNS = [
    "trade_date",
    "trend_valid",
    "sma200_daily_at_open",
    "entry_window",
    "first_close_below_time",
    "reversal_candle_time",
    "reversal_strength_ok",
    "confirmation_candle_time",
    "entered",
    "entry_time_et",
    "entry_price",
    "shares",
    "ema20_at_entry",
    "atr_14_2m_at_entry",
    "atr_pct_of_price",
    "stop_distance",
    "stop_price",
    "entry_bucket",
    "bars_since_open",
    "eod_exit_time",
    "eod_exit_price",
    "gross_pnl",
    "fees_slippage",
    "net_pnl",
    "risk_per_share",
    "R_multiple",
    "dist_to_ema_bps",
    "notes",
    "chart_link_entry",
    "symbol",
    "strategy",
    "params_id",
    "exit_reason",
    "mae",
    "mfe",
    "data_source",
    "data_id",
    "run_id",
    "mode",
    "trade_no",
    "trades",
    "side",
    "setup",
    "no_trade",
    "target_price",
    "exits",
    "ambiguous",
    "steps",
    "values",
    "entry_at",
    "exit_at",
    "market",
    "completeness",
    "params",
]
"""The journal's columns, in order."""


class InputError(ValueError):
    """Input that cannot be used: a bad file, line, parameter or argument."""


# --------------------------------------------------------------------------------------
# Times and numbers as text
# --------------------------------------------------------------------------------------


def parse_clock(text: str) -> int:
    """Minutes after midnight of a clock time such as `10:30`."""
    hours, separator, minutes = text.strip().partition(":")
    if not (separator and hours.isdigit() and minutes.isdigit()):
        raise InputError(f"not a time of day: {text!r}")
    if int(hours) > 23 or int(minutes) > 59:
        raise InputError(f"not a time of day: {text!r}")
    return int(hours) * 60 + int(minutes)


def format_clock(minute: int) -> str:
    """A minute of the day as `HH:MM`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def format_number(value: float) -> str:
    """A number with up to six decimals, no trailing zeros or dot, and no negative zero."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def format_instant(day: date, minute: int) -> str:
    """The instant, in UTC, at which New York's clocks show a minute of a day."""
    local = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=NEW_YORK)
    return local.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def format_bool(value: bool) -> str:
    """`true` or `false`."""
    return "true" if value else "false"


# --------------------------------------------------------------------------------------
# Parameters
# --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Parameters:
    """The strategy's parameters; times are minutes after midnight in New York."""

    window_start: int = parse_clock("10:00")
    window_end: int = parse_clock("10:30")
    reversal_strength: float = 0.60
    stop_atr: float = 1.2
    exit_time: int = parse_clock("15:55")
    ema_period: int = 20
    atr_period: int = 14
    trend_period: int = 200
    shares: float = 20
    slippage_bps: float = 0.0
    fee_per_share: float = 0.0

    @staticmethod
    def parse(values: Mapping[str, Any]) -> Parameters:
        """Parameters from `name -> value`, e.g. `{"stop-atr": 1.5, "window-end": "10:45"}`."""
        readers = {
            "window_start": parse_clock,
            "window_end": parse_clock,
            "exit_time": parse_clock,
            "ema_period": int,
            "atr_period": int,
            "trend_period": int,
        }
        known = {each.name for each in fields(Parameters)}
        parsed: dict[str, Any] = {}
        for name, value in values.items():
            key = name.replace("-", "_")
            if key not in known:
                raise InputError(f"unknown parameter: {name}")
            try:
                parsed[key] = readers.get(key, float)(str(value))
            except ValueError as error:
                raise InputError(f"parameter {name}: {error}") from error
        for name in ("ema_period", "atr_period", "trend_period"):
            if parsed.get(name, 1) < 1:
                raise InputError(f"parameter {name.replace('_', '-')}: must be at least 1")
        return Parameters(**parsed)

    def differences(self) -> str:
        """The parameters that differ from their defaults, those that every strategy has last."""
        common = ["slippage_bps", "fee_per_share", "shares"]
        names = [each.name for each in fields(self) if each.name not in common] + common
        defaults = Parameters()
        changed = []
        for name in names:
            value = getattr(self, name)
            if value != getattr(defaults, name):
                is_clock = name in ("window_start", "window_end", "exit_time")
                text = format_clock(value) if is_clock else f"{value:.15g}"
                changed.append(f"{name.replace('_', '-')}={text}")
        return " ".join(changed) or "defaults"


# --------------------------------------------------------------------------------------
# Sessions
# --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Session:
    """One trading session; it always opens at 09:30."""

    day: date
    close_minute: int

    @property
    def expected_bars(self) -> int:
        """Two-minute bars of a session without gaps: 195, or 105 on an early close."""
        return (self.close_minute - OPEN_MINUTE) // BAR_MINUTES

    @property
    def is_early_close(self) -> bool:
        return self.close_minute < FULL_CLOSE_MINUTE


def trading_sessions(first: date, last: date) -> dict[date, Session]:
    """The sessions from `first` to `last`, both included, in order."""
    try:
        import exchange_calendars
    except ImportError:
        print(
            "warning: exchange_calendars is not available; taking every weekday as a full session",
            file=sys.stderr,
        )
        return weekday_sessions(first, last)

    margin = timedelta(days=10)
    calendar = exchange_calendars.get_calendar("XNYS", start=first - margin, end=last + margin)
    sessions: dict[date, Session] = {}
    for timestamp, close in calendar.schedule["close"].items():
        day = timestamp.date()
        if first <= day <= last:
            local = close.to_pydatetime().astimezone(NEW_YORK)
            sessions[day] = Session(day, local.hour * 60 + local.minute)
    return sessions


def weekday_sessions(first: date, last: date) -> dict[date, Session]:
    """Every weekday from `first` to `last` as a session until 16:00."""
    sessions: dict[date, Session] = {}
    day = first
    while day <= last:
        if day.weekday() < 5:
            sessions[day] = Session(day, FULL_CLOSE_MINUTE)
        day += timedelta(days=1)
    return sessions


# --------------------------------------------------------------------------------------
# Reading bars
# --------------------------------------------------------------------------------------


@dataclass(slots=True)
class Bar:
    """One bar: the New York date and minute of the day it opens at, and its prices."""

    day: date
    minute: int
    open: float
    high: float
    low: float
    close: float

    def divided_by(self, ratio: float) -> Bar:
        """The same bar with every price divided by `ratio`."""
        return Bar(
            self.day,
            self.minute,
            self.open / ratio,
            self.high / ratio,
            self.low / ratio,
            self.close / ratio,
        )


def read_bars(path: Path) -> list[Bar]:
    """All the bars of a file, in order; a bar that cannot be right is an error.

    Volumes are checked but not kept: no rule of the strategy uses them.
    """
    bars: list[Bar] = []
    previous: Optional[datetime] = None
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        header = [name.strip().lower() for name in next(reader, [])]
        wanted = ["timestamp", "open", "high", "low", "close", "volume"]
        missing = [name for name in wanted if name not in header]
        if missing:
            raise InputError(f"{path}:1: missing column {missing[0]}")
        positions = [header.index(name) for name in wanted]

        for row in reader:
            if not row:
                continue

            def reject(reason: str) -> InputError:
                return InputError(f"{path}:{reader.line_num}: {reason}")

            if len(row) < len(header):
                raise reject(f"expected {len(header)} fields, found {len(row)}")
            cells = [row[position].strip() for position in positions]
            try:
                instant = datetime.fromisoformat(cells[0].replace("Z", "+00:00"))
            except ValueError:
                raise reject(f"not a timestamp: {cells[0]!r}") from None
            if instant.tzinfo is None:
                raise reject(f"timestamp without Z or offset: {cells[0]!r}")
            try:
                opened, high, low, close, volume = (float(cell) for cell in cells[1:])
            except ValueError:
                raise reject("not a number") from None

            if not all(math.isfinite(value) for value in (opened, high, low, close, volume)):
                raise reject("not a finite number")
            if min(opened, high, low, close) <= 0:
                raise reject("a price is zero or negative")
            if volume < 0:
                raise reject("the volume is negative")
            if high < low:
                raise reject("high is below low")
            if previous is not None and instant == previous:
                raise reject(f"duplicated bar: {cells[0]}")
            if previous is not None and instant < previous:
                raise reject(f"bar out of order: {cells[0]}")
            previous = instant

            local = instant.astimezone(NEW_YORK)
            bars.append(
                Bar(local.date(), local.hour * 60 + local.minute, opened, high, low, close)
            )
    return bars


def regular_two_minute_bars(bars: Iterable[Bar], sessions: Mapping[date, Session]) -> list[Bar]:
    """Regular-session two-minute bars aligned to the open; a bucket without bars stays absent."""
    result: list[Bar] = []
    for bar in bars:
        session = sessions.get(bar.day)
        if session is None or not OPEN_MINUTE <= bar.minute < session.close_minute:
            continue
        minute = bar.minute - (bar.minute - OPEN_MINUTE) % BAR_MINUTES
        bucket = result[-1] if result else None
        if bucket is not None and bucket.day == bar.day and bucket.minute == minute:
            bucket.high = max(bucket.high, bar.high)
            bucket.low = min(bucket.low, bar.low)
            bucket.close = bar.close
        else:
            result.append(Bar(bar.day, minute, bar.open, bar.high, bar.low, bar.close))
    return result


def daily_closes_of(bars: Iterable[Bar]) -> list[tuple[date, float]]:
    """The last close of every day that has a bar; daily bars and intraday bars alike."""
    closes: dict[date, float] = {}
    for bar in bars:
        closes[bar.day] = bar.close
    return list(closes.items())


@dataclass(frozen=True)
class Split:
    """`ratio` new shares for one old share; `day` is the first session at the new price."""

    day: date
    ratio: float


def read_splits(path: Path) -> list[Split]:
    """The splits of a file, oldest first; no file means no splits."""
    if not path.exists():
        return []
    splits: list[Split] = []
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        for row in reader:
            try:
                split = Split(date.fromisoformat(row["date"].strip()), float(row["ratio"]))
            except (KeyError, TypeError, ValueError, AttributeError):
                raise InputError(f"{path}:{reader.line_num}: not a split") from None
            if not (math.isfinite(split.ratio) and split.ratio > 0):
                raise InputError(f"{path}:{reader.line_num}: the ratio is not positive")
            splits.append(split)
    return sorted(splits, key=lambda split: split.day)


def divisor(day: date, known: Iterable[Split]) -> float:
    """What a price of `day` is divided by, given the splits that are known."""
    result = 1.0
    for split in known:
        if day < split.day:
            result *= split.ratio
    return result


# --------------------------------------------------------------------------------------
# Indicators
# --------------------------------------------------------------------------------------


def recursive_average(values: Iterable[float], period: int) -> list[float]:
    """Exponential average with k = 2 / (period + 1), started at the first value."""
    k = 2.0 / (period + 1)
    result: list[float] = []
    for value in values:
        if result:
            result.append(result[-1] + k * (value - result[-1]))
        else:
            result.append(value)
    return result


def true_ranges(bars: list[Bar]) -> list[float]:
    """The true range of every bar; the bar before an open is the last of the previous session."""
    result: list[float] = []
    for index, bar in enumerate(bars):
        if index == 0:
            result.append(bar.high - bar.low)
        else:
            before = bars[index - 1].close
            result.append(max(bar.high - bar.low, abs(bar.high - before), abs(bar.low - before)))
    return result


@dataclass
class IndicatedBar:
    """A bar with the indicators as they stand when it has closed."""

    bar: Bar
    ema: float
    atr: float

    @property
    def minute(self) -> int:
        return self.bar.minute


class History:
    """A symbol's bars as they were known at a session: adjusted for the splits up to its date."""

    def __init__(
        self,
        bars: list[Bar],
        closes: list[tuple[date, float]],
        known_splits: list[Split],
        parameters: Parameters,
        sessions: Iterable[date],
    ) -> None:
        if known_splits:
            bars = [bar.divided_by(divisor(bar.day, known_splits)) for bar in bars]
            closes = [(day, close / divisor(day, known_splits)) for day, close in closes]
        self._trend_period = parameters.trend_period
        self._closes = closes
        self._sessions = sorted(sessions)

        emas = recursive_average((bar.close for bar in bars), parameters.ema_period)
        atrs = recursive_average(true_ranges(bars), parameters.atr_period)
        self._by_day: dict[date, list[IndicatedBar]] = {}
        for bar, ema, atr in zip(bars, emas, atrs):
            self._by_day.setdefault(bar.day, []).append(IndicatedBar(bar, ema, atr))
        self._days_with_bars = list(self._by_day)

    def session_bars(self, day: date) -> list[IndicatedBar]:
        """The bars of one session, in order."""
        return self._by_day.get(day, [])

    def sma_before(self, day: date) -> Optional[float]:
        """Mean of the last daily closes strictly before `day`; none when too few of them count."""
        # A close more than 1.25 x trend-period + 5 sessions old does not count.
        oldest_place = bisect.bisect_left(self._sessions, day) - int(1.25 * self._trend_period + 5)
        oldest = self._sessions[max(0, oldest_place)]
        before = [close for closed, close in self._closes if oldest <= closed < day]
        if len(before) < self._trend_period:
            return None
        return math.fsum(before[-self._trend_period :]) / self._trend_period

    def scale(self, day: date) -> float:
        """min(1, p): p the last close before the session, its first open where there is none."""
        before = bisect.bisect_left(self._days_with_bars, day)
        if before > 0:
            price = self._by_day[self._days_with_bars[before - 1]][-1].bar.close
        else:
            price = self._by_day[day][0].bar.open
        return min(1.0, price)


# --------------------------------------------------------------------------------------
# The rules
# --------------------------------------------------------------------------------------


@dataclass
class Setup:
    """What rules 2 to 5 found in a session; positions are indices into the session's bars."""

    pullback: Optional[int] = None
    reversal: Optional[int] = None
    reversal_strength_ok: Optional[bool] = None
    confirmation: Optional[int] = None


@dataclass
class Exit:
    """How a position ended, and how far the price went while it was held."""

    position: int
    price: float
    reason: str
    mae: float
    mfe: float


def are_equal(a: float, b: float, scale: float) -> bool:
    """Whether two numbers of a session are equal; `scale` is its min(1, p)."""
    return abs(a - b) <= EQUALITY * max(abs(a), abs(b), scale)


def is_above(a: float, b: float, scale: float) -> bool:
    """Whether `a` is above `b`; equal is neither above nor below."""
    return a > b and not are_equal(a, b, scale)


def is_below(a: float, b: float, scale: float) -> bool:
    """Whether `a` is below `b`."""
    return is_above(b, a, scale)


def is_strong(bar: Bar, threshold: float, scale: float) -> bool:
    """Whether the bar closes high enough in its range; a bar without a range does not."""
    if are_equal(bar.high, bar.low, scale):
        return False
    return is_above((bar.close - bar.low) / (bar.high - bar.low), threshold, scale)


def find_setup(bars: list[IndicatedBar], parameters: Parameters, scale: float) -> Setup:
    """Rules 2 to 5: window, pullback, reversal and confirmation."""
    setup = Setup()

    def in_window(position: int) -> bool:
        return parameters.window_start <= bars[position].minute <= parameters.window_end

    window = [position for position in range(len(bars)) if in_window(position)]

    # Rule 3: the first bar in the window that closes below its EMA.
    for position in window:
        if is_below(bars[position].bar.close, bars[position].ema, scale):
            setup.pullback = position
            break
    if setup.pullback is None:
        return setup

    # Rule 4: the first later bar in the window that closes above its EMA and is strong.
    for position in window:
        if position <= setup.pullback:
            continue
        if not is_above(bars[position].bar.close, bars[position].ema, scale):
            continue
        if is_strong(bars[position].bar, parameters.reversal_strength, scale):
            setup.reversal = position
            setup.reversal_strength_ok = True
            break
        setup.reversal_strength_ok = False
    if setup.reversal is None:
        return setup

    # Rule 5: the next bar there is; it has one chance.
    following = setup.reversal + 1
    if following < len(bars) and in_window(following):
        if not is_below(bars[following].bar.close, bars[following].ema, scale):
            setup.confirmation = following
    return setup


def exit_minute(session: Session, parameters: Parameters) -> int:
    """The time of day a position is closed at, on an early close before that close."""
    if session.is_early_close:
        return min(parameters.exit_time, session.close_minute - EARLY_EXIT_MINUTES)
    return parameters.exit_time


def missing_for_order(
    bars: list[IndicatedBar], decision: int, min_completeness: float
) -> Optional[str]:
    """Why an order decided at a bar is refused for lack of bars up to and with it; none when it is not."""
    due = (bars[decision].minute - OPEN_MINUTE) // BAR_MINUTES + 1
    present = decision + 1
    if due - present <= 1 or present >= min_completeness * due - 1e-9:
        return None
    through = format_clock(bars[decision].minute)
    return f"too few bars: {present} of the {due} due from {format_clock(OPEN_MINUTE)} through {through}"


def follow_position(
    bars: list[IndicatedBar], entry: int, entry_price: float, stop: float, exit_at: int, scale: float
) -> Exit:
    """Rule 8: bar by bar from the entry bar on, a gap first, then the stop, then the exit time."""
    mae = 0.0
    mfe = 0.0

    def stopped(position: int, fill: float, reason: str) -> Exit:
        """A bar that stops the trade out counts with its fill alone."""
        return Exit(
            position, fill, reason, min(mae, fill - entry_price), max(mfe, fill - entry_price)
        )

    for position in range(entry, len(bars)):
        bar = bars[position].bar
        if position > entry and not is_above(bar.open, stop, scale):
            return stopped(position, bar.open, "stop_gap")
        if not is_above(bar.low, stop, scale):
            return stopped(position, stop, "stop_loss")
        mae = min(mae, bar.low - entry_price)
        mfe = max(mfe, bar.high - entry_price)
        # The bar that contains the exit time is the first to end after it; when it is missing,
        # the same condition finds the first later bar.
        if bar.minute + BAR_MINUTES > exit_at:
            return Exit(position, bar.close, "end_of_day", mae, mfe)

    last = len(bars) - 1
    return Exit(last, bars[last].bar.close, "session_end", mae, mfe)


# --------------------------------------------------------------------------------------
# Journal rows
# --------------------------------------------------------------------------------------


def trade_columns(
    bars: list[IndicatedBar],
    confirmation: int,
    session: Session,
    parameters: Parameters,
    scale: float,
) -> dict[str, str]:
    """Rules 6 to 9 and the results: the columns of a trade taken after the confirmation bar."""
    ema = bars[confirmation].ema
    atr = bars[confirmation].atr
    entry = confirmation + 1
    entry_minute = bars[entry].minute
    entry_price = bars[entry].bar.open
    stop_distance = parameters.stop_atr * atr
    stop = entry_price - stop_distance
    exit_at = exit_minute(session, parameters)
    end = follow_position(bars, entry, entry_price, stop, exit_at, scale)

    shares = parameters.shares
    gross = (end.price - entry_price) * shares
    slippage = (entry_price + end.price) * shares * parameters.slippage_bps / 10000
    fees = 2 * shares * parameters.fee_per_share
    risk = entry_price - stop
    bucket = entry_minute - entry_minute % 10

    return {
        "entry_time_et": format_clock(entry_minute),
        "entry_price": format_number(entry_price),
        "shares": format_number(shares),
        "ema20_at_entry": format_number(ema),
        "atr_14_2m_at_entry": format_number(atr),
        "atr_pct_of_price": format_number(atr / entry_price),
        "stop_distance": format_number(risk),
        "stop_price": format_number(stop),
        "entry_bucket": f"{format_clock(bucket)}-{format_clock(bucket + 10)}",
        "bars_since_open": str((entry_minute - OPEN_MINUTE) // BAR_MINUTES),
        "eod_exit_time": format_clock(bars[end.position].minute),
        "eod_exit_price": format_number(end.price),
        "gross_pnl": format_number(gross),
        "fees_slippage": format_number(slippage + fees),
        "net_pnl": format_number(gross - (slippage + fees)),
        "risk_per_share": format_number(risk),
        "R_multiple": format_number((end.price - entry_price) / risk) if risk != 0 else "",
        "dist_to_ema_bps": format_number((entry_price - ema) / ema * 10000),
        "exit_reason": end.reason,
        "mae": format_number(end.mae),
        "mfe": format_number(end.mfe),
        "trades": "1",
        "ambiguous": format_bool(False),
        "entry_at": format_instant(session.day, entry_minute),
        "exit_at": format_instant(session.day, bars[end.position].minute),
    }


def journal_row(
    symbol: str,
    session: Session,
    history: History,
    parameters: Parameters,
    min_completeness: float,
) -> dict[str, str]:
    """The journal row of one session, trade or not."""
    bars = history.session_bars(session.day)
    sma = history.sma_before(session.day)

    row = {name: "" for name in COLUMNS}
    row["trade_date"] = session.day.isoformat()
    row["symbol"] = symbol
    row["strategy"] = "dp20"
    row["mode"] = "backtest"
    row["trade_no"] = "1"
    row["trades"] = "0"
    row["side"] = "long"
    row["setup"] = "setup"
    row["market"] = "XNYS"
    row["completeness"] = f"{len(bars) / session.expected_bars:.4f}".rstrip("0").rstrip(".")
    row["params"] = parameters.differences()
    row["entered"] = format_bool(False)
    if not bars:
        # Nothing is evaluated in a session without a bar.
        row["no_trade"] = "no-bars"
        row["notes"] = "no bars"
        return row
    row["entry_window"] = (
        f"{format_clock(parameters.window_start)}-{format_clock(parameters.window_end)}"
    )
    if sma is not None:
        row["sma200_daily_at_open"] = format_number(sma)

    tell_steps(row)

    if sma is None:
        row["no_trade"] = "filter:uptrend"
        return row

    # Rule 1: the session's first bar must open above the average.
    scale = history.scale(session.day)
    trend_valid = is_above(bars[0].bar.open, sma, scale)
    row["trend_valid"] = format_bool(trend_valid)
    if not trend_valid:
        row["no_trade"] = "filter:uptrend"
        return row

    setup = find_setup(bars, parameters, scale)
    if setup.pullback is not None:
        row["first_close_below_time"] = format_clock(bars[setup.pullback].minute)
    if setup.reversal is not None:
        row["reversal_candle_time"] = format_clock(bars[setup.reversal].minute)
    if setup.reversal_strength_ok is not None:
        row["reversal_strength_ok"] = format_bool(setup.reversal_strength_ok)
    if setup.confirmation is not None:
        row["confirmation_candle_time"] = format_clock(bars[setup.confirmation].minute)
        entry = setup.confirmation + 1
        refusal = missing_for_order(bars, setup.confirmation, min_completeness)
        if refusal is not None:
            row["no_trade"] = "refused:bars"
            row["notes"] = refusal
        elif entry == len(bars) or bars[entry].minute >= exit_minute(session, parameters):
            # Rule 6 needs a bar to enter at, and that before the exit time.
            row["no_trade"] = "expired"
        else:
            row["entered"] = format_bool(True)
            row.update(trade_columns(bars, setup.confirmation, session, parameters, scale))
    elif setup.reversal is not None:
        row["no_trade"] = "step:confirmation"
    elif setup.pullback is not None:
        row["no_trade"] = "step:reversal"
    else:
        row["no_trade"] = "step:pullback"
    tell_steps(row)
    return row


STEP_COLUMNS = {
    "pullback": "first_close_below_time",
    "reversal": "reversal_candle_time",
    "confirmation": "confirmation_candle_time",
}
VALUE_COLUMNS = {
    "average": "ema20_at_entry",
    "range": "atr_14_2m_at_entry",
    "trend": "sma200_daily_at_open",
}


def tell_steps(row: dict[str, str]) -> None:
    """`steps` and `values`: what other columns hold, by the names of the playbook."""
    for column, names in (("steps", STEP_COLUMNS), ("values", VALUE_COLUMNS)):
        row[column] = " ".join(f"{name}={row[other]}" for name, other in names.items() if row[other])


def as_date(value: date | str) -> date:
    """A date given as such or as `YYYY-MM-DD`."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def run(
    data_dir: str | Path,
    symbol: str,
    start: date | str,
    end: date | str,
    params: Optional[Mapping[str, Any] | Parameters] = None,
    min_completeness: float = DEFAULT_MIN_COMPLETENESS,
) -> list[dict[str, str]]:
    """The journal rows of one symbol for the sessions from `start` to `end`, both included.

    Rows are dictionaries of strings keyed by `COLUMNS`; an empty string is "not applicable".
    """
    folder = Path(data_dir)
    start, end = as_date(start), as_date(end)
    if end < start:
        raise InputError(f"the range ends before it starts: {start} to {end}")
    parameters = params if isinstance(params, Parameters) else Parameters.parse(params or {})

    intraday_path = folder / f"{symbol}_2Min.csv"
    if not intraday_path.exists():
        intraday_path = folder / f"{symbol}_1Min.csv"
    if not intraday_path.exists():
        raise InputError(f"no intraday bars of {symbol} in {folder}")
    raw_bars = read_bars(intraday_path)

    daily_path = folder / f"{symbol}_1Day.csv"
    daily_bars = read_bars(daily_path) if daily_path.exists() else None

    first = min([start] + [bar.day for bar in raw_bars[:1] + (daily_bars or [])[:1]])
    last = max([end] + [bar.day for bar in raw_bars[-1:]])
    sessions = trading_sessions(first, last)
    bars = regular_two_minute_bars(raw_bars, sessions)
    closes = daily_closes_of(bars if daily_bars is None else daily_bars)
    splits = read_splits(folder / f"{symbol}_splits.csv")

    rows: list[dict[str, str]] = []
    history: Optional[History] = None
    known: list[Split] = []
    # From the first to the last session that has a bar within its hours.
    covered = (bars[0].day, bars[-1].day) if bars else (end, start)
    for session in sessions.values():
        if not max(start, covered[0]) <= session.day <= min(end, covered[1]):
            continue
        # Prices are rebuilt whenever another split has become known.
        known_now = [split for split in splits if split.day <= session.day]
        if history is None or known_now != known:
            known = known_now
            history = History(bars, closes, known, parameters, sessions)
        rows.append(journal_row(symbol, session, history, parameters, min_completeness))
    return rows


def write_journal(rows: Iterable[Mapping[str, str]], output: TextIO) -> None:
    """The rows as CSV, sorted by date and symbol."""
    writer = csv.DictWriter(output, fieldnames=COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: (row["trade_date"], row["symbol"])))


def main(arguments: Optional[list[str]] = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Reference journal of the DP20 playbook.")
    parser.add_argument("--data-dir", required=True, help="folder with the bars as CSV")
    parser.add_argument("--symbol", required=True, help="one symbol, or several with commas")
    parser.add_argument("--start", required=True, type=date.fromisoformat, help="YYYY-MM-DD")
    parser.add_argument("--end", required=True, type=date.fromisoformat, help="YYYY-MM-DD")
    parser.add_argument("--param", nargs="+", action="extend", default=[], metavar="NAME=VALUE")
    parser.add_argument("--min-completeness", type=float, default=DEFAULT_MIN_COMPLETENESS)
    options = parser.parse_args(arguments)

    try:
        params: dict[str, str] = {}
        for text in options.param:
            name, separator, value = text.partition("=")
            if not separator:
                raise InputError(f"not NAME=VALUE: {text!r}")
            params[name] = value
        rows: list[dict[str, str]] = []
        for symbol in options.symbol.split(","):
            rows += run(
                options.data_dir,
                symbol.strip(),
                options.start,
                options.end,
                params,
                options.min_completeness,
            )
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    write_journal(rows, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
