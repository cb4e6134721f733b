"""The journal is a function of bars, strategy and parameters: however, whenever and wherever it is asked for."""

import json
import random
import shutil
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import random_market
from support import params, read_journal, without, write_bars, write_span

# Sixty sessions: the end of daylight saving, two early closes, three holidays and a one-off closure.
SESSIONS = [day.isoformat() for day, _, _ in random_market.sessions(date(2024, 10, 22), date(2025, 1, 17))]
SAMPLE = ("--symbol", "QQQ,SPY", "--source", "sample", "--format", "json")


def bytes_without_run(rows: list[dict[str, str]]) -> str:
    """The rows as text, without the run that wrote them."""
    return "\n".join(",".join(row.values()) for row in without(rows, "run_id"))


def receipt(finished) -> tuple[int, int, int]:
    """How many rows were added, replaced and unchanged."""
    (one,) = json.loads(finished.out)["receipts"]
    return one["added"], one["replaced"], one["unchanged"]


def test_day_by_day_equals_the_range(run):
    assert len(SESSIONS) == 60
    days, whole = run.folder / "days.csv", run.folder / "whole.csv"
    asked = ("backtest", *SAMPLE, "--param", "trend-period=50")
    for session in SESSIONS:
        run.succeed(*asked, "--date", session, "--output", days)
    run.succeed(*asked, "--start", SESSIONS[0], "--end", SESSIONS[-1], "--output", whole)
    by_day, at_once = read_journal(days), read_journal(whole)
    assert len(at_once) == 2 * len(SESSIONS)
    assert sum(row["entered"] == "true" for row in at_once) >= 5
    assert bytes_without_run(by_day) == bytes_without_run(at_once)
    assert len({row["run_id"] for row in by_day}) == len(SESSIONS)
    # The same bytes but for the run: put one name in place of all.
    text = days.read_text()
    for run_id in {row["run_id"] for row in by_day}:
        text = text.replace(run_id, at_once[0]["run_id"])
    assert text == whole.read_text()


def test_day_by_day_equals_the_range_across_splits_and_holes(run, market):
    asked = ("--symbol", "BRK.B", "--data-dir", market, *params({"trend-period": 15, "window-end": "12:00"}))
    all_days = [day for day, _, _ in random_market.sessions(random_market.FIRST, random_market.LAST)]
    at_splits = [day for day in all_days for split, _ in random_market.SPLITS if day <= split < day + timedelta(days=3)]
    days = sorted({*at_splits, *random.Random(5).sample(all_days, 6)})
    assert len(days) >= 16
    journal, whole = run.folder / "days.csv", run.folder / "whole.csv"
    for day in days:
        run.succeed("backtest", *asked, "--date", day, "--output", journal)
    run.succeed("backtest", *asked, "--start", all_days[0], "--end", all_days[-1], "--output", whole)
    by_day = read_journal(journal)
    at_once = [row for row in read_journal(whole) if row["trade_date"] in {day.isoformat() for day in days}]
    assert any(row["entered"] == "true" for row in at_once)
    assert without(by_day, "run_id", "data_id") == without(at_once, "run_id", "data_id")


def test_a_split_before_the_range_leaves_the_data_id_alone(run):
    """The indicators of January 2019 begin five sessions earlier, on 2018-12-24, where the split is."""
    write_span(run.folder, "SPLT", "2018-11-26", "2019-01-31")
    (run.folder / "SPLT_splits.csv").write_text("date,ratio\n2018-12-24,2\n")
    asked = ("backtest", "--symbol", "SPLT", "--data-dir", run.folder, *params({"trend-period": 2}))
    run.succeed(*asked, "--date", "2019-01-15", "--output", "day.csv")
    run.succeed(*asked, "--start", "2018-12-03", "--end", "2019-01-31", "--output", "range.csv")
    at_once = [row for row in read_journal(run.folder / "range.csv") if row["trade_date"] == "2019-01-15"]
    assert without(read_journal(run.folder / "day.csv"), "run_id") == without(at_once, "run_id")


