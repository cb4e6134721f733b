"""Makes bars-*.parquet beside it: bar files as pandas users write them (pip install pyarrow).

Three 2-minute bars from 2024-11-04 09:30 in New York. bars-index: without a zone, the time in pandas' nameless index,
nanoseconds. bars-null: a null close in the second row and a null time in the third. bars-clock: date and time in two
columns, as datetime.date and datetime.time become. bars-clock-null: the same with a null date and a null time in the
second and third row. bars-float32: epochs in 32 bits, which cannot hold them."""

import datetime
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent
FIELDS = [("open", 100.0), ("high", 101.0), ("low", 99.0), ("close", 100.5), ("volume", 1000.0)]


def prices() -> dict[str, pa.Array]:
    return {name: pa.array([value + i for i in range(3)], pa.float64()) for name, value in FIELDS}


def main() -> None:
    start = datetime.datetime(2024, 11, 4, 9, 30)
    times = [start + datetime.timedelta(minutes=2 * i) for i in range(3)]
    index = prices() | {"__index_level_0__": pa.array(times, pa.timestamp("ns"))}
    pq.write_table(pa.table(index), HERE / "bars-index.parquet")
    utc = [time + datetime.timedelta(hours=5) for time in times]
    nulls = {"time": pa.array(utc[:2] + [None], pa.timestamp("ms", "UTC"))} | prices()
    nulls["close"] = pa.array([100.5, None, 102.5], pa.float64())
    pq.write_table(pa.table(nulls), HERE / "bars-null.parquet")
    dates, clocks = [time.date() for time in times], [time.time() for time in times]
    for name, date, clock in (
        ("bars-clock", dates, clocks), ("bars-clock-null", [dates[0], None, dates[2]], [*clocks[:2], None])
    ):  # fmt: skip
        columns = {"Time": pa.array(clock, pa.time64("us")), "Date": pa.array(date, pa.date32())}
        pq.write_table(pa.table(columns | prices()), HERE / f"{name}.parquet")
    epochs = pa.array([time.timestamp() for time in utc], pa.float32())
    pq.write_table(pa.table({"time": epochs} | prices()), HERE / "bars-float32.parquet")


if __name__ == "__main__":
    main()
