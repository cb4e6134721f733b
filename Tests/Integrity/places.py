"""The journal of each writer: where runs find it, what goes wrong with it, and how it is read without the program."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Optional

from checks import Key, Reference, Row, Violation, parsed, row_of_document
from fake_mongo import FakeMongo
from fake_storage import FakeStorage
from faults import RUN, FileFaults, MongoFaults, Noticed, StorageFaults
from google.api_core.client_options import ClientOptions
from google.cloud import storage
from google.oauth2.credentials import Credentials
from pymongo import MongoClient
from pymongo.errors import PyMongoError

BUCKET, PREFIX = "data", "journals/kept"
DATABASE, COLLECTION = "trading", "trades"


class CSVPlace:
    """The journal as a file."""

    name = "csv"

    def __init__(self, folder: Path, reference: Reference, is_sample: bool = True):
        self.folder = folder / "csv"
        self.folder.mkdir()
        # The sample's journal has a name of its own.
        self._is_sample = is_sample
        self._name = "sample-trades.csv" if is_sample else "trades.csv"
        self.path = self.folder / self._name
        self.lock = self.folder / f".{self._name}.lock"
        self._reference = reference
        self._faults: Optional[FileFaults] = None

    def temporaries(self) -> frozenset[str]:
        """The names of the files that runs are writing, or were when they were killed."""
        return frozenset(path.name for path in self.folder.glob(f".{self._name}.*.tmp"))

    def environment(self, run: int) -> dict[str, str]:
        return {"OUTPUT_DIR": str(self.folder)} | ({"DATA_SOURCE": "sample"} if self._is_sample else {})

    def disturb(self, seed: int, noticed: Noticed, is_long: bool) -> None:
        self._faults = FileFaults(self.lock, seed, is_long)

    def struck(self, name: str) -> None:
        """Counts a fault that is of a single run."""
        if self._faults:
            self._faults.struck(name)

    def calm(self) -> None:
        if self._faults:
            self._faults.end()

    @property
    def faults(self) -> Counter:
        return self._faults.counts if self._faults else Counter()

    def glance(self) -> dict[Key, Optional[str]]:
        """The rows that are there now, and their `run_id`s."""
        return self._reference.read(self.path.read_text(), self.path.name) if self.path.exists() else {}

    def rows(self) -> list[Row]:
        with self.path.open(newline="") as file:
            return parsed(file.read(), self._reference.columns)

    def litter(self, expected: set[Key]) -> list[str]:
        return [path.name for path in self.folder.iterdir() if path not in (self.path, self.lock)]

    def close(self) -> None:
        self.calm()


class StoragePlace:
    """The journal as objects."""

    name = "gcs"

    def __init__(self, folder: Path, reference: Reference):
        self.service = FakeStorage(BUCKET, auth="token", page_size=5).start()
        self._credentials = [
            self.service.write_key(folder / "service-account.json"),
            self.service.write_user(folder / "user.json"),
        ]
        self._reference = reference
        self._faults: Optional[StorageFaults] = None
        options = ClientOptions(api_endpoint=self.service.url)
        self._client = storage.Client("fake-project", Credentials(self.service.issue()), client_options=options)

    def environment(self, run: int) -> dict[str, str]:
        return {
            "GCS_ENDPOINT": self.service.url, "GCS_BUCKET": BUCKET, "GCS_PREFIX": PREFIX,
            "GCS_USER_PROJECT": f"{RUN}{run}",
            "GOOGLE_APPLICATION_CREDENTIALS": str(self._credentials[run % 2]),
        }  # fmt: skip

    def disturb(self, seed: int, noticed: Noticed, is_long: bool) -> None:
        self._faults = StorageFaults(self.service, seed, noticed)

    def calm(self) -> None:
        if self._faults:
            self._faults.end()

    @property
    def faults(self) -> Counter:
        return self._faults.counts if self._faults else Counter()

    def _objects(self) -> dict[str, str]:
        """Every object, downloaded with Google's client."""
        bucket = self._client.bucket(BUCKET)
        # By name: the generation that the list tells of may be gone by now.
        return {
            blob.name: bucket.blob(blob.name).download_as_bytes().decode() for blob in self._client.list_blobs(BUCKET)
        }

    def glance(self) -> dict[Key, Optional[str]]:
        found: dict[Key, Optional[str]] = {}
        for name, text in self._objects().items():
            rows = self._reference.read(text, name)
            for key in rows:
                if name != name_of(key):
                    raise Violation(f"{key} is in {name}")
            found |= rows
        return found

    def rows(self) -> list[Row]:
        return [row for _, text in sorted(self._objects().items()) for row in parsed(text, self._reference.columns)]

    def litter(self, expected: set[Key]) -> list[str]:
        return sorted(set(self._objects()) ^ {name_of(key) for key in expected})

    def close(self) -> None:
        self.service.stop()


