"""The bars of a Parquet file from a date on, as another one: cut.py FROM.PARQUET TO.PARQUET DATE"""

import sys
from datetime import datetime, timezone

import pyarrow.compute as compute
import pyarrow.parquet as parquet

source, target, start = sys.argv[1:]
table = parquet.read_table(source)
first = datetime.fromisoformat(start).replace(tzinfo=timezone.utc)
parquet.write_table(table.filter(compute.greater_equal(table["timestamp"], first)), target, compression="zstd")
