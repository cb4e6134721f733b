"""Sizes of Parquet files and of pyarrow's files of the same tables, as one line of JSON.

    python sizes.py MONTHS_FOLDER EXPORT.PARQUET PYARROW.PARQUET

The table of EXPORT.PARQUET is left in PYARROW.PARQUET.
"""

import io
import json
import sys
from pathlib import Path

import pyarrow.parquet as parquet


def written(table, to):
    parquet.write_table(table, to, compression="zstd")


def size(table):
    buffer = io.BytesIO()
    written(table, buffer)
    return len(buffer.getvalue())


folder, export, copy = map(Path, sys.argv[1:])
files = sorted(folder.glob("*.parquet"))
# Without the metadata of ours: pyarrow's own is enough.
tables = [parquet.read_table(file).replace_schema_metadata(None) for file in files]
written(parquet.read_table(export).replace_schema_metadata(None), copy)
print(
    json.dumps({
        "files": len(files), "bars": sum(map(len, tables)),
        "months": sum(file.stat().st_size for file in files), "months_pyarrow": sum(map(size, tables)),
        "export": export.stat().st_size, "export_pyarrow": copy.stat().st_size,
    })
)  # fmt: skip
