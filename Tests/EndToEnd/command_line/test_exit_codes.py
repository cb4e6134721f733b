"""Every documented exit code, provoked: what went wrong stands on standard error, and standard output stays empty."""

import fcntl
import os
import re
import resource
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from folder_watch import OPENED, FolderWatch
from support import Finished, Program, dp20_reference, held_lock, read_journal, write_bars, write_span

HEADER = ",".join(dp20_reference.COLUMNS)
DAY = ("--date", "2024-01-02")
SAMPLE = ("backtest", "--symbol", "QQQ", *DAY, "--source", "sample")
FILES = ("backtest", "--symbol", "ABC", *DAY, "--data-dir", ".")
LOCK_TIMEOUT = 30
"""How long a run waits for another one that is writing the same journal, in seconds."""


def expect(finished, code: int, *patterns: str) -> None:
    """Checks the exit code, that standard output is empty, and that standard error matches each pattern."""
    assert finished.out == ""
    expect_error(finished, code, *patterns)


def expect_unwritten(finished, code: int, *patterns: str) -> None:
    """The same of a run whose rows could not be written: its statistics are printed, and that they are not kept."""
    assert re.search(r"^Journal: .+ \(NOT WRITTEN\)$", finished.out, re.MULTILINE), finished.out
    assert finished.out.startswith(("dp20 on ", "timed-entry on "))
    expect_error(finished, code, *patterns)


def expect_error(finished, code: int, *patterns: str) -> None:
    assert finished.code == code, finished.err
    assert finished.err.endswith("\n")
    assert "Fatal error" not in finished.err and "Stack dump" not in finished.err
    for pattern in patterns:
        assert re.search(pattern, finished.err), f"{pattern!r} is not in:\n{finished.err}"


# 0: done, also when no trade was taken or the market was closed


@pytest.mark.parametrize(
    ("now", "arguments", "reason"),
    [
        (None, ["--date", "2025-07-04"], "no trading session on 2025-07-04 (Independence Day)"),
        (None, ["--date", "2025-01-09"], "no trading session on 2025-01-09"),
        (None, ["--date", "2025-07-05"], "no trading session on 2025-07-05"),
        (None, ["--start", "2025-07-04", "--end", "2025-07-06"], "no trading session on 2025-07-04 to 2025-07-06"),
        ("2025-12-25T18:00:00Z", ["--today"], "no trading session on 2025-12-25 (Christmas"),
        ("2025-11-02T04:30:00Z", ["--today"], "no trading session on 2025-11-02"),  # Sunday, 00:30 in New York
        ("2025-11-03T03:30:00Z", ["--today"], "no trading session on 2025-11-02"),  # still Sunday in New York
    ],
)
def test_0_a_closed_market_is_no_error(run, now, arguments, reason):
    finished = run(
        "backtest", "--symbol", "QQQ", "--source", "sample", "--output", "j.csv", *arguments, env={"PLAYBOOK_NOW": now}
    )
    assert (finished.code, finished.err) == (0, "")
    assert finished.out.startswith(reason) and finished.out.endswith(": nothing to do\n")
    assert list(run.folder.iterdir()) == [], "a run with nothing to do must write nothing"


def test_0_no_trade_is_no_error(run):
    finished = run(*SAMPLE, "--param", "reversal-strength=1", "--output", "j.csv")
    assert (finished.code, finished.err) == (0, "")
    assert re.search(r"Trades +0\n", finished.out)
    (row,) = read_journal(run.folder / "j.csv")
    assert row["entered"] == "false"


def test_0_today_after_the_close(run):
    """An early close at 13:00 in New York is the end of that day."""
    today = ("backtest", "--symbol", "QQQ", "--today", "--source", "sample", "--output", "j.csv")
    run.succeed(*today, env={"PLAYBOOK_NOW": "2025-07-03T17:00:00Z"})
    assert [row["trade_date"] for row in read_journal(run.folder / "j.csv")] == ["2025-07-03"]


def test_0_a_range_up_to_a_session_that_is_not_over(run):
    finished = run.succeed(
        "backtest", "--symbol", "QQQ", "--start", "2025-07-01", "--end", "2025-07-09", "--source", "sample",
        "--output", "j.csv", env={"PLAYBOOK_NOW": "2025-07-07T19:59:59Z"},
    )  # fmt: skip
    assert re.search(r"^warning: 3 sessions from 2025-07-07 on are not over", finished.err)
    dates = [row["trade_date"] for row in read_journal(run.folder / "j.csv")]
    assert dates == ["2025-07-01", "2025-07-02", "2025-07-03"]


