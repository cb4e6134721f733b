"""The same rows everywhere: whichever writer, however the run is cut, however often it is repeated."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest
from pymongo import MongoClient
from pymongo.errors import DuplicateKeyError
from support import dp20_reference, read_journal, without
from writers_support import ALL, DAY, FIRST, LAST, SESSIONS, Places, text_of

EVERY = ALL.split(",")


def test_all_writers_in_one_run(places: Places):
    rows = 2 * SESSIONS
    assert places.receipts(ALL, symbol="QQQ,SPY") == dict.fromkeys(EVERY, (rows, 0, 0))
    written = places.rows("csv")
    assert len(written) == rows and {row["entered"] for row in written} == {"true", "false"}
    assert places.rows("gcs") == written
    assert places.rows("mongodb") == written
    assert sorted(places.objects()) == [
        f"output/trades/dp20/{symbol}/{year}.csv" for symbol in ("QQQ", "SPY") for year in (2024, 2025)
    ]
    before = places.state()
    assert places.receipts(ALL, symbol="QQQ,SPY") == dict.fromkeys(EVERY, (0, 0, rows))
    assert places.state() == before, "a run that changes nothing writes nothing"


@pytest.mark.parametrize("writer", EVERY)
def test_each_writer_alone(places: Places, writer: str):
    assert places.receipts(writer) == {writer: (SESSIONS, 0, 0)}
    assert len(places.rows(writer)) == SESSIONS
    files, objects, documents = places.state()
    assert (bool(files), bool(objects), documents != "[]") == (writer == "csv", writer == "gcs", writer == "mongodb")


def test_documents(places: Places):
    """Types are those that queries want; `_id` is the key; the indexes keep rows unique and find a symbol's."""
    places.receipts("mongodb", symbol="QQQ,SPY")
    with MongoClient(places.mongo.uri) as client:
        trades = client[places.name].trades
        found = trades.find_one({"entered": True})
        assert set(found) == {"_id", *dp20_reference.COLUMNS}
        assert found["_id"] == f"{found['trade_date']:%Y-%m-%d}|{found['symbol']}|dp20|{found['params_id'][1:]}"
        for name in ("entry_price", "shares", "bars_since_open", "R_multiple", "fees_slippage", "trade_no", "trades"):
            assert type(found[name]) is float, name
        for name, clock in (("entry_at", "entry_time_et"), ("exit_at", "eod_exit_time")):
            local = found[name].replace(tzinfo=timezone.utc).astimezone(ZoneInfo("America/New_York"))
            assert f"{local:%Y-%m-%d %H:%M}" == f"{found['trade_date']:%Y-%m-%d} {found[clock]}"
        assert (found["mode"], found["trade_no"], found["trades"], found["side"]) == ("backtest", 1, 1, "long")
        assert found["trend_valid"] is True and found["chart_link_entry"] is None
        idle = trades.find_one({"entered": False})
        assert idle["entered"] is False and idle["entry_price"] is None and idle["exit_reason"] is None
        assert idle["entry_at"] is None and idle["no_trade"] and (idle["trade_no"], idle["trades"]) == (1, 0)
        january = trades.count_documents({"trade_date": {"$gte": datetime(2025, 1, 1)}})
        assert january == sum(row["trade_date"] >= "2025" for row in places.rows("mongodb"))
        indexes = trades.index_information()
        keys = {tuple(name for name, _ in index["key"]): index.get("unique", False) for index in indexes.values()}
        assert keys[("trade_date", "symbol", "strategy", "params_id", "mode", "trade_no")] is True
        assert ("symbol", "trade_date") in keys
        with pytest.raises(DuplicateKeyError):
            trades.insert_one(found | {"_id": "another"})


def test_other_parameters_are_other_rows(places: Places):
    places.receipts(ALL, first=DAY, last=DAY)
    assert places.receipts(ALL, "--param", "stop-atr=1.5", first=DAY, last=DAY) == dict.fromkeys(EVERY, (1, 0, 0))
    assert places.receipts(ALL, "--strategy", "timed-entry", first=DAY, last=DAY) == dict.fromkeys(EVERY, (1, 0, 0))
    rows = places.rows("csv")
    assert [row["strategy"] for row in rows] == ["dp20", "dp20", "timed-entry"]
    assert len({row["params_id"] for row in rows}) == 3
    assert places.rows("gcs") == rows and places.rows("mongodb") == rows


def test_rows_of_changed_bars_are_replaced(places: Places):
    """Everywhere the same rows, and of the others not even the run that wrote them."""
    folder = places.folder / "bars"
    file = folder / "QQQ_2Min.csv"
    folder.mkdir()
    month = ("--start", "2024-03-01", "--end", "2024-03-28")
    places.succeed("data", "export", "--symbol", "QQQ", *month, "--timeframe", "2Min", "--output", file)
    asked = ("--data-dir", folder, "--source", "files", "--param", "trend-period=3")
    dates = {"first": "2024-03-08", "last": "2024-03-28"}
    assert places.receipts(ALL, *asked, **dates) == dict.fromkeys(EVERY, (15, 0, 0))
    old = places.rows("csv")
    lines = file.read_text().splitlines(keepends=True)
    index = next(number for number, line in enumerate(lines) if line.startswith("2024-03-21T15:00"))
    lines[index] = lines[index].rpartition(",")[0] + ",7\n"
    file.write_text("".join(lines))
    counted = places.receipts(ALL, *asked, **dates)
    new = places.rows("csv")
    changed = [row["trade_date"] for row, before in zip(new, old) if row != before]
    assert changed and changed[0] == "2024-03-21"
    assert counted == dict.fromkeys(EVERY, (0, len(changed), 15 - len(changed)))
    assert places.rows("gcs") == new and places.rows("mongodb") == new


def test_day_by_day_equals_the_range(places: Places):
    """Across a new year, two symbols; the days not in order."""
    places.receipts(ALL, symbol="QQQ,SPY", first="2024-12-30", last="2025-01-03")
    at_once = places.rows("csv")
    days = sorted({row["trade_date"] for row in at_once})
    assert len(days) == 4
    env = {"OUTPUT_DIR": "days", "GCS_PREFIX": "days", "MONGODB_COLLECTION": "days"}
    for day in (days[2], days[0], days[3], days[1]):
        assert places.receipts(ALL, symbol="QQQ,SPY", first=day, last=day, env=env) == dict.fromkeys(EVERY, (2, 0, 0))
    csv = places.folder / "days" / "sample-trades.csv"
    shown = [
        places.succeed("journal", "show", "--writer", writer, "--format", "csv", env=env).out for writer in EVERY
    ]
    assert shown[0] == csv.read_text() == shown[1] == shown[2]
    by_day = text_of(at_once)
    runs = {row["run_id"] for row in read_journal(csv)}
    assert len(runs) == len(days)
    for run in runs:
        shown[0] = shown[0].replace(run, at_once[0]["run_id"])
    assert shown[0] == by_day


def test_rows_of_others_stay(places: Places):
    """What another run wrote before, after and between."""
    places.receipts(ALL, first="2024-12-30", last="2025-01-03")
    before = places.rows("csv")
    places.receipts(ALL)
    after = places.rows("csv")
    assert [row for row in after if row in before] == before and len(after) == SESSIONS
    assert len({row["run_id"] for row in after}) == 2
    assert places.rows("gcs") == after and places.rows("mongodb") == after
    assert without(after, "run_id") != after and after[0]["trade_date"] == FIRST and after[-1]["trade_date"] == LAST