def name_of(key: Key) -> str:
    """The object of a row."""
    day, symbol, strategy, *_ = key
    return f"{PREFIX}/{strategy}/{symbol}/{day[:4]}.csv"


class MongoPlace:
    """The journal as documents."""

    name = "mongodb"

    def __init__(self, folder: Path, reference: Reference):
        self.server = FakeMongo(users=["writer:secret", "reader:secret:readOnly"]).start()
        self._reference = reference
        self._faults: Optional[MongoFaults] = None
        self._client: MongoClient = MongoClient(self.server.uri_of("reader", "secret"))

    def environment(self, run: int) -> dict[str, str]:
        uri = self.server.uri_of("writer", "secret", appName=f"{RUN}{run}")
        return {"MONGODB_CONNECTION": uri, "MONGODB_DATABASE": DATABASE, "MONGODB_COLLECTION": COLLECTION}

    def disturb(self, seed: int, noticed: Noticed, is_long: bool) -> None:
        self._faults = MongoFaults(self.server, seed, noticed)

    def calm(self) -> None:
        if self._faults:
            self._faults.end()

    @property
    def faults(self) -> Counter:
        return self._faults.counts if self._faults else Counter()

    def _documents(self, fields: Optional[list[str]] = None) -> list[dict[str, Any]]:
        """The documents, read with PyMongo; a step-down may come in between."""
        for attempt in range(20):
            try:
                return list(self._client[DATABASE][COLLECTION].find({}, fields))
            except PyMongoError:
                if attempt == 19:
                    raise
                time.sleep(0.2)
        return []

    def glance(self) -> dict[Key, Optional[str]]:
        found: dict[Key, Optional[str]] = {}
        for document in self._documents(["run_id"]):
            key = self._reference.ids.get(document["_id"])
            if key is None:
                raise Violation(f"a document that was never to be: {document['_id']!r}")
            found[key] = document["run_id"]
        return found

    def rows(self) -> list[Row]:
        return [row_of_document(document, self._reference.columns) for document in self._documents()]

    def litter(self, expected: set[Key]) -> list[str]:
        database = self._client[DATABASE]
        strangers = [name for name in self._client.list_database_names() if name not in (DATABASE, "admin")]
        return strangers + [name for name in database.list_collection_names() if name != COLLECTION]

    def close(self) -> None:
        self._client.close()
        self.server.stop()


Place = CSVPlace | StoragePlace | MongoPlace
PLACES: dict[str, type[Place]] = {place.name: place for place in (CSVPlace, StoragePlace, MongoPlace)}


class Reader(threading.Thread):
    """Reads a journal again and again: it is whole each time, and no row that was promised is missing."""

    def __init__(self, place: Place, promised: Callable[[], set[Key]], failed: Callable[[str], None]):
        """`promised`: the keys of rows that runs which ended well have written."""
        super().__init__(daemon=True)
        self.reads = 0
        self._place = place
        self._promised = promised
        self._failed = failed
        self._ended = threading.Event()

    def run(self) -> None:
        pause = 0.0
        while not self._ended.wait(pause):
            begin = time.monotonic()
            promised = self._promised()
            try:
                found = self._place.glance()
                if missing := promised - found.keys():
                    raise Violation(f"{len(missing)} rows vanished that had been promised, as {min(missing)}")
            except Exception as error:
                return self._failed(f"{self._place.name}, while runs wrote: {type(error).__name__}: {error}")
            self.reads += 1
            pause = max(0.2, 3 * (time.monotonic() - begin))

    def end(self) -> None:
        self._ended.set()
        self.join()