def test_0_help_and_version(run):
    for words in (
        [], ["backtest"], ["fetch"], ["calendar"], ["strategies"], ["data"], ["data", "check"], ["data", "status"],
        ["data", "export"], ["config"], ["status"], ["serve"], ["health"],
    ):  # fmt: skip
        finished = run.succeed(*words, "--help")
        assert "USAGE: trading-playbook" in finished.out and finished.err == ""
    codes = re.findall(r"^  (\d+)  ", run.succeed("--help").out, re.MULTILINE)
    assert codes == ["0", "1", "64", "65", "69", "73", "74", "75", "78"], "the documented exit codes, which this file provokes"
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", run.succeed("--version").out)


# 1: a session has no row


def test_1_a_session_has_no_row(run):
    settings = {"PLAYBOOK_NOW": "2024-01-02T22:00:00Z", "SYMBOLS": "QQQ", "DATA_SOURCE": "sample"}
    lacking = run("status", env=settings)
    assert (lacking.code, lacking.err) == (1, "") and "QQQ: no row" in lacking.out
    run.succeed(*SAMPLE)
    assert run("status", env=settings).code == 0


# 64: the command line is wrong


@pytest.mark.parametrize(
    ("arguments", "patterns"),
    [
        ([*SAMPLE, "--bogus"], ["Unknown option '--bogus'"]),
        ([*SAMPLE, "extra"], ["[Uu]nexpected argument 'extra'"]),
        (["bogus"], ["Unexpected argument 'bogus'"]),
        (["backtest", "--symbol", "QQQ", "--source", "sample"], ["--start and --end, or with --date, --days, --today"]),
        ([*SAMPLE, "--today"], ["--start and --end, or with --date, --days, --today"]),
        (["backtest", "--symbol", "QQQ", "--start", "2025-01-02"], ["--start and --end"]),
        (["backtest", "--symbol", "QQQ", "--date"], ["Missing value for '--date"]),
        (["backtest", "--symbol", "QQQ", "--date", "2025-02-30"], ["'2025-02-30' is invalid for '--date"]),
        (["backtest", "--symbol", "QQQ", "--date", "01/02/2025"], ["'01/02/2025' is invalid for '--date"]),
        (["backtest", "--symbol", "QQQ", "--date", "2025-1-2"], ["'2025-1-2' is invalid for '--date"]),
        (
            ["backtest", "--symbol", "QQQ", "--start", "2025-01-03", "--end", "2025-01-02", "--source", "sample"],
            ["2025-01-03 lies after .*2025-01-02"],
        ),
        (["backtest", "--symbol", "QQQ", "--date", "1997-12-31", "--source", "sample"], ["1997-12-31", "1998-01-01"]),
        ([*SAMPLE, "--param", "stop-art=1"], ["no parameter 'stop-art'", "stop-atr"]),
        ([*SAMPLE, "--param", "stop-atr"], ["'stop-atr': expected name=value"]),
        ([*SAMPLE, "--param", "=1"], ["expected name=value"]),
        ([*SAMPLE, "--param", "stop-atr=1", "--param", "stop-atr=1"], ["stop-atr is given twice"]),
        ([*SAMPLE, "--param", "stop-atr=0"], ["stop-atr: '0' is not a number, 0.01 to 100"]),
        ([*SAMPLE, "--param", "stop-atr=nan"], ["stop-atr: 'nan' is not a number"]),
        ([*SAMPLE, "--param", "stop-atr=1e3"], ["stop-atr: '1e3' is not a number, 0.01 to 100"]),
        ([*SAMPLE, "--param", "ema-period=0"], ["ema-period: '0' is not a whole number, 1 to 1000"]),
        ([*SAMPLE, "--param", "ema-period=2.5"], ["ema-period: '2.5' is not a whole number"]),
        ([*SAMPLE, "--param", "shares="], ["shares: '' is not a whole number"]),
        ([*SAMPLE, "--param", "window-end=16:00"], ["window-end: '16:00' is not a time HH:MM, 09:30 to 15:59"]),
        ([*SAMPLE, "--param", "window-start=11:00"], ["window-end: 10:30 lies before window-start 11:00"]),
        ([*SAMPLE, "--strategy", "dp21"], ["--strategy: no strategy 'dp21': there are dp20"]),
        ([*SAMPLE, "--strategy", "./mine.yaml"], ["no strategy './mine.yaml'", "Name a file with --playbook"]),
        ([*SAMPLE, "--source", "tape"], ["--source: no source 'tape'"]),
        ([*SAMPLE, "--writer", "tape"], ["--writer: no writer 'tape'"]),
        ([*SAMPLE, "--format", "xml"], ["'xml' is invalid for '--format"]),
        ([*SAMPLE, "--min-completeness", "1.5"], ["--min-completeness: '1.5' is not a number from 0 to 1"]),
        ([*FILES, "--data-timezone", "Mars"], ["--data-timezone: 'Mars' is not understood"]),
        (["calendar", "--start", "2025-01-03", "--end", "2025-01-02"], ["2025-01-03 lies after .*2025-01-02"]),
        (["calendar", "--start", "2025-01-03"], ["Missing expected argument '--end"]),
        (["data", "check", "--symbol", "QQQ", "--start", "2025-01-03"], ["both --start and --end"]),
    ],
    ids=lambda value: None if isinstance(value, list) and "backtest" not in value else " ".join(value[1:])[-60:],
)
def test_64_a_wrong_command_line(run, arguments, patterns):
    expect(run(*arguments), 64, *patterns)
    assert list(run.folder.iterdir()) == [], "a wrong command line must write nothing"


