"""The fake of Cloud Storage: objects, lists, conditions and downloads, seen from plain requests."""

import base64
import gzip
import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from fake_storage import FakeStorage
from storage_support import LIST, Web, media_of, path_of


@pytest.fixture
def web(fake_storage: FakeStorage):
    web = Web(fake_storage.url)
    yield web
    web.close()


def test_an_object_and_its_metadata(fake_storage: FakeStorage, web: Web):
    uploaded = web.upload("a/b c%ü.csv", b"hello").json
    assert uploaded["size"] == "5" and uploaded["crc32c"] == "mnG7TA==" and uploaded["metageneration"] == "1"
    assert uploaded["md5Hash"] == base64.b64encode(hashlib.md5(b"hello").digest()).decode()
    assert uploaded["contentType"] == "text/plain" and uploaded["timeCreated"] == uploaded["updated"]
    assert web("GET", path_of("a/b c%ü.csv")).json == uploaded
    for target in (media_of("a/b c%ü.csv"), "/download" + media_of("a/b c%ü.csv")):
        reply = web("GET", target)
        assert (reply.status, reply.body, reply.headers["content-type"]) == (200, b"hello", "text/plain")
        assert reply.headers["x-goog-hash"] == f"crc32c=mnG7TA==,md5={uploaded['md5Hash']}"
        assert reply.headers["x-goog-generation"] == uploaded["generation"]
        assert reply.headers["x-goog-stored-content-encoding"] == "identity"
    assert web("DELETE", path_of("a/b c%ü.csv")).status == 204
    assert web("DELETE", path_of("a/b c%ü.csv")).status == 404
    assert fake_storage.connections == 1


def test_generations_grow(web: Web):
    generations = [int(web.upload("a", b"x").json["generation"]) for _ in range(20)]
    assert generations == sorted(set(generations))
    assert web("GET", media_of("a"), generation=generations[0]).status == 404
    assert web("GET", media_of("a"), generation=generations[-1]).body == b"x"


def test_what_is_missing(web: Web):
    reply = web("GET", "/storage/v1/b/none/o")
    message = "The specified bucket does not exist."
    errors = [{"message": message, "domain": "global", "reason": "notFound"}]
    assert (reply.status, reply.json) == (404, {"error": {"code": 404, "message": message, "errors": errors}})
    assert web("POST", "/upload/storage/v1/b/none/o?uploadType=media&name=a", b"x").json == reply.json
    assert web("GET", path_of("a")).json["error"]["message"] == "No such object: data/a"
    plain = web("GET", media_of("a"))
    assert (plain.status, plain.body) == (404, b"No such object: data/a")
    assert plain.headers["content-type"].startswith("text/html")
    assert web("GET", LIST + "/a/b").status == 404, "a slash in a name has to be encoded"
    assert web("PUT", path_of("a"), b"").status == 405
    assert web("GET", "/elsewhere").status == 404


def test_the_bucket_and_permissions(web: Web):
    assert web("GET", "/storage/v1/b/data").json["name"] == "data"
    assert [one["name"] for one in web("GET", "/storage/v1/b?project=p").json["items"]] == ["data"]
    tested = web("GET", "/storage/v1/b/data/iam/testPermissions?permissions=storage.objects.get&permissions=x.y")
    assert tested.json["permissions"] == ["storage.objects.get", "x.y"]
    assert web("GET", "/storage/v1/b/data/iam/testPermissions").status == 400


def test_bad_names(web: Web):
    for name in ("", ".", "..", "a\nb", "ü" * 513):
        assert web.upload(name, b"x").status == 400, name
    assert web.upload("ü" * 512, b"x").status == 200


# Lists


def listed(web: Web, **query) -> tuple[list[str], list[str], int]:
    """Names, prefixes and the number of pages."""
    names, prefixes, pages = [], [], 0
    while True:
        page = web("GET", LIST, **query).json
        names += [one["name"] for one in page.get("items", [])]
        prefixes += page.get("prefixes", [])
        assert len(page.get("items", [])) + len(page.get("prefixes", [])) <= query.get("maxResults", 1000)
        pages += 1
        if "nextPageToken" not in page:
            return names, prefixes, pages
        query["pageToken"] = page["nextPageToken"]


