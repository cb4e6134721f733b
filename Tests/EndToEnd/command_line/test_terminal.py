"""What the program prints where: results on standard output, all else on standard error, colours on terminals only."""

import json
import re
import subprocess

import pytest
from support import SETTINGS, Program, read_journal
from terminal_support import on_terminals

ESCAPE = "\x1b"
QUICK = ("backtest", "--symbol", "QQQ", "--start", "2024-11-01", "--end", "2024-11-08", "--source", "sample")
JSON = {
    "backtest": (*QUICK, "--format", "json"),
    "calendar": ("calendar", "--start", "2025-01-01", "--end", "2025-01-31", "--format", "json"),
    "strategies": ("strategies", "--format", "json"),
    "data-check": (
        "data", "check", "--symbol", "QQQ", "--source", "sample", "--start", "2025-01-02", "--end", "2025-01-03",
        "--format", "json",
    ),
    "data-status": ("data", "status", "--format", "json"),
    "config": ("config", "--format", "json"),
}  # fmt: skip


@pytest.mark.parametrize("name", JSON)
def test_json_is_one_document_with_a_schema(run, name):
    finished = run.succeed(*JSON[name])
    document = json.loads(finished.out)
    assert document["schema"] == f"trading-playbook/{name}/1"
    assert ESCAPE not in finished.out + finished.err
    assert finished.out.endswith("}\n")


@pytest.mark.parametrize("name", JSON)
def test_json_on_a_terminal_has_no_colours(run, name):
    finished = on_terminals(run, *JSON[name])
    assert finished.code == 0
    assert json.loads(finished.out)["schema"] == f"trading-playbook/{name}/1"
    assert ESCAPE not in finished.out


def test_no_colours_without_a_terminal(run):
    finished = run.succeed(*QUICK, env={"TERM": "xterm-256color", "CLICOLOR_FORCE": "1"})
    assert "dp20 on QQQ, 2024-11-01 through 2024-11-08" in finished.out
    assert "SYNTHETIC DATA" in finished.out
    assert ESCAPE not in finished.out + finished.err
    assert finished.err == ""


def test_colours_on_a_terminal(run):
    finished = on_terminals(run, *QUICK)
    assert finished.code == 0
    assert finished.out.startswith("\x1b[1mdp20 on QQQ, 2024-11-01 through 2024-11-08\x1b[0m")
    assert "\x1b[33mSYNTHETIC DATA" in finished.out
    plain = run.succeed(*QUICK).out
    uncoloured = re.sub(r"\x1b\[\d+m", "", finished.out.replace("\r\n", "\n"))
    # The last three lines tell of the run: they differ.
    assert uncoloured.splitlines()[:-3] == plain.splitlines()[:-3]


@pytest.mark.parametrize(
    ("env", "terminals", "coloured"),
    [
        ({"NO_COLOR": "1"}, "out err", False),
        ({"NO_COLOR": "0"}, "out err", False),
        ({"NO_COLOR": ""}, "out err", True),
        ({}, "out", True),
        ({}, "err", False),
        ({}, "", False),
    ],
)
def test_when_there_are_colours(run, env, terminals, coloured):
    finished = on_terminals(run, *QUICK, env=env, terminals=terminals)
    assert finished.code == 0
    assert (ESCAPE in finished.out) == coloured


def test_progress_is_shown_on_a_terminal(run):
    """A run of more than half a second tells how far it is, and clears that away. A fast build is given more to do."""
    more = [("QQQ,SPY,IBM", "2022-01-03"), ("A,B,C,D,E,F", "2010-01-04"), ("A,B,C,D,E,F,G,H,I", "1999-01-04")]
    for symbols, first in more:
        count = symbols.count(",") + 1
        asked = (
            "backtest", "--symbol", symbols, "--start", first, "--end", "2023-12-29", "--source", "sample",
            "--output", f"{count}.csv", "--format", "json",
        )  # fmt: skip
        finished = on_terminals(run, *asked)
        assert finished.code == 0
        shown = [int(number) for number in re.findall(rf"\r(\d) of {count} symbols", finished.err)]
        if shown:
            break
    assert shown and shown[-1] == count
    assert shown == sorted(set(shown))
    assert finished.err.endswith("\r\x1b[K"), "the progress must be cleared"
    json.loads(finished.out)
    assert run.succeed(*asked).err == "", "there is no progress without a terminal"


