"""The simulation: the program as a service and as a job, through many days of deliveries, faults and kills."""

import random
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Optional

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "EndToEnd" / "support")]
sys.path += [str(TESTS / "Integrity"), str(TESTS / "Simulation")]
from support import Program, params  # isort: skip  (puts the fakes on the path)
from checks import Findings, Key, Reference, Violation, compare
from fake_alpaca import FakeAlpaca
from fake_bars import BarFolder
from machine import Machine, Process
from places import PLACES, Place
from plan import PARAMETERS, SYMBOLS, Day, plan
from scheduler import RETRIES, Attempt, Delivery, Scheduler, request
from trouble import Saboteur, Trouble, kill_soon

WRITERS = tuple(PLACES)
CATCH_UP = {"catch_up": True, "params": PARAMETERS}


class Simulation:
    """One whole simulation, in a folder of its own."""

    def __init__(self, binary: Path, folder: Path, sessions: int, seed: int):
        self.folder = folder
        self.seed = seed
        self.violations: list[str] = []
        self.findings: dict[str, Findings] = {}
        self.counts: Counter = Counter()
        self.seconds = 0.0
        self.dates, self.days = plan(sessions, seed)
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        home = folder / "home"
        home.mkdir(parents=True)
        self._program = Program(binary, home)
        self._flags = params(PARAMETERS)
        self._job = ["backtest", "--catch-up", "--cloud", *self._flags]
        self.alpaca = FakeAlpaca(BarFolder(self._make_bars()), rate_limit=None).start()
        self.reference = self._make_reference()
        self.places: list[Place] = [
            PLACES[writer](folder, self.reference, **({"is_sample": False} if writer == "csv" else {})) for writer in WRITERS
        ]
        self.machine = Machine(self._program, folder / "processes", self._settings)
        self.scheduler = Scheduler(self.machine)
        self.trouble = Trouble(self.alpaca, self.places, self.machine, seed)
        self._held: list[Day] = []
        self._killed_at: set[str] = set()
        """The beginnings of the `run_id`s of runs whose process may have been killed."""

    # What it stands on

    def _make_bars(self) -> Path:
        """The sample's bars of the days in question and of those before that averages need."""
        folder = self.folder / "bars"
        folder.mkdir()
        for symbol in SYMBOLS:
            for length, days in (("2Min", 14), ("1Day", 60)):
                self._program.succeed(
                    "data", "export", "--source", "sample", "--symbol", symbol, "--timeframe", length,
                    "--start", self.dates[0] - timedelta(days=days), "--end", self.dates[-1],
                    "--output", folder / f"{symbol}_{length}.csv",
                )  # fmt: skip
        return folder

    def _source(self) -> dict[str, Optional[str]]:
        """The settings of a client of the fake service."""
        return {
            "ALPACA_API_KEY": self.alpaca.key, "ALPACA_SECRET_KEY": self.alpaca.secret,
            "ALPACA_DATA_URL": self.alpaca.url, "ALPACA_TRADING_URL": self.alpaca.url, "SYMBOLS": ",".join(SYMBOLS),
        }  # fmt: skip

    def _make_reference(self) -> Reference:
        """A clean run over all sessions: the rows that are to be."""
        path = self.folder / "reference.csv"
        now = instant_of(self.days[-1].now + timedelta(days=1))
        self.alpaca.set_now(now)
        asked = ("--start", self.dates[0], "--end", self.dates[-1], "--output", path, "--cache-dir", "off")
        env = self._source() | {"PLAYBOOK_NOW": now}
        self._program.succeed("backtest", *asked, *self._flags, env=env)
        self.alpaca.clear()
        reference = Reference(path)
        assert len(reference.rows) == len(self.dates) * len(SYMBOLS)
        assert len(self.dates) < 6 or any(row["entered"] == "true" for row in reference.rows.values())
        return reference

    def _settings(self, number: int) -> dict[str, Optional[str]]:
        """The environment of a process."""
        settings = self._source() | {
            "WRITER_TYPE": ",".join(WRITERS), "LOG_FORMAT": "json", "DATA_CACHE_DIR": str(self.folder / "cache"),
        }  # fmt: skip
        for place in self.places:
            settings |= place.environment(number)
        return settings

    # The days

    def run(self, limit: float) -> bool:
        """Does everything; whether nothing was violated."""
        begin = time.monotonic()
        try:
            self._guarded("the first session, by hand", self._first_by_hand)
            for day in self.days:
                if self.violations:
                    break
                if time.monotonic() > begin + limit:
                    self.fail(f"not everything was done in time: {day} is next of {len(self.days)} days")
                    break
                self._guarded(str(day), lambda day=day: self._day(day))
            if not self.violations:
                self._guarded("the end", self._close)
            self._guarded("the logs", self._check_logs)
        finally:
            self.machine.end()
            self.counts |= self.trouble.counts
            self.alpaca.stop()
            for place in self.places:
                place.close()
        self.seconds = time.monotonic() - begin
        return not self.violations

    def fail(self, told: str) -> None:
        with self._lock:
            self.violations.append(told)

    def _guarded(self, where: str, body: Callable[[], None]) -> None:
        try:
            body()
        except Exception as error:
            told = str(error) if isinstance(error, Violation) else traceback.format_exc()
            self.fail(f"{where}: {told}")

    def _first_by_hand(self) -> None:
        """The setup of the journals: rows begin with the first session."""
        now = self.days[0].now - timedelta(days=1)
        self.alpaca.set_now(now)
        one = self.machine.job(["backtest", "--date", str(self.dates[0]), "--cloud", *self._flags], at(now))
        if self.machine.finish(one) != 0:
            raise Violation(f"did not succeed: {one.log}")

    def _day(self, day: Day) -> None:
        chance = random.Random(f"{self.seed} {day.number}")
        self.counts["days"] += 1
        self.counts["sessions"] += day.is_session
        self.counts[f"days: {day.kind}"] += 1
        if day.loses_cache:
            self._lose_cache()
        self.trouble.begin(day, chance)
        done: list[Delivery] = []
        try:
            if day.kind == "silent":
                pass
            elif day.kind in ("job", "killed job"):
                self._jobs(day, chance)
            elif day.kind == "down":
                done += self._deliver(day, chance)
            else:
                done += self._served(day, chance)
        finally:
            self.machine.current = None
            self.trouble.end()
        if day.is_held is not None and day.kind != "calm":
            self._held.append(day)
        self._look(day, done)

    def _served(self, day: Day, chance: random.Random) -> list[Delivery]:
        """A day of the service: it starts with the first request, and ends with SIGTERM."""

        def start() -> None:
            self.counts["processes that served"] += 1
            self.machine.serve(at(day.now))

        start()
        saboteur = None
        if day.kind in ("kill", "terminate"):
            is_kill = day.kind == "kill"
            if is_kill:
                self._killed_at.add(run_prefix(day.now))
            saboteur = Saboteur(
                self.trouble, self.machine, self.scheduler.wait_for_flight, start, is_kill=is_kill,
                times=chance.choice((1, 1, 2)), chance=chance,
                failed=lambda error: self.fail(f"{day}: {error!r}"),
            )  # fmt: skip
            saboteur.start()
        ended = threading.Event()
        looking = threading.Thread(target=self._look_in, args=(day, ended), daemon=True)
        looking.start()
        try:
            if day.kind == "hang up":
                for _ in range(3):
                    self.scheduler.hang_up(CATCH_UP, chance.uniform(0, 0.3))
                    self.counts["connections reset by the client"] += 1
            job = self.machine.job(self._job, at(day.now)) if day.kind == "both" else None
            done = self._deliver(day, chance)
            if job:
                self.counts["jobs beside the service"] += self.machine.finish(job) == 0
            for _ in range(5):
                if saboteur and day.is_session and not saboteur.strikes and saboteur.is_alive():
                    # All was over too soon.
                    body = {"date": str(day.date), "params": PARAMETERS}
                    done.append(self.scheduler.deliver(f"{day}, once more", body, chance))
        finally:
            if saboteur:
                saboteur.end()
            ended.set()
            looking.join()
        one = self.machine.current
        if one is None:
            raise Violation("no process serves")
        self.machine.stop(one)
        return done

    def _deliver(self, day: Day, chance: random.Random) -> list[Delivery]:
        """The day's deliveries, each on a thread, and those of earlier days that come now."""
        wanted = [(f"{day}, delivery {number + 1}", offset, body)
                  for number, (offset, body) in enumerate(zip(day.offsets, day.bodies))]  # fmt: skip
        for old in [one for one in self._held if one.is_held is not None and one.is_held <= day.number]:
            self._held.remove(old)
            self.counts["deliveries late and out of order"] += 1
            wanted.append((f"{day}, of {old}", chance.uniform(0, 1), {"date": str(old.date), "params": PARAMETERS}))
        done: list[Delivery] = []
        retries = {"down": 1, "not today": 2, "denied by storage": 2, "denied by mongo": 2}.get(day.kind, RETRIES)

        def one(what: str, offset: float, body: dict, luck: random.Random) -> None:
            time.sleep(offset)
            self._guarded(what, lambda: done.append(self.scheduler.deliver(what, body, luck, retries)))

        if day.kind == "not yet":
            # The data comes while the scheduler tries again.
            threading.Timer(chance.uniform(0.5, 1.5), lambda: self.trouble.data_arrives(day)).start()
        threads = [
            threading.Thread(target=one, args=(*this, random.Random(chance.random())), daemon=True) for this in wanted
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return done

    def _jobs(self, day: Day, chance: random.Random) -> None:
        """A day on which the job runs in the service's place: two tasks at once, or one that is killed."""
        if day.kind == "killed job":
            self._killed_at.add(run_prefix(day.now))
            self.trouble.writes.clear()
            one = self.machine.job(self._job, at(day.now))
            kill_soon(self.machine, one, self.trouble, chance)
            self.machine.finish(one)
        count = chance.choice((1, 2))
        for _ in range(3):
            tasks = [self.machine.job(self._job, at(day.now) | task(index, count)) for index in range(count)]
            codes = [self.machine.finish(one) for one in tasks]
            self.counts["jobs"] += count
            if codes == [0] * count:
                return
            self.counts["jobs that failed"] += sum(code != 0 for code in codes)

    def _look_in(self, day: Day, ended: threading.Event) -> None:
        """Others ask the service how it is, meanwhile."""
        paths = ("/health", "/health", "/health/detailed", "/openapi.json")
        number = 0
        while not ended.wait(0.1):
            path, number = paths[number % len(paths)], number + 1
            one = self.machine.current
            if one is None:
                continue
            try:
                begin = time.monotonic()
                status, _, document = request(one, "GET", path)
                seconds = time.monotonic() - begin
            except OSError:
                if one.process.poll() is None and self.machine.current is one and not ended.is_set():
                    self.counts["requests that others made and lost"] += 1
                continue
            except Violation as error:
                return self.fail(f"{day}: {error}")
            except Exception:
                continue
            self.counts["requests that others made"] += 1
            if status != 200 and (path, status) != ("/health/detailed", 503):
                self.fail(f"{day}: GET {path}: {status} {str(document)[:300]}")
            if path == "/health" and seconds > 5:
                self.fail(f"{day}: GET {path} took {seconds:.1f} s")

    def _lose_cache(self) -> None:
        """As an instance does that ends."""
        self.counts["caches lost"] += 1
        cache = self.folder / "cache"
        if cache.exists():
            cache.rename(self.folder / f"cache-lost-{self.counts['caches lost']}")

    # What must be true

    def _look(self, day: Day, done: list[Delivery]) -> None:
        """After a day: every journal is whole and has no row that is not to be; after a good one it has every row."""
        promised = {key for key in self.reference.rows if key[0] <= str(day.date)}
        is_caught_up = any(one.is_done and one.body.get("catch_up") for one in done)
        if day.kind == "calm" and done:
            bad = [one for one in done if not one.is_done or len(one.attempts) > 1]
            if bad:
                self.fail(f"{day}: without any fault {bad[0]}")
        for place in self.places:
            found = place.glance()
            if strange := found.keys() - promised:
                self.fail(f"{day}: {place.name} has rows of the future: {sorted(strange)[:3]}")
            if is_caught_up and (missing := promised - found.keys()):
                self.fail(f"{day}: caught up, but {place.name} lacks {sorted(missing)[:3]}")
        if is_caught_up:
            self.counts["days that ended with every row"] += 1

    def _close(self) -> None:
        """The morning after: one more delivery without any trouble, and everything is looked at."""
        now = self.days[-1].now + timedelta(hours=15)
        self.alpaca.set_now(now)
        self.machine.serve(at(now))
        delivery = self.scheduler.deliver("the last delivery", CATCH_UP, self._chance, 0)
        if not delivery.is_done:
            self.fail(f"without any fault {delivery}")
        if self.machine.current:
            self.machine.stop(self.machine.current)
        self.spoil()
        for place in self.places:
            self._guarded(place.name, lambda place=place: self._check(place))
        settings = self._settings(0) | at(now)
        for arguments in (("status", *self._flags), ("status", *self._flags, "--format", "json")):
            finished = self._program(*arguments, env=settings)
            if finished.code != 0:
                self.fail(f"status: exit {finished.code}\n{finished.out}{finished.err}")
        for name in WRITERS:
            finished = self._program("journal", "verify", "--writer", name, env=settings)
            if finished.code != 0:
                self.fail(f"{name}: journal verify: exit {finished.code}\n{finished.out}{finished.err}")

    def spoil(self) -> None:
        """For those who want to see that a wrong journal is found."""

    def _check(self, place: Place) -> None:
        """Every row is there once, as in the clean run; each tells of a run that there was."""
        starts = {run_prefix(day.now) for day in self.days} | {run_prefix(self.days[0].now - timedelta(days=1))}
        starts.add(run_prefix(self.days[-1].now + timedelta(hours=15)))

        def run_problem(_: Key, run_id: str) -> Optional[str]:
            return None if run_id.rpartition("-")[0] in starts else "no run that was started"

        expected = set(self.reference.rows)
        findings = compare(self.reference.rows, expected, place.rows(), run_problem)
        self.findings[place.name] = findings
        for problem in findings.problems:
            self.fail(f"{place.name}: {problem}")
        if litter := place.litter(expected):
            self.fail(f"{place.name}: there is what should not be, or not what should: {litter}")

    def _check_logs(self) -> None:
        """Every run has one record, unless its process was killed; nothing crashed."""
        for told in self.machine.crashes():
            self.fail(told)
        records = completed_runs(self.machine.processes)
        self._count(records)
        for run_id, count in records.items():
            if count != 1:
                self.fail(f"run {run_id} has {count} run_completed records")
        known = {place.name: place.glance() for place in self.places}
        written = {run_id for rows in known.values() for run_id in rows.values() if run_id}
        for run_id in sorted(written - records.keys()):
            if run_id.rpartition("-")[0] not in self._killed_at:
                self.fail(f"run {run_id} wrote rows and has no run_completed record")
        for delivery in self.scheduler.deliveries:
            for attempt in delivery.attempts:
                run_id = attempt.document.get("run_id")
                if run_id and run_id not in records:
                    self.fail(f"{delivery.what}: the answer tells of run {run_id}, the log does not")
                if attempt.status is None and attempt.was_heard:
                    self._check_end(delivery.what, attempt)

    def _check_end(self, what: str, attempt: Attempt) -> None:
        """A request without an answer is that of a process which was killed, or which did not take it any more."""
        one = self.machine.processes[attempt.process]
        if not one.was_killed and (one.told_to_stop is None or attempt.began < one.told_to_stop - 0.3):
            self.fail(f"{what}: process {one.number} was not killed and gave no answer")

    def _count(self, records: Counter) -> None:
        """What happened, for the summary."""
        deliveries = self.scheduler.deliveries
        attempts = [attempt for delivery in deliveries for attempt in delivery.attempts]
        self.counts["deliveries"] = len(deliveries)
        self.counts["deliveries that were given up"] = sum(not one.is_done for one in deliveries)
        self.counts["retries"] = len(attempts) - len(deliveries)
        self.counts["connections refused or broken"] = sum(one.status is None for one in attempts)
        for status in sorted({one.status for one in attempts if one.status}):
            self.counts[f"answers {status}"] = sum(one.status == status for one in attempts)
        by_run = Counter(one.document["run_id"] for one in attempts if "run_id" in one.document)
        self.counts["deliveries that joined a run"] = sum(count - 1 for count in by_run.values())
        self.counts["runs recorded"] = len(records)
        self.counts["processes"] = len(self.machine.processes)

    # Whether it meant anything

    @property
    def lacking(self) -> list[str]:
        """What was to happen and did not: without it nothing is shown."""
        wanted = {"deliveries": len(self.days) // 2, "retries": 1, "faults of Cloud Storage": 1, "runs recorded": 1,
                  "requests that others made": 1, "answers 200": 1, "days that ended with every row": 1}  # fmt: skip
        for kind, names in {
            "kill": ("kill -9 in the middle of a run", "connections refused or broken"),
            "terminate": ("SIGTERM in the middle of a run",),
            "not yet": ("answers 503",),
            "not today": ("deliveries that were given up",),
            "alpaca": ("faults of Alpaca",),
            "mongo": ("faults of MongoDB",),
            "denied by storage": ("answers 500",),
            "denied by mongo": ("answers 500",),
            "down": ("connections refused or broken",),
            "job": ("jobs",),
            "killed job": ("jobs killed",),
            "both": ("jobs beside the service",),
            "hang up": ("connections reset by the client",),
        }.items():
            if any(day.kind == kind for day in self.days):
                wanted |= dict.fromkeys(names, 1)
        if len(self.dates) >= 30:
            wanted |= {"kill -9 while it wrote": 3, "deliveries late and out of order": 3, "caches lost": 1,
                       "deliveries that joined a run": 1, "locks of the CSV journal held": 3, "retries": 20,
                       "kill -9 in the middle of a run": 5, "SIGTERM in the middle of a run": 3,
                       "faults of Cloud Storage": 10, "faults of MongoDB": 10, "faults of Alpaca": 5}  # fmt: skip
        return [f"{name}: {self.counts[name]}, not {least}" for name, least in wanted.items()
                if self.counts[name] < least]  # fmt: skip


def completed_runs(processes: list[Process]) -> Counter:
    """How many `run_completed` records each run has. Throws `Violation`."""
    return Counter(
        entry["run_id"] for one in processes for entry in one.log if entry.get("event") == "run_completed"
    )


def instant_of(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def run_prefix(moment: datetime) -> str:
    """What the `run_id`s of runs at that moment begin with."""
    return moment.astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def at(moment: datetime) -> dict[str, Optional[str]]:
    return {"PLAYBOOK_NOW": instant_of(moment)}


def task(index: int, count: int) -> dict[str, Any]:
    if count == 1:
        return {}
    return {"CLOUD_RUN_TASK_INDEX": str(index), "CLOUD_RUN_TASK_COUNT": str(count)}
