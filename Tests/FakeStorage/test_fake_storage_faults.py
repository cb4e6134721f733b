"""Each fault of the fake of Cloud Storage: what the client sees of it, and what has come of the request."""

import http.client
import os
import time

import pytest
from fake_storage import FakeStorage
from storage_checksums import crc32c_text
from storage_faults import KINDS, StorageFault
from storage_support import LIST, QUANTUM, UPLOAD, Web, media_of, path_of, related
from support import REPOSITORY

CUT = (ConnectionError, http.client.RemoteDisconnected, http.client.IncompleteRead)


@pytest.fixture
def web(fake_storage: FakeStorage):
    web = Web(fake_storage.url)
    yield web
    web.close()


# Which requests go wrong


def test_matched_by_method_path_and_query(fake_storage: FakeStorage, web: Web):
    fake_storage.faults.add("status", match="GET /storage/v1/b/data/o/a b/", times=None, status=503)
    fake_storage.faults.add("status", match="name=c/d", times=None, status=502)
    assert web("GET", path_of("a b/c")).status == 503, "the name as it is decoded"
    assert web("DELETE", path_of("a b/c")).status == 404
    assert web("GET", path_of("a b")).status == 404
    assert web.upload("c/d", b"x").status == 502
    assert fake_storage.count("GET ") == 2


def test_with_a_probability(fake_storage: FakeStorage, web: Web):
    def failures(**options) -> list[int]:
        fake_storage.clear()
        fake_storage.faults.add("status", match="GET", probability=0.3, status=503, **options)
        return [number for number in range(100) if web("GET", LIST).status == 503]

    found = failures(times=None, seed=7)
    assert 15 < len(found) < 45 and found == failures(times=None, seed=7)
    assert found != failures(times=None, seed=8)
    assert failures(times=2, after=1, seed=7) == found[1:3]


# Nothing has been done


@pytest.mark.parametrize("status", (408, 429, 500, 502, 503, 504))
def test_a_status_before_anything(fake_storage: FakeStorage, web: Web, status: int):
    fake_storage.faults.add("status", match="POST", status=status)
    refused = web.upload("a", b"x")
    assert (refused.status, refused.json["error"]["code"]) == (status, status)
    assert fake_storage.objects("data") == {}
    assert web.upload("a", b"x").status == 200


def test_cut_before(fake_storage: FakeStorage, web: Web):
    fake_storage.faults.add("cut-before", match="DELETE")
    fake_storage.put("data", "a", b"x")
    with pytest.raises(CUT):
        web("DELETE", path_of("a"))
    assert fake_storage.objects("data") == {"a": b"x"} and fake_storage.requests[0]["status"] is None


def test_cut_upload(fake_storage: FakeStorage, web: Web):
    sent = os.urandom(8 * QUANTUM)
    fake_storage.faults.add("cut-upload", match="uploadType=media")
    with pytest.raises(CUT):
        web.upload("a", sent)
    assert fake_storage.objects("data") == {}
    session = web.begin("a")
    fake_storage.faults.add("cut-upload", match="PUT", fraction=0.45)
    with pytest.raises(CUT):
        web.chunk(session, sent, 0, len(sent))
    kept = 3 * QUANTUM
    assert web.chunk(session, b"", 0, len(sent)).headers["range"] == f"bytes=0-{kept - 1}"
    assert web.chunk(session, sent[kept:], kept, len(sent)).json["crc32c"] == crc32c_text(sent)


# It has been done


@pytest.mark.parametrize("kind", ("lost", "applied"))
def test_an_answer_lost(fake_storage: FakeStorage, web: Web, kind: str):
    for match, send, done in (
        ("uploadType=media", lambda: web.upload("a", b"new", ifGenerationMatch=0), {"a": b"new"}),
        ("PATCH", lambda: web("PATCH", path_of("a"), {"contentType": "x/y"}), {"a": b"new"}),
        ("copyTo", lambda: web("POST", path_of("a") + "/copyTo/b/data/o/b"), {"a": b"new", "b": b"new"}),
        ("DELETE", lambda: web("DELETE", path_of("a")), {"b": b"new"}),
    ):
        fake_storage.faults.add(kind, match=match, status=503)
        if kind == "lost":
            with pytest.raises(CUT):
                send()
        else:
            assert send().status == 503
        assert fake_storage.objects("data") == done, match
    assert web.upload("b", b"new", ifGenerationMatch=0).status == 412, "sent again, it seems to be another's"


