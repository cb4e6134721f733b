"""The cache's files: where they are, what is in them, what becomes of damaged ones, and of what cannot be written."""

import json
import random
import shutil
import signal
import struct
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from alpaca_support import BARS, CACHE, END, START, AlpacaProgram, expect, exported, source, warned
from support import wait_until

SEED = 20_240_628
FLIPS = 200


def month(run: AlpacaProgram, name: str = "2024-06", timeframe: str = "2Min", symbol: str = "QQQ") -> Path:
    return run.cache / "v1" / "iex" / symbol / timeframe / f"{name}.parquet"


@pytest.fixture
def filled(alpaca) -> AlpacaProgram:
    """With two months of bars in the cache, and of daily bars thirteen."""
    assert alpaca("fetch", "--symbols", "QQQ,SPY", "--start", START, "--end", END).code == 0
    alpaca.service.clear()
    return alpaca


# Layout and contents


def test_a_file_a_month(filled):
    names = [str(path.relative_to(filled.cache)) for path in filled.files()]
    months = [f"{year}-{number:02d}" for year in (2023, 2024) for number in range(1, 13)]
    expected = [
        f"v1/iex/{symbol}/{timeframe}/{name}.parquet"
        for symbol in ("QQQ", "SPY")
        for timeframe, first in (("1Day", "2023-05"), ("2Min", "2024-05"))
        for name in months
        if first <= name <= "2024-06"
    ]
    assert names == expected


def test_pyarrow_reads_the_files(filled, sample_market):
    """Values are those of the source bit for bit."""
    for timeframe, first in (("2Min", "2024-06-01"), ("1Day", "2024-06-01")):
        path = month(filled, timeframe=timeframe)
        assert path.read_bytes()[:4] == path.read_bytes()[-4:] == b"PAR1"
        table = pq.read_table(path)
        assert table.schema.remove_metadata() == pa.schema([
            pa.field("timestamp", pa.timestamp("us", "UTC"), False),
            *(pa.field(name, pa.float64(), False) for name in ("open", "high", "low", "close")),
            pa.field("volume", pa.int64(), False),
        ])  # fmt: skip
        lines = [line.split(",") for line in source(sample_market, "QQQ", first, timeframe)]
        assert table.num_rows == len(lines) == (19 if timeframe == "1Day" else 19 * 195 - 0)
        for number, name in enumerate(("open", "high", "low", "close"), 1):
            read = [struct.pack("<d", value) for value in table[name].to_pylist()]
            assert read == [struct.pack("<d", float(line[number])) for line in lines]
        assert table["volume"].to_pylist() == [int(line[5]) for line in lines]
        times = [time.isoformat().replace("+00:00", "Z") for time in table["timestamp"].to_pylist()]
        if timeframe == "2Min":
            assert times == [line[0] for line in lines]
        else:
            assert times == [f"{line[0]}T04:00:00Z" for line in lines], "New York's midnight"
        metadata = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
        assert metadata["symbol"] == "QQQ" and metadata["feed"] == "iex" and metadata["adjustment"] == "raw"
        assert metadata["timeframe"] == timeframe and metadata["month"] == "2024-06"
        assert metadata["sessions"].split() == [line[8:10] for line in source(sample_market, "QQQ", first, "1Day")]
        assert metadata["source"] == "alpaca/iex/split" and metadata["writer"].startswith("trading-playbook ")
        assert metadata["fetched_at"] == "2024-07-01T12:00:00Z"


def test_status(filled):
    table = filled.succeed("data", "status").out
    assert "QQQ" in table and "SPY" in table and f"{len(filled.files())} files" in table
    document = json.loads(filled.succeed("data", "status", "--symbol", "QQQ", "--format", "json").out)
    assert document["schema"] == "trading-playbook/data-status/1" and document["location"] == f"./{CACHE}"
    daily, bars = sorted(document["entries"], key=lambda entry: entry["timeframe"])
    assert (bars["symbol"], bars["feed"], bars["timeframe"]) == ("QQQ", "iex", "2Min")
    assert (bars["first"], bars["last"], bars["sessions"], bars["bars"]) == ("2024-05-24", "2024-06-28", 24, 24 * 195)
    assert bars["bytes"] == sum(month(filled, name).stat().st_size for name in ("2024-05", "2024-06"))
    assert (bars["holes"], bars["damaged"], bars["sessions_without_bars"], bars["files"]) == ([], [], 0, 2)
    assert daily["sessions"] == daily["bars"] > 250
    empty = filled.succeed("data", "status", "--cache-dir", "elsewhere").out
    assert "holds no bars" in empty


