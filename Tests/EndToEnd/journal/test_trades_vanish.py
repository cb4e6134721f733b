"""A session whose trades go from two to one when it is run again, also by a run that is killed while it writes."""

import subprocess

import pytest
from folder_watch import CREATED, MOVED, FolderWatch
from support import wait_until, without, write_bars
from writers_support import ALL, Places

DAYS = ("2025-01-06", "2025-01-07", "2025-01-08")
ASKED = ("--source", "files", "--data-dir", "bars", "--strategy", "opening-range", "--param", "range=4m", "--param", "target=2")
FILES = {"DATA_SOURCE": "files", "DATA_DIR": "bars"}
"""What tells the journal of these bars apart from that of the sample."""
MOVES = {
    ("2025-01-07", 0): (100, 101, 99, 100),
    # Up at 101: half at 103, the rest at the trailing stop, 2 below 103.5.
    ("2025-01-07", 5): (100.5, 101.25, 100.5, 101),
    ("2025-01-07", 6): (101, 103.5, 101, 103),
    ("2025-01-07", 7): (103, 103, 101.25, 101.5),
}
"""Open, high, low and close of bars by their number; all others stand still at the close before."""

FALL = {("2025-01-07", 15): (98.5, 98.75, 98, 98.5)}
"""What makes a second trade: it goes down through 99."""


def write_market(places: Places, moves: dict) -> None:
    """Bars of the days that do this."""
    lines, price = [], 100.0
    for day in DAYS:
        for number in range(195):
            minute = 14 * 60 + 30 + 2 * number
            prices = moves.get((day, number), (price,) * 4)
            price = prices[3]
            lines.append(f"{day}T{minute // 60:02}:{minute % 60:02}:00Z," + ",".join(map(str, prices)) + ",100")
    (places.folder / "bars").mkdir(exist_ok=True)
    write_bars(places.folder / "bars" / "MOVE_2Min.csv", lines)


def run(places: Places, writer: str) -> list[dict[str, str]]:
    """Runs to the end; the rows that then are in the journal, but for what tells of the run."""
    finished = places.backtest(writer, *ASKED, symbol="MOVE", first=DAYS[0], last=DAYS[2])
    assert finished.code == 0, finished.err
    return without(places.rows(writer), "run_id")


def start(places: Places, writer: str) -> subprocess.Popen:
    asked = ("--symbol", "MOVE", "--start", DAYS[0], "--end", DAYS[2], "--writer", writer)
    return places.start("backtest", *asked, *ASKED)


def kill(process: subprocess.Popen) -> None:
    process.kill()
    process.communicate()


def kill_in_csv(places: Places, moment: int) -> None:
    """When the new file is there, or has just got its name."""
    with FolderWatch(places.csv.parent) as watch:
        process = start(places, "csv")
        name = places.csv.name if moment & MOVED else f".{places.csv.name}.*.tmp"
        assert watch.wait(name, moment, 60)
        kill(process)


def kill_in_bucket(places: Places, kind: str) -> None:
    """When the bucket has failed it once, before or after it took the object."""
    places.storage.faults.add(kind, match="POST /upload", times=1, status=503)
    process = start(places, "gcs")
    wait_until(lambda: any(entry["fault"] for entry in places.storage.requests))
    kill(process)
    places.storage.clear()


def kill_in_database(places: Places, point: tuple[str, int]) -> None:
    """When the server has done so many statements of a command, and no more."""
    command, done = point
    places.mongo.fail(command, times=None, namespace=places.namespace, afterStatements=done, closeConnection=True)
    process = start(places, "mongodb")
    wait_until(lambda: process.poll() is not None or any(entry["fault"] for entry in places.mongo.commands))
    kill(process)
    places.mongo.fail_points.clear()


MOMENTS = [
    *(("csv", kill_in_csv, moment) for moment in (CREATED, MOVED)),
    *(("gcs", kill_in_bucket, kind) for kind in ("status", "applied")),
    *(("mongodb", kill_in_database, point) for point in (("update", 0), ("update", 1), ("delete", 0), ("delete", 1))),
]


@pytest.mark.parametrize(("writer", "strike", "moment"), MOMENTS, ids=lambda value: str(getattr(value, "__name__", value)))
def test_two_trades_become_one_by_a_run_that_was_killed(places: Places, writer: str, strike, moment):
    write_market(places, MOVES | FALL)
    two = run(places, writer)
    assert [(row["trade_date"][-2:], row["trade_no"], row["trades"], row["setup"]) for row in two] == [
        ("06", "1", "0", "up"), ("07", "1", "2", "up"), ("07", "2", "2", "down"), ("08", "1", "0", "up")
    ]  # fmt: skip
    assert two[1]["exits"] == "0.5@103 target 09:42; 0.5@101.5 trailing_stop 09:44"
    write_market(places, MOVES)
    strike(places, moment)
    left = [row["trades"] for row in places.rows(writer) if row["trade_date"] == DAYS[1]]
    verified = places("journal", "verify", "--writer", writer, env=FILES)
    # What is left between is told.
    assert (verified.code == 0) == (left in (["2", "2"], ["1"])), (left, verified.out, verified.err)
    if verified.code:
        assert DAYS[1] in verified.out + verified.err
    one = run(places, writer)
    assert [(row["trade_date"][-2:], row["trade_no"], row["trades"]) for row in one] == [
        ("06", "1", "0"), ("07", "1", "1"), ("08", "1", "0")
    ]  # fmt: skip
    assert one[1]["exits"] == two[1]["exits"] and one[1]["data_id"] != two[1]["data_id"]
    places.succeed("journal", "verify", "--writer", writer, env=FILES)
    # And back.
    write_market(places, MOVES | FALL)
    assert run(places, writer) == two


def test_all_writers_hold_the_same_rows(places: Places):
    write_market(places, MOVES | FALL)
    run(places, ALL)
    rows = [places.rows(writer) for writer in ALL.split(",")]
    assert len(rows[0]) == 4 and rows[0] == rows[1] == rows[2]
