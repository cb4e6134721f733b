"""Buckets of objects, in memory or in a folder."""

import dataclasses
import hashlib
import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Optional

from storage_checksums import check_hashes
from storage_errors import Refusal, no_bucket, no_object
from storage_objects import SETTABLE, Conditions, StoredObject


class Bucket:
    """The objects of a bucket and their contents; in a folder, two files an object."""

    def __init__(self, name: str, requester_pays: bool = False, folder: Optional[Path] = None):
        self.name = name
        self.requester_pays = requester_pays
        self.created = time.time()
        self.objects: dict[str, StoredObject] = {}
        self._folder = folder
        self._contents: dict[str, bytes] = {}
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            for path in folder.glob("*.json"):
                found = StoredObject(**json.loads(path.read_text()))
                self.objects[found.name] = found

    def content(self, name: str) -> bytes:
        return self._file(self.objects[name]).read_bytes() if self._folder else self._contents[name]

    def put(self, new: StoredObject, content: bytes) -> None:
        """A new generation of an object."""
        old = self.objects.get(new.name)
        if self._folder:
            self._file(new).write_bytes(content)
        else:
            self._contents[new.name] = content
        self.describe(new)
        if self._folder and old:
            self._file(old).unlink()

    def describe(self, new: StoredObject) -> None:
        """Other metadata of the same content."""
        if self._folder:
            written = self._path(new.name, ".new")
            written.write_text(json.dumps(dataclasses.asdict(new)))
            os.replace(written, self._path(new.name, ".json"))
        self.objects[new.name] = new

    def remove(self, name: str) -> None:
        old = self.objects.pop(name)
        self._contents.pop(name, None)
        if self._folder:
            self._path(name, ".json").unlink()
            self._file(old).unlink()

    def _path(self, name: str, suffix: str) -> Path:
        # The hash of a name is never too long for a file's.
        return self._folder / (hashlib.sha256(name.encode()).hexdigest() + suffix)

    def _file(self, one: StoredObject) -> Path:
        return self._path(one.name, f".{one.generation}")


class Store:
    """All buckets. Every operation is carried out whole, one after the other."""

    def __init__(self, folder: Optional[Path] = None):
        self._folder = folder
        self._buckets: dict[str, Bucket] = {}
        self._lock = threading.RLock()
        self._generation = 0
        if folder and folder.is_dir():
            for path in folder.iterdir():
                self._buckets[path.name] = bucket = Bucket(path.name, folder=path)
                self._generation = max([self._generation, *(one.generation for one in bucket.objects.values())])

    def create_bucket(self, name: str, requester_pays: bool = False) -> None:
        """Creates a bucket, or sets who pays for one that exists."""
        with self._lock:
            if name not in self._buckets:
                self._buckets[name] = Bucket(name, folder=self._folder / name if self._folder else None)
            self._buckets[name].requester_pays = requester_pays

    def buckets(self) -> list[Bucket]:
        with self._lock:
            return [self._buckets[name] for name in sorted(self._buckets)]

    def bucket(self, name: str) -> Bucket:
        with self._lock:
            if name not in self._buckets:
                raise no_bucket()
            return self._buckets[name]

    def find(self, bucket: str, name: str) -> Optional[StoredObject]:
        with self._lock:
            return self.bucket(bucket).objects.get(name)

    def get(
        self, bucket: str, name: str, conditions: Conditions, generation: Optional[int] = None
    ) -> tuple[StoredObject, bytes]:
        """An object and its content; `generation` must be the present one."""
        with self._lock:
            found = self._existing(bucket, name, generation)
            conditions.check(found, reading=True)
            return found, self.bucket(bucket).content(name)

    def insert(
        self, bucket: str, name: str, content: bytes, fields: dict[str, Any], *,
        conditions: Conditions = Conditions({}), hashes: Optional[dict[str, str]] = None,
        overwriting: Callable[[], None] = lambda: None,
    ) -> StoredObject:  # fmt: skip
        """A new generation of an object; `overwriting` is called when there is one already, and may refuse it."""
        check_hashes(hashes or {}, content)
        fields = {key: fields[key] for key in SETTABLE if fields.get(key) is not None}
        new = StoredObject.of(name, 0, content, fields, time.time())
        with self._lock:
            old = self.find(bucket, name)
            conditions.check(old)
            if old:
                overwriting()
            self._generation = max(time.time_ns() // 1000, self._generation + 1)
            new = dataclasses.replace(new, generation=self._generation)
            self.bucket(bucket).put(new, content)
        return new

    def patch(self, bucket: str, name: str, changes: dict[str, Any], conditions: Conditions) -> StoredObject:
        """Sets some metadata; null removes a field or an entry of `metadata`."""
        with self._lock:
            old = self._existing(bucket, name)
            conditions.check(old)
            fields = dict(old.fields)
            for key in SETTABLE:
                if key in changes:
                    value = changes[key]
                    if key == "metadata" and value is not None:
                        merged = fields.get(key, {}) | value
                        value = {entry: text for entry, text in merged.items() if text is not None}
                    fields[key] = value
            fields = {key: value for key, value in fields.items() if value is not None}
            number = old.metageneration + 1
            new = dataclasses.replace(old, metageneration=number, updated=time.time(), fields=fields)
            self.bucket(bucket).describe(new)
            return new

    def delete(self, bucket: str, name: str, conditions: Conditions, generation: Optional[int] = None) -> None:
        with self._lock:
            conditions.check(self._existing(bucket, name, generation))
            self.bucket(bucket).remove(name)

    def empty(self, bucket: str) -> None:
        """Removes every object of a bucket."""
        with self._lock:
            for name in list(self.bucket(bucket).objects):
                self.bucket(bucket).remove(name)

    def snapshot(self, bucket: str) -> list[StoredObject]:
        """The objects of a bucket by name, as the bytes of UTF-8 sort."""
        with self._lock:
            return sorted(self.bucket(bucket).objects.values(), key=lambda one: one.name.encode())

    def contents(self, bucket: str) -> list[tuple[StoredObject, bytes]]:
        """The objects of a bucket and what is in them, all at the same instant."""
        with self._lock:
            return [(one, self.bucket(bucket).content(one.name)) for one in self.snapshot(bucket)]

    def _existing(self, bucket: str, name: str, generation: Optional[int] = None) -> StoredObject:
        found = self.find(bucket, name)
        if found is None or generation not in (None, found.generation):
            raise no_object(bucket, name)
        return found


def parsed_object(text: bytes) -> dict[str, Any]:
    """The metadata in the body of a request; nothing is none."""
    try:
        value = json.loads(text or b"{}")
    except ValueError:
        raise Refusal(400, "Parse Error", "parseError")
    if not isinstance(value, dict):
        raise Refusal(400, "Parse Error", "parseError")
    metadata = value.get("metadata") or {}
    if not isinstance(metadata, dict) or any(not isinstance(one, (str, type(None))) for one in metadata.values()):
        raise Refusal(400, "Invalid value for: metadata")
    return value
