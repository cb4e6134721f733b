"""What the tests in Python share: the program, the bars and the fakes."""

import gc
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "EndToEnd" / "support"))
import random_market
from alpaca_support import END, NOW, START, AlpacaProgram, export_sample
from postgres_support import PostgresServer
from support import REPOSITORY, Program, dp20_reference, held_lock, read_journal, remembering, without
from trust import TRUST, is_proof, tools_are_proved
from writers_support import Places

# Found on the path that support adds.
from fake_alpaca import FakeAlpaca
from fake_bars import BarFolder
from fake_mongo import FakeMongo
from fake_storage import FakeStorage


# What is loaded before the first test stays until the end: nobody need look there for garbage.
gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_unconfigure() -> None:
    gc.unfreeze()


def pytest_configure(config: pytest.Config) -> None:
    # A shell starts what runs in the background without SIGINT, and so would be the programs that tests start.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # The calendar package calls parts of pandas that are to change.
    config.addinivalue_line("filterwarnings", "ignore::DeprecationWarning:pandas")
    config.addinivalue_line("filterwarnings", "ignore:Series.values returning an ndarray")
    # So does Alpaca's client, and of websockets.
    config.addinivalue_line("filterwarnings", "ignore::DeprecationWarning:websockets")
    config.addinivalue_line("filterwarnings", "ignore:The inplace keyword in DataFrame.dropna")
    config.addinivalue_line("markers", "proof: shows that a checking tool finds what is wrong")
    config.addinivalue_line("markers", "slow: waits for a time that the program sets, half a minute")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the tests of fake services and checking tools that passed them as they are, unless asked for by name."""
    named = any("::" in argument for argument in config.args) or all("/Fake" in argument for argument in config.args)
    if TRUST or named or not tools_are_proved():
        return
    proved = {item for item in items if is_proof(item.path) or item.get_closest_marker("proof")}
    items[:] = [item for item in items if item not in proved]
    config.hook.pytest_deselected(items=list(proved))


@pytest.fixture(scope="session")
def program() -> Path:
    """The built binary, which the environment variable TRADING_PLAYBOOK names."""
    path = os.environ.get("TRADING_PLAYBOOK")
    if not path:
        pytest.fail("TRADING_PLAYBOOK is not set. Set it to the path of the built trading-playbook binary.")
    if not os.access(path, os.X_OK):
        pytest.fail(f"TRADING_PLAYBOOK names no program: {path}")
    return Path(path).resolve()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real bars, which lies outside the repository."""
    given = os.environ.get("REAL_DATA_DIR")
    path = Path(given) if given else REPOSITORY / ".." / "shared" / "data" / "real"
    if not (path / "SPY_1Min.csv").is_file():
        pytest.skip(f"there are no real bars (SPY_1Min.csv) in {path}: set REAL_DATA_DIR to a folder that has them")
    return path.resolve()


@pytest.fixture(scope="session")
def market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of random bars; tests must leave it as it is."""
    folder = tmp_path_factory.mktemp("market")
    random_market.write_market(folder, random_market.SEED)
    return folder


@pytest.fixture(scope="session")
def market_bars(market: Path) -> BarFolder:
    """The random bars as the fake service reads them, once."""
    return BarFolder(market)


@pytest.fixture
def fake_alpaca(market_bars: BarFolder) -> Iterator[FakeAlpaca]:
    """A fake of Alpaca's market data service over the random bars, of the test's own."""
    with FakeAlpaca(market_bars, rate_limit=None) as service:
        yield service


@pytest.fixture
def mongo() -> Iterator[FakeMongo]:
    """A fake MongoDB server that lets everybody in."""
    with FakeMongo() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A real PostgreSQL server; each test has a database of its own there."""
    with PostgresServer() as server:
        yield server


@pytest.fixture
def fake_storage() -> Iterator[FakeStorage]:
    """A fake of Cloud Storage with the bucket `data`, of the test's own, which wants no token."""
    with FakeStorage("data") as service:
        yield service


@pytest.fixture
def guarded_storage() -> Iterator[FakeStorage]:
    """A fake of Cloud Storage with the bucket `data`, of the test's own, which wants tokens."""
    with FakeStorage("data", auth="token") as service:
        yield service


@pytest.fixture(scope="session")
def shared_storage() -> Iterator[FakeStorage]:
    """A fake of Cloud Storage for all tests, which wants no token; each has a bucket of its own there."""
    with FakeStorage() as service:
        yield service


@pytest.fixture(scope="session")
def shared_mongo() -> Iterator[FakeMongo]:
    """A fake MongoDB server for all tests; each has a database of its own there."""
    with FakeMongo() as mongo:
        yield mongo


NUMBERS = itertools.count(1)


@pytest.fixture
def places(
    program: Path, tmp_path: Path, shared_storage: FakeStorage, shared_mongo: FakeMongo
) -> Iterator[Places]:
    """Runs the program in a folder and with a bucket and a database of the test's own."""
    name = f"journal-{next(NUMBERS)}"
    shared_storage.store.create_bucket(name)
    yield Places(program, tmp_path, shared_storage, shared_mongo, name)
    shared_storage.clear()
    shared_mongo.fail_points.clear()
    shared_mongo.forget()


