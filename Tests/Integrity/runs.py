"""Starts the program, kills it at instants that matter, and judges how it ended."""

import json
import os
import random
import re
import resource
import subprocess
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Optional

from checks import Key, Violation
from faults import RUN
from places import CSVPlace, Place
from support import Program
from work import Task

EPOCH = datetime(2026, 1, 1, tzinfo=timezone.utc)
"""Run number N believes that it is N seconds after this, so that its `run_id` tells which run wrote a row."""

PATIENCE = 150.0
"""Seconds that a run may take."""

LACKED = re.compile(r"^error: .* has no rows of ([^ ,]+(?:, [^ ,]+)*)$", re.MULTILINE)
CRASHED = re.compile(r"fatal error:|stack dump|thread \d+ .*crashed|sanitizer: ", re.IGNORECASE)


@dataclass
class Run:
    """A process and what becomes of it."""

    number: int
    task: Task
    process: subprocess.Popen
    writes: threading.Event = field(default_factory=threading.Event)
    """Set when it begins to write: it has the lock of the CSV journal, or a server got its first write."""
    began: float = 0
    """When that was."""
    point: str = ""
    """Of a run that is to be killed: at `any` time, while it `writes`, or soon after its first write (`soon`)."""
    was_limited: bool = False
    """Whether files that it wrote could not grow."""


@dataclass
class Counts:
    """What happened at one writer."""

    started: int = 0
    kills_before: int = 0
    """Kills before the run began to write."""
    kills_writing: int = 0
    exits: Counter = field(default_factory=Counter)
    """Ends that were no kill, by exit code."""
    reasons: Counter = field(default_factory=Counter)
    """Why runs failed, by exit code and place."""

    @property
    def kills(self) -> int:
        return self.kills_before + self.kills_writing


