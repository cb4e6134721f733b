#!/usr/bin/env python3
"""The simulation: sixty sessions of a scheduler, a service that dies and services that fail; in the end every row is
there exactly once, as it is to be, and every run has told of itself. See README.md.

    python run.py --binary PATH [--sessions 60] [--seed N] [--seconds LIMIT]
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from simulation import WRITERS, Simulation


def table(whole: Simulation) -> str:
    """What happened, and what was found."""
    rows = [(name, count) for name, count in sorted(whole.counts.items()) if not name.startswith("days: ")]
    kinds = [(name, count) for name, count in sorted(whole.counts.items()) if name.startswith("days: ")]
    for name in WRITERS:
        if found := whole.findings.get(name):
            wrong = len(found.doubled) + len(found.missing) + len(found.differing) + len(found.strange)
            rows += [(f"rows of {name}", found.found), (f"rows of {name} that are wrong", wrong)]
    lines = [f"{name:40}{count:8}" for name, count in (*kinds, *rows)]
    slowest = f"slowest end after SIGTERM {whole.machine.slowest_stop:.2f} s"
    return "\n".join([*lines, f"{whole.days[0].date} to {whole.days[-1].date}, seed {whole.seed}, {slowest}, "
                      f"{whole.seconds:.0f} s"])  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0], allow_abbrev=False)
    parser.add_argument("--binary", type=Path, required=True, help="the program")
    parser.add_argument("--sessions", type=int, default=60, help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of days, deliveries, faults and kills")
    parser.add_argument("--seconds", type=float, default=1800, help="longer is a failure (default: %(default)s)")
    parser.add_argument("--work-dir", type=Path, help="an empty folder for everything; default: a temporary one")
    parser.add_argument("--keep", action="store_true", help="keep the folder also when nothing was violated")
    asked = parser.parse_args()
    if asked.sessions < 2:
        parser.error("there must be two sessions at least")
    if asked.work_dir:
        asked.work_dir.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="simulation-", dir=asked.work_dir)).resolve()
    whole = Simulation(asked.binary.resolve(), folder, asked.sessions, asked.seed)
    is_good = whole.run(asked.seconds)
    print(table(whole))
    if is_good and (lacking := whole.lacking):
        print("\nNOTHING SHOWN: what was to happen did not: " + "; ".join(lacking))
        is_good = False
    elif is_good:
        print("\nEvery row is there exactly once, as it is to be, and every run has told of itself.")
    else:
        print(f"\nVIOLATED, see {folder}:")
        for told in whole.violations[:20]:
            print(f"- {told}")
    if is_good and not asked.keep:
        shutil.rmtree(folder)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
