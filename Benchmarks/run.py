"""Measures the program against its baselines, all in one run on one machine, and says which limits hold.

    python run.py --binary PATH --engine-benchmark PATH --python PATH --work-dir DIR
    python run.py --only service|journal|keyless|pages|postgres|research --binary PATH --python PATH --work-dir DIR

README.md beside this file says what each figure means. The exit code is 1 when a limit is missed, when engines
disagree, or when a program cannot be run.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from agreement import check_engines, check_journals
from engines import SYMBOL, SYMBOLS, EngineBench, middle_of
from harness import BenchmarkError, Launcher, Sample, interleaved
from journal_size import JournalBench
from keyless import KeylessBench
from market_data import MarketDataBench
from pages import PageBench
from playbooks import PlaybookBench
from postgres import PostgresBench
from report import Figure, compared, decimal, machine, print_figures, print_rows, write_json
from research import ResearchBench
from service import ServiceBench
from user_files import UserFilesBench

HERE = Path(__file__).resolve().parent
SIZES = (1, 2, 4, 8)
C_FLAGS = ("-std=c11", "-O3", "-march=native", "-ffp-contract=fast")
COUNTER_FLAGS = ("-std=c11", "-O2", "-shared", "-fPIC")
HELLO_FLAGS = ("-O", "-static-stdlib")

WHOLE_LIMIT = 0.38
START_LIMIT = 3.0
MEMORY_LIMIT = 90.0
# The cost of a bar at the largest size over that at the smallest: 1 when it grows linearly, 8 when it is squared. The
# room above 1 is for columns that no longer fit the processor's caches, which the C pass feels as well.
ENGINE_GROWTH_LIMIT = 1.5
WHOLE_GROWTH_LIMIT = 1.25


class Dataset(NamedTuple):
    """The bars of one symbol, as a CSV and as a dump of columns."""

    directory: Path
    start: str
    end: str

    @property
    def csv(self):
        return self.directory / f"{SYMBOL}_2Min.csv"

    @property
    def columns(self):
        return self.directory / "columns.bin"


class Bench(
    EngineBench, JournalBench, KeylessBench, MarketDataBench, PageBench, PlaybookBench, PostgresBench, ResearchBench,
    ServiceBench, UserFilesBench,
):
    """The programs that are compared, and the steps of comparing them."""

    def __init__(self, options):
        self.options = options
        self.work_dir = options.work_dir
        self.launcher = Launcher(self.work_dir)
        self.figures = []
        self.agreements = []
        self.scaling = []

    # Building and generating.

    def build(self):
        """Builds the C single pass with every compiler there is, and the hello-world."""
        self.single_passes = {}
        for compiler in self.options.cc or ("gcc", "clang"):
            path = shutil.which(compiler)
            if path is None:
                continue
            compiled_by = path
            name = f"c ({Path(compiler).name})"
            binary = self.work_dir / f"single-pass-{Path(compiler).name}"
            sources = [HERE / "c" / f"{part}.c" for part in ("main", "single_pass", "opening_range")]
            compile_program([path, *C_FLAGS, *sources, "-o", binary, "-lm"])
            self.single_passes[name] = binary
        if not self.single_passes:
            raise BenchmarkError("no C compiler found: install gcc or clang, or name one with --cc")
        self.counter = self.work_dir / "count-mallocs.so"
        compile_program([compiled_by, *COUNTER_FLAGS, HERE / "c" / "count_mallocs.c", "-o", self.counter])
        self.hello = self.work_dir / "hello"
        compile_program([self.options.swiftc, *HELLO_FLAGS, HERE / "hello" / "hello.swift", "-o", self.hello])

    def generate(self, directory, years, symbol=SYMBOL):
        """Has the project write sample data of `years` years into `directory`."""
        directory.mkdir(parents=True, exist_ok=True)
        csv = directory / f"{SYMBOL}_2Min.csv"
        columns = directory / "columns.bin"
        self.launcher.run([
            self.options.engine_benchmark, "generate", "--symbol", symbol, "--years", years, "--csv", csv,
            "--columns", columns])
        return Dataset(directory, *first_and_last_day(csv))

    # Commands.

    def backtest(self, directory, symbols, data, output):
        return [
            self.options.binary, "backtest", "--symbol", ",".join(symbols), "--start", data.start, "--end", data.end,
            "--source", "files", "--data-dir", directory, "--output", output]

    def fresh(self, command, output, settings=None):
        """Runs `command`, which is to write `output` anew."""
        output.unlink(missing_ok=True)
        run = self.launcher.run(command, settings)
        if not output.exists():
            raise BenchmarkError(f"`{' '.join(map(str, command))}` wrote no {output}")
        return run

    # The steps.

    def whole_processes(self, data):
        """From start to exit: a CSV read, a journal written."""
        ours = self.work_dir / "journal.csv"
        theirs = self.work_dir / "journal-numpy.csv"
        backtest = self.backtest(data.directory, [SYMBOL], data, ours)
        numpy = [
            self.options.python, HERE / "python" / "whole_process.py", data.csv, theirs, SYMBOL, data.start, data.end]
        tasks = {"ours": lambda: self.fresh(backtest, ours), "numpy": lambda: self.fresh(numpy, theirs)}
        interleaved(1, tasks)
        runs = interleaved(self.options.runs, tasks)
        peak = max(run.peak_megabytes for run in runs["ours"])
        numpy_peak = max(run.peak_megabytes for run in runs["numpy"])
        walls = {name: Sample.of([run.seconds * 1e3 for run in values]) for name, values in runs.items()}
        self.figures.append(
            compared("whole process", walls["ours"].median, walls["numpy"].median, "ms", WHOLE_LIMIT,
                     "numpy + pyarrow"))
        self.figures.append(
            compared("whole process, least of all runs", walls["ours"].minimum, walls["numpy"].minimum, "ms", None,
                     "numpy + pyarrow"))
        self.figures.append(
            Figure("peak memory of the whole process", peak, numpy_peak, "MB", None, MEMORY_LIMIT, "numpy + pyarrow"))
        self.agreements.append(check_journals(ours, theirs))

    def starts(self):
        """What it costs to start and say the version."""
        tasks = {
            "ours": lambda: self.launcher.run([self.options.binary, "--version"]),
            "hello": lambda: self.launcher.run([self.hello]),
        }
        interleaved(3, tasks)
        runs = interleaved(self.options.starts, tasks)
        walls = {name: Sample.of([run.seconds * 1e3 for run in values]) for name, values in runs.items()}
        self.figures.append(
            compared("start-up, --version", walls["ours"].median, walls["hello"].median, "ms", START_LIMIT,
                     "static Swift hello-world"))

    def scale(self, data):
        """Years and symbols, doubled three times."""
        output = self.work_dir / "journal-scaling.csv"
        copies = self.work_dir / "symbols"
        copies.mkdir(exist_ok=True)
        for symbol in SYMBOLS:
            shutil.copyfile(data.csv, copies / f"{symbol}_2Min.csv")
        points = []
        for years in SIZES:
            part = self.generate(self.work_dir / f"years-{years}", years)
            points.append((
                "years", years, self.swift_engine([SYMBOL], years),
                [self.single_passes[self.fastest_c], part.columns, 2000 // years],
                self.backtest(part.directory, [SYMBOL], part, output)))
        for count in SIZES:
            symbols = SYMBOLS[:count]
            points.append((
                "symbols", count, self.swift_engine(symbols, self.options.years), None,
                self.backtest(copies, symbols, data, output)))
        tasks = {}
        for of, size, engine, c, whole in points:
            tasks[of, size, "swift"] = lambda command=engine: self.launcher.json_line(command)
            if c is not None:
                tasks[of, size, "c"] = lambda command=c: self.launcher.json_line(command)
            tasks[of, size, "whole"] = lambda command=whole: self.fresh(command, output)
        results = interleaved(self.options.scaling_rounds, tasks)
        for of, size, _, c, _ in points:
            swift = results[of, size, "swift"]
            whole = results[of, size, "whole"]
            point = {
                "of": of, "size": size, "bars": swift[0]["bars"],
                "engine_ns_per_bar": middle_of(swift),
                "whole_ms": Sample.of([run.seconds * 1e3 for run in whole]).median,
                "whole_peak_mb": max(run.peak_megabytes for run in whole),
            }
            if c is not None:
                lines = results[of, size, "c"]
                self.agreements.append(f"{count_of(size, of)}: {check_engines([swift[0], lines[0]])}")
                point["c_ns_per_bar"] = middle_of(lines)
            self.scaling.append(point)
        for of in ("years", "symbols"):
            self.add_growth(of)

    def add_growth(self, of):
        """The cost of a bar, or of a year or symbol of them, at the largest size over that at the smallest."""
        small, *_, large = (point for point in self.scaling if point["of"] == of)
        many = f"{large['size']} {of} against 1"
        growth = large["engine_ns_per_bar"] / small["engine_ns_per_bar"]
        c_growth = large["c_ns_per_bar"] / small["c_ns_per_bar"] if "c_ns_per_bar" in large else None
        self.figures.append(
            Figure(f"engine, a bar, {many}", growth, c_growth, "times", None, ENGINE_GROWTH_LIMIT,
                   self.fastest_c if c_growth else "linear is 1"))
        growth = large["whole_ms"] / large["size"] / (small["whole_ms"] / small["size"])
        self.figures.append(
            Figure(f"whole process, a {of[:-1]}, {many}", growth, None, "times", None, WHOLE_GROWTH_LIMIT,
                   "linear is at most 1"))

    def run_all(self, found):
        """Everything but the service."""
        say("Building the baselines and the data ...")
        self.build()
        data = self.generate(self.work_dir / "data", self.options.years)
        say("Engines ...")
        found["engines_ns_per_bar"] = self.engines(data)
        found["more_engines"] = self.more_engines(data)
        say("Playbook files ...")
        found["playbook_files"] = self.playbook_files()
        say("Whole processes ...")
        self.whole_processes(data)
        say("Market data ...")
        found["parquet_bytes"] = self.market_data(data, SYMBOL)
        say("Files as people keep them ...")
        self.user_files(data, SYMBOL)
        say("Start-up ...")
        self.starts()
        if not self.options.no_scaling:
            say("Scaling ...")
            self.scale(data)

    def run(self):
        """Measures, prints and writes everything; returns what is over its limit."""
        found = {"machine": machine()}
        say(f"{found['machine']['processor']}, {os.cpu_count()} cores, load {found['machine']['load_average']}")
        if found["machine"]["load_average"] > os.cpu_count() / 2:
            say("The machine is busy: the ratios are rough.")
        if self.options.only is None:
            self.run_all(found)
        if self.options.only in (None, "journal"):
            say("A large journal ...")
            self.large_journal()
        if self.options.only in (None, "keyless"):
            say("Files of a source without an account ...")
            self.dumps()
        if self.options.only in (None, "postgres"):
            say("PostgreSQL ...")
            self.postgres()
        if self.options.only in (None, "research"):
            say("Research ...")
            self.research(self.generate(self.work_dir / "data", self.options.years), SYMBOL)
        if self.options.only in (None, "service"):
            say("Service ...")
            self.service(SYMBOL)
        if self.options.only in (None, "pages"):
            say("Pages ...")
            self.pages()

        print()
        print_figures(self.figures)
        if self.scaling:
            print()
            print_scaling(self.scaling)
        print()
        for agreement in self.agreements:
            print(agreement)
        missed = [figure.what for figure in self.figures if figure.verdict == "over the limit"]
        print(f"over the limit: {'; '.join(missed)}" if missed else "every limit holds")
        found["figures"] = [figure._asdict() | {"verdict": figure.verdict} for figure in self.figures]
        found |= {"scaling": self.scaling, "agreements": self.agreements, "over_the_limit": missed}
        write_json(self.work_dir / "results.json", found)
        print(f"written to {self.work_dir / 'results.json'}")
        return missed


def print_scaling(points):
    header = ["size", "bars", "engine ns/bar", "C ns/bar", "whole process ms", "peak MB"]
    rows = [
        [
            count_of(point["size"], point["of"]), str(point["bars"]), decimal(point["engine_ns_per_bar"]),
            decimal(point.get("c_ns_per_bar")), decimal(point["whole_ms"]), decimal(point["whole_peak_mb"]),
        ] for point in points
    ]
    print_rows(header, rows)


def say(text):
    print(text, flush=True)


def count_of(size, things):
    """`1 year`, `2 years`."""
    return f"{size} {things if size > 1 else things[:-1]}"


def compile_program(command):
    try:
        result = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    except OSError as error:
        raise BenchmarkError(f"{command[0]} could not be started: {error.strerror}") from error
    if result.returncode != 0:
        raise BenchmarkError(f"`{' '.join(map(str, command))}` failed: {result.stderr.strip()[-2000:]}")


def first_and_last_day(csv):
    """The dates of the first and the last bar of a CSV, without reading what is between them."""
    with open(csv, "rb") as file:
        head = file.read(4096).splitlines()
        file.seek(-min(4096, csv.stat().st_size), os.SEEK_END)
        tail = file.read().splitlines()
    if len(head) < 2 or not head[0].startswith(b"timestamp,open,high,low,close"):
        raise BenchmarkError(f"{csv} is not a CSV of bars: its first line is {head[0] if head else b''!r}")
    return head[1][:10].decode(), tail[-1][:10].decode()


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    programs = parser.add_argument_group("what is measured")
    programs.add_argument("--binary", required=True, help="the trading-playbook binary, built for release")
    programs.add_argument("--engine-benchmark", help="the engine-benchmark binary, built for release")
    programs.add_argument("--python", required=True, help="a Python with the packages of requirements.txt")
    programs.add_argument("--work-dir", required=True, type=Path, help="where data and results go")
    programs.add_argument("--cc", action="append", help="a C compiler; may be repeated (default: gcc and clang)")
    programs.add_argument("--swiftc", default="swiftc", help="the Swift compiler")
    effort = parser.add_argument_group("how much")
    effort.add_argument("--years", type=int, default=10, help="years of data (default: %(default)s)")
    effort.add_argument("--rounds", type=int, default=7, help="rounds of the engines (default: %(default)s)")
    effort.add_argument("--runs", type=int, default=11, help="runs of the whole processes (default: %(default)s)")
    effort.add_argument("--starts", type=int, default=50, help="runs of --version (default: %(default)s)")
    effort.add_argument(
        "--service-starts", type=int, default=25, help="starts of the service (default: %(default)s)")
    effort.add_argument("--scaling-rounds", type=int, default=3, help="rounds of each size (default: %(default)s)")
    effort.add_argument("--no-scaling", action="store_true", help="leave out the sizes")
    effort.add_argument(
        "--only", choices=["service", "journal", "keyless", "pages", "postgres", "research"],
        help="measure this alone; only research needs the engine-benchmark",
    )
    options = parser.parse_args(arguments)
    if options.engine_benchmark is None and options.only in (None, "research"):
        parser.error("--engine-benchmark is required")
    # A relative path would not survive the change of directory; a Python's links are left alone, or it forgets its
    # packages.
    for name in ("binary", "engine_benchmark", "python", "work_dir"):
        if getattr(options, name) is not None:
            setattr(options, name, Path(os.path.abspath(getattr(options, name))))
    return options


def main(arguments):
    options = parse(arguments)
    options.work_dir.mkdir(parents=True, exist_ok=True)
    try:
        missed = Bench(options).run()
    except BenchmarkError as error:
        print(f"benchmark: {error}", file=sys.stderr)
        return 1
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
