"""`journal show` and `journal stats`: the same of a journal wherever it is."""

import csv
import io
import json
import re

import pytest
from pymongo import MongoClient
from support import dp20_reference, parse_journal, read_journal
from writers_support import ALL, DAY, FIRST, KINDS, LAST, SESSIONS, Places, failed, number_text

EVERY = ALL.split(",")


@pytest.fixture(scope="module")
def filled(program, tmp_path_factory, shared_storage, shared_mongo) -> Places:
    """Journals with rows of two symbols and two playbooks, which tests leave as they are."""
    shared_storage.store.create_bucket("shown")
    places = Places(program, tmp_path_factory.mktemp("shown"), shared_storage, shared_mongo, "shown")
    assert places.backtest(ALL, symbol="QQQ,SPY").code == 0
    assert places.backtest(ALL, "--strategy", "timed-entry", symbol="SPY").code == 0
    return places


def show(places: Places, writer: str, *arguments) -> str:
    return places.succeed("journal", "show", "--writer", writer, *arguments).out


def test_csv_is_the_same_everywhere(filled: Places):
    texts = [show(filled, writer, "--format", "csv") for writer in EVERY]
    assert texts[0] == filled.csv.read_text() == texts[1] == texts[2]
    assert len(parse_journal(texts[0].encode())) == 3 * SESSIONS


@pytest.mark.parametrize("writer", EVERY)
def test_json(filled: Places, writer: str):
    """A row's columns under their own names: numbers, booleans, null, text."""
    document = json.loads(show(filled, writer, "--format", "json"))
    assert (document["schema"], document["writer"]) == ("trading-playbook/journal/2", writer)
    rows = []
    for row in document["rows"]:
        assert set(row) == set(dp20_reference.COLUMNS)
        texts = {}
        for name in dp20_reference.COLUMNS:
            value = row[name]
            if value is None:
                texts[name] = ""
            elif name in KINDS["flag"]:
                assert value in (True, False)
                texts[name] = str(value).lower()
            elif name in KINDS["number"]:
                assert isinstance(value, (int, float)) and not isinstance(value, bool)
                texts[name] = number_text(value)
            else:
                assert isinstance(value, str), (name, value)
                texts[name] = value
        rows.append(texts)
    assert rows == filled.rows("csv")


@pytest.mark.parametrize("writer", EVERY)
def test_table(filled: Places, writer: str):
    """Each row on a line, after a line that tells what is shown."""
    lines = show(filled, writer).splitlines()
    assert lines[0].endswith(f": {3 * SESSIONS} rows, {FIRST} through {LAST}")
    assert lines[2].split()[:4] == ["date", "symbol", "strategy", "params"]
    assert len(lines) == 3 + 3 * SESSIONS
    shown = [tuple(line.split()[:4]) for line in lines[3:]]
    assert shown == [
        (row["trade_date"], row["symbol"], row["strategy"], row["params_id"]) for row in filled.rows("csv")
    ]


@pytest.mark.parametrize("writer", EVERY)
@pytest.mark.parametrize(
    ("arguments", "symbols", "first", "last"),
    [
        (("--symbol", "SPY"), {"SPY"}, FIRST, LAST),
        (("--symbol", "QQQ,SPY", "--start", "2025-01-02"), {"QQQ", "SPY"}, "2025-01-02", LAST),
        (("--end", "2024-12-31", "--symbols", "QQQ"), {"QQQ"}, FIRST, "2024-12-31"),
        (("--start", "2024-12-31", "--end", "2025-01-02"), {"QQQ", "SPY"}, "2024-12-31", "2025-01-02"),
        (("--start", "2025-02-03"), {"QQQ", "SPY"}, "2025-02-03", LAST),
    ],
)
def test_selection(filled: Places, writer: str, arguments, symbols, first, last):
    text = show(filled, writer, "--format", "csv", *arguments)
    expected = [
        row for row in filled.rows("csv") if row["symbol"] in symbols and first <= row["trade_date"] <= last
    ]
    assert list(csv.DictReader(io.StringIO(text))) == expected
    assert bool(expected) == (first <= LAST)


