"""Bars and splits from CSV files, aggregated, adjusted, and written as the JSON that the service answers with."""

import operator
import re
import threading
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timezone
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Optional, Protocol, Union

from fake_calendar import Calendar, instant, new_york_date, new_york_second

Bar = tuple[int, float, float, float, float, int]
"""Start (epoch second), open, high, low, close, volume."""
Split = tuple[date, Fraction]
"""The first session with new shares, and new shares for an old one."""

DAY = 86_400
EPOCH = date(1970, 1, 1).toordinal()
CLOCKS = [f"T{minute // 60:02d}:{minute % 60:02d}:" for minute in range(1440)]
WHOLE = re.compile(r"\.0(?=[,}])")
"""What is left out, so that prices are the shortest decimals that read back as the same doubles."""
EXPONENT = re.compile(r"(?<=:)-?[\d.]+e[-+]?\d+")
UNITS = {"Min": 60, "Hour": 3600, "Day": DAY, "Week": 7 * DAY, "Month": 31 * DAY}


class Timeframe:
    """The length of a bar: a number and a unit."""

    def __init__(self, number: int, unit: str):
        self.number = number
        self.unit = unit

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"

    @property
    def is_intraday(self) -> bool:
        return self.unit in ("Min", "Hour")

    @property
    def seconds(self) -> int:
        """The length; of a month, the longest."""
        return self.number * UNITS[self.unit]


class Columns:
    """Bars by column."""

    def __init__(self, starts: Iterable[int], prices: Iterable[Iterable[float]], volumes: Iterable[int]):
        self.starts = array("q", starts)
        self.prices = tuple(array("d", column) for column in prices)
        self.volumes = array("q", volumes)
        self.encoded = lru_cache(maxsize=128)(self._encoded)

    @classmethod
    def of(cls, bars: Sequence[Bar]) -> "Columns":
        starts, *prices, volumes = zip(*bars) if bars else ((),) * 6
        return cls(starts, prices, volumes)

    def __len__(self) -> int:
        return len(self.starts)

    def bars(self) -> list[Bar]:
        return list(zip(self.starts, *self.prices, self.volumes))

    def _encoded(self, first: int, last: int) -> str:
        """The bars from `first` up to `last` as the inside of a JSON array."""
        slices = [column[first:last] for column in (self.starts, *self.prices, self.volumes)]
        text = ",".join([encode(*bar) for bar in zip(*slices)])
        if "e" in text:
            text = EXPONENT.sub(lambda match: format(Decimal(match[0]), "f"), text)
        return WHOLE.sub("", text)


@lru_cache(maxsize=None)
def date_text(day: int) -> str:
    return date.fromordinal(EPOCH + day).isoformat()


def encode(start: int, first: float, high: float, low: float, last: float, volume: int) -> str:
    """One bar as JSON. Number of trades and average price are made up."""
    minute = start // 60
    return (
        f'{{"t":"{date_text(minute // 1440)}{CLOCKS[minute % 1440]}{start % 60:02d}Z","o":{first!r},"h":{high!r},'
        f'"l":{low!r},"c":{last!r},"v":{volume},"n":{volume // 90 + 1},"vw":{round((high + low + last) / 3, 6)!r}}}'
    )


class BarProvider(Protocol):
    """Where bars come from."""

    def lengths(self, symbol: str) -> list[str]:
        """The time frames that there are bars of, such as 2Min and 1Day."""

    def columns(self, symbol: str, length: str) -> Columns:
        """All bars of one of these, ascending."""

    def splits(self, symbol: str) -> list[Split]:
        """The splits, ascending."""


class BarTable:
    """Bars held in memory."""

    def __init__(
        self,
        bars: Mapping[str, Mapping[str, Sequence[Bar]]],
        splits: Optional[Mapping[str, Sequence[tuple[date, Union[int, Fraction]]]]] = None,
    ):
        """`bars[symbol][time frame]`, such as `{"QQQ": {"2Min": [(1704205800, 1.5, 2, 1, 1.25, 100)]}}`."""
        self._columns = {
            symbol: {length: Columns.of(list(rows)) for length, rows in lengths.items()}
            for symbol, lengths in bars.items()
        }
        self._splits = {
            symbol: sorted((day, Fraction(ratio)) for day, ratio in rows) for symbol, rows in (splits or {}).items()
        }

    def lengths(self, symbol: str) -> list[str]:
        return list(self._columns.get(symbol, {}))

    def columns(self, symbol: str, length: str) -> Columns:
        return self._columns[symbol][length]

    def splits(self, symbol: str) -> list[Split]:
        return self._splits.get(symbol, [])


