"""Deribit, by a fake of its chart data."""

import csv

import pytest
from alpaca_support import expect, warned
from fake_deribit import FakeDeribit
from keyless_support import KeylessProgram

NOW = "2025-03-10T12:00:30Z"
ASKED = ("--source", "deribit", "--symbol", "BTC-PERPETUAL", "--strategy", "timed-entry")


@pytest.fixture
def deribit():
    with FakeDeribit(now=NOW) as service:
        yield service


@pytest.fixture
def run(program, tmp_path, deribit) -> KeylessProgram:
    return KeylessProgram(program, tmp_path, NOW, deribit=deribit)


def test_a_backtest(run, deribit):
    """Sessions start at 08:00 UTC, as Deribit's days do; what the P&L is of is said."""
    finished = run.succeed("backtest", *ASKED, "--start", "2025-03-01", "--end", "2025-03-09")
    rows = list(csv.DictReader((run.folder / "output/trades.csv").read_text().splitlines()))
    assert len(rows) == 9
    assert {(row["market"], row["completeness"], row["data_source"]) for row in rows} == {("24x7", "1", "deribit")}
    assert warned(finished, "those of a linear contract in USD")
    assert {path.parts[-4] for path in run.files} == {"deribit-0800"}
    deribit.stop()
    assert "9 unchanged" in run.succeed("backtest", *ASKED, "--start", "2025-03-01", "--end", "2025-03-09").out


def test_refusals(run, deribit):
    finished = run("backtest", "--source", "deribit", "--symbol", "NONE", "--date", "2025-03-08")
    expect(finished, 69, "instrument_not_found")
    deribit.faults.add("429", times=None)
    finished = run("backtest", *ASKED, "--date", "2025-03-08")
    expect(finished, 75, "too many requests")
    deribit.clear()
    assert run("backtest", *ASKED, "--date", "2025-03-08").code == 75
    assert deribit.requests == []
