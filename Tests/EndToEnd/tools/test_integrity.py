"""Rows survive processes that write the same journals, faults and kill -9; and what checks that would see it if not."""

import csv
import io
import random
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from pymongo import MongoClient
from support import REPOSITORY, Program
from trust import tries

INTEGRITY = REPOSITORY / "Tests" / "Integrity"
sys.path.append(str(INTEGRITY))
from checks import KEY, Reference, Violation, compare, key_of, parsed, row_of_document  # noqa: E402
from run import IntegrityRun  # noqa: E402

HOLIDAY = datetime(2025, 1, 9)

WRAPPER = """#!{python}
import fcntl, os, subprocess, sys
from pathlib import Path
finished = subprocess.run(["{program}", *sys.argv[1:]])
folder = Path(os.environ.get("OUTPUT_DIR", "none"))
if finished.returncode == 0 and (folder / "sample-trades.csv").exists() and sys.argv[1] == "backtest":
    with (folder / ".sample-trades.csv.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lines = (folder / "sample-trades.csv").read_text().splitlines(keepends=True)
        {change}
        (folder / ".sample-trades.csv.other").write_text("".join(lines))
        (folder / ".sample-trades.csv.other").rename(folder / "sample-trades.csv")
sys.exit(finished.returncode)
"""
"""A program that does something to the journal which nobody asked for."""


def integrity_run(binary: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, INTEGRITY / "run.py", "--binary", binary, "--work-dir", folder, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=400)


def test_no_row_is_lost_doubled_or_changed(program: Path, tmp_path: Path, measured: list[str]):
    kills = tries(21, 45)
    finished = integrity_run(program, tmp_path, "--kills", str(kills), "--seed", "20111017", "--seconds", "300")
    assert finished.returncode == 0, finished.stdout + finished.stderr[-3000:]
    rows = {line[:26].strip(): line[26:].split() for line in finished.stdout.splitlines() if line[:1].isalpha()}
    assert int(rows["kill -9 in all"][-1]) >= kills
    assert rows["rows expected"] == rows["rows found"]
    measured += ["integrity run:", *finished.stdout.splitlines()]
    assert list(tmp_path.iterdir()) == [], "its folder is to be removed"


@pytest.mark.proof
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("lines = lines[:-1]", ("rows vanished that had been promised", "missing")),
        ("lines += lines[-1:]", ("doubled",)),
        ("lines[-1] = lines[-1].replace('QQQ', 'QQX').replace('SPY', 'SPX')", ("no row that was ever to be",)),
    ],
    ids=["a row less", "a row twice", "a changed row"],
)
def test_a_program_that_spoils_its_journal_is_caught(program: Path, tmp_path: Path, change: str, told: tuple[str, ...]):
    wrapper = tmp_path / "wrapper"
    wrapper.write_text(WRAPPER.format(python=sys.executable, program=program.resolve(), change=change))
    wrapper.chmod(0o755)
    work = tmp_path / "work"
    finished = integrity_run(wrapper, work, "--kills", "0", "--writers", "csv", "--seconds", "100")
    assert finished.returncode == 1, finished.stdout + finished.stderr
    assert "VIOLATED" in finished.stdout and any(one in finished.stdout for one in told), finished.stdout
    assert list(work.glob("*/csv/sample-trades.csv")), "the folder is to be kept"


@pytest.mark.proof
def test_a_program_that_crashes_is_caught(program: Path, tmp_path: Path):
    wrapper = tmp_path / "wrapper"
    # Not in the runs that make the reference, which have no such variable.
    crash = '[ -n "$OUTPUT_DIR" ] && [ "$1" = backtest ] && kill -SEGV $$'
    wrapper.write_text(f'#!/bin/sh\n{crash}\nexec "{program.resolve()}" "$@"\n')
    wrapper.chmod(0o755)
    finished = integrity_run(wrapper, tmp_path / "work", "--kills", "0", "--writers", "csv", "--seconds", "100")
    assert finished.returncode == 1 and "exit -11" in finished.stdout, finished.stdout + finished.stderr


# Sessions whose number of trades changes, and a person's notes


def sessions_run(binary: Path, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, INTEGRITY / "sessions.py", "--binary", binary, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=200)


