"""Errors as people meet them, word for word: on the command line, in the service's answers, in log lines and on the
dashboard. `RECORD_ERRORS=1 pytest -n 0 Tests/EndToEnd/command_line/test_error_texts.py` writes
errors.txt anew."""

import html
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from alpaca_support import AlpacaProgram
from service_support import SAMPLE, serving
from support import REPOSITORY, Program, write_bars, write_whole

TEXTS = Path(__file__).parent / "errors.txt"
DATES = ("--start", "2024-07-01", "--end", "2024-07-03")
DAY = ("--start", "2024-07-02", "--end", "2024-07-02")
FILES = ("--symbol", "ABC", "--data-dir", ".")
HEADER = "timestamp,open,high,low,close,volume\n"
LOCAL = HEADER + "".join(f"2024-07-02 {9 + (30 + m) // 60:02}:{(30 + m) % 60:02}:00,10,11,9,10,1\n" for m in range(0, 60, 2))
"""Bars whose times have no offset."""
SWEEP = {"start": "2024-07-01", "end": "2024-07-31", "grid": {"stop-atr": "1:2:0.5"}}

Scenario = Callable[[Program], str]
SCENARIOS: dict[str, Scenario] = {}


def scenario(function: Scenario) -> Scenario:
    """Takes up a scenario under the words of its name."""
    SCENARIOS[function.__name__.replace("_", " ")] = function
    return function


# How the edges show an error


def command(run: Program, *arguments: str, **env: str) -> str:
    """What the command line says, below the command."""
    finished = run(*arguments, env=env)
    settings = "".join(f"{name}={value} " for name, value in env.items())
    shown = " ".join(f"'{word}'" if re.search(r"[ <>]", word) else word for word in arguments)
    return f"$ {settings}trading-playbook {shown}\n{finished.err}exit code {finished.code}"


def answer(run: Program, path: str, body: dict, **env: str) -> str:
    """The problem document that the service answers with."""
    with serving(run, defaults=SAMPLE | env) as service:
        problem = service.ask("POST", path, body).problem
    lines = [f"POST {path} {json.dumps(body)}", f"{problem['status']} {problem['title']}", f"detail: {problem['detail']}"]
    lines += [f"  {error['field']}: {error['detail']}" for error in problem.get("errors", [])]
    lines += [f"next_step: {problem['next_step']}"] if "next_step" in problem else []
    return "\n".join(lines)


def page(run: Program, path: str, **env: str) -> str:
    """What a page of the dashboard says in place of its contents."""
    with serving(run, defaults=SAMPLE | {"DASHBOARD": "on"} | env) as service:
        shown = service.ask("GET", path)
    text = re.sub(r"<(style|script|header|footer|nav)\b.*?</\1>", "", shown.body.decode(), flags=re.DOTALL)
    main = re.search(r"<main.*?</main>", text, re.DOTALL)
    words = html.unescape(re.sub(r"<[^>]+>", "\n", main[0] if main else text))
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return "\n".join([f"GET {path}", str(shown.status), *lines])


def log(run: Program, *arguments: str, **env: str) -> str:
    """The warnings and errors that a run in the cloud logs as JSON."""
    finished = run("backtest", "--cloud", *arguments, env={"OUTPUT_LOCATION": "j.csv"} | env)
    entries = [json.loads(line) for line in finished.out.splitlines()]
    told = [entry for entry in entries if entry["severity"] != "INFO" and "event" not in entry]
    shown = " ".join(arguments)
    return "\n".join(
        [f"$ trading-playbook backtest --cloud {shown}", *(f"{entry['severity']} {entry['message']}" for entry in told)]
    )


# The command line


@scenario
def no_source_is_chosen(run):
    return command(run, "backtest", "--symbol", "ABC", *DAY)


@scenario
def alpaca_has_no_keys(run):
    return command(run, "backtest", "--symbol", "ABC", "--source", "alpaca", *DAY)


