"""The Python program that `make bench` compares with does the same work, from either kind of file."""

import csv
import re
import subprocess
import sys

import pytest
from support import REPOSITORY, Program

BENCHMARKS = REPOSITORY / "Benchmarks"
START, END = "2023-06-01", "2025-10-31"


@pytest.fixture(autouse=True)
def modules(monkeypatch: pytest.MonkeyPatch):
    """The benchmarks' modules, some of which other tests have by the same names."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    names = [path.stem for path in BENCHMARKS.glob("*.py")]
    others = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    yield
    for name in names:
        sys.modules.pop(name, None)
    sys.modules.update(others)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_python_baseline_writes_the_same_journal(run: Program, kind: str) -> None:
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


# In a process of its own: other tests import modules of the same names.
ONE_FIGURE = """
import run, sys
from report import compared

def one_figure(bench, found):
    bench.figures.append(compared("whole process", float(sys.argv[1]), 1.0, "ms", run.WHOLE_LIMIT, "a baseline"))

run.Bench.run_all = one_figure
run.Bench.large_journal = run.Bench.dumps = run.Bench.postgres = lambda bench: None
run.Bench.service = run.Bench.research = run.Bench.pages = lambda bench, *more: None
run.Bench.generate = lambda bench, *more: None
programs = ["--binary", "none", "--engine-benchmark", "none", "--python", "none"]
sys.exit(run.main([*programs, "--work-dir", sys.argv[2]]))
"""


@pytest.mark.parametrize(("ratio", "code"), [("0.37", 0), ("0.39", 1)])
def test_a_missed_limit_fails_the_run(run: Program, ratio: str, code: int) -> None:
    bench = [sys.executable, "-c", ONE_FIGURE, ratio, run.folder]
    done = subprocess.run(bench, cwd=BENCHMARKS, capture_output=True, text=True, timeout=60)
    assert done.returncode == code, done.stderr
    assert ("over the limit" in done.stdout) == (code == 1)


def test_people_s_own_parquet_gives_the_same_journal(run: Program) -> None:
    """What the benchmark compares: files of pandas and pyarrow, ours and the baseline."""
    from agreement import check_journals

    bars, files = run.folder / "QQQ_2Min.csv", run.folder / "files"
    dates = ["--start", START, "--end", END]
    run.succeed("data", "export", "--symbol", "QQQ", *dates, "--source", "sample", "--format", "csv", "--output", bars)
    subprocess.run([sys.executable, BENCHMARKS / "python/user_files.py", bars, files], check=True, timeout=60)
    journals = {}
    for kind, settings in {
        "pandas": [], "zstd": [], "symbol": [],
        "us-dates": ["--data-timezone", "America/New_York", "--data-date-order", "mdy"],
    }.items():  # fmt: skip
        ours, theirs = run.folder / f"{kind}.csv", run.folder / f"{kind}-numpy.csv"
        folder = files / kind
        run.succeed(
            "backtest", "--symbol", "QQQ", *dates, "--source", "files", "--data-dir", folder, *settings, "--output", ours)
        with ours.open(newline="") as file:
            journals[kind] = [row | {"run_id": ""} for row in csv.DictReader(file)]
        if kind in ("pandas", "zstd"):
            baseline = [sys.executable, BENCHMARKS / "python/whole_process.py", folder / "QQQ_2Min.parquet", theirs]
            subprocess.run([*baseline, "QQQ", START, END], check=True, timeout=60)
            assert check_journals(ours, theirs)
    assert len(journals["pandas"]) > 600
    assert all(rows == journals["pandas"] for rows in journals.values())


def test_the_python_baseline_sweeps_alike(run: Program) -> None:
    """A thousand sets, every figure and plateau: what the benchmark of sweeps compares."""
    import research

    bars = run.folder / "bars/QQQ_2Min.parquet"
    bars.parent.mkdir()
    dates = ["--start", "2023-01-03", "--end", "2025-06-30"]
    run.succeed("data", "export", "--symbol", "QQQ", *dates, "--source", "sample", "--format", "parquet", "--output", bars)
    chosen = ["2024-03-01", "2025-06-30"]
    grid = [part for name, values in research.GRID.items() for part in ("--grid", f"{name}={values}")]
    run.succeed("sweep", "--symbol", "QQQ", "--start", chosen[0], "--end", chosen[1], "--source", "files", "--data-dir",
                bars.parent, *grid)  # fmt: skip
    theirs = run.folder / "numpy"
    (ours,) = run.folder.glob("output/research/sweep-*/results.csv")
    baseline = [sys.executable, BENCHMARKS / "python/sweep.py", bars, theirs, "QQQ", *chosen]
    for how in ([], ["each"]):
        subprocess.run([*baseline, *how], check=True, timeout=60)
        assert re.search(r"1000 sets, \d{5,} trades, 4\d columns", research.check_sweeps(ours, theirs / "results.csv"))
    # It can fail.
    text = ours.read_text().splitlines(keepends=True)
    ours.write_text("".join([text[0], text[2].replace("QQQ,1,", "QQQ,0,"), *text[2:]]))
    with pytest.raises(research.BenchmarkError):
        research.check_sweeps(ours, theirs / "results.csv")
