"""Several tasks share the symbols, each writing its own rows: together the journal of one task."""

import json
import re
from typing import Optional

import pytest
from nightly_support import Nightly, evening, log_of
from support import params, without
from writers_support import ALL, Places, failed, text_of

NOW = evening("2025-01-08")
SYMBOLS = ("IWM", "SPY", "AAPL", "QQQ", "DIA", "XLK", "XLF", "XLE", "MSFT", "BRK.B")
NAMES = {
    "cloud run": ("CLOUD_RUN_TASK_INDEX", "CLOUD_RUN_TASK_COUNT"),
    "kubernetes": ("JOB_COMPLETION_INDEX", "JOB_COMPLETIONS"),
}


def task(index: object, count: object, platform: str = "cloud run") -> dict[str, Optional[str]]:
    """The variables that a platform sets."""
    return dict(zip(NAMES[platform], (str(index), str(count))))


def bytes_of(places: Places) -> dict[str, str]:
    """Everything in the journals but which run it was, as text."""
    objects = {name: content.decode() for name, content in places.objects().items()}
    texts = objects | {"csv": places.csv.read_text()}
    return {name: re.sub(r",\d{8}T\d{6}Z-[0-9a-f]{6},", ",RUN,", text) for name, text in texts.items()} | {
        "mongodb": text_of(without(places.rows("mongodb"), "run_id"))
    }


def test_eight_tasks_write_what_one_does(places: Places):
    """At the same time, to every journal: byte for byte but for `run_id`."""
    asked = ["backtest", "--catch-up", "--cloud", "--start", "2025-01-06", "--writer", ALL]
    asked += params({"trend-period": 20})
    env = {"SYMBOLS": ",".join(SYMBOLS), "PLAYBOOK_NOW": NOW}
    started = [places.start(*asked, env=env | task(index, 8)) for index in range(8)]
    shares = []
    for process in started:
        finished = places.finish(process)
        assert finished.code == 0, finished.out
        (record,) = [one for one in log_of(finished) if one.get("event") == "run_completed"]
        assert record["rows_written"] == dict.fromkeys(ALL.split(","), 3 * len(record["symbols"]))
        shares.append(record["symbols"])
    assert sorted(sum(shares, [])) == sorted(SYMBOLS), "each symbol is one task's"
    assert {len(share) for share in shares} == {1, 2}
    eight = bytes_of(places)
    assert len(places.rows("csv")) == 3 * len(SYMBOLS) and any(row["entered"] == "true" for row in places.rows("csv"))
    before = places.state()
    for index in (0, 5):
        finished = places.succeed(*asked, env=env | task(index, 8))
        assert log_of(finished)[-1]["reason"] == "up to date"
    assert places.state() == before, "again, as a task that is retried: nothing changes"

    places.csv.unlink()
    places.storage.store.empty(places.name)
    places.mongo.empty(places.namespace)
    places.succeed(*asked, env=env)
    assert bytes_of(places) == eight


@pytest.fixture
def night(program, tmp_path) -> Nightly:
    return Nightly(program, tmp_path, "AA", "BB", "CC")


def test_kubernetes_counts_as_well(night: Nightly):
    """The index is Kubernetes', the number of completions the job's own; while one task is missing, so are rows."""
    for index in (2, 0, 1):
        asked = ("backtest", "--catch-up", "--start", "2025-01-06", "--format", "json")
        document = json.loads(night.succeed(*asked, env={"PLAYBOOK_NOW": NOW} | task(index, 3, "kubernetes")).out)
        assert document["symbols"] == [night.symbols[index]]
        assert night.status(NOW)[0] == (1 if index != 1 else 0)
    assert len(night.held) == 3 * 3


def test_more_tasks_than_symbols(night: Nightly):
    """Those too many have nothing to do, whatever they are asked for, and say so."""
    for asked in (("--catch-up",), ("--date", "2025-01-08"), ("--today",)):
        finished = night("backtest", *asked, "--format", "json", env={"PLAYBOOK_NOW": NOW} | task(3, 5))
        document = json.loads(finished.out)
        assert (finished.code, document["status"], document["reason"]) == (0, "skipped", "no symbol"), finished.err
        assert "task 3 of 5" in document["detail"]
    assert not night.journal.exists()


def test_the_share_is_that_of_each_command_line(night: Nightly):
    """Symbols of `--symbol` are shared too; `status` looks at all of them."""
    finished = night.catch_up(NOW, "--symbol", "CC,AA", env=task(1, 2))
    assert finished.code == 0 and {symbol for _, symbol in night.held} == {"AA"}
    told = night("status", "--format", "json", env={"PLAYBOOK_NOW": NOW} | task(1, 2))
    assert told.code == 1 and len(json.loads(told.out)["journals"][0]["series"]) == 3


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"CLOUD_RUN_TASK_INDEX": "0"}, "CLOUD_RUN_TASK_COUNT"),
        ({"CLOUD_RUN_TASK_COUNT": "2"}, "CLOUD_RUN_TASK_INDEX"),
        (task(2, 2), "CLOUD_RUN_TASK_INDEX"),
        (task(-1, 2), "CLOUD_RUN_TASK_INDEX"),
        (task("one", 2), "CLOUD_RUN_TASK_INDEX"),
        (task(0, 0), "CLOUD_RUN_TASK_COUNT"),
        (task(0, "2.0"), "CLOUD_RUN_TASK_COUNT"),
        ({"JOB_COMPLETION_INDEX": "0"}, "JOB_COMPLETIONS"),
        (task(5, 5, "kubernetes"), "JOB_COMPLETION_INDEX"),
        (task(0, 2) | task(0, 2, "kubernetes"), "JOB_COMPLETION_INDEX"),
    ],
)
def test_a_wrong_share(night: Nightly, changes, name):
    """A task that does not know its share must not write that of another."""
    finished = night.catch_up(NOW, env=changes)
    failed(finished, 78, name)
    assert finished.out == "" and not night.journal.exists()
