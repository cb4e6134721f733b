"""The journal in a bucket as others see it: Google's client, gcloud, and another's emulator of Cloud Storage."""

import gzip
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator

import pytest
from gcp_storage_emulator.server import create_server
from support import wait_until
from writers_support import DAY, SESSIONS, Places, connected, counts, failed, rows_of_objects

DAYS = {"first": "2025-01-02", "last": DAY}
"""Six sessions of a year: one object."""
NAME = "output/trades/dp20/QQQ/2025.csv"


def test_what_is_known_of_an_object(places: Places):
    places.receipts("gcs", **DAYS)
    blob = connected(places.storage.url).bucket(places.name).get_blob(NAME)
    assert blob.content_type == "text/csv; charset=utf-8"
    assert blob.cache_control == "no-cache", "browsers and proxies must not show what was there before"
    assert blob.content_encoding is None
    generation = blob.generation
    assert places.receipts("gcs", "--param", "stop-atr=2", **DAYS) == {"gcs": (6, 0, 0)}
    blob = connected(places.storage.url).bucket(places.name).get_blob(NAME)
    assert blob.generation > generation and blob.content_type == "text/csv; charset=utf-8"
    upload = [entry for entry in places.storage.requests if entry["path"].startswith("/upload/")][-1]
    assert upload["query"]["ifGenerationMatch"] == str(generation), "replaced only if it is what was read"
    assert "authorization" not in upload["headers"], "an emulator is sent no credentials"


def test_stored_compressed(places: Places):
    """Google's client unpacks it, and a run that is told otherwise reads it all the same."""
    assert places.receipts("gcs", env={"GCS_GZIP": "true"}, **DAYS) == {"gcs": (6, 0, 0)}
    stored = places.storage.objects(places.name)[NAME]
    blob = connected(places.storage.url).bucket(places.name).get_blob(NAME)
    assert blob.content_encoding == "gzip" and blob.content_type == "text/csv; charset=utf-8"
    plain = blob.download_as_bytes()
    assert stored[:2] == b"\x1f\x8b" and gzip.decompress(stored) == plain and len(stored) < len(plain)
    assert len(rows_of_objects({NAME: plain})) == 6
    before = places.state()
    for value in ("false", "true"):
        assert places.receipts("gcs", env={"GCS_GZIP": value}, **DAYS) == {"gcs": (0, 0, 6)}
    assert places.state() == before
    assert places.succeed("journal", "show", "--writer", "gcs", "--format", "csv").out.encode() == plain
    assert places.receipts("gcs", "--param", "stop-atr=2", **DAYS) == {"gcs": (6, 0, 0)}
    assert connected(places.storage.url).bucket(places.name).get_blob(NAME).content_encoding is None
    assert len(rows_of_objects({NAME: places.storage.objects(places.name)[NAME]})) == 12


@pytest.mark.parametrize(
    ("prefix", "start"), [("a", "a/"), ("a/b c/d", None), ("a/b+c%2F/d=1", "a/b+c%2F/d=1/"), ("a/", "a/"), ("/a", None)]
)
def test_prefixes(places: Places, prefix: str, start: str):
    """Names of objects start with it, whatever is in it; what would leave an empty part is refused."""
    finished = places.backtest("gcs", env={"GCS_PREFIX": prefix}, first=DAY, last=DAY)
    if start is None:
        failed(finished, 78, "GCS_PREFIX")
        assert places.objects() == {}
        return
    assert finished.code == 0, finished.err
    assert list(places.objects()) == [f"{start}dp20/QQQ/2025.csv"]
    assert places.succeed("journal", "verify", "--writer", "gcs", env={"GCS_PREFIX": prefix})


def test_what_else_is_in_the_bucket_is_left_alone(places: Places):
    """Objects beside the journal are neither read nor written."""
    others = ["output/trades/README.csv", "output/trades/dp20/QQQ/2025.csv.bak", "output/trades2/dp20/QQQ/2025.csv"]
    for name in others:
        places.storage.put(places.name, name, b"not a journal")
    places.receipts("gcs", **DAYS)
    assert places.succeed("journal", "verify", "--writer", "gcs").out.count("rows,") == 1
    objects = places.objects()
    assert [objects.pop(name) for name in others] == [b"not a journal"] * 3 and list(objects) == [NAME]