@pytest.mark.parametrize(
    "symbol",
    ["../x", "..", "a/b", "/etc/passwd", "A\\B", "A B", "A;B", "A\nB", "QQQ,", ",", "QQQ,,SPY", "-QQQ", ".QQQ", "A*",
     "$HOME", "SIXTEENLETTERSXX", "ÄÖÜ", "ＱＱＱ"],
)  # fmt: skip
def test_64_what_is_no_symbol(run, symbol):
    expect(run("backtest", f"--symbol={symbol}", *DAY, "--source", "sample"), 64, "is not a ticker symbol")
    expect(run("backtest", f"--symbol={symbol}", *DAY, "--data-dir", "."), 64, "is not a ticker symbol")
    assert list(run.folder.iterdir()) == []


@pytest.mark.parametrize("symbol", ["ß", "ﬁ", "ſ"])
def test_64_a_letter_beyond_ascii_is_no_symbol(run, symbol):
    expect(run("backtest", f"--symbol={symbol}", *DAY, "--source", "sample"), 64, "is not a ticker symbol")


# 65: data was read but is not right


GOOD = "2024-01-02T14:30:00Z,10,11,9,10,5"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2024-01-02T14:32:00Z,10,nan,9,10,5", "high is not a finite number"),
        ("2024-01-02T14:32:00Z,10,inf,9,10,5", "high is 'inf', not a number"),
        ("2024-01-02T14:32:00Z,10,11,9,10,inf", "volume is 'inf', not a number"),
        ("2024-01-02T14:32:00Z,0,11,0,10,5", "open is 0.0: a price must be above 0"),
        ("2024-01-02T14:32:00Z,10,11,-9,10,5", "low is -9.0: a price must be above 0"),
        ("2024-01-02T14:32:00Z,10,9,11,10,5", "high 9.0 is below low 11.0"),
        ("2024-01-02T14:32:00Z,12,11,9,10,5", "open 12.0 lies outside the bar's range"),
        ("2024-01-02T14:32:00Z,10,11,9,8,5", "close 8.0 lies outside the bar's range"),
        ("2024-01-02T14:32:00Z,10,11,9,10,-5", "volume is -5.0"),
        ("2024-01-02T14:30:00Z,10,11,9,10,5", "a second bar at 2024-01-02T14:30:00Z"),
        ("2024-01-02T14:28:00Z,10,11,9,10,5", "bar 2024-01-02T14:28:00Z comes after 2024-01-02T14:30:00Z"),
        ("2024-01-02T14:32:00Z,10,11,9,1O,5", "close is '1O', not a number"),
        ("2024-01-02T14:32:00Z,10,11,9,,5", "close is '', not a number"),
        ("2024-01-02T14:32:00Z,1000,1000,1000,1000,5", "close goes from 10.0 to 1000.0"),
        ("2024-01-02T14:32:00,10,11,9,10,5", "has no UTC offset: say with DATA_TIMEZONE"),
        ("2024-01-02,10,11,9,10,5", "has no time of day"),
        ("2024-13-02T14:32:00Z,10,11,9,10,5", "timestamp '2024-13-02T14:32:00Z' names a day or a time that does not exist"),
        ("2024-01-02T14:32:00Z,10,11,9,10", "5 fields where the header has 6"),
        ("2024-01-02T14:32:00Z,10,11,9,10,5,6", "more fields than the 6 of the header"),
        ("\x1b[31m,10,11,9,10,5", r"timestamp '\x1B[31m' is neither"),
        ("\0\0\0\0", "4|fields|timestamp"),
    ],
)
def test_65_a_bad_line_is_named(run, line, reason):
    write_bars(run.folder / "ABC_2Min.csv", [GOOD, line, "2024-01-02T14:34:00Z,10,11,9,10,5"])
    finished = run(*FILES, "--output", "j.csv")
    pattern = reason if "|" in reason else re.escape(reason)
    expect(finished, 65, r"^error: \./ABC_2Min\.csv:3: .*" + f"({pattern})", "data check")
    assert "\x1b" not in finished.err, "bytes of the file must not reach the terminal"
    assert not (run.folder / "j.csv").exists()


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("ABC_2Min.csv", "", "1: the file is empty"),
        ("ABC_2Min.csv", "timestamp,open,high,low,volume\n", "1: no column for close"),
        ("ABC_2Min.csv", "timestamp,open,high,low,close,Close,volume\n", "1: two columns for close"),
        ("ABC_2Min.csv", GOOD + "\n", "1: the file has no header line"),
        ("ABC_1Day.csv", "timestamp,open,high,low,close,volume\n2024-01-02,1,1,2,1,1\n", "2: "),
        ("ABC_splits.csv", "date,ratio\n2024-01-02,0\n", "2: '0' is not a split ratio"),
        ("ABC_splits.csv", "date,ratio\n2024-01-32,2\n", "2: '2024-01-32' is not a date"),
        ("ABC_splits.csv", "day,ratio\n2024-01-02,2\n", "1: the header is not 'date,ratio'"),
        ("ABC_splits.csv", "date,ratio\n2024-01-02,2\n2024-01-02,3\n", "3: a second split on 2024-01-02"),
    ],
)
def test_65_a_bad_file_is_named(run, name, text, reason):
    write_bars(run.folder / "ABC_2Min.csv", [GOOD])
    (run.folder / name).write_text(text)
    expect(run(*FILES, "--output", "j.csv"), 65, re.escape(f"error: ./{name}:{reason}"))
    assert not (run.folder / "j.csv").exists()


