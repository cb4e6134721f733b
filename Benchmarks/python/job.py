"""The whole job in one process: read the bars of a CSV or a Parquet file, find the sessions, run the playbook, write the journal."""

import numpy as np
import pyarrow
import pyarrow.csv

import calendar_rules
import engine_numpy
from columns import SESSION, Columns
from journal import write_journal

DAY = 86400
TREND_PERIOD = 200
READ = ("timestamp", "open", "high", "low", "close")


def read_bars(path):
    """The columns that the playbook needs, as arrays: the timestamps in epoch seconds, and four prices."""
    if path.endswith(".parquet"):
        # Imported where it is needed: reading a CSV does without.
        from pyarrow import parquet

        # Not read_table(): it would load pandas, if it is there.
        table = parquet.ParquetFile(path, memory_map=True).read(columns=list(READ))
        bars = arrays(table)
        bars[0] //= 1_000_000
        return bars
    types = dict.fromkeys(READ, pyarrow.float64())
    types["timestamp"] = pyarrow.timestamp("s", "UTC")
    with pyarrow.memory_map(path) as file:
        table = pyarrow.csv.read_csv(
            file,
            read_options=pyarrow.csv.ReadOptions(block_size=1 << 20),
            parse_options=pyarrow.csv.ParseOptions(quote_char=False),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=types, include_columns=READ, null_values=[], strings_can_be_null=False),
        )
    return arrays(table)


def arrays(table):
    """The table's columns, straight from the buffers: to_numpy() would load pandas for the timestamps, if it is there."""
    bars = []
    for column, kind in zip(table.columns, (np.int64, np.float64, np.float64, np.float64, np.float64)):
        chunks = [np.frombuffer(chunk.buffers()[1], kind, len(chunk), chunk.offset * 8) for chunk in column.chunks]
        bars.append(np.concatenate(chunks))
    return bars


def session_days(time, first):
    """The day, the opening instant and the minutes of the session that each bar in `first` belongs to."""
    # No later than midnight in New York, and on the same day there as any bar from 04:00 to 20:00.
    days = (time[first] - 5 * 3600) // DAY
    years = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    summer = np.zeros(len(days), bool)
    early = np.zeros(len(days), bool)
    for year in range(int(years[0]), int(years[-1]) + 1):
        start, end = calendar_rules.daylight_saving(year)
        summer |= (days >= start) & (days < end)
        for day in calendar_rules.early_closes(year):
            early |= days == day
    opens = days * DAY + (14 * 3600 + 1800) - summer * 3600
    return days, opens, np.where(early, calendar_rules.EARLY_SESSION, calendar_rules.FULL_SESSION)


def cut_sessions(bars):
    """The bars of regular sessions and where each session begins; a night is a gap of more than seven hours."""
    while True:
        time = bars[0]
        nights = np.flatnonzero(time[1:] - time[:-1] > 7 * 3600) + 1
        first = np.concatenate(([0], nights))
        days, opens, minutes = session_days(time, first)
        ends = np.concatenate((nights, [len(time)]))
        closes = opens + minutes * 60
        if (time[first] >= opens).all() and (time[ends - 1] < closes).all():
            return bars, days, first, ends, opens, minutes
        count = ends - first
        regular = (time >= np.repeat(opens, count)) & (time < np.repeat(closes, count))
        bars = [column[regular] for column in bars]


def run(path, output, symbol, start, end):
    """Runs the playbook over the CSV at `path` and writes the rows of the sessions from `start` to `end`."""
    bars, days, first, ends, opens, minutes = cut_sessions(read_bars(path))
    sessions = np.zeros(len(first), SESSION)
    sessions["first"] = first
    sessions["count"] = ends - first
    sessions["open_time"] = opens
    sessions["minutes"] = minutes
    sessions["sma200"] = np.nan
    daily = bars[4][ends - 1]
    if len(daily) > TREND_PERIOD:
        windows = np.lib.stride_tricks.sliding_window_view(daily[:-1], TREND_PERIOD)
        sessions["sma200"][TREND_PERIOD:] = windows.mean(1)
    columns = Columns(*bars, sessions)
    results = engine_numpy.run(columns)
    dates = days.astype("datetime64[D]").astype(str).tolist()
    chosen = [s for s, date in enumerate(dates) if start <= date <= end]
    write_journal(output, symbol, columns, dates, results, chosen)
