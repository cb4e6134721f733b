"""Several journals in one run: one that fails does not stop the others, and a second run completes it."""

import json

import pytest
from support import without
from writers_support import ALL, DAY, SESSIONS, Places, counts, failed

EVERY = ALL.split(",")
OBJECT = "output/trades/dp20/QQQ/2025.csv"


def break_csv(places: Places) -> None:
    """A file that is no journal, in the journal's place."""
    places.csv.parent.mkdir(exist_ok=True)
    places.csv.write_text("not a journal\n")


def repair_csv(places: Places) -> None:
    places.csv.unlink()


def break_gcs(places: Places) -> None:
    places.storage.put(places.name, OBJECT, b"not a journal\n")


def repair_gcs(places: Places) -> None:
    places.storage.put(places.name, OBJECT, b"")


def break_mongodb(places: Places) -> None:
    places.mongo.fail(times=None, namespace=places.namespace, errorCode=13)


def repair_mongodb(places: Places) -> None:
    places.mongo.fail_points.clear()


BREAKING = {
    "csv": (break_csv, repair_csv, 65),
    "gcs": (break_gcs, repair_gcs, 65),
    "mongodb": (break_mongodb, repair_mongodb, 78),
}


@pytest.mark.parametrize("broken", EVERY)
def test_one_of_three_fails(places: Places, broken: str):
    harm, repair, code = BREAKING[broken]
    harm(places)
    finished = places.backtest(ALL, "--format", "json")
    failed(finished, code)
    result = json.loads(finished.out)
    assert result["status"] == "partial"
    receipts = {one["writer"]: one for one in result["receipts"]}
    assert list(receipts) == EVERY, "in the order they are named"
    for writer, receipt in receipts.items():
        if writer != broken:
            assert (receipt["added"], receipt["replaced"], receipt["unchanged"]) == (SESSIONS, 0, 0)
            assert "error" not in receipt and len(places.rows(writer)) == SESSIONS
    wrong = receipts[broken]
    assert wrong["error"]["code"] == code and "added" not in wrong
    assert f"error: {wrong['error']['message']}" in finished.err and wrong["location"]
    repair(places)
    again = counts(places.backtest(ALL, "--format", "json"))
    others = [writer for writer in EVERY if writer != broken]
    assert [again[writer] for writer in others] == [(0, 0, SESSIONS)] * 2
    added, replaced, unchanged = again[broken]
    # The year before the object that was no journal had been written.
    assert (added + unchanged, replaced) == (SESSIONS, 0) and added >= 6
    rows = [without(places.rows(writer), "run_id") for writer in EVERY]
    assert rows[0] == rows[1] == rows[2] and len(rows[0]) == SESSIONS


@pytest.mark.parametrize(
    ("broken", "code"),
    [(("csv", "gcs"), 65), (("csv", "mongodb"), 65), (("gcs", "mongodb"), 65), (("csv", "gcs", "mongodb"), 65)],
)
def test_several_fail(places: Places, broken, code):
    """Every one is reported."""
    for writer in broken:
        BREAKING[writer][0](places)
    finished = places.backtest(ALL, "--format", "json", first=DAY, last=DAY)
    failed(finished, code, errors=len(broken))
    receipts = json.loads(finished.out)["receipts"]
    assert [one["writer"] for one in receipts if "error" in one] == list(broken)
    assert [one["error"]["code"] for one in receipts if "error" in one] == [BREAKING[one][2] for one in broken]
    for writer in set(EVERY) - set(broken):
        assert len(places.rows(writer)) == 1


def test_what_passes_says_so(places: Places):
    """A server that has no time: 75, on which schedulers run again; the table says where rows are missing."""
    places.mongo.fail("update", times=None, namespace=places.namespace, errorCode=91)
    finished = places.backtest(ALL, first=DAY, last=DAY)
    failed(finished, 75, f"mongodb://{places.mongo.address}/{places.namespace}", "91", "Run again")
    lines = [line for line in finished.out.splitlines() if line.startswith("Journal: ")]
    assert [line.endswith("(1 added, 0 replaced, 0 unchanged)") for line in lines] == [True, True, False]
    assert lines[2].endswith("(NOT WRITTEN)")
    places.mongo.fail_points.clear()
    assert places.receipts(ALL, first=DAY, last=DAY) == {"csv": (0, 0, 1), "gcs": (0, 0, 1), "mongodb": (1, 0, 0)}


def test_what_does_not_pass_counts_first(places: Places):
    """Running again alone would not help."""
    break_csv(places)
    places.mongo.fail("update", times=None, namespace=places.namespace, errorCode=91)
    finished = places.backtest(ALL, first=DAY, last=DAY)
    assert finished.code in (65, 75), finished
    receipts = json.loads(places.backtest(ALL, "--format", "json", first=DAY, last=DAY).out)["receipts"]
    assert [one.get("error", {}).get("code") for one in receipts] == [65, None, 75]


def test_a_symbol_and_a_journal_fail(places: Places):
    """Both are told, and what can be written is."""
    break_gcs(places)
    finished = places.backtest(
        "csv,gcs", "--source", "files", "--data-dir", places.folder / "nothing", "--format", "json"
    )
    failed(finished, 69, "nothing")
    (places.folder / "bars").mkdir()
    places.succeed(
        "data", "export", "--symbol", "QQQ", "--start", DAY, "--end", DAY, "--timeframe", "2Min", "--output",
        places.folder / "bars" / "QQQ_2Min.csv",
    )  # fmt: skip
    finished = places.backtest(
        "csv,gcs", "--source", "files", "--data-dir", places.folder / "bars", "--format", "json", symbol="QQQ,GONE",
        first=DAY, last=DAY,
    )  # fmt: skip
    failed(finished, finished.code, "GONE", OBJECT, errors=2)
    assert finished.code in (65, 69)
    result = json.loads(finished.out)
    assert [error["symbol"] for error in result["errors"]] == ["GONE"] and result["status"] == "partial"
    assert len(places.rows("csv")) == 1
