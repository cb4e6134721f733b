"""Collections in memory: documents by `_id`, and indexes that find them and keep them unique."""

import threading
from collections.abc import Iterable, Iterator
from typing import Any, Optional

from bson import Decimal128, ObjectId, Regex
from mongo_errors import MongoError, duplicate_key, shell
from mongo_query import matches

Document = dict[str, Any]


def key_of(value: Any) -> Any:
    """A value as a dictionary's key: equal where the server holds two values equal (1 and 1.0, but not true)."""
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, dict):
        return ("object", *((name, key_of(one)) for name, one in value.items()))
    if isinstance(value, (list, tuple)):
        return ("array", *map(key_of, value))
    if isinstance(value, Decimal128):
        value = value.to_decimal()
    if value != value:
        return ("nan",)
    return value if value.__hash__ else (type(value).__name__, repr(value))


def value_at(document: Document, path: str) -> Any:
    """The value at a dotted path; None where there is none."""
    value: Any = document
    for part in path.split("."):
        if isinstance(value, list):
            return value
        value = value.get(part) if isinstance(value, dict) else None
    return value


def is_plain(value: Any) -> bool:
    """Whether a filter's value asks for equality."""
    return not isinstance(value, Regex) and not (
        isinstance(value, dict) and any(str(name)[:1] == "$" for name in value)
    )


