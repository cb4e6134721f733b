"""`data export`: pyarrow, pandas and DuckDB read what was written, value for value, and so does the program."""

import io
import os
import re
import struct
import subprocess
from datetime import datetime, timezone

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from alpaca_support import END, FIRST, LAST, START, expect
from fake_bars import second_of
from fake_calendar import NEW_YORK
from support import Program, read_journal, without
from terminal_support import on_terminals

TIMEFRAMES = ("2Min", "10Min", "30Min", "1Day")
COLUMNS = ["timestamp", "open", "high", "low", "close", "volume"]


def export(run: Program, *arguments, symbol: str = "QQQ", **options):
    return run("data", "export", "--symbol", symbol, *arguments, **options)


def bits(value: float) -> bytes:
    return struct.pack("<d", value)


def csv_rows(text: str) -> list[tuple]:
    """Epoch second, the bits of four prices, and volume."""
    header, *lines = text.splitlines()
    assert header == ",".join(COLUMNS) and text.endswith("\n")
    rows = []
    for stamp, *prices, volume in (line.split(",") for line in lines):
        rows.append((second_of(stamp), *(bits(float(price)) for price in prices), int(volume)))
    return rows


def table_rows(table: pa.Table) -> list[tuple]:
    assert table.column_names == COLUMNS
    seconds = [int(moment.timestamp()) for moment in table["timestamp"].to_pylist()]
    prices = [[bits(price) for price in table[name].to_pylist()] for name in COLUMNS[1:5]]
    return list(zip(seconds, *prices, table["volume"].to_pylist()))


def aggregated(rows: list[tuple], minutes: int) -> list[tuple]:
    """Bars of two minutes put together, counted from the open at 9:30."""
    result: list[list] = []
    for second, *prices, volume in rows:
        numbers = [struct.unpack("<d", price)[0] for price in prices]
        # Sessions open half past an hour, in summer and winter.
        start = second - (second - 1800) % (minutes * 60)
        if not result or result[-1][0] != start:
            result.append([start, *numbers, volume])
            continue
        bar = result[-1]
        bar[2:] = [max(bar[2], numbers[1]), min(bar[3], numbers[2]), numbers[3], bar[5] + volume]
    return [(bar[0], *(bits(price) for price in bar[1:5]), bar[5]) for bar in result]


@pytest.fixture
def filled(alpaca):
    assert alpaca("fetch", "--symbols", "QQQ,SPY", "--start", START, "--end", END).code == 0
    alpaca.service.stop()
    return alpaca


@pytest.mark.parametrize("timeframe", TIMEFRAMES)
@pytest.mark.parametrize("source", ["cache", "files", "sample"])
def test_csv_and_parquet_are_equal(filled, sample_market, source, timeframe):
    """From each source; bars of the cache need no network."""
    where = {
        "cache": (), "files": ("--source", "files", "--data-dir", sample_market),
        "sample": ("--source", "sample", "--start", "2024-03-01", "--end", "2024-04-30"),
    }[source]  # fmt: skip
    path = filled.folder / "out" / "bars.parquet"
    written = export(filled, *where, "--timeframe", timeframe, "--format", "parquet", "--output", path)
    assert (written.code, written.out) == (0, ""), written.err
    csv = export(filled, *where, "--timeframe", timeframe, "--output", "bars.csv")
    assert (csv.code, csv.out) == (0, ""), csv.err
    rows = csv_rows((filled.folder / "bars.csv").read_text())
    expected = (sample_market / f"QQQ_{'1Day' if timeframe == '1Day' else '2Min'}.csv").read_text()
    reference = csv_rows(expected)
    if timeframe not in ("2Min", "1Day"):
        reference = aggregated(reference, int(timeframe.removesuffix("Min")))
    reference = [row for row in reference if rows[0][0] <= row[0] <= rows[-1][0]]
    assert rows == reference and len(rows) > 40
    if source == "files" and timeframe != "1Day":
        assert datetime.fromtimestamp(rows[0][0], timezone.utc).date().isoformat() == FIRST
    table = pq.read_table(path)
    assert table.schema.field("timestamp").type == pa.timestamp("us", "UTC")
    assert table.schema.field("volume").type == pa.int64()
    assert table_rows(table) == rows
    metadata = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    assert (metadata["symbol"], metadata["timeframe"], metadata["adjustment"]) == ("QQQ", timeframe, "raw")
    frame = pd.read_parquet(path)
    assert str(frame["timestamp"].dtype) == "datetime64[us, UTC]"
    assert table_rows(pa.Table.from_pandas(frame, preserve_index=False)) == rows
    found = duckdb.sql(f"SELECT epoch(timestamp)::BIGINT, open, high, low, close, volume FROM '{path}'").fetchall()
    assert [(row[0], *map(bits, row[1:5]), row[5]) for row in found] == rows


