"""insert, update and delete, with what makes a retried write happen once."""

import threading
from dataclasses import dataclass, field
from typing import Any, Callable, Optional

import bson
from mongo_errors import MongoError, shell
from mongo_query import equalities, new_document, operated
from mongo_store import Collection, Store, key_of
from mongo_wire import CODEC

Document = dict[str, Any]

LISTS = {"insert": "documents", "update": "updates", "delete": "deletes"}
"""The field that has a command's statements."""
MAX_BATCH = 100_000

Before = Callable[[int, Document], Optional[MongoError]]
"""Called before a statement with its index: returns an error of the statement, or throws one of the whole command."""


@dataclass
class Result:
    """What a statement did; kept for as long as it may be sent again."""

    n: int = 0
    modified: int = 0
    upserted: Optional[Document] = None
    """`{_id}` of the document that an upsert inserted."""


@dataclass
class Session:
    """A client's session and the statements of its last retryable write."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    number: int = -1
    results: dict[int, Result] = field(default_factory=dict)


class Writes:
    """The three commands over a store."""

    def __init__(self, store: Store):
        self._store = store
        self._sessions: dict[bytes, Session] = {}

    def _session(self, body: Document) -> Session:
        """The session of a retryable write; a new one for any other."""
        if "txnNumber" not in body:
            return Session()
        if "lsid" not in body:
            raise MongoError(72, "Transaction number requires a session ID to also be specified")
        if "startTransaction" in body or body.get("autocommit") is False:
            raise MongoError(238, "the fake server has no transactions")
        with self._store.lock:
            return self._sessions.setdefault(bytes(body["lsid"]["id"]), Session())

    def run(self, name: str, body: Document, statements: list[Document], before: Before) -> Document:
        """The answer to a command."""
        if not 1 <= len(statements) <= MAX_BATCH:
            raise MongoError(
                16, f"Write batch sizes must be between 1 and {MAX_BATCH}. Got {len(statements)} operations."
            )
        session = self._session(body)
        with session.lock:
            if "txnNumber" in body:
                number = body["txnNumber"]
                if number < session.number:
                    raise MongoError(
                        225,
                        f"Retryable write with txnNumber {number} is prohibited on session because a newer "
                        f"retryable write with txnNumber {session.number} has already started on this session.",
                    )
                if number > session.number:
                    session.number, session.results = number, {}
            return self._run(name, body, statements, session.results, before)

    def _run(
        self, name: str, body: Document, statements: list[Document], results: dict[int, Result], before: Before
    ) -> Document:
        namespace = f"{body['$db']}.{body[name]}"
        act = {"insert": _insert, "update": _update, "delete": _delete}[name]
        first = body.get("stmtId", 0)
        numbers = body.get("stmtIds") or range(first, first + len(statements))
        if len(numbers) != len(statements):
            raise MongoError(72, "The number of statement ids must be that of the statements")
        reply: Document = {"n": 0} | ({"nModified": 0} if name == "update" else {})
        errors, upserted, retried = [], [], []
        for index, (number, statement) in enumerate(zip(numbers, statements)):
            result = results.get(number)
            if result is not None:
                retried.append(number)
            else:
                # The lock is taken for each statement: those of two clients take turns, as on a real server.
                with self._store.lock:
                    error = before(index, statement)
                    if error is None:
                        try:
                            _check_retryable(name, body, statement)
                            result = self._act(act, namespace, statement)
                        except MongoError as thrown:
                            error = thrown
                if error is not None:
                    errors.append(error.write_error(index))
                    if body.get("ordered", True):
                        break
                    continue
                if "txnNumber" in body:
                    results[number] = result
            reply["n"] += result.n
            if name == "update":
                reply["nModified"] += result.modified
            if result.upserted is not None:
                upserted.append({"index": index, **result.upserted})
        lists = {"upserted": upserted, "writeErrors": errors, "retriedStmtIds": retried}
        return reply | {name: found for name, found in lists.items() if found}

    def _act(self, act: Callable[[Collection, Document], Result], namespace: str, statement: Document) -> Result:
        """Does a statement. A collection comes to be when something is in it."""
        collection = self._store.get(namespace)
        if collection is not None:
            return act(collection, statement)
        collection = Collection(namespace)
        result = act(collection, statement)
        if collection.documents:
            self._store.add(collection)
        return result


def _check_retryable(name: str, body: Document, statement: Document) -> None:
    if "txnNumber" in body and (statement.get("multi") or name == "delete" and statement.get("limit") != 1):
        raise MongoError(72, "Cannot use retryable writes with more than one document of a statement")


def _insert(collection: Collection, document: Document) -> Result:
    collection.insert(document)
    return Result(1)


def _delete(collection: Collection, statement: Document) -> Result:
    found = [key for key, _ in _found(collection, statement["q"], statement.get("limit") != 1)]
    for key in found:
        collection.delete(key)
    return Result(len(found))


def _found(collection: Collection, search: Document, multi: bool) -> list[tuple[Any, Document]]:
    pairs = collection.find(search)
    return list(pairs) if multi else [pair for _, pair in zip(range(1), pairs)]


def _update(collection: Collection, statement: Document) -> Result:
    search, change, multi = statement["q"], statement["u"], bool(statement.get("multi"))
    if not isinstance(change, dict) or "arrayFilters" in statement or "collation" in statement:
        raise MongoError(238, "the fake server has no pipelines, array filters and collations in updates")
    operators = next(iter(change), "")[:1] == "$"
    if multi and not operators:
        raise MongoError(9, "multi update is not supported for replacement-style update")
    found = _found(collection, search, multi)
    if not found and statement.get("upsert"):
        document = operated(new_document(search), search, change, True) if operators else _replacement(search, change)
        return Result(1, 0, {"_id": collection.insert(document)})
    modified = 0
    for key, old in found:
        if operators:
            document = operated(old, search, change, False)
        else:
            document = {"_id": old["_id"]} | change
        if key_of(document.get("_id")) != key:
            if operators:
                raise MongoError(66, "Performing an update on the path '_id' would modify the immutable field '_id'")
            raise _altered(document)
        if bson.encode(document, codec_options=CODEC) != bson.encode(old, codec_options=CODEC):
            collection.replace(key, document)
            modified += 1
    return Result(len(found), modified)


def _replacement(search: Document, document: Document) -> Document:
    """What an upsert with a whole document inserts: its `_id` may come from the filter."""
    sought = equalities(search)
    if "_id" in sought:
        if "_id" in document and key_of(document["_id"]) != key_of(sought["_id"]):
            raise _altered(document)
        return {"_id": sought["_id"]} | document
    return document


def _altered(document: Document) -> MongoError:
    return MongoError(
        66,
        "After applying the update, the (immutable) field '_id' was found to have been altered to "
        f"_id: {shell(document.get('_id'))}",
    )
