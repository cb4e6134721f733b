"""The cache of fetched bars in a bucket, shared by machines: fetched once, then read from there."""

import io
import json
from collections.abc import Iterator

import pyarrow.parquet as pq
import pytest
from alpaca_support import BARS, END, START, AlpacaProgram, expect, warned
from writers_support import connected

from fake_storage import FakeStorage

FETCH = ("fetch", "--symbols", "QQQ,SPY", "--start", "2024-05-01", "--end", END)


@pytest.fixture
def bucket(alpaca: AlpacaProgram, shared_storage: FakeStorage, tmp_path_factory) -> Iterator[dict[str, str]]:
    """The settings of a cache in a bucket of the test's own."""
    name = f"cache-{tmp_path_factory.mktemp('bucket').name}".lower()
    shared_storage.store.create_bucket(name)
    yield {"DATA_CACHE_DIR": f"gs://{name}/cache", "STORAGE_EMULATOR_HOST": shared_storage.url}
    shared_storage.clear()


def objects(env: dict[str, str]) -> dict[str, bytes]:
    """The cache's objects, as Google's client reads them."""
    name = env["DATA_CACHE_DIR"].split("/")[2]
    found = connected(env["STORAGE_EMULATOR_HOST"]).list_blobs(name)
    return {blob.name: blob.download_as_bytes() for blob in found}


def test_fetched_once(alpaca: AlpacaProgram, bucket, sample_rows):
    finished = alpaca.backtest(env=bucket)
    assert (finished.code, finished.err) == (0, "")
    assert alpaca.rows() == sample_rows() and alpaca.service.count(BARS) > 0
    stored = objects(bucket)
    months = [name for name in stored if name.startswith("cache/v1/iex/QQQ/2Min/") and name.endswith(".parquet")]
    assert months and all(pq.read_table(io.BytesIO(stored[name])).num_rows > 100 for name in months)
    assert not alpaca.cache.exists()
    alpaca.service.forget()
    alpaca.journal.unlink()
    finished = alpaca.backtest("--format", "json", env=bucket)
    assert finished.code == 0 and alpaca.service.requests == [] and alpaca.rows() == sample_rows()
    traffic = json.loads(finished.out)["traffic"]
    assert traffic["sessions_fetched"] == 0 and traffic["sessions_from_cache"] > 0
    assert objects(bucket) == stored


def test_fetch_and_status(alpaca: AlpacaProgram, bucket):
    finished = alpaca.succeed(*FETCH, env=bucket)
    stored = objects(bucket)
    status = alpaca.succeed("data", "status", "--format", "json", env=bucket)
    document = json.loads(status.out)
    assert document["location"] == bucket["DATA_CACHE_DIR"]
    bars = {(one["symbol"], one["timeframe"]): one for one in document["entries"]}
    assert set(bars) == {(symbol, length) for symbol in ("QQQ", "SPY") for length in ("2Min", "1Day")}
    assert all(one["holes"] in (0, []) for one in bars.values())
    assert objects(bucket) == stored, "status writes nothing"
    alpaca.service.forget()
    assert alpaca.succeed(*FETCH, env=bucket).code == 0
    assert alpaca.service.count(BARS) == 0 and objects(bucket) == stored
    assert finished.code == 0


def test_the_same_as_a_folder(alpaca: AlpacaProgram, bucket):
    """Object by object what the files of a cache in a folder hold."""
    alpaca.succeed(*FETCH, env=bucket)
    alpaca.succeed(*FETCH)
    files = {path.relative_to(alpaca.cache).as_posix(): path for path in alpaca.files()}
    stored = {name.removeprefix("cache/"): data for name, data in objects(bucket).items()}
    assert files and set(files) <= set(stored)
    for name, path in files.items():
        assert pq.read_table(io.BytesIO(stored[name])).equals(pq.read_table(path)), name


def test_a_bucket_that_is_not_there(alpaca: AlpacaProgram, bucket):
    """A fetch fails; so does what only looks."""
    env = bucket | {"DATA_CACHE_DIR": "gs://no-such-bucket/cache"}
    for arguments in (FETCH, ("data", "status")):
        expect(alpaca(*arguments, env=env), 78, "no-such-bucket")


def test_a_bucket_that_cannot_be_written(alpaca: AlpacaProgram, bucket, sample_rows):
    """A backtest goes without it, with a warning."""
    with FakeStorage("data", auth="token") as service:
        key = service.write_key(alpaca.folder / "key.json")
        service.allow("tester@fake-project.iam.gserviceaccount.com", "storage.objects.get", "storage.objects.list")
        env = {
            "DATA_CACHE_DIR": "gs://data/cache", "GCS_ENDPOINT": service.url, "GOOGLE_APPLICATION_CREDENTIALS": str(key)
        }  # fmt: skip
        finished = alpaca.backtest(env=env)
        assert finished.code == 0, finished.err
        assert warned(finished, "cache"), finished.err
        assert alpaca.rows() == sample_rows() and service.objects("data") == {}


def test_answers_that_are_lost(alpaca: AlpacaProgram, bucket, shared_storage, sample_rows):
    shared_storage.faults.add("lost", match="POST /upload", times=2)
    shared_storage.faults.add("status", match="GET /storage", times=2, status=503)
    assert alpaca.backtest(env=bucket).code == 0
    assert alpaca.rows() == sample_rows("QQQ", START, END)
    shared_storage.clear()
    alpaca.service.forget()
    assert alpaca.backtest(env=bucket).code == 0 and alpaca.service.requests == []
