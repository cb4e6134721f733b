"""A run that dies while it writes leaves the journal as it was or with all its rows, and keeps nobody out."""

import fcntl
import random
import re
import signal
import statistics
import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional

import pytest
from folder_watch import CREATED, MOVED, FolderWatch
from support import Program, parse_journal, read_journal, wait_until, without, write_span
from trust import tries

FIRST, LAST = "2013-06-03", "2017-12-29"
SEED = 20_111_017
KILLS = tries(60, 200)
SIGNALS = tries(12, 24)


@dataclass
class Stage:
    """A folder in which one run after the other starts from the same journal and is stopped."""

    run: Program
    journal: Path
    old: bytes
    new: bytes
    """What the journal holds after a whole run, with `RUN` in place of the run's name."""
    outcomes: Counter = field(default_factory=Counter)
    codes: Counter = field(default_factory=Counter)
    lives: list[float] = field(default_factory=list)
    """How long runs took until they began to write, in seconds."""
    litter: frozenset[Path] = frozenset()
    """The temporary files that earlier runs left; they stay, to be no obstacle."""
    replacing: float = 0.01
    """Within how many seconds after that runs are stopped; adjusted so that half of them still write."""

    @property
    def temporary(self) -> str:
        """What the names of temporary files are like."""
        return f".{self.journal.name}.*.tmp"

    def temporaries(self) -> frozenset[Path]:
        return frozenset(self.journal.parent.glob(self.temporary))

    def claims(self) -> frozenset[Path]:
        """What runs leave that are killed in the moment in which they replace the journal."""
        return frozenset(self.journal.parent.glob(f".{self.journal.name}.*.claim"))

    @property
    def lock(self) -> Path:
        return self.journal.with_name(f".{self.journal.name}.lock")

    def arguments(self, symbol: str = "NEW") -> list:
        return [
            "backtest", "--symbol", symbol, "--start", FIRST, "--end", LAST, "--data-dir", self.run.folder,
            "--output", self.journal,
        ]  # fmt: skip

    def start(self) -> subprocess.Popen:
        """Starts a run on the old journal."""
        self.journal.write_bytes(self.old)
        self.litter = self.temporaries()
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return self.run.start(*self.arguments(), **quiet)

    def check(self, process: subprocess.Popen) -> str:
        """Where the run was stopped; fails unless the journal is whole and free."""
        code = process.wait(timeout=60)
        self.codes[code] += 1
        assert lock_is_free(self.lock), "the lock outlived the process"
        allowed = {self.journal, self.lock} | self.temporaries() | self.claims()
        strangers = {path for path in self.journal.parent.iterdir() if path not in allowed}
        assert strangers == set(), "files that do not belong there"
        content = self.journal.read_bytes()
        if content == self.old:
            assert code != 0, "a run that succeeded left the old journal"
            return "during" if self.temporaries() - self.litter else "before"
        assert anonymous(content) == self.new, "the journal is neither the old one nor the new one"
        return "finished" if code == 0 else "after"

    def complete(self) -> None:
        """One run completes the journal, whatever was left behind, and leaves nothing but it and its lock."""
        self.run.succeed(*self.arguments())
        assert anonymous(self.journal.read_bytes()) == self.new
        assert self.temporaries() == frozenset(), "temporary files of killed runs stay"
        assert len(self.claims()) <= 1, "claims of killed runs stay"


def anonymous(content: bytes) -> bytes:
    """The journal with its new rows' run_id, which must be one, replaced."""
    run = re.search(rb",NEW,.*,(\d{8}T\d{6}Z-[0-9a-f]{6}),backtest,.*\n", content)
    assert run, "the journal has no whole new row"
    return content.replace(b"," + run[1] + b",", b",RUN,")


