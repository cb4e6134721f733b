"""A backtest as a numpy and pyarrow process, from start to exit: the baseline of the whole-process benchmark.

    python whole_process.py BARS JOURNAL.CSV SYMBOL START END

BARS, a CSV or Parquet file, has the columns timestamp,open,high,low,close,volume and two-minute bars; START and END are session dates.
Only what is needed is imported, and everything but these lines is loaded from compiled files.
"""

import os
import sys

import job

if len(sys.argv) != 6:
    sys.exit("usage: whole_process.py BARS JOURNAL.CSV SYMBOL START END")
job.run(*sys.argv[1:])
# The journal is written and closed; taking the interpreter down piece by piece would only cost time.
os._exit(0)
