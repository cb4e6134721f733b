"""The fake of Cloud Storage: uploads in one request and in sessions, and what it refuses of them."""

import gzip
import http.client
import os

import pytest
from fake_storage import FakeStorage
from storage_checksums import crc32c_text, md5_text
from storage_support import QUANTUM, UPLOAD, Web, path_of, related


@pytest.fixture
def web(fake_storage: FakeStorage):
    web = Web(fake_storage.url)
    yield web
    web.close()


def content(quanta: float) -> bytes:
    return os.urandom(int(QUANTUM * quanta))


def multipart(web: Web, body: bytes, headers: dict):
    return web("POST", UPLOAD, body, headers, uploadType="multipart")


# One request


def test_multipart(fake_storage: FakeStorage, web: Web):
    sent = b"\r\n--other\r\n\x00\xff\r\n"
    metadata = {"name": "a", "cacheControl": "no-store", "metadata": {"k": "v"}, "size": "99", "generation": "1"}
    stored = multipart(web, *related(metadata, sent, type="text/csv")).json
    assert fake_storage.objects("data") == {"a": sent}
    assert (stored["contentType"], stored["cacheControl"], stored["metadata"]) == ("text/csv", "no-store", {"k": "v"})
    assert stored["size"] == str(len(sent)) and stored["generation"] != "1"
    stored = multipart(web, *related({"name": "a", "contentType": "text/x"}, b"", boundary="x")).json
    assert (stored["contentType"], stored["size"]) == ("text/x", "0")


def test_malformed_multipart(fake_storage: FakeStorage, web: Web):
    body, headers = related({"name": "a"}, b"content")
    json_part, media_part = body.split(b"--=#b1")[1:3]
    swapped = b"--=#b1" + media_part + b"--=#b1" + json_part + b"--=#b1--\r\n"
    for bad in (
        body.replace(b"\r\n", b"\n"), swapped, body.replace(b"--=#b1--", b""), b"--=#b1" + json_part + b"--=#b1--\r\n",
        body.replace(b'{"name"', b'{"name'), b"", body + b"--=#b1--\r\n--=#b1--\r\n",
    ):  # fmt: skip
        assert multipart(web, bad, headers).status == 400, bad
    assert multipart(web, body, {"Content-Type": "multipart/related"}).status == 400
    assert multipart(web, body, {"Content-Type": "multipart/related; boundary=c"}).status == 400
    assert web("POST", UPLOAD, body, headers, uploadType="other").status == 400
    assert web("POST", UPLOAD, body, headers).status == 400
    assert fake_storage.objects("data") == {}
    assert multipart(web, body, headers).status == 200


def test_checksums_of_the_client(fake_storage: FakeStorage, web: Web):
    good = {"crc32c": crc32c_text(b"content"), "md5Hash": md5_text(b"content")}
    bad = {"crc32c": crc32c_text(b"other"), "md5Hash": md5_text(b"other")}
    for field, name in (("crc32c", "crc32c"), ("md5Hash", "md5")):
        for hashes, status in ((good, 200), (bad, 400)):
            header = {"X-Goog-Hash": f"{name}={hashes[field]}"}
            body, headers = related({"name": "a", field: hashes[field]}, b"content")
            assert multipart(web, body, headers).status == status
            assert web.upload("b", b"content", header).status == status
            session = web.begin("c", {field: hashes[field]})
            assert web.chunk(session, b"content", 0, 7).status == status
            session = web.begin("d")
            assert web.chunk(session, b"content", 0, 7, header).status == status
            assert len(fake_storage.objects("data")) == (4 if status == 200 else 0)
            fake_storage.store.empty("data")
    refused = web.upload("b", b"content", {"X-Goog-Hash": f"crc32c={bad['crc32c']},md5={good['md5Hash']}"})
    expected = f'Provided CRC32C "{bad["crc32c"]}" doesn\'t match calculated CRC32C "{good["crc32c"]}".'
    assert (refused.json["error"]["message"], refused.reason) == (expected, "invalid")


def test_encodings(fake_storage: FakeStorage, web: Web):
    packed = gzip.compress(b"content")
    assert web.upload("a", packed, contentEncoding="gzip").json["contentEncoding"] == "gzip"
    assert web.upload("a", packed, {"Content-Encoding": "gzip"}).status == 400
    connection = http.client.HTTPConnection(fake_storage.host)
    pieces = iter([b"one", b"two" * 1000])
    connection.request("POST", UPLOAD + "?uploadType=media&name=b", pieces, encode_chunked=True)
    assert connection.getresponse().status == 200
    connection.close()
    assert fake_storage.objects("data")["b"] == b"one" + b"two" * 1000


# Sessions


