"""Journals of the first schema, journals that a spreadsheet or pandas has saved, and sessions of several trades."""

import csv
import io
import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pandas as pd
import pyarrow.parquet as parquet
import pytest
from nightly_support import status
from pymongo import MongoClient
from support import Program, dp20_reference, parse_journal, read_journal, without
from writers_support import ALL, KINDS, Places, failed, key_of, text_of

EVERY = ALL.split(",")
COLUMNS = dp20_reference.COLUMNS
FIRST_SCHEMA = COLUMNS[:38]
OLD = Path(__file__).with_name("journal-schema-1.csv")
"""Made by a program of the first schema: backtest --source sample --symbol QQQ,SPY, 2025-08-01 through 2025-08-29."""
SYMBOLS = ("--symbol", "QQQ,SPY")
LAST_NIGHT = {"PLAYBOOK_NOW": "2025-08-30T12:00:00Z"}
"""When that journal had all rows."""
NEXT_NIGHT = {"PLAYBOOK_NOW": "2025-09-03T12:00:00Z"}
"""One session later."""
Row = dict[str, str]


def old_rows() -> list[Row]:
    with OLD.open(newline="") as file:
        reader = csv.DictReader(file, strict=True)
        assert reader.fieldnames == FIRST_SCHEMA
        return list(reader)


def instant(row: Row, clock: str) -> str:
    """The instant at which New York's clocks show one of a row's times."""
    if not row[clock]:
        return ""
    local = datetime.fromisoformat(f"{row['trade_date']}T{row[clock]}").replace(tzinfo=ZoneInfo("America/New_York"))
    return local.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def upgraded(old: Row) -> Row:
    """What an old row is in this schema: itself, letters before its digests, and what follows from it."""
    return dict.fromkeys(COLUMNS, "") | old | {
        "params_id": "p" + old["params_id"], "data_id": "d" + old["data_id"], "mode": "backtest", "trade_no": "1",
        "trades": "1" if old["entered"] == "true" else "0", "side": "long", "market": "XNYS",
        "entry_at": instant(old, "entry_time_et"), "exit_at": instant(old, "eod_exit_time"),
    }  # fmt: skip


def typed(name: str, text: str) -> Any:
    """A value as a document of the first schema has it."""
    if text == "":
        return None
    if name == "trade_date":
        return datetime.fromisoformat(text)
    if name in KINDS["flag"]:
        return text == "true"
    return float(text) if name in KINDS["number"] else text


def put_old(places: Places, writer: str) -> None:
    """Puts the journal of the first schema where a writer's journal is."""
    if writer == "csv":
        places.csv.parent.mkdir()
        places.csv.write_bytes(OLD.read_bytes())
    elif writer == "gcs":
        header, *lines = OLD.read_text().splitlines(keepends=True)
        for symbol in ("QQQ", "SPY"):
            text = "".join([header, *(line for line in lines if f",{symbol}," in line)])
            places.storage.put(places.name, f"output/trades/dp20/{symbol}/2025.csv", text.encode())
    else:
        names = ("trade_date", "symbol", "strategy", "params_id")
        with MongoClient(places.mongo.uri) as client:
            trades = client[places.name].trades
            trades.create_index([(name, 1) for name in names], name="journal_key", unique=True)
            trades.create_index([("symbol", 1), ("trade_date", 1)], name="journal_symbol_date")
            trades.insert_many(
                {"_id": "|".join(row[name] for name in names)} | {name: typed(name, row[name]) for name in row}
                for row in old_rows()
            )


@pytest.fixture(params=EVERY)
def old(request: pytest.FixtureRequest, places: Places) -> tuple[Places, str]:
    """The journal of the first schema, with each writer."""
    put_old(places, request.param)
    return places, request.param


