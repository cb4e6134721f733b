"""The NYSE calendar that the program prints, day by day against the exchange_calendars package."""

import csv
import io
import subprocess
import warnings
from pathlib import Path

import exchange_calendars
import pytest

START = "2000-01-01"
END = "2035-12-31"
HEADER = ["date", "open_utc", "close_utc", "open_new_york", "close_new_york", "early_close"]


@pytest.fixture(scope="module")
def printed(program: Path) -> dict[str, dict[str, str]]:
    """What the program prints, by date."""
    run = subprocess.run(
        [program, "calendar", "--start", START, "--end", END, "--format", "csv"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    reader = csv.DictReader(io.StringIO(run.stdout))
    rows = list(reader)
    assert reader.fieldnames == HEADER
    dates = [row["date"] for row in rows]
    assert dates == sorted(set(dates)), "dates must rise, each once"
    return {row["date"]: row for row in rows}


@pytest.fixture(scope="module")
def expected() -> dict[str, dict[str, str]]:
    """The same columns from exchange_calendars."""
    with warnings.catch_warnings():
        # The package calls parts of pandas that are to change.
        warnings.simplefilter("ignore", DeprecationWarning)
        schedule = exchange_calendars.get_calendar("XNYS", start=START, end=END).schedule
    rows = {}
    for session, opening_utc, closing_utc in zip(schedule.index, schedule["open"], schedule["close"]):
        opening = opening_utc.tz_convert("America/New_York")
        closing = closing_utc.tz_convert("America/New_York")
        date = session.strftime("%Y-%m-%d")
        rows[date] = {
            "date": date,
            "open_utc": opening_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "close_utc": closing_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "open_new_york": opening.strftime("%H:%M"),
            "close_new_york": closing.strftime("%H:%M"),
            "early_close": "true" if closing.hour < 16 else "false",
        }
    return rows


def test_the_reference_spans_the_range(expected):
    assert min(expected) == "2000-01-03"
    assert max(expected) == "2035-12-31"
    assert len(expected) > 9_000


def test_sessions_are_on_the_same_dates(printed, expected):
    assert sorted(set(printed) - set(expected)) == [], "sessions only the program has"
    assert sorted(set(expected) - set(printed)) == [], "sessions the program lacks"


@pytest.mark.parametrize("column", HEADER[1:])
def test_sessions_agree(printed, expected, column):
    differences = {
        date: (printed[date][column], expected[date][column])
        for date in sorted(set(printed) & set(expected))
        if printed[date][column] != expected[date][column]
    }
    assert differences == {}, "date: (program, exchange_calendars)"


def test_a_day_that_closes_early(printed):
    assert printed["2025-11-28"] == {
        "date": "2025-11-28",
        "open_utc": "2025-11-28T14:30:00Z",
        "close_utc": "2025-11-28T18:00:00Z",
        "open_new_york": "09:30",
        "close_new_york": "13:00",
        "early_close": "true",
    }
