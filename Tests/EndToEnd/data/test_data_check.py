"""`data check`: what bars there are, what is missing, and every line that is wrong."""

import json
from datetime import date, datetime, timezone

import pytest
import random_market
from support import write_bars

FIRST, LAST = date(2024, 7, 1), date(2024, 7, 12)
"""Nine sessions, one of them an early close, and a holiday."""


def stamp(second: int) -> str:
    return datetime.fromtimestamp(second, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def complete_bars(minutes: int = 2) -> dict[str, list[str]]:
    """The lines of each session, none missing."""
    return {
        day.isoformat(): [
            f"{stamp(opening + bar * minutes * 60)},10,11,9,10,{bar}" for bar in range(length // minutes)
        ]
        for day, opening, length in random_market.sessions(FIRST, LAST)
    }


def check(run, *arguments) -> tuple[int, dict]:
    """The exit code and the document."""
    finished = run("data", "check", *arguments, "--format", "json")
    assert finished.err == ""
    document = json.loads(finished.out)
    assert document["schema"] == "trading-playbook/data-check/1"
    return finished.code, document


def check_one(run, *arguments) -> tuple[int, dict]:
    """The exit code and what was found about the one symbol."""
    code, document = check(run, "--symbol", "ABC", "--data-dir", ".", *arguments)
    (found,) = document["symbols"]
    assert found["symbol"] == "ABC"
    assert found["ok"] == (code == 0)
    return code, found


@pytest.mark.parametrize("minutes", [1, 2])
def test_a_good_folder(run, minutes):
    sessions = complete_bars(minutes)
    lines = [line for session in sessions.values() for line in session]
    lines.insert(0, "2024-07-01T13:28:00Z,10,11,9,10,1")
    lines.append("2024-07-12T20:00:00Z,10,11,9,10,1")
    write_bars(run.folder / f"ABC_{minutes}Min.csv", lines)
    (run.folder / "ABC_splits.csv").write_text("date,ratio\n2024-07-08,2\n2025-01-02,1:10\n")
    write_bars(run.folder / "ABC_1Day.csv", ["2024-07-01,10,11,9,10,1", "2024-07-02,10,11,9,10,1"])
    code, found = check_one(run)
    assert code == 0
    expected = {
        "timeframe": f"{minutes}Min", "bars": len(lines), "bars_outside_sessions": 2, "complete_sessions": 9,
        "sessions_with_small_gaps": 0, "incomplete_sessions": [], "missing_sessions": [], "errors": [],
        "first": "2024-07-01", "last": "2024-07-12", "daily_bars": 2, "splits": 2,
    }  # fmt: skip
    assert {name: found.get(name) for name in expected} == expected
    finished = run.succeed("data", "check", "--symbol", "ABC", "--data-dir", ".")
    # The splits listed do not move the price.
    # A split at which the bars do not move, and bars without volume: what a run doubts too.
    assert finished.out.startswith(f"./ABC_{minutes}Min.csv\n  Form ") and "9 complete" in finished.out
    assert f"\nABC: ok, with doubts ({len(found['warnings'])})\n" in finished.out
    assert any("2024-07-08" in warning and "split" in warning for warning in found["warnings"])


def test_small_gaps_are_no_problem(run):
    sessions = complete_bars()
    del sessions["2024-07-09"][50:59]  # 186 of 195 bars: above 95%
    del sessions["2024-07-03"][0:5]  # 100 of 105
    write_bars(run.folder / "ABC_2Min.csv", [line for lines in sessions.values() for line in lines])
    code, found = check_one(run)
    assert (code, found["complete_sessions"], found["sessions_with_small_gaps"]) == (0, 7, 2)
    code, found = check_one(run, "--min-completeness", "1")
    assert code == 65
    assert found["incomplete_sessions"] == [
        {"date": "2024-07-03", "bars": 100, "expected": 105}, {"date": "2024-07-09", "bars": 186, "expected": 195},
    ]  # fmt: skip


def test_missing_and_incomplete_sessions(run):
    sessions = complete_bars()
    del sessions["2024-07-02"]
    del sessions["2024-07-08"]
    del sessions["2024-07-10"][100:]
    write_bars(run.folder / "ABC_2Min.csv", [line for lines in sessions.values() for line in lines])
    code, found = check_one(run)
    assert code == 65
    assert found["missing_sessions"] == ["2024-07-02", "2024-07-08"]
    assert found["incomplete_sessions"] == [{"date": "2024-07-10", "bars": 100, "expected": 195}]
    assert found["complete_sessions"] == 6
    code, found = check_one(run, "--start", "2024-07-03", "--end", "2024-07-05")
    assert (code, found["first"], found["last"], found["complete_sessions"]) == (0, "2024-07-03", "2024-07-05", 2)
    finished = run("data", "check", "--symbol", "ABC", "--data-dir", ".")
    assert finished.code == 65
    assert "ABC: has problems" in finished.out
    assert "2024-07-02 missing: no bars" in finished.out and "2024-07-10 incomplete: 100 of 195 bars" in finished.out


def test_every_wrong_line_is_listed(run):
    lines = [line for session in complete_bars().values() for line in session]
    wrong = {
        3: "2024-07-01T13:34:00Z,10,nan,9,10,1",
        9: "2024-07-01T13:46:00Z,-1,11,9,10,1",
        12: lines[9],
        40: "2024-07-01T13:30:00Z,10,11,9,10,1",
        77: "text,10,11,9,10,1",
        100: "2024-07-01T16:00:00Z,10,11",
    }
    for number in sorted(wrong):
        lines[number - 2] = wrong[number]
    write_bars(run.folder / "ABC_2Min.csv", lines)
    code, found = check_one(run)
    assert code == 65
    places = [error.split(": ")[0] for error in found["errors"]]
    assert places == [f"./ABC_2Min.csv:{number}" for number in sorted(wrong)]
    reasons = ["not a finite", "must be above 0", "a second bar at", "comes after", "neither ISO 8601", "3 fields"]
    assert [reason for reason, error in zip(reasons, found["errors"]) if reason not in error] == []
    # A backtest stops at the first of them.
    finished = run("backtest", "--symbol", "ABC", "--data-dir", ".", "--date", "2024-07-01")
    assert finished.code == 65 and "ABC_2Min.csv:3:" in finished.err


def test_an_error_tells_what_to_do(run):
    write_bars(run.folder / "ABC_2Min.csv", [line for session in complete_bars().values() for line in session])
    text = (run.folder / "ABC_2Min.csv").read_text().partition("\n")[2]
    (run.folder / "ABC_2Min.csv").write_text(text)
    _, found = check_one(run)
    assert "no header line" in found["errors"][0] and "set --data-columns (DATA_COLUMNS)" in found["errors"][0]


def test_daily_bars_have_dates(run):
    write_bars(run.folder / "ABC_2Min.csv", [line for session in complete_bars().values() for line in session])
    write_bars(run.folder / "ABC_1Day.csv", [f"{day},10,11,9,10,1" for day in complete_bars()])
    _, found = check_one(run)
    daily = next(file for file in found["files"] if file["path"].endswith("1Day.csv"))
    assert (daily["first"], daily["last"]) == (FIRST.isoformat(), LAST.isoformat())
    finished = run("data", "check", "--symbol", "ABC", "--data-dir", ".")
    assert f"From, to  {FIRST}, {LAST}" in finished.out


def test_one_bad_symbol_among_good_ones(run):
    lines = [line for session in complete_bars().values() for line in session]
    write_bars(run.folder / "GOOD_2Min.csv", lines)
    write_bars(run.folder / "BAD_2Min.csv", [*lines[:5], "x", *lines[5:]])
    code, document = check(run, "--symbol", "GOOD,BAD,GONE", "--data-dir", ".")
    assert code == 65
    assert [(found["symbol"], found["ok"]) for found in document["symbols"]] == [
        ("GOOD", True), ("BAD", False), ("GONE", False),
    ]  # fmt: skip
    assert "there is no GONE_1Min.csv or GONE_2Min.csv" in document["symbols"][2]["errors"][0]


def test_an_unlisted_split_is_doubtful(run):
    sessions = complete_bars()
    sessions = {
        day: [line.replace(",10,11,9,10,", ",5,5.5,4.5,5,") if day >= "2024-07-09" else line for line in lines]
        for day, lines in sessions.items()
    }
    write_bars(run.folder / "ABC_2Min.csv", [line for lines in sessions.values() for line in lines])
    code, found = check_one(run)
    doubts = [text for text in found["warnings"] if "split" in text]
    assert len(doubts) == 1 and "2024-07-08 and 2024-07-09" in doubts[0] and "2:1 split" in doubts[0]
    (run.folder / "ABC_splits.csv").write_text("date,ratio\n2024-07-09,2\n")
    code, found = check_one(run)
    assert [text for text in found["warnings"] if "split" in text] == []


def test_real_bars(run, real_data):
    code, document = check(run, "--symbol", "SPY,IBM", "--data-dir", real_data)
    assert code == 0
    assert [(found["bars"], found["daily_bars"]) for found in document["symbols"]] == [(4839, 754), (2566, 754)]


def test_the_sample_is_complete(run):
    code, document = check(run, "--symbol", "QQQ", "--source", "sample", "--start", "2024-06-03", "--end", "2024-07-31")
    (found,) = document["symbols"]
    assert (code, found["complete_sessions"], found["bars"]) == (0, 41, 41 * 195 - 90)
