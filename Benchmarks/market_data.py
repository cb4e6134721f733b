"""The steps about market data: the cache, the size of its files, and filling it from a fake of Alpaca's service."""

import json
import subprocess
import sys
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from agreement import check_journals
from harness import BenchmarkError, Sample, interleaved
from report import Figure, compared

HERE = Path(__file__).resolve().parent
FAKE = HERE.parent / "Tests" / "FakeAlpaca" / "fake_alpaca.py"

CACHE_LIMIT = 0.25
NIGHTLY_LIMIT = 0.15
SIZE_LIMIT = 1.0
FETCH_LIMIT = 0.5
# Peak memory of fetching all years over that of fetching one: 1 when it does not grow.
FETCH_GROWTH_LIMIT = 1.15


@contextmanager
def fake_alpaca(data_dir, end, now=None):
    """A fake of Alpaca's service on the bars in `data_dir`, a week after `end`; yields settings that lead there."""
    now = now or f"{date.fromisoformat(end) + timedelta(days=7)}T23:00:00Z"
    keys = {"ALPACA_API_KEY": "benchmark", "ALPACA_SECRET_KEY": "benchmark"}
    command = [
        sys.executable, FAKE, "--data-dir", data_dir, "--now", now, "--rate-limit", "0",
        "--key", keys["ALPACA_API_KEY"], "--secret", keys["ALPACA_SECRET_KEY"],
    ]  # fmt: skip
    server = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().strip()
        if not url.startswith("http"):
            raise BenchmarkError(f"{FAKE} did not start")
        yield keys | {"ALPACA_DATA_URL": url, "ALPACA_TRADING_URL": url, "PLAYBOOK_NOW": now}
    finally:
        server.terminate()
        server.wait()


class MarketDataBench:
    """What `Bench` does about market data."""

    def market_data(self, data, symbol):
        """Fills a cache, then runs backtests from it with the service gone."""
        cache = self.work_dir / "cache"
        with fake_alpaca(data.directory, data.end) as settings:
            settings["DATA_CACHE_DIR"] = str(cache)
            self.fetches(data, symbol, settings)
        parquet = self.work_dir / f"{symbol}_2Min.parquet"
        sizes = self.sizes(data, symbol, settings, parquet)
        self.from_cache(data, symbol, settings, parquet)
        return sizes

    def fetches(self, data, symbol, settings):
        """Cold fetches of all years and of the last: processor time, and whether memory grows."""
        cache = Path(settings["DATA_CACHE_DIR"])
        last_year = f"{int(data.end[:4]) - 1}{data.end[4:8]}01"

        def fetch(start):
            subprocess.run(["rm", "-rf", str(cache)], check=True)
            return self.launcher.run(
                [self.options.binary, "fetch", "--symbols", symbol, "--start", start, "--end", data.end], settings)

        fetch(data.start)
        short = [fetch(last_year) for _ in range(3)]
        runs = [fetch(data.start) for _ in range(3)]
        cpu = Sample.of([run.cpu_seconds for run in runs])
        self.figures.append(
            Figure("cold fetch of all years, processor time", cpu.median, None, "s", None, FETCH_LIMIT, ""))
        growth = max(run.peak_megabytes for run in runs) / max(run.peak_megabytes for run in short)
        peak = max(run.peak_megabytes for run in runs)
        self.figures.append(Figure("cold fetch, peak memory", peak, None, "MB", None, None, ""))
        self.figures.append(
            Figure("cold fetch, peak memory, all years against one", growth, None, "times", None, FETCH_GROWTH_LIMIT,
                   "not growing is 1"))

    def sizes(self, data, symbol, settings, parquet):
        """Bytes of the cache's files and of one exported file, against pyarrow's files of the same tables."""
        ours = self.work_dir / "ours.parquet"
        self.launcher.run(
            [self.options.binary, "data", "export", "--symbol", symbol, "--format", "parquet", "--start", data.start,
             "--end", data.end, "--output", ours], settings)
        # Whichever feed the fake was asked for.
        folder, = Path(settings["DATA_CACHE_DIR"]).glob(f"v1/*/{symbol}/2Min")
        sizes = self.launcher.json_line([self.options.python, HERE / "python" / "sizes.py", folder, ours, parquet])
        for what in ("months", "export"):
            self.figures.append(
                compared(f"Parquet, {what}", sizes[what] / 1e6, sizes[f"{what}_pyarrow"] / 1e6, "MB", SIZE_LIMIT,
                         "pyarrow, zstd"))
        self.figures.append(
            compared("CSV against the exported Parquet", data.csv.stat().st_size / 1e6, sizes["export"] / 1e6, "MB",
                     None, "the exported Parquet"))
        return sizes

    def from_cache(self, data, symbol, settings, parquet):
        """Whole processes, files to journal: all years, and two months."""
        ours = self.work_dir / "journal-cache.csv"
        theirs = self.work_dir / "journal-parquet.csv"
        whole_process = HERE / "python" / "whole_process.py"
        two_months = str(date.fromisoformat(data.end) - timedelta(days=61))
        short = self.work_dir / "two-months.parquet"
        self.launcher.run([self.options.python, HERE / "python" / "cut.py", parquet, short, two_months])
        for what, start, file, limit in (
            ("whole process from the cache", data.start, parquet, CACHE_LIMIT),
            ("the same over two months", two_months, short, NIGHTLY_LIMIT),
        ):
            backtest = [
                self.options.binary, "backtest", "--symbol", symbol, "--start", start, "--end", data.end,
                "--source", "alpaca", "--output", ours, "--format", "json",
            ]  # fmt: skip
            numpy = [self.options.python, whole_process, file, theirs, symbol, start, data.end]
            tasks = {
                "ours": lambda command=backtest: self.fresh(command, ours, settings),
                "numpy": lambda command=numpy: self.fresh(command, theirs),
            }
            first = interleaved(1, tasks)
            requests = json.loads(first["ours"][0].output)["traffic"]["requests"]
            if requests:
                raise BenchmarkError(f"a backtest from a warm cache made {requests} requests")
            runs = interleaved(self.options.runs, tasks)
            walls = {name: Sample.of([run.seconds * 1e3 for run in values]) for name, values in runs.items()}
            for label, pick in ((what, "median"), (f"{what}, least of all runs", "minimum")):
                self.figures.append(
                    compared(label, getattr(walls["ours"], pick), getattr(walls["numpy"], pick), "ms",
                             limit if pick == "median" else None, "numpy + pyarrow, Parquet"))
            if start == data.start:
                self.agreements.append(check_journals(ours, theirs))
