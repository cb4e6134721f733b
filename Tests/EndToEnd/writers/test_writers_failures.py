"""What can be wrong with a place: one line that names it, the right exit code, and what was there before intact."""

import resource
import subprocess
import time
from pathlib import Path

import pytest
from fake_mongo import FakeMongo
from fake_storage import FakeStorage
from pymongo import MongoClient
from support import write_span
from writers_support import DAY, FIRST, LAST, Places, failed

DATES = {"first": DAY, "last": DAY}
ACCOUNT = "tester@fake-project.iam.gserviceaccount.com"
OBJECT = "output/trades/dp20/QQQ/2025.csv"


def not_written(places: Places, finished, code: int, location: str, *words: str) -> None:
    """The error names the place; so does the summary."""
    failed(finished, code, location.split("/output/")[0], *words)
    assert f"Journal: {location} (NOT WRITTEN)" in finished.out


def test_a_bucket_that_is_not_there(places: Places):
    env = {"GCS_BUCKET": "no-such-bucket"}
    words = ("no-such-bucket", "GCS_BUCKET", "404")
    not_written(places, places.backtest("gcs", env=env, **DATES), 78, "gs://no-such-bucket/output/trades", *words)
    for command in (("journal", "show"), ("journal", "verify")):
        failed(places(*command, "--writer", "gcs", env=env), 78, *words)


@pytest.mark.parametrize(
    ("allowed", "permission"),
    [
        ((), "storage.objects."),
        (("roles/storage.objectViewer",), "storage.objects.create"),
        (("storage.objects.get", "storage.objects.list", "storage.objects.create"), "storage.objects.delete"),
    ],
)
def test_an_account_that_may_not(places: Places, allowed, permission):
    """403 names the permission, the account, and the role that helps; an object that is there stays."""
    with FakeStorage("data", auth="token") as service:
        key = service.write_key(places.folder / "key.json")
        env = {
            "STORAGE_EMULATOR_HOST": None, "GCS_ENDPOINT": service.url, "GCS_BUCKET": "data",
            "GOOGLE_APPLICATION_CREDENTIALS": str(key),
        }  # fmt: skip
        assert places.backtest("gcs", env=env, **DATES).code == 0
        before = service.objects("data"), service.get("data", OBJECT).generation
        service.allow(ACCOUNT, *allowed)
        for flags in ((), ("--dry-run",)):
            finished = places.backtest("gcs", "--param", "stop-atr=2", *flags, env=env, **DATES)
            words = (permission, ACCOUNT, "roles/storage.objectUser")
            not_written(places, finished, 78, "gs://data/output/trades", *words)
        assert (service.objects("data"), service.get("data", OBJECT).generation) == before


def test_servers_that_are_not_there(places: Places):
    """Refused connections: 75, so that a scheduler tries again; soon enough that nobody waits for minutes."""
    env = {
        "STORAGE_EMULATOR_HOST": "127.0.0.1:9", "MONGODB_CONNECTION": "mongodb://user:some-pass@127.0.0.1:9/?tls=false"
    }  # fmt: skip
    start = time.monotonic()
    finished = places.backtest("gcs,mongodb,csv", env=env, timeout=150, **DATES)
    elapsed = time.monotonic() - start
    failed(finished, 75, "127.0.0.1", f"gs://{places.name}", "mongodb://127.0.0.1:9", "again", errors=2)
    assert "some-pass" not in finished.err + finished.out
    assert finished.out.count("NOT WRITTEN") == 2 and len(places.rows("csv")) == 1
    assert elapsed < 60, f"{elapsed:.0f} s"