def test_sessions_stay_whole_and_notes_stay(program: Path, measured: list[str]):
    wanted = tries(20, 40)
    finished = sessions_run(program, "--runs", str(wanted), "--seed", "3")
    assert finished.returncode == 0, finished.stdout + finished.stderr[-3000:]
    told = re.findall(r"^(\w+): (\d+) runs, (\d+) killed, (\d+) notes kept", finished.stdout, re.MULTILINE)
    assert [writer for writer, *_ in told] == ["csv", "gcs", "mongodb"]
    for _, runs, kills, notes in told:
        assert int(runs) >= wanted and int(kills) >= wanted // 20 and int(notes) >= wanted // 4, finished.stdout
    measured += ["sessions of several trades:", *finished.stdout.splitlines()]


FORGETFUL = """#!{python}
import csv, ctypes, os, subprocess, sys
from pathlib import Path
journal = Path(os.environ["OUTPUT_LOCATION"])
rows = lambda: list(csv.DictReader(journal.open(newline="")))
before = rows()
# It dies with this program, which others kill.
die = lambda: ctypes.CDLL(None).prctl(1, 9)
finished = subprocess.run(["{program}", *sys.argv[1:]], preexec_fn=die)
if finished.returncode == 0 and sys.argv[1:3] == ["journal", "copy"]:
    after = rows()
    {change}
    with journal.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(after[0]), lineterminator="\\n")
        writer.writeheader()
        writer.writerows(after)
sys.exit(finished.returncode)
"""
"""A program that does something to what it was to keep, or keeps what it was to remove."""


@pytest.mark.skipif(sys.platform != "linux", reason="programs that die with their parents are Linux's")
@pytest.mark.proof
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("next(row for row in after if row['notes_user'])['notes_user'] = ''", r"lost \{'note \d+ of "),
        (
            "key = lambda row: (row['trade_date'], row['symbol'], row['trade_no'])\n"
            "    after += [row for row in before if key(row) not in map(key, after)]\n"
            "    after.sort(key=key)",
            r"are neither old nor new|too often",
        ),
    ],
    ids=["a note that is lost", "the row of a vanished trade"],
)
def test_a_program_that_spoils_sessions_is_caught(program: Path, tmp_path: Path, change: str, told: str):
    wrapper = tmp_path / "wrapper"
    wrapper.write_text(FORGETFUL.format(python=sys.executable, program=program.resolve(), change=change))
    wrapper.chmod(0o755)
    finished = sessions_run(wrapper, "--runs", "40", "--writers", "csv")
    assert finished.returncode == 1 and "VIOLATED" in finished.stdout, finished.stdout + finished.stderr
    assert re.search(told, finished.stdout), finished.stdout


class SpoiledRun(IntegrityRun):
    """A run after which somebody spoils the objects and the documents."""

    def _close(self) -> None:
        objects, documents = self.places
        name, content = max(objects.service.objects("data").items())
        lines = content.splitlines(keepends=True)
        objects.service.put("data", name, b"".join([lines[0], *lines[2:], lines[-1]]), contentType="text/csv")
        objects.service.put("data", "journals/kept/left-over", lines[0])
        with MongoClient(documents.server.uri_of("writer", "secret")) as client:
            trades = client["trading"]["trades"]
            first, second = trades.find({}).sort("_id").limit(2)
            trades.delete_one({"_id": first["_id"]})
            trades.update_one({"_id": second["_id"]}, {"$set": {"notes": "other"}})
            name = f"2025-01-09|{second['symbol']}|{second['strategy']}|none"
            trades.insert_one(second | {"_id": name, "params_id": "none", "trade_date": HOLIDAY})
        super()._close()


@pytest.mark.proof
def test_spoiled_objects_and_documents_are_found(program: Path, tmp_path: Path):
    spoiled = SpoiledRun(program, tmp_path, ("gcs", "mongodb"), kills=0, seed=3)
    assert not spoiled.run(limit=100)
    assert spoiled.findings, spoiled.violations
    objects, documents = spoiled.findings["gcs"], spoiled.findings["mongodb"]
    assert [len(one) for one in (objects.doubled, objects.missing, objects.strange)] == [1, 1, 0]
    kinds = (documents.missing, documents.differing, documents.strange, documents.doubled)
    assert [len(one) for one in kinds] == [1, 1, 1, 0]
    told = "\n".join(spoiled.violations)
    assert "left-over" in told and "journal verify: exit 65" in told


