"""Runs the image as docs/container.md says: nobody's rights, nothing to write, little memory."""

import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

from support import Finished

GUARDED = (
    "--read-only", "--read-only-tmpfs=false", "--cap-drop", "all", "--security-opt", "no-new-privileges",
    "--memory", "256m", "--network", "host", "--http-proxy=false",
)  # fmt: skip
"""How containers are run. Docker has no `--read-only-tmpfs`: there is nothing to write with --read-only alone."""

AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"


@dataclass(frozen=True)
class Certificates:
    """Files in PEM."""

    authority: Path
    certificate: Path
    key: Path


def succeed(*command: Any) -> str:
    """What a command prints, which must end well."""
    finished = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=120)
    assert finished.returncode == 0, f"{command}: {finished.returncode}\n{finished.stderr}"
    return finished.stdout


def podman(*arguments: Any) -> str:
    return succeed("podman", *arguments)


class Container:
    """One that runs in the background."""

    def __init__(self, identifier: str):
        self.identifier = identifier

    @property
    def pid(self) -> int:
        return int(podman("inspect", "--format", "{{.State.Pid}}", self.identifier))

    @property
    def running(self) -> bool:
        return podman("inspect", "--format", "{{.State.Running}}", self.identifier).strip() == "true"

    def logs(self) -> str:
        finished = subprocess.run(["podman", "logs", self.identifier], capture_output=True, text=True)
        return finished.stdout + finished.stderr

    def signal(self, name: str) -> None:
        podman("kill", "--signal", name, self.identifier)

    def wait(self, timeout: float) -> int:
        """The exit code, once it has ended."""
        command = ["podman", "wait", "--interval", "50ms", self.identifier]
        return int(subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=True).stdout)

    def execute(self, *arguments: str) -> Finished:
        """Runs a command within it."""
        finished = subprocess.run(
            ["podman", "exec", self.identifier, *arguments], capture_output=True, text=True, timeout=60
        )
        return Finished(finished.returncode, finished.stdout, finished.stderr)

    def remove(self) -> None:
        podman("rm", "--force", "--time", "1", self.identifier)


class Image:
    """The image under test."""

    def __init__(self, name: str):
        self.name = name

    @property
    def description(self) -> dict[str, Any]:
        """What `podman image inspect` says."""
        return json.loads(podman("image", "inspect", self.name))[0]

    def _options(self, env: Mapping[str, str], volumes: Mapping[str, Path], options: tuple[str, ...]) -> list[str]:
        asked = [*GUARDED, *options]
        for name, value in env.items():
            asked += ["--env", f"{name}={value}"]
        for place, path in volumes.items():
            asked += ["--volume", f"{path}:{place}"]
        return asked

    def __call__(
        self, *arguments: Any, env: Mapping[str, str] = {}, volumes: Mapping[str, Path] = {},
        options: tuple[str, ...] = (), timeout: float = 120,
    ) -> Finished:  # fmt: skip
        """Runs the image to its end; `volumes`: folders and files of this machine by their places in there."""
        command = ["podman", "run", "--rm", "--no-healthcheck", *self._options(env, volumes, options), self.name]
        finished = subprocess.run(
            command + [str(argument) for argument in arguments], capture_output=True, text=True, timeout=timeout
        )
        return Finished(finished.returncode, finished.stdout, finished.stderr)

    def start(
        self, *arguments: str, env: Mapping[str, str] = {}, volumes: Mapping[str, Path] = {},
        options: tuple[str, ...] = (),
    ) -> Container:  # fmt: skip
        """Starts it in the background."""
        return Container(
            podman("run", "--detach", *self._options(env, volumes, options), self.name, *arguments).strip()
        )


def ask(url: str, body: Optional[dict[str, Any]] = None, method: str = "GET") -> tuple[int, Any]:
    """Status and JSON of an answer."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def wait_until_healthy(container: Container, url: str, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            assert ask(url + "/health") == (200, {"status": "ok"})
            return
        except OSError as error:
            assert container.running, f"it has ended:\n{container.logs()}"
            assert time.monotonic() < deadline, f"no answer in {seconds} s: {error}\n{container.logs()}"
            time.sleep(0.05)