@pytest.fixture(scope="session")
def sample_market(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the built-in sample's bars; tests must leave it as it is."""
    folder = tmp_path_factory.mktemp("sample")
    export_sample(Program(program, folder), folder)
    return folder


@pytest.fixture(scope="session")
def sample_bars(sample_market: Path) -> BarFolder:
    """The sample's bars as the fake service reads them, once."""
    return BarFolder(sample_market)


@pytest.fixture(scope="session")
def sample_rows(program: Path, tmp_path_factory: pytest.TempPathFactory):
    """The rows that a backtest on the sample gives, without what tells of run and source: (symbols, first, last)."""
    run = Program(program, tmp_path_factory.mktemp("sample-rows"))

    def rows(symbols: str = "QQQ", first: str = START, last: str = END) -> list[dict[str, str]]:
        journal = run.folder / f"{symbols}-{first}-{last}.csv"
        run.succeed(
            "backtest", "--symbol", symbols, "--start", first, "--end", last, "--source", "sample", "--output", journal
        )
        return without(read_journal(journal), "run_id", "data_source")

    return remembering(rows)


@pytest.fixture
def alpaca(program: Path, tmp_path: Path, sample_bars: BarFolder) -> Iterator[AlpacaProgram]:
    """Runs the program in a folder of the test's own, as a client of a fake service over the sample's bars."""
    with FakeAlpaca(sample_bars, now=NOW, rate_limit=None) as service:
        yield AlpacaProgram(program, tmp_path, service)


@pytest.fixture(scope="session")
def reference():
    """The independent implementation of DP20. Each file is read, and each calendar made, once."""
    module = dp20_reference
    if not getattr(module, "remembers", False):
        module.read_bars = remembering(module.read_bars)
        module.trading_sessions = remembering(module.trading_sessions)
        module.remembers = True
    return module


@pytest.fixture
def run(program: Path, tmp_path: Path) -> Program:
    """Runs the program in a folder of the test's own."""
    return Program(program, tmp_path)


@pytest.fixture(scope="module")
def run_in_module(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Runs the program in a folder of the module's own."""
    return Program(program, tmp_path_factory.mktemp("module"))


@pytest.fixture
def unprivileged(program):
    """Runs the program as somebody without privileges, in a folder of theirs."""
    folder = Path(tempfile.mkdtemp())
    options = {}
    if os.geteuid() == 0:
        shutil.chown(folder, 65_534, 65_534)
        options = {"user": 65_534, "group": 65_534, "extra_groups": []}
    runner = Program(program, folder)
    try:
        try:
            works = runner("--version", **options).code == 0
        except PermissionError:
            works = False
        if not works:
            pytest.skip("the program cannot be run without privileges")
        yield runner, options
    finally:
        folder.chmod(0o700)
        for path in folder.rglob("*"):
            if path.is_dir():
                path.chmod(0o700)
        shutil.rmtree(folder)


@dataclass(frozen=True)
class Waiting:
    """A run that waits for a lock on its journal which is not given free."""

    process: subprocess.Popen
    journal: Path
    before: bytes
    """The journal when the run began."""
    start: float
    """When it began, in seconds since the epoch."""
    out: Path
    err: Path
    """Files of what it prints."""


@pytest.fixture(scope="session")
def kept_waiting(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Waiting]:
    """A run that waits for its journal until it gives up."""
    run = Program(program, tmp_path_factory.mktemp("waiting"))
    journal, out, err = (run.folder / name for name in ("j.csv", "out", "err"))
    asked = ("backtest", "--symbol", "QQQ", "--date", "2024-01-02", "--source", "sample", "--output", journal)
    run.succeed(*asked)
    with held_lock(journal), out.open("w") as out_file, err.open("w") as err_file:
        start = time.time()
        process = run.start(*asked, "--param", "stop-atr=2", stdout=out_file, stderr=err_file)
        yield Waiting(process, journal, journal.read_bytes(), start, out, err)
        process.kill()
        process.wait()


@pytest.fixture(scope="session", autouse=True)
def start_waiting_early(request: pytest.FixtureRequest) -> None:
    """Starts that run with the first test, so that it waits while others run, if a test is to look at it."""
    if any("kept_waiting" in getattr(item, "fixturenames", ()) for item in request.session.items):
        request.getfixturevalue("kept_waiting")


MEASURED: list[str] = []


@pytest.fixture(scope="session")
def measured() -> list[str]:
    """Lines that the tests add what they counted to; they are printed after the last test."""
    return MEASURED


def pytest_sessionfinish(session: pytest.Session) -> None:
    # A worker hands its lines to the process that prints them.
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["measured"] = MEASURED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node) -> None:
    MEASURED.extend(getattr(node, "workeroutput", {}).get("measured", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if MEASURED:
        terminalreporter.section("measured")
        for line in MEASURED:
            terminalreporter.write_line(line)
