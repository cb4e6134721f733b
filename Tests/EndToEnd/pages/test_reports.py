"""Reports as a reader meets them: in a browser, on a phone, printed, in the dark."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_support import SCHEMES, SPLIT_IN_PRINT, WIDTHS, Browser, browser
from support import Program
from trust import TRUST

SAMPLE = ("--symbol", "QQQ", "--start", "2025-01-02", "--end", "2025-11-04", "--source", "sample")


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(run_in_module: Program) -> dict[str, Path]:
    """Reports in all states that a reader may meet."""
    run = run_in_module

    def report(name: str, *arguments: str) -> Path:
        page = run.folder / f"{name}.html"
        run.succeed("backtest", *arguments, "--output", run.folder / f"{name}.csv", "--report", page)
        return page

    pages = {
        "usual": report("usual", *SAMPLE),
        "none": report("none", "--symbol", "QQQ", "--date", "2025-11-04", "--source", "sample"),
    }
    if TRUST:
        pages |= {
            "one": report("one", "--symbol", "QQQ", "--date", "2025-01-22", "--source", "sample"),
            "no-stop": report("no-stop", *SAMPLE, "--strategy", "timed-entry"),
            "both-ways": report(
                "both-ways", "--symbol", "QQQ,SPY", "--start", "2016-01-04", "--end", "2025-11-04", "--source", "sample",
                "--strategy", "opening-range", "--param", "slippage-bps=1"),
        }  # fmt: skip
    return pages


NAMES = ("usual", "none", *(("one", "no-stop", "both-ways") if TRUST else ()))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_are_sound(window: Browser, pages: dict[str, Path], name: str, width: int, scheme: str) -> None:
    window.open(pages[name], width, scheme)
    window.picture(f"report-{name}-{width}-{scheme}", height=2400)
    # Everything that unfolds is looked at too.
    window.run("document.querySelectorAll('details').forEach(e => e.open = true);"
               "document.querySelectorAll('.t input').forEach((e, i) => e.checked = i < 3);"
               # The other rows are like these; there may be 500, with a chart each.
               "document.querySelectorAll('.t').forEach((e, i) => i < 20 || e.remove())")  # fmt: skip
    assert window.faults() == []
    assert {url.split(":")[0] for url in window.requests()} <= {"file", "data"}


def test_the_first_screen_answers(window: Browser, pages: dict[str, Path]) -> None:
    """Title, range, verdict, six figures and the equity curve are seen without scrolling."""
    window.open(pages["usual"])
    ends = window.run("return ['h1', '.note', '.verdict', '.figures', '#equity svg']"
                      ".map(s => document.querySelector(s).getBoundingClientRect().bottom)")  # fmt: skip
    assert max(ends) <= 800
    assert window.run("return document.querySelectorAll('.figures > div').length") == 6
    assert "58 trades" in window.run("return document.querySelector('.note').textContent")


def test_figures_equal_those_of_the_statistics(window: Browser, run_in_module: Program, pages: dict[str, Path]) -> None:
    found = run_in_module.succeed("journal", "stats", "--output", run_in_module.folder / "usual.csv", "--format", "json")
    summary = json.loads(found.out)["groups"][0]["summary"]
    window.open(pages["usual"])
    texts = window.run("return [...document.querySelectorAll('.figures > div')].map(d =>"
                       "[d.querySelector('.value').textContent, d.querySelector('.interval').textContent])")  # fmt: skip

    def number(text: str) -> float:
        return float(text.replace("\u2212", "-").replace(",", "").replace("+", ""))

    def interval(text: str) -> list[float]:
        return [number(part) for part in text.removeprefix("95%: ").split(" to ")]

    net, each, won, expectancy, factor, drawdown = texts
    assert number(net[0]) == pytest.approx(summary["net_usd"], abs=0.005)
    assert number(each[0]) == pytest.approx(summary["mean_net_usd"], abs=0.005)
    assert interval(each[1]) == pytest.approx(summary["mean_net_usd95"], abs=0.005)
    assert number(won[0]) == pytest.approx(summary["win_rate"] * 100, abs=0.05)
    assert interval(won[1]) == pytest.approx([end * 100 for end in summary["win_rate95"]], abs=0.05)
    assert number(expectancy[0]) == pytest.approx(summary["expectancy_r"], abs=0.0005)
    assert interval(expectancy[1]) == pytest.approx(summary["expectancy_r95"], abs=0.0005)
    assert number(factor[0]) == pytest.approx(summary["profit_factor"], abs=0.005)
    assert interval(factor[1]) == pytest.approx(summary["profit_factor95"], abs=0.005)
    assert number(drawdown[0]) == pytest.approx(summary["max_drawdown_usd"], abs=0.005)
    assert window.run("return document.querySelectorAll('#trades tbody.t').length") == summary["trades"]


def test_figures_beside_holding_equal_those_of_the_account(
    window: Browser, run_in_module: Program, pages: dict[str, Path]
) -> None:
    found = run_in_module.succeed(
        "journal", "stats", "--output", run_in_module.folder / "usual.csv", "--capital", "100000", "--benchmark", "QQQ",
        "--format", "json", env={"DATA_SOURCE": "sample"})  # fmt: skip
    account = json.loads(found.out)["account"]
    window.open(pages["usual"])
    rows = window.run("return [...document.querySelectorAll('#holding tbody tr')].map(r =>"
                      "[...r.cells].map(c => c.textContent))")  # fmt: skip
    shown = {row[0]: row[1:] for row in rows}

    def number(text: str) -> float:
        return float(text.replace("\u2212", "-").replace(",", "").replace("+", ""))

    for title, name, scale in (("Net P&L, USD", "net", 1), ("Annual growth, %", "cagr", 100), ("Sharpe", "sharpe", 1),
                               ("Sortino", "sortino", 1), ("Calmar", "calmar", 1), ("t", "t", 1),
                               ("Max drawdown, %", "max_drawdown_pct", 1), ("Ulcer index, %", "ulcer", 1)):  # fmt: skip
        assert number(shown[title][0]) == pytest.approx(account["figures"]["figures"][name] * scale, abs=0.005)
        assert number(shown[title][-1]) == pytest.approx(account["hold"]["figures"][name] * scale, abs=0.005)
    ends = [number(part) for part in shown["Sharpe"][1].split(" to ")]
    assert ends == pytest.approx(account["sharpe95"], abs=0.005)


def test_a_title_sorts_and_a_mark_unfolds(window: Browser, pages: dict[str, Path]) -> None:
    window.open(pages["usual"])
    column = ("return [...document.querySelectorAll('#trades tbody.t')]"
              ".map(b => b.rows[0].cells[8].textContent)")  # fmt: skip
    before = window.run(column)
    window.run("document.querySelectorAll('#trades thead button')[8].click()")
    after = [float(text.replace("\u2212", "-")) for text in window.run(column)]
    assert sorted(after) == after
    assert len(before) == len(after) and [float(t.replace("\u2212", "-")) for t in before] != after
    assert window.run("return getComputedStyle(document.querySelector('.t tr.m')).display") == "none"
    window.run("document.querySelector('.t input').click()")
    assert window.run("return getComputedStyle(document.querySelector('.t tr.m')).display") == "table-row"


def test_pages_are_whole_without_script(window: Browser, pages: dict[str, Path]) -> None:
    window.open(pages["usual"], script=False)
    without = window.picture("report-usual-without-script", height=6000)
    window.open(pages["usual"], script=True)
    window.run("document.querySelectorAll('thead button').forEach(b => b.replaceWith(...b.childNodes))")
    assert window.picture("report-usual-with-script", height=6000) == without


@pytest.mark.parametrize("sheet", [(8.27, 11.69), (8.5, 11)], ids=["A4", "Letter"])
def test_pages_can_be_printed(window: Browser, pages: dict[str, Path], sheet: tuple[float, float]) -> None:
    for name in NAMES:
        window.open(pages[name])
        window.run("document.querySelector('#trades').remove()")
        assert 1 <= window.pages(*sheet) <= 8


@pytest.mark.parametrize("width", [688, 710], ids=["A4", "Letter"])
def test_no_chart_is_split_in_print(window: Browser, pages: dict[str, Path], width: int) -> None:
    for name in NAMES:
        window.open(pages[name], width, media="print")
        window.run("document.querySelectorAll('.t input').forEach((e, i) => e.checked = i < 3)")
        assert window.run(SPLIT_IN_PRINT) == []


def test_what_a_journal_says_never_runs(window: Browser, run: Program) -> None:
    hostile = "<img src=x onerror=\"document.title='hit'\"><script>document.title='hit'</script>"
    run.succeed("backtest", *SAMPLE, "--output", "a.csv")
    with open(run.folder / "a.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row |= {"notes": hostile, "chart_link_entry": "javascript:document.title='hit'", "setup": hostile,
                "steps": hostile, "values": hostile, "exit_reason": hostile, "params": hostile}  # fmt: skip
    with open(run.folder / "a.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    run.succeed("report", "--output", "a.csv", "--html", "a.html")
    window.open(run.folder / "a.html")
    assert window.run("return document.title") == "dp20 on QQQ"
    assert window.run("return document.querySelectorAll('img, main script, a[href^=javascript]').length") == 0
    assert window.complaints() == []


def test_the_same_journal_gives_the_same_bytes(run: Program) -> None:
    run.succeed("backtest", *SAMPLE, "--output", "a.csv")
    for name in ("1.html", "2.html"):
        assert run.succeed("report", "--output", "a.csv", "--html", name).out == f"Report: {name}\n"
    assert (run.folder / "1.html").read_bytes() == (run.folder / "2.html").read_bytes()


def test_reports_never_mix(run: Program) -> None:
    day = ("--symbol", "QQQ", "--date", "2025-01-22", "--source", "sample", "--output", "a.csv")
    run.succeed("backtest", *day)
    run.succeed("backtest", *day, "--param", "stop-atr=1.5")
    mixed = run("report", "--output", "a.csv", "--html", "a.html")
    assert mixed.code == 64
    assert "2 playbooks, parameter sets or modes" in mixed.err and "stop-atr=1.5" in mixed.err
    assert not (run.folder / "a.html").exists()
    run.succeed("report", "--output", "a.csv", "--strategy", "dp20", "--param", "stop-atr=1.5", "--html", "a.html")
    assert "stop-atr=1.5" in (run.folder / "a.html").read_text(encoding="utf-8")


def test_a_journal_that_is_not_there_is_told_from_one_without_such_rows(run: Program) -> None:
    absent = run("report", "--output", "absent.csv", "--html", "a.html")
    assert absent.code == 65 and "there is no journal absent.csv" in absent.err
    run.succeed("backtest", "--symbol", "QQQ", "--date", "2025-01-22", "--source", "sample", "--output", "a.csv")
    empty = run("report", "--output", "a.csv", "--start", "2025-02-03", "--html", "a.html")
    assert empty.code == 65 and "a.csv has no rows of these dates" in empty.err
    assert not (run.folder / "a.html").exists()


def test_what_cannot_be_written_is_said_before_the_run(run: Program) -> None:
    (run.folder / "folder").mkdir()
    refused = run("backtest", *SAMPLE, "--output", "a.csv", "--report", "folder")
    assert refused.code == 64 and "folder is a folder" in refused.err
    assert not (run.folder / "a.csv").exists()


def test_without_a_desktop_the_place_is_said(run: Program) -> None:
    run.succeed("backtest", "--symbol", "QQQ", "--date", "2025-01-22", "--source", "sample", "--output", "a.csv")
    opened = run.succeed("report", "--output", "a.csv", "--html", "a.html", "--open", env={"DISPLAY": None})
    assert "open a.html yourself" in opened.err
