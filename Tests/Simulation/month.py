#!/usr/bin/env python3
"""A month of nights: `backtest --catch-up` three times a night, on data that comes late, in part, not at all, and is
completed later; one symbol is delisted, one is added, and a parameter is changed. See README.md.

    python month.py --binary PATH [--seed N]
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any, Optional

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "EndToEnd" / "support")]
sys.path += [str(TESTS / "Integrity"), str(TESTS / "Simulation")]
from support import Finished, Program, params  # isort: skip  (puts the fakes on the path)
from checks import Findings, Reference, Violation, compare, parsed
from fake_alpaca import FakeAlpaca
from fake_bars import BarFolder, Columns, Market, Split
from fake_calendar import Calendar, instant, new_york_date, new_york_second

FIRST, LAST = date(2025, 2, 24), date(2025, 3, 31)
"""The nights; New York's clock changes between them."""
STAYING, DELISTED, ADDED = ("IWM", "SPY"), "OLDCO", "NEWCO"
OLD_PARAMETERS, NEW_PARAMETERS = {"trend-period": "20"}, {"trend-period": "20", "stop-atr": "1.5"}
ADDED_ON, CHANGED_ON, DELISTED_AFTER = 7, 13, 9
"""Places among the nights: the first with the new symbol and with the new parameter, the last of the delisted symbol."""
RUNS = (timedelta(minutes=20), timedelta(hours=2), timedelta(hours=5))
"""When the program runs, after the close."""


