"""The endpoints for buckets, lists, metadata and copies."""

import base64
import binascii
from typing import Any, Optional

from server_answer import Answer
from storage_accounts import Caller
from storage_errors import Refusal
from storage_media import media_answer
from storage_objects import Conditions, check_name, timestamp
from storage_request import Request
from storage_store import Bucket, Store, parsed_object
from storage_uploads import Uploads

API = "/storage/v1/b"
OBJECTS = API + "/*/o"


class StorageAPI:
    """The endpoints over a store; `page_size` limits the pages of a list."""

    def __init__(self, store: Store, page_size: int):
        self.store = store
        self.page_size = page_size
        self.uploads = Uploads(store)

    def answer(self, request: Request) -> Answer:
        """The answer to a request."""
        try:
            return self._answer(request)
        except Refusal as refusal:
            if refusal.answer.status in (403, 404) and request.query.get("alt") == "media":
                # Downloads are refused in plain words.
                return Answer(refusal.answer.status, refusal.message.encode(), "text/html; charset=UTF-8")
            return refusal.answer

    def _answer(self, request: Request) -> Answer:
        # Names of objects are percent-encoded: a path with more slashes is none of these.
        if names := request.parts("(?:/resumable)?/upload" + OBJECTS):
            self._paying(request, names[0])
            return self.uploads.answer(request, names[0])
        routes = (
            (API, {"GET": self._buckets}),
            (API + "/*", {"GET": self._bucket}),
            (API + "/*/iam/testPermissions", {"GET": self._test_permissions}),
            (OBJECTS, {"GET": self._list}),
            ("(?:/download)?" + OBJECTS + "/*", {"GET": self._get, "DELETE": self._delete, "PATCH": self._patch}),
            (OBJECTS + "/*/copyTo/b/*/o/*", {"POST": self._copy}),
            (OBJECTS + "/*/rewriteTo/b/*/o/*", {"POST": self._rewrite}),
        )
        for pattern, methods in routes:
            names = request.parts(pattern)
            if names is not None:
                if request.method not in methods:
                    raise Refusal(405)
                if names:
                    self._paying(request, names[0])
                return methods[request.method](request, *names)
        raise Refusal(404)

    def _paying(self, request: Request, bucket: str) -> None:
        """Refuses a request that nobody pays for."""
        if self.store.bucket(bucket).requester_pays and not request.query.get("userProject"):
            raise Refusal(400, "Bucket is a requester pays bucket but no user project provided.", "required")

    # Buckets

    def _resource(self, request: Request, bucket: Bucket) -> dict[str, Any]:
        return {
            "kind": "storage#bucket", "id": bucket.name, "selfLink": f"{request.url}{API}/{bucket.name}",
            "name": bucket.name, "projectNumber": "123456789012", "metageneration": "1", "location": "US",
            "storageClass": "STANDARD", "etag": "CAE=", "timeCreated": timestamp(bucket.created),
            "updated": timestamp(bucket.created), "locationType": "multi-region",
        } | ({"billing": {"requesterPays": True}} if bucket.requester_pays else {})  # fmt: skip

    def _buckets(self, request: Request) -> Answer:
        request.caller.require("storage.buckets.list")
        items = [self._resource(request, bucket) for bucket in self.store.buckets()]
        return Answer.of({"kind": "storage#buckets"} | ({"items": items} if items else {}))

    def _bucket(self, request: Request, bucket: str) -> Answer:
        request.caller.require("storage.buckets.get")
        return Answer.of(self._resource(request, self.store.bucket(bucket)))

    def _test_permissions(self, request: Request, bucket: str) -> Answer:
        self.store.bucket(bucket)
        asked = [value for name, value in request.pairs if name == "permissions"]
        if not asked:
            raise Refusal(400, "Required parameter: permissions", "required")
        held = [permission for permission in asked if request.caller.may(permission)]
        result = {"kind": "storage#testIamPermissionsResponse"}
        return Answer.of(result | ({"permissions": held} if held else {}))

    # Lists

    def _list(self, request: Request, bucket: str) -> Answer:
        request.caller.require("storage.objects.list")
        query = request.query
        prefix, delimiter = query.get("prefix", ""), query.get("delimiter", "")
        first, last = (query.get(name, "").encode() for name in ("startOffset", "endOffset"))
        after = page_start(query.get("pageToken"))
        limit = min(request.limit, self.page_size)
        items: list[dict[str, Any]] = []
        prefixes: list[str] = []
        token, listed = None, ""
        for one in self.store.snapshot(bucket):
            name = one.name.encode()
            if not one.name.startswith(prefix) or name < first or (last and name >= last):
                continue
            head, found, tail = one.name[len(prefix) :].partition(delimiter) if delimiter else (one.name, "", "")
            folder = prefix + head + delimiter if found else None
            if after is not None and (folder or one.name).encode() <= after or folder in prefixes:
                continue
            if len(items) + len(prefixes) == limit:
                token = page_token(listed)
                break
            listed = folder or one.name
            if folder:
                prefixes.append(folder)
            if not folder or (not tail and query.get("includeTrailingDelimiter") == "true"):
                items.append(one.resource(request.url, bucket))
        result: dict[str, Any] = {"kind": "storage#objects"}
        found_any = {"nextPageToken": token, "prefixes": prefixes, "items": items}
        return Answer.of(result | {name: value for name, value in found_any.items() if value})

    # Objects

    def _get(self, request: Request, bucket: str, name: str) -> Answer:
        request.caller.require("storage.objects.get")
        self._know(request.caller, bucket, name)
        found, content = self.store.get(bucket, name, Conditions(request.query), request.generation)
        if request.query.get("alt") == "media":
            return media_answer(request, found, content)
        return Answer.of(found.resource(request.url, bucket))

    def _know(self, caller: Caller, bucket: str, name: str) -> None:
        """That there is no such object is for those to know who may list them."""
        if self.store.find(bucket, name) is None:
            caller.require("storage.objects.list")

    def _delete(self, request: Request, bucket: str, name: str) -> Answer:
        request.caller.require("storage.objects.delete")
        self.store.delete(bucket, name, Conditions(request.query), request.generation)
        return Answer(204)

    def _patch(self, request: Request, bucket: str, name: str) -> Answer:
        request.caller.require("storage.objects.update")
        changed = self.store.patch(bucket, name, parsed_object(request.body), Conditions(request.query))
        return Answer.of(changed.resource(request.url, bucket))

    # Copies

    def _copied(self, request: Request, bucket: str, name: str, to_bucket: str, to_name: str) -> dict[str, Any]:
        caller, query = request.caller, request.query
        caller.require("storage.objects.get")
        caller.require("storage.objects.create")
        generation = query.get("sourceGeneration")
        found, content = self.store.get(
            bucket, name, Conditions(query, "ifSource"), int(generation) if generation else None
        )
        copy = self.store.insert(
            to_bucket, check_name(to_name), content, found.fields | parsed_object(request.body),
            conditions=Conditions(query), overwriting=lambda: caller.require("storage.objects.delete"),
        )  # fmt: skip
        return copy.resource(request.url, to_bucket)

    def _copy(self, request: Request, *names: str) -> Answer:
        return Answer.of(self._copied(request, *names))

    def _rewrite(self, request: Request, *names: str) -> Answer:
        copy = self._copied(request, *names)
        return Answer.of({
            "kind": "storage#rewriteResponse", "totalBytesRewritten": copy["size"], "objectSize": copy["size"],
            "done": True, "resource": copy,
        })  # fmt: skip


def page_token(name: str) -> str:
    """A page token for what comes after a name; it has to be encoded in a query."""
    return base64.b64encode(b"\x0a>?" + name.encode()).decode()


def page_start(token: Optional[str]) -> Optional[bytes]:
    """The name in a page token."""
    if not token:
        return None
    try:
        start = base64.b64decode(token, validate=True)
    except binascii.Error:
        start = b""
    if not start.startswith(b"\x0a>?"):
        raise Refusal(400, f"Invalid value for: pageToken: '{token}'", "invalidParameter")
    return start[3:]
