"""Runs programs and measures them from outside: wall time, peak memory and what they print."""

import json
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import NamedTuple


class BenchmarkError(Exception):
    """A step that could not be carried out, or engines that do not agree."""


class Run(NamedTuple):
    """One run of a program."""

    seconds: float
    cpu_seconds: float
    peak_megabytes: float
    output: str


class Launcher:
    """Starts programs one at a time, each in an empty directory of its own that is also its home.

    Nothing that an earlier run left behind, no settings of the shell and no file of settings can help or slow a run.
    """

    def __init__(self, work_dir):
        self.scratch = work_dir / "scratch"
        self.scratch.mkdir(parents=True, exist_ok=True)
        kept = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR", "TZ")
        self.environment = {name: os.environ[name] for name in kept if name in os.environ}

    def run(self, command, settings=None, codes=(0,)):
        """Runs `command` to its end and returns its measurements; a failure is a BenchmarkError with its last words.

        `settings` are variables of its environment; `codes` are the exit codes that are not a failure.

        The child is spawned without a copy of this process, whose own size is the least peak that can be measured.
        """
        command = [str(part) for part in command]
        home = tempfile.mkdtemp(dir=self.scratch)
        environment = self.environment | {"HOME": home, "XDG_CACHE_HOME": f"{home}/cache"} | (settings or {})
        written = [Path(home, name) for name in ("standard-output", "standard-error")]
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        actions = [(os.POSIX_SPAWN_OPEN, n + 1, str(path), flags, 0o600) for n, path in enumerate(written)]
        before = os.getcwd()
        os.chdir(home)
        try:
            start = time.perf_counter()
            child = os.posix_spawn(command[0], command, environment, file_actions=actions)
            _, status, usage = os.wait4(child, 0)
            seconds = time.perf_counter() - start
        except OSError as error:
            raise BenchmarkError(f"{command[0]} could not be started: {error.strerror}") from error
        finally:
            os.chdir(before)
        output, complaint = (path.read_text(errors="replace") if path.exists() else "" for path in written)
        shutil.rmtree(home)
        code = os.waitstatus_to_exitcode(status)
        if code not in codes:
            last_words = (complaint.strip() or output.strip())[-2000:]
            raise BenchmarkError(f"`{' '.join(command)}` ended with {code}: {last_words}")
        return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, output)

    def json_line(self, command, settings=None):
        """Runs `command` and returns the object on the last line it prints."""
        output = self.run(command, settings).output
        try:
            return json.loads(output.strip().splitlines()[-1])
        except (IndexError, ValueError) as error:
            command = " ".join(str(part) for part in command)
            raise BenchmarkError(f"`{command}` printed no line of JSON: {output[-500:]!r}") from error


def interleaved(rounds, tasks):
    """Calls every task once a round, in turns, so that a busy spell of the machine meets them all alike.

    `tasks` maps names to functions; returns the list of what each returned, by name.
    """
    results = {name: [] for name in tasks}
    for number in range(rounds):
        names = list(tasks)
        if number % 2:
            names.reverse()
        for name in names:
            results[name].append(tasks[name]())
    return results


class Sample(NamedTuple):
    """The middle and the least of several measurements of the same thing."""

    median: float
    minimum: float

    @staticmethod
    def of(values):
        return Sample(statistics.median(values), min(values))
