"""Bars of a market that never closes, and runs on it."""

import functools
import math
import random
from datetime import datetime, timedelta, timezone

from support import Program, read_journal, write_bars

UTC = timezone.utc
SYMBOL = "BTC/USD@24x7"
TIMED = "--strategy", "timed-entry", "--param", "weekdays=mon+tue+wed+thu+fri+sat+sun"


@functools.cache
def bars(first: str, days: int, seed: int = 1, step: int = 2) -> list[tuple[datetime, str]]:
    """A random walk's bars of some minutes, with what comes after the timestamp of a line; not to be changed."""
    chance = random.Random(seed)
    start = datetime.fromisoformat(first).replace(tzinfo=UTC)
    price, lines = 60_000.0, []
    for number in range(days * 1440 // step):
        close = round(price * math.exp(chance.gauss(0, 0.0008)), 2)
        high, low = round(max(price, close) * 1.0003, 2), round(min(price, close) * 0.9997, 2)
        volume = round(chance.random() * 5, 4)
        lines.append((start + timedelta(minutes=number * step), f"{price},{high},{low},{close},{volume}"))
        price = close
    return lines


def write(folder, lines, name: str = "BTC_USD_2Min.csv", stamp: str = "%Y-%m-%dT%H:%M:%SZ", zone=UTC) -> None:
    folder.mkdir(exist_ok=True)
    write_bars(folder / name, [f"{at.astimezone(zone).strftime(stamp)},{rest}" for at, rest in lines])


def backtest(run: Program, *arguments, symbol: str = SYMBOL, journal: str = "j.csv", **options):
    run.succeed("backtest", "--symbol", symbol, "--data-dir", "d", "--output", journal, *arguments, **options)
    return read_journal(run.folder / journal)
