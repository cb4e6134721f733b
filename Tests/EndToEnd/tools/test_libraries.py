"""Libraries are loaded by the runs that use them, and by no others: each costs milliseconds."""

import re
import sys

import pytest
from keyless_support import KeylessProgram
from fake_binance import FakeBinance
from support import Program

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the loader of glibc tells what it loads")

NOW = "2025-03-10T12:00:30Z"
OURS = {"libcurl", "libcrypto", "libmongoc-1.0", "libpq"}


def loaded(run: Program, code: int, *asked: str, **env: str) -> set[str]:
    """Which of our libraries a run loads."""
    trace = run.folder / "trace"
    finished = run(*asked, env={"LD_DEBUG": "files", "LD_DEBUG_OUTPUT": str(trace)} | env)
    assert finished.code == code, finished.err
    [file] = run.folder.glob("trace.*")
    names = set(re.findall(r"calling init: \S*/(lib[^/\s]+?)\.so", file.read_text(errors="replace")))
    file.unlink()
    assert "libc" in names, "the loader tells nothing"
    return names & OURS


@pytest.fixture
def run(program, tmp_path) -> Program:
    return Program(program, tmp_path)


SAMPLE = ("backtest", "--symbol", "QQQ", "--date", "2025-01-10", "--source", "sample")


def test_a_run_without_a_network_loads_none(run):
    assert loaded(run, 0, "--version") == set()
    assert loaded(run, 0, *SAMPLE) == set()
    # Settings of what is not used cost nothing.
    settings = {"POSTGRES_CONNECTION": "postgresql://u@127.0.0.1:1/d", "MONGODB_CONNECTION": "mongodb://127.0.0.1:1"}
    assert loaded(run, 0, *SAMPLE, "--writer", "csv", **settings) == set()


def test_a_nightly_run_from_the_cache_loads_none(program, tmp_path):
    with FakeBinance(now=NOW, listed={"BTCUSDT": "2024-11-20T10:00:00Z"}) as service:
        run = KeylessProgram(program, tmp_path, NOW, binance=service)
        asked = ("--source", "binance", "--symbol", "BTCUSDT", "--strategy", "timed-entry")
        # A month's file is checked by libcrypto; libcurl brings it along anyway.
        assert "libcurl" in loaded(run, 0, "backtest", *asked, "--start", "2025-02-01", "--end", "2025-03-08")
        run.succeed("fetch", "--source", "binance", "--symbol", "BTCUSDT", "--start", "2025-02-01")
    assert loaded(run, 0, "backtest", *asked, "--date", "2025-03-09") == set()
    settings = {"DATA_SOURCE": "binance", "SYMBOLS": "BTCUSDT", "STRATEGY": "timed-entry"}
    assert loaded(run, 0, "status", **settings) == set()


def test_what_is_used_is_loaded(run):
    assert loaded(run, 78, *SAMPLE, "--writer", "postgres", POSTGRES_CONNECTION="nowhere") == {"libpq", "libcrypto"}
