"""Uploads: an object in one request, or in a session of many."""

import re
import secrets
import threading
from dataclasses import dataclass, field
from typing import Any, Optional
from urllib.parse import quote

from server_answer import Answer
from storage_accounts import Caller
from storage_checksums import expected_hashes
from storage_errors import Refusal, error
from storage_objects import Conditions, StoredObject, check_name
from storage_request import Request
from storage_store import Store, parsed_object

QUANTUM = 256 * 1024
RANGE = re.compile(r"bytes (?:(\d+)-(\d+|\*)|\*)/(\d+|\*)")


@dataclass
class Session:
    """An object that arrives in chunks."""

    bucket: str
    name: str
    fields: dict[str, Any]
    conditions: Conditions
    caller: Caller
    hashes: dict[str, str]
    total: Optional[int]
    """The size, once it is known."""
    data: bytearray = field(default_factory=bytearray)
    result: Optional[StoredObject] = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class Uploads:
    """Uploads to the buckets of a store."""

    def __init__(self, store: Store):
        self.store = store
        self._sessions: dict[str, Session] = {}

    def answer(self, request: Request, bucket: str) -> Answer:
        if "upload_id" in request.query:
            return self._continue(request, request.query["upload_id"])
        if request.method != "POST":
            raise Refusal(405)
        if "content-encoding" in request.headers:
            raise Refusal(400, "This fake takes no Content-Encoding of a request.")
        request.caller.require("storage.objects.create")
        kind = request.query.get("uploadType")
        if kind == "resumable":
            return self._begin(request, bucket)
        if kind == "media":
            fields, content = {}, request.body
            fields["contentType"] = request.headers.get("content-type")
        elif kind == "multipart":
            fields, content = related_parts(request.headers.get("content-type", ""), request.body)
        else:
            raise Refusal(400, f"Invalid upload type: {kind}", "badRequest")
        if request.query.get("contentEncoding"):
            fields["contentEncoding"] = request.query["contentEncoding"]
        if request.fault_is("corrupt-upload"):
            content = request.fault.flipped(content)
        stored = self.store.insert(
            bucket, check_name(request.query.get("name") or fields.get("name")), content, fields,
            conditions=Conditions(request.query), hashes=expected_hashes(fields, request.headers.get("x-goog-hash")),
            overwriting=lambda: request.caller.require("storage.objects.delete"),
        )  # fmt: skip
        return Answer.of(stored.resource(request.url, bucket))

    def forget(self) -> None:
        """Forgets all sessions."""
        self._sessions.clear()

    # Sessions

    def _begin(self, request: Request, bucket: str) -> Answer:
        fields = parsed_object(request.body)
        name = check_name(request.query.get("name") or fields.get("name"))
        fields.setdefault("contentType", request.headers.get("x-upload-content-type"))
        conditions = Conditions(request.query)
        old = self.store.find(bucket, name)
        conditions.check(old)
        if old:
            request.caller.require("storage.objects.delete")
        total = request.headers.get("x-upload-content-length")
        hashes = expected_hashes(fields, request.headers.get("x-goog-hash"))
        session = Session(bucket, name, fields, conditions, request.caller, hashes, int(total) if total else None)
        number = "ABg5-fake-" + secrets.token_urlsafe(24)
        self._sessions[number] = session
        kept = {key: value for key, value in request.query.items() if key in ("uploadType", "name", "userProject")}
        query = "&".join(f"{key}={quote(value, safe='')}" for key, value in kept.items())
        location = f"{request.url}/upload/storage/v1/b/{bucket}/o?{query}&upload_id={number}"
        return Answer(200, headers={"Location": location, "X-GUploader-UploadID": number})

    def _continue(self, request: Request, number: str) -> Answer:
        if request.fault_is("session-lost"):
            self._sessions.pop(number, None)
            raise Refusal(request.fault.gone)
        session = self._sessions.get(number)
        if session is None:
            raise Refusal(404)
        with session.lock:
            if request.method == "DELETE":
                self._sessions.pop(number, None)
                return error(499, "Client Closed Request", "clientClosedRequest")
            if request.method != "PUT":
                raise Refusal(405)
            if session.result is None:
                session.hashes |= expected_hashes({}, request.headers.get("x-goog-hash"))
                self._take(request, session)
                if session.total is None or len(session.data) < session.total:
                    return kept(session)
                self._finish(session)
            return Answer.of(session.result.resource(request.url, session.bucket))

    def _take(self, request: Request, session: Session) -> None:
        """Keeps what is new of a chunk."""
        match = RANGE.fullmatch(request.headers.get("content-range") or "bytes 0-*/*")
        if not match:
            raise Refusal(400, "Failed to parse Content-Range header.", "badRequest")
        first, last, total = match.groups()
        body, have = request.body, len(session.data)
        if "content-range" not in request.headers:
            total = str(int(request.headers.get("content-length", len(body))))
        if total != "*":
            if session.total not in (None, int(total)) or int(total) < have:
                raise Refusal(400, "Invalid request.  The final size of the upload is another than before.")
            session.total = int(total)
        if first is None:
            if body:
                raise Refusal(400, "Failed to parse Content-Range header.", "badRequest")
            return
        begin = int(first)
        if begin > have:
            message = f"the upload offset is {begin} byte(s), which exceeds already uploaded size of {have} byte(s)."
            raise Refusal(400, "Invalid request.  According to the Content-Range header, " + message)
        if not request.fault_is("cut-upload"):
            self._check_length(session, begin, last, len(body))
        if request.fault_is("corrupt-upload"):
            body = request.fault.flipped(body)
        if request.fault_is("partial"):
            body = body[: int(len(body) * request.fault.fraction)]
        if request.fault_is("partial", "cut-upload"):
            # Only whole quanta of what arrived are kept.
            body = body[: max(0, (begin + len(body)) // QUANTUM * QUANTUM - begin)]
        session.data += body[have - begin :]

    def _check_length(self, session: Session, begin: int, last: Optional[str], length: int) -> None:
        if last not in (None, "*") and int(last) - begin + 1 != length:
            raise Refusal(
                400,
                f"Invalid request. There were {length} byte(s) in the request body.  There should have been "
                f"{int(last) - begin + 1} byte(s) (starting at offset {begin} and ending at offset {last}) according "
                "to the Content-Range header.",
            )
        end = begin + length
        if session.total is not None and end > session.total:
            raise Refusal(400, "Invalid request.  The chunk ends after the final size of the upload.")
        if end != session.total and (length % QUANTUM or not length):
            raise Refusal(
                400,
                "Invalid request.  The number of bytes uploaded is required to be equal or greater than 262144, except "
                "for the final request (it's recommended to be the exact multiple of 262144).  The received request "
                f"contained {length} bytes, which does not meet this requirement.",
            )

    def _finish(self, session: Session) -> None:
        session.result = self.store.insert(
            session.bucket, session.name, bytes(session.data), session.fields, conditions=session.conditions,
            hashes=session.hashes, overwriting=lambda: session.caller.require("storage.objects.delete"),
        )  # fmt: skip
        session.data.clear()


def kept(session: Session) -> Answer:
    """What a session has; without a range it has nothing."""
    have = len(session.data)
    return Answer(308, headers={"Range": f"bytes=0-{have - 1}"} if have else {})


def related_parts(type: str, body: bytes) -> tuple[dict[str, Any], bytes]:
    """The metadata and the content of a multipart/related body, whose lines end with CR and LF."""
    malformed = Refusal(400, "Malformed multipart body.", "badRequest")
    match = re.fullmatch(r'multipart/related\s*;(?:.*;)?\s*boundary=(?:"([^"]+)"|([^\s;"]+))\s*(?:;.*)?', type, re.I)
    if not match:
        raise malformed
    mark = b"\r\n--" + (match[1] or match[2]).encode()
    pieces = (b"\r\n" + body).split(mark)
    if len(pieces) != 4 or pieces[0] or not pieces[3].startswith(b"--"):
        raise malformed
    parts = []
    for piece in pieces[1:3]:
        # A part without headers begins with an empty line.
        head, found, content = piece.partition(b"\r\n\r\n")
        if not found or not piece.startswith(b"\r\n"):
            raise malformed
        lines = [line.partition(":") for line in head.decode("latin-1").split("\r\n") if line]
        parts.append(({name.lower(): value.strip() for name, _, value in lines}, content))
    (described, metadata), (headers, content) = parts
    if not described.get("content-type", "").startswith("application/json"):
        raise malformed
    fields = parsed_object(metadata)
    fields.setdefault("contentType", headers.get("content-type"))
    return fields, content
