"""Playbook files in a bucket: found by name, listed, checked, and read again by each run."""

import json
from collections.abc import Iterator

import pytest
from service_support import NOW, serving
from support import Program, read_journal
from writers_support import connected

from fake_storage import FakeStorage

SAMPLE = ("--symbol", "QQQ", "--source", "sample", "--start", "2025-01-02", "--end", "2025-01-31")
RISE = """\
playbook: rise
summary: buys a rise
setup:
  steps:
    - up: close > high[1]
  stop: entry - 2 * atr(14)
"""


class Bucket:
    """A bucket of a test's own, and the settings that name its folder of playbooks."""

    def __init__(self, storage: FakeStorage, name: str):
        self._bucket = connected(storage.url).bucket(name)
        self.place = f"gs://{name}/rules"
        self.env = {"PLAYBOOK_DIR": self.place, "STORAGE_EMULATOR_HOST": storage.url}

    def put(self, name: str, text: str) -> None:
        self._bucket.blob(f"rules/{name}").upload_from_string(text)


@pytest.fixture
def bucket(shared_storage: FakeStorage, tmp_path) -> Iterator[Bucket]:
    name = f"playbooks-{tmp_path.name}".lower().replace("_", "-")[:60].rstrip("-")
    shared_storage.store.create_bucket(name)
    yield Bucket(shared_storage, name)
    shared_storage.clear()


def strategies(run: Program) -> set[str]:
    return {row["strategy"] for row in read_journal(run.folder / "output" / "sample-trades.csv")}


def test_playbooks_of_a_bucket_are_found_by_their_name(run: Program, bucket: Bucket):
    bucket.put("anything.yaml", RISE)
    bucket.put("deeper/other.yaml", RISE)
    bucket.put("notes.txt", "no playbook")
    run.succeed("backtest", "--strategy", "rise", *SAMPLE, env=bucket.env)
    assert strategies(run) == {"rise"}
    assert f"From {bucket.place}/anything.yaml" in run.succeed("strategies", env=bucket.env).out
    assert f"{bucket.place}/anything.yaml: ok, rise" in run.succeed("playbook", "check", env=bucket.env).out
    assert "Step up: close > high[1]" in run.succeed("playbook", "show", "rise", env=bucket.env).out
    none = run("backtest", "--strategy", "fall", *SAMPLE, env=bucket.env)
    assert none.code == 64 and "dp20, timed-entry, opening-range, rise" in none.err


def test_one_object_is_a_playbook_to_run(run: Program, bucket: Bucket):
    bucket.put("anything.yaml", RISE)
    env = {"STORAGE_EMULATOR_HOST": bucket.env["STORAGE_EMULATOR_HOST"]}
    run.succeed("backtest", "--playbook", f"{bucket.place}/anything.yaml", *SAMPLE, env=env)
    assert strategies(run) == {"rise"}
    gone = run("backtest", "--playbook", f"{bucket.place}/gone.yaml", *SAMPLE, env=env)
    assert gone.code == 64 and f"there is no object {bucket.place}/gone.yaml" in gone.err


def test_what_is_wrong_in_a_bucket_is_named(run: Program, bucket: Bucket):
    bucket.put("rise.yaml", RISE)
    bucket.put("wrong.yaml", RISE.replace("close >", "clos >").replace("playbook: rise", "playbook: wrong"))
    doctor = run("doctor", "--symbol", "QQQ", "--source", "sample", env=bucket.env)
    assert doctor.code == 65, doctor.out + doctor.err
    assert f"ok     playbook {bucket.place}/rise.yaml" in doctor.out
    assert f"WRONG  playbook {bucket.place}/wrong.yaml" in doctor.out and ":5:11: 'clos' is not known" in doctor.out
    bucket.put("wrong.yaml", RISE)
    twice = run("backtest", "--strategy", "rise", *SAMPLE, env=bucket.env)
    assert twice.code == 65 and f"{bucket.place}/rise.yaml and {bucket.place}/wrong.yaml are both called 'rise'" in twice.err


def test_a_built_in_playbook_needs_no_bucket(run: Program, bucket: Bucket):
    away = bucket.env | {"STORAGE_EMULATOR_HOST": "http://127.0.0.1:9"}
    run.succeed("backtest", *SAMPLE, env=away)
    assert strategies(run) == {"dp20"}


def test_a_service_reads_what_the_bucket_has_now(run: Program, bucket: Bucket):
    bucket.put("rise.yaml", RISE)
    env = bucket.env | {"STRATEGY": "rise", "SYMBOLS": "QQQ", "DATA_SOURCE": "sample"}
    with serving(run, **env) as served:
        first = served.backtest({"date": "2025-11-04"}).json
        bucket.put("rise.yaml", RISE.replace("2 * atr", "3 * atr"))
        second = served.backtest({"date": "2025-11-04"}).json
    assert first["strategy"] == second["strategy"] == "rise"
    assert first["params_id"] != second["params_id"]
    # The next night runs by the new rules, and status says that they are others.
    at = env | {"PLAYBOOK_NOW": NOW}
    bucket.put("rise.yaml", RISE.replace("2 * atr", "4 * atr"))
    status = json.loads(run("status", "--format", "json", env=at).out)
    assert status["journals"][0]["rules_changed_since"] == "2025-11-04"
    run.succeed("backtest", "--catch-up", "--start", "2025-11-04", env=at)
    rows = read_journal(run.folder / "output" / "sample-trades.csv")
    assert len({row["params_id"] for row in rows}) == 3