def test_a_journal_of_the_first_schema_is_read_as_it_is(old: tuple[Places, str]):
    places, writer = old
    before = places.state(with_folders=True)
    shown = places.succeed("journal", "show", "--writer", writer, "--format", "csv").out
    rows = old_rows()
    assert parse_journal(shown.encode()) == [upgraded(row) for row in rows]
    stats = json.loads(places.succeed("journal", "stats", "--writer", writer, "--format", "json").out)
    (group,) = stats["groups"]
    traded = [row for row in rows if row["entered"] == "true"]
    assert (group["params_id"], group["mode"]) == ("p" + rows[0]["params_id"], "backtest")
    assert [group["summary"][name] for name in ("sessions", "trades")] == [len(rows), len(traded)] == [42, 12]
    assert group["summary"]["net_usd"] == pytest.approx(sum(float(row["net_pnl"]) for row in traded), abs=1e-6)
    table = places.succeed("journal", "verify", "--writer", writer).out
    assert table.count("ok (21 rows, 2025-08-01 through 2025-08-29)") == 2
    code, document = status(places, LAST_NIGHT["PLAYBOOK_NOW"], "--writer", writer, *SYMBOLS)
    assert code == 0 and document["journals"][0]["last_session"] == "2025-08-29"
    assert places.state(with_folders=True) == before


def test_nothing_is_to_be_caught_up(old: tuple[Places, str]):
    """Its ids are the same but for the letter, so no session is run again, and nothing is written."""
    places, writer = old
    before = places.state(with_folders=True)
    asked = ("backtest", "--catch-up", "--writer", writer, *SYMBOLS, "--format", "json")
    document = json.loads(places.succeed(*asked, env=LAST_NIGHT).out)
    assert (document["status"], document["reason"]) == ("skipped", "up to date")
    dry = json.loads(places.succeed(*asked, "--dry-run", env=NEXT_NIGHT).out)
    assert [dry["receipts"][0][name] for name in ("added", "replaced", "unchanged", "removed")] == [2, 0, 0, 0]
    assert places.state(with_folders=True) == before


def test_the_next_run_that_writes_upgrades_it(old: tuple[Places, str]):
    """Old columns stay as they are, the run that wrote them too; what follows from an old row is filled."""
    places, writer = old
    asked = ("backtest", "--catch-up", "--writer", writer, *SYMBOLS, "--format", "json")
    receipt = json.loads(places.succeed(*asked, env=NEXT_NIGHT).out)["receipts"][0]
    assert [receipt[name] for name in ("added", "replaced", "unchanged", "removed")] == [2, 0, 0, 0]
    rows = places.rows(writer)
    assert rows[:-2] == [upgraded(row) for row in old_rows()]
    assert [(row["trade_date"], row["symbol"], row["params"]) for row in rows[-2:]] == [
        ("2025-09-02", "QQQ", "defaults"), ("2025-09-02", "SPY", "defaults")
    ]  # fmt: skip
    # To the byte, where it is text.
    lines = OLD.read_text().splitlines()[1:]
    files = {"csv": [places.csv] if places.csv.exists() else [], "gcs": [], "mongodb": []}[writer]
    for text in (*(file.read_text() for file in files), *(one.decode() for one in places.objects().values())):
        for line in text.splitlines()[1:]:
            if "2025-09-02" not in line:
                kept = line.replace(",dp20,p", ",dp20,").replace(",sample,d", ",sample,")
                assert any(kept.startswith(one + ",") for one in lines), line
    if writer == "mongodb":
        with MongoClient(places.mongo.uri) as client:
            indexes = client[places.name].trades.index_information().values()
        unique = [[name for name, _ in index["key"]] for index in indexes if index.get("unique")]
        assert unique == [["trade_date", "symbol", "strategy", "params_id", "mode", "trade_no"]]
    before = places.state()
    again = json.loads(places.succeed(*asked, env=NEXT_NIGHT).out)
    assert again["status"] == "skipped" and places.state() == before


def test_upgrade_brings_all_of_it(old: tuple[Places, str]):
    places, writer = old
    before = places.state(with_folders=True)
    asked = ("journal", "upgrade", "--writer", writer, "--format", "json")

    def upgrade(*flags: str) -> tuple[int, int]:
        document = json.loads(places.succeed(*asked, *flags).out)
        assert document["schema"] == "trading-playbook/journal-upgrade/1" and document["dry_run"] == bool(flags)
        (journal,) = document["journals"]
        assert journal["writer"] == writer
        return journal["rows"], journal["upgraded"]

    assert upgrade("--dry-run") == (42, 42)
    assert places.state(with_folders=True) == before
    assert upgrade() == (42, 42)
    assert places.rows(writer) == [upgraded(row) for row in old_rows()]
    done = places.state()
    assert upgrade() == (42, 0) and places.state() == done


