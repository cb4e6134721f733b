"""Objects, and the conditions under which a request is carried out."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, Optional
from urllib.parse import quote

from storage_checksums import crc32c_text, md5_text
from storage_errors import Refusal, condition_not_met, not_modified

SETTABLE = ("contentType", "contentEncoding", "cacheControl", "contentDisposition", "contentLanguage", "metadata")
"""What a client says of an object."""


def timestamp(seconds: float) -> str:
    """RFC 3339 with milliseconds."""
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


@dataclass(frozen=True)
class StoredObject:
    """One generation of an object, without its content."""

    name: str
    generation: int
    metageneration: int
    size: int
    md5: str
    crc32c: str
    created: float
    updated: float
    fields: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, generation: int, content: bytes, fields: dict[str, Any], now: float) -> "StoredObject":
        return cls(name, generation, 1, len(content), md5_text(content), crc32c_text(content), now, now, fields)

    @property
    def etag(self) -> str:
        return f"C{self.generation:x}M{self.metageneration}"

    def resource(self, url: str, bucket: str) -> dict[str, Any]:
        """What the API says of it."""
        path = f"b/{bucket}/o/{quote(self.name, safe='')}"
        return {
            "kind": "storage#object", "id": f"{bucket}/{self.name}/{self.generation}",
            "selfLink": f"{url}/storage/v1/{path}",
            "mediaLink": f"{url}/download/storage/v1/{path}?generation={self.generation}&alt=media",
            "name": self.name, "bucket": bucket, "generation": str(self.generation),
            "metageneration": str(self.metageneration), "storageClass": "STANDARD", "size": str(self.size),
            "md5Hash": self.md5, "crc32c": self.crc32c, "etag": self.etag, "timeCreated": timestamp(self.created),
            "updated": timestamp(self.updated), "timeStorageClassUpdated": timestamp(self.created),
        } | self.fields  # fmt: skip


def check_name(name: Any) -> str:
    """The name of an object, if it may be one."""
    if not isinstance(name, str) or not name:
        raise Refusal(400, "Required parameter: name", "required")
    if len(name.encode()) > 1024 or name in (".", "..") or re.search("[\r\n]", name) or "\ufffd" in name:
        raise Refusal(400, f"Invalid object name: '{name}'")
    return name


def whole_number(text: str) -> int:
    """A number of a query."""
    if not re.fullmatch(r"-?\d{1,19}", text):
        raise Refusal(400, f"Invalid long value: '{text}'.", "invalidParameter")
    return int(text)


class Conditions:
    """`ifGenerationMatch` and the like of a query; `prefix` is `ifSource` for the source of a copy."""

    def __init__(self, query: dict[str, str], prefix: str = "if"):
        names = ("GenerationMatch", "GenerationNotMatch", "MetagenerationMatch", "MetagenerationNotMatch")
        self._wanted = {name: whole_number(query[prefix + name]) for name in names if query.get(prefix + name)}

    def check(self, found: Optional[StoredObject], reading: bool = False) -> None:
        """Refuses what does not hold for the object, or None where there is none, whose generation is 0."""
        generation = found.generation if found else 0
        metageneration = found.metageneration if found else None
        for name, value in (("GenerationMatch", generation), ("MetagenerationMatch", metageneration)):
            if name in self._wanted and self._wanted[name] != value:
                raise condition_not_met()
        for name, value in (("GenerationNotMatch", generation), ("MetagenerationNotMatch", metageneration)):
            if name in self._wanted and self._wanted[name] == value:
                raise not_modified() if reading else condition_not_met()