class Index:
    """An index, which is also how documents are found by its fields."""

    def __init__(self, namespace: str, spec: dict[str, Any]):
        self.namespace = namespace
        self.spec = spec
        self.name: str = spec["name"]
        self.pattern: dict[str, Any] = spec["key"]
        self.unique = bool(spec.get("unique")) or self.name == "_id_"
        self._partial = spec.get("partialFilterExpression")
        self._sparse = bool(spec.get("sparse"))
        self._multikey = False
        self.entries: dict[Any, dict[Any, None]] = {}
        # By the first field alone.
        self.firsts: dict[Any, dict[Any, None]] = {}

    def _values(self, document: Document) -> Optional[dict[str, Any]]:
        """The values of its fields; None for a document that is not in the index."""
        if self._partial is not None and not matches(self._partial, document):
            return None
        values = {path: value_at(document, path) for path in self.pattern}
        return None if self._sparse and all(value is None for value in values.values()) else values

    @staticmethod
    def _key(values: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(map(key_of, values.values()))

    def check(self, document: Document, own: Any = None) -> None:
        """Throws when another document than the one with the key `own` has the same values."""
        if self.unique and (values := self._values(document)) is not None:
            if any(one != own for one in self.entries.get(self._key(values), ())):
                raise duplicate_key(self.namespace, self.name, self.pattern, values)

    def add(self, key: Any, document: Document) -> None:
        if (values := self._values(document)) is not None:
            self._multikey = self._multikey or any(isinstance(value, list) for value in values.values())
            self.entries.setdefault(self._key(values), {})[key] = None
            self.firsts.setdefault(self._key(values)[0], {})[key] = None

    def remove(self, key: Any, document: Document) -> None:
        if (values := self._values(document)) is not None:
            at = self._key(values)
            del self.entries[at][key]
            if not self.entries[at]:
                del self.entries[at]
            del self.firsts[at[0]][key]

    def find(self, search: Document) -> Optional[tuple[list[Any], Document]]:
        """The keys of documents that a filter can match, and what is left of it; None when it is of no help."""
        if self._multikey or self._sparse or self._partial is not None or not self.pattern.keys() <= search.keys():
            return None
        terms = [search[path] for path in self.pattern]
        rest = {path: value for path, value in search.items() if path not in self.pattern}
        if all(is_plain(term) and not isinstance(term, list) for term in terms):
            return list(self.entries.get(tuple(map(key_of, terms)), ())), rest
        if isinstance(terms[0], dict) and list(terms[0]) == ["$in"]:
            among = terms[0]["$in"]
            if isinstance(among, list) and all(is_plain(one) and not isinstance(one, list) for one in among):
                keys = dict.fromkeys(key_of(one) for one in among)
                found = [one for key in keys for one in self.firsts.get(key, ())]
                return found, rest if len(terms) == 1 else search
        return None


class Collection:
    """Documents in the order of their insertion. A document that is in here is never changed, only replaced."""

    def __init__(self, namespace: str):
        self.namespace = namespace
        self.documents: dict[Any, Document] = {}
        self.indexes = {"_id_": Index(namespace, {"v": 2, "key": {"_id": 1}, "name": "_id_"})}

    def find(self, search: Document) -> Iterator[tuple[Any, Document]]:
        """The documents that a filter matches, with their keys."""
        if list(search) == ["$or"]:
            found = {key: document for part in search["$or"] for key, document in self.find(part)}
            return iter([(key, document) for key, document in self.documents.items() if key in found])
        for index in self.indexes.values():
            if (found := index.find(search)) is not None:
                keys, rest = found
                pairs: Iterable[tuple[Any, Document]] = [(key, self.documents[key]) for key in keys]
                break
        else:
            pairs, rest = list(self.documents.items()), search
        return (pair for pair in pairs if not rest or matches(rest, pair[1]))

    def insert(self, document: Document) -> Any:
        """Adds a document; the `_id` that it has then."""
        identity = document.get("_id") if "_id" in document else ObjectId()
        if isinstance(identity, (list, Regex)):
            raise MongoError(
                2, f"The '_id' value cannot be of type {'array' if isinstance(identity, list) else 'regex'}"
            )
        document = {"_id": identity} | document
        for index in self.indexes.values():
            index.check(document)
        key = key_of(identity)
        self.documents[key] = document
        for index in self.indexes.values():
            index.add(key, document)
        return identity

    def replace(self, key: Any, document: Document) -> None:
        old = self.documents[key]
        for index in self.indexes.values():
            index.check(document, own=key)
        for index in self.indexes.values():
            index.remove(key, old)
            index.add(key, document)
        self.documents[key] = document

    def delete(self, key: Any) -> None:
        document = self.documents.pop(key)
        for index in self.indexes.values():
            index.remove(key, document)

    def create_index(self, spec: dict[str, Any]) -> bool:
        """Adds an index over what is there; False when there is the same one already."""
        for other in self.indexes.values():
            same_key = list(other.pattern.items()) == list(spec["key"].items())
            if other.name == spec["name"]:
                if not same_key:
                    raise MongoError(
                        86,
                        "An existing index has the same name as the requested index. When index names are not "
                        "specified, they are auto generated and can cause conflicts. Please refer to our "
                        "documentation. "
                        f"Requested index: {shell(spec)}, existing index: {shell(other.spec)}",
                    )
                if other.name == "_id_" or _options(other.spec) == _options(spec):
                    return False
                raise MongoError(
                    85,
                    "An equivalent index already exists with the same name but different options. "
                    f"Requested index: {shell(spec)}, existing index: {shell(other.spec)}",
                )
            if same_key:
                if other.name == "_id_" or _options(other.spec) != _options(spec):
                    raise MongoError(
                        85,
                        "An equivalent index already exists with a different name and options. "
                        f"Requested index: {shell(spec)}, existing index: {shell(other.spec)}",
                    )
                raise MongoError(85, f"Index already exists with a different name: {other.name}")
        index = Index(self.namespace, spec)
        for key, document in self.documents.items():
            index.check(document)
            index.add(key, document)
        self.indexes[index.name] = index
        return True


def _options(spec: dict[str, Any]) -> dict[str, Any]:
    """What makes two indexes of the same fields differ."""
    dull = ("v", "key", "name", "background", "ns")
    return {name: value for name, value in spec.items() if name not in dull and value not in (False, None)}


class Store:
    """All collections, and the one lock that orders what is done to them."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._collections: dict[str, Collection] = {}

    def get(self, namespace: str) -> Optional[Collection]:
        return self._collections.get(namespace)

    def add(self, collection: Collection) -> None:
        self._collections[collection.namespace] = collection

    def drop(self, namespace: str) -> bool:
        return self._collections.pop(namespace, None) is not None

    def drop_all(self, database: Optional[str] = None) -> None:
        for namespace in [one for one in self._collections if database is None or one.startswith(database + ".")]:
            del self._collections[namespace]

    def names(self, database: str) -> list[str]:
        """The collections of a database."""
        return sorted(one.split(".", 1)[1] for one in self._collections if one.startswith(database + "."))

    def databases(self) -> list[str]:
        return sorted({one.split(".", 1)[0] for one in self._collections})