def test_the_answer_to_a_last_chunk_lost(fake_storage: FakeStorage, web: Web):
    sent = os.urandom(2 * QUANTUM + 1)
    session = web.begin("a", ifGenerationMatch=0)
    fake_storage.faults.add("lost", match="PUT", times=2)
    for part, first in ((sent[:QUANTUM], 0), (sent[QUANTUM:], QUANTUM)):
        with pytest.raises(CUT):
            web.chunk(session, part, first, len(sent))
    state = web.chunk(session, b"", 0, len(sent))
    assert (state.status, state.json["crc32c"]) == (200, crc32c_text(sent))
    assert fake_storage.objects("data") == {"a": sent}


# Sessions


def test_a_part_of_a_chunk(fake_storage: FakeStorage, web: Web):
    sent = os.urandom(4 * QUANTUM)
    session = web.begin("a")
    fake_storage.faults.add("partial", match="PUT", times=1, fraction=0.1)
    fake_storage.faults.add("partial", match="PUT", times=2, fraction=0.7)
    first = web.chunk(session, sent[: 2 * QUANTUM], 0, len(sent))
    assert first.status == 308 and "range" not in first.headers
    second = web.chunk(session, sent, 0, len(sent))
    assert (second.status, second.headers["range"]) == (308, f"bytes=0-{2 * QUANTUM - 1}")
    assert web.chunk(session, sent[2 * QUANTUM :], 2 * QUANTUM, len(sent)).status == 200
    assert fake_storage.objects("data") == {"a": sent}


@pytest.mark.parametrize("gone", (404, 410))
def test_a_session_lost(fake_storage: FakeStorage, web: Web, gone: int):
    session = web.begin("a")
    fake_storage.faults.add("session-lost", match="PUT", gone=gone)
    assert web.chunk(session, b"x", 0, 1).status == gone
    assert web.chunk(session, b"x", 0, 1).status == 404
    assert web.chunk(web.begin("a"), b"x", 0, 1).status == 200


# Content


def test_a_download_cut(fake_storage: FakeStorage, web: Web):
    fake_storage.put("data", "a", bytes(range(200)))
    fake_storage.faults.add("cut-body", match="alt=media", fraction=0.25)
    with pytest.raises(http.client.IncompleteRead) as caught:
        web("GET", media_of("a"))
    assert caught.value.partial == bytes(range(50))
    rest = web("GET", media_of("a"), None, {"Range": "bytes=50-"})
    assert (rest.status, rest.body) == (206, bytes(range(50, 200)))
    fake_storage.faults.add("truncated-json", match="alt=media")
    short = web("GET", media_of("a"))
    assert (short.headers["content-length"], len(short.body)) == ("100", 100), "nothing is amiss but the checksum"


def test_a_download_corrupted(fake_storage: FakeStorage, web: Web):
    stored = fake_storage.put("data", "a", b"content")
    fake_storage.faults.add("corrupt", match="alt=media", times=2)
    for headers, status in (({}, 200), ({"Range": "bytes=2-"}, 206)):
        reply = web("GET", media_of("a"), None, headers)
        right = b"content"[2:] if headers else b"content"
        assert reply.status == status and len(reply.body) == len(right) and reply.body != right
        assert stored.crc32c in reply.headers["x-goog-hash"]
    fake_storage.faults.add("corrupt", index=-1)
    assert web("GET", media_of("a")).body == b"contenu"
    fake_storage.faults.add("corrupt", match="POST")
    assert web.upload("b", b"x").json["name"] == "b", "an answer in JSON stays as it is"


def test_an_upload_corrupted(fake_storage: FakeStorage, web: Web):
    fake_storage.faults.add("corrupt-upload", match="upload", times=None, index=0)
    replies = [web.upload("a", b"content")]
    body, headers = related({"name": "b"}, b"content")
    replies.append(web("POST", UPLOAD, body, headers, uploadType="multipart"))
    replies.append(web.chunk(web.begin("c"), b"content", 0, 7))
    assert all(reply.json["crc32c"] == crc32c_text(b"bontent") for reply in replies)
    assert set(fake_storage.objects("data").values()) == {b"bontent"}
    assert web.upload("d", b"content", {"X-Goog-Hash": f"crc32c={crc32c_text(b'content')}"}).status == 400