def test_a_second_run_changes_nothing(run):
    journal = run.folder / "trades.csv"
    asked = ("backtest", *SAMPLE, "--start", "2024-12-02", "--end", "2025-01-10", "--output", journal)
    assert receipt(run.succeed(*asked)) == (54, 0, 0)
    before, status = journal.read_bytes(), journal.stat()
    assert receipt(run.succeed(*asked)) == (0, 0, 54)
    assert journal.read_bytes() == before
    assert (journal.stat().st_ino, journal.stat().st_mtime_ns) == (status.st_ino, status.st_mtime_ns)


def test_overlapping_runs_add_only_what_is_new(run):
    journal = run.folder / "trades.csv"
    asked = ("backtest", "--symbol", "QQQ", "--source", "sample", "--format", "json", "--output", journal)
    first = run.succeed(*asked, "--start", "2025-01-02", "--end", "2025-01-10")
    assert receipt(first) == (6, 0, 0)
    second = run.succeed(*asked, "--start", "2025-01-08", "--end", "2025-01-15")
    assert receipt(second) == (3, 0, 2)
    runs = [json.loads(finished.out)["run_id"] for finished in (first, second)]
    assert [row["run_id"] for row in read_journal(journal)] == [runs[0]] * 6 + [runs[1]] * 3


def test_other_parameters_strategies_and_symbols_are_other_rows(run):
    journal = run.folder / "trades.csv"
    asked = ("--source", "sample", "--date", "2025-01-10", "--output", journal)
    for symbol in ("QQQ", "SPY"):
        run.succeed("backtest", "--symbol", symbol, *asked)
        run.succeed("backtest", "--symbol", symbol, *asked, "--param", "stop-atr=1.5")
        run.succeed("backtest", "--symbol", symbol, *asked, "--strategy", "timed-entry")
        # The defaults in another spelling are the same parameters.
        run.succeed("backtest", "--symbol", symbol, *asked, "--param", "stop-atr=1.20", "--param", "window-end=10:30")
    rows = read_journal(journal)
    assert [(row["symbol"], row["strategy"]) for row in rows] == [
        (symbol, strategy) for symbol in ("QQQ", "SPY") for strategy in ("dp20", "dp20", "timed-entry")
    ]
    assert len({row["params_id"] for row in rows}) == 3


def test_rows_of_changed_bars_are_replaced(run, market):
    """Rows of the changed session and of those after it can change, rows before it cannot."""
    folder, journal = run.folder, run.folder / "trades.csv"
    shutil.copy(market / "NODAY_2Min.csv", folder)
    asked = (
        "backtest", "--symbol", "NODAY", "--data-dir", folder, "--start", "2019-03-01", "--end", "2019-03-29",
        "--output", journal, "--format", "json", *params({"trend-period": 3}),
    )  # fmt: skip
    assert receipt(run.succeed(*asked)) == (21, 0, 0)
    old = read_journal(journal)
    file = folder / "NODAY_2Min.csv"
    lines = file.read_text().splitlines(keepends=True)
    index = next(i for i, line in enumerate(lines) if line.startswith("2019-03-21T15:00"))
    fields = lines[index].split(",")
    fields[5] = "1\n" if fields[5] != "1\n" else "2\n"
    lines[index] = ",".join(fields)
    file.write_text("".join(lines))
    added, replaced, unchanged = receipt(run.succeed(*asked))
    new = read_journal(journal)
    changed = [row["trade_date"] for row, before in zip(new, old) if row != before]
    assert (added, replaced, unchanged) == (0, len(changed), 21 - len(changed))
    assert changed[0] == "2019-03-21"
    for row, before in zip(new, old):
        assert (row["data_id"] != before["data_id"]) == (row["trade_date"] in changed)


def test_the_place_and_language_of_the_computer_do_not_matter(run):
    asked = ("backtest", *SAMPLE, "--start", "2024-11-01", "--end", "2024-11-08")
    texts = []
    german = {"TZ": "Asia/Kolkata", "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8"}
    for number, changes in enumerate([{"TZ": "UTC"}, german, {"TZ": ":nowhere", "LANG": "C"}]):
        run.succeed(*asked, "--output", f"{number}.csv", env=changes)
        texts.append(bytes_without_run(read_journal(run.folder / f"{number}.csv")))
    assert texts[0] == texts[1] == texts[2]


