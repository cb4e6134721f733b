"""`journal verify` finds what was done to a journal behind the program's back."""

import json
import re
from datetime import datetime

import pytest
from pymongo import MongoClient
from writers_support import ALL, FIRST, LAST, SESSIONS, Places, failed

EVERY = ALL.split(",")
OBJECT = "output/trades/dp20/QQQ/2025.csv"
GONE = "2025-01-07"
PROBLEMS = ("missing", "doubled", "no_session", "wrong", "partial")


def edit(places: Places, writer: str, change) -> None:
    """Rewrites the lines of QQQ's rows of 2025, which `change` gets as a list, header first."""
    if writer == "csv":
        places.csv.write_text("".join(change(places.csv.read_text().splitlines(keepends=True))))
    else:
        text = places.storage.objects(places.name)[OBJECT].decode()
        places.storage.put(places.name, OBJECT, "".join(change(text.splitlines(keepends=True))).encode())


def verified(places: Places, writer: str, *arguments, env=None) -> tuple[int, dict]:
    """How it ended, and what is said of QQQ's rows."""
    asked = ("journal", "verify", "--writer", writer, "--format", "json", *arguments)
    finished = places(*asked, env=env)
    assert finished.err == "", finished.err
    document = json.loads(finished.out)
    assert document["schema"] == "trading-playbook/journal-verify/1"
    (journal,) = document["journals"]
    assert journal["ok"] == (finished.code == 0) and journal["writer"] == writer
    (series,) = [one for one in journal["series"] if one["symbol"] == "QQQ"]
    assert series["ok"] == (finished.code == 0) and series["mode"] == "backtest"
    return finished.code, series


def problems(series: dict) -> dict:
    return {name: series[name] for name in PROBLEMS if series[name]}


def test_nothing_is_there(places: Places):
    """Who looks at the wrong place must notice."""
    finished = places("journal", "verify", "--writer", ALL)
    assert finished.code == 65
    assert finished.out.count("has problems\n  no rows: is this the right place?") == len(EVERY)


def test_nothing_is_wrong(places: Places):
    places.receipts(ALL, symbol="QQQ,SPY")
    finished = places.succeed("journal", "verify", "--writer", ALL)
    assert finished.out.count(": ok\n") == 3
    assert finished.out.count(f"ok ({SESSIONS} rows, {FIRST} through {LAST})") == 6
    for writer in EVERY:
        code, series = verified(places, writer)
        assert code == 0 and problems(series) == {}
        assert (series["rows"], series["start"], series["end"]) == (SESSIONS, FIRST, LAST)


@pytest.mark.parametrize("writer", EVERY)
def test_a_row_that_is_gone(places: Places, writer: str):
    places.receipts(writer)
    if writer == "mongodb":
        with MongoClient(places.mongo.uri) as client:
            assert client[places.name].trades.delete_one({"trade_date": datetime(2025, 1, 7)}).deleted_count == 1
    else:
        edit(places, writer, lambda lines: [line for line in lines if not line.startswith(GONE)])
    code, series = verified(places, writer)
    assert code == 65 and problems(series) == {"missing": [GONE]}
    finished = places("journal", "verify", "--writer", writer)
    assert finished.code == 65 and re.search(f"no row: {GONE}\n", finished.out)
    assert verified(places, writer, "--end", "2025-01-06")[0] == 0
    assert places.receipts(writer) == {writer: (1, 0, SESSIONS - 1)}
    assert verified(places, writer)[0] == 0


@pytest.mark.parametrize("writer", EVERY)
def test_a_row_that_is_there_twice(places: Places, writer: str):
    """A line twice; a second document, once the index is gone that forbids it. It is never copied."""
    places.receipts(writer)
    if writer == "mongodb":
        with MongoClient(places.mongo.uri) as client:
            trades = client[places.name].trades
            trades.drop_indexes()
            trades.insert_one(trades.find_one({"trade_date": datetime(2025, 1, 7)}) | {"_id": "twin"})
    else:
        edit(places, writer, lambda lines: [line for line in lines for _ in range(1 + line.startswith(GONE))])
    code, series = verified(places, writer)
    assert code == 65 and problems(series) == {"doubled": [GONE]}
    before = places.state()
    finished = places("journal", "copy", "--from", writer, "--to", "copy.csv")
    failed(finished, 65, GONE, "twice", "journal verify")
    assert places.state() == before
    finished = places.backtest(writer, "--param", "stop-atr=2")
    assert finished.code == (73 if writer == "mongodb" else 65), "which of the two is right cannot be told"