def test_stats_are_those_of_the_run(filled: Places):
    """The summary of the run that wrote the rows; of numbers with six decimals, so not to the last digit."""
    wanted = json.loads(filled.backtest("csv", "--format", "json", "--dry-run", symbol="QQQ,SPY").out)
    assert wanted["summary"]["trades"] >= 3
    env = {"OUTPUT_DIR": "copy", "GCS_PREFIX": "copy", "MONGODB_COLLECTION": "copy"}
    assert filled.backtest(ALL, symbol="QQQ,SPY", env=env).code == 0
    for writer in EVERY:
        asked = ("journal", "stats", "--writer", writer, "--format", "json")
        found = json.loads(filled.succeed(*asked, env=env).out)
        assert (found["schema"], found["writer"]) == ("trading-playbook/journal-stats/2", writer)
        (group,) = found["groups"]
        told = ("strategy", "params_id", "mode", "symbols", "start", "end", "synthetic")
        assert [group[name] for name in told] == [
            "dp20", wanted["params_id"], "backtest", ["QQQ", "SPY"], FIRST, LAST, True
        ]  # fmt: skip
        assert_alike(group["summary"], wanted["summary"])
        assert_alike(group["by_symbol"], wanted["by_symbol"])
        (part,) = json.loads(filled.succeed(*asked, "--symbol", "SPY", env=env).out)["groups"]
        assert_alike(part["summary"], wanted["by_symbol"]["SPY"])
        assert list(part["by_symbol"]) == part["symbols"] == ["SPY"]


def assert_alike(found, wanted, path: str = "") -> None:
    """The same but for what rounding does to numbers."""
    if isinstance(wanted, dict):
        assert found.keys() == wanted.keys(), path
        for name in wanted:
            assert_alike(found[name], wanted[name], f"{path}.{name}")
    elif isinstance(wanted, list):
        assert len(found) == len(wanted), path
        for index, (one, other) in enumerate(zip(found, wanted)):
            assert_alike(one, other, f"{path}[{index}]")
    elif isinstance(wanted, float):
        assert found == pytest.approx(wanted, rel=1e-4, abs=1e-4), path
    else:
        assert found == wanted, path


def test_the_table_of_stats(filled: Places):
    """Playbooks are told apart, never summed; symbols of one playbook together and each by itself."""
    out = filled.succeed("journal", "stats", "--writer", "gcs").out
    assert "SYNTHETIC DATA" in out and "\x1b" not in out
    first, second = out.split("\ntimed-entry p")
    assert "\ndp20 p" in first and "QQQ, SPY together; each by itself below" in first
    assert f"Sessions {2 * SESSIONS} " in " ".join(first.split())
    for symbol in ("QQQ", "SPY"):
        assert re.search(rf"^  {symbol} +{SESSIONS} ", first, re.MULTILINE), first
    assert f"Sessions {SESSIONS} " in " ".join(second.split()) and "together" not in second
    document = json.loads(filled.succeed("journal", "stats", "--writer", "gcs", "--format", "json").out)
    assert [(one["strategy"], one["symbols"], one["summary"]["sessions"]) for one in document["groups"]] == [
        ("dp20", ["QQQ", "SPY"], 2 * SESSIONS), ("timed-entry", ["SPY"], SESSIONS)
    ]  # fmt: skip


@pytest.mark.parametrize("writer", EVERY)
def test_what_the_journal_does_not_have(filled: Places, writer: str):
    """A symbol, playbook, parameter set or mode without rows: told of with what there is, not answered with zeros."""
    ids = {row["strategy"]: row["params_id"] for row in filled.rows("csv")}
    for arguments, word in [
        (("--symbol", "GONE"), "GONE"),
        (("--symbol", "QQQ,GONE"), "GONE"),
        (("--strategy", "other"), "other"),
        (("--strategy", "dp20", "--param", "stop-atr=2"), "dp20"),
        (("--mode", "live"), "live"),
        (("--symbol", "QQQ", "--strategy", "timed-entry"), "timed-entry"),
    ]:
        words = (word, f"QQQ (dp20 {ids['dp20']})", f"SPY (timed-entry {ids['timed-entry']})")
        for command in (("show",), ("show", "--format", "csv"), ("stats",), ("stats", "--format", "json")):
            finished = filled("journal", *command, "--writer", writer, *arguments)
            failed(finished, 65, *words)
            assert finished.out == ""
        finished = filled("journal", "copy", "--from", writer, "--to", "gone.csv", *arguments)
        failed(finished, 65, *words)
        assert not (filled.folder / "gone.csv").exists()
        assert filled("journal", "verify", "--writer", writer, *arguments).code == 65