class Runner:
    """Runs the program on tasks. Its methods may be called from any thread."""

    def __init__(self, program: Program, places: list[Place], seed: int, log: Path):
        """`log`: a file for the messages of runs that failed."""
        self.places = places
        self.log = log
        self.counts = {place.name: Counts() for place in places}
        self.tasks: list[Task] = []
        """That of each run, by number."""
        self.kill_share = 0.75
        """Of runs, that are to be killed."""
        self.disk_share = 0.05
        """Of runs that write the CSV journal, that find the disk full."""
        self._program = program
        self._seed = seed
        self._running: dict[int, Run] = {}
        self._lives = {place.name: 0.5 for place in places}
        """How long runs take, in seconds."""
        self._writes = {place.name: 0.1 for place in places}
        """How much of that is from their first write on."""
        self._lock = threading.Lock()

    def noticed(self, name: str) -> None:
        """A server tells that a run is about to write."""
        run = self._running.get(int(name.removeprefix(RUN)))
        if run and not run.writes.is_set():
            run.began = time.monotonic()
            run.writes.set()

    def writing(self, pid: int, has_file: bool) -> None:
        """A process holds the lock of the CSV journal, and has begun with the temporary file."""
        for run in list(self._running.values()):
            if run.process.pid == pid and (has_file or run.point != "soon"):
                self.noticed(f"{RUN}{run.number}")

    def stop(self) -> None:
        """Kills what still runs."""
        for run in list(self._running.values()):
            run.process.kill()

    def attempt(
        self, writer: str, task: Task, may_kill: bool, lacking: frozenset[str] = frozenset()
    ) -> Optional[int]:
        """
        Runs the program once; its exit code, none when it was killed. Throws `Violation`. A copy may end with 65 when
        its source has no rows of some of the symbols that it may lack.
        """
        begin = time.monotonic()
        run = self._start(writer, task)
        chance = random.Random(f"{self._seed} {run.number}")
        is_victim = may_kill and chance.random() < self.kill_share
        if is_victim:
            run.point = chance.choice(("any", "writes", "writes", "soon"))
        elif may_kill and "csv" in task.writers and chance.random() < self.disk_share:
            self._limit(run, chance)
        try:
            is_killed = is_victim and self._kill(writer, run, chance)
            out, err = run.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            run.process.kill()
            out, err = run.process.communicate()
            raise Violation(f"{self._told(run)}: still running after {PATIENCE} s\n{err[-2000:]}") from None
        finally:
            with self._lock:
                del self._running[run.number]
        end = time.monotonic()
        code = run.process.returncode
        if is_killed and code == -9:
            with self._lock:
                if run.writes.is_set():
                    self.counts[writer].kills_writing += 1
                else:
                    self.counts[writer].kills_before += 1
            return None
        with self._lock:
            self.counts[writer].exits[code] += 1
            if code == 0:
                self._lives[writer] += (end - begin - self._lives[writer]) / 10
                if run.writes.is_set() and run.point != "soon":
                    self._writes[writer] += (end - run.began - self._writes[writer]) / 10
        if task.source and code == 65 and (named := LACKED.search(err)) and set(named[1].split(", ")) <= lacking:
            with self._lock:
                self.counts[writer].reasons["exit 65, nothing to copy"] += 1
            return code
        self._judge(writer, run, code, out, err)
        return code

    def _start(self, writer: str, task: Task) -> Run:
        with self._lock:
            number = len(self.tasks)
            self.tasks.append(task)
            self.counts[writer].started += 1
        changes: dict[str, Optional[str]] = {
            "PLAYBOOK_NOW": (EPOCH + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
        }
        for place in self.places:
            changes |= place.environment(number)
        # Python lets writes beyond a limit on files fail; its children are to find the same.
        process = self._program.start(*task.arguments, env=changes, restore_signals=False)
        run = Run(number, task, process)
        with self._lock:
            self._running[number] = run
        return run

    def _limit(self, run: Run, chance: random.Random) -> None:
        place = next(place for place in self.places if isinstance(place, CSVPlace))
        size = place.path.stat().st_size if place.path.exists() else 0
        limit = chance.randint(0, size)
        try:
            resource.prlimit(run.process.pid, resource.RLIMIT_FSIZE, (limit, limit))
        except (AttributeError, ProcessLookupError):
            return
        run.was_limited = True
        place.struck("disk full")

    def _kill(self, writer: str, run: Run, chance: random.Random) -> bool:
        """Waits for the instant and kills the run, if it still lives then."""
        if run.point == "any":
            if ends_within(run.process, chance.uniform(0, self._lives[writer] * 1.2)):
                return False
        else:
            deadline = time.monotonic() + PATIENCE
            while not run.writes.wait(0.05):
                if run.process.poll() is not None or time.monotonic() > deadline:
                    return False
            time.sleep(chance.uniform(0, 0.005 if run.point == "soon" else self._writes[writer]))
        if run.process.poll() is not None:
            return False
        run.process.kill()
        return True

    def _told(self, run: Run) -> str:
        return f"run {run.number} ({' '.join(run.task.arguments)})"

    def _judge(self, writer: str, run: Run, code: int, out: str, err: str) -> None:
        """Throws unless the end is one that the documents know, with the output that goes with it."""
        told = f"{self._told(run)}: exit {code}"
        if CRASHED.search(err) or code not in ((0, 73, 75) if run.was_limited else (0, 75)):
            raise Violation(f"{told}\n{err[-3000:]}\n{out[-500:]}")
        if code != 0:
            if not (reasons := re.findall(r"^error: (.*)", err, re.MULTILINE)):
                raise Violation(f"{told} without a word about why\n{err[-2000:]}")
            with self._lock:
                self.counts[writer].reasons.update(f"exit {code}, {reason_of(text)}" for text in reasons)
                with self.log.open("a") as log:
                    log.write(f"{told}\n{err}\n")
            return
        try:
            report = json.loads(out)
        except ValueError:
            raise Violation(f"{told} with output that is no JSON: {out[-1000:]!r}\n{err[-1000:]}") from None
        receipts = [report] if run.task.source else report["receipts"]
        wanted = report["rows"] if run.task.source else len(run.task.keys)
        for receipt in receipts:
            counted = receipt["added"] + receipt["replaced"] + receipt["unchanged"]
            if counted != wanted:
                raise Violation(f"{told}, but a receipt has {counted} rows in place of {wanted}: {receipt}")
        if not run.task.source and len(receipts) != len(run.task.writers):
            raise Violation(f"{told}, but there are {len(receipts)} receipts")

    # Which run wrote a row

    def run_problem(self, writer: str, key: Key, run_id: str, copied: set[Key]) -> Optional[str]:
        """What is wrong with the `run_id` of a writer's row; `copied` are those that copies may have brought."""
        found = re.fullmatch(r"(\d{8}T\d{6}Z)-[0-9a-f]{6}", run_id)
        if not found:
            return "not the name of a run"
        instant = datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
        number = int((instant - EPOCH).total_seconds())
        if not 0 <= number < len(self.tasks):
            return "no run that was started"
        task = self.tasks[number]
        is_its = key in task.keys and (writer in task.writers or key in copied)
        return None if is_its else "a run that was not to write this row"


def reason_of(text: str) -> str:
    """What failed, from the message."""
    if "by another process" in text:
        return "lock"
    if "File too large" in text:
        return "disk full"
    return "objects" if "gs://" in text else "documents" if "mongodb://" in text else "other"


def ends_within(process: subprocess.Popen, seconds: float) -> bool:
    """Whether the process ended within so many seconds."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


class LockWatch(threading.Thread):
    """Looks who holds the lock of the CSV journal, many times a second (Linux)."""

    def __init__(self, place: CSVPlace, runner: Runner):
        super().__init__(daemon=True)
        self._place = place
        self._runner = runner
        self._ended = threading.Event()

    def run(self) -> None:
        table = Path("/proc/locks")
        before: Optional[int] = None
        stale: frozenset[str] = frozenset()
        while table.exists() and not self._ended.wait(0.001):
            holder = self._holder(table)
            if holder != before:
                before, stale = holder, self._place.temporaries()
            if holder is not None:
                self._runner.writing(holder, bool(self._place.temporaries() - stale))

    def _holder(self, table: Path) -> Optional[int]:
        try:
            node = f":{os.stat(self._place.lock).st_ino} "
            for line in table.read_text().splitlines():
                if node in line and "FLOCK" in line and "->" not in line:
                    return int(line.split()[4])
        except (OSError, ValueError):
            pass
        return None

    def end(self) -> None:
        self._ended.set()
        self.join()
