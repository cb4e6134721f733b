"""Filters, orders, projections, update operators and pipelines: mongomock's, on documents of our own."""

from typing import Any, Optional

import bson
import mongomock
from mongo_errors import MongoError
from mongo_wire import CODEC
from mongomock.aggregate import process_pipeline
from mongomock.filtering import filter_applies, resolve_sort_key
from pymongo.errors import PyMongoError

Document = dict[str, Any]

_scratch = mongomock.MongoClient().scratch.scratch


def _called(function: Any, *arguments: Any) -> Any:
    """What a function of mongomock returns; what it throws becomes the server's error."""
    try:
        return function(*arguments)
    except MongoError:
        raise
    except NotImplementedError as error:
        raise MongoError(238, f"the fake server cannot do this: {error}") from error
    except PyMongoError as error:
        raise MongoError(getattr(error, "code", None) or 2, str(error)) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise MongoError(2, str(error)) from error


def matches(search: Document, document: Document) -> bool:
    return _called(filter_applies, search, document)


def ordered(documents: list[Document], order: Document) -> list[Document]:
    """Documents sorted, stably."""

    def sort() -> list[Document]:
        found = documents
        for path, direction in reversed(order.items()):
            found = sorted(found, key=lambda one, path=path: resolve_sort_key(path, one), reverse=direction < 0)
        return found

    return _called(sort) if order else documents


def projected(documents: list[Document], fields: Optional[Document]) -> list[Document]:
    """Documents with some of their fields."""
    if not fields:
        return documents
    if any(isinstance(one, str) for one in fields.values()):
        raise MongoError(238, "the fake server cannot project expressions")
    fields = {name: one if isinstance(one, dict) else int(bool(one)) for name, one in fields.items()}
    return _called(lambda: [_scratch._copy_only_fields(one, dict(fields), dict) for one in documents])


def operated(document: Document, search: Document, update: Document, inserts: bool) -> Document:
    """A copy of a document with operators such as `$set` applied."""
    changed = bson.decode(bson.encode(document, codec_options=CODEC), CODEC)
    unknown = [name for name in update if name[:1] != "$"]
    if unknown:
        raise MongoError(
            9, f"Unknown modifier: {unknown[0]}. Expected a valid update modifier or pipeline-style update"
        )
    _called(_scratch._apply_update_document, changed, search, update, inserts)
    return changed


def equalities(search: Document) -> Document:
    """The fields that a filter sets for the document that an upsert inserts."""
    found: Document = {}
    for path, value in search.items():
        if path == "$and":
            for part in value:
                found |= equalities(part)
        elif path[:1] != "$":
            if isinstance(value, dict) and any(name[:1] == "$" for name in value):
                if "$eq" in value:
                    found[path] = value["$eq"]
            elif not isinstance(value, bson.Regex):
                found[path] = value
    return found


def new_document(search: Document) -> Document:
    """The document that an upsert with operators begins with."""
    document: Document = {}
    for path, value in equalities(search).items():
        *parents, last = path.split(".")
        inner = document
        for parent in parents:
            inner = inner.setdefault(parent, {})
        inner[last] = value
    return document


def distinct(documents: list[Document], path: str) -> list[Any]:
    scratch = mongomock.MongoClient().scratch.scratch
    _called(scratch.insert_many, documents) if documents else None
    return _called(scratch.distinct, path)


def aggregated(database: str, collections: dict[str, list[Document]], name: str, pipeline: list[Document]) -> list:
    """The results of a pipeline. `collections` has what `$lookup` names, too."""
    for stage in pipeline:
        if any(one in stage for one in ("$out", "$merge")):
            raise MongoError(238, "the fake server cannot write from a pipeline")
    scratch = mongomock.MongoClient()[database]
    for other in collections:
        if collections[other] and other != name:
            _called(scratch[other].insert_many, collections[other])
    copies = [bson.decode(bson.encode(one, codec_options=CODEC), CODEC) for one in collections.get(name, [])]
    return list(_called(process_pipeline, copies, scratch, pipeline, None))
