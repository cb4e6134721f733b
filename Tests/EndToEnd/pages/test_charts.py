"""Session charts as a reader meets them: in a browser, linked from the journal, within a report."""

import csv
import random
import re
from collections.abc import Iterator

import pytest
from browser_support import OVERLAPPING, SCHEMES, Browser, browser
from support import Program
from trust import TRUST

DAY = ("--symbol", "QQQ", "--source", "sample")
RANGE = (*DAY, "--start", "2025-01-02", "--end", "2025-03-31")

FIVE = """
playbook: five
summary: Five trades a session, each with two steps, so that there is much to label
values:
  average: ema(close, 10)
setup:
  side: long
  steps:
    - over: close > average
    - still-over: close > average
  stop: entry * 0.9985
  target: entry * 1.0007
limits: {trades: 5}
"""

TWO_LINES = """
playbook: two
summary: A trade a session, with two lines in its chart
timeframe: {}
values:
  fast: ema(close, 10)
  slow: ema(close, 40)
setup:
  side: long
  steps:
    - over: close > fast
  stop: entry * 0.995
  target: entry * 1.005
"""

SESSIONS = {
    "trade": ("2025-02-10", ()),
    "none": ("2025-11-04", ()),
    "five": ("2025-02-10", ("--playbook", "five.yaml")),
    **(
        {
            "both-ways": ("2025-02-10", ("--strategy", "opening-range")),
            "no-stop": ("2025-02-10", ("--strategy", "timed-entry")),
            "early-close": ("2025-07-03", ("--strategy", "timed-entry")),
        }
        if TRUST else {}
    ),
}  # fmt: skip
"""Sessions by what they show: a date, and the playbook."""


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.mark.parametrize("name", SESSIONS)
def test_no_label_lies_on_another(window: Browser, run: Program, name: str) -> None:
    date, playbook = SESSIONS[name]
    (run.folder / "five.yaml").write_text(FIVE, encoding="utf-8")
    said = run.succeed("chart", *DAY, "--date", date, *playbook, "--svg", "day.svg").out
    assert said.endswith("Chart: day.svg\n")
    for scheme in SCHEMES:
        window.open(run.folder / "day.svg", 820, scheme)
        window.picture(f"chart-{name}-{scheme}", height=460)
        assert window.run(OVERLAPPING) == []
        assert name != "five" or len(window.run("return [...document.querySelectorAll('.en')]")) == 5
        assert window.complaints() == []
        assert {url.split(":")[0] for url in window.requests()} == {"file"}


def test_a_chart_says_what_the_row_says(run: Program) -> None:
    run.succeed("chart", *DAY, "--date", "2025-02-10", "--svg", "day.svg")
    run.succeed("backtest", *DAY, "--date", "2025-02-10", "--output", "a.csv")
    with open(run.folder / "a.csv", newline="", encoding="utf-8") as file:
        [row] = csv.DictReader(file)
    picture = (run.folder / "day.svg").read_text(encoding="utf-8")
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", picture)
    assert f"entry {float(row['entry_price']):.2f}" in texts
    assert f"stop {float(row['stop_price']):.2f}" in texts
    assert f"exit {float(row['eod_exit_price']):.2f}" in texts
    for step in row["steps"].split():
        assert " ".join(step.split("=")) in texts
    assert any("+7.83 R" in text for text in texts) and row["R_multiple"].startswith("7.83")