def lock_is_free(path: Path) -> bool:
    """Whether nobody holds the lock."""
    if not path.exists():
        return True
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def make_stage(program: Path, folder: Path) -> Stage:
    """A journal of thousands of rows, of which a run replaces some, adds some, and must leave the others alone."""
    run = Program(program, folder)
    journal = folder / "journal" / "trades.csv"
    write_span(folder, "OTHER", FIRST, LAST)
    write_span(folder, "NEW", FIRST, LAST)
    stage = Stage(run, journal, b"", b"")
    run.succeed(*stage.arguments("OTHER"))
    run.succeed(*stage.arguments("NEW"))
    whole = journal.read_bytes()
    assert len({row["run_id"] for row in parse_journal(whole) if row["symbol"] == "NEW"}) == 1
    stage.new = anonymous(whole)
    # The old journal: the newer half of the rows is not there yet, the older half has other content.
    header, *lines = whole.decode().splitlines(keepends=True)
    middle = "2015-07-01"
    old = [line for line in lines if ",OTHER," in line or line < middle]
    changed = re.compile(",(uptrend unknown: |no bars,)")
    old = [changed.sub(r",then \1", line) if ",NEW," in line else line for line in old]
    stage.old = (header + "".join(old)).encode()
    rows = parse_journal(stage.old)
    rows_of = {"NEW": sum(row["symbol"] == "NEW" for row in rows), "OTHER": sum(r["symbol"] == "OTHER" for r in rows)}
    assert rows_of["NEW"] > 500 and rows_of["OTHER"] > 1_100
    journal.write_bytes(stage.old)
    said = run.succeed(*stage.arguments())
    assert f"{rows_of['OTHER'] - rows_of['NEW']} added" in said.out
    return stage


@pytest.fixture(scope="module")
def stages(program, tmp_path_factory) -> list[Stage]:
    """Two stages, so that both cores have something to do."""
    return [make_stage(program, tmp_path_factory.mktemp(f"stage{number}")) for number in (1, 2)]


def interrupt(stage: Stage, number: signal.Signals, count: int, seed: int) -> None:
    """
    Stops `count` runs with the signal: one half while they replace, one in eight once the new journal is in place, the
    others at any instant of their lives.
    """
    draw = random.Random(seed)
    for attempt in range(count):
        with FolderWatch(stage.journal.parent) as watch:
            begun = time.monotonic()
            process = stage.start()
            aimed = attempt % 2 == 0
            if aimed:
                assert watch.wait(stage.temporary, CREATED, 60), "no new journal was begun"
                stage.lives.append(time.monotonic() - begun)
                delay = draw.uniform(0, stage.replacing)
            elif attempt % 8 == 7:
                assert watch.wait(stage.journal.name, MOVED, 60), "the new journal did not come"
                delay = 0
            else:
                # How long a run takes now, while other programs have their share of the computer.
                delay = draw.uniform(0, 1.1 * statistics.median(stage.lives[-5:]))
            # The instant is drawn, not waited for.
            try:
                process.wait(timeout=delay)
            except subprocess.TimeoutExpired:
                process.send_signal(number)
        outcome = stage.check(process)
        stage.outcomes[outcome] += 1
        if aimed:
            stage.replacing *= 1.2 if outcome == "during" else 1 / 1.2
        if attempt % 20 == 19:
            stage.complete()
    stage.complete()


