"""Runs the scripts of cloud/ against a fake gcloud, and asks the real one what it thinks of commands and files."""

import copy
import functools
import json
import os
import re
import shlex
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Iterable, Optional

import pytest
from support import REPOSITORY

# Found on the path that support adds.
from fake_gcloud import FakeGcloud

CLOUD = REPOSITORY / "cloud"
DEPLOY = ("--project", "my-project", "--region", "us-east4", "--symbols", "QQQ,SPY")
DESTROY = ("--project", "my-project", "--region", "us-east4")
KEYS = {"ALPACA_API_KEY": "key-7f3a", "ALPACA_SECRET_KEY": "secret-9c1d"}
MORE_KEYS = KEYS | {
    "MONGODB_CONNECTION": "mongodb://u:pass-5e2b@db/t", "NOTIFY_URL": "https://hooks.example/token-8d4c",
    "HEARTBEAT_URL": "https://watch.example/ping-1b7e",
}  # fmt: skip

needs_gcloud = pytest.mark.skipif(
    shutil.which("gcloud") is None,
    reason="gcloud is not installed: commands and files of cloud/ are not checked by it (install the Google Cloud CLI)",
)


class Project:
    """A Google Cloud project that the scripts are run against: a fake gcloud, and a folder of its own."""

    def __init__(self, folder: Path, cloud: Path = CLOUD):
        self.cloud = cloud
        self.programs = folder / "bin"
        self.programs.mkdir()
        self.slept = folder / "slept"
        self.gcloud = FakeGcloud(self.programs)
        self.program("sleep", f'echo "$1" >> {shlex.quote(str(self.slept))}')
        self.program("git", 'case "$*" in *status*) ;; *) echo 0123456789ab ;; esac')

    def program(self, name: str, line: str) -> None:
        """A program that comes before others of its name."""
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{line}\n")
        path.chmod(0o755)

    def environment(self, env: dict[str, str]) -> dict[str, str]:
        path = f"{self.programs}:{os.environ['PATH']}"
        return {"PATH": path, "HOME": str(self.programs), "LANG": "C.UTF-8"} | env

    def run(self, script: str, *arguments: str, env: Optional[dict[str, str]] = None) -> subprocess.CompletedProcess:
        """Runs a script as cron would: no terminal, nothing to read."""
        return subprocess.run(
            [str(self.cloud / script), *arguments],
            env=self.environment(env or {}), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    def succeed(self, script: str, *arguments: str, env: Optional[dict[str, str]] = None) -> str:
        """What a script prints that must succeed."""
        result = self.run(script, *arguments, env=env)
        assert result.returncode == 0, result.stdout[-2000:] + result.stderr
        return result.stdout

    def calls(self) -> list[list[str]]:
        """The calls of gcloud since they were last asked for."""
        calls, self.gcloud.calls = self.gcloud.calls, []
        return calls

    def state(self) -> dict[str, dict]:
        """What exists: {kind: {name: contents}}, kinds without anything left out."""
        return {kind: copy.deepcopy(things) for kind, things in self.gcloud.cloud.state.items() if things}


LOOKING = {"describe", "list", "access", "list-files-for-upload"}


def changes(calls: Iterable[list[str]]) -> list[list[str]]:
    """The calls that change something."""
    return [call for call in calls if not LOOKING & {word for word in call[:5] if not word.startswith("--")}]


def commands_in(output: str) -> list[str]:
    """The gcloud commands that a script prints, each once."""
    return list(dict.fromkeys(line for line in output.splitlines() if line.startswith("gcloud ")))


def dry_run(script: str, *arguments: str, env: Optional[dict[str, str]] = None) -> list[str]:
    """The commands that a dry run prints, for which neither gcloud nor a network is needed."""
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"} | (env or {})
    result = subprocess.run(
        [str(CLOUD / script), *arguments, "--dry-run"], env=environment, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return commands_in(result.stdout)


VALUES = {
    "PROJECT": "my-project", "REGION": "us-east4", "BUCKET": "my-project-trading-playbook", "BILLING": "000000-000000-000000",
    "REVISION": "trading-playbook-00001-abc", "EXECUTION": "trading-playbook-catch-up-abcde",
}  # fmt: skip
"""What the variables in documents stand for."""


def documented_commands(text: str) -> list[str]:
    """The gcloud commands in the code blocks of a document, variables filled in."""
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    indented = re.findall(r"^(?: {4}.*\n)+", text + "\n", flags=re.MULTILINE)
    commands = []
    for block in fenced + indented:
        for line in re.sub(r"\\\n\s*", " ", block).splitlines():
            if "gcloud " not in line:
                continue
            commands += commands_of(line)
    return commands


def commands_of(line: str) -> list[str]:
    """The gcloud commands in a line of shell: each up to an operator."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    commands: list[list[str]] = []
    inside = False
    for word in lexer:
        if word == "gcloud" and not inside:
            inside = True
            commands.append([])
        elif re.fullmatch(r"[|&;()<>]+", word):
            inside = False
        if inside:
            commands[-1].append(re.sub(r"\$\{?([A-Z]+)\}?", lambda name: VALUES[name[1]], word))
    # The linter does not like quotes around a # that stands within a word.
    plain = re.compile(r"[\w@%+=:,./#-]+")
    return [" ".join(word if plain.fullmatch(word) else shlex.quote(word) for word in command) for command in commands]


def lint(commands: Iterable[str], folder: Path) -> dict[str, Optional[str]]:
    """What gcloud's linter says of each command: an error, or None."""
    wanted = sorted(set(commands))

    def lint_some(number: int) -> list[dict]:
        path = folder / f"commands-{number}.json"
        path.write_text(json.dumps([{"command_string": command} for command in wanted[number::2]]))
        result = subprocess.run(
            ["gcloud", "meta", "lint-gcloud-commands", f"--commands-file={path}"],
            env=os.environ | {"CLOUDSDK_CONFIG": str(folder / "config"), "CLOUDSDK_CORE_DISABLE_PROMPTS": "1"},
            capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        return json.loads(result.stdout)

    with ThreadPoolExecutor(2) as pool:
        answers = [answer for some in pool.map(lint_some, range(2)) for answer in some]
    said = {answer["command_string"]: None if answer["success"] else answer["error_message"] for answer in answers}
    assert len(said) == len(wanted), "the linter left commands out"
    return said


@functools.cache
def gcloud_installation() -> tuple[str, Path]:
    """gcloud's Python, and the folder of its library."""
    shown = subprocess.run(
        ["gcloud", "info", "--format=json(basic.python_location,installation.sdk_root)"],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    info = json.loads(shown.stdout)
    return info["basic"]["python_location"], Path(info["installation"]["sdk_root"]) / "lib"


def decoding_errors(documents: list[tuple[str, str, str, Any]]) -> list[Optional[str]]:
    """For each (API, version, message, document): what gcloud's message class refuses in it, or None."""
    python, library = gcloud_installation()
    script = Path(__file__).with_name("gcloud_messages.py")
    result = subprocess.run(
        [python, "-S", str(script)], cwd=library, input=json.dumps(documents), capture_output=True, text=True, timeout=300
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)
