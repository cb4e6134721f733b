"""The program as a service that one process after the other runs, and as a job; their ends and their logs."""

import json
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

from checks import Violation
from support import Program

STOPPING = 10.0
"""Seconds that a process may take from SIGTERM to its end."""

PATIENCE = 90.0
"""Seconds that a job may take."""

CRASHED = re.compile(r"fatal error:|stack dump|thread \d+ .*crashed|sanitizer: |illegal instruction", re.IGNORECASE)


@dataclass
class Process:
    """One process of the program."""

    number: int
    process: subprocess.Popen
    folder: Path
    port: int = 0
    was_killed: bool = False
    told_to_stop: Optional[float] = None
    """When it was sent SIGTERM, by the monotonic clock."""

    @property
    def log(self) -> list[dict[str, Any]]:
        """The lines of its log; only of one that was killed may the last be torn. Throws `Violation`."""
        lines = (self.folder / "out").read_text().splitlines(keepends=True)
        entries = []
        for line in lines:
            try:
                entry = json.loads(line)
                if not {"severity", "message", "time"} <= entry.keys() or not line.endswith("\n"):
                    raise ValueError
                entries.append(entry)
            except (ValueError, AttributeError):
                if not (self.was_killed and line is lines[-1]):
                    raise Violation(f"process {self.number} logged {line[:300]!r}") from None
        return entries

    @property
    def errors(self) -> str:
        return (self.folder / "err").read_text()


class Machine:
    """Starts processes. Its methods may be called from any thread."""

    def __init__(self, program: Program, folder: Path, settings: Callable[[int], dict[str, Optional[str]]]):
        """`settings`: the environment of a process by its number."""
        self.processes: list[Process] = []
        self.current: Optional[Process] = None
        """The process that serves."""
        self.slowest_stop = 0.0
        self._program = program
        self._folder = folder
        self._settings = settings
        self._lock = threading.Lock()

    def _start(self, arguments: list[str], changes: dict[str, Optional[str]], port: int = 0) -> Process:
        with self._lock:
            number = len(self.processes)
            folder = self._folder / f"process-{number}"
            folder.mkdir(parents=True)
            with (folder / "out").open("w") as out, (folder / "err").open("w") as err:
                settings = self._settings(number) | changes
                process = self._program.start(*arguments, env=settings, stdout=out, stderr=err)
            one = Process(number, process, folder, port)
            self.processes.append(one)
            return one

    # The service

    def serve(self, changes: dict[str, Optional[str]]) -> Process:
        """Starts the service, and returns when it answers."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        one = self._start(["serve"], changes | {"PORT": str(port), "SERVE_HOST": "127.0.0.1"}, port)
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                break
            except OSError:
                if one.process.poll() is not None or time.monotonic() > deadline:
                    raise Violation(f"process {one.number} does not serve: {self._told(one)}") from None
                time.sleep(0.005)
        self.current = one
        return one

    def kill(self, one: Process) -> bool:
        """Whether it was alive."""
        if one.process.poll() is not None:
            return False
        one.was_killed = True
        one.process.kill()
        one.process.wait()
        return True

    def stop(self, one: Process) -> None:
        """SIGTERM; it must end with 0, and soon. Throws `Violation`."""
        begin = one.told_to_stop = time.monotonic()
        one.process.send_signal(signal.SIGTERM)
        try:
            code = one.process.wait(STOPPING + 2)
        except subprocess.TimeoutExpired:
            self.kill(one)
            raise Violation(f"process {one.number} still ran {STOPPING + 2} s after SIGTERM") from None
        seconds = time.monotonic() - begin
        self.slowest_stop = max(self.slowest_stop, seconds)
        if code != 0 or seconds > STOPPING:
            raise Violation(f"process {one.number}: exit {code} {seconds:.1f} s after SIGTERM: {self._told(one)}")

    # The job

    def job(self, arguments: list[str], changes: dict[str, Optional[str]]) -> Process:
        """Starts a job."""
        return self._start(arguments, changes)

    def finish(self, one: Process) -> Optional[int]:
        """The exit code of a job, none when it was killed. Throws `Violation`."""
        try:
            code = one.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill(one)
            raise Violation(f"job {one.number} still ran after {PATIENCE} s") from None
        if one.was_killed and code == -signal.SIGKILL:
            return None
        if code not in (0, 69, 73, 75, 78):
            raise Violation(f"job {one.number}: exit {code}: {self._told(one)}")
        return code

    def _told(self, one: Process) -> str:
        return f"{one.errors[-1500:]}\n{(one.folder / 'out').read_text()[-1500:]}"

    # In the end

    def end(self) -> None:
        for one in self.processes:
            if one.process.poll() is None:
                one.process.kill()
                one.process.wait()

    def crashes(self) -> list[str]:
        return [f"process {one.number}: {one.errors[-1500:]}" for one in self.processes if CRASHED.search(one.errors)]