@scenario
def no_symbol_is_given(run):
    return command(run, "backtest", "--source", "sample", *DAY)


@scenario
def the_folder_of_files_is_not_there(run):
    return command(run, "backtest", "--symbol", "ABC", "--data-dir", "nowhere", *DAY)


@scenario
def the_folder_has_no_file_of_the_symbol(run):
    write_bars(run.folder / "XYZ_2Min.csv", [])
    return command(run, "backtest", *FILES, *DAY)


@scenario
def the_file_is_of_another_spelling(run):
    write_bars(run.folder / "BRK-B_2Min.csv", [])
    return command(run, "backtest", "--symbol", "BRK.B", "--data-dir", ".", *DAY)


@scenario
def timestamps_have_no_offset(run):
    (run.folder / "ABC_2Min.csv").write_text(LOCAL)
    return command(run, "backtest", *FILES, *DAY)


@scenario
def dates_can_be_read_in_two_ways(run):
    (run.folder / "ABC_2Min.csv").write_text(HEADER + "03/04/2024 14:30Z,10,11,9,10,1\n")
    return command(run, "backtest", *FILES, *DAY)


@scenario
def a_file_has_no_header(run):
    (run.folder / "ABC_2Min.csv").write_text("2024-07-02T13:30:00Z,10,11,9,10,1\n2024-07-02T13:32:00Z,10,11,9,10,1\n")
    return command(run, "backtest", *FILES, *DAY)


@scenario
def a_header_lacks_a_column(run):
    (run.folder / "ABC_2Min.csv").write_text("timestamp,open,high,low,vwap\n2024-07-02T13:30:00Z,10,11,9,10\n")
    return command(run, "backtest", *FILES, *DAY)


@scenario
def a_line_is_wrong(run):
    write_whole(run.folder, "ABC", "2024-07-02", "2024-07-02")
    with (run.folder / "ABC_2Min.csv").open("a") as file:
        file.write("2024-07-03T13:30:00Z,10,9,11,10,1\n")
    return command(run, "backtest", *FILES, *DAY)


@scenario
def prices_are_whole_numbers(run):
    (run.folder / "ABC_2Min.csv").write_text(HEADER + "2024-07-02T13:30:00Z,10000000000,11000000000,9000000000,10000000000,1\n")
    return command(run, "backtest", *FILES, *DAY)


@scenario
def bars_are_stamped_with_their_close(run):
    write_whole(run.folder, "ABC", "2024-07-01", "2024-07-12")
    lines = (run.folder / "ABC_2Min.csv").read_text().splitlines()[1:]
    # Each bar a step later: the first of a session is not there, one at its close is.
    shifted = [f"{line[:14]}{int(line[14:16]) + 2:02}{line[16:]}" for line in lines if int(line[14:16]) < 58]
    shifted += [f"{line[:11]}{int(line[11:13]) + 1:02}:00{line[16:]}" for line in lines if line[14:16] == "58"]
    write_bars(run.folder / "ABC_2Min.csv", sorted(shifted))
    return command(run, "backtest", *FILES, "--start", "2024-07-05", "--end", "2024-07-08")


@scenario
def a_symbol_is_of_another_market(run):
    return command(run, "backtest", "--symbol", "BTC-USD@24x7", "--source", "sample", *DAY)


@scenario
def the_session_is_not_over(run):
    return command(run, "backtest", "--symbol", "ABC", "--source", "sample", "--date", "2024-07-02", PLAYBOOK_NOW="2024-07-02T15:00:00Z")


@scenario
def a_playbook_file_is_wrong(run):
    (run.folder / "mine.yaml").write_text("playbook: mine\nsummary: x\nsetup:\n  steps:\n    - go: closse > 1\n")
    return command(run, "backtest", "--playbook", "mine.yaml", "--symbol", "ABC", "--source", "sample", *DAY)