def test_run_again_an_old_row_gets_the_rest(old: tuple[Places, str]):
    """The columns that an upgrade leaves empty are filled when the session is run again; it is the same session."""
    places, writer = old
    receipt = places.receipts(writer, symbol="QQQ,SPY", first="2025-08-04", last="2025-08-29")
    assert receipt == {writer: (0, 40, 0)}
    rows, was = places.rows(writer), [upgraded(row) for row in old_rows()]
    assert rows[:2] == was[:2] and [key_of(row) for row in rows] == [key_of(row) for row in was]
    places.succeed("backtest", *SYMBOLS, "--start", "2025-08-04", "--end", "2025-08-29", "--output", "new.csv")
    assert without(rows[2:], "run_id") == without(read_journal(places.folder / "new.csv"), "run_id")
    assert {(row["completeness"], row["params"]) for row in rows[2:]} == {("1", "defaults")}


# What spreadsheets, pandas and people do to a journal

ASKED = ("--source", "sample", *SYMBOLS, "--param", "trend-period=3", "--param", "shares=2000",
         "--param", "window-end=11:30")  # fmt: skip


def spreadsheet(text: str, is_dated: bool) -> str:
    """A field as Excel saves it."""
    if is_dated:
        year, month, day = text.split("-")
        return f"{int(month)}/{int(day)}/{year}"
    return {"true": "TRUE", "false": "FALSE"}.get(text, text)


def is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


def written(rows: list[list[str]], encoding: str = "utf-8", **options: Any) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, **({"lineterminator": "\r\n"} | options)).writerows(rows)
    return file.getvalue().encode(encoding)


def saved_by(what: str, text: str) -> bytes:
    """A journal as others save it."""
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    if what == "pandas":
        return pd.read_csv(io.StringIO(text)).to_csv(index=False).encode()
    if what == "excel":
        changed = [[spreadsheet(one, header[n] == "trade_date") for n, one in enumerate(row)] for row in rows]
        return written([header, *changed], "utf-8-sig")
    if what == "excel2":
        return written([header, *([spreadsheet(one, False) for one in row] for row in rows)], "utf-8-sig")
    if what == "semi":
        return written([header, *rows], delimiter=";")
    if what == "comma":
        changed = [[one.replace(".", ",") if is_number(one) else one for one in row] for row in rows]
        return written([header, *changed], "utf-8-sig", delimiter=";")
    if what == "thousands":
        changed = [
            [f"{float(one):,.6f}".rstrip("0").rstrip(".") if is_number(one) else one for one in row] for row in rows
        ]
        assert any('"2,000"' in line for line in written(changed).decode().splitlines())
        return written([header, *changed])
    if what == "bom":
        return written([header, *rows], "utf-8-sig")
    if what == "mynotes":
        return written([[*header, "my_comment"], *([*row, "felt tired"] for row in rows)], lineterminator="\n")
    if what == "noted":
        notes = header.index("notes")
        changed = [["entered late; FOMO" if n == notes else one for n, one in enumerate(row)] for row in rows]
        return written([header, *changed], lineterminator="\n")
    if what == "upside":
        return written([header, *reversed(rows)], lineterminator="\n")
    assert what == "columns"
    return written([list(reversed(header)), *(list(reversed(row)) for row in rows)], lineterminator="\n")


@pytest.fixture(scope="module")
def plain(run_in_module: Program) -> Program:
    """A folder with a journal of four sessions, `four.csv`, and one of six, `six.csv`."""
    for name, last in (("four.csv", "2024-03-13"), ("six.csv", "2024-03-15")):
        run_in_module.succeed("backtest", *ASKED, "--start", "2024-03-08", "--end", last, "--output", name)
    assert {"true", "false"} == {row["entered"] for row in read_journal(run_in_module.folder / "four.csv")}
    return run_in_module