# Damage


def damages(path: Path, other: Path) -> dict[str, bytes]:
    data = path.read_bytes()
    return {
        "empty": b"", "a byte": data[:1], "the head": data[:4], "half": data[: len(data) // 2],
        "without its last byte": data[:-1], "without its end": data[:-8], "longer": data + b"\0",
        "another symbol's": other.read_bytes(), "zeros": bytes(len(data)), "text": b"timestamp,open\n",
        "a hole": data[:1000] + bytes(500) + data[1500:],
    }  # fmt: skip


KINDS = (
    "empty", "a byte", "the head", "half", "without its last byte", "without its end", "longer", "another symbol's",
    "zeros", "text", "a hole",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file(filled, sample_rows, kind):
    """It is named, set aside, fetched again; without a network the run says so instead of making do."""
    path = month(filled)
    good = path.read_bytes()
    bad = damages(path, month(filled, symbol="SPY"))[kind]
    assert bad != good
    path.write_bytes(bad)
    status = filled("data", "status")
    assert status.code == 65 and "damaged: ./data/cache/v1/iex/QQQ/2Min/2024-06.parquet" in status.out
    document = json.loads(filled("data", "status", "--format", "json").out)
    assert [one["file"] for entry in document["entries"] for one in entry["damaged"]] == [
        "v1/iex/QQQ/2Min/2024-06.parquet"
    ]
    assert path.read_bytes() == bad, "looking changes nothing"
    finished = filled.backtest("--format", "json")
    assert finished.code == 0
    assert warned(finished, "v1/iex/QQQ/2Min/2024-06.parquet", "it was set aside as", ".damaged")
    assert finished.err.count("warning: ") == 1
    assert filled.rows() == sample_rows()
    assert json.loads(finished.out)["traffic"]["files_set_aside"] == 1
    (query,) = filled.queries(BARS)
    assert (query["timeframe"], query["start"][:10], query["end"][:10]) == ("2Min", START, END)
    assert path.with_name("2024-06.parquet.damaged").read_bytes() == bad
    assert pq.read_table(path).equals(pq.read_table(pa.BufferReader(good)))
    assert filled("data", "status").code == 0
    again = filled.backtest()
    assert (again.code, again.err) == (0, "")


@pytest.mark.parametrize("timeframe", ["2Min", "1Day"])
def test_a_damaged_file_without_a_network(filled, sample_rows, timeframe):
    path = month(filled, timeframe=timeframe)
    path.write_bytes(path.read_bytes()[:-20])
    filled.service.stop()
    expect(filled.backtest(), 69, "Alpaca cannot be reached")
    assert not filled.journal.exists()
    # Sessions that it does not touch need none.
    with filled.serving() as run:
        assert run.backtest().code == 0
        assert run.rows() == sample_rows()


def test_damaged_splits(filled, sample_rows):
    path = filled.cache / "v1" / "iex" / "QQQ" / "splits.parquet"
    path.write_bytes(path.read_bytes()[:-3])
    status = filled("data", "status")
    assert status.code == 65 and "splits.parquet" in status.out
    finished = filled.backtest()
    assert finished.code == 0 and filled.rows() == sample_rows()
    assert filled("data", "status").code == 0


def test_every_flipped_bit_is_found(filled, measured):
    """One bit of a file turned over, anywhere: never is it taken for good bars."""
    draw = random.Random(SEED)
    path = month(filled, "2024-05")
    good = path.read_bytes()
    spots = [draw.randrange(len(good)) for _ in range(FLIPS - 24)]
    # All of the ends: magic numbers, length and the last of the metadata.
    spots += [*range(8), *range(len(good) - 16, len(good))]
    folder = path.parent
    for symbols in range(0, len(spots), 50):
        # Fifty files at a time, each under the name of a symbol of its own: one run looks at all.
        for number, spot in enumerate(spots[symbols : symbols + 50]):
            data = bytearray(good)
            data[spot] ^= 1 << draw.randrange(8)
            copy = filled.folder / "flips" / "v1" / "iex" / f"X{number}" / "2Min" / path.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(data)
        finished = filled("data", "status", "--format", "json", "--cache-dir", "flips")
        assert finished.code == 65
        problems = [one["problem"] for entry in json.loads(finished.out)["entries"] for one in entry["damaged"]]
        assert len(problems) == len(spots[symbols : symbols + 50])
        taken = [problem for problem in problems if "symbol is" in problem]
        assert taken == [], "read as sound: only the symbol's name gave it away"
        shutil.rmtree(filled.folder / "flips")
    assert folder.exists()
    measured.append(f"{len(spots)} files with one bit turned over: all found")


def test_check_repairs(filled, sample_market):
    check = filled.succeed("data", "check", "--source", "alpaca")
    assert "QQQ" in check.out and filled.service.requests == []
    damaged, gone = month(filled), month(filled, "2024-01", "1Day", "SPY")
    damaged.write_bytes(b"")
    gone.unlink()
    check = filled("data", "check", "--source", "alpaca")
    assert check.code == 65 and "2024-06.parquet is damaged" in check.out
    assert "1Day bars of 21 sessions are missing, first 2024-01-02" in check.out
    assert filled.service.requests == [] and damaged.read_bytes() == b""
    repaired = filled("data", "check", "--repair")
    assert repaired.code == 0, repaired.out + repaired.err
    assert "2024-06.parquet.damaged" in repaired.out and repaired.out.count("sessions fetched again") == 2
    assert "2Min: 19 sessions fetched again" in repaired.out and "1Day: 21 sessions fetched again" in repaired.out
    assert filled("data", "status").code == 0 and filled("data", "check", "--source", "alpaca").code == 0
    for symbol in ("QQQ", "SPY"):
        bars = exported(filled, symbol)
        assert bars[0] <= "2024-05-25" and bars == source(sample_market, symbol, bars[0][:10])
        daily = exported(filled, symbol, "1Day")
        assert daily == source(sample_market, symbol, daily[0][:10], "1Day")
    asked = len(filled.service.requests)
    again = filled("data", "check", "--repair")
    assert again.code == 0 and len(filled.service.requests) == asked, "there is nothing left to repair"


def test_check_repairs_bars_before_the_open(filled):
    """They are a part of the cache of their own, which a playbook fills that reads them."""
    damaged = month(filled, "2024-05", symbol="QQQ@XNYS-premarket")
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b"")
    check = filled("data", "check", "--source", "alpaca", "--symbol", "QQQ")
    assert check.code == 65 and "QQQ@XNYS-premarket/2Min/2024-05.parquet is damaged" in check.out
    repaired = filled("data", "check", "--repair")
    assert repaired.code == 0, repaired.out + repaired.err
    assert "2Min before the open: 22 sessions fetched again" in repaired.out
    assert filled("data", "check", "--source", "alpaca").code == 0


def test_repair_is_for_caches(alpaca, sample_market):
    finished = alpaca("data", "check", "--repair", "--source", "files", "--data-dir", sample_market, "--symbol", "QQQ")
    expect(finished, 64, "--repair repairs the cache")


def test_a_backtest_killed_while_it_fills_the_cache(alpaca, sample_rows):
    killed = 0
    asked = ("backtest", "--symbol", "QQQ", "--start", "2024-02-01", "--end", END, "--output", alpaca.journal)
    alpaca.service.faults.add("delay", match=BARS, times=None, seconds=0.1)
    for files in range(5):
        shutil.rmtree(alpaca.cache, ignore_errors=True)
        alpaca.journal.unlink(missing_ok=True)
        process = alpaca.start(*asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # When it has written so many files; without any, when the second page of bars is asked for.
        wait_until(
            lambda: process.poll() is not None
            or len(alpaca.files()) >= files and alpaca.service.count("page_token") > 0,
            pause=0.002,
        )
        process.kill()
        code = process.wait(timeout=30)
        assert code in (0, -signal.SIGKILL)
        killed += code != 0
        status = alpaca("data", "status")
        assert status.code == 0, status.out
        finished = alpaca.backtest(start="2024-02-01")
        assert (finished.code, finished.err) == (0, "")
        assert alpaca.rows() == sample_rows("QQQ", "2024-02-01", END)
        alpaca.service.forget()
    assert killed > 0, "a run must have been killed"
