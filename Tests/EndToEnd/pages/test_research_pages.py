"""The page of a sweep as a reader meets it: its maps, windows and redrawn runs, with the numbers that programs get."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_support import SCHEMES, WIDTHS, Browser, browser
from research_support import GRID, PLAYBOOK, RANGE, document
from support import Program
from trust import TRUST

ASKED = ("--symbol", "QQQ", "--source", "sample", *RANGE, *PLAYBOOK)


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def run(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A sweep of 20 sets with its walk-forward, and one of a few sets without."""
    run = Program(program, tmp_path_factory.mktemp("pages"))
    run.succeed("sweep", *ASKED, *GRID)
    run.succeed("walk-forward", *ASKED, *GRID, "--train", "120", "--test", "60", "--min-trades", "10")
    run.succeed("sweep", *ASKED, "--grid", "stop-atr=2,4,6", "--min-trades", "1000")
    return run


LARGE = ["--research-dir", "large"]
"""Apart from the others: a report is judged by the largest sweep with its parameters."""


def name_of(run: Program, sets: int, *where: str) -> str:
    """The sweep with so many sets."""
    for found in json.loads(run.succeed("research", "list", *where, "--format", "json").out)["runs"]:
        count = 1
        for axis in found["grid"]:
            count *= axis.count(",") + 1
        if found["command"] == "sweep" and count == sets:
            return found["run"]
    raise AssertionError(f"no sweep of {sets} sets")


@pytest.fixture(scope="module")
def pages(run: Program) -> dict[str, Path]:
    found = {"sweep": [name_of(run, 20)], "few": [name_of(run, 3)]}
    if TRUST:
        run.succeed("sweep", *ASKED, *LARGE, "--grid", "stop-atr=2:10:0.25", "--grid", "reversal-strength=0.2:0.8:0.2",
                    "--grid", "ema-period=15,20,25")  # fmt: skip
        found["large"] = [name_of(run, 33 * 4 * 3, *LARGE), *LARGE]
    for name, sweep in found.items():
        said = run.succeed("report", "--research", *sweep, "--html", f"{name}.html").out
        assert said == f"Report: {name}.html\n"
    return {name: run.folder / f"{name}.html" for name in found}


NAMES = ("sweep", "few", *(("large",) if TRUST else ()))
SHOWN = [(name, width, scheme) for name in NAMES for width in WIDTHS for scheme in SCHEMES
         if TRUST or (name == "sweep" and scheme == "light") or (width, scheme) == (390, "dark")]  # fmt: skip


@pytest.mark.parametrize("name, width, scheme", SHOWN)
def test_pages_are_sound(window: Browser, pages: dict[str, Path], name: str, width: int, scheme: str) -> None:
    window.open(pages[name], width, scheme)
    window.picture(f"sweep-{name}-{width}-{scheme}", height=4200)
    window.run("document.querySelectorAll('details').forEach(e => e.open = true)")
    assert window.faults() == []
    assert {url.split(":")[0] for url in window.requests()} <= {"file", "data"}


def number(text: str) -> float:
    return float(text.replace("\u2212", "-").replace(",", "").replace("+", ""))


def cells(window: Browser, section: str, row: str) -> list[str]:
    """The cells of the row of a section's table that starts so."""
    rows = window.run(f"return [...document.querySelectorAll('#{section} tr')].map(r => [...r.cells].map(c => c.textContent))")
    return next(cells[1:] for cells in rows if cells[0] == row)


def test_numbers_are_those_of_the_documents(window: Browser, run: Program, pages: dict[str, Path]) -> None:
    sweep = name_of(run, 20)
    found = document(run, "research", "report", sweep)
    judged = found["judgement"]
    window.open(pages["sweep"])
    shown = window.run("return [...document.querySelectorAll('.figures > div')].map(d =>"
                       "[d.querySelector('.value').textContent, d.querySelector('.interval').textContent])")  # fmt: skip
    figures = judged["figures"]["figures"]
    net, expectancy, sharpe, drawdown, deflated, overfitting = shown
    assert number(net[0]) == pytest.approx(figures["net"], abs=0.005)
    assert number(expectancy[0]) == pytest.approx(figures["expectancy"], abs=0.0005)
    assert number(sharpe[0]) == pytest.approx(figures["sharpe"], abs=0.005)
    ends = [number(part) for part in sharpe[1].removeprefix("95%: ").split(" to ")]
    assert ends == pytest.approx(judged["sharpe95"], abs=0.005)
    assert number(drawdown[0]) == pytest.approx(figures["max_drawdown_usd"], abs=0.005)
    assert number(deflated[0]) == pytest.approx(judged["deflated_sharpe"], abs=0.0005)
    assert number(overfitting[0]) == pytest.approx(judged["overfitting_probability"] * 100, abs=0.05)
    text = window.run("return document.querySelector('.verdict').textContent")
    assert text.startswith(judged["verdict"]["grade"].replace("-", " ").capitalize())
    # Every cell of the map is the metric of its set.
    best = {(row["params"]["stop-atr"], row["params"]["reversal-strength"]): row for row in found["best"]}
    assert len(best) == 20
    columns = window.run("return [...document.querySelectorAll('#sets thead th')].slice(1).map(c => c.textContent)")
    for stop in ("2", "4", "6", "8", "10"):
        for column, cell in zip(columns, cells(window, "sets", stop), strict=True):
            assert number(cell) == pytest.approx(best[stop, column]["figures"]["sharpe"], abs=0.005)
    for effect in found["effects"]:
        rows = window.run("return [...document.querySelectorAll('#effects tbody tr')].map(r => [...r.cells].map(c => c.textContent))")
        row = next(row for row in rows if row[:2] == [effect["parameter"], effect["value"]])
        assert [number(cell) for cell in row[3:]] == pytest.approx(effect["quartiles"], abs=0.005)
    # Redrawn runs.
    drawn = document(run, "monte-carlo", "--run", sweep)
    for row, key, error in (("Final P&L, USD", "final_usd", 0.5), ("Maximum drawdown, USD", "max_drawdown_usd", 0.5),
                            ("Maximum drawdown, %", "max_drawdown_pct", 0.005),
                            ("Longest losing streak, trades", "longest_losing_streak", 0.5)):  # fmt: skip
        assert [number(cell) for cell in cells(window, "draws", row)] == pytest.approx(drawn[key], abs=error)
    # Windows.
    walk = document(run, "walk-forward", *ASKED, *GRID, "--train", "120", "--test", "60", "--min-trades", "10")
    for one in walk["windows"]:
        cell = cells(window, "outside", one["test_start"])
        if one.get("set") is None:
            assert cell[1].startswith("skipped")
            continue
        assert number(cell[2]) == pytest.approx(one["train"]["figures"]["net"], abs=0.5)
        assert number(cell[3]) == pytest.approx(one["test"]["figures"]["net"], abs=0.5)
        assert int(cell[4]) == one["test_trades"]
    # Holding.
    assert number(cells(window, "holding", "Max drawdown, %")[-1]) == pytest.approx(
        found["hold"]["QQQ"]["figures"]["max_drawdown_pct"], abs=0.005)


