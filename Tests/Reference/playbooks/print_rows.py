"""Prints a journal: python -m playbooks.print_rows FOLDER SYMBOL MARKET FILE FIRST LAST [NAME=VALUE]…"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from .journal import COLUMNS
from .run import read_history, run


def main(folder: str, symbol: str, market: str, file: str, first: str, last: str, *values: str) -> None:
    history = read_history(folder, symbol, market)
    params = dict(value.split("=", 1) for value in values)
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(run(Path(file).read_text(), history, symbol, first, last, params))


if __name__ == "__main__":
    main(*sys.argv[1:])