def test_65_bars_off_their_boundaries(run):
    write_bars(run.folder / "ABC_2Min.csv", [GOOD, "2024-01-02T14:33:00Z,10,11,9,10,5"])
    expect(run(*FILES), 65, "ABC: bar 2024-01-02T14:33:00Z does not start on a 2Min boundary")


def test_65_two_daily_bars_of_one_day(run):
    write_bars(run.folder / "ABC_2Min.csv", [GOOD])
    write_bars(run.folder / "ABC_1Day.csv", ["2023-12-29T05:00:00Z,10,11,9,10,5", "2023-12-29T21:00:00Z,10,11,9,10,5"])
    expect(run(*FILES), 65, r"ABC_1Day\.csv: two daily bars for 2023-12-29")


OLD_HEADER = ",".join(dp20_reference.COLUMNS[:38])
OLD_ROW = "2025-01-10,,,,,,,,false,,,,,,,,,,,,,,,,,,,,,QQQ,dp20,df1899cf3323,,,,sample,0123456789ab,r"
ROW = f"{OLD_ROW},backtest,1,0,long,,,,,,,,,,XNYS,1,defaults"
"""A row of the first schema, and one of this."""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"hello\n", r"j\.csv:1: not a trade journal"),
        (b"\xff\xfe\x00binary\x00", r"j\.csv:1: not a trade journal"),
        (b"PK\x03\x04\x00\x00", r"j\.csv:1: not a trade journal"),
        (b"\n", r"j\.csv:1: not a trade journal"),
        (f"{HEADER.replace(',mae,', ',')}\n".encode(), r"j\.csv:1: columns are missing: mae"),
        (f"{HEADER},mae\n".encode(), r"j\.csv:1: the column 'mae' is there twice"),
        (f"{HEADER},mood,mood\n".encode(), r"j\.csv:1: the column 'mood' is there twice"),
        (f"{HEADER}\n{ROW}\n{ROW}\n".encode(), r"j\.csv:3: the same row \(.*, mode, trade_no\) as line 2"),
        (f"{HEADER}\n{ROW}\n{ROW[:40]}".encode(), r"j\.csv:3: 26 fields instead of 54"),
        (f"{HEADER}\n{ROW},more\n".encode(), r"j\.csv:2: 55 fields instead of 54"),
        (f"{OLD_HEADER}\n{OLD_ROW}\n{OLD_ROW}\n".encode(), r"j\.csv:3: the same row .* as line 2"),
        (f"{OLD_HEADER}\n{ROW}\n".encode(), r"j\.csv:2: 54 fields instead of 38"),
        (f"{HEADER}\n{ROW.replace('false', 'maybe')}\n".encode(), r"j\.csv:2: entered 'maybe' is not true or false"),
        (f"{HEADER}\n{ROW.replace('XNYS', 'XNYS,')}\n".encode(), r"j\.csv:2: 55 fields"),
        (f"{HEADER}\n{ROW.replace('backtest,1', 'backtest,one')}\n".encode(), r"j\.csv:2: trade_no 'one'"),
        (f"{HEADER}\n{ROW.replace('backtest', 'dream')}\n".encode(), r"j\.csv:2: mode 'dream'"),
        (
            f"{HEADER}\n{ROW.replace('2025-01-10', '01/10/2025')}\n".encode(),
            r"j\.csv:2: trade_date '01/10/2025' may be a day and a month or a month and a day: .* YYYY-MM-DD",
        ),
        (f"{HEADER}\nsoon{ROW[10:]}\n".encode(), r"j\.csv:2: trade_date 'soon' is not a date"),
        (f"{HEADER}\n{ROW.replace('QQQ', '')}\n".encode(), r"j\.csv:2: symbol is empty"),
        (f'{HEADER}\n"{ROW}\n'.encode(), r"j\.csv:2: a quoted field does not end"),
        (f"{HEADER}\n{ROW}\n".encode() + b"\xff" + ROW[1:].encode() + b"\n", r"j\.csv:3: bytes that are not UTF-8"),
    ],
)
def test_65_a_file_that_is_no_journal_stays_as_it_is(run, content, reason):
    """Every command refuses it in the same words; `verify` alone lists what of it is wrong, where it can."""
    journal = run.folder / "j.csv"
    journal.write_bytes(content)
    expect_unwritten(run(*SAMPLE, "--output", "j.csv"), 65, reason, "the file was left as it is")
    assert journal.read_bytes() == content
    assert {path.name for path in run.folder.iterdir()} <= {"j.csv", ".j.csv.lock"}
    expect(run("journal", "upgrade", "--output", "j.csv"), 65, reason, "the file was left as it is")
    assert journal.read_bytes() == content
    assert run("journal", "verify", "--output", "j.csv").code == 65
    is_doubled = "the same row" in reason
    for command in (("journal", "show"), ("journal", "stats"), ("status", "--symbol", "QQQ")):
        if not is_doubled:
            expect(run(*command, "--output", "j.csv"), 65, reason)
    copied = run("journal", "copy", "--from", "j.csv", "--to", "copy.csv")
    expect(copied, 65, "is there twice" if is_doubled else reason)
    assert not (run.folder / "copy.csv").exists()


