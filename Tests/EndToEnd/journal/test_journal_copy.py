"""`journal copy` moves rows between any two journals; repeating it changes nothing."""

import itertools
import json

import pytest
from support import read_journal, write_span
from writers_support import ALL, DAY, FIRST, LAST, SESSIONS, Places, failed

EVERY = ALL.split(",")


def copy(places: Places, source: str, target: str, *arguments, env=None) -> tuple[int, int, int, int]:
    """Copies; rows read, added, replaced, unchanged."""
    asked = ("journal", "copy", "--from", source, "--to", target, "--format", "json", *arguments)
    document = json.loads(places.succeed(*asked, env=env).out)
    assert document["schema"] == "trading-playbook/journal-copy/1"
    assert document["dry_run"] == ("--dry-run" in arguments)
    return document["rows"], document["added"], document["replaced"], document["unchanged"]


@pytest.mark.parametrize(("source", "target"), list(itertools.permutations(EVERY, 2)))
def test_between_all_pairs(places: Places, source: str, target: str):
    places.receipts(source, symbol="QQQ,SPY", first="2024-12-30")
    rows = places.rows(source)
    before = places.state(with_folders=True)
    assert copy(places, source, target, "--dry-run") == (len(rows), len(rows), 0, 0)
    assert places.state(with_folders=True) == before
    assert copy(places, source, target) == (len(rows), len(rows), 0, 0)
    assert places.rows(target) == rows == places.rows(source)
    before = places.state()
    assert copy(places, source, target) == (len(rows), 0, 0, len(rows))
    assert places.state() == before


def test_to_places(places: Places):
    """A place counts as it stands, whatever bucket, prefix and server are set: to back a bucket up in another."""
    places.receipts("gcs")
    places.storage.store.create_bucket(places.name + "-backup")
    rows = places.rows("gcs")
    assert copy(places, "gcs", f"gs://{places.name}/backup/2025") == (SESSIONS, SESSIONS, 0, 0)
    assert copy(places, "gcs", f"gs://{places.name}-backup/daily") == (SESSIONS, SESSIONS, 0, 0)
    assert sorted(places.objects(places.name + "-backup")) == [f"daily/dp20/QQQ/{year}.csv" for year in (2024, 2025)]
    assert copy(places, f"gs://{places.name}-backup/daily", "./deep/back.csv") == (SESSIONS, SESSIONS, 0, 0)
    assert read_journal(places.folder / "deep" / "back.csv") == rows
    uri = f"mongodb://{places.mongo.address}/{places.name}-copy"
    env = {"MONGODB_DATABASE": None, "MONGODB_CONNECTION": None}
    assert copy(places, "./deep/back.csv", uri, env=env) == (SESSIONS, SESSIONS, 0, 0)
    assert len(places.mongo.documents(f"{places.name}-copy.trades")) == SESSIONS


def test_between_two_servers(places: Places):
    """MONGODB_CONNECTION is one of them, the place the other."""
    places.receipts("mongodb")
    uri = f"mongodb://{places.mongo.address}/{places.name}-copy"
    assert copy(places, "mongodb", uri, env={"MONGODB_DATABASE": None, "MONGODB_CONNECTION": places.mongo.uri_of(
        database=places.name)}) == (SESSIONS, SESSIONS, 0, 0)  # fmt: skip
    assert len(places.mongo.documents(f"{places.name}-copy.trades")) == SESSIONS


def test_a_selection(places: Places):
    places.receipts("csv", symbol="QQQ,SPY")
    assert copy(places, "csv", "gcs", "--symbol", "SPY", "--start", "2025-01-02", "--end", DAY) == (6, 6, 0, 0)
    assert {(row["symbol"], row["trade_date"][:4]) for row in places.rows("gcs")} == {("SPY", "2025")}


def test_copies_merge(places: Places):
    """Rows that only the target has stay, those of the same key are replaced, others are added."""
    write_span(places.folder, "ABC", FIRST, LAST)
    files = ("--data-dir", places.folder)
    places.settings["DATA_SOURCE"] = "files"
    places.receipts("csv", *files, symbol="ABC", first=FIRST, last="2024-12-31")
    write_span(places.folder, "ABC", FIRST, LAST, price=20)
    places.receipts("mongodb", *files, symbol="ABC", first="2024-12-30", last=LAST)
    there = places.rows("mongodb")
    read, added, replaced, unchanged = copy(places, "csv", "mongodb")
    assert (read, added, replaced + unchanged) == (11, 9, 2)
    merged = places.rows("mongodb")
    assert len(merged) == SESSIONS
    assert merged[:11] == places.rows("csv") and merged[11:] == there[2:]
    table = places.succeed("journal", "copy", "--from", "csv", "--to", "mongodb").out
    assert table.startswith("11 rows from ./output/trades.csv to mongodb://") and "11 unchanged" in table


def test_nothing_to_copy(places: Places):
    assert copy(places, "csv", "gcs") == (0, 0, 0, 0)
    assert places.objects() == {}


def test_sample_rows_never_replace_real_ones(places: Places):
    write_span(places.folder, "QQQ", FIRST, LAST)
    places.receipts("csv,gcs,mongodb", "--source", "files", "--data-dir", places.folder, first=DAY, last=DAY)
    places.receipts("csv", env={"OUTPUT_DIR": "sample"}, first=DAY, last=DAY)
    before = places.state()
    for target in ("./output/trades.csv", "gcs", "mongodb"):
        finished = places("journal", "copy", "--from", "./sample/sample-trades.csv", "--to", target)
        failed(finished, 73, "synthetic rows would replace real ones", f"QQQ {DAY}")
    assert places.state() == before


def test_places_that_fail(places: Places):
    """Where nothing can be read nothing is written, and the other way round."""
    places.receipts("csv", first=DAY, last=DAY)
    before = places.state()
    for source, target, code, word in [
        ("gs://no-such-bucket/p", "other.csv", 78, "no-such-bucket"),
        ("csv", "gs://no-such-bucket/p", 78, "no-such-bucket"),
        ("csv", "s3://b", 64, "--to"),
        ("ftp://b", "csv", 64, "--from"),
        ("csv", "./output/sample-trades.csv", 64, "the same journal"),
    ]:
        finished = places("journal", "copy", "--from", source, "--to", target, env={"GCS_BUCKET": None})
        failed(finished, code, word)
    assert places.state() == before
