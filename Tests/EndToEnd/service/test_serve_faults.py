"""`serve` and clients that do not behave, and the ends that the process can meet."""

import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from alpaca_support import BARS, AlpacaProgram
from service_support import POST, Serving, serving, statuses, until_quiet
from support import Program, read_journal, wait_until, without

HEAD = b"GET /health HTTP/1.1\r\nHost: x\r\n"


@pytest.fixture(scope="module")
def service(run_in_module: Program) -> Iterator[Serving]:
    """A service on the built-in sample that several tests ask."""
    with serving(run_in_module) as served:
        yield served


def test_a_body_beyond_64_kib_is_413_however_it_is_sent(service: Serving) -> None:
    body = b" " * (64 * 1024 - 2) + b"{}"
    assert service.backtest(body).status == 200
    answer = service.backtest(body + b" ")
    assert (answer.status, answer.name, answer.headers["connection"]) == (413, "too-large", "close")
    # Told by its head alone.
    assert statuses(service.raw(POST + b"Content-Length: 99999999999\r\n\r\n")) == [413]
    chunks = b"".join(b"4000\r\n" + b" " * 0x4000 + b"\r\n" for _ in range(20)) + b"0\r\n\r\n"
    assert statuses(service.raw(POST + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)) == [413]
    small = b"2\r\n{}\r\n0\r\n\r\n"
    assert statuses(service.raw(POST + b"Transfer-Encoding: chunked\r\n\r\n" + small)) == [200]