# 69: a source of data is unavailable or does not have what was asked for


def test_69_no_folder(run):
    expect(run(*FILES[:-1], "nowhere"), 69, "the data folder nowhere does not exist", "--data-dir")


def test_69_a_file_in_place_of_the_folder(run):
    (run.folder / "file").touch()
    expect(run(*FILES[:-1], "file"), 69, "file")


def test_69_no_file_of_the_symbol(run):
    expect(run(*FILES), 69, r"no intraday bars of ABC in \.: there is no ABC_1Min\.csv or ABC_2Min\.csv, nor \.parquet")


def test_69_a_folder_in_place_of_the_file(run):
    (run.folder / "ABC_2Min.csv").mkdir()
    expect(run(*FILES), 69, r"ABC_2Min\.csv: Is a directory")


def test_69_a_file_that_may_not_be_read(unprivileged):
    run, options = unprivileged
    write_bars(run.folder / "ABC_2Min.csv", [GOOD])
    (run.folder / "ABC_2Min.csv").chmod(0)
    expect(run(*FILES, **options), 69, r"ABC_2Min\.csv: Permission denied")


def test_69_a_pipe_in_place_of_the_file_does_not_hang(run):
    os.mkfifo(run.folder / "ABC_2Min.csv")
    finished = run(*FILES, timeout=20)
    assert finished.code in (65, 69) and "ABC_2Min.csv" in finished.err


def test_69_a_file_without_bars(run):
    write_bars(run.folder / "ABC_2Min.csv", [])
    expect(run(*FILES), 69, r"ABC_2Min\.csv holds no bars")


def test_69_dates_that_the_data_does_not_cover(run):
    write_span(run.folder, "ABC", "2024-01-03", "2024-01-05")
    expect(run(*FILES), 69, "no ABC bars for any session from 2024-01-02", "it covers 2024-01-03 through 2024-01-05")


def test_69_a_range_that_is_covered_in_part_is_warned_about(run):
    write_span(run.folder, "ABC", "2024-01-03", "2024-01-05")
    asked = ("backtest", "--symbol", "ABC", "--data-dir", ".", "--output", "j.csv")
    finished = run.succeed(*asked, "--start", "2024-01-02", "--end", "2024-01-08")
    assert "ABC: 2 of 5 sessions have no row: the data covers only 2024-01-03 through 2024-01-05" in finished.err
    assert len(read_journal(run.folder / "j.csv")) == 3


