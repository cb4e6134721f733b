"""How long PyYAML's `safe_load` takes for a file, in microseconds: `load_yaml.py FILE`."""

import json
import sys
import time

import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
times = []
for _ in range(60):
    start = time.perf_counter()
    yaml.safe_load(text)
    times.append((time.perf_counter() - start) * 1e6)
times = sorted(times[10:])
print(json.dumps({"engine": "yaml", "us_median": times[len(times) // 2], "us_min": times[0]}))