def test_a_session(fake_storage: FakeStorage, web: Web):
    sent = content(3.5)
    headers = {"X-Upload-Content-Type": "text/csv", "X-Upload-Content-Length": str(len(sent))}
    session = web.begin("a/b", {"metadata": {"k": "v"}}, headers)
    state = web.chunk(session, b"", 0)
    assert state.status == 308 and "range" not in state.headers, "nothing is stored"
    first = web.chunk(session, sent[: 2 * QUANTUM], 0, len(sent))
    assert (first.status, first.headers["range"]) == (308, f"bytes=0-{2 * QUANTUM - 1}")
    assert web.chunk(session, b"", 0, len(sent)).headers["range"] == first.headers["range"]
    assert fake_storage.objects("data") == {}
    last = web.chunk(session, sent[2 * QUANTUM :], 2 * QUANTUM, len(sent))
    assert (last.status, last.json["size"], last.json["crc32c"]) == (200, str(len(sent)), crc32c_text(sent))
    assert (last.json["contentType"], last.json["metadata"]) == ("text/csv", {"k": "v"})
    assert fake_storage.objects("data") == {"a/b": sent}
    again = web.chunk(session, b"", 0, len(sent))
    assert (again.status, again.json) == (200, last.json), "the state of a session that has ended is the object"
    assert web.chunk(session, sent[2 * QUANTUM :], 2 * QUANTUM, len(sent)).json == last.json


def test_a_size_that_is_known_last(fake_storage: FakeStorage, web: Web):
    sent = content(2)
    session = web.begin("a")
    assert web.chunk(session, sent, 0).status == 308
    assert web.chunk(session, b"", 0, len(sent)).status == 200
    assert web.chunk(web.begin("empty"), b"", 0, 0).json["size"] == "0"
    assert web("PUT", web.begin("whole"), b"whole").json["size"] == "5", "without a Content-Range"
    assert fake_storage.objects("data") == {"a": sent, "empty": b"", "whole": b"whole"}


def test_bytes_sent_again(fake_storage: FakeStorage, web: Web):
    sent = content(4)
    session = web.begin("a")
    web.chunk(session, sent[: 2 * QUANTUM], 0, len(sent))
    assert web.chunk(session, sent[:QUANTUM], 0, len(sent)).headers["range"] == f"bytes=0-{2 * QUANTUM - 1}"
    over = web.chunk(session, sent[QUANTUM : 3 * QUANTUM], QUANTUM, len(sent))
    assert over.headers["range"] == f"bytes=0-{3 * QUANTUM - 1}"
    assert web.chunk(session, sent, 0, len(sent)).status == 200
    assert fake_storage.objects("data")["a"] == sent


def test_what_a_session_refuses(fake_storage: FakeStorage, web: Web):
    sent = content(3)
    total = len(sent)
    session = web.begin("a", headers={"X-Upload-Content-Length": str(total)})
    for part, first, size in (
        (sent[:1000], 0, total), (sent[: QUANTUM + 1], 0, total), (sent[: QUANTUM + 1], 0, "*"),
        (sent[:QUANTUM], 0, total + 1), (sent[:QUANTUM], QUANTUM, total), (sent + b"x", 0, total),
    ):  # fmt: skip
        assert web.chunk(session, part, first, size).status == 400, (len(part), first, size)
        assert "range" not in web.chunk(session, b"", 0).headers
    small = web.chunk(session, sent[:1000], 0, total).json["error"]["message"]
    assert "equal or greater than 262144" in small and "contained 1000 bytes" in small
    for given in (f"bytes 0-{QUANTUM}/{total}", "bytes 0-9", "items 0-9/9", "bytes */*"):
        assert web("PUT", session, sent[:QUANTUM], {"Content-Range": given}).status == 400, given
    assert web.chunk(session, sent, 0, total).status == 200
    assert web.chunk(session + "x", sent, 0, total).status == 404
    assert web("GET", session).status == 405


def test_a_session_given_up(fake_storage: FakeStorage, web: Web):
    session = web.begin("a")
    assert web("DELETE", session).status == 499
    assert web.chunk(session, b"x", 0, 1).status == 404
    other = web.begin("b")
    assert web("DELETE", "/_control/sessions").status == 200
    assert web.chunk(other, b"x", 0, 1).status == 404
    assert fake_storage.objects("data") == {}


def test_conditions_of_a_session(fake_storage: FakeStorage, web: Web):
    session = web.begin("a", ifGenerationMatch=0)
    fake_storage.put("data", "a", b"first")
    late = web.chunk(session, b"late", 0, 4)
    assert (late.status, late.reason) == (412, "conditionNotMet")
    begun = web("POST", UPLOAD, {"name": "a"}, uploadType="resumable", ifGenerationMatch=0)
    assert begun.status == 412, "also when it begins"
    generation = web("GET", path_of("a")).json["generation"]
    assert web.chunk(web.begin("a", ifGenerationMatch=generation), b"new", 0, 3).status == 200
    assert fake_storage.objects("data") == {"a": b"new"}


def test_a_name_in_the_query(fake_storage: FakeStorage, web: Web):
    body, headers = related({"name": "of-metadata"}, b"x")
    assert web("POST", UPLOAD, body, headers, uploadType="multipart", name="of/query").json["name"] == "of/query"
    reply = web("POST", UPLOAD, uploadType="resumable", name="of query+")
    assert reply.headers["location"].startswith(fake_storage.url), "the address that the client knows"
    assert web.chunk("/" + reply.headers["location"].split("/", 3)[3], b"y", 0, 1).json["name"] == "of query+"