@pytest.mark.parametrize("writer", EVERY)
def test_rows_of_one_playbook_parameter_set_and_mode(filled: Places, writer: str):
    rows = filled.rows("csv")
    for arguments, strategy in [
        (("--strategy", "timed-entry"), "timed-entry"),
        (("--param", "stop-atr=1.20"), "dp20"),
        (("--strategy", "timed-entry", "--mode", "backtest"), "timed-entry"),
        (("--strategy", "dp20", "--param", "window-end=10:30", "--mode", "backtest"), "dp20"),
    ]:
        expected = [row for row in rows if row["strategy"] == strategy]
        assert list(csv.DictReader(io.StringIO(show(filled, writer, "--format", "csv", *arguments)))) == expected
        asked = ("--writer", writer, "--format", "json", *arguments)
        (group,) = json.loads(filled.succeed("journal", "stats", *asked).out)["groups"]
        assert (group["strategy"], group["summary"]["sessions"]) == (strategy, len(expected))
        (journal,) = json.loads(filled.succeed("journal", "verify", *asked).out)["journals"]
        assert {one["strategy"] for one in journal["series"]} == {strategy}
        to = ("journal", "copy", "--from", writer, "--to", "part.csv", *arguments)
        filled.succeed(*to)
        assert read_journal(filled.folder / "part.csv") == expected
        (filled.folder / "part.csv").unlink()


def test_journals_without_rows(places: Places):
    """Not there yet, or nothing chosen: no error."""
    for writer in EVERY:
        assert places.succeed("journal", "show", "--writer", writer).out.endswith(": no rows\n")
        assert places.succeed("journal", "show", "--writer", writer, "--format", "csv").out.count("\n") == 1
        assert json.loads(places.succeed("journal", "show", "--writer", writer, "--format", "json").out)["rows"] == []
        stats = json.loads(places.succeed("journal", "stats", "--writer", writer, "--format", "json").out)
        assert stats["groups"] == [] and "summary" not in stats
    assert list(places.folder.iterdir()) == [] and places.objects() == {}


def test_documents_of_others(places: Places):
    """Whole numbers, missing fields and fields of one's own are understood: other tools may have written them."""
    places.receipts("mongodb", first=DAY, last=DAY)
    (row,) = places.rows("mongodb")
    with MongoClient(places.mongo.uri) as client:
        client[places.name].trades.update_one(
            {"_id": places.mongo.documents(places.namespace)[0]["_id"]},
            {"$set": {"shares": 20, "comment": "mine"}, "$unset": {"chart_link_entry": 1}},
        )
    (shown,) = csv.DictReader(io.StringIO(show(places, "mongodb", "--format", "csv")))
    assert shown == row | {"shares": "20", "comment": "mine"}


def test_wrong_command_lines(places: Places):
    for arguments, words in [
        (("show", "--symbol", "../x"), ("--symbol", "../x")),
        (("show", "--start", "2025-01-03", "--end", "2025-01-02"), ("2025-01-03 lies after",)),
        (("show", "--format", "xml"), ("xml",)),
        (("stats", "--format", "csv"), ("csv",)),
        (("copy", "--from", "csv"), ("--to",)),
        (("copy", "--from", "csv", "--to", "csv"), ("the same journal",)),
        (("verify", "--start", "2025-02-30"), ("2025-02-30",)),
    ]:
        failed(places("journal", *arguments), 64, *words)