def test_lists(fake_storage: FakeStorage, web: Web):
    names = ["a", "a/1", "a/2", "a/b/3", "ab", "b/4", "z", "é", "\U0001f600"]
    assert web("GET", LIST).json == {"kind": "storage#objects"}
    for name in reversed(names):
        fake_storage.put("data", name, b"x")
    assert listed(web) == (names, [], 1), "as the bytes of UTF-8 sort"
    assert listed(web, maxResults=2) == (names, [], 5)
    assert listed(web, maxResults=3) == (names, [], 3), "no page after a full last one"
    assert listed(web, prefix="a/") == (["a/1", "a/2", "a/b/3"], [], 1)
    assert listed(web, prefix="a/", delimiter="/") == (["a/1", "a/2"], ["a/b/"], 1)
    flat = ["a", "ab", "z", "é", "\U0001f600"]
    for size in range(1, 8):
        assert listed(web, delimiter="/", maxResults=size)[:2] == (flat, ["a/", "b/"]), size
    assert listed(web, startOffset="a/b", endOffset="z") == (["a/b/3", "ab", "b/4"], [], 1)
    assert web("GET", LIST, pageToken="!").status == 400
    assert web("GET", LIST, maxResults="0").status == 400
    with FakeStorage("data", page_size=4) as other:
        for name in names:
            other.put("data", name, b"x")
        assert listed(Web(other.url), maxResults=500) == (names, [], 3)


# Conditions

HELD = [
    ({"ifGenerationMatch": 0}, 412, 200), ({"ifGenerationMatch": "G"}, 200, 412), ({"ifGenerationMatch": 5}, 412, 412),
    ({"ifGenerationNotMatch": 0}, 200, 412), ({"ifGenerationNotMatch": "G"}, 412, 200),
    ({"ifMetagenerationMatch": 1}, 200, 412), ({"ifMetagenerationMatch": 2}, 412, 412),
    ({"ifMetagenerationNotMatch": 1}, 412, 200), ({"ifMetagenerationNotMatch": 2}, 200, 200),
    ({"ifGenerationMatch": "x"}, 400, 400), ({"ifGenerationMatch": "G", "ifMetagenerationMatch": 2}, 412, 412),
]  # fmt: skip


@pytest.mark.parametrize("query, there, absent", HELD)
def test_conditions_of_an_upload(fake_storage: FakeStorage, web: Web, query: dict, there: int, absent: int):
    generation = fake_storage.put("data", "there", b"old").generation
    query = {name: generation if value == "G" else value for name, value in query.items()}
    for name, status in (("there", there), ("absent", absent)):
        before = fake_storage.objects("data").get(name)
        reply = web.upload(name, b"new", **query)
        assert reply.status == status, name
        assert fake_storage.objects("data").get(name) == (b"new" if status == 200 else before)
        if status == 412:
            assert reply.reason == "conditionNotMet"
            assert reply.json["error"]["message"] == "At least one of the pre-conditions you specified did not hold."


def test_conditions_of_others(fake_storage: FakeStorage, web: Web):
    stored = fake_storage.put("data", "a", b"x")
    same, other = stored.generation, stored.generation + 1
    for target in (path_of("a"), media_of("a")):
        assert web("GET", target, ifGenerationMatch=same).status == 200
        assert web("GET", target, ifGenerationMatch=other).status == 412
        unchanged = web("GET", target, ifGenerationNotMatch=same)
        assert (unchanged.status, unchanged.body) == (304, b"")
        assert web("GET", target, ifMetagenerationNotMatch=1).status == 304
    assert web("GET", path_of("none"), ifGenerationMatch=0).status == 404
    assert web("PATCH", path_of("a"), {"contentType": "text/csv"}, ifMetagenerationMatch=2).status == 412
    assert web("PATCH", path_of("a"), {"contentType": "text/csv"}, ifMetagenerationMatch=1).status == 200
    assert web("DELETE", path_of("a"), ifGenerationMatch=other).status == 412
    assert web("DELETE", path_of("a"), ifMetagenerationMatch=2).status == 204


def test_one_of_many_creates(fake_storage: FakeStorage):
    def create(number: int) -> list[int]:
        web = Web(fake_storage.url)
        statuses = [web.upload(f"{turn}", b"%d" % number, ifGenerationMatch=0).status for turn in range(40)]
        web.close()
        return statuses

    with ThreadPoolExecutor(8) as pool:
        for statuses in zip(*pool.map(create, range(8))):
            assert sorted(statuses) == [200] + [412] * 7


def test_no_update_is_lost(fake_storage: FakeStorage):
    """Eight clients add to the same number, each when it has not changed since it was read."""
    fake_storage.put("data", "count", b"0")

    def add(_) -> None:
        web, done = Web(fake_storage.url), 0
        while done < 15:
            read = web("GET", media_of("count"))
            new = b"%d" % (int(read.body) + 1)
            done += web.upload("count", new, ifGenerationMatch=read.headers["x-goog-generation"]).status == 200
        web.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(8)))
    assert fake_storage.objects("data")["count"] == b"120"


# Changes and copies


