"""The fake of Cloud Storage is shaped like the real one: Google's client for Python and `gcloud storage` use it."""

import gzip
import io
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_storage import FakeStorage
from google.api_core.exceptions import Forbidden, NotFound, PreconditionFailed
from google.auth import compute_engine
from google.auth.compute_engine import _metadata
from google.auth.credentials import AnonymousCredentials, CredentialsWithRegionalAccessBoundary
from google.auth.exceptions import RefreshError
from google.cloud import storage
from google.cloud.storage.exceptions import DataCorruption
from google.cloud.storage.retry import DEFAULT_RETRY
from google.oauth2 import service_account
from storage_support import QUANTUM

MIB = 1024 * 1024
QUICK = DEFAULT_RETRY.with_delay(initial=0.01, maximum=0.02, multiplier=1).with_timeout(10)
"""Tries as the client does, sooner."""


def client_of(service: FakeStorage, credentials=None) -> storage.Client:
    options = {"api_endpoint": service.url}
    return storage.Client("fake-project", credentials or AnonymousCredentials(), client_options=options)


@pytest.fixture
def bucket(fake_storage: FakeStorage) -> storage.Bucket:
    """The bucket as the client sees it."""
    return client_of(fake_storage).bucket("data")


def test_an_object(fake_storage: FakeStorage, bucket: storage.Bucket):
    sent = os.urandom(100_000)
    blob = bucket.blob("a/b c%ü+.parquet")
    blob.metadata, blob.cache_control = {"k": "v"}, "no-store"
    blob.upload_from_string(sent, content_type="application/x-parquet", checksum="crc32c")
    assert fake_storage.objects("data") == {"a/b c%ü+.parquet": sent}
    found = bucket.get_blob("a/b c%ü+.parquet")
    assert (found.size, found.generation, found.metageneration) == (100_000, blob.generation, 1)
    assert (found.content_type, found.cache_control) == ("application/x-parquet", "no-store")
    assert found.metadata == {"k": "v"}
    assert found.time_created == found.updated and found.md5_hash == blob.md5_hash
    for checksum in ("md5", "crc32c"):
        assert found.download_as_bytes(checksum=checksum) == sent
    assert found.download_as_bytes(start=10, end=19) == sent[10:20]
    assert found.exists() and not bucket.blob("none").exists() and bucket.get_blob("none") is None
    found.metadata = {"k": None, "n": "1"}
    found.patch()
    assert (found.metageneration, found.metadata) == (2, {"n": "1"})
    copy = bucket.copy_blob(found, bucket, "copy")
    assert copy.crc32c == found.crc32c
    destination = bucket.blob("rewritten")
    assert destination.rewrite(found) == (None, 100_000, 100_000)
    found.delete()
    with pytest.raises(NotFound, match="No such object: data/a/b c"):
        found.delete()
    with pytest.raises(NotFound, match="No such object: data/none"):
        bucket.blob("none").download_as_bytes()


def test_buckets(fake_storage: FakeStorage, bucket: storage.Bucket):
    assert bucket.exists() and bucket.client.get_bucket("data").name == "data"
    assert [one.name for one in bucket.client.list_buckets()] == ["data"]
    asked = ["storage.objects.get", "storage.objects.create"]
    assert bucket.test_iam_permissions(asked) == asked
    for action in (bucket.client.get_bucket, lambda name: list(bucket.client.list_blobs(name))):
        with pytest.raises(NotFound, match="The specified bucket does not exist"):
            action("none")


def test_lists(fake_storage: FakeStorage, bucket: storage.Bucket):
    names = [f"{folder}/{number:02}" for folder in "abc" for number in range(9)] + ["top"]
    for name in names:
        fake_storage.put("data", name, b"x")
    assert [blob.name for blob in bucket.client.list_blobs("data", page_size=4)] == names
    assert fake_storage.count("GET /storage/v1/b/data/o?") == 7
    assert [blob.name for blob in bucket.list_blobs(prefix="b/", max_results=5)] == names[9:14]
    found = bucket.list_blobs(delimiter="/", page_size=2)
    assert [blob.name for blob in found] == ["top"] and found.prefixes == {"a/", "b/", "c/"}