CHANGES = (
    "pandas", "excel", "excel2", "semi", "comma", "thousands", "bom", "mynotes", "noted", "upside", "columns",
)  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_what_others_save_is_read_as_what_it_means(plain: Program, what: str):
    """By every command; a run that writes nothing leaves the file, one that writes leaves a journal as it should be."""
    journal = plain.folder / f"{what}.csv"
    content = saved_by(what, (plain.folder / "four.csv").read_text())
    journal.write_bytes(content)
    own = {"mynotes": {"my_comment": "felt tired"}, "noted": {"notes": "entered late; FOMO"}}.get(what, {})

    shown = plain.succeed("journal", "show", "--format", "csv", "--output", journal).out
    four = [row | own for row in read_journal(plain.folder / "four.csv")]
    assert list(csv.DictReader(io.StringIO(shown))) == four
    stats = [
        json.loads(plain.succeed("journal", "stats", "--format", "json", "--output", place).out)["groups"]
        for place in (journal, "four.csv")
    ]
    assert stats[0] == stats[1] and stats[0][0]["summary"]["trades"] >= 2
    plain.succeed("journal", "verify", "--output", journal)
    asked = (*SYMBOLS, *ASKED[4:], "--output", journal)
    plain.succeed("status", *asked, env={"PLAYBOOK_NOW": "2024-03-13T22:00:00Z"})
    caught_up = ("backtest", "--catch-up", *ASKED, "--output", journal)
    plain.succeed(*caught_up, env={"PLAYBOOK_NOW": "2024-03-13T22:00:00Z"})
    assert journal.read_bytes() == content

    plain.succeed(*caught_up, env={"PLAYBOOK_NOW": "2024-03-15T22:00:00Z"})
    (run_id,) = {row["run_id"] for row in read_journal(plain.folder / "six.csv")}
    wanted = read_journal(plain.folder / "six.csv")
    reader = csv.DictReader(io.StringIO(journal.read_bytes().decode("utf-8"), newline=""), strict=True)
    found = list(reader)
    assert list(reader.fieldnames or []) == [*COLUMNS, *(["my_comment"] if what == "mynotes" else [])]
    assert [key_of(row) for row in found] == [key_of(row) for row in wanted]
    assert without(found[:8], "run_id") == without(four, "run_id")
    added = [row | {"my_comment": ""} if what == "mynotes" else row for row in wanted[8:]]
    assert without(found[8:], "run_id") == without(added, "run_id")
    assert {row["run_id"] for row in found[8:]}.isdisjoint({row["run_id"] for row in found[:8]} | {run_id})
    plain.succeed("journal", "verify", "--output", journal)


@pytest.mark.parametrize(
    ("name", "value"),
    [("entered", "WAHR"), ("trade_date", "3/8/24"), ("net_pnl", "1.234,5"), ("entry_time_et", "25:15"),
     ("shares", "#REF!"), ("mae", "-1.2.3"), ("entry_at", "yesterday"), ("completeness", "95%")],
)  # fmt: skip
def test_what_cannot_be_told_is_refused_by_every_command(plain: Program, name: str, value: str):
    """Whole, with its line; only `verify` goes on, to list it."""
    journal = plain.folder / "doubtful.csv"
    rows = read_journal(plain.folder / "four.csv")
    place = next(number for number, row in enumerate(rows) if row["entered"] == "true")
    rows[place] = rows[place] | {name: value}
    journal.write_text(text_of(rows))
    before = journal.read_bytes()
    words = (f"doubtful.csv:{place + 2}: ", name, value)
    night = {"PLAYBOOK_NOW": "2024-03-15T22:00:00Z"}
    for command in (
        ("journal", "show"), ("journal", "stats"), ("journal", "upgrade"), ("status", *SYMBOLS),
        ("backtest", *ASKED, "--catch-up"), ("backtest", *ASKED, "--date", "2024-03-15"),
    ):  # fmt: skip
        failed(plain(*command, "--output", journal, env=night), 65, *words)
    failed(plain("journal", "copy", "--from", "./doubtful.csv", "--to", "./copy.csv"), 65, *words)
    found = plain("journal", "verify", "--output", journal)
    assert found.code == 65 and name in found.out + found.err and value in found.out + found.err
    assert journal.read_bytes() == before and not (plain.folder / "copy.csv").exists()


# Other formats