def test_patch(web: Web):
    web.upload("a", b"x")
    changes = {"cacheControl": "no-store", "metadata": {"one": "1", "two": "2"}, "name": "b", "size": "9"}
    patched = web("PATCH", path_of("a"), changes).json
    assert patched["metadata"] == {"one": "1", "two": "2"} and patched["cacheControl"] == "no-store"
    assert (patched["metageneration"], patched["name"], patched["size"]) == ("2", "a", "1")
    patched = web("PATCH", path_of("a"), {"cacheControl": None, "metadata": {"one": None, "three": "3"}}).json
    assert patched["metadata"] == {"two": "2", "three": "3"} and "cacheControl" not in patched
    assert web("PATCH", path_of("none"), {}).status == 404
    assert web("PATCH", path_of("a"), b"{").reason == "parseError"


def test_copies(fake_storage: FakeStorage, web: Web):
    fake_storage.store.create_bucket("other")
    stored = fake_storage.put("data", "a/1", b"content", contentType="text/csv", metadata={"k": "v"})
    copy = web("POST", path_of("a/1") + "/copyTo/b/other/o/b%2F2").json
    assert (copy["bucket"], copy["name"]) == ("other", "b/2")
    assert (copy["contentType"], copy["metadata"]) == ("text/csv", {"k": "v"})
    assert int(copy["generation"]) > stored.generation
    again = web("POST", path_of("a/1") + "/rewriteTo/b/other/o/b%2F2", {"contentType": "text/x"})
    assert again.json["done"] is True and again.json["resource"]["contentType"] == "text/x"
    assert web("POST", path_of("a/1") + "/copyTo/b/other/o/b%2F2", ifGenerationMatch=0).status == 412
    assert web("POST", path_of("a/1") + "/copyTo/b/other/o/c", ifSourceGenerationMatch=1).status == 412
    assert web("POST", path_of("none") + "/copyTo/b/other/o/c").status == 404
    assert web("POST", path_of("a/1") + "/copyTo/b/none/o/c").status == 404
    assert fake_storage.objects("other") == {"b/2": b"content"}


# Downloads


def test_ranges(fake_storage: FakeStorage, web: Web):
    fake_storage.put("data", "a", b"0123456789")
    for asked, content, part in (
        ("0-3", b"0123", "0-3"), ("8-", b"89", "8-9"), ("-3", b"789", "7-9"), ("5-99", b"56789", "5-9"),
        ("-99", b"0123456789", "0-9"),
    ):  # fmt: skip
        reply = web("GET", media_of("a"), None, {"Range": f"bytes={asked}"})
        assert (reply.status, reply.body) == (206, content)
        assert reply.headers["content-range"] == f"bytes {part}/10"
        assert reply.headers["x-goog-hash"].startswith("crc32c="), "of the whole object"
    assert web("GET", media_of("a"), None, {"Range": "bytes=10-"}).status == 416
    assert web("GET", media_of("a"), None, {"Range": "lines=1-2"}).status == 200


def test_gzip_is_unpacked_for_those_who_do_not_take_it(fake_storage: FakeStorage, web: Web):
    plain = b"text " * 1000
    packed = gzip.compress(plain)
    stored = fake_storage.put("data", "a", packed, contentEncoding="gzip", contentType="text/plain")
    for headers in ({}, {"Accept-Encoding": "identity"}, {"Range": "bytes=0-3"}):
        reply = web("GET", media_of("a"), None, headers)
        assert (reply.status, reply.body) == (200, plain)
        assert "content-length" not in reply.headers and "content-encoding" not in reply.headers
        assert reply.headers["x-goog-stored-content-encoding"] == "gzip"
        assert reply.headers["x-goog-stored-content-length"] == str(len(packed))
        assert stored.crc32c in reply.headers["x-goog-hash"], "of what is stored"
    taken = web("GET", media_of("a"), None, {"Accept-Encoding": "gzip"})
    assert (taken.body, taken.headers["content-encoding"]) == (packed, "gzip")
    part = web("GET", media_of("a"), None, {"Accept-Encoding": "gzip", "Range": "bytes=0-1"})
    assert (part.status, part.body) == (206, packed[:2])
    web("PATCH", path_of("a"), {"cacheControl": "public, no-transform"})
    assert web("GET", media_of("a")).body == packed
    fake_storage.put("data", "b", plain, contentType="application/json")
    assert web("GET", media_of("b"), None, {"Accept-Encoding": "gzip"}).body == plain, "content is never packed"


def test_requester_pays():
    with FakeStorage(requester_pays=["data"]) as service:
        web = Web(service.url)
        refused = web.upload("a", b"x")
        assert (refused.status, refused.reason) == (400, "required")
        message = "Bucket is a requester pays bucket but no user project provided."
        assert refused.json["error"]["message"] == message
        assert web("GET", LIST).status == 400
        assert web.upload("a", b"x", userProject="p").status == 200
        assert listed(web, userProject="p")[0] == ["a"]
        session = web.begin("b", userProject="p")
        assert web.chunk(session, b"x", 0, 1).status == 200, "a session's address names who pays"
        web.close()
