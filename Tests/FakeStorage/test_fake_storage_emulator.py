"""
What two imitations of Cloud Storage, by different people, say of the same requests. `gcp-storage-emulator` knows no
preconditions, takes no empty media, gives all of a list in one page, answers 200 where an object is deleted, and counts
some new objects' metagenerations from 2.
"""

import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from fake_storage import FakeStorage
from gcp_storage_emulator.server import create_server
from storage_support import LIST, QUANTUM, UPLOAD, Reply, Web, media_of, path_of, related

SAME = ("name", "bucket", "size", "md5Hash", "crc32c", "contentType", "cacheControl", "metadata", "kind")
CONTENT = os.urandom(3 * QUANTUM + 17)


@dataclass(frozen=True)
class Both:
    """Two servers that are asked the same."""

    ours: Web
    other: Web

    def same(self, ask) -> Any:
        """What `ask` gives of either, which has to be the same."""
        ours, other = (ask(web) for web in (self.ours, self.other))
        assert ours == other
        return ours


@pytest.fixture
def both() -> Iterator[Both]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    emulator = create_server("127.0.0.1", port, in_memory=True, default_bucket="data")
    with FakeStorage("data") as service, emulator:
        both = Both(Web(service.url), Web(f"http://127.0.0.1:{port}"))
        yield both
        both.ours.close()
        both.other.close()


def essence(reply: Reply) -> Any:
    """The status and what matters of an object or a list."""
    if reply.status != 200:
        return reply.status
    value = reply.json
    if value["kind"] == "storage#objects":
        items = [{name: item.get(name) for name in SAME} for item in value.get("items", [])]
        return items, value.get("prefixes", [])
    return {name: value.get(name) for name in SAME}


def test_an_upload_of_media(both: Both):
    for name in ("a", "folder/a b.csv", "ü/\U0001f600+%2F"):
        stored = both.same(lambda web: essence(web.upload(name, CONTENT)))
        assert stored["name"] == name and stored["size"] == str(len(CONTENT))
        assert both.same(lambda web: essence(web("GET", path_of(name)))) == stored
        assert both.same(lambda web: web("GET", media_of(name)).body) == CONTENT
        assert both.same(lambda web: web("GET", "/download" + media_of(name)).body) == CONTENT


def test_an_upload_of_parts(both: Both):
    body, headers = related({"name": "a", "metadata": {"k": "v"}, "cacheControl": "no-store"}, CONTENT, type="text/csv")
    stored = both.same(lambda web: essence(web("POST", UPLOAD, body, headers, uploadType="multipart")))
    assert (stored["contentType"], stored["metadata"], stored["cacheControl"]) == ("text/csv", {"k": "v"}, "no-store")
    assert both.same(lambda web: web("GET", media_of("a")).body) == CONTENT


def test_a_session(both: Both):
    def upload(web: Web) -> list:
        session = web.begin("a/b", headers={"X-Upload-Content-Type": "text/csv"})
        seen = []
        for first, last in ((0, 1), (1, 3), (3, 4)):
            part = CONTENT[first * QUANTUM : last * QUANTUM]
            reply = web.chunk(session, part, first * QUANTUM, len(CONTENT))
            seen.append((reply.status, reply.headers.get("range")))
        seen.append(essence(reply))
        return seen

    seen = both.same(upload)
    assert [status for status, _ in seen[:3]] == [308, 308, 200] and seen[1][1] == f"bytes=0-{3 * QUANTUM - 1}"
    assert both.same(lambda web: essence(web("GET", path_of("a/b"))))["contentType"] == "text/csv"
    assert both.same(lambda web: web("GET", media_of("a/b")).body) == CONTENT


def test_the_state_of_a_session(both: Both):
    def states(web: Web) -> list:
        session = web.begin("a")
        web.chunk(session, CONTENT[:QUANTUM], 0, len(CONTENT))
        reply = web.chunk(session, b"", 0, len(CONTENT))
        return [reply.status, reply.headers.get("range")]

    assert both.same(states) == [308, f"bytes=0-{QUANTUM - 1}"]


def test_lists(both: Both):
    for name in ("b/2", "a/1", "c", "a/x/2", "b/1"):
        both.same(lambda web: essence(web.upload(name, name.encode())))
    for query in ("", "?prefix=a/", "?delimiter=/", "?prefix=a/&delimiter=/", "?prefix=none", "?prefix=" + quote("ü")):
        both.same(lambda web: essence(web("GET", LIST + query)))
    names, prefixes = both.same(lambda web: essence(web("GET", LIST + "?delimiter=/")))
    assert [one["name"] for one in names] == ["c"] and prefixes == ["a/", "b/"]


def part_of(reply: Reply) -> tuple[int, str, bytes]:
    return reply.status, reply.headers["content-range"], reply.body


def test_ranges_deletions_and_what_is_missing(both: Both):
    both.same(lambda web: essence(web.upload("a", CONTENT)))
    for asked in ("0-9", "100-", "10-10"):
        reply = both.same(lambda web: part_of(web("GET", media_of("a"), None, {"Range": f"bytes={asked}"})))
        assert reply[0] == 206
    changed = both.same(lambda web: essence(web("PATCH", path_of("a"), {"metadata": {"k": "v"}})))
    assert changed["metadata"] == {"k": "v"}
    copied = both.same(lambda web: essence(web("POST", path_of("a") + "/copyTo/b/data/o/b")))
    assert copied["name"] == "b"
    assert both.same(lambda web: web("DELETE", path_of("a")).status // 100) == 2
    for target in (path_of("a"), media_of("a"), "/storage/v1/b/none/o", "/storage/v1/b/none"):
        assert both.same(lambda web: web("GET", target).status) == 404
    assert both.same(lambda web: web("DELETE", path_of("a")).status) == 404
