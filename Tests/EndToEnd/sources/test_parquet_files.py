"""People's own Parquet files, however pyarrow lays out their pages: the same bars of any dates as from a CSV."""

import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from support import Program

START, END = "2025-03-03", "2025-04-30"
RANGES = ((START, END), (START, "2025-03-03"), ("2025-03-12", "2025-04-04"), ("2025-04-29", END))
MIXED = {"dictionary_pagesize_limit": 4_000, "data_page_size": 2_000}
"""Chunks that begin with a dictionary and go on without it, in many small pages."""

LAYOUTS = {
    "one page": {"use_dictionary": False, "compression": "none"},
    "small pages": {"use_dictionary": False, "data_page_size": 700, "compression": "snappy"},
    "dictionary and plain": MIXED | {"compression": "zstd"},
    "dictionary and plain, second version": MIXED | {"compression": "snappy", "data_page_version": "2.0"},
    "row groups": MIXED | {"row_group_size": 1_003, "compression": "gzip"},
    "no statistics": MIXED | {"row_group_size": 501, "write_statistics": False},
    "checksums": MIXED | {"write_page_checksum": True, "row_group_size": 3_000},
    "page index": MIXED | {"write_page_index": True},
    "byte stream split": {
        "use_dictionary": False, "data_page_size": 900, "compression": "zstd",
        "column_encoding": {
            "timestamp": "DELTA_BINARY_PACKED", "open": "BYTE_STREAM_SPLIT", "high": "BYTE_STREAM_SPLIT",
            "low": "BYTE_STREAM_SPLIT", "close": "BYTE_STREAM_SPLIT", "volume": "DELTA_BINARY_PACKED",
        },
    },
}  # fmt: skip


def bars(run: Program) -> pd.DataFrame:
    found = run.succeed(
        "data", "export", "--symbol", "QQQ", "--source", "sample", "--start", START, "--end", END, "--format", "csv")
    table = pd.read_csv(io.StringIO(found.out))
    return table.assign(timestamp=pd.to_datetime(table.timestamp, utc=True))


def exported(run: Program, dates: tuple[str, str], *arguments: str) -> str:
    start, end = dates
    return run.succeed(
        "data", "export", "--symbol", "QQQ", "--source", "files", "--data-dir", ".", "--start", start, "--end", end,
        "--format", "csv", *arguments).out


def wanted(run: Program) -> list[str]:
    """What a CSV of the bars gives, for each of the ranges."""
    path = run.folder / "QQQ_2Min.csv"
    bars(run).to_csv(path, index=False)
    found = [exported(run, dates) for dates in RANGES]
    path.unlink()
    assert [len(text.splitlines()) for text in found] == [1 + 42 * 195, 1 + 195, 1 + 18 * 195, 1 + 2 * 195]
    return found


def test_pages_of_all_kinds(run: Program) -> None:
    expected, table = wanted(run), bars(run)
    for nullable in (False, True):
        schema = pa.Schema.from_pandas(table, preserve_index=False).remove_metadata()
        fields = [field.with_nullable(nullable) for field in schema]
        rows = pa.Table.from_pandas(table, pa.schema(fields), preserve_index=False)
        for name, options in LAYOUTS.items():
            pq.write_table(rows, run.folder / "QQQ_2Min.parquet", **options)
            for dates, text in zip(RANGES, expected):
                assert exported(run, dates) == text, (name, nullable, dates)


def test_a_date_and_a_time_of_day(run: Program) -> None:
    expected, table = wanted(run), bars(run)
    local = table.timestamp.dt.tz_convert("America/New_York")
    table = table.drop(columns="timestamp").assign(Date=local.dt.date, Time=local.dt.time)
    table.to_parquet(run.folder / "QQQ_2Min.parquet", index=False)
    for dates, text in zip(RANGES, expected):
        assert exported(run, dates, "--data-timezone", "America/New_York") == text


@pytest.mark.parametrize("unit", [1, 1e3, 1e6, 1e9])
def test_floating_point_epochs(run: Program, unit: float) -> None:
    expected, table = wanted(run), bars(run)
    seconds = table.timestamp.map(pd.Timestamp.timestamp)
    table.assign(timestamp=seconds * unit).to_parquet(run.folder / "QQQ_2Min.parquet", index=False)
    assert exported(run, RANGES[2]) == expected[2]


def test_a_volume_that_is_not_known_is_not_0(run: Program) -> None:
    table = bars(run)
    table["volume"] = table.volume.astype("Int64").mask(table.index % 1_000 == 7)
    table.to_parquet(run.folder / "QQQ_2Min.parquet", index=False, row_group_size=2_000)
    found = run.succeed("data", "check", "--symbol", "QQQ", "--source", "files", "--data-dir", ".", "--format", "json")
    assert "the volume of 9 bars is not known" in found.out