# What checks the rows


@pytest.fixture(scope="module")
def reference(run_in_module: Program) -> Reference:
    asked = ("--symbol", "QQQ,SPY", "--source", "sample", "--param", "trend-period=20", "--output", "reference.csv")
    run_in_module.succeed("backtest", *asked, "--start", "2025-01-02", "--end", "2025-03-31")
    return Reference(run_in_module.folder / "reference.csv")


def findings(reference: Reference, rows: list[dict[str, str]], leave: int = 0):
    """Of a journal of which all but so many rows are expected."""
    expected = list(reference.rows)[leave:]
    return compare(reference.rows, expected, rows, lambda key, run: None if run[:2] == "20" else "strange")


def test_rows_as_expected_pass(reference: Reference):
    rows = list(reference.rows.values())
    found = findings(reference, rows)
    assert (found.expected, found.found, found.problems) == (len(rows), len(rows), [])
    assert len(rows) > 100 and any(row["entered"] == "true" for row in rows)


def test_each_kind_of_wrong_row_is_found(reference: Reference):
    rows = list(reference.rows.values())
    assert len(findings(reference, rows[1:]).missing) == 1
    assert len(findings(reference, [*rows, rows[7]]).doubled) == 1
    assert len(findings(reference, rows, leave=3).strange) == 3
    assert len(findings(reference, [*rows[1:], rows[0] | {"run_id": "other"}]).differing) == 1
    for column in rows[0]:
        changed = rows[5] | {column: rows[5][column] + "0"}
        found = findings(reference, [*rows[:5], changed, *rows[6:]])
        assert found.problems or column == "run_id", column
        assert not found.problems or column != "run_id"


def test_a_torn_unsorted_or_foreign_journal_is_refused(reference: Reference):
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerows([reference.columns, *(row.values() for row in reference.rows.values())])
    whole = file.getvalue()
    lines = whole.splitlines(keepends=True)
    assert reference.read(whole, "j") == {key: row["run_id"] for key, row in reference.rows.items()}
    assert reference.read("".join([lines[0], *lines[9:]]), "j").keys() < reference.rows.keys()
    torn = [whole[:length] for length in random.Random(1).sample(range(len(whole)), 200)]
    whole_lines = {"".join(lines[:count]) for count in range(1, len(lines) + 1)}
    swapped = "".join([*lines[:3], lines[4], lines[3], *lines[5:]])
    doubled = "".join([*lines[:3], *lines[2:]])
    for text in (*(one for one in torn if one not in whole_lines), swapped, doubled, whole.replace("QQQ", "QQX")):
        with pytest.raises(Violation):
            reference.read(text, "j")
    with pytest.raises(Violation):
        parsed(whole[:-60], reference.columns)


def test_documents_are_read_as_rows(reference: Reference):
    """Documents made here, not by the program: dates, flags, numbers and null as `JournalDocument` describes them."""

    def value(name: str, text: str):
        if text == "":
            return None
        if text in ("true", "false"):
            return text == "true"
        if name == "trade_date":
            return datetime.fromisoformat(text)
        if name in ("entry_at", "exit_at"):
            return datetime.fromisoformat(text.removesuffix("Z"))
        try:
            return text if name in ("params_id", "data_id", "run_id") else float(text)
        except ValueError:
            return text

    for key, row in reference.rows.items():
        document = {"_id": f"{key[0]}|{key[1]}|{key[2]}|{key[3].removeprefix('p')}"} | {name: value(name, text) for name, text in row.items()}
        assert row_of_document(document, reference.columns) == row
        assert key_of(row) == tuple(row[name] for name in KEY) == key
        assert key[4:] == ("backtest", "1")
    shadow = {"mode": "shadow", "trade_no": 2.0}
    at = document | shadow | {"_id": f"{document['_id']}|shadow|2"}
    assert row_of_document(at, reference.columns) == row | {"mode": "shadow", "trade_no": "2"}
    for change in ({"_id": "2025-01-02|QQQ|dp20|x"}, {"more": 1}, shadow, {"_id": f"{document['_id']}|2"}):
        with pytest.raises(Violation):
            row_of_document(document | change, reference.columns)
