"""What is to be done: random ranges that overlap, of some symbols, playbooks and parameters, for each writer."""

import random
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Optional

from checks import Key, Reference

FIRST, LAST = "2024-06-03", "2025-06-30"
"""Some 270 sessions in two years, so in two objects for each symbol and strategy."""

PLAYBOOKS = (
    ("--param", "trend-period=20"),
    ("--param", "trend-period=20", "--param", "stop-atr=1.5"),
    ("--strategy", "timed-entry"),
)
"""Flags of each strategy and its parameters; each has a `params_id` of its own."""

SYMBOLS = ("QQQ", "SPY", "IWM", "DIA", "BRK.B", "XLK")
CLOSING = "LAST"
"""The symbol of the last run of each writer, which changes every journal once more."""

LONGEST = 45
"""Sessions of a range, at most."""


@dataclass(frozen=True)
class Task:
    """One command, to be run until it succeeds."""

    writers: tuple[str, ...]
    symbols: tuple[str, ...]
    first: str
    last: str
    playbook: Optional[int]
    """None for a copy."""
    source: Optional[str] = None
    """Of a copy: the writer whose rows are copied."""
    keys: frozenset[Key] = field(default=frozenset(), repr=False)
    """Of the rows that a backtest writes."""

    @property
    def arguments(self) -> list[str]:
        asked = ["--symbol", ",".join(self.symbols), "--start", self.first, "--end", self.last, "--format", "json"]
        if self.source:
            return ["journal", "copy", "--from", self.source, "--to", self.writers[0], *asked]
        return ["backtest", "--source", "sample", "--writer", ",".join(self.writers), *PLAYBOOKS[self.playbook], *asked]


class Catalog:
    """The rows that can be asked for, by symbol and playbook."""

    def __init__(self, reference: Reference, symbols: Iterable[str], playbooks: list[tuple[str, str]]):
        """`playbooks`: strategy and `params_id` of each of `PLAYBOOKS`."""
        self.symbols = tuple(symbols)
        self.playbooks = playbooks
        self.dates = sorted({key[0] for key in reference.rows})

    def keys(self, symbol: str, playbook: int, dates: Iterable[str]) -> list[Key]:
        return [(day, symbol, *self.playbooks[playbook], "backtest", "1") for day in dates]

    def between(self, first: str, last: str) -> list[str]:
        return [day for day in self.dates if first <= day <= last]

    def backtest(self, writers: tuple[str, ...], symbols: tuple[str, ...], playbook: int, dates: list[str]) -> Task:
        keys = frozenset(key for symbol in symbols for key in self.keys(symbol, playbook, dates))
        return Task(writers, symbols, dates[0], dates[-1], playbook, keys=keys)


class Work:
    """The tasks of every writer: new ones as long as there are to be any, and those that have to be run again."""

    def __init__(self, catalog: Catalog, writers: tuple[str, ...], seed: int):
        self.catalog = catalog
        self.writers = writers
        self.expected: dict[str, set[Key]] = {writer: set() for writer in writers}
        """The keys of all tasks so far."""
        self.copied: dict[str, set[Key]] = {writer: set() for writer in writers}
        """The keys that copies may have brought."""
        self.made = {writer: 0 for writer in writers}
        self.is_endless = True
        self._random = random.Random(seed)
        self._waiting: dict[str, deque[Task]] = {writer: deque() for writer in writers}
        self._running = 0
        self._lock = threading.Lock()

    def take(self, writer: str) -> Optional[Task]:
        """The next task of a writer's workers."""
        with self._lock:
            waiting = self._waiting[writer]
            if self.is_endless and (not waiting or self._random.random() < 0.4):
                waiting.extend(self._new(writer))
            if not waiting:
                return None
            # Not always the oldest: what is run again meets other runs than before.
            waiting.rotate(-self._random.randrange(min(3, len(waiting))))
            self._running += 1
            return waiting.popleft()

    def give_back(self, writer: str, task: Task) -> None:
        """The task has to be run again."""
        with self._lock:
            self._running -= 1
            self._waiting[writer].append(task)

    def done(self) -> None:
        with self._lock:
            self._running -= 1

    def add(self, writer: str, task: Task) -> None:
        with self._lock:
            self._expect(task)
            self._waiting[writer].append(task)

    @property
    def is_idle(self) -> bool:
        with self._lock:
            return self._running == 0 and not any(self._waiting.values())

    def end(self) -> None:
        """No new tasks but those that fill the holes between others, so that a calendar finds none."""
        with self._lock:
            self.is_endless = False
            for writer in self.writers:
                for task in self._holes(writer):
                    self._expect(task)
                    self._waiting[writer].append(task)

    def _new(self, writer: str) -> list[Task]:
        chance, catalog = self._random, self.catalog
        self.made[writer] += 1
        length = chance.randint(1, LONGEST)
        start = chance.randrange(len(catalog.dates) - length + 1)
        dates = catalog.dates[start : start + length]
        symbols = tuple(chance.sample(catalog.symbols, 2 if chance.random() < 0.25 else 1))
        kind = chance.random()
        others = [one for one in self.writers if one != writer]
        if others and kind < 0.12:
            # What the copy may bring is then asked for, so that all of it is expected in the end.
            copy = Task((writer,), symbols, dates[0], dates[-1], None, source=chance.choice(others))
            tasks = [copy, *(catalog.backtest((writer,), symbols, one, dates) for one in range(len(PLAYBOOKS)))]
            for task in tasks:
                self.copied[writer] |= task.keys
        else:
            writers = self.writers if others and kind < 0.27 else (writer,)
            tasks = [catalog.backtest(writers, symbols, chance.randrange(len(PLAYBOOKS)), dates)]
        for task in tasks:
            self._expect(task)
        return tasks

    def _expect(self, task: Task) -> None:
        for writer in task.writers:
            self.expected[writer] |= task.keys

    def _holes(self, writer: str) -> list[Task]:
        tasks = []
        for symbol in self.catalog.symbols:
            for playbook in range(len(PLAYBOOKS)):
                all_keys = self.catalog.keys(symbol, playbook, self.catalog.dates)
                there = [index for index, key in enumerate(all_keys) if key in self.expected[writer]]
                for before, after in zip(there, there[1:]):
                    if after > before + 1:
                        dates = self.catalog.dates[before + 1 : after]
                        tasks.append(self.catalog.backtest((writer,), (symbol,), playbook, dates))
        return tasks