@pytest.mark.parametrize("writer", EVERY)
def test_a_row_on_a_holiday(places: Places, writer: str):
    """2025-01-09, on which the exchange was closed once."""
    places.receipts(writer)
    if writer == "mongodb":
        with MongoClient(places.mongo.uri) as client:
            client[places.name].trades.update_one(
                {"trade_date": datetime(2025, 1, 8)}, {"$set": {"trade_date": datetime(2025, 1, 9)}}
            )
    else:
        edit(places, writer, lambda lines: [line.replace("2025-01-08", "2025-01-09") for line in lines])
    code, series = verified(places, writer)
    assert code == 65 and problems(series) == {"missing": ["2025-01-08"], "no_session": ["2025-01-09"]}


@pytest.mark.parametrize("writer", EVERY)
def test_a_number_that_is_none(places: Places, writer: str):
    places.receipts(writer)
    if writer == "mongodb":
        with MongoClient(places.mongo.uri) as client:
            client[places.name].trades.update_one(
                {"trade_date": datetime(2025, 1, 7)}, {"$set": {"sma200_daily_at_open": "much"}}
            )
    else:

        def change(lines: list[str]) -> list[str]:
            fields = [line.split(",") for line in lines]
            return [",".join([*one[:2], "much", *one[3:]]) if one[0] == GONE else ",".join(one) for one in fields]

        edit(places, writer, change)
    code, series = verified(places, writer)
    assert code == 65 and list(problems(series)) == ["wrong"]
    (wrong,) = series["wrong"]
    assert wrong["date"] == GONE and "sma200_daily_at_open" in wrong["problem"] and "much" in wrong["problem"]


def test_ranges_and_symbols_that_are_asked_for(places: Places):
    """What has no row at all is missing as well."""
    places.receipts("csv")
    code, series = verified(places, "csv", "--start", "2024-12-12")
    assert code == 65 and problems(series) == {"missing": ["2024-12-12", "2024-12-13"]}
    code, series = verified(places, "csv", "--end", "2025-01-14")
    assert code == 65 and problems(series) == {"missing": ["2025-01-13", "2025-01-14"]}
    finished = places("journal", "verify", "--symbol", "QQQ,IWM", "--start", FIRST, "--end", LAST)
    assert finished.code == 65 and re.search(r"IWM: has problems \(no rows", finished.out)
    assert places("journal", "verify", "--symbol", "IWM").code == 65


def test_sessions_to_come_need_no_row(places: Places):
    """Also today's, until the session is over."""
    places.receipts("csv")
    for now, code, missing in [
        ("2025-01-13T12:00:00Z", 0, []),
        ("2025-01-13T20:59:59Z", 0, []),
        ("2025-01-13T21:00:00Z", 65, ["2025-01-13"]),
        ("2025-01-14T21:00:00Z", 65, ["2025-01-13", "2025-01-14"]),
    ]:
        found = verified(places, "csv", "--end", "2025-12-31", env={"PLAYBOOK_NOW": now})
        assert (found[0], found[1]["missing"]) == (code, missing), now


def test_several_journals(places: Places):
    """One that is wrong among others: 65, and all are reported."""
    places.receipts("csv,gcs")
    edit(places, "gcs", lambda lines: lines[:-1])
    edit(places, "gcs", lambda lines: [line for line in lines if not line.startswith(GONE)])
    finished = places("journal", "verify", "--writer", "csv,gcs", "--format", "json")
    assert finished.code == 65
    assert [one["ok"] for one in json.loads(finished.out)["journals"]] == [True, False]


def test_what_is_no_journal(places: Places):
    places.csv.parent.mkdir()
    places.csv.write_text("text\n")
    failed(places("journal", "verify"), 65, "./output/sample-trades.csv:1: ", "Fix")
    assert places.csv.read_text() == "text\n"
