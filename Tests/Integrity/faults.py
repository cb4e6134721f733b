"""What goes wrong while runs write, with what probability; and who writes first, for those that kill."""

import fcntl
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Optional

from fake_mongo import FakeMongo
from fake_storage import FakeStorage
from mongo_failpoints import FailPoint
from storage_faults import StorageFault

RUN = "run-"
"""What the names of runs start with, by which servers know them: `GCS_USER_PROJECT` and `appName`."""

OF_RUNS, DOWNLOAD, UPLOAD = f"userProject={RUN}", f"alt=media&userProject={RUN}", "uploadType=multipart"
"""Text within requests of runs: in all of them, in downloads, in uploads."""

STORAGE: list[tuple[str, str, float, dict]] = [
    *[("status", OF_RUNS, 0.004, {"status": status}) for status in (408, 429, 500, 502, 503, 504)],
    ("cut-before", OF_RUNS, 0.006, {}),
    ("revoked", OF_RUNS, 0.008, {}),
    ("delay", OF_RUNS, 0.010, {"seconds": 0.3}),
    ("lost", UPLOAD, 0.040, {}),
    ("applied", UPLOAD, 0.030, {"status": 503}),
    ("cut-upload", UPLOAD, 0.030, {}),
    ("corrupt-upload", UPLOAD, 0.030, {}),
    ("cut-body", DOWNLOAD, 0.008, {}),
    ("corrupt", DOWNLOAD, 0.012, {}),
    ("slow", DOWNLOAD, 0.010, {"rate": 150_000}),
    ("truncated-json", UPLOAD, 0.015, {}),
    ("status", "POST /token", 0.010, {"status": 503}),
    ("cut-before", "POST /token", 0.010, {}),
]
"""Of requests to the storage service: kind, which requests, how likely, what."""

MONGO: list[tuple[str, tuple[str, ...], float, dict]] = [
    ("cut before", ("find", "update", "listIndexes", "createIndexes", "saslStart"), 0.020, {"closeConnection": True}),
    ("cut after", ("update",), 0.060, {"closeAfter": True}),
    ("cut within", ("update",), 0.030, {"closeConnection": True, "afterStatements": 5}),
    ("11600", ("find", "update", "listIndexes", "createIndexes"), 0.020, {"errorCode": 11600}),
    ("91", ("find", "update"), 0.020, {"errorCode": 91}),
    ("11602 within", ("update",), 0.030, {"errorCode": 11602, "afterStatements": 3}),
    ("write concern", ("update",), 0.020, {"writeConcernError": {"code": 91, "errmsg": "shutting down"}}),
    ("step-down", ("find", "update"), 0.008, {"stepDownMS": 300}),
    ("step-down within", ("update",), 0.012, {"stepDownMS": 300, "afterStatements": 2}),
    ("block", ("find", "update"), 0.040, {"blockConnection": True, "blockTimeMS": 200}),
]
"""Of commands to the MongoDB server: what to call it, which commands, how likely, what."""

Noticed = Callable[[str], None]
"""Told the name of a run that is about to write."""


class WatchedUploads(StorageFault):
    """Not a fault: tells of uploads before they are carried out."""

    def __init__(self, noticed: Noticed):
        super().__init__("delay", times=0)
        self._noticed = noticed

    def applies(self, number: int, target: str) -> bool:
        if target.startswith("POST /upload") and "userProject=" in target:
            self._noticed(run_of(target))
        return False


class OncePerRun(StorageFault):
    """A fault that strikes a run once: a second token that is refused at once is a matter of credentials."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._struck: set[str] = set()

    def applies(self, number: int, target: str) -> bool:
        name = run_of(target)
        if name in self._struck or not super().applies(number, target):
            return False
        self._struck.add(name)
        return True


def run_of(target: str) -> str:
    """The name of the run that a request to the storage service is from."""
    return target.partition("userProject=")[2].partition("&")[0]


class OfRuns(FailPoint):
    """A fail point that leaves everybody but runs alone."""

    def applies(self, command: str, namespace: str, application: Optional[str], statements: int) -> bool:
        return (application or "").startswith(RUN) and super().applies(command, namespace, application, statements)


class WatchedUpdates(FailPoint):
    """Not a fail point: tells of updates before they are carried out."""

    def __init__(self, noticed: Noticed):
        super().__init__("off")
        self._noticed = noticed

    def applies(self, command: str, namespace: str, application: Optional[str], statements: int) -> bool:
        if command == "update" and application:
            self._noticed(application)
        return False


class StorageFaults:
    """Those of the storage service."""

    def __init__(self, service: FakeStorage, seed: int, noticed: Noticed):
        self._service = service
        service.faults.append(WatchedUploads(noticed))
        for kind, match, probability, values in STORAGE:
            seed += 1
            rule = OncePerRun if kind == "revoked" else StorageFault
            service.faults.append(rule(kind, match, None, probability=probability, seed=seed, **values))

    def end(self) -> None:
        self._service.faults.clear()

    @property
    def counts(self) -> Counter:
        struck = [entry for entry in self._service.requests if entry["fault"]]
        return Counter(
            f"{entry['fault']} {entry['status']}" if entry["fault"] == "status" else entry["fault"] for entry in struck
        )


class MongoFaults:
    """Those of the MongoDB server."""

    def __init__(self, server: FakeMongo, seed: int, noticed: Noticed):
        self._server = server
        server.fail_points.append(WatchedUpdates(noticed))
        self._points: list[tuple[str, FailPoint]] = []
        for name, commands, probability, data in MONGO:
            seed += 1
            point = OfRuns({"activationProbability": probability}, data | {"failCommands": commands, "seed": seed})
            self._points.append((name, server.fail_points.append(point)))

    def end(self) -> None:
        self._server.fail_points.clear()

    @property
    def counts(self) -> Counter:
        return Counter({name: point.hits for name, point in self._points if point.hits})


class FileFaults(threading.Thread):
    """Those of the CSV journal: another process, this one, holds its lock for a while now and then."""

    LONG = 33.0
    """Seconds: more than a run waits."""

    def __init__(self, lock: Path, seed: int, holds_long: bool):
        super().__init__(daemon=True)
        self.counts: Counter = Counter()
        self._lock_path = lock
        self._random = random.Random(seed)
        self._holds_long = holds_long
        self._ended = threading.Event()
        self._counting = threading.Lock()
        self.start()

    def struck(self, name: str) -> None:
        with self._counting:
            self.counts[name] += 1

    def run(self) -> None:
        begin = time.monotonic()
        while not self._ended.wait(self._random.uniform(1, 5)):
            if self._holds_long and time.monotonic() > begin + 45:
                self._holds_long = False
                self._hold(self.LONG, "lock held long")
            else:
                self._hold(self._random.uniform(0.05, 1), "lock held")

    def _hold(self, seconds: float, name: str) -> None:
        with self._lock_path.open("a") as file:
            while not self._ended.is_set():
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    time.sleep(0.005)
                    continue
                self.struck(name)
                self._ended.wait(seconds)
                return

    def end(self) -> None:
        self._ended.set()
        self.join()
