"""Answers that are lost, cut, slow or corrupt: the run recovers, every row is there once, and the counts are true."""

import threading

import pytest
from support import params
from writers_support import ALL, DAY, SESSIONS, Places, counts, failed

JANUARY = {"first": "2025-01-02", "last": DAY}
"""Six sessions: one object, one bulk."""
STORAGE = [
    ("status", "POST /upload", {"status": 503}),
    ("status", "alt=media", {"status": 500, "body": "html"}),
    ("429", "POST /upload", {"retry_after": "1"}),
    ("429", "alt=media", {}),
    ("cut-before", "POST /upload", {}),
    ("cut-upload", "POST /upload", {}),
    ("lost", "POST /upload", {}),
    ("applied", "POST /upload", {"status": 503}),
    ("cut-before", "alt=media", {}),
    ("cut-body", "alt=media", {}),
    ("corrupt", "alt=media", {}),
    ("corrupt-upload", "POST /upload", {}),
    ("slow", "alt=media", {"rate": 2000}),
    ("delay", "POST /upload", {"seconds": 1}),
    ("truncated-json", "POST /upload", {}),
]


@pytest.mark.parametrize(("kind", "match", "settings"), STORAGE, ids=lambda value: value if type(value) is str else "")
def test_the_bucket_falters(places: Places, kind: str, match: str, settings: dict):
    """An object that is there is read and replaced; three rows are there already."""
    assert places.receipts("gcs", first="2025-01-02", last="2025-01-06") == {"gcs": (3, 0, 0)}
    places.storage.faults.add(kind, match=match, times=1, **settings)
    assert places.receipts("gcs", **JANUARY) == {"gcs": (3, 0, 3)}
    struck = [entry for entry in places.storage.requests if entry["fault"]]
    assert len(struck) == 1, "the fault struck"
    assert len(places.rows("gcs")) == 6
    places.storage.clear()
    assert places.receipts("gcs", **JANUARY) == {"gcs": (0, 0, 6)}


@pytest.mark.parametrize(("kind", "match"), [("lost", "POST /upload"), ("applied", "POST /upload")])
def test_a_new_object_whose_answer_is_lost(places: Places, kind: str, match: str):
    """It must not be there already to be written, but that it is there is the run's own doing."""
    places.storage.faults.add(kind, match=match, times=1)
    assert places.receipts("gcs", **JANUARY) == {"gcs": (6, 0, 0)}
    assert len(places.rows("gcs")) == 6


def test_a_lost_answer_and_another_run(places: Places):
    """What another run put there meanwhile stays."""
    places.receipts("gcs", "--param", "stop-atr=2", **JANUARY)
    places.storage.faults.add("lost", match="POST /upload", times=1)
    assert places.receipts("gcs", **JANUARY) == {"gcs": (6, 0, 0)}
    assert len(places.rows("gcs")) == 12


MONGO = [
    ("update", {"errorCode": 91}),
    ("update", {"errorCode": 10107}),
    ("update", {"closeConnection": True}),
    ("update", {"closeAfter": True}),
    ("update", {"afterStatements": 1, "closeConnection": True}),
    ("update", {"afterStatements": 2, "errorCode": 11600}),
    ("update", {"blockConnection": True, "blockTimeMS": 700}),
    ("find", {"errorCode": 11602}),
    ("find", {"closeConnection": True}),
]


@pytest.mark.parametrize(("command", "data"), MONGO, ids=str)
def test_the_server_falters(places: Places, command: str, data: dict):
    """The driver tries once more; what was done before is not done, or counted, twice."""
    places.receipts("mongodb", first="2025-01-02", last="2025-01-06")
    places.mongo.fail(command, namespace=places.namespace, **data)
    finished = places.backtest("mongodb", "--format", "json", **JANUARY)
    assert finished.code == 0, finished.err
    assert [entry["command"] for entry in places.mongo.commands if entry["fault"]] == [command]
    assert counts(finished) == {"mongodb": (3, 0, 3)}
    assert len(places.rows("mongodb")) == 6


def test_a_server_that_stops_in_the_middle(places: Places):
    """75; the next run writes exactly what is missing."""
    places.mongo.fail("update", times=None, namespace=places.namespace, afterStatements=4, closeConnection=True)
    finished = places.backtest("mongodb", **JANUARY)
    failed(finished, 75, f"mongodb://{places.mongo.address}/{places.namespace}", "again")
    there = len(places.mongo.documents(places.namespace))
    assert 1 <= there <= 5
    places.mongo.fail_points.clear()
    assert places.receipts("mongodb", **JANUARY) == {"mongodb": (6 - there, 0, there)}
    assert len(places.rows("mongodb")) == 6


def test_a_primary_that_steps_down(places: Places):
    """For a second: the run waits for the next one."""
    places.mongo.step_down(1)
    assert places.receipts("mongodb", **JANUARY) == {"mongodb": (6, 0, 0)}


def test_runs_at_the_same_time(places: Places):
    """Four runs with different rows, and two with the same, all into the same journals."""
    results = []

    def run(value: str, symbol: str) -> None:
        finished = places.backtest(ALL, *params({"stop-atr": value}), "--format", "json", symbol=symbol)
        results.append(finished)

    asked = [("1.5", "QQQ"), ("1.5", "QQQ"), ("2", "QQQ"), ("2", "SPY"), ("1.5", "SPY")]
    threads = [threading.Thread(target=run, args=one) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for finished in results:
        assert finished.code == 0, finished.err
    for writer in ALL.split(","):
        assert len(places.rows(writer)) == 4 * SESSIONS
        assert all(sum(counts(finished)[writer]) == SESSIONS for finished in results)
        added = sum(counts(finished)[writer][0] for finished in results)
        # Of two runs that put the same row into MongoDB at the same moment both may take it for new.
        assert added == 4 * SESSIONS or writer == "mongodb" and 4 * SESSIONS <= added <= 5 * SESSIONS, writer
    assert places("journal", "verify", "--writer", ALL).code == 0
