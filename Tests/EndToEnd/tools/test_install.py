"""What `make install` puts where: the program, its manual page, completions for shells."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support import REPOSITORY, Program

PAGE = "share/man/man1/trading-playbook.1"

COMPLETE = """
source "$1"
COMP_WORDS=("${@:2}")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMP_LINE="${COMP_WORDS[*]}"
COMP_POINT=${#COMP_LINE}
COMP_TYPE=9
COMP_KEY=9
complete -p trading-playbook | grep -q -- '-F _trading-playbook ' || exit 3
_trading-playbook "${COMP_WORDS[0]}" "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


def make(target: str, prefix: Path, program: Path) -> None:
    """With the program as it is: `make` would build another one."""
    done = subprocess.run(
        ["make", "-s", "-o", "build", target, f"PREFIX={prefix}", f"BINARY={program}"],
        cwd=REPOSITORY, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def installed(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    prefix = tmp_path_factory.mktemp("installed") / "local"
    make("install", prefix, program)
    return prefix


def files(prefix: Path) -> set[str]:
    return {str(path.relative_to(prefix)) for path in prefix.rglob("*") if path.is_file()}


def test_what_is_installed_goes_again(program: Path, tmp_path: Path) -> None:
    prefix = tmp_path / "local"
    for _ in range(2):
        make("install", prefix, program)
    assert files(prefix) == {
        "bin/trading-playbook", "share/man/man1/trading-playbook.1",
        "share/bash-completion/completions/trading-playbook", "share/zsh/site-functions/_trading-playbook",
        "share/fish/vendor_completions.d/trading-playbook.fish",
    }  # fmt: skip
    version = subprocess.run([prefix / "bin/trading-playbook", "--version"], capture_output=True, text=True)
    assert version.returncode == 0 and version.stdout
    make("uninstall", prefix, program)
    assert files(prefix) == set()


def test_the_manual_page_has_all_that_the_program_has(run: Program, installed: Path) -> None:
    page = (installed / PAGE).read_text(encoding="utf-8").replace("\\-", "-")
    for command in re.findall(r"^  ([a-z]+) ", run.succeed("--help").out.split("SUBCOMMANDS:")[1], re.MULTILINE):
        assert command == "help" or re.search(rf"^\.SS {command}\b", page, re.MULTILINE), command
    for setting in json.loads(run.succeed("config", "--format", "json").out)["settings"]:
        assert f".B {setting['name']}\n" in page
    assert page.count("\n.TP 4\n.B ") == len(re.findall(r"^  \d+ ", run.succeed("--help").out, re.MULTILINE)) > 8


def test_the_manual_page_is_shown_without_complaints(installed: Path) -> None:
    if shutil.which("man") is None:
        pytest.skip("man-db is not installed")
    shown = subprocess.run(
        ["man", "--warnings", "-l", installed / PAGE], capture_output=True, text=True, env={"MANWIDTH": "80", "PATH": "/usr/bin:/bin"}
    )
    assert shown.returncode == 0 and shown.stderr == ""
    for part in ("NAME", "COMMANDS", "journal verify", "--catch-up", "EXIT STATUS", "ENVIRONMENT", "ALPACA_API_KEY_FILE"):
        assert part in shown.stdout
    assert "\u2010" not in shown.stdout, "a word is broken"


@pytest.mark.parametrize(("words", "offered", "not_offered"), [
    (["ca"], {"calendar"}, {"backtest"}),
    (["journal", ""], {"show", "stats", "verify", "copy", "upgrade"}, {"backtest"}),
    (["backtest", "--so"], {"--source"}, {"--symbol"}),
    (["backtest", "--source", ""], {"alpaca", "files", "sample"}, {"files.txt"}),
    (["backtest", "--strategy", ""], {"dp20", "timed-entry"}, set()),
    (["journal", "show", "--format", ""], {"table", "json", "csv"}, {"files.txt"}),
    (["backtest", "--env-file", "fi"], {"files.txt"}, set()),
    (["backtest", "--start", ""], set(), {"files.txt"}),
])  # fmt: skip
def test_bash_completes(installed: Path, tmp_path: Path, words: list[str], offered: set[str], not_offered: set[str]) -> None:
    (tmp_path / "files.txt").write_text("")
    script = installed / "share/bash-completion/completions/trading-playbook"
    done = subprocess.run(
        ["bash", "-c", COMPLETE, "bash", script, "trading-playbook", *words], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found = {line.strip() for line in done.stdout.splitlines()} - {""}
    assert offered <= found and not found & not_offered, found


@pytest.mark.parametrize(("shell", "place"), [
    ("zsh", "share/zsh/site-functions/_trading-playbook"), ("fish", "share/fish/vendor_completions.d/trading-playbook.fish"),
])  # fmt: skip
def test_other_shells_have_scripts_of_all_commands(installed: Path, shell: str, place: str) -> None:
    script = installed / place
    text = script.read_text(encoding="utf-8")
    for word in ("backtest", "journal", "upgrade", "schedule", "catch-up", "timed-entry"):
        assert word in text
    if shutil.which(shell):
        assert subprocess.run([shell, "-n", script]).returncode == 0
