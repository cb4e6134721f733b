"""Runs the program in clean surroundings, writes its input, and reads its journal back."""

import csv
import fcntl
import http.client
import io
import json
import os
import re
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import IO, Any, Optional, Self
from zoneinfo import ZoneInfo

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path[:0] = [
    str(REPOSITORY / "Tests" / name)
    for name in (
        "Reference", "FakeServer", "FakeAlpaca", "FakeStorage", "FakeMongo", "FakeGcloud", "FakeIdentity", "FakeAlerts",
        "FakeMarkets",
    )  # fmt: skip
]
with warnings.catch_warnings():
    # The calendar package calls parts of pandas that are to change.
    warnings.simplefilter("ignore")
    import dp20_reference
    from fake_calendar import Calendar

SETTINGS = re.findall(r"^#([A-Z_]+)=", (REPOSITORY / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
"""The settings that `config` lists, in its order."""

KEY = ("trade_date", "symbol", "strategy", "params_id", "mode", "trade_no")
"""The columns that make a row the same row, in the order that rows are sorted by."""

KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LLVM_PROFILE_FILE", "ASAN_OPTIONS", "TSAN_OPTIONS")


def wait_until(holds: Callable[[], bool], pause: float = 0.02, limit: float = 60) -> None:
    """Waits until something holds, looking again after every pause; fails when it takes longer than the limit."""
    deadline = time.monotonic() + limit
    while not holds():
        assert time.monotonic() < deadline, f"it did not come about within {limit} s"
        time.sleep(pause)


def remembering(function):
    """`function` with its results kept by its arguments; results must not be changed."""
    results: dict[Any, Any] = {}

    def remembered(*arguments):
        if arguments not in results:
            results[arguments] = function(*arguments)
        return results[arguments]

    return remembered


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP; the names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @classmethod
    def of(cls, response: http.client.HTTPResponse) -> Self:
        return cls(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Finished:
    """What a run of the program left."""

    code: int
    out: str
    err: str


class Program:
    """Runs the binary in an empty folder and an environment without settings."""

    def __init__(self, binary: Path, folder: Path):
        self.binary = binary
        self.folder = folder

    def environment(self, changes: Optional[dict[str, Optional[str]]] = None) -> dict[str, str]:
        """The environment of a run; None removes a variable."""
        environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        environment |= {"HOME": str(self.folder), "LANG": "C.UTF-8"}
        for name, value in (changes or {}).items():
            if value is None:
                environment.pop(name, None)
            else:
                environment[name] = value
        return environment

    def start(self, *arguments: Any, env: Optional[dict] = None, **options: Any) -> subprocess.Popen:
        """Starts the program."""
        defaults = {
            "cwd": self.folder, "stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
            "text": True, "encoding": "utf-8",
        }  # fmt: skip
        command = [str(argument) for argument in (self.binary, *arguments)]
        return subprocess.Popen(command, env=self.environment(env), **(defaults | options))

    def finish(self, process: subprocess.Popen, timeout: float = 120) -> Finished:
        """What the process printed, once it has ended; it is killed when it takes too long."""
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            pytest.fail(f"still running after {timeout} s: {process.args}\n{out}\n{err}")
        return Finished(process.returncode, out, err)

    def __call__(self, *arguments: Any, env: Optional[dict] = None, **options: Any) -> Finished:
        """Runs the program to its end."""
        timeout = options.pop("timeout", 120)
        return self.finish(self.start(*arguments, env=env, **options), timeout)

    def succeed(self, *arguments: Any, env: Optional[dict] = None, **options: Any) -> Finished:
        """Runs the program to its end, which must be a good one."""
        finished = self(*arguments, env=env, **options)
        assert finished.code == 0, f"{arguments}: exit {finished.code}\n{finished.err}"
        return finished


def params(values: dict[str, Any]) -> list[str]:
    """`--param` flags."""
    return [part for name, value in values.items() for part in ("--param", f"{name}={value}")]


def parse_journal(data: bytes) -> list[dict[str, str]]:
    """The rows of a whole, well-formed journal; anything else fails the test."""
    assert data.endswith(b"\n"), "the journal's last line does not end"
    reader = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
    assert next(reader) == dp20_reference.COLUMNS, "the journal's header"
    rows = []
    for fields in reader:
        assert len(fields) == len(dp20_reference.COLUMNS), f"line {reader.line_num} has {len(fields)} fields"
        rows.append(dict(zip(dp20_reference.COLUMNS, fields)))
    keys = [tuple(row[name] for name in KEY) for row in rows]
    assert keys == sorted(set(keys)), "the journal's rows must be sorted by key, each once"
    return rows


def read_journal(path: Path) -> list[dict[str, str]]:
    """The rows of the journal at `path`."""
    return parse_journal(path.read_bytes())


def without(rows: list[dict[str, str]], *names: str) -> list[dict[str, str]]:
    """The rows without some columns."""
    return [{name: value for name, value in row.items() if name not in names} for row in rows]


def held_lock(journal: Path) -> IO:
    """The journal's lock, held by this process until it is closed."""
    file = journal.with_name(f".{journal.name}.lock").open("w")
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


def write_bars(path: Path, lines: list[str]) -> None:
    """A file of bars with these lines."""
    path.write_text("timestamp,open,high,low,close,volume\n" + "".join(line + "\n" for line in lines))


def write_span(folder: Path, symbol: str, first: str, last: str, price: float = 10) -> None:
    """A file with one bar at either end: every session between is one row, `no-bars`, for next to no work."""
    stamps = [f"{first}T15:00:00Z", f"{last}T15:00:00Z"]
    write_bars(folder / f"{symbol}_2Min.csv", [f"{stamp},{price},{price},{price},{price},1" for stamp in stamps])


def write_whole(folder: Path, symbol: str, first: str, last: str, price: float = 10) -> None:
    """A file with every bar of the sessions from the first date through the last, which never move."""
    lines = []
    for day, hours in Calendar().sessions(date.fromisoformat(first), date.fromisoformat(last)):
        opens = datetime.combine(day, hours[0], ZoneInfo("America/New_York")).astimezone(timezone.utc)
        minutes = hours[1].hour * 60 + hours[1].minute - hours[0].hour * 60 - hours[0].minute
        stamps = (opens + timedelta(minutes=minute) for minute in range(0, minutes, 2))
        lines += [f"{stamp:%Y-%m-%dT%H:%M:%SZ},{price},{price},{price},{price},1" for stamp in stamps]
    write_bars(folder / f"{symbol}_2Min.csv", lines)