def test_a_run_links_its_charts_and_leaves_other_links_alone(run: Program) -> None:
    arguments = ("backtest", *RANGE, "--output", "a.csv", "--charts", "pictures/")

    def rows() -> list[dict[str, str]]:
        with open(run.folder / "a.csv", newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    run.succeed(*arguments)
    traded = [row for row in rows() if row["entered"] == "true"]
    assert traded
    for row in traded:
        link = f"pictures/QQQ/{row['trade_date']}-dp20-{row['params_id']}.svg"
        assert row["chart_link_entry"] == link
        assert (run.folder / link).read_text(encoding="utf-8").startswith("<svg xmlns=")
    assert all(not row["chart_link_entry"] for row in rows() if row["entered"] == "false")
    # A person's own link stays; so do all of a run that draws none.
    own = rows()
    place = next(index for index, row in enumerate(own) if row["entered"] == "true")
    own[place]["chart_link_entry"] = "https://example.com/my-chart"
    with open(run.folder / "a.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, own[0])
        writer.writeheader()
        writer.writerows(own)
    run.succeed(*arguments)
    assert [row["chart_link_entry"] for row in rows()] == [row["chart_link_entry"] for row in own]
    run.succeed("backtest", *RANGE, "--output", "a.csv")
    assert [row["chart_link_entry"] for row in rows()] == [row["chart_link_entry"] for row in own]


def test_a_dry_run_draws_nothing(run: Program) -> None:
    run.succeed("backtest", *RANGE, "--output", "a.csv", "--charts", "pictures", "--dry-run")
    assert list(run.folder.iterdir()) == []


def test_a_report_holds_the_charts_of_its_trades(run: Program) -> None:
    run.succeed("backtest", *RANGE, "--output", "a.csv", "--report", "run.html")
    run.succeed("report", "--output", "a.csv", "--html", "journal.html")
    run.succeed("report", "--output", "a.csv", "--no-charts", "--html", "bare.html")

    def pictures(name: str) -> list[str]:
        page = (run.folder / name).read_text(encoding="utf-8")
        return re.findall(r"<div class=c>(.*?)</div>", page)

    assert len(pictures("journal.html")) > 5
    assert pictures("run.html") == pictures("journal.html")
    assert pictures("bare.html") == []


def test_a_report_tells_what_holding_brought(run: Program) -> None:
    run.succeed("backtest", *RANGE, "--output", "a.csv", "--report", "run.html")
    run.succeed("report", "--output", "a.csv", "--html", "journal.html")
    run.succeed("data", "export", *RANGE, "--output", "bars.csv")
    with open(run.folder / "bars.csv", newline="", encoding="utf-8") as file:
        bars = list(csv.DictReader(file))
    held = (float(bars[-1]["close"]) / float(bars[0]["open"]) - 1) * 100
    for name in ("run.html", "journal.html"):
        page = (run.folder / name).read_text(encoding="utf-8")
        assert "Buying and holding, %" in page
        assert f">{held:+.1f}</text>".replace("-", "\u2212") in page


def test_other_bars_give_the_reason_in_the_charts_place(run: Program) -> None:
    run.succeed("backtest", *DAY, "--date", "2025-02-10", "--output", "a.csv")
    text = (run.folder / "a.csv").read_text(encoding="utf-8")
    [data_id] = re.findall(r"\bd[0-9a-f]{12}\b", text)
    (run.folder / "a.csv").write_text(text.replace(data_id, "d" + "0" * 12), encoding="utf-8")
    run.succeed("report", "--output", "a.csv", "--html", "a.html")
    page = (run.folder / "a.html").read_text(encoding="utf-8")
    assert f"No chart: The bars at hand are not those that made the row: {data_id} here, d000000000000 there." in page


@pytest.mark.parametrize(
    "arguments, code, words",
    [
        (("--symbol", "QQQ", "--date", "2025-11-08"), 64, "2025-11-08 is not a trading day of QQQ"),
        (("--symbol", "QQQ,SPY", "--date", "2025-11-04"), 64, "a chart is of one symbol, not of 2"),
    ],
)
def test_what_has_no_chart_is_refused(run: Program, arguments: tuple[str, ...], code: int, words: str) -> None:
    refused = run("chart", *arguments, "--source", "sample", "--svg", "day.svg")
    assert refused.code == code and words in refused.err
    assert list(run.folder.iterdir()) == []


def sizes_of_charts(run: Program, timeframe: str, *arguments: str) -> list[int]:
    (run.folder / "two.yaml").write_text(TWO_LINES.format(timeframe), encoding="utf-8")
    run.succeed("backtest", *arguments, "--playbook", "two.yaml", "--output", "a.csv", "--report", "a.html")
    page = (run.folder / "a.html").read_bytes()
    return [len(picture) for picture in re.findall(rb"<div class=c>(.*?)</div>", page)]


def test_charts_stay_small(run: Program) -> None:
    """500 charts of 195 bars with two lines fit in 4 MB."""
    sizes = sizes_of_charts(run, "2Min", *RANGE)
    assert len(sizes) > 20 and max(sizes) <= 7_700


def test_charts_of_minutes_stay_small(run: Program) -> None:
    """500 charts of one-minute bars with two lines fit in 8 MB."""
    chance = random.Random(1)
    bars, price = ["timestamp,open,high,low,close,volume"], 400.0
    for day in ("2025-01-13", "2025-01-14", "2025-01-15", "2025-01-16", "2025-01-17"):
        for minute in range(14 * 60 + 30, 21 * 60):
            close = price + chance.gauss(0, 0.15)
            high, low = max(price, close) + chance.random() * 0.1, min(price, close) - chance.random() * 0.1
            bars.append(f"{day}T{minute // 60:02}:{minute % 60:02}:00Z,{price:.2f},{high:.2f},{low:.2f},{close:.2f},"
                        f"{chance.randrange(1_000, 90_000)}")  # fmt: skip
            price = float(f"{close:.2f}")
    (run.folder / "MADE_1Min.csv").write_text("\n".join(bars) + "\n", encoding="utf-8")
    sizes = sizes_of_charts(run, "1Min", "--symbol", "MADE", "--start", "2025-01-13", "--end", "2025-01-17",
                            "--data-dir", ".")  # fmt: skip
    assert len(sizes) == 5 and max(sizes) <= 15_000