def test_the_first_screen_answers(window: Browser, pages: dict[str, Path]) -> None:
    """Title, range, verdict, six figures and the first map's start are seen without scrolling."""
    window.open(pages["sweep"])
    ends = window.run("return ['h1', '.note', '.verdict', '.figures', '#sets h3']"
                      ".map(s => document.querySelector(s).getBoundingClientRect().bottom)")  # fmt: skip
    assert max(ends) <= 800


def test_what_is_missing_says_why_and_what_next(pages: dict[str, Path]) -> None:
    page = pages["few"].read_text(encoding="utf-8")
    assert re.search(r"No walk-forward over these sets.*?<code>trading-playbook walk-forward --strategy dp20 --symbol QQQ", page)
    assert "fewer than 20 sets" in page
    assert "No set has 1000 trades" in page
    assert "Hatched: 3 too few trades." in page


def test_the_command_makes_the_same_run(run: Program, pages: dict[str, Path]) -> None:
    [command] = re.findall(r"<pre><code>(trading-playbook sweep [^<]*)</code>", pages["sweep"].read_text(encoding="utf-8"))
    assert name_of(run, 20) in run.succeed(*command.split()[1:]).out


def test_a_walk_forward_leads_to_its_sweep(run: Program, pages: dict[str, Path]) -> None:
    run.succeed("report", "--research", "walk-forward", "--html", "again.html")
    assert (run.folder / "again.html").read_bytes() == pages["sweep"].read_bytes()


def test_pages_can_be_printed(window: Browser, pages: dict[str, Path]) -> None:
    window.open(pages["sweep"])
    assert 1 <= window.pages(8.27, 11.69) <= 8
    assert 1 <= window.pages(8.5, 11) <= 8


@pytest.mark.parametrize(
    "arguments, words",
    [
        (("--research", "nothing"), "there is no run 'nothing'"),
        (("--research", "sweep", "--symbol", "QQQ"), "leave out what chooses rows"),
        (("--set", "1"), "--set goes with --research"),
    ],
)
def test_what_cannot_be_shown_is_refused(run: Program, arguments: tuple[str, ...], words: str) -> None:
    refused = run("report", *arguments, "--html", "refused.html")
    assert refused.code == 64 and words in refused.err
    assert not (run.folder / "refused.html").exists()


def test_a_report_is_judged_by_the_sweep_that_tried_it(run: Program, pages: dict[str, Path]) -> None:
    judged = document(run, "research", "report", name_of(run, 20), "--set", "7")["judgement"]
    params = [part for name, value in judged["params"].items() for part in ("--param", f"{name}={value}")]
    run.succeed("backtest", *ASKED, *params, "--output", "set.csv", "--report", "run.html")
    run.succeed("report", "--output", "set.csv", "--no-charts", "--html", "journal.html")
    for name in ("run.html", "journal.html"):
        page = (run.folder / name).read_text(encoding="utf-8")
        assert f"{judged['verdict']['grade'].replace('-', ' ').capitalize()}.</span>" in page
        outside = next(line for line in judged["verdict"]["lines"] if line.startswith("Outside: "))
        assert outside.removeprefix("Outside: ").replace(" -", " \u2212").replace("+-", "±").replace(
            "+\u2212", "±") in page  # fmt: skip
        assert f"report --research {name_of(run, 20)}" in page
    # Without research the trades alone are judged, and the page says what to run.
    run.succeed("report", "--output", "set.csv", "--no-charts", "--research-dir", "elsewhere", "--html", "alone.html")
    alone = (run.folder / "alone.html").read_text(encoding="utf-8")
    assert "No sweep in RESEARCH_DIR has these parameters" in alone
    assert "No walk-forward" in alone and "trading-playbook walk-forward --strategy dp20 --symbol QQQ" in alone
