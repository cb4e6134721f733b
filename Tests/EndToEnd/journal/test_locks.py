"""Where locks lock nothing, as between hosts that share a folder: whoever says that rows are written has written them."""

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from support import Program, read_journal

WRITERS = 40

NO_LOCK = """
#include <errno.h>
int flock(int descriptor, int operation) {
#ifdef FAILS
    errno = ENOLCK;
    return -1;
#else
    return 0;
#endif
}
"""


def shim(folder: Path, *options: str) -> dict[str, str]:
    """An environment in which `flock` does nothing."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("replacing a function of the C library needs a C compiler")
    source, library = folder / "no_lock.c", folder / f"no_lock{len(options)}.so"
    source.write_text(NO_LOCK)
    made = subprocess.run([compiler, "-shared", "-fPIC", *options, "-o", library, source], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return {"LD_PRELOAD": str(library)}


def asked(symbol: str, journal: Path) -> list:
    return [
        "backtest", "--symbol", symbol, "--date", "2025-01-02", "--source", "sample", "--output", journal,
        "--format", "json",
    ]  # fmt: skip


def test_forty_writers_under_a_lock_that_locks_nothing(program, tmp_path):
    run = Program(program, tmp_path)
    environment = shim(tmp_path)
    journal = tmp_path / "journal" / "trades.csv"
    symbols = [f"S{number}" for number in range(WRITERS)]
    processes = {symbol: run.start(*asked(symbol, journal), env=environment) for symbol in symbols}
    finished = {symbol: run.finish(process) for symbol, process in processes.items()}
    assert {done.code for done in finished.values()} == {0}, [done.err for done in finished.values() if done.code]
    assert Counter(row["symbol"] for row in read_journal(journal)) == Counter(symbols)
    assert sorted(path.name for path in journal.parent.iterdir()) == [".trades.csv.lock", "trades.csv"]


def test_a_file_system_without_locks(program, tmp_path):
    run = Program(program, tmp_path)
    environment = shim(tmp_path, "-DFAILS")
    journal = tmp_path / "trades.csv"
    for symbol in ("QQQ", "SPY"):
        assert run(*asked(symbol, journal), env=environment).code == 0
    assert [row["symbol"] for row in read_journal(journal)] == ["QQQ", "SPY"]
