#!/usr/bin/env python3
"""The integrity run: many processes write overlapping ranges to every journal while faults and kill -9 strike; in the
end every row is there exactly once, as it is to be. See README.md.

    python run.py --binary PATH [--kills 500] [--seed N] [--writers csv,gcs,mongodb] [--seconds LIMIT]
"""

import argparse
import json
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Optional

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("Integrity", "EndToEnd/support")]
from support import Program  # isort: skip  (puts the fakes on the path)
from checks import Findings, Key, Reference, Violation, compare
from places import PLACES, CSVPlace, Place, Reader
from report import table
from runs import LockWatch, Runner
from work import CLOSING, FIRST, LAST, PLAYBOOKS, SYMBOLS, Catalog, Task, Work

WORKERS = 8
"""Processes at a time for each writer."""

FEWEST = 6
"""Tasks for each writer, at least, however few kills are asked for."""

NOTHING_TO_COPY = 65
"""How a copy ends of symbols that its source has no rows of; `Runner` lets nothing else end so."""

MOST_TRIES = 40
"""Of a task that is not killed, until it succeeds."""


class IntegrityRun:
    """One whole run, in a folder of its own."""

    def __init__(self, binary: Path, folder: Path, writers: tuple[str, ...], kills: int, seed: int):
        self.writers = writers
        self.kills = kills
        self.seed = seed
        self.folder = folder
        self.violations: list[str] = []
        self.findings: dict[str, Findings] = {}
        self.seconds = 0.0
        home = folder / "home"
        home.mkdir()
        self._program = Program(binary, home)
        self._symbols = SYMBOLS[: min(len(SYMBOLS), 2 + kills // 100)]
        reference, playbooks = self._make_reference()
        self.reference = reference
        self.catalog = Catalog(reference, self._symbols, playbooks)
        self.places: list[Place] = [PLACES[writer](folder, reference) for writer in writers]
        self.runner = Runner(self._program, self.places, seed, folder / "failed-runs.txt")
        if kills == 0:
            self.runner.kill_share = 0
        self.work = Work(self.catalog, writers, seed)
        self._promised: dict[str, set[Key]] = {writer: set() for writer in writers}
        self._tries: dict[Task, int] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self.readers: list[Reader] = []

    def _make_reference(self) -> tuple[Reference, list[tuple[str, str]]]:
        """Clean runs: the rows, and the strategy and `params_id` of each playbook."""
        path = self.folder / "reference.csv"
        playbooks = []
        for flags in PLAYBOOKS:
            asked = ("--symbol", ",".join((*self._symbols, CLOSING)), "--start", FIRST, "--end", LAST)
            finished = self._program.succeed(
                "backtest", "--source", "sample", *asked, *flags, "--output", path, "--format", "json"
            )
            report = json.loads(finished.out)
            playbooks.append((report["strategy"], report["params_id"]))
        return Reference(path), playbooks

    # Running

    def run(self, limit: float) -> bool:
        """Does everything; whether nothing was violated."""
        begin = time.monotonic()
        deadline = begin + limit
        try:
            self._disturbed(deadline)
            if not self.violations:
                self._guarded(self._close, "after the run")
                self._guarded(self._verify, "journal verify")
        finally:
            self.runner.stop()
            for place in self.places:
                # Fault counts are asked for later; servers keep them.
                self._guarded(place.close, place.name)
        self.seconds = time.monotonic() - begin
        return not self.violations

    def _disturbed(self, deadline: float) -> None:
        for place in self.places:
            place.disturb(self.seed * 1000, self.runner.noticed, self.kills >= 200)
        self.readers = [Reader(one, lambda name=one.name: self._kept(name), self._fail) for one in self.places]
        watches = [LockWatch(place, self.runner) for place in self.places if isinstance(place, CSVPlace)]
        workers = [
            threading.Thread(target=self._serve, args=(writer,), daemon=True)
            for writer in self.writers
            for _ in range(WORKERS)
        ]
        for thread in (*self.readers, *watches, *workers):
            thread.start()
        told = time.monotonic()
        while not self.violations:
            time.sleep(0.1)
            if self.work.is_endless and self._has_kills and min(self.work.made.values()) >= FEWEST:
                self.work.end()
            elif not self.work.is_endless and self.work.is_idle:
                break
            if time.monotonic() > deadline:
                self._fail(f"not everything was done in time: {self._state()}")
            if time.monotonic() > told + 15:
                told = time.monotonic()
                print(self._state(), file=sys.stderr, flush=True)
        self._ended.set()
        if self.violations:
            self.runner.stop()
        for thread in workers:
            thread.join(timeout=10)
        for reader in self.readers:
            reader.end()
        for watch in watches:
            watch.end()
        for place in self.places:
            place.calm()

    def _serve(self, writer: str) -> None:
        """A worker: one task after the other."""
        while not self._ended.is_set():
            task = None if self._is_ahead(writer) else self.work.take(writer)
            if task is None:
                self._ended.wait(0.05)
                continue
            try:
                self._attempt(writer, task)
            except Exception as error:
                told = str(error) if isinstance(error, Violation) else traceback.format_exc()
                if not self._ended.is_set():
                    self._fail(told)
                return

    def _attempt(self, writer: str, task: Task) -> None:
        source = self._copied_keys(task) if task.source else frozenset()
        lacking = frozenset(task.symbols) - {key[1] for key in self._kept(task.source or "")}
        code = self.runner.attempt(writer, task, self.work.is_endless, lacking)
        with self._lock:
            if code == 0:
                for name in task.writers:
                    self._promised[name] |= task.keys | source
            elif code not in (None, NOTHING_TO_COPY):
                self._tries[task] = self._tries.get(task, 0) + 1
                if self._tries[task] > MOST_TRIES:
                    raise Violation(f"did not succeed {MOST_TRIES} times: {' '.join(task.arguments)}")
        if code in (0, NOTHING_TO_COPY):
            return self.work.done()
        self.work.give_back(writer, task)

    def _copied_keys(self, task: Task) -> frozenset[Key]:
        """The rows that a copy is bound to bring: those promised at its source when it begins."""
        return frozenset(
            key
            for key in self._kept(task.source or "")
            if key[1] in task.symbols and task.first <= key[0] <= task.last
        )

    def _kept(self, writer: str) -> set[Key]:
        with self._lock:
            return set(self._promised.get(writer, ()))

    @property
    def _has_kills(self) -> bool:
        kills = [counts.kills for counts in self.runner.counts.values()]
        return sum(kills) >= self.kills and min(kills) * 4 >= self.kills

    def _is_ahead(self, writer: str) -> bool:
        """Whether a writer has far more kills than it needs, while others still need some and the processor."""
        kills = {name: counts.kills for name, counts in self.runner.counts.items()}
        return kills[writer] * 5 > self.kills * 2 and min(kills.values()) * 4 < self.kills

    def _state(self) -> str:
        parts = [
            f"{name} {counts.kills} kills of {counts.started} runs" for name, counts in self.runner.counts.items()
        ]
        return ", ".join(parts)

    def _fail(self, told: str) -> None:
        with self._lock:
            self.violations.append(told)

    def _guarded(self, body: Callable[[], None], where: str) -> None:
        try:
            body()
        except Exception as error:
            told = str(error) if isinstance(error, Violation) else traceback.format_exc()
            self._fail(f"{where}: {told}")

    # The end

    def _close(self) -> None:
        """One more run for each writer, undisturbed, which has new rows; then everything is looked at."""
        for place in self.places:
            task = self.catalog.backtest((place.name,), (CLOSING,), 0, self.catalog.dates[-5:])
            self.work.expected[place.name] |= task.keys
            if self.runner.attempt(place.name, task, False) != 0:
                self._fail(f"{place.name}: the run without faults did not succeed")
        for place in self.places:
            self._guarded(lambda place=place: self._check(place), place.name)
        if litter := sorted(path.name for path in self._program.folder.iterdir()):
            self._fail(f"in the folder that runs were started in there is {litter}")

    def _check(self, place: Place) -> None:
        """Everything that is there is what is to be."""
        name, expected, copied = place.name, self.work.expected[place.name], self.work.copied[place.name]
        findings = compare(
            self.reference.rows,
            expected,
            place.rows(),
            lambda key, run: self.runner.run_problem(name, key, run, copied),
        )
        self.findings[name] = findings
        for problem in findings.problems:
            self._fail(f"{name}: {problem}")
        if missing := self._kept(name) - expected:
            self._fail(f"{name}: the run itself is wrong: {len(missing)} rows were promised and not expected")
        if litter := place.litter(expected):
            self._fail(f"{name}: there is what should not be, or not what should: {litter}")

    def _verify(self) -> None:
        """The program itself finds nothing wrong."""
        environment: dict[str, Optional[str]] = {}
        for place in self.places:
            environment |= place.environment(len(self.runner.tasks))
        for name in self.writers:
            finished = self._program("journal", "verify", "--writer", name, env=environment)
            if finished.code != 0:
                self._fail(f"{name}: journal verify: exit {finished.code}\n{finished.out}{finished.err}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0], allow_abbrev=False)
    parser.add_argument("--binary", type=Path, required=True, help="the program")
    parser.add_argument("--kills", type=int, default=500, help="at least so many, a quarter of them for each writer")
    parser.add_argument("--seed", type=int, default=1, help="of ranges, faults and kills")
    parser.add_argument("--writers", default=",".join(PLACES), help="default: %(default)s")
    parser.add_argument("--seconds", type=float, default=1800, help="longer is a failure (default: %(default)s)")
    parser.add_argument("--work-dir", type=Path, help="an empty folder for everything; default: a temporary one")
    parser.add_argument("--keep", action="store_true", help="keep the folder also when nothing was violated")
    asked = parser.parse_args()
    writers = tuple(asked.writers.split(","))
    if unknown := set(writers) - PLACES.keys():
        parser.error(f"there is no writer {', '.join(sorted(unknown))}")
    if asked.work_dir:
        asked.work_dir.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="integrity-", dir=asked.work_dir)).resolve()
    whole = IntegrityRun(asked.binary.resolve(), folder, writers, asked.kills, asked.seed)
    sys.setswitchinterval(0.001)  # Those that wait for an instant to kill should not be late.
    is_good = whole.run(asked.seconds)
    print(table(whole))
    if is_good:
        if not asked.keep:
            shutil.rmtree(folder)
        print("\nEvery row is there exactly once, as it is to be.")
        return 0
    print(f"\nVIOLATED, see {folder}:")
    for told in whole.violations:
        print(f"- {told}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