def test_preconditions(fake_storage: FakeStorage, bucket: storage.Bucket):
    blob = bucket.blob("a")
    blob.upload_from_string(b"1", if_generation_match=0)
    with pytest.raises(PreconditionFailed, match="At least one of the pre-conditions you specified did not hold"):
        bucket.blob("a").upload_from_string(b"2", if_generation_match=0)
    first = blob.generation
    blob.upload_from_string(b"2", if_generation_match=first)
    for action in (
        lambda: blob.upload_from_string(b"3", if_generation_match=first),
        lambda: blob.delete(if_generation_match=first),
        lambda: blob.download_as_bytes(if_generation_match=first),
        lambda: bucket.copy_blob(blob, bucket, "a", if_generation_match=0),
    ):
        with pytest.raises(PreconditionFailed):
            action()
    blob.delete(if_generation_match=blob.generation)
    assert fake_storage.objects("data") == {}


def test_a_long_upload_with_faults(fake_storage: FakeStorage, bucket: storage.Bucket):
    sent = os.urandom(9 * MIB + 12345)
    blob = bucket.blob("long", chunk_size=2 * MIB)
    for after, (kind, options) in enumerate(
        [("status", {"status": 503}), ("applied", {"status": 502}), ("cut-upload", {"fraction": 0.7}), ("lost", {})]
    ):
        fake_storage.faults.add(kind, match="PUT", after=2 * after, **options)
    blob.upload_from_file(io.BytesIO(sent), size=len(sent), checksum="crc32c", if_generation_match=0, retry=QUICK)
    assert fake_storage.objects("data") == {"long": sent}
    puts = [entry for entry in fake_storage.requests if entry["method"] == "PUT"]
    assert [entry["fault"] for entry in puts if entry["fault"]] == ["status", "applied", "cut-upload", "lost"]
    assert len(puts) == 5 + 4, "the client sends a chunk again, whatever of it is kept"


def test_retries_of_an_upload(fake_storage: FakeStorage, bucket: storage.Bucket):
    for after, kind in enumerate(("status", "cut-before", "cut-upload")):
        fake_storage.faults.add(kind, match="POST /upload", after=after, status=503)
    bucket.blob("a").upload_from_string(bytes(QUANTUM), if_generation_match=0, retry=QUICK)
    assert fake_storage.count("POST /upload") == 4 and len(fake_storage.objects("data")) == 1
    fake_storage.faults.add("lost", match="POST /upload")
    with pytest.raises(PreconditionFailed):
        bucket.blob("b").upload_from_string(b"x", if_generation_match=0, retry=QUICK)
    assert fake_storage.objects("data")["b"] == b"x", "the client cannot tell that it was its own"


def test_corruption_is_seen(fake_storage: FakeStorage, bucket: storage.Bucket):
    fake_storage.put("data", "a", os.urandom(1000))
    fake_storage.faults.add("corrupt", match="alt=media", times=None)
    for checksum in ("md5", "crc32c"):
        with pytest.raises(DataCorruption):
            bucket.blob("a").download_as_bytes(checksum=checksum)
    fake_storage.clear()
    fake_storage.faults.add("cut-body", match="alt=media")
    assert bucket.blob("a").download_as_bytes(retry=QUICK) == fake_storage.objects("data")["a"]
    assert fake_storage.count("alt=media") == 2


def test_gzip(fake_storage: FakeStorage, bucket: storage.Bucket):
    packed = gzip.compress(b"content" * 100, mtime=0)
    blob = bucket.blob("a")
    blob.content_encoding = "gzip"
    blob.upload_from_string(packed, content_type="text/plain")
    assert blob.download_as_bytes() == b"content" * 100
    assert blob.download_as_bytes(raw_download=True) == packed


# Credentials


