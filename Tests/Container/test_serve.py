"""The service in the image: its health, a run, how it ends, and what it may do."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from container_support import Container, Image, ask, wait_until_healthy
from support import read_journal

HEALTH = ("/usr/local/bin/trading-playbook", "health")
RUN = {"symbols": ["QQQ"], "start": "2025-01-02", "end": "2025-01-31"}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Served:
    """A container that serves, and where."""

    def __init__(self, container: Container, port: int):
        self.container = container
        self.url = f"http://127.0.0.1:{port}"


@pytest.fixture
def served(image: Image, output: Path) -> Iterator[Served]:
    port = free_port()
    settings = {"PORT": str(port), "SYMBOLS": "QQQ", "DATA_SOURCE": "sample"}
    container = image.start("serve", env=settings, volumes={"/output": output}, options=("--no-healthcheck",))
    try:
        wait_until_healthy(container, f"http://127.0.0.1:{port}")
        yield Served(container, port)
    finally:
        container.remove()


def test_a_run(served: Served, output: Path):
    """The rows that a request asks for are in the journal, and once when it is asked again."""
    status, answer = ask(served.url + "/backtest", RUN, "POST")
    assert status == 200, answer
    assert answer["schema"] == "trading-playbook/backtest/1" and answer["status"] == "completed"
    assert answer["receipts"][0]["added"] == 20
    rows = read_journal(output / "sample-trades.csv")
    assert len(rows) == 20
    status, answer = ask(served.url + "/backtest", RUN, "POST")
    assert status == 200 and answer["receipts"][0]["unchanged"] == 20
    assert read_journal(output / "sample-trades.csv") == rows


def test_what_it_may_do(served: Served):
    """No root, no capabilities and no way to get any, nothing to write, within its memory."""
    status = Path(f"/proc/{served.container.pid}/status").read_text()
    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert fields["Uid"].split() == fields["Gid"].split() == ["65532"] * 4
    assert {int(fields[name], 16) for name in ("CapPrm", "CapEff", "CapBnd", "CapAmb")} == {0}
    assert fields["NoNewPrivs"].strip() == "1"
    mounts = Path(f"/proc/{served.container.pid}/mounts").read_text().splitlines()
    options = {line.split()[1]: line.split()[3].split(",") for line in mounts}
    assert "ro" in options["/"] and "rw" in options["/output"] and "/tmp" not in options
    assert int(fields["VmHWM"].split()[0]) < 40 * 1024, fields["VmHWM"]


def test_health_check(served: Served):
    """What HEALTHCHECK runs: 0 while it serves."""
    finished = served.container.execute(*HEALTH)
    assert finished.code == 0, finished


def test_health_check_without_a_service(image: Image):
    """69 where nobody serves."""
    finished = image("health", env={"PORT": str(free_port())})
    assert finished.code == 69, finished


def test_sigterm(served: Served):
    """An end that is a good one, well before the ten seconds that platforms give."""
    began = time.monotonic()
    served.container.signal("TERM")
    assert served.container.wait(timeout=10) == 0, served.container.logs()
    assert time.monotonic() - began < 5


def test_sigterm_during_a_run(served: Served, output: Path):
    """The journal is whole."""
    answers: list = []

    def run() -> None:
        try:
            answers.append(ask(served.url + "/backtest", RUN | {"start": "2016-01-04", "end": "2025-01-31"}, "POST"))
        except OSError as error:
            answers.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.2)
    served.container.signal("TERM")
    assert served.container.wait(timeout=10) == 0, served.container.logs()
    thread.join(10)
    done = not isinstance(answers[0], OSError) and answers[0][0] == 200
    rows = read_journal(output / "sample-trades.csv") if (output / "trades.csv").exists() else []
    assert len(rows) > 2000 or (not rows and not done), answers
