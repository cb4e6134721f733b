"""The steps about files as people keep them: Parquet of pandas and of pyarrow, and CSV files in odd spellings."""

from pathlib import Path

from agreement import check_journals
from harness import BenchmarkError, Sample, interleaved
from report import compared

HERE = Path(__file__).resolve().parent

PARQUET_LIMIT = 0.25
ODD_LIMIT = 1.0


class UserFilesBench:
    """What `Bench` does about people's own files."""

    def user_files(self, data, symbol):
        folder = self.work_dir / "user-files"
        self.launcher.run([self.options.python, HERE / "python" / "user_files.py", data.csv, folder])
        for kind, words in (("pandas", "pandas' to_parquet, snappy"), ("zstd", "pyarrow, zstd")):
            self.users_parquet(data, symbol, folder / kind, words)
        for kind, words, settings in (
            ("us-dates", "US dates", {"DATA_TIMEZONE": "America/New_York", "DATA_DATE_ORDER": "mdy"}),
            ("symbol", "a column of symbols", {}),
        ):
            self.odd_file(data, symbol, folder / kind, words, settings)

    def users_parquet(self, data, symbol, folder, words):
        """Whole processes, a user's Parquet to the journal."""
        ours, theirs = self.work_dir / "journal-user.csv", self.work_dir / "journal-user-numpy.csv"
        backtest = self.backtest(folder, [symbol], data, ours)
        numpy = [
            self.options.python, HERE / "python" / "whole_process.py", folder / f"{data.csv.stem}.parquet", theirs,
            symbol, data.start, data.end,
        ]  # fmt: skip
        tasks = {"ours": lambda: self.fresh(backtest, ours), "numpy": lambda: self.fresh(numpy, theirs)}
        interleaved(1, tasks)
        runs = interleaved(self.options.runs, tasks)
        walls = {name: Sample.of([run.seconds * 1e3 for run in values]) for name, values in runs.items()}
        what = f"whole process, a user's Parquet ({words})"
        for label, pick in ((what, "median"), (f"{what}, least of all runs", "minimum")):
            self.figures.append(
                compared(label, getattr(walls["ours"], pick), getattr(walls["numpy"], pick), "ms",
                         PARQUET_LIMIT if pick == "median" else None, "numpy + pyarrow, the same file"))
        self.agreements.append(check_journals(ours, theirs))

    def odd_file(self, data, symbol, folder, words, settings):
        """The whole process over a file in an odd spelling, against pandas reading that file and nothing more."""
        ours = self.work_dir / "journal-odd.csv"
        backtest = self.backtest(folder, [symbol], data, ours)
        read = [self.options.python, HERE / "python" / "read_odd.py", folder / data.csv.name]
        tasks = {
            "ours": lambda: self.fresh(backtest, ours, settings).seconds * 1e3,
            "pandas": lambda: self.launcher.json_line(read)["milliseconds"],
        }
        interleaved(1, tasks)
        runs = interleaved(self.options.runs, tasks)
        walls = {name: Sample.of(values) for name, values in runs.items()}
        self.figures.append(
            compared(f"whole process, a CSV with {words}", walls["ours"].median, walls["pandas"].median, "ms",
                     ODD_LIMIT, "pandas reading the file, in memory"))
        if ours.read_bytes().count(b"\n") < 2:
            raise BenchmarkError(f"{ours} has no rows")
