"""The table of what was done, and what was found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from run import IntegrityRun


def table(whole: IntegrityRun) -> str:
    """A column for each writer, and the sums."""
    writers = whole.writers
    counts = [whole.runner.counts[writer] for writer in writers]
    rows: list[tuple[str, list[int]]] = [
        ("processes started", [one.started for one in counts]),
        ("kill -9 before writing", [one.kills_before for one in counts]),
        ("kill -9 while writing", [one.kills_writing for one in counts]),
        ("kill -9 in all", [one.kills for one in counts]),
    ]
    exits = sorted({code for one in counts for code in one.exits})
    rows += [(f"exit {code}", [one.exits[code] for one in counts]) for code in exits]
    for name in sorted({name for one in counts for name in one.reasons}):
        rows.append((f"  {name}", [one.reasons[name] for one in counts]))
    rows.append(("whole reads meanwhile", [reader.reads for reader in whole.readers]))
    rows.append(("faults", [sum(place.faults.values()) for place in whole.places]))
    faults: list[Counter] = [place.faults for place in whole.places]
    for name in sorted({name for one in faults for name in one}):
        rows.append((f"  {name}", [one[name] for one in faults]))
    for name in ("expected", "found", "doubled", "missing", "differing", "strange"):
        values = []
        for writer in writers:
            findings = whole.findings.get(writer)
            value = getattr(findings, name) if findings else -1
            values.append(value if isinstance(value, int) else len(value))
        rows.append((f"rows {name}", values))
    width = max(len(name) for name, _ in rows)
    lines = [f"{'':{width}}" + "".join(f"{writer:>10}" for writer in (*writers, "all"))]
    for name, values in rows:
        shown = [*values, sum(values)]
        cells = ("-" if value < 0 else str(value) for value in shown)
        lines.append(f"{name:{width}}" + "".join(f"{cell:>10}" for cell in cells))
    lines.append(f"seed {whole.seed}, {whole.seconds:.0f} s")
    return "\n".join(lines)
