"""Prints a file of features: python -m playbooks.print_features FOLDER SYMBOL FILE DATE…

A line is the bar's UTC seconds and the values, separated by blanks; `-` is an unknown one, conditions are 1 and 0.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from .features import features
from .run import read_history


def text_of(value: object) -> str:
    return "-" if value is None else repr(float(value))  # type: ignore[arg-type]


def main(folder: str, symbol: str, file: str, *days: str) -> None:
    history = read_history(folder, symbol)
    text = Path(file).read_text()
    for day in days:
        for bar in features(text, history, history.days.index(date.fromisoformat(day))):
            at = bar.pop("at")
            print(at * 60, *map(text_of, bar.values()))


if __name__ == "__main__":
    main(*sys.argv[1:])
