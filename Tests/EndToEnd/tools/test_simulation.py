"""The short form of `Tests/Simulation`: nights of a scheduler, kills and faults; and that it sees what is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest
from pymongo import MongoClient
from support import REPOSITORY

# In this order: both have a run.py.
sys.path += [str(REPOSITORY / "Tests" / name) for name in ("Integrity", "Simulation")]
from checks import Violation  # noqa: E402
from machine import Process  # noqa: E402
from month import Month  # noqa: E402
from plan import WEIGHTS, plan  # noqa: E402
from scheduler import Attempt, judged  # noqa: E402
from simulation import Simulation, completed_runs  # noqa: E402


def test_six_sessions(program: Path, tmp_path: Path, measured: list[str]):
    """Two deliveries a day, a holiday and an early close, a day without any, kill -9, SIGTERM, data that comes late."""
    command = [sys.executable, REPOSITORY / "Tests/Simulation/run.py", "--binary", program, "--work-dir", tmp_path]
    finished = subprocess.run([*command, "--sessions", "6", "--seed", "4"], capture_output=True, text=True, timeout=300)
    assert finished.returncode == 0, finished.stdout + finished.stderr[-3000:]
    measured += ["simulation:", *finished.stdout.splitlines()]
    assert list(tmp_path.iterdir()) == [], "its folder is to be removed"


class SpoiledSimulation(Simulation):
    """One in the end of which somebody loses a row of the file, doubles one in the bucket, changes one document."""

    def spoil(self) -> None:
        file, objects, documents = self.places
        lines = file.path.read_text().splitlines(keepends=True)
        file.path.write_text("".join([*lines[:-2], lines[-1]]))
        name, content = max(objects.service.objects("data").items())
        objects.service.put("data", name, content + content.splitlines(keepends=True)[-1], contentType="text/csv")
        with MongoClient(documents.server.uri_of("writer", "secret")) as client:
            client["trading"]["trades"].update_one({"symbol": "SPY"}, {"$set": {"notes": "other"}})


@pytest.mark.proof
def test_wrong_rows_are_found(program: Path, tmp_path: Path):
    spoiled = SpoiledSimulation(program, tmp_path, sessions=2, seed=1)
    for day in spoiled.days:
        day.kind = "calm"
    assert not spoiled.run(limit=60)
    told = "\n".join(spoiled.violations)
    found = {name: (len(one.missing), len(one.doubled), len(one.differing)) for name, one in spoiled.findings.items()}
    assert found == {"csv": (1, 0, 0), "gcs": (0, 1, 0), "mongodb": (0, 0, 1)}, told
    assert "status: exit 1" in told and "gcs: journal verify: exit 65" in told
    assert "answers 200" in spoiled.counts and spoiled.lacking, "nothing went wrong, which shows nothing"


LIAR = """#!{python}
import os, subprocess, sys
if sys.argv[1] != "serve":
    sys.exit(subprocess.run(["{program}", *sys.argv[1:]]).returncode)
os.environ["WRITER_TYPE"] = "csv,gcs"
os.execv("{program}", ["{program}", *sys.argv[1:]])
"""


@pytest.mark.proof
def test_a_service_that_forgets_a_journal_is_caught(program: Path, tmp_path: Path):
    liar = tmp_path / "liar"
    liar.write_text(LIAR.format(python=sys.executable, program=program))
    liar.chmod(0o755)
    whole = Simulation(liar, tmp_path / "work", sessions=2, seed=1)
    for day in whole.days:
        day.kind = "calm"
    assert not whole.run(limit=60)
    assert any("caught up, but mongodb lacks" in told for told in whole.violations), whole.violations


def test_a_month_of_nights(program: Path, tmp_path: Path, measured: list[str]):
    """Late, partial, absent and repaired data, a delisted symbol, one that is added, a parameter that changes."""
    month = Month(program, tmp_path, seed=1)
    assert month.run() == []
    assert {0, 69, 75} == set(month.codes) and month.findings.found > 70
    measured.append(f"a month of nights: {month.findings.found} rows, exit codes {dict(sorted(month.codes.items()))}")


HASTY = """#!{python}
import subprocess, sys
sys.exit(subprocess.run(["{program}", *["--today" if one == "--catch-up" else one for one in sys.argv[1:]]]).returncode)
"""


@pytest.mark.proof
def test_a_program_that_never_looks_back_is_caught(program: Path, tmp_path: Path):
    hasty = tmp_path / "hasty"
    hasty.write_text(HASTY.format(python=sys.executable, program=program))
    hasty.chmod(0o755)
    told = "\n".join(Month(hasty, tmp_path, seed=1).run())
    assert "missing" in told and "differing" in told, told


def process(folder: Path, *lines: str, was_killed: bool = False) -> Process:
    folder.mkdir()
    (folder / "out").write_text("".join(lines))
    return Process(0, None, folder, was_killed=was_killed)


def test_logs_that_are_wrong_are_found(tmp_path: Path):
    line = '{"severity":"INFO","message":"m","time":"t","event":"run_completed","run_id":"r"}\n'
    assert completed_runs([process(tmp_path / "a", line), process(tmp_path / "b", line)]) == {"r": 2}
    assert completed_runs([process(tmp_path / "c", line, line[:30], was_killed=True)]) == {"r": 1}
    wrong = {"torn": (line, line[:30]), "text": ("text\n",), "bare": ('{"severity":"INFO"}\n', line)}
    for name, lines in wrong.items():
        with pytest.raises(Violation):
            completed_runs([process(tmp_path / name, *lines)])


@pytest.mark.parametrize(
    ("status", "document", "headers"),
    [
        (200, {"schema": "other", "run_id": "r", "status": "completed"}, {}),
        (200, {"schema": "trading-playbook/backtest/1", "run_id": "r", "status": "partial"}, {}),
        (404, {"status": 404}, {"content-type": "application/problem+json"}),
        (500, {"status": 500}, {"content-type": "application/json"}),
        (503, {"status": 503}, {"content-type": "application/problem+json"}),
    ],
)
def test_answers_that_are_wrong_are_found(status, document, headers):
    with pytest.raises(Violation):
        judged("delivery", Attempt(0, status, document), headers)


def test_the_days_of_the_long_form():
    """Sixty sessions through every kind of day, the same for the same seed."""
    dates, days = plan(60, 1)
    assert (len(dates), sum(day.is_session for day in days)) == (60, 59)
    assert {day.kind for day in days} == set(WEIGHTS) and plan(60, 1)[1] == days != plan(60, 2)[1]
    closed = {str(day.date) for day in days if not day.is_session and day.date.weekday() < 5}
    assert closed == {"2024-11-28", "2024-12-25", "2025-01-01", "2025-01-09"}
    early = {str(day.date) for day in days if day.is_session and day.now.hour == 18}
    assert early == {"2024-11-29", "2024-12-24"}
    assert sum(len(day.bodies) >= 2 for day in days) == len(days) and any(day.is_held for day in days)
