"""What a benchmark run found: a table to read and a JSON document to keep."""

import json
import os
import platform
from typing import NamedTuple, Optional


class Figure(NamedTuple):
    """One comparison. The limit is for the ratio or, where there is none, for our own figure; no limit: to know."""

    what: str
    ours: float
    baseline: Optional[float]
    unit: str
    ratio: Optional[float]
    limit: Optional[float]
    against: str = ""

    @property
    def verdict(self):
        if self.limit is None:
            return ""
        return "over the limit" if self.compared > self.limit else "ok"

    @property
    def compared(self):
        return self.ours if self.ratio is None else self.ratio


def compared(what, ours, baseline, unit, limit, against):
    """A figure whose limit holds for the ratio of ours to the baseline."""
    return Figure(what, ours, baseline, unit, ours / baseline, limit, against)


def print_rows(header, rows):
    """Prints rows of text in columns; the first and the last are set left, the others right."""
    widths = [max(len(row[n]) for row in [header, *rows]) for n in range(len(header))]
    for row in [header, ["-" * width for width in widths], *rows]:
        first, *middle, last = (cell.rjust(width) for cell, width in zip(row, widths))
        cells = [first.strip().ljust(widths[0]), *middle, last.strip()]
        print("  ".join(cells).rstrip())


def decimal(value):
    return "" if value is None else f"{value:.2f}" if value < 100 else f"{value:.0f}"


def print_figures(figures):
    rows = []
    for figure in figures:
        rows.append([
            figure.what, decimal(figure.ours), decimal(figure.baseline), figure.unit, decimal(figure.ratio),
            decimal(figure.limit), figure.verdict, figure.against,
        ])
    print_rows(["what", "ours", "baseline", "unit", "ratio", "limit", "verdict", "the baseline is"], rows)


def machine():
    """What the absolute numbers depend on."""
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), model)
    except OSError:
        pass
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "load_average": round(os.getloadavg()[0], 2),
    }


def write_json(path, document):
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
