"""Writes the bars of a CSV as people keep them: Parquet of pandas and of pyarrow, and CSV files in odd spellings.

    python user_files.py BARS.CSV DIRECTORY

Each lies in a folder of its own, under the name of BARS.CSV: pandas, zstd, us-dates and symbol.
"""

import sys
from pathlib import Path

import pandas
import pyarrow
from pyarrow import parquet

source, directory = map(Path, sys.argv[1:])


def place(folder, suffix):
    (directory / folder).mkdir(parents=True, exist_ok=True)
    return directory / folder / f"{source.stem}.{suffix}"


bars = pandas.read_csv(source)
bars["timestamp"] = pandas.to_datetime(bars.timestamp, utc=True)
local = bars.set_index("timestamp").tz_convert("America/New_York")
local.to_parquet(place("pandas", "parquet"))
parquet.write_table(
    pyarrow.Table.from_pandas(bars, preserve_index=False), place("zstd", "parquet"), compression="zstd")
local.index = local.index.strftime("%m/%d/%Y %H:%M").rename("timestamp")
local.to_csv(place("us-dates", "csv"))
bars["timestamp"] = bars.timestamp.dt.strftime("%Y-%m-%dT%H:%M:%SZ")
bars.insert(0, "symbol", source.stem.split("_")[0])
bars.to_csv(place("symbol", "csv"), index=False)