@pytest.mark.parametrize(
    ("name", "advice"),
    [("x.xlsx", "spreadsheets open"), ("x.XLSX", ".csv"), ("x.sqlite", "DuckDB"),
     ("x.parquet", "journal copy --to FILE.parquet")],
)  # fmt: skip
def test_a_journal_is_a_csv(run: Program, name: str, advice: str):
    """Anything else is refused before anything is run, with what would do."""
    finished = run("backtest", *ASKED, "--date", "2024-03-08", "--output", name)
    failed(finished, 64, "--output", name, advice)
    assert finished.out == ""
    finished = run("backtest", *ASKED, "--date", "2024-03-08", env={"OUTPUT_LOCATION": name})
    failed(finished, 78, "OUTPUT_LOCATION", name, advice)
    assert list(run.folder.iterdir()) == []


def test_no_rows_take_the_place_of_some(plain: Program):
    plain.succeed("journal", "copy", "--from", "./six.csv", "--to", "trades.parquet")
    before = (plain.folder / "trades.parquet").read_bytes()
    plain.succeed("backtest", *ASKED, "--date", "2024-03-08", env={"OUTPUT_DIR": "journals"})
    finished = plain("journal", "copy", "--from", "csv", "--to", "trades.parquet", env={"OUTPUT_DIR": "journals"})
    failed(finished, 65, "no rows to copy", "The sample's journal is journals/sample-trades.csv", "DATA_SOURCE=sample")
    assert (plain.folder / "trades.parquet").read_bytes() == before
    finished = plain("journal", "verify", env={"OUTPUT_DIR": "journals"})
    assert "The sample's journal is journals/sample-trades.csv" in finished.out, finished


def test_a_parquet_file_of_a_journal(plain: Program):
    """pyarrow, pandas and DuckDB read what the journal holds, with types."""
    rows = read_journal(plain.folder / "six.csv")
    plain.succeed("journal", "copy", "--from", "./six.csv", "--to", "trades.parquet")
    file = plain.folder / "trades.parquet"

    def text(name: str, value: Any) -> str:
        if value is None:
            return ""
        if name in KINDS["flag"]:
            assert isinstance(value, bool), name
            return str(value).lower()
        if name in KINDS["instant"]:
            return f"{value.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%SZ}"
        if name in KINDS["number"]:
            return dp20_reference.format_number(value)
        return value.isoformat() if name == "trade_date" else value

    table = parquet.read_table(file)
    assert table.column_names == COLUMNS
    assert [{name: text(name, value) for name, value in row.items()} for row in table.to_pylist()] == rows
    kinds = {name: str(table.schema.field(name).type) for name in ("trade_date", "entered", "net_pnl", "entry_at")}
    assert kinds == {
        "trade_date": "date32[day]", "entered": "bool", "net_pnl": "double", "entry_at": "timestamp[us, tz=UTC]"
    }  # fmt: skip

    net = sum(float(row["net_pnl"]) for row in rows if row["net_pnl"])
    trades = sum(row["entered"] == "true" for row in rows)
    frame = pd.read_parquet(file)
    assert frame.entered.dtype == bool and str(frame.entry_at.dtype).endswith("UTC]")
    assert (int(frame.entered.sum()), frame.net_pnl.sum()) == (trades, pytest.approx(net))
    assert list(frame.params_id) == [row["params_id"] for row in rows]
    with duckdb.connect() as base:
        query = "SELECT count(*), sum(net_pnl), min(trade_date)::text, typeof(any_value(exit_at)) FROM read_parquet(?)"
        found = base.execute(f"{query} WHERE entered", [str(file)]).fetchone()
    first = min(row["trade_date"] for row in rows if row["entered"] == "true")
    assert found == (trades, pytest.approx(net), first, "TIMESTAMP WITH TIME ZONE")

    failed(plain("journal", "show", "--output", "trades.parquet"), 64, "trades.parquet")


# Sessions of several trades