def test_warnings_and_errors_go_to_standard_error(run):
    (run.folder / "ABC_2Min.csv").write_text("timestamp,open,high,low,close,volume\n2024-01-02T14:30:00Z,1,1,1,1,1\n")
    finished = run.succeed("backtest", "--symbol", "ABC", "--date", "2024-01-02", "--data-dir", ".", "--format", "json")
    result = json.loads(finished.out)
    assert result["warnings"] and all(f"warning: {text}\n" in finished.err for text in result["warnings"])


@pytest.mark.parametrize("format", ["table", "csv", "json"])
def test_a_reader_that_stops_reading_does_not_hang_the_program(run, format):
    """`calendar | head -1`"""
    command = '"$0" calendar --start 1998-01-01 --end 2035-12-31 --format "$1" | head -1; echo "${PIPESTATUS[0]}"'
    finished = subprocess.run(
        ["bash", "-c", command, run.binary, format], capture_output=True, text=True, timeout=60,
        env=run.environment(), cwd=run.folder, restore_signals=True,
    )  # fmt: skip
    first, status = finished.stdout.splitlines()
    assert first.startswith({"table": "date  ", "csv": "date,open_utc", "json": "{"}[format])
    assert int(status) in (0, 141), "0 or SIGPIPE"
    assert finished.stderr == ""


def test_output_that_cannot_be_written_is_an_error(run):
    with open("/dev/full", "w") as full:
        finished = run("calendar", "--start", "2025-01-01", "--end", "2025-12-31", "--format", "csv", stdout=full)
    assert finished.code == 74 and "standard output" in finished.err


def test_a_journal_is_written_when_only_its_summary_cannot_be_told(run):
    """That is 74; what is wrong with a journal comes first."""
    with open("/dev/full", "w") as full:
        finished = run(*QUICK, "--output", "j.csv", stdout=full)
        assert finished.code == 74 and len(read_journal(run.folder / "j.csv")) == 6
        (run.folder / "wrong.csv").write_text("text\n")
        finished = run(*QUICK, "--output", "wrong.csv", stdout=full)
        assert finished.code == 65 and "wrong.csv" in finished.err and "standard output" in finished.err


def test_closed_standard_streams_do_not_end_up_in_the_journal(run):
    """A file opened in place of a closed standard output must not receive what is printed."""
    command = '"$0" "$@" >&- 2>&- <&-'
    arguments = [str(part) for part in (*QUICK, "--output", "j.csv")]
    subprocess.run(
        ["bash", "-c", command, run.binary, *arguments], timeout=60, env=run.environment(), cwd=run.folder, check=False
    )
    if (run.folder / "j.csv").exists():
        assert len(read_journal(run.folder / "j.csv")) == 6
    run.succeed(*QUICK, "--output", "j.csv")
    assert len(read_journal(run.folder / "j.csv")) == 6


def test_without_a_home(run):
    run.succeed(*QUICK, env={"HOME": None, "PATH": None, "LANG": None, "USER": None})
    assert len(read_journal(run.folder / "output" / "sample-trades.csv")) == 6


def test_a_symbol_in_lower_case(run):
    finished = run.succeed("backtest", "--symbol", "qqq, Brk.b,QQQ", *QUICK[3:], "--format", "json")
    result = json.loads(finished.out)
    assert result["symbols"] == ["QQQ", "BRK.B"]
    assert sorted(result["by_symbol"]) == ["BRK.B", "QQQ"]
    assert {row["symbol"] for row in read_journal(run.folder / "output" / "sample-trades.csv")} == {"QQQ", "BRK.B"}


def test_a_folder_with_an_odd_name(run):
    odd = run.folder / "a b" / "ü'\"$(x);*?"
    odd.mkdir(parents=True)
    (odd / "ABC_2Min.csv").write_text("timestamp,open,high,low,close,volume\n2024-01-02T14:30:00Z,1,1,1,1,1\n")
    run.succeed("backtest", "--symbol", "ABC", "--date", "2024-01-02", "--data-dir", odd, "--output", odd / "-j.csv")
    assert len(read_journal(odd / "-j.csv")) == 1


def test_config_lists_every_setting(run):
    finished = run.succeed("config", "--format", "json")
    assert [entry["name"] for entry in json.loads(finished.out)["settings"]] == SETTINGS