@dataclass(frozen=True)
class Lack:
    """What the source lacks of one session of one symbol, and until when."""

    kind: str
    """late, cut, holes or absent."""
    until: Optional[datetime]
    """None: for ever."""

    def keeps(self, place: int, count: int) -> bool:
        """Whether the source has the bar at a place among the session's."""
        if self.kind == "cut":
            return place < count * 2 // 3
        return self.kind == "holes" and not (count // 5 <= place < count // 4)


class Source:
    """The bars that the service has at a moment."""

    def __init__(self, truth: BarFolder, lacks: dict[tuple[str, date], Lack], end: date):
        self.now = datetime.min.replace(tzinfo=timezone.utc)
        self._truth = truth
        self._lacks = lacks
        self._end = end
        """The last session of the delisted symbol."""
        self._days: dict[tuple[str, str], list[Day]] = {}

    def lengths(self, symbol: str) -> list[str]:
        return self._truth.lengths(symbol)

    def splits(self, symbol: str) -> list[Split]:
        return self._truth.splits(symbol)

    def columns(self, symbol: str, length: str) -> Columns:
        if (symbol, length) not in self._days:
            self._days[symbol, length] = Day.all_of(self._truth.columns(symbol, length).bars())
        kept = []
        for day in self._days[symbol, length]:
            if symbol == DELISTED and day.date > self._end:
                break
            lack = self._lacks.get((symbol, day.date))
            if lack is None or lack.until is not None and self.now >= lack.until:
                kept += day.bars
            elif length != "1Day":
                kept += [bar for bar, place in zip(day.bars, day.places) if lack.keeps(place, day.count)]
            elif lack.kind in ("cut", "holes"):
                # The service's own daily bar comes with the first of the session's bars.
                kept += day.bars
        return Columns.of(kept)


@dataclass
class Day:
    """The bars of a date, and how many of its session come before each."""

    date: date
    bars: list
    places: list[int]
    count: int

    @staticmethod
    def all_of(bars: Sequence) -> list["Day"]:
        days: list[Day] = []
        for bar in bars:
            day = new_york_date(bar[0])
            if not days or days[-1].date != day:
                days.append(Day(day, [], [], 0))
            days[-1].bars.append(bar)
            days[-1].places.append(days[-1].count)
            days[-1].count += time(9, 30) <= clock(bar[0]) < time(16)
        return days


def clock(start: int) -> time:
    second = new_york_second(start) % 86_400
    return time(second // 3600, second % 3600 // 60)


def close_of(day: date) -> datetime:
    return datetime.fromtimestamp(instant(day, time(16)), timezone.utc)


def text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def drawn(nights: Sequence[date], seed: int) -> dict[tuple[str, date], Lack]:
    """What the source lacks: all kinds, completed before the parameter changes or the month ends, but for one session."""
    chance = random.Random(seed)
    lacks: dict[tuple[str, date], Lack] = {}
    for symbol in STAYING:
        for first, last in ((1, CHANGED_ON - 1), (CHANGED_ON + 1, len(nights) - 2)):
            places = chance.sample(range(first, last), 5)
            for place, kind in zip(places, ("late", "late", "cut", "holes", "absent")):
                day = nights[place]
                if kind == "late":
                    until = close_of(day) + chance.choice(RUNS[1:])
                else:
                    until = close_of(nights[min(last, place + chance.randint(1, 6))])
                lacks[symbol, day] = Lack(kind, until)
    # One hole stays.
    symbol = chance.choice(STAYING)
    free = [day for day in nights[2 : CHANGED_ON - 3] if (symbol, day) not in lacks]
    lacks[symbol, chance.choice(free)] = Lack("absent", None)
    return lacks


class Month:
    """All nights, in a folder of their own."""

    def __init__(self, binary: Path, folder: Path, seed: int):
        self.folder = folder
        self.nights = [day for day, _ in Calendar().sessions(FIRST, LAST)]
        self.lacks = drawn(self.nights, seed)
        self.codes: Counter = Counter()
        self.findings: Optional[Findings] = None
        self._program = Program(binary, folder)
        self._source = Source(BarFolder(self._make_bars()), self.lacks, self.nights[DELISTED_AFTER])
        self._alpaca = FakeAlpaca(self._source, rate_limit=None)
        self._journal = folder / "output" / "trades.csv"

    def _make_bars(self) -> Path:
        folder = self.folder / "bars"
        folder.mkdir()
        for symbol in (*STAYING, DELISTED, ADDED):
            for length, days in (("2Min", 14), ("1Day", 60)):
                self._program.succeed(
                    "data", "export", "--source", "sample", "--symbol", symbol, "--timeframe", length,
                    "--start", FIRST - timedelta(days=days), "--end", LAST, "--output", folder / f"{symbol}_{length}.csv",
                )  # fmt: skip
        return folder

    def _run(self, now: datetime, *arguments: Any, **settings: str) -> Finished:
        self._source.now = now
        # What the service kept of the bars is of another moment.
        self._alpaca.api.market = Market(self._source, Calendar())
        self._alpaca.set_now(text(now))
        env = {
            "ALPACA_API_KEY": self._alpaca.key, "ALPACA_SECRET_KEY": self._alpaca.secret,
            "ALPACA_DATA_URL": self._alpaca.url, "ALPACA_TRADING_URL": self._alpaca.url, "PLAYBOOK_NOW": text(now),
        }  # fmt: skip
        return self._program(*arguments, env=env | settings)

    def run(self) -> list[str]:
        """Does everything; what was not as it should be."""
        with self._alpaca:
            told = self._all_nights()
            reference = self._reference()
            rows = parsed(self._journal.read_text(), reference.columns)
            self.findings = compare(reference.rows, reference.rows, rows, lambda key, run: None)
            status = self._run(self._end, "status", "--symbol", self._symbols(len(self.nights) - 1), *params(NEW_PARAMETERS))
        told += [f"rows: {problem}" for problem in self.findings.problems]
        if status.code != 0:
            told.append(f"status ended with {status.code}: {status.out}{status.err}")
        if DELISTED not in status.out + status.err:
            told.append(f"status does not tell of {DELISTED}: {status.out}")
        return told

    @property
    def _end(self) -> datetime:
        return close_of(self.nights[-1]) + timedelta(hours=15)

    def _symbols(self, night: int) -> str:
        return ",".join([*STAYING, DELISTED, *([ADDED] if night >= ADDED_ON else [])])

    def _all_nights(self) -> list[str]:
        told = []
        for number, day in enumerate(self.nights):
            parameters = NEW_PARAMETERS if number >= CHANGED_ON else OLD_PARAMETERS
            for after in RUNS:
                now = close_of(day) + after
                done = self._run(now, "backtest", "--catch-up", *params(parameters), SYMBOLS=self._symbols(number))
                self.codes[done.code] += 1
                if done.code not in (0, 69, 75):
                    told.append(f"{text(now)}: exit code {done.code}: {done.err}")
                waits = [
                    symbol for symbol in STAYING
                    if (lack := self.lacks.get((symbol, day))) and lack.kind != "holes"
                    and (lack.until is None or now < lack.until)
                ]  # fmt: skip
                if waits and after < timedelta(hours=4) and done.code != 75:
                    told.append(f"{text(now)}: {', '.join(waits)} are not there yet, exit code {done.code}: {done.err}")
        if self.codes[69] != 1:
            told.append(f"that the data of {DELISTED} ended was a failure {self.codes[69]} times")
        if done.code != 0:
            told.append(f"the last run ended with {done.code}: {done.err}")
        return told

    def _reference(self) -> Reference:
        """One run for each symbol and parameter set over the nights of which it was configured."""
        path = self.folder / "reference.csv"
        change = self.nights[CHANGED_ON - 1], self.nights[CHANGED_ON]
        for symbol in (*STAYING, DELISTED, ADDED):
            first = self.nights[ADDED_ON] if symbol == ADDED else self.nights[0]
            last = self.nights[DELISTED_AFTER] if symbol == DELISTED else self.nights[-1]
            for parameters, start, end in (
                (OLD_PARAMETERS, first, min(last, change[0])), (NEW_PARAMETERS, max(first, change[1]), last)
            ):  # fmt: skip
                if start <= end:
                    done = self._run(
                        self._end, "backtest", "--symbol", symbol, "--start", start, "--end", end, "--cache-dir", "off",
                        "--output", path, *params(parameters),
                    )  # fmt: skip
                    if done.code != 0:
                        raise Violation(f"the reference of {symbol} ended with {done.code}: {done.err}")
        return Reference(path)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0], allow_abbrev=False)
    parser.add_argument("--binary", type=Path, required=True, help="the program")
    parser.add_argument("--seed", type=int, default=1, help="of what the source lacks, and when (default: %(default)s)")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="month-")).resolve()
    month = Month(asked.binary.resolve(), folder, asked.seed)
    try:
        told = month.run()
    except Violation as error:
        told = [str(error)]
    kinds = Counter(lack.kind for lack in month.lacks.values())
    print(f"{len(month.nights)} nights, lacks: {dict(kinds)}; exit codes: {dict(sorted(month.codes.items()))}")
    if month.findings:
        print(f"{month.findings.found} rows of {len(month.nights)} nights")
    if told:
        print(f"\nVIOLATED, see {folder}:", *told[:20], sep="\n- ")
        return 1
    print("The journal is that of one run for each symbol and parameter set.")
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