def made(day: str, trades: list[dict[str, str]], run: str = "1") -> list[Row]:
    """The rows of a session of another program's playbook."""
    common = {
        "trade_date": day, "symbol": "QQQ", "strategy": "made", "params_id": "p0123456789ab", "mode": "backtest",
        "trades": str(len(trades)), "side": "long", "market": "XNYS", "completeness": "1", "params": "defaults",
        "entered": str(bool(trades)).lower(), "data_source": "files", "data_id": "d00000000000a",
        "run_id": f"run-{run}",
    }  # fmt: skip
    rows = [common | {"trade_no": str(number)} | trade for number, trade in enumerate(trades, 1)]
    return [dict.fromkeys(COLUMNS, "") | row for row in rows or [common | {"trade_no": "1", "no_trade": "step:top"}]]


def trade(clock: str, minutes: int = 30, **values: str) -> Row:
    hour, minute = map(int, clock.split(":"))
    leave = f"{hour + (minute + minutes) // 60:02d}:{(minute + minutes) % 60:02d}"
    return {
        "entry_at": f"2025-01-08T{hour + 5}:{minute:02d}:00Z",
        "exit_at": f"2025-01-08T{int(leave[:2]) + 5}:{leave[3:]}:00Z",
        "entry_time_et": clock, "entry_price": "100.25", "shares": "20", "eod_exit_time": leave,
        "eod_exit_price": "101.25",
        "gross_pnl": "20", "fees_slippage": "0", "net_pnl": "20", "exit_reason": "target", "ambiguous": "false",
        "setup": "breakout", "target_price": "101.25", "mae": "-0.5", "mfe": "1", "entry_bucket": "10:00-10:10",
    } | values  # fmt: skip


TWO = made(
    "2025-01-08",
    [
        trade("10:06", exits="0.5@101.2 target 10:20; 0.5@101.3 target 10:36", steps="pullback=10:00 reversal=10:04"),
        trade("11:30", values="top=101.2 bottom=100.4"),
    ],
)


@pytest.mark.parametrize("target", EVERY)
def test_sessions_of_several_trades(places: Places, target: str):
    """Every trade is a row of its own; a session that has fewer the next time leaves none behind; what people have
    added to a trade stays with it, and goes to the first one when it vanishes."""
    source = places.folder / "made.csv"

    def copy(rows: list[Row]) -> list[int]:
        source.write_text(text_of(rows))
        document = places.succeed("journal", "copy", "--from", source, "--to", target, "--format", "json").out
        return [json.loads(document)[name] for name in ("added", "replaced", "unchanged", "removed")]

    def shown(*arguments: str) -> list[Row]:
        text = places.succeed("journal", "show", "--writer", target, "--format", "csv", *arguments).out
        return list(csv.DictReader(io.StringIO(text)))

    assert copy(TWO) == [2, 0, 0, 0] and shown() == TWO
    assert copy(TWO) == [0, 0, 2, 0]
    (group,) = json.loads(places.succeed("journal", "stats", "--writer", target, "--format", "json").out)["groups"]
    assert [group["summary"][name] for name in ("sessions", "trades", "net_usd")] == [1, 2, 40]
    if target == "mongodb":
        one, two = places.mongo.documents(places.namespace)
        assert [one["_id"], two["_id"]] == [f"2025-01-08|QQQ|made|0123456789ab{end}" for end in ("", "|2")]
        assert one["steps"] == {"pullback": "10:00", "reversal": "10:04"}
        assert two["values"] == {"top": 101.2, "bottom": 100.4}
        first, second = (dict(part) for part in one["exits"])
        for part, values in ((first, (0.5, 101.2, "target", "10:20")), (second, (0.5, 101.3, "target", "10:36"))):
            assert sorted(map(str, part.values())) == sorted(map(str, values)), part
        with MongoClient(places.mongo.uri) as client:
            client[places.name].trades.update_one({"_id": two["_id"]}, {"$set": {"notes_user": "FOMO"}})
    elif target == "csv":
        rows = [row | {"notes_user": "FOMO" if row["trade_no"] == "2" else ""} for row in shown()]
        places.csv.write_bytes(written([list(rows[0]), *(list(row.values()) for row in rows)], lineterminator="\n"))
    else:
        rows = [row | {"notes_user": "FOMO" if row["trade_no"] == "2" else ""} for row in shown()]
        content = written([list(rows[0]), *(list(row.values()) for row in rows)], lineterminator="\n")
        places.storage.put(places.name, "output/trades/made/QQQ/2025.csv", content)

    # The second trade is the first one of the session now: its note goes with it.
    moved = made("2025-01-08", [trade("11:30", values="top=101.2 bottom=100.4")], run="2")
    assert copy(moved) == [0, 1, 0, 1]
    assert shown() == [moved[0] | {"notes_user": "FOMO"}]
    # And stays when there is no trade any more.
    none = made("2025-01-08", [], run="3")
    assert copy(none) == [0, 1, 0, 0]
    assert shown() == [none[0] | {"notes_user": "FOMO"}]
    places.succeed("journal", "verify", "--writer", target)


