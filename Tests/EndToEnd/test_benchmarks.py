"""The Python program that `make bench` compares with does the same work, from either kind of file."""

import re
import subprocess
import sys

import pytest
from support import REPOSITORY, Program

BENCHMARKS = REPOSITORY / "Benchmarks"
START, END = "2023-06-01", "2025-10-31"


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_python_baseline_writes_the_same_journal(run: Program, kind: str) -> None:
    sys.path.append(str(BENCHMARKS))
    from agreement import check_journals

    bars, ours, theirs = run.folder / f"bars/QQQ_2Min.{kind}", run.folder / "ours.csv", run.folder / "theirs.csv"
    bars.parent.mkdir()
    dates = ["--start", START, "--end", END]
    run.succeed("data", "export", "--symbol", "QQQ", *dates, "--source", "sample", "--format", kind, "--output", bars)
    run.succeed("backtest", "--symbol", "QQQ", *dates, "--source", "files", "--data-dir", bars.parent, "--output", ours)
    baseline = [sys.executable, BENCHMARKS / "python/whole_process.py", bars, theirs, "QQQ", START, END]
    subprocess.run(baseline, check=True, timeout=60)
    rows, trades = map(int, re.search(r"(\d+) rows, (\d+) trades", check_journals(ours, theirs)).groups())
    assert rows > 600 and trades > 10
