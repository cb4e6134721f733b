"""The fake of Cloud Storage: its folder, its command line, what steers it from another process, its checksums."""

import base64
import subprocess
import sys
import time
from pathlib import Path

import pytest
import storage_checksums
from fake_storage import FakeStorage
from storage_support import LIST, Web, path_of
from support import REPOSITORY

MODULE = REPOSITORY / "Tests" / "FakeStorage"


@pytest.fixture
def web(fake_storage: FakeStorage):
    web = Web(fake_storage.url)
    yield web
    web.close()


def test_objects_in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    names = ["a", "a/b", "x" * 1000]
    with FakeStorage("data", folder=tmp_path) as service:
        first = [service.put("data", name, name.encode(), contentType="text/csv") for name in names]
        service.put("data", "gone", b"x")
        web = Web(service.url)
        assert web("DELETE", path_of("gone")).status == 204
        assert web.upload("a", b"new").status == 200
        web.close()
    with FakeStorage(folder=tmp_path) as service:
        assert service.objects("data") == {"a": b"new", "a/b": b"a/b", "x" * 1000: b"x" * 1000}
        assert service.get("data", "a/b") == first[1]
        newest = service.get("data", "a").generation
        monkeypatch.setattr(time, "time_ns", lambda: 0)
        assert service.put("data", "b", b"").generation > newest, "whatever the clock says"
    assert len(list((tmp_path / "data").iterdir())) == 2 * 4


def test_as_a_process(tmp_path: Path):
    command = [
        sys.executable, MODULE / "fake_storage.py", "--bucket", "data", "--until-eof", "--auth", "token",
        "--key-file", tmp_path / "key.json", "--user-file", tmp_path / "user.json",
        "--account", "reader@example.com=roles/storage.objectViewer", "--fault", "status:GET /storage:1:503",
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        web = Web(process.stdout.readline().strip())
        assert web("GET", LIST).status == 503
        assert web("GET", LIST).status == 401
        assert (tmp_path / "key.json").stat().st_mode & 0o777 == 0o600
        made = web("POST", "/_control/accounts", {"email": "reader@example.com"}).json
        assert made["permissions"] == ["storage.objects.get", "storage.objects.list"]
        process.stdin.close()
        try:
            assert process.wait(10) == 0
        finally:
            process.kill()


def test_control(fake_storage: FakeStorage, web: Web):
    assert web("POST", "/_control/buckets", {"name": "more"}).status == 200
    content = base64.b64encode(b"\x00\xff").decode()
    asked = {"bucket": "more", "name": "a", "content": content, "fields": {"contentType": "text/csv"}}
    generation = web("POST", "/_control/objects", asked).json["generation"]
    dump = web("GET", "/_control/buckets/more").json
    expected = {"name": "a", "generation": generation, "metageneration": "1", "content": content}
    assert dump == [expected | {"contentType": "text/csv"}]
    web("GET", path_of("a%2Fb"), None, {"Authorization": "Bearer some-secret"})
    (entry,) = web("GET", "/_control/requests").json
    assert (entry["method"], entry["path"], entry["status"]) == ("GET", path_of("a%2Fb"), 404)
    assert entry["headers"]["authorization"].startswith("Bearer unknown-") and "some-secret" not in str(entry)
    assert web("POST", "/_control/faults", [{"kind": "status", "match": "GET ", "status": 503}]).status == 200
    assert [web("GET", LIST).status for _ in range(2)] == [503, 200]
    assert web("DELETE", "/_control/buckets/more").status == 200 and fake_storage.objects("more") == {}
    assert web("GET", "/_control/buckets/none").status == 404
    assert web("POST", "/_control/elsewhere", {}).status == 404
    assert web("POST", "/_control/objects", {}).status == 400
    assert web("DELETE", "/_control/requests").status == 200 and fake_storage.requests == []


def test_checksums_without_the_package():
    code = (
        "import sys; sys.modules['google_crc32c'] = None; import storage_checksums as s; "
        "print(s.crc32c(b'123456789'), s.crc32c_text(b'hello'), s.crc32c_text(bytes(range(256)) * 5))"
    )
    environment = {"PYTHONPATH": f"{MODULE}:{REPOSITORY / 'Tests' / 'FakeServer'}"}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    # The first is the check value of CRC-32C in every catalogue.
    assert run.stdout.split() == [str(0xE3069283), "mnG7TA==", storage_checksums.crc32c_text(bytes(range(256)) * 5)]
