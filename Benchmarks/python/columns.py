"""Reads columns.bin, the bars of one symbol as columns; Benchmarks/README.md describes the format."""

from typing import NamedTuple

import numpy as np

SESSION = np.dtype(
    [("first", "<i8"), ("count", "<i8"), ("open_time", "<i8"), ("minutes", "<i8"), ("sma200", "<f8")]
)


class Columns(NamedTuple):
    """Bars, oldest first, and the table of the sessions they fall into."""

    time: np.ndarray
    open: np.ndarray
    high: np.ndarray
    low: np.ndarray
    close: np.ndarray
    sessions: np.ndarray


def read_columns(path):
    """Returns the columns of the dump at `path`; a file of another kind is a ValueError."""
    with open(path, "rb") as file:
        head = file.read(32)
        if head[:8] != b"DP20COLS" or int.from_bytes(head[8:12], "little") != 1:
            raise ValueError(f"{path}: not a dump of columns of version 1")
        bars = int.from_bytes(head[16:24], "little")
        sessions = int.from_bytes(head[24:32], "little")
        time = np.fromfile(file, "<i8", bars)
        prices = [np.fromfile(file, "<f8", bars) for _ in range(4)]
        table = np.fromfile(file, SESSION, sessions)
    if len(table) != sessions:
        raise ValueError(f"{path}: it ends before the columns its header promises")
    return Columns(time, *prices, table)
