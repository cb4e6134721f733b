"""The steps about research: sweeps as whole processes and as tasks, the probability of overfitting, Monte-Carlo."""

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path

from engines import SYMBOLS
from harness import BenchmarkError, Sample, interleaved
from market_data import fake_alpaca
from report import Figure, compared

HERE = Path(__file__).resolve().parent

SWEEP_LIMIT = 0.2
OVERFITTING_LIMIT = 0.25
MONTE_CARLO_LIMIT = 0.3
TASKS_LIMIT = 1.15
# Peak memory of a thousand sets over that of a quarter of them: 1 when it does not grow.
MEMORY_LIMIT = 1.1
# What vectorbt is said to take for as many sets over as many years: not measured here, and told for orientation alone.
VECTORBT_SECONDS = 14.9

# The grid of python/sweep.py: a thousand sets.
GRID = {
    "ema-period": "10:30:5", "atr-period": "10,14", "reversal-strength": "0.4:0.76:0.04", "stop-atr": "0.5:2.3:0.2",
}  # fmt: skip
SETS = 1000
# A quarter of it.
SMALL_GRID = GRID | {"atr-period": "14", "reversal-strength": "0.4:0.56:0.04"}
TASKS = 8
SESSIONS = 2500
RUNS = 10_000
# Of a column of results.csv, relative.
TOLERANCE = 1e-7


