"""Runs the program against the fake of Alpaca's service, on bars of the built-in sample."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Optional

from support import Finished, Program, read_journal, without

# Found on the path that support adds.
from fake_alpaca import FakeAlpaca
from fake_bars import BarFolder, BarProvider

NOW = "2024-07-01T12:00:00Z"
"""Long after the last bar."""
FIRST, LAST = "2024-01-02", "2024-06-28"
"""The sessions that there are two-minute bars of; of daily bars there are more before."""
SYMBOLS = ("IWM", "QQQ", "SPY")
ALL = "QQQ,SPY,IWM"
START, END = "2024-06-03", "2024-06-28"
"""The sessions that most tests run on: one page of bars."""
BARS, CALENDAR, SPLITS = "/v2/stocks/bars", "/v2/calendar", "/v1/corporate-actions"
TWO_MINUTES, DAILY = "timeframe=2Min", "timeframe=1Day"
"""Text within the requests for bars of these lengths."""
CACHE = "data/cache"


def export_sample(run: Program, folder: Path) -> None:
    """Writes the sample's bars to `folder`: two-minute bars of half a year, daily bars of two years."""
    for symbol in SYMBOLS:
        for timeframe, first in (("2Min", FIRST), ("1Day", "2022-06-01")):
            run.succeed(
                "data", "export", "--source", "sample", "--symbol", symbol, "--timeframe", timeframe, "--start", first,
                "--end", LAST, "--output", folder / f"{symbol}_{timeframe}.csv",
            )  # fmt: skip


class AlpacaProgram(Program):
    """Runs the binary in an empty folder with the settings of a client of `service`."""

    def __init__(self, binary: Path, folder: Path, service: FakeAlpaca):
        super().__init__(binary, folder)
        self.service = service

    def environment(self, changes: Optional[dict[str, Optional[str]]] = None) -> dict[str, str]:
        settings = {
            "ALPACA_API_KEY": self.service.key, "ALPACA_SECRET_KEY": self.service.secret,
            "ALPACA_DATA_URL": self.service.url, "ALPACA_TRADING_URL": self.service.url, "PLAYBOOK_NOW": NOW,
            "ALPACA_RETRY_SECONDS": "30", "ALPACA_FEED": "iex",
        }  # fmt: skip
        return super().environment(settings | (changes or {}))

    @property
    def cache(self) -> Path:
        """The cache's folder."""
        return self.folder / CACHE

    @property
    def journal(self) -> Path:
        """The journal that `backtest` writes."""
        return self.folder / "j.csv"

    def backtest(
        self, *arguments: Any, symbol: str = "QQQ", start: str = START, end: str = END, **options: Any
    ) -> Finished:
        """Runs a backtest; with `--date` or `--today` in `arguments` without start and end."""
        dates = () if {"--date", "--today"} & set(arguments) else ("--start", start, "--end", end)
        return self("backtest", "--symbol", symbol, *dates, "--output", self.journal, *arguments, **options)

    def rows(self) -> list[dict[str, str]]:
        """The journal's rows without what tells of run and source."""
        return without(read_journal(self.journal), "run_id", "data_source")

    def files(self) -> list[Path]:
        """The cache's files of bars."""
        return sorted(self.cache.rglob("????-??.parquet"))

    def queries(self, match: str = "") -> list[dict[str, str]]:
        """The parameters of the requests that have `match` in them."""
        return [request["query"] for request in self.service.requests if match in request["target"]]

    @contextmanager
    def serving(self, bars: Optional[BarProvider] = None, **options: Any) -> Iterator["AlpacaProgram"]:
        """The program in the same folder as a client of another service."""
        options = {"now": NOW, "rate_limit": None} | options
        with FakeAlpaca(bars or self.service.api.market.provider, **options) as service:
            yield AlpacaProgram(self.binary, self.folder, service)


def expect(finished: Finished, code: int, *words: str) -> None:
    """Checks how a run ended, and that its one error has the words; nothing is printed on standard output."""
    assert (finished.code, finished.out) == (code, ""), finished.err
    errors = [line for line in finished.err.splitlines() if line.lower().startswith("error: ")]
    assert len(errors) == 1, finished.err
    assert "Fatal error" not in finished.err and "Stack dump" not in finished.err
    for word in words:
        assert word in finished.err, f"{word!r} is not in:\n{finished.err}"


def warned(finished: Finished, *words: str) -> bool:
    """Whether a warning has all the words."""
    lines = [line for line in finished.err.splitlines() if line.startswith("warning: ")]
    return any(all(word in line for word in words) for line in lines)


def assert_secret(run: AlpacaProgram, *finished: Finished) -> None:
    """Neither key is in what was printed or written."""
    for key in (run.service.key, run.service.secret):
        for one in finished:
            assert key not in one.out + one.err
        for path in run.folder.rglob("*"):
            if path.is_file():
                assert key.encode() not in path.read_bytes(), path


def changed_bars(source: Path, folder: Path, change: Callable[[list[list[str]]], list[list[str]]]) -> BarFolder:
    """
    A folder with QQQ's bars after `change`, which gets the fields of each line: time, open, high, low, close, volume.
    Its daily bars stay as they are.
    """
    folder.mkdir(parents=True)
    os.link(source / "QQQ_1Day.csv", folder / "QQQ_1Day.csv")
    header, *lines = (source / "QQQ_2Min.csv").read_text().splitlines()
    rows = change([line.split(",") for line in lines])
    (folder / "QQQ_2Min.csv").write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n")
    return BarFolder(folder)


def change_daily(folder: Path, change: Callable[[list[list[str]]], list[list[str]]]) -> None:
    """The same for the daily bars of the folder."""
    path = folder / "QQQ_1Day.csv"
    header, *lines = path.read_text().splitlines()
    path.unlink()
    rows = change([line.split(",") for line in lines])
    path.write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n")


def scaled(row: list[str], factor: float) -> list[str]:
    """A line with other prices."""
    return [row[0], *(repr(float(price) * factor) for price in row[1:5]), row[5]]


def cut(rows: list[dict[str, str]], through: str) -> list[dict[str, str]]:
    """The rows up to a date."""
    return [row for row in rows if row["trade_date"] <= through]


def exported(run: Program, symbol: str, timeframe: str = "2Min", **options) -> list[str]:
    """The lines of what the cache holds of a symbol."""
    finished = run.succeed("data", "export", "--symbol", symbol, "--timeframe", timeframe, **options)
    return finished.out.splitlines()[1:]


def source(folder, symbol: str, first: str, timeframe: str = "2Min") -> list[str]:
    """The lines of the file that the service reads, from a date on."""
    return [line for line in (folder / f"{symbol}_{timeframe}.csv").read_text().splitlines()[1:] if line >= first]
