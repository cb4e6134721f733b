"""The engine alone, columns in memory: against one pass in C and against Python, and a sweep over parameters."""

from pathlib import Path

from agreement import check_engines
from harness import Sample, interleaved
from report import Figure, compared

HERE = Path(__file__).resolve().parent
SYMBOL = "QQQ"
SYMBOLS = ("QQQ", "SPY", "IWM", "DIA", "XLK", "XLF", "XLE", "XLV")

ENGINE_LIMIT = 1.0
RANGE_LIMIT = 1.5
# Nanoseconds for each of a thousand sets of parameters and each session, on one core.
SWEEP_LIMIT = 80.0
SWEEP_YEARS = 2
NOTHING_SHARED = "entries and stops of their own"


class EngineBench:
    """The engine's part of a benchmark run."""

    # Commands.

    def swift_engine(self, symbols, years, strategy="dp20"):
        return [
            self.options.engine_benchmark, "engine", "--symbol", ",".join(symbols), "--years", years, "--strategy",
            strategy]

    def c_engines(self, columns, repetitions, strategy="dp20"):
        """The C pass of each compiler over the dumps of one symbol or several."""
        paths = ",".join(map(str, columns))
        return {
            name: [binary, paths, repetitions, name, strategy] for name, binary in self.single_passes.items()}

    # The steps.

    def engines(self, data):
        """The engine alone, columns in memory."""
        python = self.options.python
        commands = {"swift": self.swift_engine([SYMBOL], self.options.years)}
        commands |= self.c_engines([data.columns], 200)
        commands["numba"] = [python, HERE / "python" / "engine_numba.py", data.columns]
        commands["numpy"] = [python, HERE / "python" / "engine_numpy.py", data.columns]
        self.launcher.run([*commands["numba"], 1])
        lines = interleaved(
            self.options.rounds,
            {name: lambda command=command: self.launcher.json_line(command) for name, command in commands.items()})
        self.agreements.append(check_engines([runs[0] for runs in lines.values()]))

        medians = {name: middle_of(runs) for name, runs in lines.items()}
        least = {name: min(line["ns_per_bar_min"] for line in runs) for name, runs in lines.items()}
        self.fastest_c = min(self.single_passes, key=medians.get)
        ours = medians["swift"]
        self.figures.append(
            compared("engine, a bar", ours, medians[self.fastest_c], "ns", ENGINE_LIMIT, self.fastest_c))
        fastest = min(self.single_passes, key=least.get)
        self.figures.append(
            compared("engine, a bar, least of all runs", least["swift"], least[fastest], "ns", None, fastest))
        for name in ("numba", "numpy"):
            self.figures.append(compared("engine, a bar", ours, medians[name], "ns", None, name))
        return {"median": medians, "minimum": least}

    def against_c(self, what, swift, c_engines, limit):
        """An engine against the C pass of the same rules over the same columns, the faster of the compilers."""
        commands = {"swift": swift} | c_engines
        lines = interleaved(
            self.options.rounds,
            {name: lambda command=command: self.launcher.json_line(command) for name, command in commands.items()})
        self.agreements.append(f"{what}: {check_engines([runs[0] for runs in lines.values()])}")
        medians = {name: middle_of(runs) for name, runs in lines.items()}
        least = {name: min(line["ns_per_bar_min"] for line in runs) for name, runs in lines.items()}
        for text, found, bound in ((what, medians, limit), (f"{what}, least of all runs", least, None)):
            fastest = min(c_engines, key=found.get)
            self.figures.append(compared(text, found["swift"], found[fastest], "ns", bound, fastest))
        return {"median": medians, "minimum": least}

    def more_engines(self, data):
        """Several symbols, the opening range, and a sweep over parameters."""
        columns = [
            self.generate(self.work_dir / f"columns-{symbol}", self.options.years, symbol).columns
            for symbol in SYMBOLS]
        return {
            "symbols": self.against_c(
                f"engine, a bar of {len(SYMBOLS)} symbols", self.swift_engine(SYMBOLS, self.options.years),
                self.c_engines(columns, 40), ENGINE_LIMIT),
            "opening-range": self.against_c(
                "opening-range, a bar", self.swift_engine([SYMBOL], self.options.years, "opening-range"),
                self.c_engines([data.columns], 100, "opening-range"), RANGE_LIMIT),
            "sweep": self.sweep(),
        }

    def sweep(self):
        """A thousand sets of dp20's parameters without rows, and whether memory is asked for session by session."""
        def command(years, *grid):
            return [self.options.engine_benchmark, "sweep", "--symbol", SYMBOL, "--years", years, *grid]

        grids = {
            "a grid with its stops": (), "other entries each": ("--grid", "entries"),
            NOTHING_SHARED: ("--grid", "own")}
        lines = interleaved(
            self.options.rounds,
            {name: lambda grid=grid: self.launcher.json_line(command(SWEEP_YEARS, *grid))
             for name, grid in grids.items()})
        of = "a set and session"
        found = {}
        for name, runs in lines.items():
            median = Sample.of([line["ns_per_session_median"] for line in runs]).median
            least = min(line["ns_per_session_min"] for line in runs)
            found[name] = {"median": median, "minimum": least}
            self.figures += [
                Figure(
                    f"sweep of {runs[0]['sets']} sets, {name}, {of}", median, None, "ns", None,
                    None if name == NOTHING_SHARED else SWEEP_LIMIT),
                Figure("the same, least of all runs", least, None, "ns", None, None)]
        # What is asked for once, or once for each set, is the same however many sessions there are. One more for each
        # session, whatever the set, would be 0.001.
        settings = {"LD_PRELOAD": str(self.counter)}
        short, long = (
            self.launcher.json_line(command(years), settings) for years in (SWEEP_YEARS, 2 * SWEEP_YEARS))
        grown = (long["mallocs"] - short["mallocs"]) / (long["sets"] * (long["sessions"] - short["sessions"]))
        self.figures.append(Figure(f"sweep, allocations {of}", round(grown, 4), None, "", None, 0.0))
        return found | {"mallocs": short["mallocs"], "mallocs_of_twice_the_years": long["mallocs"]}


def middle_of(lines):
    """The middle of what several runs of an engine called their median."""
    return Sample.of([line["ns_per_bar_median"] for line in lines]).median
