"""The steps about pages: a report with the chart of every trade, and the dashboard's first page."""

import http.client
import time

from engines import SYMBOL, SYMBOLS
from harness import BenchmarkError, Sample, interleaved
from report import Figure, compared
from service import HERE

REPORT_LIMIT = 0.1
PAGE_LIMIT = 0.2
REPORT_BYTES_LIMIT = 4.0
"""MB, with 500 charts of two-minute bars."""
BARE_BYTES_LIMIT = 0.4
"""MB, ten years without charts."""

FIRST, LAST = "2016-01-04", "2025-12-31"
NOW = "2025-12-31T22:30:00Z"
CHARTS = 500
REQUESTS = 15
PLOTS = 3


class PageBench:
    """What `Bench` does about pages."""

    def pages(self):
        """A report, then the dashboard."""
        self.reports()
        self.dashboard()

    def reports(self):
        """From start to exit: a journal of ten years and its bars read, a page with 500 charts written."""
        folder = self.work_dir / "pages"
        folder.mkdir(exist_ok=True)
        bars, journal = folder / f"{SYMBOL}_2Min.csv", folder / "journal.csv"
        journal.unlink(missing_ok=True)
        dates = ["--start", FIRST, "--end", LAST]
        self.launcher.run(
            [self.options.binary, "data", "export", "--source", "sample", "--symbol", SYMBOL, *dates, "--output", bars])
        files = ["--source", "files", "--data-dir", folder]
        # A trend of five days and a longer window let enough trades in.
        self.launcher.run(
            [self.options.binary, "backtest", "--symbol", SYMBOL, *dates, *files, "--output", journal,
             "--param", "trend-period=5", "--param", "window-end=11:00"])

        def report(name, *more):
            page = folder / name
            run = self.fresh(
                [self.options.binary, "report", "--output", journal, *more, "--html", page], page)
            return run, page.read_bytes()

        charts = report("report.html", *files)[1].count(b"<div class=c>")
        if charts != CHARTS:
            raise BenchmarkError(f"a report with {charts} charts, not {CHARTS}")
        plotted = self.launcher.json_line([
            self.options.python, HERE / "python" / "plot_run.py", bars, journal, folder / "plot.html", PLOTS])
        runs = [report("report.html", *files) for _ in range(self.options.runs)]
        wall = Sample.of([run.seconds * 1e3 for run, _ in runs]).median
        # With fewer candles no session can be seen in it, so that is to know.
        for name, limit in (("all bars", REPORT_LIMIT), ("fewer candles", None)):
            plot = Sample.of([seconds * 1e3 for seconds in plotted["seconds"][name]]).median
            self.figures.append(
                compared(f"report, 10 years, {CHARTS} charts, whole process", wall, plot, "ms", limit,
                         f"backtesting.py's plot() alone, {name}, {plotted['trades']} trades"))
        bare = report("bare.html", "--no-charts")[1]
        for what, page, plot, limit in (
            (f"report, 10 years, {CHARTS} charts, size", runs[0][1], plotted["bytes"] / 1e6, REPORT_BYTES_LIMIT),
            ("report, 10 years without charts, size", bare, None, BARE_BYTES_LIMIT),
        ):
            self.figures.append(Figure(what, len(page) / 1e6, plot, "MB", None, limit, "plot() with all bars" if plot else ""))

    def dashboard(self):
        """The first page over a journal of ten years and eight symbols, asked for over one connection."""
        journal = self.work_dir / "pages" / "symbols.csv"
        journal.unlink(missing_ok=True)
        symbols = ",".join(SYMBOLS)
        settings = {"DASHBOARD": "on", "PLAYBOOK_NOW": NOW, "DASHBOARD_REFRESH": "0"}
        self.launcher.run(
            [self.options.binary, "backtest", "--source", "sample", "--symbol", symbols, "--start", FIRST, "--end", LAST,
             "--output", journal], settings)
        servers = {
            "ours": lambda port: [
                "/usr/bin/env", *(f"{name}={value}" for name, value in settings.items()), self.options.binary, "serve",
                "--port", port, "--source", "sample", "--symbol", symbols, "--output", journal],
            "flask": lambda port: [self.options.python, HERE / "python" / "flask_dashboard.py", port, journal],
        }
        with self.listening(servers["ours"]) as ours, self.listening(servers["flask"]) as flask:
            tasks = {"ours": lambda: first_page(ours.port), "flask": lambda: first_page(flask.port)}
            interleaved(2, tasks)
            seconds = interleaved(REQUESTS, tasks)
        walls = {name: Sample.of([value * 1e3 for value in values]).median for name, values in seconds.items()}
        self.figures.append(
            compared("dashboard's first page, 10 years x 8 symbols", walls["ours"], walls["flask"], "ms", PAGE_LIMIT,
                     "Flask and Jinja, csv.DictReader"))


def first_page(port):
    """How long a server takes for its first page, in seconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.connect()
    begin = time.perf_counter()
    connection.request("GET", "/", headers={"Host": f"127.0.0.1:{port}"})
    answer = connection.getresponse()
    page = answer.read()
    seconds = time.perf_counter() - begin
    connection.close()
    if answer.status != 200 or not all(symbol.encode() in page for symbol in SYMBOLS):
        raise BenchmarkError(f"/ answered {answer.status}: {page[:500]!r}")
    return seconds