@pytest.fixture(autouse=True)
def no_lookups_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an account may be used is asked of an address that cannot be set, and of the real service."""
    name = "_is_regional_access_boundary_lookup_required"
    monkeypatch.setattr(CredentialsWithRegionalAccessBoundary, name, lambda _: False)


def tokens_of(service: FakeStorage, match: str) -> list[str]:
    """The tokens of the requests that match."""
    entries = [entry for entry in service.requests if match in service.matched(entry)]
    return [entry["headers"]["authorization"] for entry in entries]


@pytest.fixture
def machine(guarded_storage: FakeStorage, monkeypatch: pytest.MonkeyPatch) -> FakeStorage:
    """The service, which is this machine's metadata server too."""
    # Read from GCE_METADATA_HOST once, when the module is loaded.
    monkeypatch.setattr(_metadata, "_GCE_METADATA_HOST", guarded_storage.host)
    monkeypatch.setattr(_metadata, "_GCE_METADATA_IP", guarded_storage.host, raising=False)
    return guarded_storage


def test_with_a_key(guarded_storage: FakeStorage, tmp_path: Path):
    key = guarded_storage.write_key(tmp_path / "key.json")
    client = client_of(guarded_storage, service_account.Credentials.from_service_account_file(str(key)))
    blob = client.bucket("data").blob("a")
    blob.upload_from_string(b"1")
    guarded_storage.faults.add("revoked", match="alt=media")
    assert blob.download_as_bytes() == b"1"
    first, second = tokens_of(guarded_storage, "alt=media")
    assert first != second and first.startswith("Bearer token-"), "a new one for one that is revoked"
    email = client._credentials.service_account_email
    guarded_storage.allow(email, "roles/storage.objectCreator")
    with pytest.raises(Forbidden, match=f"{email} does not have storage.objects.delete access"):
        blob.upload_from_string(b"2")
    client.bucket("data").blob("b").upload_from_string(b"2")
    guarded_storage.accounts.accounts[email].public_keys.clear()
    guarded_storage.revoke()
    with pytest.raises(RefreshError, match="invalid_grant"):
        client.bucket("data").blob("c").upload_from_string(b"3", retry=None)


def test_on_a_machine(machine: FakeStorage):
    client = client_of(machine, compute_engine.Credentials())
    client.bucket("data").blob("a").upload_from_string(b"1")
    assert machine.objects("data") == {"a": b"1"}
    (token,) = tokens_of(machine, "POST /upload")
    assert token.startswith("Bearer token-")


# gcloud

Gcloud = Callable[..., bytes]


@pytest.fixture
def gcloud(fake_storage: FakeStorage, tmp_path: Path) -> Gcloud:
    """Runs `gcloud storage`, by itself and without an account."""
    path = shutil.which("gcloud")
    if path is None:
        pytest.skip("there is no gcloud on the path")
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "CLOUDSDK_CONFIG": str(tmp_path / "config"),
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE": f"{fake_storage.url}/storage/v1/",
        "CLOUDSDK_AUTH_DISABLE_CREDENTIALS": "true", "CLOUDSDK_CORE_DISABLE_PROMPTS": "true",
        "CLOUDSDK_CORE_PROJECT": "fake-project", "CLOUDSDK_CORE_DISABLE_USAGE_REPORTING": "true",
        "CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK": "true", "CLOUDSDK_STORAGE_MAX_RETRIES": "3",
        "CLOUDSDK_STORAGE_PROCESS_COUNT": "1",
    }  # fmt: skip

    def run(*arguments: str) -> bytes:
        finished = subprocess.run(
            [path, "storage", *arguments], env=environment, capture_output=True, timeout=60, stdin=subprocess.DEVNULL
        )
        assert finished.returncode == 0, finished.stderr.decode()
        return finished.stdout

    return run


def test_gcloud_reads(fake_storage: FakeStorage, gcloud: Gcloud):
    content = bytes(range(256)) * 10
    fake_storage.put("data", "a/b c.bin", content, contentType="application/octet-stream")
    fake_storage.put("data", "d", b"x")
    assert gcloud("cat", "gs://data/a/b c.bin") == content
    assert gcloud("ls", "gs://data").decode().split("\n") == ["gs://data/d", "gs://data/a/", ""]


def test_gcloud_writes(fake_storage: FakeStorage, gcloud: Gcloud, tmp_path: Path):
    path = tmp_path / "sent"
    path.write_bytes(os.urandom(9 * MIB))
    gcloud("cp", str(path), "gs://data/sent")
    assert fake_storage.objects("data") == {"sent": path.read_bytes()}
    assert fake_storage.count("uploadType=resumable") > 0
