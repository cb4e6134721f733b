"""Times an engine over columns held in memory and prints the line that every engine prints."""

import json
import time


def measure(name, run, columns, repetitions):
    """Runs `run(columns)` until warm, then `repetitions` times; it returns its results as arrays by name."""
    elapsed = []
    warm_up = repetitions // 10 + 3
    for number in range(-warm_up, repetitions):
        start = time.perf_counter_ns()
        results = run(columns)
        end = time.perf_counter_ns()
        if number >= 0:
            elapsed.append(end - start)
    elapsed.sort()
    bars = len(columns.time)
    middle = (elapsed[(repetitions - 1) // 2] + elapsed[repetitions // 2]) / 2
    line = {
        "engine": name,
        "bars": bars,
        "ns_per_bar_median": round(middle / bars, 4),
        "ns_per_bar_min": round(elapsed[0] / bars, 4),
        "trades": int(results["entered"].sum()),
        "sum_r": round(float(results["r"].sum()), 9),
    }
    print(json.dumps(line, separators=(",", ":")))