def test_dates(filled):
    whole = csv_rows(export(filled).out)
    part = csv_rows(export(filled, "--start", "2024-06-10", "--end", "2024-06-14").out)
    assert len(part) == 5 * 195 and part == [row for row in whole if part[0][0] <= row[0] <= part[-1][0]]


def test_daily_bars_are_written_with_their_date(filled, sample_market):
    lines = export(filled, "--timeframe", "1Day").out.splitlines()
    theirs = (sample_market / "QQQ_1Day.csv").read_text().splitlines()
    assert lines[1:] == theirs[-len(lines) + 1 :] and lines[-1].startswith(f"{LAST},")


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_the_program_reads_what_it_wrote(filled, sample_rows, format):
    """As files of a data folder: the rows are those of the bars exported."""
    folder = filled.folder / "bars"
    for timeframe in ("2Min", "1Day"):
        name = f"QQQ_{timeframe}.{format}"
        written = export(filled, "--timeframe", timeframe, "--format", format, "--output", folder / name)
        assert written.code == 0, written.err
    finished = filled.backtest("--source", "files", "--data-dir", folder)
    assert (finished.code, finished.err) == (0, "")
    assert {row["data_source"] for row in read_journal(filled.journal)} == {"files"}
    assert filled.rows() == sample_rows()


@pytest.mark.parametrize("codec", ["NONE", "SNAPPY", "ZSTD", "GZIP"])
def test_the_program_reads_files_of_others(filled, sample_rows, codec):
    """Bars that pandas or DuckDB wrote."""
    folder = filled.folder / "bars"
    folder.mkdir()
    for timeframe in ("2Min", "1Day"):
        assert export(filled, "--timeframe", timeframe, "--format", "parquet", "--output", "x.parquet").code == 0
        table = pq.read_table(filled.folder / "x.parquet")
        path = folder / f"QQQ_{timeframe}.parquet"
        if codec == "ZSTD":
            duckdb.sql(f"COPY (SELECT * FROM '{filled.folder}/x.parquet') TO '{path}' (FORMAT parquet, CODEC zstd)")
        elif codec == "GZIP":
            table.to_pandas().to_parquet(path, compression="gzip", index=False)
        else:
            pq.write_table(table, path, compression=codec, row_group_size=1000, use_dictionary=codec == "SNAPPY")
    finished = filled.backtest("--source", "files", "--data-dir", folder)
    assert (finished.code, finished.err) == (0, "")
    assert filled.rows() == sample_rows()


def test_standard_output(filled):
    """Parquet goes into a pipe, not onto a terminal; CSV goes anywhere."""
    asked = [str(part) for part in (filled.binary, "data", "export", "--symbol", "QQQ", "--format", "parquet")]
    piped = subprocess.run(asked, cwd=filled.folder, env=filled.environment(), capture_output=True, timeout=60)
    assert (piped.returncode, piped.stderr) == (0, b"")
    csv = export(filled)
    assert (csv.code, csv.err) == (0, "")
    assert table_rows(pq.read_table(io.BytesIO(piped.stdout))) == csv_rows(csv.out)
    shown = on_terminals(filled, *asked[1:])
    assert shown.code == 64 and "Parquet cannot be shown on a terminal" in shown.err and "PAR1" not in shown.out
    assert on_terminals(filled, *asked[1:-2]).out.replace("\r\n", "\n") == csv.out