class BarFolder:
    """Files `{SYMBOL}_1Min.csv`, `_2Min`, `_5Min`, `_1Day` and `{SYMBOL}_splits.csv`, each read once, when needed."""

    LENGTHS = ("1Min", "2Min", "5Min", "1Day")

    def __init__(self, folder: Path):
        self.folder = Path(folder)
        self.columns = lru_cache(maxsize=None)(self._columns)
        self.splits = lru_cache(maxsize=None)(self._splits)

    def lengths(self, symbol: str) -> list[str]:
        return [length for length in self.LENGTHS if (self.folder / f"{symbol}_{length}.csv").is_file()]

    def _columns(self, symbol: str, length: str) -> Columns:
        path = self.folder / f"{symbol}_{length}.csv"
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        fields = ",".join(lines).split(",") if lines else []
        if len(fields) != 6 * len(lines):
            raise ValueError(f"{path}: not every line has six fields")
        columns = Columns(
            map(second_of, fields[0::6]),
            [map(float, fields[column::6]) for column in (1, 2, 3, 4)],
            map(int, fields[5::6]),
        )
        if not all(map(operator.lt, columns.starts, columns.starts[1:])):
            raise ValueError(f"{path}: the times do not rise")
        return columns

    def _splits(self, symbol: str) -> list[Split]:
        path = self.folder / f"{symbol}_splits.csv"
        if not path.is_file():
            return []
        rows = (line.split(",") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line)
        return sorted((date.fromisoformat(day), Fraction(ratio)) for day, ratio in rows)


@lru_cache(maxsize=None)
def midnight(day: str) -> int:
    return (date.fromisoformat(day).toordinal() - EPOCH) * DAY


def second_of(text: str) -> int:
    """The epoch second of a timestamp in UTC; a date alone is New York's midnight."""
    if len(text) == 20 and text[19] == "Z":
        return midnight(text[:10]) + int(text[11:13]) * 3600 + int(text[14:16]) * 60 + int(text[17:19])
    if len(text) == 10:
        return instant(date.fromisoformat(text))
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp())


def aggregated(bars: list[Bar], bucket: Callable[[int], int]) -> list[Bar]:
    """The bars put together by the start that `bucket` gives them."""
    result: list[list] = []
    for start, first, high, low, last, volume in bars:
        start = bucket(start)
        if result and result[-1][0] == start:
            whole = result[-1]
            whole[2:] = [max(whole[2], high), min(whole[3], low), last, whole[5] + volume]
        else:
            result.append([start, first, high, low, last, volume])
    return [tuple(bar) for bar in result]


def adjusted(bars: list[Bar], splits: Sequence[Split]) -> list[Bar]:
    """The bars in shares of after the last split."""
    for day, ratio in splits:
        end, by = instant(day), float(ratio)
        for index, (start, *prices, volume) in enumerate(bars):
            if start >= end:
                break
            bars[index] = (start, *(round(price / by, 4) for price in prices), round(volume * by))
    return bars


class Market:
    """What the service knows: bars of every time frame, adjusted or not."""

    def __init__(self, provider: BarProvider, calendar: Calendar):
        self.provider = provider
        self.calendar = calendar
        self._kept: dict[tuple, Columns] = {}
        self._lock = threading.Lock()

    def columns(self, symbol: str, timeframe: Timeframe, splits: Sequence[Split]) -> Columns:
        """The bars, adjusted by `splits`; none when the symbol is unknown or has only longer bars."""
        key = (symbol, str(timeframe), tuple(splits))
        with self._lock:
            if key not in self._kept:
                self._kept[key] = self._made(symbol, timeframe, splits)
            return self._kept[key]

    def _made(self, symbol: str, timeframe: Timeframe, splits: Sequence[Split]) -> Columns:
        lengths = {length: int(length[:-3]) for length in self.provider.lengths(symbol) if length.endswith("Min")}
        is_daily = not timeframe.is_intraday
        if is_daily and "1Day" in self.provider.lengths(symbol):
            source = "1Day"
        else:
            usable = [length for length in lengths if timeframe.seconds % (lengths[length] * 60) == 0]
            if not usable:
                return Columns.of([])
            source = max(usable, key=lengths.get)
        columns = self.provider.columns(symbol, source)
        if source == str(timeframe) and not splits:
            return columns
        bars = adjusted(columns.bars(), splits)
        if is_daily and source != "1Day":
            bars = [bar for bar in bars if self._is_regular(bar[0])]
        return Columns.of(aggregated(bars, lambda start: self.bucket(start, timeframe)))

    def _is_regular(self, start: int) -> bool:
        """Whether a bar that starts then lies in a session."""
        day = new_york_date(start)
        hours = self.calendar.hours(day)
        return hours is not None and instant(day, hours[0]) <= start < instant(day, hours[1])

    @staticmethod
    def bucket(start: int, timeframe: Timeframe) -> int:
        """The start of the bar that holds a moment; New York's clock and calendar divide the time."""
        if timeframe.is_intraday:
            clock = new_york_second(start)
            return start - clock % DAY % timeframe.seconds
        day = new_york_date(start)
        if timeframe.unit == "Week":
            day = date.fromordinal(day.toordinal() - day.weekday())
        elif timeframe.unit == "Month":
            day = date(day.year, (day.month - 1) // timeframe.number * timeframe.number + 1, 1)
        return instant(day)

    def end_of_known(self, columns: Columns, timeframe: Timeframe, now: float) -> int:
        """How many of the bars have closed."""
        count = bisect_left(columns.starts, now)
        while count and self._close(columns.starts[count - 1], timeframe) > now:
            count -= 1
        return count

    def _close(self, start: int, timeframe: Timeframe) -> int:
        if timeframe.unit == "Day":
            day = new_york_date(start)
            hours = self.calendar.hours(day)
            return instant(day, hours[1]) if hours else start + DAY
        return start + timeframe.seconds
