"""Collections, indexes and what clients ask about the server."""

from collections.abc import Callable
from typing import Any

from mongo_errors import MongoError
from mongo_reads import Reads
from mongo_store import Collection, Store

Document = dict[str, Any]

VERSION = "6.0.0"
PARAMETERS = {"featureCompatibilityVersion": {"version": "6.0"}, "enableTestCommands": True}


class Admin:
    """The commands over a store."""

    def __init__(self, store: Store, reads: Reads):
        self._store = store
        self._reads = reads

    @property
    def commands(self) -> dict[str, Callable[[Document], Document]]:
        return {
            "ping": lambda _: {}, "endSessions": lambda _: {}, "refreshSessions": lambda _: {},
            "buildInfo": self._build_info, "getParameter": self._parameter, "create": self._create,
            "createIndexes": self._create_indexes, "listIndexes": self._list_indexes, "dropIndexes": self._drop_indexes,
            "listCollections": self._list_collections, "listDatabases": self._list_databases, "drop": self._drop,
            "dropDatabase": self._drop_database,
        }  # fmt: skip

    def _build_info(self, _: Document) -> Document:
        return {"version": VERSION, "versionArray": [6, 0, 0, 0], "gitVersion": "fake", "maxBsonObjectSize": 16_777_216}

    def _parameter(self, body: Document) -> Document:
        asked = PARAMETERS if body["getParameter"] == "*" else body
        found = {name: value for name, value in PARAMETERS.items() if name in asked}
        if not found:
            raise MongoError(72, "no option found to get")
        return found

    def _existing(self, body: Document, name: str) -> Collection:
        namespace = f"{body['$db']}.{body[name]}"
        collection = self._store.get(namespace)
        if collection is None:
            raise MongoError(26, f"ns does not exist: {namespace}")
        return collection

    def _create(self, body: Document) -> Document:
        namespace = f"{body['$db']}.{body['create']}"
        if self._store.get(namespace) is not None:
            raise MongoError(48, f"Collection {namespace} already exists.")
        self._store.add(Collection(namespace))
        return {}

    def _create_indexes(self, body: Document) -> Document:
        namespace = f"{body['$db']}.{body['createIndexes']}"
        collection = self._store.get(namespace)
        created = collection is None
        specs = []
        for spec in body["indexes"]:
            if not spec.get("key") or not spec.get("name"):
                raise MongoError(67, "An index needs a key and a name")
            if any(value not in (1, -1) for value in spec["key"].values()):
                raise MongoError(238, "the fake server has ascending and descending indexes only")
            specs.append({"v": 2, "key": spec["key"], "name": spec["name"]} | spec)
        collection = collection or Collection(namespace)
        before = len(collection.indexes)
        added = []
        try:
            for spec in specs:
                if collection.create_index(spec):
                    added.append(spec["name"])
        except MongoError:
            # All of them or none.
            for name in added:
                del collection.indexes[name]
            raise
        if created:
            self._store.add(collection)
        reply = {"numIndexesBefore": before, "numIndexesAfter": len(collection.indexes)}
        reply["createdCollectionAutomatically"] = created
        return reply | ({"commitQuorum": "votingMembers"} if added else {"note": "all indexes already exist"})

    def _list_indexes(self, body: Document) -> Document:
        collection = self._existing(body, "listIndexes")
        specs = [index.spec for index in collection.indexes.values()]
        return self._reads.open(collection.namespace, specs, body.get("cursor", {}).get("batchSize"))

    def _drop_indexes(self, body: Document) -> Document:
        collection = self._existing(body, "dropIndexes")
        before, asked = len(collection.indexes), body["index"]
        for name, index in list(collection.indexes.items()):
            if name != "_id_" and (asked in ("*", name) or index.pattern == asked):
                del collection.indexes[name]
        if asked != "*" and before == len(collection.indexes):
            raise MongoError(27, f"index not found with name [{asked}]")
        return {"nIndexesWas": before}

    def _list_collections(self, body: Document) -> Document:
        database, search = body["$db"], body.get("filter") or {}
        found = [
            {
                "name": name, "type": "collection", "options": {}, "info": {"readOnly": False},
                "idIndex": {"v": 2, "key": {"_id": 1}, "name": "_id_"},
            }
            for name in self._store.names(database)
            if search.get("name", name) == name
        ]  # fmt: skip
        return self._reads.open(f"{database}.$cmd.listCollections", found, body.get("cursor", {}).get("batchSize"))

    def _list_databases(self, _: Document) -> Document:
        found = [{"name": name, "sizeOnDisk": 8192, "empty": False} for name in self._store.databases()]
        return {"databases": found, "totalSize": 8192 * len(found)}

    def _drop(self, body: Document) -> Document:
        collection = self._existing(body, "drop")
        self._store.drop(collection.namespace)
        return {"nIndexesWas": len(collection.indexes), "ns": collection.namespace}

    def _drop_database(self, body: Document) -> Document:
        self._store.drop_all(body["$db"])
        return {"dropped": body["$db"]}
