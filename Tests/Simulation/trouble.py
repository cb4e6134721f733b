"""What goes wrong on a day: at Alpaca's service, Cloud Storage, MongoDB, the journal's lock, and to the process."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

# Found on the path that `simulation` adds.
from fake_alpaca import FakeAlpaca
from machine import Machine, Process
from places import MongoPlace, Place, StoragePlace
from plan import Day

ALPACA = [
    ("429", {"retry_after": "1"}), ("429", {}), ("status", {"status": 500}), ("status", {"status": 503}),
    ("cut-before", {}), ("cut-body", {}), ("truncated-json", {}), ("html", {}), ("slow", {"rate": 200_000}),
]  # fmt: skip
STORAGE = [
    ("lost", "uploadType=multipart", {}), ("applied", "uploadType=multipart", {"status": 503}),
    ("cut-upload", "uploadType=multipart", {}), ("corrupt-upload", "uploadType=multipart", {}),
    ("status", "alt=media", {"status": 503}), ("status", "uploadType=multipart", {"status": 429}),
    ("corrupt", "alt=media", {}), ("cut-before", "POST /token", {}),
]  # fmt: skip
MONGO = [
    {"closeAfter": True}, {"closeConnection": True}, {"errorCode": 11600}, {"stepDownMS": 300},
    {"closeConnection": True, "afterStatements": 1}, {"writeConcernError": {"code": 91, "errmsg": "shutting down"}},
]  # fmt: skip


class Trouble:
    """Makes a day's trouble, and counts what struck."""

    def __init__(self, alpaca: FakeAlpaca, places: list[Place], machine: Machine, seed: int):
        self.counts: Counter = Counter()
        self.writes = threading.Event()
        """Set when a process begins to write to a bucket or a database."""
        self._alpaca = alpaca
        self._places = {place.name: place for place in places}
        self._machine = machine
        self._seed = seed
        self._points: list = []
        self._is_disturbed = False

    def begin(self, day: Day, chance: random.Random) -> None:
        """Sets it up."""
        self._alpaca.set_now(day.now)
        self.writes.clear()
        storage, mongo = self._places["gcs"], self._places["mongodb"]
        assert isinstance(storage, StoragePlace) and isinstance(mongo, MongoPlace)
        self._is_disturbed = day.kind != "calm"
        if self._is_disturbed:
            for place in self._places.values():
                place.disturb(self._seed * 1000 + day.number * 50, lambda name: self.writes.set(), False)
        if day.kind in ("not yet", "not today"):
            self._alpaca.set_now(before_close(day.now))
        elif day.kind == "alpaca":
            for kind, values in chance.sample(ALPACA, 3):
                self._alpaca.faults.add(kind, match=chance.choice(("bars", "2Min", "")), times=1, **values)
        elif day.kind == "storage":
            for kind, match, values in chance.sample(STORAGE, 3):
                storage.service.faults.add(kind, match=match, times=1, **values)
        elif day.kind == "mongo":
            for data in chance.sample(MONGO, 2):
                self._points.append(mongo.server.fail("update", times=1, **data))
        elif day.kind == "denied by storage":
            storage.service.faults.add("status", match="uploadType=multipart", times=None, status=403)
        elif day.kind == "denied by mongo":
            self._points.append(mongo.server.fail("update", times=None, errorCode=13))

    def data_arrives(self, day: Day) -> None:
        """From now on Alpaca has the day's bars."""
        self._alpaca.set_now(day.now)

    def end(self) -> None:
        """Ends it, and counts it."""
        storage, mongo = self._places["gcs"], self._places["mongodb"]
        assert isinstance(storage, StoragePlace) and isinstance(mongo, MongoPlace)
        if self._is_disturbed:
            for place in self._places.values():
                place.calm()
            self.counts["faults of MongoDB"] += sum(mongo.faults.values())
            self.counts["locks of the CSV journal held"] += sum(self._places["csv"].faults.values())
        struck = sum(entry["fault"] is not None for entry in storage.service.requests)
        self.counts["faults of Cloud Storage"] += struck
        self.counts["faults of MongoDB"] += sum(point.hits for point in self._points)
        self.counts["faults of Alpaca"] += sum(entry["fault"] is not None for entry in self._alpaca.requests)
        self.counts["requests to Alpaca"] += len(self._alpaca.requests)
        self.counts["requests to Cloud Storage"] += len(storage.service.requests)
        self.counts["commands to MongoDB"] += len(mongo.server.commands)
        self._points = []
        self._alpaca.clear()
        storage.service.clear()
        mongo.server.fail_points.clear()
        mongo.server.forget()


class Saboteur(threading.Thread):
    """Kills or terminates the process in the middle of what it does, and has another one started."""

    def __init__(
        self, trouble: Trouble, machine: Machine, is_busy: Callable[[float], bool], restart: Callable[[], None],
        *, is_kill: bool, times: int, chance: random.Random, failed: Callable[[BaseException], None],
    ):  # fmt: skip
        """`is_busy`: waits so many seconds at most for a request to be on its way, and says whether one is."""
        super().__init__(daemon=True)
        self._trouble, self._machine, self._is_busy, self._restart = trouble, machine, is_busy, restart
        self._is_kill, self._times, self._chance, self._failed = is_kill, times, chance, failed
        self._ended = threading.Event()
        self.strikes = 0

    def run(self) -> None:
        try:
            while self.strikes < self._times and not self._ended.is_set():
                self.strikes += self._strike()
        except BaseException as error:
            self._failed(error)

    def _strike(self) -> bool:
        """Waits for a request and an instant of it; whether that came before the answer."""
        one = self._machine.current
        if not self._is_busy(0.05) or one is None:
            return False
        if self._chance.random() < 0.6:
            self._trouble.writes.clear()
            while not self._trouble.writes.wait(0.02) and self._is_busy(0):
                pass
            time.sleep(self._chance.uniform(0, 0.06))
        else:
            time.sleep(self._chance.uniform(0, 0.3))
        if self._ended.is_set() or not self._is_busy(0):
            return False
        wrote = self._trouble.writes.is_set()
        what = "kill -9" if self._is_kill else "SIGTERM"
        self._machine.current = None
        if not self._is_kill:
            self._machine.stop(one)
        elif not self._machine.kill(one):
            return False
        self._trouble.counts[f"{what} in the middle of a run"] += 1
        self._trouble.counts[f"{what} while it wrote"] += wrote
        time.sleep(self._chance.uniform(0, 0.3))
        self._restart()
        return True

    def end(self) -> None:
        """No more strikes; one that has begun is seen through."""
        self._ended.set()
        self.join()


def before_close(now: datetime) -> datetime:
    """An instant at which the last bars of the session that has just closed were not there yet."""
    return now - timedelta(minutes=50)


def kill_soon(machine: Machine, one: Process, trouble: Trouble, chance: random.Random) -> None:
    """Kills a job at some instant of its life, often while it writes, if it still runs then."""
    if chance.random() < 0.6:
        while not trouble.writes.wait(0.02) and one.process.poll() is None:
            pass
        time.sleep(chance.uniform(0, 0.03))
    else:
        time.sleep(chance.uniform(0, 0.15))
    trouble.counts["jobs killed"] += machine.kill(one)