def test_69_a_symbol_whose_data_has_ended(run):
    """More than the latest session is missing: waiting does not help, and the other symbols are run all the same. It is
    told once; after that it is a warning."""
    for symbol, end in (("QQQ", "2024-01-12"), ("GONE", "2024-01-08")):
        run.succeed(
            "data", "export", "--symbol", symbol, "--source", "sample", "--timeframe", "2Min", "--start", "2024-01-02",
            "--end", end, "--output", run.folder / "bars" / f"{symbol}_2Min.csv",
        )  # fmt: skip
    settings = {"DATA_DIR": "bars", "STRATEGY": "timed-entry", "SYMBOLS": "QQQ,GONE", "OUTPUT_LOCATION": "j.csv"}
    run.succeed("backtest", "--start", "2024-01-03", "--end", "2024-01-08", env=settings)
    # The latest session may still come, for four hours: one alone is missing for certain.
    finished = run("backtest", "--catch-up", env=settings | {"PLAYBOOK_NOW": "2024-01-10T22:00:00Z"})
    assert finished.code == 75 and "GONE" in finished.err, finished
    for day, code in (("11", 69), ("12", 0)):
        finished = run("backtest", "--catch-up", env=settings | {"PLAYBOOK_NOW": f"2024-01-{day}T22:00:00Z"})
        assert finished.code == code, finished
        assert "GONE" in finished.err and "data ends on 2024-01-08" in finished.err and "SYMBOLS" in finished.err
        (line,) = [line for line in finished.out.splitlines() if line.split()[:1] == ["GONE"]]
        assert line.split()[1:] == (["failed"] if code else ["nothing", "new"])
        assert f"2024-01-{day}" in {row["trade_date"] for row in read_journal(run.folder / "j.csv")}
    # Nor is it told again, or waited for, when a parameter changes: then the symbol has no row at all.
    changed = ("--param", "entry-time=11:00")
    now = {"PLAYBOOK_NOW": "2024-01-12T22:00:00Z"}
    finished = run("backtest", "--catch-up", *changed, env=settings | now)
    assert finished.code == 0 and "GONE: no bars since 2024-01-08" in finished.err, finished
    finished = run("status", *changed, env=settings | now)
    assert finished.code == 0 and "GONE: data ended" in finished.out, finished
    # The latest session alone may be late.
    finished = run("backtest", "--catch-up", env=settings | {"PLAYBOOK_NOW": "2024-01-09T22:00:00Z", "SYMBOLS": "GONE"})
    assert finished.code == 75 and "Run again later" in finished.err


# 73: the journal cannot be written


def test_73_a_file_in_place_of_a_folder(run):
    (run.folder / "file").write_text("text")
    expect_unwritten(run(*SAMPLE, "--output", "file/j.csv"), 73, "the journal was not written", "file: ", "--output")
    assert (run.folder / "file").read_text() == "text"


@pytest.mark.parametrize("output", [".", "/dev/null", "folder/"])
def test_73_what_is_no_file(run, output):
    (run.folder / "folder").mkdir()
    expect_unwritten(run(*SAMPLE, "--output", output), 73, "the journal was not written", "--output")


def test_73_synthetic_rows_do_not_replace_real_ones(run):
    write_span(run.folder, "QQQ", "2024-01-02", "2024-01-05")
    run.succeed("backtest", "--symbol", "QQQ", *DAY, "--data-dir", ".", "--output", "j.csv")
    before = (run.folder / "j.csv").read_bytes()
    expect_unwritten(run(*SAMPLE, "--output", "j.csv"), 73, "synthetic rows would replace real ones: QQQ 2024-01-02")
    assert (run.folder / "j.csv").read_bytes() == before


def big_run(run: Program) -> tuple[Path, bytes, list]:
    """A journal, its content, and the arguments of a run that makes it much longer."""
    write_span(run.folder, "ABC", "2022-01-03", "2023-12-29")
    asked = ["backtest", "--symbol", "ABC", "--data-dir", run.folder]
    small = run.folder / "small.csv"
    run.succeed(*asked, "--start", "2022-01-03", "--end", "2022-01-31", "--output", small)
    return small, small.read_bytes(), [*asked, "--start", "2022-01-03", "--end", "2023-12-29"]


