"""Where the cache cannot be, or be written: a backtest goes without it, a fetch says so. And what is never kept."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from alpaca_support import BARS, CACHE, DAILY, END, START, TWO_MINUTES, AlpacaProgram, changed_bars, expect, warned
from fake_alpaca import FakeAlpaca

FETCH = ("fetch", "--symbols", "QQQ,SPY", "--start", "2024-02-01", "--end", END)


def backtest_warns_and_fetch_fails(run: AlpacaProgram, expected: list, *words: str, **options) -> None:
    finished = run.backtest(**options)
    assert finished.code == 0, finished.err
    assert warned(finished, "the cache could not be written", *words), finished.err
    assert finished.err.count("warning: ") == 1, "once is enough"
    assert run.rows() == expected
    finished = run(*FETCH, **options)
    assert finished.code == 73, finished.err
    assert any(word in finished.err for word in words) and "DATA_CACHE_DIR" in finished.err


def test_a_file_in_place_of_the_folder(alpaca, sample_rows):
    (alpaca.folder / "data").mkdir()
    (alpaca.folder / CACHE).write_text("text")
    backtest_warns_and_fetch_fails(alpaca, sample_rows(), CACHE)
    assert (alpaca.folder / CACHE).read_text() == "text"


def test_a_folder_that_may_not_be_written(unprivileged, sample_bars, sample_rows):
    run, options = unprivileged
    with FakeAlpaca(sample_bars, now="2024-07-01T12:00:00Z", rate_limit=None) as service:
        client = AlpacaProgram(run.binary, run.folder, service)
        (client.folder / CACHE).mkdir(parents=True)
        (client.folder / CACHE).chmod(0o555)
        backtest_warns_and_fetch_fails(client, sample_rows(), "Permission denied", **options)
        assert list((client.folder / CACHE).iterdir()) == []


def test_a_cache_that_may_only_be_read(unprivileged, sample_bars, sample_rows):
    """Shared by several, filled by one: it serves all the same."""
    run, options = unprivileged
    with FakeAlpaca(sample_bars, now="2024-07-01T12:00:00Z", rate_limit=None) as service:
        client = AlpacaProgram(run.binary, run.folder, service)
        assert client.backtest(**options).code == 0
        for path in [client.cache, *client.cache.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        service.clear()
        finished = client.backtest(**options)
        assert (finished.code, finished.err) == (0, "")
        assert service.requests == [] and client.rows() == sample_rows()
        finished = client.backtest(start="2024-05-01", **options)
        assert finished.code == 0 and warned(finished, "the cache could not be written", "Permission denied")
        assert client.rows() == sample_rows("QQQ", "2024-05-01", END)


@pytest.fixture
def small_disk(alpaca) -> Iterator[Path]:
    """A file system of 64 KiB."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("mounting a small file system needs root")
    disk = alpaca.folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True, text=True)
    if mounted.returncode != 0:
        pytest.skip(f"no small file system can be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk(alpaca, small_disk, sample_rows):
    """What fits is kept and sound."""
    first = "2024-02-01"
    cache = {"DATA_CACHE_DIR": str(small_disk / "cache")}
    for _ in range(2):
        finished = alpaca.backtest(start=first, env=cache)
        assert finished.code == 0, finished.err
        assert warned(finished, "the cache could not be written", "No space left")
        assert alpaca.rows() == sample_rows("QQQ", first, END)
    finished = alpaca(*FETCH, env=cache)
    assert finished.code == 73 and "No space left" in finished.err, finished.err
    kept = sorted((small_disk / "cache").rglob("????-??.parquet"))
    assert kept and all(pq.read_table(path).num_rows for path in kept)
    assert alpaca("data", "status", env=cache).code == 0
    names = {path.name for path in (small_disk / "cache").rglob("*") if path.is_file()}
    assert all(name == ".lock" or name.endswith(".parquet") for name in names), "the part written must be gone"


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["v1/iex/QQQ", "v1/iex/QQQ/2Min"], ids=["splits", "bars"])
def test_a_lock_that_is_not_given_free(alpaca, sample_rows, folder):
    """A process that hangs while it writes does not stop others for good."""
    path = alpaca.cache / folder / ".lock"
    path.parent.mkdir(parents=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        finished = alpaca.backtest()
    assert finished.code == 0, finished.err
    if folder.endswith("2Min"):
        assert warned(finished, "the cache could not be written", "another process", ".lock")
    assert alpaca.rows() == sample_rows()


def test_no_cache(alpaca, sample_rows):
    for _ in range(2):
        alpaca.service.clear()
        assert alpaca.backtest(env={"DATA_CACHE_DIR": "off"}).code == 0
        assert alpaca.service.count(BARS) == 2
    assert alpaca.rows() == sample_rows()
    assert {path.name for path in alpaca.folder.iterdir() if not path.name.startswith(".")} == {"j.csv"}
    off = {"DATA_CACHE_DIR": "off"}
    expect(alpaca(*FETCH, env=off), 64, "DATA_CACHE_DIR=off")
    expect(alpaca("data", "status", env=off), 64, "DATA_CACHE_DIR=off")


@pytest.mark.parametrize("place", ["s3://bucket", "file:///tmp/x", "gs://", "gs://B/x", "mongodb://host/db"])
def test_what_is_no_place_of_a_cache(alpaca, place):
    for arguments in (FETCH, ("data", "status")):
        expect(alpaca(*arguments, env={"DATA_CACHE_DIR": place}), 78, "DATA_CACHE_DIR", "gs://BUCKET/PREFIX")
    expect(alpaca.backtest(env={"DATA_CACHE_DIR": place}), 78, "DATA_CACHE_DIR", "gs://BUCKET/PREFIX")
    expect(alpaca.backtest("--cache-dir", place), 64, "--cache-dir", "gs://BUCKET/PREFIX")
    assert list(alpaca.folder.iterdir()) == []


def test_another_folder(alpaca, sample_rows):
    odd = "a b/ü'\"$(x);*?"
    assert alpaca.backtest("--cache-dir", odd).code == 0
    assert len(list((alpaca.folder / odd).rglob("????-??.parquet"))) == 16
    assert not (alpaca.folder / "data").exists()
    alpaca.service.stop()
    assert alpaca.backtest(env={"DATA_CACHE_DIR": str(alpaca.folder / odd)}).code == 0
    assert alpaca.rows() == sample_rows()


def test_feeds_are_kept_apart(alpaca):
    for feed in ("iex", "sip"):
        assert alpaca.backtest("--feed", feed).code == 0
    assert {path.name for path in (alpaca.cache / "v1").iterdir()} == {"iex", "sip"}
    assert [query["feed"] for query in alpaca.queries(TWO_MINUTES)] == ["iex", "sip"]


def test_sessions_without_bars_are_remembered(alpaca, sample_market):
    """A halt of two days: the next run knows of it."""

    def halted(rows):
        return [row for row in rows if not "2024-06-11" <= row[0] < "2024-06-13"]

    with alpaca.serving(changed_bars(sample_market, alpaca.folder / "bars", halted)) as run:
        first = run.backtest()
        assert first.code == 0
        run.service.clear()
        again = run.backtest()
        assert (again.code, again.err) == (0, first.err)
        assert run.service.requests == []
        status = run.succeed("data", "status", "--format", "json").out.replace(" ", "")
        assert '"sessions_without_bars":2' in status


def test_a_short_session_is_asked_for_again_for_ten_sessions(alpaca, sample_market):
    """Its last ten minutes are not there: they may come, or there were none. The tenth is that of 15 July."""

    def short(rows):
        return [row for row in rows if row[0] < "2024-06-28T19:30"]

    with alpaca.serving(changed_bars(sample_market, alpaca.folder / "bars", short)) as run:
        for now, asked in [("2024-06-29T12:00:00Z", 1), ("2024-07-02T12:00:00Z", 1), ("2024-07-15T23:00:00Z", 1),
                           ("2024-07-16T19:59:59Z", 1), ("2024-07-16T20:00:00Z", 1), ("2024-07-16T20:00:01Z", 0)]:  # fmt: skip
            run.service.clear()
            run.service.set_now(now)
            assert run.backtest(env={"PLAYBOOK_NOW": now}).code == 0
            assert run.service.count(TWO_MINUTES) == asked, now
            if run.queries(TWO_MINUTES) and now > "2024-06-30":
                assert run.queries(TWO_MINUTES)[0]["start"].startswith("2024-06-28")


def test_other_files_in_the_cache_are_left_alone(alpaca, sample_rows):
    assert alpaca.backtest().code == 0
    strangers = [
        alpaca.cache / name for name in ("README", "v2/x.parquet", "v1/iex/QQQ/2Min/notes.txt", "v1/iex/.hidden")
    ]
    for path in strangers:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine")
    assert alpaca("data", "status").code == 0
    assert alpaca("data", "check", "--repair").code == 0
    assert alpaca.backtest().code == 0 and alpaca.rows() == sample_rows()
    assert all(path.read_text() == "mine" for path in strangers)


def test_daily_bars_are_kept_apart_from_others(alpaca):
    assert alpaca.backtest(start=START).code == 0
    assert len(alpaca.queries(DAILY)) == 1
    assert {path.parent.name for path in alpaca.files()} == {"1Day", "2Min"}
