"""The steps about the service: how soon it answers, what it uses, and what a nightly run costs."""

import http.client
import json
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from harness import BenchmarkError, Sample, interleaved
from market_data import fake_alpaca
from report import Figure, compared

HERE = Path(__file__).resolve().parent

START_LIMIT = 25.0
START_RATIO_LIMIT = 0.1
NIGHTLY_LIMIT = 40.0
MEMORY_LIMIT = 40.0

DAY = "2025-11-04"
"""The session that the nightly run is for, and the instant at which it runs."""
NOW = f"{DAY}T21:30:00Z"
REQUESTS = 1000
SECONDS = 3
"""Of wrk."""


class Listener:
    """A server that has been started, and how long it took until it answered."""

    def __init__(self, process, port, seconds):
        self.process = process
        self.port = port
        self.seconds = seconds

    @property
    def megabytes(self):
        """The resident size now."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
        raise BenchmarkError("the system does not tell how much memory a process uses")

    def ask(self, count):
        """So many requests for /health over one connection."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        for _ in range(count):
            connection.request("GET", "/health")
            answer = connection.getresponse()
            if answer.read() and answer.status != 200:
                raise BenchmarkError(f"/health answered {answer.status}")
        connection.close()


class ServiceBench:
    """What `Bench` does about the service."""

    def service(self, symbol):
        """Start, memory and answers of `serve`; then the nightly run."""
        servers = {
            "ours": lambda port: [self.options.binary, "serve", "--port", port, "--source", "sample", "--symbol", "QQQ"],
            "flask": lambda port: [self.options.python, HERE / "python" / "flask_app.py", port],
        }
        self.service_starts(servers)
        self.service_memory(servers)
        self.service_requests(servers)
        self.nightly(symbol)

    def service_starts(self, servers):
        """From the spawn of the process to the whole of the first answer."""

        def start(command):
            with self.listening(command) as server:
                return server.seconds

        tasks = {name: lambda command=command: start(command) for name, command in servers.items()}
        interleaved(2, tasks)
        runs = interleaved(self.options.service_starts, tasks)
        ours, flask = (Sample.of([seconds * 1e3 for seconds in runs[name]]) for name in ("ours", "flask"))
        what = "service, start to the first answer"
        self.figures.append(Figure(what, ours.median, None, "ms", None, START_LIMIT, ""))
        self.figures.append(compared(f"{what}, ratio", ours.median, flask.median, "ms", START_RATIO_LIMIT, "Flask"))
        self.figures.append(
            compared(f"{what}, least of all", ours.minimum, flask.minimum, "ms", None, "Flask"))

    def service_memory(self, servers):
        with self.listening(servers["ours"]) as server:
            idle = server.megabytes
            server.ask(REQUESTS)
            after = server.megabytes
        with self.listening(servers["flask"]) as server:
            flask_idle = server.megabytes
            server.ask(REQUESTS)
            flask_after = server.megabytes
        for what, ours, flask in (("when it has started", idle, flask_idle),
                                  (f"after {REQUESTS:,} requests", after, flask_after)):
            self.figures.append(
                Figure(f"service, memory {what}", ours, flask, "MB", None, MEMORY_LIMIT, "Flask"))

    def service_requests(self, servers):
        """Answers a second, to know."""
        if shutil.which("wrk") is None:
            print("wrk is not installed: requests a second are not measured", flush=True)
            return
        rates = {}
        for name, command in servers.items():
            with self.listening(command) as server:
                rates[name] = max(self.wrk(server) for _ in range(2))
        ours, flask = rates["ours"], rates["flask"]
        self.figures.append(
            Figure("service, /health a second", ours, flask, "", ours / flask, None, "Flask's own server"))

    def wrk(self, server):
        command = ["wrk", "-t1", "-c32", f"-d{SECONDS}s", f"http://127.0.0.1:{server.port}/health"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in told:
            raise BenchmarkError(f"/health under load: {told}")
        return float(re.search(r"Requests/sec: +([0-9.]+)", told)[1])

    @contextmanager
    def listening(self, command):
        """A server in an empty directory that is also its home; it is asked as soon as it listens."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [str(part) for part in command(port)]
        home = tempfile.mkdtemp(dir=self.launcher.scratch)
        environment = self.launcher.environment | {"HOME": home}
        with open(f"{home}/log", "w+b") as log:
            begin = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            try:
                while not answers(port):
                    if process.poll() is not None or time.perf_counter() > begin + 60:
                        log.seek(0)
                        raise BenchmarkError(f"`{' '.join(command)}` does not serve: {log.read()[-2000:]!r}")
                    # Short, so that it is not what is measured; not none, so that the server has the processor.
                    time.sleep(0.0003)
                yield Listener(process, port, time.perf_counter() - begin)
                process.send_signal(signal.SIGTERM)
                process.wait(15)
            finally:
                if process.poll() is None:
                    process.kill()
                    process.wait()
        shutil.rmtree(home)

    def nightly(self, symbol):
        """`backtest --today` from a warm cache, the network gone; beside it the same session as a Python process."""
        folder = self.work_dir / "nightly"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for timeframe, first, format in (
            ("2Min", "2025-10-01", "csv"), ("1Day", "2024-09-01", "csv"), ("2Min", "2024-11-01", "parquet"),
        ):  # fmt: skip
            self.launcher.run([
                self.options.binary, "data", "export", "--source", "sample", "--symbol", symbol, "--timeframe",
                timeframe, "--format", format, "--start", first, "--end", DAY, "--output",
                folder / f"{symbol}_{timeframe}.{format}"])
        ours, theirs = folder / "journal.csv", folder / "journal-numpy.csv"
        backtest = [
            self.options.binary, "backtest", "--today", "--symbol", symbol, "--source", "alpaca", "--output", ours,
            "--format", "json"]
        with fake_alpaca(folder, DAY, now=NOW) as settings:
            settings["DATA_CACHE_DIR"] = str(folder / "cache")
            self.launcher.run(backtest, settings)
        whole_process = HERE / "python" / "whole_process.py"
        numpy = [self.options.python, whole_process, folder / f"{symbol}_2Min.parquet", theirs, symbol, DAY, DAY]
        tasks = {"ours": lambda: self.launcher.run(backtest, settings), "numpy": lambda: self.fresh(numpy, theirs)}
        first = interleaved(1, tasks)
        document = json.loads(first["ours"][0].output)
        if document["traffic"]["requests"] or document["status"] != "completed":
            raise BenchmarkError(f"a nightly run from a warm cache: {first['ours'][0].output[:2000]}")
        runs = interleaved(self.options.runs, tasks)
        walls = {name: Sample.of([run.seconds * 1e3 for run in values]) for name, values in runs.items()}
        what = "backtest --today from the cache"
        self.figures.append(Figure(what, walls["ours"].median, None, "ms", None, NIGHTLY_LIMIT, ""))
        self.figures.append(
            compared(f"{what}, ratio", walls["ours"].median, walls["numpy"].median, "ms", None,
                     "numpy + pyarrow, a year of Parquet"))


def answers(port):
    """Whether a server answers a request for /health; no when nothing listens."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answer = b""
            while piece := connection.recv(4096):
                answer += piece
    except ConnectionError:
        return False
    if not re.match(rb"HTTP/1\.\d 200 ", answer) or b'"ok"' not in answer:
        raise BenchmarkError(f"/health answered {answer[:500]!r}")
    return True
