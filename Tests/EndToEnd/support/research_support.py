"""What the tests of research share."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from support import Program

START, END = "2023-01-03", "2024-12-31"
RANGE = ["--start", START, "--end", END]
PLAYBOOK = ["--param", "trend-period=5", "--param", "window-end=12:00", "--param", "slippage-bps=0.5"]
GRID = ["--grid", "stop-atr=2:10:2", "--grid", "reversal-strength=0.2:0.8:0.2"]
SWEEP = ["sweep", "--symbol", "QQQ", "--source", "sample", *RANGE, *PLAYBOOK, *GRID]


def document(run: Program, *arguments: str, **options) -> dict:
    return json.loads(run.succeed(*arguments, "--format", "json", **options).out)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def folder_of(run: Program, name: str) -> Path:
    return run.folder / "output" / "research" / name


def daily(trades: dict, sessions: int, unit: int) -> np.ndarray:
    """The daily net P&L of a unit of a part."""
    chosen = np.array(trades["unit"]) == unit
    return np.bincount(
        np.array(trades["session"])[chosen], weights=np.array(trades["net"])[chosen], minlength=sessions
    )


@pytest.fixture(scope="module")
def swept(program: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Program, dict]:
    """A sweep of 20 sets, and the program in the folder that holds it."""
    run = Program(program, tmp_path_factory.mktemp("swept"))
    return run, document(run, *SWEEP)
