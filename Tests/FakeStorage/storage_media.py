"""Downloads."""

import gzip
import re
import zlib
from email.utils import formatdate
from typing import Optional

from server_answer import Answer
from storage_objects import StoredObject
from storage_request import Request


def media_answer(request: Request, found: StoredObject, content: bytes) -> Answer:
    """The content of an object, or the range of it that is asked for."""
    encoding = found.fields.get("contentEncoding")
    cache = found.fields.get("cacheControl")
    type = found.fields.get("contentType", "application/octet-stream")
    headers = {
        "X-Goog-Generation": str(found.generation), "X-Goog-Metageneration": str(found.metageneration),
        "X-Goog-Hash": f"crc32c={found.crc32c},md5={found.md5}",
        "X-Goog-Stored-Content-Encoding": encoding or "identity", "X-Goog-Stored-Content-Length": str(found.size),
        "X-Goog-Storage-Class": "STANDARD", "ETag": found.etag,
        "Cache-Control": cache or "no-cache, no-store, max-age=0, must-revalidate",
        "Last-Modified": formatdate(found.updated, usegmt=True),
        "Content-Disposition": found.fields.get("contentDisposition") or "attachment",
    }  # fmt: skip
    if encoding == "gzip":
        headers["Vary"] = "Accept-Encoding"
        takes = "gzip" in request.headers.get("accept-encoding", "") or "no-transform" in (cache or "")
        plain = None if takes else unpacked(content)
        if plain is not None:
            # Of what is unpacked on the way, no range and no length.
            headers["Warning"] = "214 UploadServer gunzipped"
            return Answer(200, plain, type, headers, verbatim=True, chunked=True)
    if encoding:
        headers["Content-Encoding"] = encoding
    headers["Accept-Ranges"] = "bytes"
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("range", "").replace(" ", ""))
    if not match or match.groups() == ("", ""):
        return Answer(200, content, type, headers, verbatim=True)
    first, last = match.groups()
    size = len(content)
    begin = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if begin > end:
        refused = f"The requested range cannot be satisfied. bytes */{size}".encode()
        return Answer(416, refused, "text/html; charset=UTF-8", {"Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {begin}-{end}/{size}"
    return Answer(206, content[begin : end + 1], type, headers, verbatim=True)


def unpacked(content: bytes) -> Optional[bytes]:
    """The content without gzip; None when it is not in gzip."""
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return None