def test_73_a_full_disk(run):
    """A file system of 48 KiB: room for the journal, not for the longer one."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("mounting a small file system needs root")
    small, before, asked = big_run(run)
    disk = run.folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", disk], capture_output=True, text=True)
    if mounted.returncode != 0:
        pytest.skip(f"no small file system can be mounted here: {mounted.stderr.strip()}")
    try:
        journal = disk / "j.csv"
        shutil.copy(small, journal)
        expect_unwritten(run(*asked, "--output", journal), 73, "the journal was not written: cannot write .*: No space left")
        assert journal.read_bytes() == before
        assert {path.name for path in disk.iterdir()} == {"j.csv", ".j.csv.lock"}, "the part written must be gone"
    finally:
        subprocess.run(["umount", disk], check=True)


def test_73_a_file_that_may_not_grow(run):
    """The same with a limit on file sizes: needs no root."""
    small, before, asked = big_run(run)

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, 16_384))

    expect_unwritten(run(*asked, "--output", small, preexec_fn=limit), 73, "the journal was not written: .*: File too large")
    assert small.read_bytes() == before
    assert not list(run.folder.glob(".small.csv.*.tmp"))


def test_73_a_folder_that_may_not_be_written(unprivileged):
    run, options = unprivileged
    closed = run.folder / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    expect_unwritten(run(*SAMPLE, "--output", closed / "j.csv", **options), 73, "closed/.*: Permission denied")
    assert list(closed.iterdir()) == []


def test_0_a_working_folder_that_may_not_be_written(unprivileged):
    """Only the journal's folder is written to."""
    run, options = unprivileged
    closed = run.folder / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    run.succeed(*SAMPLE, "--output", run.folder / "out" / "j.csv", cwd=closed, **options)
    assert list(closed.iterdir()) == []
    assert len(read_journal(run.folder / "out" / "j.csv")) == 1


def test_73_a_folder_that_cannot_be_made(unprivileged):
    run, options = unprivileged
    closed = run.folder / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    expect_unwritten(run(*SAMPLE, cwd=closed, **options), 73, r"cannot create folder \./output: Permission denied")


# 74: standard output cannot be written; test_terminal.py has what becomes of a journal


def test_74_only_standard_output_fails(run):
    with open("/dev/full", "w") as full:
        finished = run("strategies", stdout=full)
    assert finished.code == 74 and "cannot write to standard output: No space left" in finished.err


# 75: not now: try again later


@pytest.mark.parametrize(
    ("now", "closes"),
    [
        ("2025-07-03T16:59:59Z", "2025-07-03T13:00:00-04:00"),
        ("2025-11-04T20:59:59Z", "2025-11-04T16:00:00-05:00"),
        ("2025-11-04T05:00:00Z", "2025-11-04T16:00:00-05:00"),
    ],
)
def test_75_today_before_the_close(run, now, closes):
    today = ("backtest", "--symbol", "QQQ", "--today", "--source", "sample", "--output", "j.csv")
    expect(run(*today, env={"PLAYBOOK_NOW": now}), 75, f"is not over: it closes at {closes}", "Run again")
    assert list(run.folder.iterdir()) == []


def test_75_a_date_to_come(run):
    expect(run(*SAMPLE[:3], "--date", "2035-12-31", "--source", "sample"), 75, "2035-12-31 is not over")


def test_75_today_when_its_bars_are_not_there_yet(run):
    write_span(run.folder, "ABC", "2024-01-03", "2024-01-05")
    finished = run(
        "backtest", "--symbol", "ABC", "--today", "--data-dir", ".", env={"PLAYBOOK_NOW": "2024-01-08T22:00:00Z"}
    )
    expect(finished, 75, "no ABC bars for any session from 2024-01-08", "it covers 2024-01-03 through 2024-01-05")


def test_75_a_run_waits_until_another_has_finished(run):
    journal = run.folder / "j.csv"
    with held_lock(journal) as lock:
        with FolderWatch(run.folder) as watch:
            process = run.start(*SAMPLE, "--output", "j.csv")
            for _ in range(3):
                assert watch.wait(".j.csv.lock", OPENED, 30), "the run does not try the lock"
            assert process.poll() is None and not journal.exists()
        fcntl.flock(lock, fcntl.LOCK_UN)
        assert run.finish(process).code == 0
    assert len(read_journal(journal)) == 1


@pytest.mark.slow
def test_75_another_run_holds_the_journal(kept_waiting, measured):
    waiting = kept_waiting
    code = waiting.process.wait(timeout=2 * LOCK_TIMEOUT)
    out, err = waiting.out.read_text(), waiting.err.read_text()
    expect_unwritten(Finished(code, out, err), 75, "j.csv is being written by another process", r"\.j\.csv\.lock", "Run again")
    waited = waiting.err.stat().st_mtime - waiting.start
    assert 0.9 * LOCK_TIMEOUT <= waited <= 1.5 * LOCK_TIMEOUT
    assert waiting.journal.read_bytes() == waiting.before
    measured.append(f"a run gave up on a journal that is locked within {waited:.1f} s (its limit is {LOCK_TIMEOUT} s)")