def interrupt_all(stages: list[Stage], number: signal.Signals, count: int) -> Counter:
    """Stops `count` runs on all stages together and counts where they were."""
    for stage in stages:
        stage.outcomes.clear()
        stage.codes.clear()
    with ThreadPoolExecutor(len(stages)) as pool:
        jobs = [
            pool.submit(interrupt, stage, number, count // len(stages), SEED + index)
            for index, stage in enumerate(stages)
        ]
        for job in jobs:
            job.result()
    return sum((stage.outcomes for stage in stages), Counter())


def test_kill_at_any_instant_leaves_the_old_journal_or_the_new_one(stages, measured):
    outcomes = interrupt_all(stages, signal.SIGKILL, KILLS)
    codes = sum((stage.codes for stage in stages), Counter())
    life = statistics.median(stages[0].lives + stages[1].lives)
    measured.append(
        f"kill -9: {codes[-signal.SIGKILL]} of {KILLS} runs killed ({outcomes['before']} before the new journal was "
        f"begun, {outcomes['during']} while it was written, {outcomes['after']} after it was in place), "
        f"{outcomes['finished']} had finished; a run takes {life:.3f} s until it replaces the journal of "
        f"{len(stages[0].old) // 1024} KiB by one of {len(stages[0].new) // 1024} KiB"
    )
    assert set(codes) <= {-signal.SIGKILL, 0}
    assert sum(outcomes.values()) == KILLS
    assert codes[-signal.SIGKILL] >= KILLS * 0.6
    assert outcomes["before"] >= KILLS * 0.1
    assert outcomes["during"] >= KILLS * 0.1
    assert outcomes["after"] >= KILLS * 0.05


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_signal_leaves_the_journal_whole(stages, measured, number):
    outcomes = interrupt_all(stages, number, SIGNALS)
    codes = sum((stage.codes for stage in stages), Counter())
    measured.append(f"{number.name}: {dict(outcomes)}, exit codes {dict(codes)}")
    # Ended by the signal, or as shells report that, or done before it came.
    assert set(codes) <= {-number, 128 + number, 0}
    assert outcomes["before"] + outcomes["during"] >= SIGNALS * 0.1


def test_two_runs_at_once_of_which_one_is_killed(program, tmp_path, measured):
    """Both write the same journal; one dies anywhere; the other's rows, and later its own, are there exactly once."""
    run = Program(program, tmp_path)
    first, last, sessions = "2017-01-03", "2017-12-29", 251
    for symbol in ("DIES", "LIVES"):
        write_span(tmp_path, symbol, first, last)

    def arguments(symbol: str, journal: Path) -> list:
        return [
            "backtest", "--symbol", symbol, "--start", first, "--end", last, "--data-dir", tmp_path,
            "--output", journal,
        ]  # fmt: skip

    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    clean: dict[str, list] = {}
    for symbol in ("DIES", "LIVES"):
        run.succeed(*arguments(symbol, tmp_path / f"{symbol}.csv"))
        clean[symbol] = without(read_journal(tmp_path / f"{symbol}.csv"), "run_id")
        assert len(clean[symbol]) == sessions
    lives = []
    for number in range(5):
        start = time.monotonic()
        journal = tmp_path / "timed" / f"{number}.csv"
        for process in [run.start(*arguments(symbol, journal), **quiet) for symbol in ("DIES", "LIVES")]:
            assert process.wait(timeout=60) == 0
        lives.append(time.monotonic() - start)
    life = statistics.median(lives)

    draw = random.Random(SEED)
    seen = Counter()
    rounds = tries(12, 30)
    for number in range(rounds):
        journal = tmp_path / "rounds" / f"{number}.csv"
        dying = run.start(*arguments("DIES", journal), **quiet)
        living = run.start(*arguments("LIVES", journal), **quiet)
        # At any instant, and now and then at the beginning or when its rows are in.
        delay = draw.uniform(0, 1.2 * life) if number % 10 > 1 else 0
        if number % 10 == 1:
            wait_until(lambda: journal.exists() and b",DIES," in journal.read_bytes(), pause=0.001)
        try:
            dying.wait(timeout=delay)
        except subprocess.TimeoutExpired:
            dying.kill()
        assert living.wait(timeout=60) == 0
        dying.wait(timeout=60)
        rows = without(read_journal(journal), "run_id")
        assert [row for row in rows if row["symbol"] == "LIVES"] == clean["LIVES"]
        assert [row for row in rows if row["symbol"] == "DIES"] in ([], clean["DIES"])
        seen[f"{len(rows) // sessions - 1} x the killed run's rows"] += 1
        run.succeed(*arguments("DIES", journal))
        rows = without(read_journal(journal), "run_id")
        assert len(rows) == 2 * sessions
        assert [row for row in rows if row["symbol"] == "DIES"] == clean["DIES"]
        assert [row for row in rows if row["symbol"] == "LIVES"] == clean["LIVES"]
    measured.append(f"two runs at once, one killed: {rounds} rounds, {dict(seen)}")
    assert len(seen) == 2, "the kills must hit before and after the rows were in"


def test_many_runs_at_once_lose_no_row(program, tmp_path):
    """Six runs, each of its own symbol, onto one journal that is not there yet."""
    run = Program(program, tmp_path)
    first, last = "2015-01-02", "2015-12-31"
    symbols = [f"S{number}" for number in range(6)]
    for symbol in symbols:
        write_span(tmp_path, symbol, first, last)
    journal = tmp_path / "new" / "folder" / "trades.csv"
    processes = [
        run.start(
            "backtest", "--symbol", symbol, "--start", first, "--end", last, "--data-dir", tmp_path,
            "--output", journal, "--format", "json",
        )
        for symbol in symbols
    ]  # fmt: skip
    for process in processes:
        finished = run.finish(process)
        assert finished.code == 0, finished.err
    rows = read_journal(journal)
    assert Counter(row["symbol"] for row in rows) == {symbol: 252 for symbol in symbols}
    assert sorted(path.name for path in journal.parent.iterdir()) == [".trades.csv.lock", "trades.csv"]
