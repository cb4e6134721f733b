"""Plots the run of a journal with backtesting.py, as the baseline of reports: its trades over its bars.

    python plot_run.py BARS.csv JOURNAL.csv OUTPUT.html ROUNDS

Prints a line of JSON: the seconds of each `plot()`, which is all that is timed, with all bars in it and with the fewer
candles that it draws unless told otherwise, the size of the page with all bars, and how many trades it shows.
"""

import csv
import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

warnings.simplefilter("ignore")
from backtesting import Backtest, Strategy  # noqa: E402

bars_path, journal_path, output, rounds = *sys.argv[1:4], int(sys.argv[4])
bars = pd.read_csv(bars_path, parse_dates=["timestamp"], index_col="timestamp")
bars = bars.rename(columns=str.title)[["Open", "High", "Low", "Close", "Volume"]]
bars.index = bars.index.tz_convert("UTC").tz_localize(None)
with open(journal_path, newline="", encoding="utf-8") as file:
    rows = [row for row in csv.DictReader(file) if row["entered"] == "true"]
places = bars.index.values


def place(instant):
    """The bar that opened at an instant of the journal."""
    return int(np.searchsorted(places, np.datetime64(pd.Timestamp(instant).tz_convert("UTC").tz_localize(None))))


orders = {}
for row in rows:
    start, end = place(row["entry_at"]), place(row["exit_at"])
    # Decided at a close, filled at the next open.
    orders[start - 1] = "buy"
    orders[max(start, end)] = "close"


class Replay(Strategy):
    """Takes the journal's trades."""

    def init(self):
        close = pd.Series(self.data.Close)
        self.I(lambda: close.ewm(span=20, adjust=False).mean().values, name="average")
        self.I(lambda: close.rolling(5 * 195, min_periods=1).mean().values, name="trend")

    def next(self):
        what = orders.get(len(self.data) - 1)
        if what == "buy" and not self.position:
            self.buy(size=1)
        elif what == "close" and self.position:
            self.position.close()


backtest = Backtest(bars, Replay, cash=1_000_000, finalize_trades=True)
stats = backtest.run()
seconds = {"all bars": [], "fewer candles": []}
for _ in range(rounds):
    for name, resample in (("all bars", False), ("fewer candles", True)):
        begin = time.perf_counter()
        backtest.plot(filename=f"{output}.{name[:3]}", open_browser=False, resample=resample)
        seconds[name].append(time.perf_counter() - begin)
size = max(path.stat().st_size for path in Path(output).parent.glob(Path(output).name + ".all*"))
print(json.dumps({"seconds": seconds, "bytes": size, "trades": int(stats["# Trades"])}))