def test_100_continue_is_said_before_a_body_that_fits(service: Serving) -> None:
    with service.connect() as connection:
        connection.sendall(POST + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        assert statuses(connection.recv(100)) == [100]
        connection.sendall(b"{}")
        assert statuses(until_quiet(connection)) == [200]
    assert statuses(service.raw(POST + b"Expect: 100-continue\r\nContent-Length: 70000\r\n\r\n")) == [413]


def test_heads_are_limited(service: Serving) -> None:
    assert statuses(service.raw(HEAD + b"X: " + b"a" * 20_000 + b"\r\n\r\n")) == [431]
    assert statuses(service.raw(HEAD + b"".join(b"X%d: 1\r\n" % n for n in range(200)) + b"\r\n")) == [431]
    assert statuses(service.raw(b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")) == [431]


@pytest.mark.parametrize(
    "data",
    [
        b"GARBAGE\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET /health\r\n\r\n",
        b"GET /health HTTP/9.9\r\n\r\n", HEAD + b"No colon\r\n\r\n", HEAD + b"A b: c\r\n\r\n",
        POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", POST + b"Content-Length: -1\r\n\r\n{}",
        POST + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)  # fmt: skip
def test_what_is_no_http_is_a_problem_document_and_the_end(service: Serving, data: bytes) -> None:
    with service.connect() as connection:
        connection.sendall(data)
        start = time.monotonic()
        answer = until_quiet(connection, quiet=5)
        assert time.monotonic() - start < 4, "the connection stays open"
    assert statuses(answer) == [400] and b"application/problem+json" in answer
    assert b"connection: close" in answer.lower()
    assert service.ask("GET", "/health").status == 200


def test_a_body_shorter_than_said_is_not_run(run: Program) -> None:
    with serving(run) as served:
        with served.connect() as connection:
            connection.sendall(POST + b"Content-Length: 10\r\n\r\n{}")
            connection.shutdown(socket.SHUT_WR)
            assert statuses(until_quiet(connection)) in ([400], [])
        # Longer than said: the rest is no request.
        answer = served.raw(POST + b"Content-Length: 2\r\n\r\n{}{}", quiet=10)
        assert statuses(answer) == [200, 400]
        code, lines = served.stop()
    assert code == 0 and sum("run_completed" in line or " run " in line for line in lines) >= 1
    assert len(read_journal(run.folder / "output/sample-trades.csv")) == 1


def test_pipelined_requests_are_answered_in_order(service: Serving) -> None:
    missing = b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"
    body = b'{"start":"2025-09-01","end":"2025-11-04"}'
    slow = POST + b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    requests = slow + HEAD + b"\r\n" + missing + slow + HEAD + b"\r\n" + b"RUBBISH\r\n\r\n" + HEAD + b"\r\n"
    answer = service.raw(requests, quiet=10)
    assert statuses(answer) == [200, 200, 404, 200, 200, 400]
    hundred = service.raw((HEAD + b"\r\n") * 100, quiet=2)
    assert statuses(hundred) == [200] * 100


def test_http_1_0_and_close_are_heeded(service: Serving) -> None:
    for data in (b"GET /health HTTP/1.0\r\n\r\n", HEAD + b"Connection: Close\r\n\r\n"):
        with service.connect() as connection:
            connection.sendall(data)
            start = time.monotonic()
            assert statuses(until_quiet(connection, quiet=5)) == [200]
            assert time.monotonic() - start < 4
    upgrade = HEAD + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n"
    assert statuses(service.raw(upgrade)) == [200]
    assert statuses(service.raw(b"CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n"))[0] in (400, 404, 405)


def test_slow_senders_are_cut_off_after_ten_seconds(service: Serving) -> None:
    """A byte a second: of a head, of a body, of the second request of a connection; and one that says nothing."""
    beginnings = [
        b"GET /health HTTP/1.1\r\nHost: x\r\nX: ", POST + b"Content-Length: 1000\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\n400\r\n", HEAD + b"\r\n" + b"GET /health HTTP/1.1\r\nHost: x\r\nX: ", b"",
    ]  # fmt: skip
    with ExitStack() as stack:
        connections = [stack.enter_context(service.connect()) for _ in beginnings]
        start = time.monotonic()
        for connection, data in zip(connections, beginnings):
            connection.sendall(data)
        ended: dict[int, float] = {}
        got = [b""] * len(beginnings)
        while len(ended) < len(beginnings) and time.monotonic() - start < 40:
            for index, connection in enumerate(connections):
                if index in ended:
                    continue
                connection.settimeout(0.05)
                try:
                    part = connection.recv(65536)
                    if not part:
                        ended[index] = time.monotonic() - start
                    got[index] += part
                except TimeoutError:
                    pass
                except ConnectionResetError:
                    ended[index] = time.monotonic() - start
                if index not in ended and beginnings[index]:
                    try:
                        connection.sendall(b"a")
                    except OSError:
                        ended[index] = time.monotonic() - start
            time.sleep(0.7)
            assert service.ask("GET", "/health").status == 200
        assert len(ended) == len(beginnings)
        assert all(8 < seconds < 20 for seconds in ended.values()), ended
    assert [statuses(data) for data in got] == [[408], [408], [408], [200, 408], []]


def slowed(alpaca: AlpacaProgram, seconds: float, times: int | None = None) -> None:
    alpaca.service.faults.add("delay", match=BARS, times=times, seconds=seconds)


def under_way(alpaca: AlpacaProgram) -> None:
    """Waits until a run has asked for its bars."""
    wait_until(lambda: alpaca.service.count(BARS) > 0)


def listens(served: Serving) -> bool:
    """Whether the service takes connections."""
    try:
        served.connect().close()
    except ConnectionRefusedError:
        return False
    return True


RANGE = {"start": "2024-06-03", "end": "2024-06-05"}


def test_sigterm_lets_a_run_finish(alpaca: AlpacaProgram) -> None:
    slowed(alpaca, 2, 1)
    with serving(alpaca, DATA_SOURCE="alpaca", PLAYBOOK_NOW=None) as served, ThreadPoolExecutor() as pool:
        answer = pool.submit(served.backtest, RANGE)
        under_way(alpaca)
        with served.connect() as idle, served.connect() as slow:
            idle.sendall(HEAD + b"\r\n")
            until_quiet(idle)
            slow.sendall(b"GET /hea")
            code, lines = served.stop()
        assert code == 0 and "stopped" in lines[-1]
        assert answer.result().status == 200
    assert len(read_journal(alpaca.folder / "output/trades.csv")) == 3


def test_sigterm_cancels_a_run_that_takes_too_long(alpaca: AlpacaProgram) -> None:
    slowed(alpaca, 25)
    with serving(alpaca, DATA_SOURCE="alpaca", PLAYBOOK_NOW=None) as served, ThreadPoolExecutor() as pool:
        answer = pool.submit(served.backtest, RANGE)
        under_way(alpaca)
        start = time.monotonic()
        code, lines = served.stop()
        assert code == 0 and 6 < time.monotonic() - start < 10
        assert (answer.result().status, answer.result().name) == (503, "stopping")
        assert answer.result().headers["retry-after"]
    assert not (alpaca.folder / "output/trades.csv").exists()


@pytest.mark.parametrize(("first", "second", "code"), [("SIGTERM", "SIGTERM", 143), ("SIGINT", "SIGINT", 130)])
def test_a_second_signal_ends_it_at_once(alpaca: AlpacaProgram, first: str, second: str, code: int) -> None:
    slowed(alpaca, 25)
    with serving(alpaca, DATA_SOURCE="alpaca", PLAYBOOK_NOW=None) as served, ThreadPoolExecutor() as pool:
        answer = pool.submit(served.backtest, RANGE)
        under_way(alpaca)
        served.process.send_signal(getattr(signal, first))
        wait_until(lambda: not listens(served))
        assert served.process.poll() is None
        served.process.send_signal(getattr(signal, second))
        assert served.process.wait(5) == code
        with pytest.raises(Exception):
            answer.result()


def test_a_log_that_nobody_reads_holds_nothing_up(run: Program) -> None:
    """Lines are lost then, and counted when somebody reads again; SIGTERM is heeded all the same."""
    requests = 800
    with serving(run) as served:
        for _ in range(2):
            served.reading.clear()
            start = time.monotonic()
            for _ in range(requests):
                assert served.ask("GET", "/" + "x" * 100).status == 404
            assert time.monotonic() - start < 60
            served.reading.set()
            wait_until(lambda: len(served.lines) > 100)
            time.sleep(0.3)
            before = len(served.lines)
            assert served.ask("GET", "/after").status == 404
            wait_until(lambda: "GET /after 404" in served.lines[-1])
            (lost,) = [int(line.rsplit(" ", 1)[1]) for line in served.lines[-2:] if "that were lost: " in line]
            assert len(served.lines) == before + 2
            assert lost + sum("GET /xxx" in line for line in served.lines) == requests
            served.lines.clear()
        served.reading.clear()
        for _ in range(requests):
            served.ask("GET", "/" + "x" * 100)
        assert served.stop()[0] == 0


def test_sigint_of_an_idle_service_is_a_good_end(run: Program) -> None:
    with serving(run) as served:
        start = time.monotonic()
        code, lines = served.stop(signal.SIGINT)
        assert code == 0 and time.monotonic() - start < 5
        assert "stopped" in lines[-1]


def test_sigkill_under_load_leaves_a_journal_that_the_next_run_completes(run: Program) -> None:
    journal = run.folder / "output/sample-trades.csv"
    days = [f"2025-10-{day:02}" for day in (1, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17)]
    for attempt in range(4):
        with serving(run, SYMBOLS="QQQ,SPY") as served, ThreadPoolExecutor(4) as pool:
            asked = [pool.submit(served.backtest, {"date": day, "symbols": ["QQQ", "SPY"]}) for day in days]
            time.sleep(0.15 + 0.2 * attempt)
            served.process.kill()
            for one in asked:
                one.exception()
        if journal.exists():
            read_journal(journal)
    with serving(run, SYMBOLS="QQQ,SPY") as served:
        answer = served.backtest({"start": days[0], "end": days[-1], "symbols": ["QQQ", "SPY"]})
        assert answer.status == 200
    run.succeed(
        "backtest", "--symbol", "QQQ,SPY", "--start", days[0], "--end", days[-1], "--source", "sample", "--output",
        "whole.csv",
    )  # fmt: skip
    rows = without(read_journal(journal), "run_id")
    assert rows == without(read_journal(run.folder / "whole.csv"), "run_id")
