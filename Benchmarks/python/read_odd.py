"""Reads a CSV file of bars with pandas and says how long reading took, in milliseconds, without pandas' own start.

    python read_odd.py BARS.CSV
"""

import json
import sys
import time

import pandas

start = time.perf_counter()
bars = pandas.read_csv(sys.argv[1])
bars["timestamp"] = pandas.to_datetime(bars.timestamp)
print(json.dumps({"milliseconds": (time.perf_counter() - start) * 1e3, "bars": len(bars)}))
