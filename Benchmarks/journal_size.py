"""A journal of 500,000 rows: what a night and a look at it cost, against copying the file."""

import csv
import json
import os
import random
import time

from harness import Sample, interleaved
from report import Figure, compared

SYMBOLS, SESSIONS = 200, 2500
ROWS = SYMBOLS * SESSIONS
TRADED = 0.2
"""The share of rows with a trade."""
PIECE = 1 << 20
RATIO_LIMIT = 3.0
MEMORY_LIMIT = 100.0
FIRST, NOW = "2016-01-04", "2025-12-12T12:00:00Z"


class JournalBench:
    """A part of `Bench`."""

    def large_journal(self):
        """The figures of a large journal."""
        source = self.work_dir / "large-journal.csv"
        copy = self.work_dir / "large-journal-copy.csv"
        self._write_large_journal(source)
        settings = {"PLAYBOOK_NOW": NOW, "DATA_SOURCE": "sample"}
        names = [symbol_name(number) for number in range(SYMBOLS)]

        def nightly():
            copied(source, copy)
            return self.launcher.run(
                [self.options.binary, "backtest", "--catch-up", "--symbol", names[1], "--output", copy], settings)

        tasks = {
            "copy": lambda: copied(source, copy),
            "catch-up": nightly,
            "status": lambda: self.launcher.run(
                [self.options.binary, "status", "--symbol", names[1], "--output", source], settings, codes=(0, 1)),
            "status of all": lambda: self.launcher.run(
                [self.options.binary, "status", "--output", source], settings, codes=(0, 1)),
        }
        interleaved(1, tasks)
        results = interleaved(self.options.rounds, tasks)
        copying = Sample.of([seconds * 1e3 for seconds in results["copy"]])
        for name in ("catch-up", "status", "status of all"):
            runs = results[name]
            wall = Sample.of([run.seconds * 1e3 for run in runs]).median
            self.figures.append(
                compared(f"{name}, {ROWS:,} rows", wall, copying.median, "ms", RATIO_LIMIT, "copying the file, fsync"))
            self.figures.append(
                Figure(f"{name}, {ROWS:,} rows, peak memory", max(run.peak_megabytes for run in runs), None, "MB", None,
                       MEMORY_LIMIT))
        source.unlink()
        copy.unlink()

    def _write_large_journal(self, path):
        """Rows of all symbols for the sessions through the one before the last, by the program's own row of each kind."""
        sample = self.work_dir / "large-journal-sample.csv"
        sample.unlink(missing_ok=True)
        self.launcher.run(
            [self.options.binary, "backtest", "--source", "sample", "--symbol", "QQQ", "--start", "2025-01-02", "--end",
             "2025-11-04", "--output", sample])
        with open(sample, newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
            columns = reader.fieldnames
        kinds = [next(row for row in rows if row["entered"] == flag) for flag in ("false", "true")]
        calendar = json.loads(
            self.launcher.run(
                [self.options.binary, "calendar", "--start", FIRST, "--end", NOW[:10], "--format", "json"]).output)
        dates = [session["date"] for session in calendar["sessions"]][:SESSIONS]
        chance = random.Random(1)
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            for date in dates:
                for number in range(SYMBOLS):
                    row = kinds[chance.random() < TRADED]
                    changed = {"trade_date": date, "symbol": symbol_name(number), "data_source": "files"}
                    for name in ("entry_at", "exit_at"):
                        if row[name]:
                            changed[name] = date + row[name][10:]
                    writer.writerow(row | changed)


def symbol_name(number):
    return f"S{number:03d}"


def copied(source, target):
    """How long copying a file takes, in seconds, until it is on the disk."""
    begin = time.perf_counter()
    with open(source, "rb") as one, open(target, "wb") as other:
        while piece := one.read(PIECE):
            other.write(piece)
        other.flush()
        os.fsync(other.fileno())
    return time.perf_counter() - begin