@pytest.mark.parametrize("writer", EVERY)
def test_a_trade_that_is_missing_or_left_over_is_named(places: Places, writer: str):
    """`trades` tells how many rows there are to be; writing the session again repairs it."""
    source = places.folder / "made.csv"
    source.write_text(text_of(TWO))
    copy = ("journal", "copy", "--from", source, "--to", writer)
    places.succeed(*copy)
    for change in ({"trades": "1"}, {"trades": "3"}, None):
        if writer == "mongodb":
            with MongoClient(places.mongo.uri) as client:
                trades = client[places.name].trades
                if change is None:
                    trades.delete_one({"trade_no": 1})
                else:
                    trades.update_one({"trade_no": 1}, {"$set": {"trades": float(change["trades"])}})
        else:
            content = text_of(TWO[1:] if change is None else [TWO[0] | change, TWO[1]])
            if writer == "csv":
                places.csv.write_text(content)
            else:
                places.storage.put(places.name, "output/trades/made/QQQ/2025.csv", content.encode())
        asked = ("journal", "verify", "--writer", writer, "--format", "json")
        finished = places(*asked)
        (series,) = json.loads(finished.out)["journals"][0]["series"]
        assert finished.code == 65 and not series["ok"] and [one["date"] for one in series["partial"]] == ["2025-01-08"]
        places.succeed(*copy)
        assert places(*asked).code == 0


def test_a_session_without_a_bar(run: Program):
    """Nothing is evaluated in it: the row says so, and its rules' columns are empty."""
    lines = [f"{day}T{clock}:00Z,10,10,10,10,1" for day in ("2025-01-07", "2025-01-10") for clock in ("15:00", "20:58")]
    (run.folder / "ABC_2Min.csv").write_text("\n".join(["timestamp,open,high,low,close,volume", *lines, ""]))
    asked = ("backtest", "--symbol", "ABC", "--data-dir", ".", "--output", "j.csv")
    run.succeed(*asked, "--start", "2025-01-07", "--end", "2025-01-10")
    before, without_bars, after = read_journal(run.folder / "j.csv")
    assert without_bars == dict.fromkeys(COLUMNS, "") | {
        "trade_date": "2025-01-08", "entered": "false", "notes": "no bars", "symbol": "ABC", "strategy": "dp20",
        "params_id": before["params_id"], "data_source": "files", "data_id": without_bars["data_id"],
        "run_id": before["run_id"], "mode": "backtest", "trade_no": "1", "trades": "0", "side": "long",
        "setup": "setup", "no_trade": "no-bars", "market": "XNYS", "completeness": "0", "params": "defaults",
    }  # fmt: skip
    for row in (before, after):
        assert row["no_trade"] == "filter:uptrend" and row["completeness"] == "0.0103" and row["entry_window"]


@pytest.mark.parametrize("column", ["params_id", "data_id"])
def test_an_id_that_was_taken_for_a_number_is_refused(run: Program, column: str):
    """Ids of the first schema may be digits alone, whose zeros pandas drops; those of this schema have a letter."""
    journal = run.folder / "j.csv"
    rows = [row | {column: "001234567890"} for row in old_rows()]
    journal.write_bytes(written([FIRST_SCHEMA, *(list(row.values()) for row in rows)], lineterminator="\n"))
    run.succeed("journal", "stats", "--output", journal)
    pd.read_csv(journal).to_csv(journal, index=False)
    before = journal.read_bytes()
    for command in (("journal", "stats"), ("journal", "upgrade"), ("status", *SYMBOLS)):
        failed(run(*command, "--output", journal), 65, "j.csv:2: ", column, "'1234567890'", "took it for a number")
    assert journal.read_bytes() == before