@scenario
def a_parameter_is_out_of_its_range(run):
    return command(run, "backtest", "--symbol", "ABC", "--source", "sample", "--param", "stop-atr=-1", *DAY)


@scenario
def the_journal_is_damaged(run):
    (run.folder / "j.csv").write_text("not,a,journal\n")
    return command(run, "backtest", "--symbol", "ABC", "--source", "sample", "--output", "j.csv", *DAY)


@scenario
def the_journal_cannot_be_written(run):
    (run.folder / "file").write_text("")
    return command(run, "backtest", "--symbol", "ABC", "--source", "sample", "--output", "file/j.csv", *DAY)


@scenario
def a_connection_string_is_wrong(run):
    return command(run, "backtest", "--symbol", "ABC", "--source", "sample", *DAY, WRITER_TYPE="postgres", POSTGRES_CONNECTION="nowhere")


@scenario
def the_webhook_has_no_address(run):
    return command(run, "backtest", "--symbol", "ABC", "--source", "sample", *DAY, NOTIFY_URL="hooks")


@scenario
def a_grid_cannot_be_read(run):
    return command(run, "sweep", "--symbol", "ABC", "--source", "sample", *DATES, "--grid", "stop-atr")


@scenario
def a_condition_cannot_be_read(run):
    return command(run, "sweep", "--symbol", "ABC", "--source", "sample", *DATES, "--grid", "stop-atr=1,2", "--where", "stop-atr")


@scenario
def a_parameter_is_fixed_and_in_the_grid(run):
    return command(run, "sweep", "--symbol", "ABC", "--source", "sample", *DATES, "--grid", "stop-atr=1,2", "--param", "stop-atr=1")


@scenario
def no_window_fits(run):
    return command(
        run, "walk-forward", "--symbol", "ABC", "--source", "sample", *DATES, "--grid", "stop-atr=1,2", "--train", "250",
        "--test", "60",
    )  # fmt: skip


@scenario
def there_is_no_cache_to_repair(run):
    write_whole(run.folder, "ABC", "2024-07-02", "2024-07-02")
    return command(run, "data", "check", *FILES, "--repair")


# The service's answers


@scenario
def a_request_needs_a_folder_that_is_not_there(run):
    return answer(run, "/backtest", {"date": "2024-07-02"}, DATA_SOURCE="files", DATA_DIR="nowhere", SYMBOLS="ABC")


@scenario
def a_request_needs_a_file_without_offsets(run):
    (run.folder / "ABC_2Min.csv").write_text(LOCAL)
    return answer(run, "/backtest", {"date": "2024-07-02"}, DATA_SOURCE="files", DATA_DIR=".", SYMBOLS="ABC")


@scenario
def a_request_needs_a_file_with_its_dates_in_two_ways(run):
    (run.folder / "ABC_2Min.csv").write_text(HEADER + "03/04/2024 14:30Z,10,11,9,10,1\n")
    return answer(run, "/backtest", {"date": "2024-07-02"}, DATA_SOURCE="files", DATA_DIR=".", SYMBOLS="ABC")


@scenario
def a_request_is_of_a_session_that_is_not_over(run):
    return answer(run, "/backtest", {"date": "2024-07-02"}, PLAYBOOK_NOW="2024-07-02T15:00:00Z")


@scenario
def a_request_meets_a_damaged_journal(run):
    (run.folder / "j.csv").write_text("not,a,journal\n")
    return answer(run, "/backtest", {"date": "2024-07-02"}, OUTPUT_LOCATION="j.csv")


@scenario
def a_request_has_a_wrong_parameter(run):
    return answer(run, "/backtest", {"date": "2024-07-02", "params": {"stop-atr": -1}})


@scenario
def a_request_for_a_sweep_has_a_wrong_range(run):
    return answer(run, "/sweep", SWEEP | {"grid": {"stop-atr": "2:1:1"}})


@scenario
def a_request_for_a_sweep_has_a_wrong_condition(run):
    return answer(run, "/sweep", SWEEP | {"where": ["stop-atr"]})