class ResearchBench:
    """What `Bench` does about research."""

    def research(self, data, symbol):
        self.sweep_from_cache(data, symbol)
        self.large_sweep(data)
        self.overfitting()
        self.monte_carlo()

    def grid(self, grid):
        return [part for name, values in grid.items() for part in ("--grid", f"{name}={values}")]

    def sweep_from_cache(self, data, symbol):
        """A thousand sets over two years of a symbol, from a warm cache to the files of results."""
        start = f"{int(data.end[:4]) - 1}-01-01"
        before = str(date.fromisoformat(start) - timedelta(days=365))
        bars = self.work_dir / f"{symbol}_3years.parquet"
        with fake_alpaca(data.directory, data.end) as settings:
            settings["DATA_CACHE_DIR"] = str(self.work_dir / "research-cache")
            self.launcher.run(
                [self.options.binary, "fetch", "--symbols", symbol, "--start", before, "--end", data.end], settings)
            self.launcher.run(
                [self.options.binary, "data", "export", "--symbol", symbol, "--format", "parquet", "--start", before,
                 "--end", data.end, "--output", bars], settings)
        folder, theirs = self.work_dir / "research-small", self.work_dir / "research-numpy"
        settings["RESEARCH_DIR"] = str(folder)
        sweep = [
            self.options.binary, "sweep", "--symbol", symbol, "--start", start, "--end", data.end, "--source", "alpaca",
            *self.grid(GRID),
        ]  # fmt: skip
        numpy = [self.options.python, HERE / "python" / "sweep.py", bars, theirs, symbol, start, data.end]

        def fresh():
            shutil.rmtree(folder, ignore_errors=True)
            return self.launcher.run(sweep, settings)

        tasks = {
            "ours": fresh, "numpy": lambda: self.launcher.run([*numpy, "each"]), "shared": lambda: self.launcher.run(numpy)
        }  # fmt: skip
        interleaved(1, tasks)
        runs = interleaved(self.options.runs, tasks)
        walls = {name: Sample.of([run.seconds * 1e3 for run in values]) for name, values in runs.items()}
        what = f"sweep of {SETS} sets over 2 years, whole process"
        for label, pick in ((what, "median"), (f"{what}, least of all runs", "minimum")):
            self.figures.append(
                compared(label, getattr(walls["ours"], pick), getattr(walls["numpy"], pick), "ms",
                         SWEEP_LIMIT if pick == "median" else None, "numpy + pyarrow, set by set"))
        self.figures.append(
            compared("the same", walls["ours"].median, walls["shared"].median, "ms", None,
                     "numpy + pyarrow, all sets at once"))
        self.figures.append(
            compared("the same", walls["ours"].median, VECTORBT_SECONDS * 1e3, "ms", None,
                     "vectorbt, as reported: not measured here"))
        ours, = folder.glob("sweep-*/results.csv")
        self.agreements.append(check_sweeps(ours, theirs / "results.csv"))

    def large_sweep(self, data):
        """A thousand sets over all years of eight symbols: seconds, memory, and the same by eight tasks."""
        bars = self.work_dir / "research-symbols"
        bars.mkdir(exist_ok=True)
        count = 0
        for symbol in SYMBOLS:
            part = self.generate(self.work_dir / f"columns-{symbol}", self.options.years, symbol)
            count += part.csv.read_bytes().count(b"\n") - 1
            shutil.copyfile(part.csv, bars / f"{symbol}_2Min.csv")
        places = {name: self.work_dir / f"research-{name}" for name in ("whole", "quarter", "tasks")}

        def sweep(place, grid, *more):
            return self.launcher.run(
                [self.options.binary, "sweep", "--symbol", ",".join(SYMBOLS), "--start", data.start, "--end", data.end,
                 "--source", "files", "--data-dir", bars, *self.grid(grid), *more],
                {"RESEARCH_DIR": str(places[place])})

        def fresh(place, grid):
            shutil.rmtree(places[place], ignore_errors=True)
            return sweep(place, grid)

        runs = interleaved(2, {"whole": lambda: fresh("whole", GRID), "quarter": lambda: fresh("quarter", SMALL_GRID)})
        whole, quarter = (min(runs[name], key=lambda run: run.seconds) for name in ("whole", "quarter"))
        what = f"sweep of {SETS} sets over {self.options.years} years of {len(SYMBOLS)} symbols"
        self.figures += [
            Figure(what, whole.seconds, None, "s", None, None),
            Figure("the same, bars x sets a second", count * SETS / whole.seconds / 1e9, None, "billion", None, None),
            Figure("the same, peak memory", whole.peak_megabytes, None, "MB", None, None),
            compared("the same, peak memory against a quarter of the sets", whole.peak_megabytes,
                     quarter.peak_megabytes, "MB", MEMORY_LIMIT, f"{SETS // 4} sets: not growing is 1"),
        ]
        shutil.rmtree(places["tasks"], ignore_errors=True)
        submitted = sweep("tasks", GRID, "--submit")
        manifest = submitted.output.splitlines()[0]
        task = [self.options.binary, "sweep", "--manifest", manifest, "--source", "files", "--data-dir", bars]
        done = [self.launcher.run([*task, "--task", f"{number}/{TASKS}"]) for number in range(TASKS)]
        name = Path(manifest).parent.name
        settings = {"RESEARCH_DIR": str(places["tasks"])}
        merged = self.launcher.run([self.options.binary, "research", "merge", name], settings)
        seconds = sum(run.cpu_seconds for run in [*done, merged])
        self.figures.append(
            compared(f"the same by {TASKS} tasks and a merge, processor time", seconds,
                     min(run.cpu_seconds for run in runs["whole"]), "s", TASKS_LIMIT, "one process"))
        for file in ("results.csv", "results.parquet"):
            if (places["tasks"] / name / file).read_bytes() != (places["whole"] / name / file).read_bytes():
                raise BenchmarkError(f"{TASKS} tasks and one process do not write the same {file}")
        self.agreements.append(f"{TASKS} tasks and one process write the same results")
        for place in places.values():
            shutil.rmtree(place, ignore_errors=True)

    def overfitting(self):
        """PBO of many sets over ten years' sessions, in memory."""
        matrix = self.work_dir / "matrix.bin"
        script = [self.options.python, HERE / "python" / "overfitting.py"]
        self.launcher.run([*script, "generate", matrix, SETS, SESSIONS])
        lines = interleaved(3, {
            "ours": lambda: self.launcher.json_line(
                [self.options.engine_benchmark, "overfitting", "--matrix", matrix, "--sets", SETS, "--sessions",
                 SESSIONS]),
            "numpy": lambda: self.launcher.json_line([*script, "measure", matrix, SETS, SESSIONS])})
        values = {line["value"] for runs in lines.values() for line in runs}
        if max(values) - min(values) > 1e-9:
            raise BenchmarkError(f"the probabilities of overfitting do not agree: {sorted(values)}")
        self.agreements.append(f"the probabilities of overfitting agree: {min(values):.6f}")
        self.add_medians(f"overfitting of {SETS} sets x {SESSIONS} sessions", lines, OVERFITTING_LIMIT)

    def monte_carlo(self):
        """Runs drawn by the stationary bootstrap, in memory."""
        series = self.work_dir / "sessions.bin"
        script = [self.options.python, HERE / "python" / "monte_carlo.py"]
        self.launcher.run([*script, "generate", series, SESSIONS])
        lines = interleaved(3, {
            "ours": lambda: self.launcher.json_line(
                [self.options.engine_benchmark, "monte-carlo", "--series", series, "--runs", RUNS]),
            "numpy": lambda: self.launcher.json_line([*script, "measure", series, RUNS])})
        ours, theirs = (lines[name][0]["values"] for name in ("ours", "numpy"))
        for one, other in zip(ours, theirs):
            # Percentiles of ten thousand draws: some hundredths of their spread.
            if any(abs(a - b) > max(1, 0.06 * (other[-1] - other[0])) for a, b in zip(one, other)):
                raise BenchmarkError(f"the Monte-Carlo simulations do not agree: {one} and {other}")
        self.agreements.append(f"the Monte-Carlo simulations agree: median drawdown {ours[1][2]:.0f} USD")
        self.add_medians(f"Monte-Carlo, {RUNS} runs of {SESSIONS} sessions", lines, MONTE_CARLO_LIMIT)

    def add_medians(self, what, lines, limit):
        for label, key, bound in ((what, "ms_median", limit), (f"{what}, least of all runs", "ms_min", None)):
            pick = min if bound is None else lambda values: Sample.of(values).median
            ours, theirs = (pick([line[key] for line in lines[name]]) for name in ("ours", "numpy"))
            self.figures.append(compared(label, ours, theirs, "ms", bound, "numpy"))


def check_sweeps(ours, baseline):
    """Compares two files of results column by column, and says in words what they agree on."""
    with open(ours, newline="", encoding="utf-8") as left, open(baseline, newline="", encoding="utf-8") as right:
        mine, theirs = list(csv.DictReader(left)), list(csv.DictReader(right))
    if len(mine) != SETS or len(theirs) != SETS:
        raise BenchmarkError(f"the sweeps have {len(mine)} and {len(theirs)} rows, not {SETS}")
    for one, other in zip(mine, theirs):
        for name, value in other.items():
            if not same(one[name], value):
                raise BenchmarkError(
                    f"the sweeps do not agree on {name} of set {one['set']}: {one[name]!r} in {ours}, "
                    f"{value!r} in {baseline}")
    trades = sum(int(row["trades"]) for row in mine)
    return f"the sweeps agree: {SETS} sets, {trades} trades, {len(theirs[0])} columns"


def same(left, right):
    if left == right:
        return True
    if not left or not right:
        return False
    try:
        one, other = float(left), float(right)
    except ValueError:
        return False
    return abs(one - other) <= TOLERANCE * max(1e-3, abs(other))
