"""The steps about sources without an account: eight years of a pair's minutes, out of published files."""

import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

from harness import Sample, interleaved
from report import compared

HERE = Path(__file__).resolve().parent
FAKES = HERE.parent / "Tests"
sys.path[:0] = [str(FAKES / "FakeServer"), str(FAKES / "FakeMarkets")]

DUMPS_LIMIT = 0.5
SYMBOL = "BTCUSDT"
FIRST, LAST = (2017, 9), (2025, 8)
NOW = "2025-09-20T00:00:30Z"


def months():
    """The months of eight years."""
    number = FIRST[0] * 12 + FIRST[1] - 1
    while number <= LAST[0] * 12 + LAST[1] - 1:
        yield number // 12, number % 12 + 1
        number += 1


@contextmanager
def fake_binance(folder):
    """A fake of Binance's services that hands out the files in `folder`, which it makes at first; yields settings."""
    from fake_binance import FakeBinance

    folder.mkdir(parents=True, exist_ok=True)
    with FakeBinance(now=NOW, listed={SYMBOL: f"{FIRST[0]}-{FIRST[1]:02d}-01T00:00:00Z"}) as service:
        make = service.archive

        def kept(symbol, year, month):
            path = folder / f"{symbol}-1m-{year}-{month:02d}.zip"
            if not path.exists():
                path.write_bytes(make(symbol, year, month))
            return path.read_bytes()

        service.archive = kept
        for year, month in months():
            kept(SYMBOL, year, month)
        yield {"BINANCE_DATA_URL": service.url, "BINANCE_DUMP_URL": service.url, "PLAYBOOK_NOW": NOW}


class KeylessBench:
    """What `Bench` does about sources without an account."""

    def dumps(self):
        """All months' files into the cache, against pandas reading the same files."""
        folder = self.work_dir / "dumps"
        with fake_binance(folder) as settings:
            settings |= {"DATA_CACHE_DIR": str(self.work_dir / "dump-cache"), "STRATEGY": "timed-entry"}
            start, end = f"{FIRST[0]}-{FIRST[1] + 1:02d}-01", f"{LAST[0]}-{LAST[1]:02d}-31"
            command = [
                self.options.binary, "fetch", "--source", "binance", "--symbol", SYMBOL, "--start", start, "--end", end,
            ]  # fmt: skip

            def ours():
                shutil.rmtree(settings["DATA_CACHE_DIR"], ignore_errors=True)
                return self.launcher.run(command, settings)

            pandas = [self.options.python, HERE / "python" / "read_dumps.py", folder]
            runs = interleaved(
                3, {"ours": ours, "pandas": lambda: self.launcher.json_line(pandas)}
            )
        seconds = Sample.of([run.seconds for run in runs["ours"]])
        theirs = Sample.of([run["seconds"] for run in runs["pandas"]])
        self.figures.append(
            compared("Binance's files of 8 years into the cache", seconds.median, theirs.median, "s", DUMPS_LIMIT,
                     "pandas reading the same zips, its start not counted"))

