"""Files as people have them: what the program says about them, and that their bars are those of the plainest file."""

import csv
import gzip
import json

import pandas
import pytest
import random_market
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")
FIRST, LAST = date(2024, 3, 4), date(2024, 3, 15)
RUN = ("--start", "2024-03-08", "--end", "2024-03-15", "--strategy", "timed-entry")


def frame(seed: int = 7, price: int = 4_000_000) -> pandas.DataFrame:
    """One-minute bars of each session, prices with four decimal places."""
    rows = []
    state = seed
    for _, opening, length in random_market.sessions(FIRST, LAST):
        for minute in range(length):
            state = (state * 1_103_515_245 + 12_345) % 2**31
            close = price + state // 1000 % 4001 - 2000
            high, low = max(price, close) + state % 700, min(price, close) - state % 500
            rows.append((opening + minute * 60, price, high, low, close, 100 + state % 90_000))
            price = close
    bars = pandas.DataFrame(rows, columns=["timestamp", "open", "high", "low", "close", "volume"])
    bars[["open", "high", "low", "close"]] /= 10_000
    return bars


BARS = frame()


def stamped(bars: pandas.DataFrame, form: str, zone=timezone.utc) -> pandas.DataFrame:
    """The bars with timestamps in a form of strftime."""
    out = bars.copy()
    out["timestamp"] = [datetime.fromtimestamp(second, zone).strftime(form) for second in bars["timestamp"]]
    return out


def journal(run, name: str, *flags: str, symbol: str = "QQQ") -> list[dict]:
    """The rows that a folder of files gives, without what tells of the run and the source."""
    run.succeed("backtest", "--symbol", symbol, "--data-dir", name, "--output", f"{name}.journal.csv", *RUN, *flags)
    with open(run.folder / f"{name}.journal.csv") as lines:
        left_out = ("run_id", "data_id", "data_source")
        return [{k: v for k, v in row.items() if k not in left_out} for row in csv.DictReader(lines)]


@pytest.fixture
def plain(run) -> list[dict]:
    """The journal of the plainest file."""
    (run.folder / "plain").mkdir()
    stamped(BARS, "%Y-%m-%dT%H:%M:%SZ").to_csv(run.folder / "plain/QQQ_1Min.csv", index=False)
    return journal(run, "plain")


def test_pandas_writes_the_same_bars_in_many_ways(run, plain):
    utc = BARS.assign(timestamp=pandas.to_datetime(BARS["timestamp"], unit="s", utc=True))
    indexed = utc.set_index("timestamp")
    tuples = indexed[["close", "high", "low", "open", "volume"]].copy()
    tuples.columns = pandas.MultiIndex.from_product(
        [["Close", "High", "Low", "Open", "Volume"], ["QQQ"]], names=["Price", "Ticker"])
    tuples.index.name = "Datetime"
    two = pandas.concat([utc.assign(symbol="SPY", open=utc.open / 7, high=utc.high / 7, low=utc.low / 7, close=utc.close / 7),
                         utc.assign(symbol="QQQ")]).set_index(["symbol", "timestamp"])  # fmt: skip
    small = indexed.astype({name: "float32" for name in ("open", "high", "low", "close")})
    naive = indexed.tz_convert(NEW_YORK).tz_localize(None)
    ways = {
        "yahoo-csv": (lambda folder: tuples.to_csv(folder / "QQQ_1Min.csv"), ()),
        "yahoo-parquet": (lambda folder: tuples.to_parquet(folder / "QQQ_1Min.parquet"), ()),
        "two-csv": (lambda folder: two.to_csv(folder / "QQQ_1Min.csv"), ()),
        "two-parquet": (lambda folder: two.to_parquet(folder / "QQQ_1Min.parquet"), ()),
        "float32": (lambda folder: small.to_parquet(folder / "QQQ_1Min.parquet"), ()),
        "naive": (lambda folder: naive.to_parquet(folder / "QQQ.parquet"), ("--data-timezone", "America/New_York")),
        "reversed": (lambda folder: indexed[::-1].to_csv(folder / "qqq_1min.CSV"), ()),
        "gzip": (lambda folder: indexed.to_csv(folder / "QQQ_1Min.csv.gz"), ()),
    }
    for name, (write, flags) in ways.items():
        (run.folder / name).mkdir()
        write(run.folder / name)
        assert journal(run, name, *flags) == plain, name


