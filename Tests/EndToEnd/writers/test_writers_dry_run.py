"""`--dry-run` says what would be written, finds out what may not be, and writes nothing at all."""

import json

import pytest
from fake_mongo import FakeMongo
from fake_storage import FakeStorage
from writers_support import ALL, DAY, SESSIONS, Places, counts, failed

EVERY = ALL.split(",")
ACCOUNT = "tester@fake-project.iam.gserviceaccount.com"


def writes(places: Places) -> list[str]:
    """What was asked of the servers that changes something."""
    changing = [entry["method"] for entry in places.storage.requests if entry["method"] not in ("GET", "HEAD")]
    reading = {"find", "getMore", "ping", "connectionStatus", "endSessions", "killCursors", "listIndexes", "aggregate"}
    return changing + [entry["command"] for entry in places.mongo.commands if entry["command"] not in reading]


def test_nothing_is_there_yet(places: Places):
    """No folder, no lock file, no collection, no index, no object; the counts are those of the run that follows."""
    before = places.state(with_folders=True)
    places.storage.forget()
    finished = places.backtest(ALL, "--dry-run", "--format", "json", symbol="QQQ,SPY")
    assert (finished.code, finished.err) == (0, "")
    assert json.loads(finished.out)["dry_run"] is True and json.loads(finished.out)["status"] == "completed"
    assert counts(finished) == dict.fromkeys(EVERY, (2 * SESSIONS, 0, 0))
    assert places.state(with_folders=True) == before and list(places.folder.iterdir()) == []
    assert writes(places) == []
    real = places.backtest(ALL, "--format", "json", symbol="QQQ,SPY")
    assert json.loads(real.out)["dry_run"] is False and counts(real) == counts(finished)


def test_some_rows_are_there(places: Places):
    """Added, replaced and unchanged, by each writer as its journal is."""
    places.receipts("csv", first="2025-01-02", last=DAY)
    places.receipts("gcs", first=DAY, last=DAY)
    before = places.state(with_folders=True)
    places.storage.forget()
    places.mongo.forget()
    finished = places.backtest(ALL, "--dry-run", "--format", "json")
    expected = {"csv": (11, 0, 6), "gcs": (16, 0, 1), "mongodb": (17, 0, 0)}
    assert finished.code == 0 and counts(finished) == expected
    table = places.backtest(ALL, "--dry-run")
    assert table.out.count("(nothing written; would be ") == 3
    assert "would be 16 added, 0 replaced, 1 unchanged" in table.out
    assert places.state(with_folders=True) == before and writes(places) == []
    assert places.receipts(ALL) == expected


def test_rows_that_would_be_replaced(places: Places):
    for number, price in enumerate((10, 20)):
        lines = [f"2025-01-10T15:00:00Z,{price},{price},{price},{price},1"]
        (places.folder / "ABC_2Min.csv").write_text("\n".join(["timestamp,open,high,low,close,volume", *lines, ""]))
        flags = ("--source", "files", "--data-dir", places.folder, "--format", "json")
        dates = {"symbol": "ABC", "first": DAY, "last": DAY}
        expected = dict.fromkeys(EVERY, (1, 0, 0) if number == 0 else (0, 1, 0))
        before = places.state(with_folders=True)
        assert counts(places.backtest(ALL, *flags, "--dry-run", **dates)) == expected
        assert places.state(with_folders=True) == before
        assert counts(places.backtest(ALL, *flags, **dates)) == expected


def test_permissions_that_are_missing(places: Places):
    """Found out without writing: by what service and server say of the account."""
    with FakeStorage("data", auth="token") as service, FakeMongo(users=["reader:pass:readOnly"]) as mongo:
        key = service.write_key(places.folder / "key.json")
        service.allow(ACCOUNT, "storage.objects.get", "storage.objects.list")
        env = {
            "STORAGE_EMULATOR_HOST": None, "GCS_ENDPOINT": service.url, "GCS_BUCKET": "data",
            "GOOGLE_APPLICATION_CREDENTIALS": str(key), "MONGODB_CONNECTION": mongo.uri_of("reader", "pass"),
        }  # fmt: skip
        finished = places.backtest(ALL, "--dry-run", "--format", "json", env=env, first=DAY, last=DAY)
        failed(finished, 78, "storage.objects.create", ACCOUNT, "insert", "readWrite", errors=2)
        codes = [one.get("error", {}).get("code") for one in json.loads(finished.out)["receipts"]]
        assert codes == [None, 78, 78] and not places.csv.exists()
        assert service.objects("data") == {} and mongo.documents(places.namespace) == []
        assert [one for one in service.requests if one["path"].startswith("/upload/")] == []
        service.allow(ACCOUNT, "roles/storage.objectUser")
        finished = places.backtest("gcs", "--dry-run", "--format", "json", env=env, first=DAY, last=DAY)
        assert finished.code == 0 and counts(finished) == {"gcs": (1, 0, 0)}, finished.err


@pytest.mark.parametrize("what", ["a file in place of the folder", "a folder in place of the file", "no journal"])
def test_a_file_that_cannot_be_written(places: Places, what: str):
    if what == "a file in place of the folder":
        (places.folder / "output").write_text("text")
    elif what == "no journal":
        places.csv.parent.mkdir()
        places.csv.write_text("text\n")
    else:
        places.csv.mkdir(parents=True)
    before = places.state(with_folders=True)
    finished = places.backtest("csv", "--dry-run", first=DAY, last=DAY)
    failed(finished, 65 if what == "no journal" else 73, "output")
    assert places.state(with_folders=True) == before


def test_a_day_without_a_session(places: Places):
    """Nothing to do is nothing to look at either."""
    finished = places.backtest(ALL, "--dry-run", "--format", "json", first="2025-01-09", last="2025-01-09")
    assert finished.code == 0 and json.loads(finished.out)["status"] == "skipped"
    assert list(places.folder.iterdir()) == [] and places.mongo.commands == []