def test_bars_in_other_spellings_give_the_same_journal(run, real_data):
    """Offsets, local time, epoch times, other columns, tabs and CR LF: the same bars, the same rows."""
    new_york = ZoneInfo("America/New_York")
    lines = (real_data / "SPY_1Min.csv").read_text().splitlines()[1:]
    bars = [(datetime.fromisoformat(line.split(",")[0].replace("Z", "+00:00")), *line.split(",")[1:]) for line in lines]
    daily = (real_data / "SPY_1Day.csv").read_text()

    def local(stamp: datetime, text: str) -> str:
        return stamp.astimezone(new_york).strftime(text)

    spellings = {
        "as-is": ([], ["timestamp,open,high,low,close,volume"] + lines, "\n"),
        "offset": (
            [],
            ["\ufeffTime;Volume;Close;Low;High;Open;Trades"]
            + [f"{b[0].astimezone(new_york).isoformat(' ')};{b[5]};{b[4]};{b[3]};{b[2]};{b[1]};9" for b in bars],
            "\r\n",
        ),
        "local": (
            ["--data-timezone", "America/New_York"],
            ["date\to\th\tl\tc\tv"] + ["\t".join((local(b[0], "%Y-%m-%d %H:%M"), *b[1:])) for b in bars],
            "\n",
        ),
        "utc": (
            ["--data-timezone", "UTC"],
            ["datetime,open,high,low,close,volume"]
            + [",".join((b[0].strftime("%Y-%m-%dT%H:%M:%S.000"), *b[1:])) for b in bars],
            "\n",
        ),
        "epoch": (
            [],
            ['"t","o","h","l","c","v"']
            + [",".join(f'"{cell}"' for cell in (int(b[0].timestamp() * 1000), *b[1:])) for b in bars],
            "\n",
        ),
    }
    journals = {}
    for name, (flags, text, end) in spellings.items():
        folder = run.folder / name
        folder.mkdir()
        (folder / "SPY_1Min.csv").write_bytes((end.join(text) + end).encode())
        (folder / "SPY_1Day.csv").write_text(daily)
        journal = folder / "trades.csv"
        run.succeed(
            "backtest", "--symbol", "SPY", "--start", "2013-10-07", "--end", "2013-10-11", "--data-dir", folder,
            "--output", journal, *flags,
        )  # fmt: skip
        journals[name] = bytes_without_run(read_journal(journal))
    assert "true" in journals["as-is"]
    assert [name for name in journals if journals[name] != journals["as-is"]] == []


def test_one_symbol_that_fails_does_not_stop_the_others(run):
    for symbol in ("GOOD", "FINE"):
        write_bars(run.folder / f"{symbol}_2Min.csv", ["2024-01-02T14:30:00Z,10,11,9,10,5"])
    write_bars(run.folder / "BAD_2Min.csv", ["2024-01-02T14:30:00Z,1,1,1,x,1"])
    finished = run(
        "backtest", "--symbol", "GOOD,BAD,FINE,GONE", "--date", "2024-01-02", "--data-dir", run.folder,
        "--output", "trades.csv", "--format", "json",
    )  # fmt: skip
    assert finished.code in (65, 69)
    result = json.loads(finished.out)
    assert result["status"] == "partial"
    assert [(error["symbol"], error["code"]) for error in result["errors"]] == [("BAD", 65), ("GONE", 69)]
    assert finished.code == result["errors"][0]["code"]
    assert "BAD_2Min.csv:2:" in finished.err and "GONE" in finished.err
    assert sorted(row["symbol"] for row in read_journal(run.folder / "trades.csv")) == ["FINE", "GOOD"]


@pytest.mark.parametrize("link", ["to a journal", "to a folder of journals"])
def test_a_link_is_followed(run, link):
    """The journal stays where the link points, and stays a link."""
    place = run.folder / "place"
    place.mkdir()
    asked = ("backtest", "--symbol", "QQQ", "--source", "sample", "--output")
    run.succeed(*asked, place / "trades.csv", "--date", "2025-01-10")
    if link == "to a journal":
        output = run.folder / "link.csv"
        output.symlink_to(place / "trades.csv")
    else:
        (run.folder / "linked").symlink_to(place)
        output = run.folder / "linked" / "trades.csv"
    run.succeed(*asked, output, "--date", "2025-01-13")
    assert (run.folder / "link.csv").is_symlink() or (run.folder / "linked").is_symlink()
    assert [row["trade_date"] for row in read_journal(place / "trades.csv")] == ["2025-01-10", "2025-01-13"]