@pytest.mark.parametrize(
    "content", [b"hello\n", b"trade_date,other\n2025-01-10,x\n", b"\x1f\x8bno gzip", b"\xff\xfe", b'{"a": 1}']
)
def test_an_object_that_is_no_journal(places: Places, content: bytes):
    places.storage.put(places.name, OBJECT, content)
    before = places.state()
    words = (OBJECT, ":1: ", "left as it is")
    not_written(places, places.backtest("gcs", **DATES), 65, f"gs://{places.name}/output/trades", *words)
    failed(places("journal", "stats", "--writer", "gcs"), 65, OBJECT, ":1: ")
    assert places.objects() == {OBJECT: content} and places.state() == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"trade_date": "2025-01-10"}, ("trade_date",)),
        ({"entry_price": {"a": 1}}, ("entry_price",)),
        ({"symbol": None}, ("symbol",)),
    ],
)
def test_a_document_that_is_no_row(places: Places, change, words):
    """Its `_id` says that it is the row that is to be written."""
    places.receipts("mongodb", **DATES)
    (row,) = places.mongo.documents(places.namespace)
    with MongoClient(places.mongo.uri) as client:
        client[places.name].trades.update_one({"_id": row["_id"]}, {"$set": change})
    before = places.mongo.dump(places.namespace)
    finished = places.backtest("mongodb", "--param", "stop-atr=1.20", **DATES)
    location = f"mongodb://{places.mongo.address}/{places.namespace}"
    assert finished.code in (65, 73), finished
    not_written(places, finished, finished.code, location, row["_id"], *words)
    assert places.mongo.dump(places.namespace) == before
    failed(places("journal", "show", "--writer", "mongodb"), 65, row["_id"], *words)


def test_a_disk_without_room(places: Places):
    """The journal stays as it was, and the other places get their rows."""
    write_span(places.folder, "ABC", "2022-01-03", "2023-12-29")
    asked = ("--data-dir", places.folder, "--source", "files")
    assert places.backtest("csv", *asked, symbol="ABC", first="2022-01-03", last="2022-01-31").code == 0
    before = places.csv.read_bytes()

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    finished = places.backtest(
        "csv,gcs,mongodb", *asked, symbol="ABC", first="2022-01-03", last="2023-12-29", preexec_fn=limit
    )
    not_written(places, finished, 73, "./output/trades.csv", "the journal was not written", "File too large")
    assert places.csv.read_bytes() == before
    assert [path.name for path in places.csv.parent.iterdir() if path.suffix == ".tmp"] == []
    assert len(places.rows("gcs")) == len(places.rows("mongodb")) == 501


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost that nobody has signed but itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)],
        capture_output=True,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return certificate, key


def test_a_certificate_that_is_not_trusted(places: Places, certificate):
    """No row goes to a server whose certificate nobody vouches for; with its authority it works."""
    with FakeMongo(tls_cert=certificate[0], tls_key=certificate[1]) as mongo:
        finished = places.backtest("mongodb", env={"MONGODB_CONNECTION": mongo.uri}, **DATES)
        not_written(places, finished, 78, f"mongodb://{mongo.address}/{places.namespace}", "certificate")
        assert mongo.documents(places.namespace) == []
        trusting = mongo.uri_of(tlsCAFile=str(certificate[0]))
        assert places.receipts("mongodb", env={"MONGODB_CONNECTION": trusting}, **DATES) == {"mongodb": (1, 0, 0)}


def test_sample_rows_never_replace_real_ones(places: Places):
    """In no journal: 73, and what is there stays."""
    write_span(places.folder, "QQQ", FIRST, LAST)
    asked = ("--data-dir", places.folder, "--source", "files")
    places.receipts("csv,gcs,mongodb", *asked)
    places.settings["OUTPUT_LOCATION"] = "./output/trades.csv"
    before = places.state()
    finished = places.backtest("csv,gcs,mongodb")
    words = ("synthetic rows would replace real ones", f"QQQ {FIRST}", "gs://", "mongodb://", "trades.csv")
    failed(finished, 73, *words, errors=3)
    assert places.state() == before
    finished = places.backtest("csv,gcs,mongodb", "--dry-run")
    failed(finished, 73, "synthetic rows would replace real ones", errors=3)