def test_a_reader_that_stops_reading(filled):
    command = '"$0" data export --symbol QQQ | head -2; echo "${PIPESTATUS[0]}"'
    finished = subprocess.run(
        ["bash", "-c", command, filled.binary], capture_output=True, text=True, timeout=60, cwd=filled.folder,
        env=filled.environment(), restore_signals=True,
    )  # fmt: skip
    assert finished.stdout.startswith("timestamp,") and int(finished.stdout.split()[-1]) in (0, 141)
    assert finished.stderr == ""


def test_a_file_is_replaced_whole_or_not_at_all(filled):
    path = filled.folder / "bars.csv"
    path.write_text("old")
    assert export(filled, "--output", path).code == 0
    good = path.read_bytes()
    assert len(good) > 10_000
    finished = export(filled, "--output", path, symbol="NONE")
    assert finished.code == 69 and path.read_bytes() == good
    (filled.folder / "folder").mkdir()
    expect(export(filled, "--output", "folder"), 73, "folder", "--output")
    expect(export(filled, "--output", path / "x.csv"), 73, "--output")
    assert {name for name in os.listdir(filled.folder) if not name.startswith(".")} == {"bars.csv", "data", "folder"}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--symbol", "QQQ,SPY"), 64, ("2 symbols were given",)),
        (("--symbol", "QQQ", "--source", "sample"), 64, ("--start and --end",)),
        (("--symbol", "QQQ", "--start", START), 64, ("both --start and --end",)),
        (("--symbol", "QQQ", "--start", END, "--end", START), 64, ("lies after",)),
        (("--symbol", "QQQ", "--timeframe", "7Hour"), 64, ("7Hour", "--timeframe")),
        (("--symbol", "QQQ", "--timeframe", "0Min"), 64, ("0Min", "--timeframe")),
        (("--symbol", "QQQ", "--timeframe", "391Min"), 64, ("391Min", "--timeframe")),
        (("--symbol", "QQQ", "--format", "xlsx"), 64, ("xlsx", "--format")),
        (("--symbol", "NONE"), 69, ("NONE", "fetch --symbol NONE")),
    ],
)
def test_what_cannot_be_exported(filled, arguments, code, words):
    expect(filled("data", "export", *arguments), code, *words)


@pytest.mark.parametrize("timeframe", ["1Min", "7Min"])
def test_bars_that_cannot_be_put_together(filled, timeframe):
    finished = export(filled, "--timeframe", timeframe)
    assert finished.code in (64, 65, 69) and re.search("[17]Min", finished.err) and finished.out == ""


def test_extended_hours_are_left_out(program, tmp_path, market):
    """Of bars of one minute, too."""
    run = Program(program, tmp_path)
    finished = export(run, "--source", "files", "--data-dir", market, "--timeframe", "1Min", symbol="UPPR")
    assert finished.code == 0, finished.err
    exported = {second: bar for second, *bar in csv_rows(finished.out)}
    lines = (market / "UPPR_1Min.csv").read_text().splitlines()
    assert 0 < len(exported) < len(lines) - 1
    minutes = {datetime.fromtimestamp(second, NEW_YORK).strftime("%H:%M") for second in exported}
    assert min(minutes) == "09:30" and max(minutes) == "15:59"
    theirs = csv_rows("\n".join([lines[0], *lines[1::37]]) + "\n")
    found = [exported[second] for second, *_ in theirs if second in exported]
    assert found == [bar for second, *bar in theirs if second in exported] and len(found) > 1000


def test_rows_of_an_export_in_other_timeframes_are_those_of_the_source(program, tmp_path, market):
    """Bars of one minute, exported as bars of two, decide the same."""
    run = Program(program, tmp_path)
    for timeframe in ("2Min", "1Day"):
        written = export(
            run, "--source", "files", "--data-dir", market, "--timeframe", timeframe, "--format", "parquet", "--output",
            f"bars/UPPR_{timeframe}.parquet", symbol="UPPR",
        )  # fmt: skip
        assert written.code == 0, written.err
    asked = ("backtest", "--symbol", "UPPR", "--start", "2019-05-01", "--end", "2019-07-05", "--output")
    run.succeed(*asked, "a.csv", "--data-dir", market)
    run.succeed(*asked, "b.csv", "--data-dir", "bars")
    first, second = (without(read_journal(run.folder / name), "run_id") for name in ("a.csv", "b.csv"))
    assert first == second and len(first) > 40
