"""
Everything that can go wrong with an answer: either the rows are those of a faultless run, or the run ends as documented
with one clear error, writes no row, and keeps nothing that is wrong.

The cases wait most of their time, so all are run at once, before the first test.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

import pytest
from alpaca_support import BARS, DAILY, END, NOW, SPLITS, START, TWO_MINUTES, AlpacaProgram, assert_secret, expect
from fake_alpaca import FakeAlpaca
from fake_api import encode_token
from support import Finished

SOON = 60
"""Seconds within which a run with a fault must end, while others run."""


@dataclass(frozen=True)
class Case:
    """A fault and how the run that meets it ends."""

    kind: str
    match: str
    times: Optional[int]
    code: int = 0
    words: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    start: str = START

    @property
    def patience(self) -> str:
        """Seconds for which Alpaca is asked again: few where the fault stays, and enough on any machine where it passes."""
        return "60" if self.times is not None else "25" if self.kind == "stall" else "4"

    @property
    def name(self) -> str:
        where = {TWO_MINUTES: "bars", DAILY: "daily", SPLITS: "splits"}[self.match]
        how = "always" if self.times is None else f"{self.times}x"
        detail = "-".join(str(value) for value in self.settings.values() if isinstance(value, (int, str)))
        return "-".join(part for part in (where, self.kind, detail, how) if part)


def cases() -> Iterator[Case]:
    host = "127.0.0.1"
    # What passes is asked for again.
    for match, status in [(TWO_MINUTES, 500), (DAILY, 502), (SPLITS, 503)]:
        yield Case("status", match, 2, settings={"status": status, "body": "html"})
    for match, kinds in [
        (TWO_MINUTES, ("429", "html", "truncated-json", "cut-body", "cut-before", "wrong-encoding", "invalid-utf8")),
        (DAILY, ("html", "cut-body")),
        (SPLITS, ("truncated-json", "cut-before")),
    ]:
        for kind in kinds:
            yield Case(kind, match, 1)
    yield Case("429", TWO_MINUTES, 2, settings={"retry_after": "1"})
    yield Case("delay", TWO_MINUTES, 1, settings={"seconds": 1})
    # What stays is given up.
    for match in (TWO_MINUTES, SPLITS):
        yield Case("status", match, None, 69, (host, "answered 500: internal", "Try again"))
        yield Case("429", match, None, 75, ("too many requests", host, "Run again"))
        yield Case("html", match, None, 69, (host, "HTML where JSON was expected", "ALPACA_DATA_URL"))
        yield Case("truncated-json", match, None, 69, (host,))
        yield Case("invalid-utf8", match, None, 69, (host,))
        yield Case("redirect", match, None, 69, (host, "302", "a redirect; keys are not sent on", "ALPACA_DATA_URL"))
        yield Case("endless", match, None, 69, (host,))
        token = {"token": encode_token("ca|0" if match == SPLITS else "QQQ|M|0")}
        yield Case("repeated-token", match, None, 69, ("pages", "circle"), token)
        yield Case("empty-page", match, None, 69, ("pages",), token)
    for kind in ("cut-body", "cut-before", "wrong-encoding"):
        yield Case(kind, TWO_MINUTES, None, 69, (host,))
    yield Case("status", DAILY, None, 69, (host, "answered 503", "Try again"), {"status": 503})
    yield Case("html", DAILY, None, 69, (host, "HTML where JSON was expected"))
    yield Case("slow", TWO_MINUTES, 1, settings={"rate": 100_000})
    for match in (TWO_MINUTES, DAILY):
        yield Case("empty-page", match, 1)
        yield Case("duplicate-bars", match, None)
        # What is wrong in a bar is named.
        for kind, settings, words in [
            ("unordered-bars", {}, ("comes after",)),
            ("missing-field", {"name": "c"}, ("close is not a finite number",)),
            *[("missing-field", {"name": "v"}, ("volume is not a finite number",))][: match == TWO_MINUTES],
            ("null-price", {"name": "o"}, ("open is not a finite number",)),
            ("negative-price", {"name": "l"}, ("low is -", "a price must be above 0")),
            ("high-below-low", {}, ("high ", "is below low ")),
        ]:
            yield Case(kind, match, None, 65, ("a bar of QQQ", "202", "page 1", *words), settings)
        yield Case("missing-field", match, None, 69, (host, "QQQ has no time 't'"), {"name": "t"})
    # On a page in the middle.
    for kind, code in [("status", 0), ("cut-body", 0), ("high-below-low", 65), ("repeated-token", 69)]:
        words = {65: ("a bar of QQQ", "page 2"), 69: ("circle",)}.get(code, ())
        yield Case(kind, TWO_MINUTES, 1 if code == 0 else None, code, words, {"after": 1}, "2024-02-01")


CASES = {case.name + ("-later" if case.start != START else ""): case for case in cases()}


@dataclass
class Outcome:
    """What a run with a fault left, and one without it afterwards."""

    run: AlpacaProgram
    finished: Finished
    elapsed: float
    wrote: bool
    hits: int
    status: Finished
    again: Finished
    rows: list[dict[str, str]]


def outcome(program: Path, folder: Path, bars: Any, case: Case) -> Outcome:
    folder.mkdir()
    with FakeAlpaca(bars, now=NOW, rate_limit=None) as service:
        run = AlpacaProgram(program, folder, service)
        service.faults.add(case.kind, match=case.match, times=case.times, **case.settings)
        start = time.monotonic()
        finished = run.backtest(start=case.start, timeout=120, env={"ALPACA_RETRY_SECONDS": case.patience})
        elapsed = time.monotonic() - start
        wrote = run.journal.exists()
        hits = sum(request["fault"] is not None for request in service.requests)
        service.clear()
        status = run("data", "status")
        # What a good run kept is looked at by `data status` alone.
        again = run.backtest(start=case.start) if finished.code else finished
        return Outcome(run, finished, elapsed, wrote, hits, status, again, run.rows() if run.journal.exists() else [])


@pytest.fixture(scope="module")
def outcomes(program, tmp_path_factory, sample_bars, request) -> dict[str, Outcome]:
    wanted = {item.callspec.params["name"] for item in request.session.items if "outcomes" in item.fixturenames}
    folder = tmp_path_factory.mktemp("faults")
    # Those that wait longest come first.
    order = sorted(wanted, key=lambda name: (CASES[name].kind != "429", CASES[name].times is not None))
    with ThreadPoolExecutor(8) as pool:
        jobs = {name: pool.submit(outcome, program, folder / name, sample_bars, CASES[name]) for name in order}
        return {name: job.result() for name, job in jobs.items()}


@pytest.mark.parametrize("name", CASES)
def test_a_fault(outcomes, sample_rows, name):
    case, found = CASES[name], outcomes[name]
    assert found.hits > 0, "the fault was not met"
    assert found.elapsed < SOON
    expected = sample_rows("QQQ", case.start, END)
    if case.code == 0:
        assert (found.finished.code, found.finished.err) == (0, "")
    else:
        expect(found.finished, case.code, *case.words)
        message, *hints = found.finished.err.splitlines()
        assert len(message) < 400 and len(hints) <= 1, found.finished.err
        assert all(32 <= ord(letter) < 127 for letter in message), "bytes of the answer must not reach the terminal"
        assert not found.wrote
    assert found.status.code == 0, found.status.out
    assert (found.again.code, found.again.err) == (0, "")
    assert found.rows == expected, "what was kept must be right"
    assert_secret(found.run, found.finished, found.again)


def test_a_redirect_does_not_get_the_keys(alpaca, sample_bars):
    with FakeAlpaca(sample_bars) as other:
        for kind in ("data", "calendar"):
            alpaca.service.faults.add("redirect", match="/", times=None, location=f"{other.url}/{kind}")
        expect(alpaca.backtest(), 69, "a redirect; keys are not sent on")
        assert other.requests == [] and other.connections == 0


def test_pages_read_before_a_fault_are_kept(alpaca, sample_rows):
    """What came whole is not fetched again."""
    start = "2024-02-01"
    alpaca.service.faults.add("status", match="page_token", times=None, after=1, status=503)
    expect(alpaca.backtest(start=start, env={"ALPACA_RETRY_SECONDS": "4"}), 69, "503")
    assert not alpaca.journal.exists()
    alpaca.service.clear()
    assert alpaca.backtest(start=start).code == 0
    assert alpaca.rows() == sample_rows("QQQ", start, END)
    first = alpaca.queries(TWO_MINUTES)[0]["start"]
    assert first > "2024-03", "the months of the first page were there"
    assert len(alpaca.queries(TWO_MINUTES)) == 1


def test_one_symbol_s_bad_bars_do_not_stop_another(alpaca, sample_rows):
    alpaca.service.faults.add("high-below-low", match=f"symbols=SPY&{TWO_MINUTES}", times=None)
    finished = alpaca.backtest(symbol="QQQ,SPY")
    assert finished.code == 65 and "a bar of SPY" in finished.err
    assert alpaca.rows() == sample_rows("QQQ")
    alpaca.service.clear()
    assert alpaca.backtest(symbol="QQQ,SPY").code == 0
    assert alpaca.rows() == sample_rows("QQQ,SPY")
    assert {query["symbols"] for query in alpaca.queries(BARS)} == {"SPY"}


@pytest.mark.parametrize("fault", ["status", "cut-body"])
def test_repetitions_are_counted(alpaca, fault):
    alpaca.service.faults.add(fault, match=TWO_MINUTES, times=1)
    finished = alpaca.backtest()
    assert finished.code == 0 and "(1 repeated)" in finished.out


def test_retry_after_is_heeded(alpaca):
    alpaca.service.faults.add("429", match=TWO_MINUTES, times=1, retry_after="2")
    assert alpaca.backtest().code == 0
    first, second = [request["time"] for request in alpaca.service.requests if TWO_MINUTES in request["target"]]
    assert second - first >= 1.9


STALLS = {"head-1x": ("head", 1), "body-1x": ("body", 1), "head-always": ("head", None)}


@pytest.fixture(scope="module")
def stalls(program, tmp_path_factory, sample_bars) -> dict[str, Outcome]:
    folder = tmp_path_factory.mktemp("stalls")
    with ThreadPoolExecutor(len(STALLS)) as pool:
        jobs = {
            name: pool.submit(
                outcome, program, folder / name, sample_bars,
                Case("stall", TWO_MINUTES, times, settings={"stage": stage}),
            )
            for name, (stage, times) in STALLS.items()
        }  # fmt: skip
        return {name: job.result() for name, job in jobs.items()}


@pytest.mark.slow
@pytest.mark.parametrize("name", STALLS)
def test_a_service_that_falls_silent(stalls, sample_rows, name, measured):
    """It is given up, and asked again."""
    found = stalls[name]
    measured.append(f"silent service ({name}): exit {found.finished.code} after {found.elapsed:.1f} s")
    assert found.hits > 0
    if STALLS[name][1] is None:
        expect(found.finished, 69, "127.0.0.1", "cannot be reached")
        assert not found.wrote
    else:
        assert (found.finished.code, found.finished.err) == (0, "")
    assert found.rows == sample_rows()
    assert found.elapsed < 60