# Time, tokens, others


def test_slow_delayed_and_stalled(fake_storage: FakeStorage):
    fake_storage.put("data", "a", bytes(1000))
    web = Web(fake_storage.url)
    for kind, options in (("slow", {"rate": 5000}), ("delay", {"seconds": 0.2})):
        fake_storage.faults.add(kind, match="GET", **options)
        start = time.monotonic()
        assert web("GET", media_of("a")).body == bytes(1000)
        assert time.monotonic() - start > 0.15, kind
    web.close()
    web = Web(fake_storage.url, timeout=0.4)
    for stage in ("head", "body"):
        fake_storage.faults.add("stall", match="GET", stage=stage)
        with pytest.raises(TimeoutError):
            web("GET", media_of("a"))
    web.close()
    web = Web(fake_storage.url)
    assert web("GET", media_of("a")).status == 200
    web.close()


def test_a_token_revoked(guarded_storage: FakeStorage):
    token = guarded_storage.issue()
    web, other = Web(guarded_storage.url, token), Web(guarded_storage.url, guarded_storage.issue())
    guarded_storage.faults.add("revoked", match="POST")
    assert web("GET", LIST).status == 200
    assert web.upload("a", b"x").status == 401 and guarded_storage.objects("data") == {}
    assert web.upload("a", b"x").status == 401, "for good"
    assert other.upload("a", b"x").status == 200


def test_tokens_refused(guarded_storage: FakeStorage):
    """Endpoints of tokens go wrong as others do."""
    web = Web(guarded_storage.url)
    for match in ("POST /token", "GET /computeMetadata"):
        guarded_storage.faults.add("status", match=match, status=503)
        method, target = match.split()
        flavor = {"Metadata-Flavor": "Google"}
        path = target if method == "POST" else target + "/v1/instance/service-accounts/default/token"
        assert web(method, path, b"" if method == "POST" else None, flavor).status == 503
        assert web(method, path, b"" if method == "POST" else None, flavor).status != 503


def test_too_many_requests(fake_storage: FakeStorage, web: Web):
    fake_storage.faults.append(StorageFault.parse("429:GET:1:3"))
    reply = web("GET", LIST)
    assert (reply.status, reply.headers["retry-after"], reply.reason) == (429, "3", "rateLimitExceeded")


@pytest.mark.parametrize("kind", KINDS)
def test_every_fault_is_one(kind: str, guarded_storage: FakeStorage):
    """Each kind spoils a download, an upload or a session; each is in the README."""
    web = Web(guarded_storage.url, guarded_storage.issue(), timeout=0.4)
    argument = {"slow": "4000", "session-lost": "410", "applied": "503", "delay": "0.1"}.get(kind)
    put = bytes(range(256)) * 2
    guarded_storage.put("data", "there", put)
    session = web.begin("session")
    wrong = []
    for match, send in (
        ("alt=media", lambda: web("GET", media_of("there"))), ("PUT", lambda: web.chunk(session, put, 0, len(put))),
        ("GET /storage/v1/b/data/o", lambda: web("GET", LIST)), ("media", lambda: web.upload("other", put)),
    ):  # fmt: skip
        guarded_storage.faults.clear()
        guarded_storage.faults.append(StorageFault.parse(f"{kind}:{match}:1" + (f":{argument}" if argument else "")))
        start = time.monotonic()
        try:
            reply = send()
            hash = reply.headers.get("x-goog-hash", "") if match == "alt=media" else reply.body.decode("latin-1")
            is_right = reply.status == 200 and (match.endswith("/o") or crc32c_text(put) in hash)
            whole = reply.body == put if match == "alt=media" else is_json(reply.body)
            encoded = "content-encoding" in reply.headers
            wrong.append(not is_right or not whole or encoded or time.monotonic() - start > 0.08)
        except (*CUT, TimeoutError):
            wrong.append(True)
    assert any(wrong)
    assert f"| `{kind}` |" in (REPOSITORY / "Tests" / "FakeStorage" / "README.md").read_text()


def is_json(body: bytes) -> bool:
    try:
        return body.decode()[:1] + body.decode()[-1:] == "{}"
    except UnicodeDecodeError:
        return False