@scenario
def a_request_for_a_sweep_fixes_what_it_tries(run):
    return answer(run, "/sweep", SWEEP | {"params": {"stop-atr": 1}})


@scenario
def a_request_for_a_sweep_leaves_nothing_to_try(run):
    return answer(run, "/sweep", SWEEP | {"where": ["stop-atr > 5"]})


@scenario
def a_page_meets_a_damaged_journal(run):
    (run.folder / "j.csv").write_text("not,a,journal\n")
    return page(run, "/journal", OUTPUT_LOCATION="j.csv")


# Log lines


@scenario
def a_logged_run_needs_a_folder_that_is_not_there(run):
    return log(run, "--date", "2024-07-02", DATA_SOURCE="files", DATA_DIR="nowhere", SYMBOLS="ABC")


@scenario
def a_logged_run_needs_a_file_without_offsets(run):
    (run.folder / "ABC_2Min.csv").write_text(LOCAL)
    return log(run, "--date", "2024-07-02", DATA_SOURCE="files", DATA_DIR=".", SYMBOLS="ABC")


@scenario
def a_logged_run_cannot_write_its_journal(run):
    (run.folder / "file").write_text("")
    return log(run, "--date", "2024-07-02", DATA_SOURCE="sample", SYMBOLS="ABC", OUTPUT_LOCATION="file/j.csv")


@scenario
def a_logged_run_has_no_source(run):
    return log(run, "--date", "2024-07-02", SYMBOLS="ABC")


# The texts


def recorded() -> dict[str, str]:
    """The texts by the scenarios' names."""
    parts = re.split(r"^## (.+)\n", TEXTS.read_text(), flags=re.MULTILINE)[1:] if TEXTS.exists() else []
    return {name: text.strip("\n") for name, text in zip(parts[::2], parts[1::2])}


def steady(text: str, folder: Path) -> str:
    """The text without what differs from run to run."""
    text = text.replace(str(folder), "FOLDER")
    return re.sub(r"\b\d{8}T\d{6}Z-[0-9a-f]+\b", "RUN", text)


@pytest.mark.parametrize("name", SCENARIOS)
def test_errors_are_worded_as_recorded(run: Program, name: str) -> None:
    text = steady(SCENARIOS[name](run), run.folder)
    if os.environ.get("RECORD_ERRORS"):
        all_texts = recorded() | {name: text}
        TEXTS.write_text("\n\n".join(f"## {one}\n{all_texts[one]}" for one in SCENARIOS if one in all_texts) + "\n")
    assert text == recorded().get(name)


def test_every_text_has_its_scenario() -> None:
    assert list(recorded()) == list(SCENARIOS) and len(SCENARIOS) >= 24


FLAG = re.compile(r"(?<![\w-])--[a-z][\w-]*")


def test_each_edge_speaks_its_own_terms() -> None:
    for name, text in recorded().items():
        first, *lines = text.splitlines()
        if first.startswith(("POST", "GET")) or "--cloud" in first:
            # A whole command may have flags; nothing else does.
            rest = re.sub(r"'trading-playbook [^']*'", "", "\n".join(lines))
            assert not FLAG.search(rest), (name, rest)
        else:
            assert lines[-1].startswith("exit code") and lines[0].startswith("error: "), name
            assert any(line.startswith("  ") for line in lines), f"{name}: no next step"


def test_keys_that_are_refused(run: Program, fake_alpaca) -> None:
    """Beside the recorded ones: a service that refuses, whose port is another one each time."""
    client = AlpacaProgram(run.binary, run.folder, fake_alpaca)
    finished = client.backtest(env={"ALPACA_API_KEY": "wrong"})
    assert finished.code == 78 and "ALPACA_API_KEY and ALPACA_SECRET_KEY are not accepted" in finished.err
    assert "\n  Check both keys, and that ALPACA_PAPER fits them.\n" in finished.err
