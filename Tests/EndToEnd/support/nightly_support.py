"""Runs the program as the nightly job does: catching up, on its journals' state, with JSON log lines."""

import json
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any, Optional

from support import KEY, Finished, Program, read_journal, write_whole
from writers_support import text_of

# Found on the path that support adds.
from fake_calendar import Calendar

FIRST, LAST = "2025-01-02", "2025-03-31"
"""The sessions that `Nightly` has bars of; the exchange was closed on 2025-01-09, 2025-01-20 and 2025-02-17."""


def sessions(first: str, last: str) -> list[str]:
    """The dates of the sessions from the first date through the last, by the calendar of the fake service."""
    return [str(day) for day, _ in Calendar().sessions(date.fromisoformat(first), date.fromisoformat(last))]


def evening(day: str) -> str:
    """An instant after the close of that day, before the next session."""
    return f"{day}T23:00:00Z"


class Nightly(Program):
    """Runs the binary on bars of some symbols that never move: a row a session, without trades."""

    def __init__(self, binary: Path, folder: Path, *symbols: str, last: str = LAST):
        super().__init__(binary, folder)
        self.symbols = symbols
        self.bars = folder / "bars"
        self.bars.mkdir()
        for symbol in symbols:
            write_whole(self.bars, symbol, FIRST, last)

    def environment(self, changes: Optional[dict[str, Optional[str]]] = None) -> dict[str, str]:
        settings = {"DATA_SOURCE": "files", "DATA_DIR": str(self.bars), "SYMBOLS": ",".join(self.symbols)}
        return super().environment(settings | (changes or {}))

    @property
    def journal(self) -> Path:
        return self.folder / "output" / "trades.csv"

    @property
    def held(self) -> set[tuple[str, str]]:
        """Date and symbol of the journal's rows."""
        return {(row["trade_date"], row["symbol"]) for row in read_journal(self.journal)}

    def catch_up(self, now: str, *arguments: Any, env: Optional[dict] = None) -> Finished:
        return self("backtest", "--catch-up", "--format", "json", *arguments, env={"PLAYBOOK_NOW": now} | (env or {}))

    def written(self, now: str, *arguments: Any, env: Optional[dict] = None) -> int:
        """Catches up, which must end well; how many rows the journal got, none of them in another's place."""
        return added(self.catch_up(now, *arguments, env=env))

    def status(self, now: str, *arguments: Any) -> tuple[int, dict]:
        """Exit code and JSON document of `status`."""
        return status(self, now, *arguments)


def added(finished: Finished) -> int:
    """How many rows a run added to every journal; none of them in another's place."""
    assert finished.code == 0, finished.err
    document = json.loads(finished.out)
    if document["status"] == "skipped":
        assert document["reason"] == "up to date" and document["receipts"] == []
        return 0
    assert all(one["replaced"] == 0 for one in document["receipts"]), document["receipts"]
    (count,) = {one["added"] for one in document["receipts"]}
    return count


def status(run: Program, now: str, *arguments: Any) -> tuple[int, dict]:
    """Exit code and JSON document of `status`, which must fit."""
    finished = run("status", "--format", "json", *arguments, env={"PLAYBOOK_NOW": now})
    assert finished.code in (0, 1) and finished.err == "", finished.err
    document = json.loads(finished.out)
    assert document["schema"] == "trading-playbook/status/1" and document["now"] == now
    assert document["ok"] == (finished.code == 0) == all(one["ok"] for one in document["journals"])
    return finished.code, document


def rewrite(journal: Path, rows: list[dict[str, str]]) -> None:
    """Puts these rows in the place of a journal's."""
    journal.write_text(text_of(sorted(rows, key=lambda row: [row[name] for name in KEY])))


def log_of(finished: Finished) -> list[dict[str, Any]]:
    """The log lines on standard output: each must be what Cloud Logging reads, and there is nothing else."""
    assert finished.out.endswith("\n") and finished.err == "", finished.err
    return log_lines(finished.out)


def log_lines(text: str) -> list[dict[str, Any]]:
    lines = []
    for line in text.splitlines():
        entry = json.loads(line)
        assert isinstance(entry, dict) and {"severity", "message", "time"} <= entry.keys(), line
        assert entry["severity"] in ("DEBUG", "INFO", "WARNING", "ERROR") and entry["message"]
        assert datetime.fromisoformat(entry["time"]).tzinfo == timezone.utc, entry["time"]
        lines.append(entry)
    return lines
