"""find and its cursors, count, distinct, aggregate."""

import itertools
from collections.abc import Callable
from typing import Any, Optional

import bson
from bson import Int64
from mongo_errors import MongoError
from mongo_query import aggregated, distinct, ordered, projected
from mongo_store import Store
from mongo_wire import CODEC

Document = dict[str, Any]

FIRST_BATCH = 101
MAX_BATCH_BYTES = 16_777_216


class Reads:
    """The commands over a store. A cursor's documents are those of the moment that it was opened."""

    def __init__(self, store: Store):
        self._store = store
        self._cursors: dict[int, tuple[str, list[Document]]] = {}
        self._ids = itertools.count(1_000_001)

    @property
    def commands(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "find": self._find, "getMore": self._get_more, "killCursors": self._kill, "count": self._count,
            "distinct": self._distinct, "aggregate": self._aggregate,
        }  # fmt: skip

    def _documents(self, namespace: str, search: Optional[Document] = None) -> list[Document]:
        collection = self._store.get(namespace)
        with self._store.lock:
            return [document for _, document in collection.find(search or {})] if collection else []

    def _batch(
        self, number: int, namespace: str, documents: list[Document], size: Optional[int], name: str
    ) -> Document:
        """The next documents of a cursor, which stays open if there are more."""
        count = total = 0
        for document in documents[:size]:
            total += len(bson.encode(document, codec_options=CODEC))
            if total > MAX_BATCH_BYTES and count:
                break
            count += 1
        batch, rest = documents[:count], documents[count:]
        if rest:
            self._cursors[number] = (namespace, rest)
        return {"cursor": {name: batch, "id": Int64(number if rest else 0), "ns": namespace}}

    def open(self, namespace: str, documents: list[Document], size: Optional[int] = None) -> Document:
        """The first documents of a new cursor."""
        with self._store.lock:
            batch = FIRST_BATCH if size is None else size
            return self._batch(next(self._ids), namespace, documents, batch, "firstBatch")

    def _find(self, body: Document) -> Document:
        namespace = f"{body['$db']}.{body['find']}"
        found = ordered(self._documents(namespace, body.get("filter")), body.get("sort") or {})
        skip, limit = body.get("skip") or 0, body.get("limit") or 0
        found = found[skip : skip + abs(limit) if limit else None]
        size = body.get("batchSize")
        if body.get("singleBatch") or limit < 0:
            found = found[: size or None]
            size = len(found)
        return self.open(namespace, projected(found, body.get("projection")), size)

    def _get_more(self, body: Document) -> Document:
        number = body["getMore"]
        with self._store.lock:
            namespace, documents = self._cursors.pop(number, ("", []))
            if not documents:
                raise MongoError(43, f"cursor id {number} not found")
            return self._batch(number, namespace, documents, body.get("batchSize") or None, "nextBatch")

    def _kill(self, body: Document) -> Document:
        with self._store.lock:
            found = [one for one in body["cursors"] if self._cursors.pop(one, None)]
        rest = [one for one in body["cursors"] if one not in found]
        return {"cursorsKilled": found, "cursorsNotFound": rest, "cursorsAlive": [], "cursorsUnknown": []}

    def _count(self, body: Document) -> Document:
        found = self._documents(f"{body['$db']}.{body['count']}", body.get("query"))
        skip, limit = body.get("skip") or 0, abs(body.get("limit") or 0)
        return {"n": len(found[skip : skip + limit if limit else None])}

    def _distinct(self, body: Document) -> Document:
        found = self._documents(f"{body['$db']}.{body['distinct']}", body.get("query"))
        return {"values": distinct(found, body["key"])}

    def _aggregate(self, body: Document) -> Document:
        database, name, pipeline = body["$db"], body["aggregate"], body["pipeline"]
        if not isinstance(name, str):
            raise MongoError(238, "the fake server aggregates over collections only")
        if "cursor" not in body:
            raise MongoError(9, "The 'cursor' option is required, except for aggregate with the explain argument")
        namespace = f"{database}.{name}"
        needed = self._store.names(database) if "lookup" in str(pipeline).lower() else [name]
        collections = {one: self._documents(f"{database}.{one}") for one in needed}
        if pipeline and "$match" in pipeline[0]:
            collections[name] = self._documents(namespace, pipeline[0]["$match"])
            pipeline = pipeline[1:]
        return self.open(namespace, aggregated(database, collections, name, pipeline), body["cursor"].get("batchSize"))