def test_settings_say_what_a_file_does_not(run, plain):
    late = BARS.assign(timestamp=BARS["timestamp"] + 60)
    lines = stamped(late, "%m/%d/%Y;%H:%M", ZoneInfo("America/Chicago")).to_csv(index=False, header=False, sep=";")
    (run.folder / "odd").mkdir()
    (run.folder / "odd/QQQ.txt").write_text(lines.replace('"', ""))
    flags = {
        "--data-columns": "date,time,open,high,low,close,volume", "--data-date-order": "mdy",
        "--data-timezone": "america/chicago", "--data-stamps": "close",
    }  # fmt: skip
    words = [word for pair in flags.items() for word in pair]
    assert journal(run, "odd", *words) == plain
    # Without any one of them the file is refused, and the error names the setting.
    for flag in flags:
        others = [word for pair in flags.items() if pair[0] != flag for word in pair]
        finished = run("backtest", "--symbol", "QQQ", "--data-dir", "odd", *RUN, *others)
        assert (finished.code, flag in finished.err) == (65, True), finished.err


def test_data_check_shows_how_it_understood_each_file(run):
    (run.folder / "v").mkdir()
    text = stamped(BARS, "%Y-%m-%d %H:%M:%S", NEW_YORK).assign(vwap=1.5, symbol="qqq").to_csv(index=False)
    with gzip.open(run.folder / "v/QQQ_1Min.csv.gz", "wt") as file:
        file.write(text)
    check = ("data", "check", "--symbol", "QQQ", "--data-dir", "v", "--data-timezone", "America/New_York")
    document = json.loads(run.succeed(*check, "--format", "json").out)
    (file,) = document["symbols"][0]["files"]
    assert file == {
        "path": "v/QQQ_1Min.csv.gz", "format": "text, separated by commas, header in line 1",
        "columns": [
            {"name": "timestamp", "use": "time"}, {"name": "open", "use": "open"}, {"name": "high", "use": "high"},
            {"name": "low", "use": "low"}, {"name": "close", "use": "close"}, {"name": "volume", "use": "volume"},
            {"name": "vwap", "use": "ignored"}, {"name": "symbol", "use": "symbol"},
        ],
        "stamps": "date and time without an offset", "zone": "America/New_York, by DATA_TIMEZONE",
        "order": "oldest_first", "stamped_at": "open", "timeframe": "1Min", "bars": len(BARS),
        "rows_without_prices": 0, "first": "2024-03-04T09:30:00-05:00", "last": "2024-03-15T15:59:00-04:00",
        "symbols": [{"symbol": "qqq", "rows": len(BARS)}],
    }  # fmt: skip
    lines = run.succeed(*check).out.splitlines()
    assert lines[0] == "v/QQQ_1Min.csv.gz"
    assert "not read: vwap" in " ".join(" ".join(lines[2:4]).split())
    assert lines.index("QQQ: ok") > 7


def test_data_check_shows_what_it_refuses(run):
    (run.folder / "v").mkdir()
    late = BARS.assign(timestamp=BARS["timestamp"] + 60)
    stamped(late, "%Y-%m-%dT%H:%M:%SZ").to_csv(run.folder / "v/QQQ_1Min.csv", index=False)
    finished = run("data", "check", "--symbol", "QQQ", "--data-dir", "v")
    assert finished.code == 65
    assert "2024-03-15T16:00:00-04:00" in finished.out
    assert "each of 10 full sessions lacks its first bar" in finished.out


def test_share_classes_and_spaces(run):
    (run.folder / "v").mkdir()
    stamped(BARS, "%Y-%m-%dT%H:%M:%SZ").to_csv(run.folder / "v/BRK.B_1Min.csv", index=False)
    finished = run("backtest", "--symbol", "BRK-B", "--data-dir", "v", *RUN)
    assert finished.code == 69 and "BRK.B_1Min.csv is there: for its bars say --symbol BRK.B" in finished.err
    finished = run("backtest", "--symbol", "BRK B", "--data-dir", "v", *RUN)
    assert finished.code == 64 and "letters, digits, '.' and '-'" in finished.err


def test_rows_without_prices_are_missing_bars(run, plain):
    hole = BARS.index % 50 == 7
    (run.folder / "fewer").mkdir()
    stamped(BARS[~hole], "%Y-%m-%dT%H:%M:%SZ").to_csv(run.folder / "fewer/QQQ_1Min.csv", index=False)
    expected = journal(run, "fewer")
    empty = BARS.astype({"volume": float})
    empty.loc[hole, ["open", "high", "low", "close", "volume"]] = float("nan")
    (run.folder / "empty").mkdir()
    stamped(empty, "%Y-%m-%dT%H:%M:%SZ").to_csv(run.folder / "empty/QQQ_1Min.csv", index=False)
    assert journal(run, "empty") == expected
    finished = run.succeed("backtest", "--symbol", "QQQ", "--data-dir", "empty", "--output", "j.csv", *RUN)
    assert f"{hole.sum()} rows have no prices and count as missing bars" in finished.err
