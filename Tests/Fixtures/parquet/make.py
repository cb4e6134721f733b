"""Makes the files beside it: the same small table as other programs write it (pip install pyarrow duckdb).

Row i of 40 has these values, and if nullable is asked for nulls where i % 7 == 3."""

import datetime
import decimal
import pathlib

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent
ROWS = 40


def table(nullable: bool) -> pa.Table:
    def column(value, kind):
        values = [None if nullable and i % 7 == 3 else value(i) for i in range(ROWS)]
        return pa.array(values, kind), pa.field("", kind, nullable=nullable)

    epoch = datetime.datetime(2024, 1, 2, 14, 30, tzinfo=datetime.timezone.utc)
    columns = {
        "time": column(lambda i: epoch + datetime.timedelta(minutes=2 * i), pa.timestamp("us", "UTC")),
        "milli": column(lambda i: epoch + datetime.timedelta(minutes=2 * i), pa.timestamp("ms", "UTC")),
        "day": column(lambda i: datetime.date(2024, 1, 2) + datetime.timedelta(days=i), pa.date32()),
        "price": column(lambda i: 100 + i % 9 / 4, pa.float64()),
        "single": column(lambda i: i / 2, pa.float32()),
        "whole": column(lambda i: i * i * 1_000_000_007 - 5, pa.int64()),
        "unsigned": column(lambda i: 4_000_000_000 + i, pa.uint32()),
        "flag": column(lambda i: i % 3 == 0, pa.bool_()),
        "text": column(lambda i: ["SPY", "", "é", "longer than fifteen bytes"][i % 4], pa.string()),
        "money": column(lambda i: decimal.Decimal(i * 101 - 50).scaleb(-2), pa.decimal128(12, 2)),
        "wide": column(lambda i: decimal.Decimal(i * 101 - 50).scaleb(-2), pa.decimal128(30, 2)),
    }
    fields = [pa.field(name, field.type, field.nullable) for name, (_, field) in columns.items()]
    return pa.table([values for values, _ in columns.values()], schema=pa.schema(fields))


def main() -> None:
    plain = dict(store_schema=False)
    pq.write_table(
        table(True), HERE / "arrow-v1.parquet", compression="snappy", write_page_checksum=True, row_group_size=25, **plain
    )
    encodings = {name: "BYTE_STREAM_SPLIT" for name in ("price", "single", "money", "wide", "day")}
    encodings |= {name: "DELTA_BINARY_PACKED" for name in ("time", "milli", "whole", "unsigned")}
    encodings |= {"flag": "RLE", "text": "DELTA_BYTE_ARRAY"}
    pq.write_table(
        table(True), HERE / "arrow-v2.parquet", compression="gzip", data_page_version="2.0", use_dictionary=False,
        column_encoding=encodings, **plain,
    )
    encodings |= {"text": "DELTA_LENGTH_BYTE_ARRAY"}
    pq.write_table(
        table(False), HERE / "arrow-required.parquet", compression="none", use_dictionary=False,
        column_encoding=encodings, store_decimal_as_integer=True, **plain,
    )
    pq.write_table(
        table(True), HERE / "arrow-int96.parquet", compression="none",
        use_deprecated_int96_timestamps=True, **plain,
    )
    clocks = {
        f"clock_{unit}": pa.array([None if i % 7 == 3 else (34_200 + 120 * i) * 1000**power for i in range(ROWS)], kind)
        for unit, power, kind in (
            ("ms", 1, pa.time32("ms")), ("us", 2, pa.time64("us")), ("ns", 3, pa.time64("ns")))
    }  # fmt: skip
    pq.write_table(pa.table(clocks), HERE / "arrow-clocks.parquet", compression="snappy", **plain)
    nested = pa.table({"list": [[1, 2], [], [3]], "price": [1.5, 2.5, 3.5]})
    pq.write_table(nested, HERE / "arrow-nested.parquet", **plain)
    pq.write_table(table(False).select(["price"]), HERE / "arrow-brotli.parquet", compression="brotli", **plain)
    rows = table(True)
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.register("rows", rows)
        for version, codec in (("V1", "zstd"), ("V2", "snappy")):
            path = HERE / f"duckdb-{version.lower()}.parquet"
            connection.execute(
                f"copy rows to '{path}' (format parquet, compression {codec}, parquet_version {version})"
            )


if __name__ == "__main__":
    main()