# 78: a setting is wrong or missing


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SYMBOL=QQQ\n", r"\.env:1: there is no setting SYMBOL\n.*Did you mean SYMBOLS\?"),
        ("# fine\n\nNONSENSE=1\n", r"\.env:3: there is no setting NONSENSE"),
        ("DATA_SOURCE sample\n", r"\.env:1: no '=': expected NAME=value"),
        ("SYMBOLS='QQQ\n", r"\.env:1: SYMBOLS: the quoted value does not end"),
        ("A-B=1\n", r"\.env:1: 'A-B' is not a name"),
        ("SYMBOLS=QQQ\nSYMBOLS=SPY\n", r"\.env:2: SYMBOLS is set again; line 1"),
        ("DATA_SOURCE=simple\n", r"DATA_SOURCE \(set in \.env\): no source 'simple'"),
        ("DATA_SOURCE=sample\nDATA_MIN_COMPLETENESS=9%\n", r"DATA_MIN_COMPLETENESS \(set in \.env\): '9%' is not a"),
        ("DATA_SOURCE=sample\nPLAYBOOK_NOW=today\n", r"PLAYBOOK_NOW \(set in \.env\): 'today' is not an instant"),
    ],
)
def test_78_a_bad_env_file(run, text, reason):
    (run.folder / ".env").write_text(text)
    expect(run("backtest", "--symbol", "QQQ", *DAY), 78, reason)
    (run.folder / ".env").rename(run.folder / "other")
    reason = reason.replace(r"\.env", "other")
    expect(run("backtest", "--symbol", "QQQ", *DAY, "--env-file", "other"), 78, reason)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SYMBOL", "SYMBOLS"), ("DATADIR", "DATA_DIR"), ("DATA_SOURC", "DATA_SOURCE"), ("OUTPUT_DIRS", "OUTPUT_DIR"),
        ("OUTPUT_LOCATON", "OUTPUT_LOCATION"), ("PLAYBOOK_NOV", "PLAYBOOK_NOW"), ("DATA_TIME_ZONE", "DATA_TIMEZONE"),
        ("ALPACA_API_KEYS", "ALPACA_API_KEY"), ("ALPACA_SECRETKEY", "ALPACA_SECRET_KEY"),
        ("DATA_CACHE_DIRS", "DATA_CACHE_DIR"),
    ],
)  # fmt: skip
def test_78_a_misspelt_variable(run, name, meant):
    finished = run(*SAMPLE, env={name: "x"})
    expect(finished, 78, rf"environment variable {name} is not a setting\n.*Did you mean {meant}\?")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "no source of bars was chosen\n.*ALPACA_API_KEY.*--source sample"),
        ({"DATA_SOURCE": "alpaca"}, "the source 'alpaca' needs ALPACA_API_KEY"),
        ({"DATA_SOURCE": "sample", "DATA_STRICT": "9"}, r"DATA_STRICT \(set in environment\): '9' is neither"),
        ({"DATA_SOURCE": "files"}, "DATA_DIR: the source 'files' needs a folder"),
        ({"DATA_SOURCE": "csv"}, r"DATA_SOURCE \(set in environment\): no source 'csv'"),
        ({"STRATEGY": "dp21", "DATA_SOURCE": "sample"}, r"STRATEGY \(set in environment\): no strategy 'dp21'"),
        ({"WRITER_TYPE": "tape", "DATA_SOURCE": "sample"}, r"WRITER_TYPE \(set in environment\): no writer 'tape'"),
        ({"PLAYBOOK_NOW": "2025-11-04", "DATA_SOURCE": "sample"}, r"PLAYBOOK_NOW \(set in environment\)"),
        ({"DATA_MIN_COMPLETENESS": "nan", "DATA_SOURCE": "sample"}, r"DATA_MIN_COMPLETENESS \(set in environment\)"),
    ],
)
def test_78_a_wrong_setting(run, changes, reason):
    expect(run("backtest", "--symbol", "QQQ", *DAY, env=changes), 78, reason)


def test_78_no_symbol(run):
    expect(run("backtest", *DAY, "--source", "sample"), 78, "SYMBOLS: no symbol was given")
    expect(run("backtest", *DAY, "--source", "sample", env={"SYMBOLS": "../x"}), 78, "'../x' is not a ticker symbol")


def test_78_no_env_file(run):
    expect(run(*SAMPLE, "--env-file", "nowhere/.env"), 78, "the settings file nowhere/.env does not exist")
