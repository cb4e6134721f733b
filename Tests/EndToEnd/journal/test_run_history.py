"""What runs leave of themselves beside each kind of journal, and what is made of it."""

import json

import pytest
from writers_support import ALL, Places

CATCH_UP = ("--catch-up", "--start", "2025-10-30", "--symbol", "QQQ")
ON = {"RUN_HISTORY": "on", "PLAYBOOK_NOW": "2025-11-04T21:30:00Z"}


def runs(places: Places, writer: str) -> dict:
    status = places("status", "--writer", writer, "--symbol", "QQQ", "--format", "json", env=ON)
    assert status.code in (0, 1), status.err
    return json.loads(status.out)["runs"]


def test_every_journal_remembers_its_runs(places: Places) -> None:
    for hour in (21, 22):
        now = f"2025-11-04T{hour}:30:00Z"
        ran = places("backtest", *CATCH_UP, "--writer", ALL, env=ON | {"PLAYBOOK_NOW": now})
        assert ran.code == 0, ran.err
    for writer in ALL.split(","):
        found = runs(places, writer)
        assert (found["remembered"], found["success_rate"], found["last_status"]) == (2, 1, "skipped"), writer
        assert found["last_run_id"].startswith("20251104T223000Z-")
    # Looking leaves none, nor does a dry run.
    places("backtest", *CATCH_UP, "--dry-run", "--writer", "csv", env=ON)
    assert runs(places, "csv")["remembered"] == 2
    lines = (places.csv.parent / f".{places.csv.name}.memory" / "runs.jsonl").read_text().splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["completed", "skipped"]
    assert json.loads(lines[0])["rows_written"] == {writer: 4 for writer in ALL.split(",")}


def test_runs_leave_nothing_unless_asked(places: Places) -> None:
    assert places("backtest", *CATCH_UP, env=ON | {"RUN_HISTORY": None}).code == 0
    assert not (places.csv.parent / f".{places.csv.name}.memory" / "runs.jsonl").exists()
    assert json.loads(places("status", "--symbol", "QQQ", "--format", "json", env=ON | {"RUN_HISTORY": None}).out).get(
        "runs") is None  # fmt: skip


def test_a_failed_run_is_remembered_with_its_error(places: Places) -> None:
    failed = places("backtest", "--catch-up", "--symbol", "QQQ", env=ON | {"DATA_SOURCE": "files", "DATA_DIR": "nowhere"})
    assert failed.code != 0
    [line] = (places.folder / "output" / ".trades.csv.memory" / "runs.jsonl").read_text().splitlines()
    record = json.loads(line)
    assert record["status"] == "failed" and record["exit_code"] == failed.code and record["error_messages"]


@pytest.mark.parametrize("expected, is_slow", [("0.000001", True), ("3600", False)])
def test_a_slow_run_is_warned_of(places: Places, expected: str, is_slow: bool) -> None:
    ran = places("backtest", *CATCH_UP, env=ON | {"EXPECTED_RUNTIME": expected})
    assert ran.code == 0 and ("EXPECTED_RUNTIME" in ran.err) == is_slow
    status = places("status", "--symbol", "QQQ", env=ON | {"EXPECTED_RUNTIME": expected})
    assert ("SLOW" in status.out) == is_slow


def test_a_wrong_expectation_is_refused(places: Places) -> None:
    refused = places("status", "--symbol", "QQQ", env=ON | {"EXPECTED_RUNTIME": "soon"})
    assert refused.code == 78 and "EXPECTED_RUNTIME" in refused.err