def test_a_bucket_whose_reader_pays(places: Places):
    places.storage.store.create_bucket(places.name + "-pays", True)
    env = {"GCS_BUCKET": places.name + "-pays"}
    failed(places.backtest("gcs", env=env, first=DAY, last=DAY), 78, "GCS_USER_PROJECT", "equester pays")
    env["GCS_USER_PROJECT"] = "my-project"
    places.storage.forget()
    assert places.receipts("gcs", env=env, first=DAY, last=DAY) == {"gcs": (1, 0, 0)}
    assert places.succeed("journal", "stats", "--writer", "gcs", env=env)
    assert places.succeed("doctor", "--writer", "gcs", env=env)
    assert {entry["query"].get("userProject") for entry in places.storage.requests} == {"my-project"}


def test_gcloud_reads_it(places: Places, tmp_path):
    path = shutil.which("gcloud")
    if path is None:
        pytest.skip("there is no gcloud on the path")
    places.receipts("gcs", **DAYS)
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "CLOUDSDK_CONFIG": str(tmp_path / "config"),
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE": f"{places.storage.url}/storage/v1/",
        "CLOUDSDK_AUTH_DISABLE_CREDENTIALS": "true", "CLOUDSDK_CORE_DISABLE_PROMPTS": "true",
        "CLOUDSDK_CORE_PROJECT": "fake-project", "CLOUDSDK_STORAGE_PROCESS_COUNT": "1",
    }  # fmt: skip
    finished = subprocess.run(
        [path, "storage", "cat", f"gs://{places.name}/{NAME}"], env=environment, capture_output=True, timeout=60,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr.decode()
    assert finished.stdout == places.objects()[NAME] and len(rows_of_objects({NAME: finished.stdout})) == 6


@pytest.fixture
def emulator() -> Iterator[str]:
    """The address of another's emulator, which knows no preconditions."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with create_server("127.0.0.1", port, in_memory=True, default_bucket="data"):
        yield f"http://127.0.0.1:{port}"


def test_an_emulator_of_others(places: Places, emulator: str):
    env = {"STORAGE_EMULATOR_HOST": emulator, "GCS_BUCKET": "data"}
    assert places.receipts("gcs", env=env) == {"gcs": (SESSIONS, 0, 0)}
    client = connected(emulator)

    def objects() -> dict[str, bytes]:
        return {blob.name: blob.download_as_bytes() for blob in client.list_blobs("data")}

    first = objects()
    assert len(rows_of_objects(first)) == SESSIONS and len(first) == 2
    assert places.receipts("gcs", env=env) == {"gcs": (0, 0, SESSIONS)}
    assert objects() == first
    assert places.receipts("gcs", "--param", "stop-atr=2", env=env) == {"gcs": (SESSIONS, 0, 0)}
    assert len(rows_of_objects(objects())) == 2 * SESSIONS
    dry = places.backtest("gcs", "--dry-run", "--strategy", "timed-entry", "--format", "json", env=env)
    assert dry.code == 0, dry.err
    assert counts(dry) == {"gcs": (SESSIONS, 0, 0)} and len(rows_of_objects(objects())) == 2 * SESSIONS
    assert places.succeed("journal", "verify", "--writer", "gcs", env=env)
    assert places.succeed("doctor", "--writer", "gcs", env=env)


def test_two_runs_at_the_same_object(places: Places):
    """Both get their rows in: one of them reads again what the other wrote."""
    # Neither writes before both have read.
    reads = places.storage.faults.add("delay", match="alt=media", times=2, seconds=60)
    results = {}

    def run(value: str) -> None:
        results[value] = places.backtest("gcs", "--param", f"stop-atr={value}", "--format", "json", **DAYS)

    threads = [threading.Thread(target=run, args=(value,)) for value in ("1.5", "2")]
    for thread in threads:
        thread.start()
    wait_until(lambda: reads.seen >= 2)
    reads.released.set()
    for thread in threads:
        thread.join()
    for finished in results.values():
        assert finished.code == 0, finished.err
        assert counts(finished) == {"gcs": (6, 0, 0)}
    assert len(places.rows("gcs")) == 12
    statuses = [entry["status"] for entry in places.storage.requests if entry["path"].startswith("/upload/")]
    # Of two answers at the same moment either may be noted first.
    assert sorted(statuses[:2]) == [200, 412] and statuses[2:] == [200], "the later was refused and merged again"
