"""`serve` and whoever reaches its port: enormous requests, pages of other sites, names of others, slow connections."""

import http.client
import resource
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from fake_identity import FakeIdentity
from service_support import POST, Answered, Serving, serving, statuses
from support import Program, read_journal

SYMBOLS = [f"S{number}" for number in range(50)]
ENORMOUS = {"symbols": SYMBOLS, "start": "2015-09-19", "end": "2025-11-04"}
"""50 symbols, 3,700 days: 127,500 sessions."""


@pytest.fixture(scope="module")
def service(run_in_module: Program) -> Iterator[Serving]:
    with serving(run_in_module) as served:
        yield served


def refused(answer: Answered, field: str, *words: str) -> None:
    """422 for this field, with these words."""
    assert (answer.status, answer.name, answer.fields) == (422, "invalid", [field]), answer.body
    for word in words:
        assert word in answer.problem["detail"], answer.problem


@pytest.mark.parametrize("env", [{"SERVE_ANY_SYMBOL": "true"}, {"SYMBOLS": ",".join(SYMBOLS)}], ids=["any", "own"])
def test_seven_enormous_requests_write_nothing_and_hold_nobody_up(run: Program, env) -> None:
    with serving(run, **env) as served:
        files = served.open_files
        with ThreadPoolExecutor(7) as pool:
            bodies = [ENORMOUS | {"params": {"stop-atr": 1.5 + number / 10}} for number in range(7)]
            for answer in pool.map(served.backtest, bodies):
                refused(answer, "/end", "20000", "SERVE_MAX_SESSIONS")
        assert not (run.folder / "output").exists()
        assert served.memory("VmHWM") < 100
        start = time.monotonic()
        assert served.backtest({"date": "2025-11-04", "symbols": ["S1"]}).status == 200
        assert time.monotonic() - start < 5 and served.open_files <= files + 2


def test_requests_name_the_symbols_that_are_set_and_no_others(run: Program) -> None:
    with serving(run, SYMBOLS="QQQ,SPY") as served:
        refused(served.backtest({"symbols": ["spy", "IWM"]}), "/symbols/1", "IWM", "SERVE_ANY_SYMBOL")
        assert served.backtest({"symbols": ["spy"]}).status == 200
    with serving(run, SERVE_ANY_SYMBOL="true") as served:
        assert served.backtest({"symbols": ["IWM"]}).status == 200


def test_the_budget_of_sessions_is_a_setting_and_counts_all_symbols(run: Program) -> None:
    """October 2025 has 23 sessions."""
    october = {"symbols": ["QQQ", "SPY"], "start": "2025-10-01", "end": "2025-10-31"}
    with serving(run, SYMBOLS="QQQ,SPY", SERVE_MAX_SESSIONS="46") as served:
        assert served.backtest(october).status == 200
        refused(served.backtest(october | {"end": "2025-11-03"}), "/end", "48", "46")
        # Catching up has no end of its own: what it comes to is known once the journal is read.
        behind = served.backtest({"catch_up": True, "start": "2025-08-01"})
        assert (behind.status, behind.name) == (422, "invalid") and "at most 46" in behind.problem["detail"]
        assert len(read_journal(run.folder / "output/sample-trades.csv")) == 46
        assert served.backtest({"catch_up": True}).json["receipts"][0]["added"] == 4


def test_the_budget_of_memory_is_a_setting(run: Program) -> None:
    year = {"start": "2024-11-01", "end": "2025-10-31"}
    with serving(run, SERVE_MAX_MEMORY_MB="3") as served:
        refused(served.backtest(year), "/end", "SERVE_MAX_MEMORY_MB", "at most 3 MB")
        assert served.backtest({"start": "2025-10-01", "end": "2025-10-31"}).status == 200
    # A journal in another order is in memory as a whole while it is merged: 1,200 more rows take 300 kB.
    journal = run.folder / "output/sample-trades.csv"
    row = journal.read_bytes().splitlines(keepends=True)[1]
    with journal.open("ab") as more:
        for number in range(1200):
            date = f"{1998 + number // 48}-{number // 4 % 12 + 1:02}-{number % 4 * 7 + 3:02}"
            more.write(row.replace(b"2025-10-01", date.encode()))
    assert journal.stat().st_size > 250_000
    with serving(run, SERVE_MAX_MEMORY_MB="1") as served:
        answer = served.backtest({"date": "2025-11-03"})
        assert (answer.status, answer.name) == (422, "invalid") and "SERVE_MAX_MEMORY_MB" in answer.problem["detail"]
        # Once it is sorted, it is merged as it is read.
        run.succeed("backtest", "--date", "2025-11-03", "--symbol", "QQQ", "--source", "sample")
        assert served.backtest({"date": "2025-11-04"}).status == 200


def test_a_day_begins_ten_parameter_sets_and_no_more(run: Program) -> None:
    """New are those that the journal has no row of, also after the service was started again."""

    def ask(served: Serving, number: int, **more) -> Answered:
        return served.backtest({"date": "2025-11-04", "params": {"stop-atr": 1 + number / 4}} | more)

    with serving(run, SERVE_MAX_NEW_PARAMS="3") as served:
        for number in range(1, 4):
            assert ask(served, number).status == 200
        refused(ask(served, 4), "/params", "at most 3", "SERVE_MAX_NEW_PARAMS")
        # Known ones, those that are set, and what writes nothing go on.
        assert ask(served, 2).status == 200 and ask(served, 5, dry_run=True).status == 200
        assert served.backtest().status == 200
        refused(ask(served, 5), "/params", "at most 3")
    with serving(run, SERVE_MAX_NEW_PARAMS="3") as served:
        assert ask(served, 3).status == 200
        refused(ask(served, 4), "/params", "at most 3")
    with serving(run, SERVE_MAX_NEW_PARAMS="4", PLAYBOOK_NOW="2025-11-05T21:30:00Z") as served:
        for number in range(4, 8):
            assert ask(served, number).status == 200
        refused(ask(served, 8), "/params", "at most 4")
    assert len(read_journal(run.folder / "output/sample-trades.csv")) == 8


FORMS = [
    ("application/x-www-form-urlencoded", "date=2025-11-04"), ("text/plain", '{"date":"2025-11-04"}'),
    ("multipart/form-data; boundary=x", '--x\r\n\r\n{"date":"2025-11-04"}\r\n--x--'), (None, None),
]  # fmt: skip


@pytest.mark.parametrize("named", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
                                   {"Sec-Fetch-Site": "same-site"}])  # fmt: skip
def test_a_page_of_another_site_cannot_post(run_in_module: Program, service: Serving, named) -> None:
    """Forms, and a fetch whose browser asked first."""
    for kind, body in [*FORMS, ("application/json", '{"date":"2025-11-04"}')]:
        answer = service.backtest(body, headers=named | ({"Content-Type": kind} if kind else {}))
        assert (answer.status, answer.name) == (403, "foreign"), (kind, answer)
        assert next(iter(named)) in answer.problem["detail"] and "access-control-allow-origin" not in answer.headers
    assert service.ask("GET", "/health/detailed", headers=named).status == 403
    assert service.ask("GET", "/health", headers=named).status == 200
    preflight = service.ask("OPTIONS", "/backtest", headers=named | {"Access-Control-Request-Method": "POST"})
    assert preflight.status == 405 and not any(name.startswith("access-control") for name in preflight.headers)
    assert not (run_in_module.folder / "output").exists()


def test_a_page_whose_browser_tells_nothing_cannot_post_either(service: Serving) -> None:
    for kind, body in FORMS[:3]:
        assert service.backtest(body, headers={"Content-Type": kind}).status == 415


def test_its_own_origin_is_none_of_another_site(run: Program) -> None:
    with serving(run, SERVE_NAMES="playbook.example") as served:
        for host, origin in [
            (f"localhost:{served.port}", f"http://localhost:{served.port}"),
            ("playbook.example", "https://playbook.example"), ("playbook.example", "https://Playbook.example:443"),
            ("playbook.example:80", "http://playbook.example"),
        ]:  # fmt: skip
            for site in ("same-origin", "none"):
                headers = {"Host": host, "Origin": origin, "Sec-Fetch-Site": site}
                assert served.backtest(headers=headers).status == 200, headers
        for host, origin in [
            (f"localhost:{served.port}", "http://localhost:3000"), ("playbook.example", "https://playbook.example:444"),
            ("playbook.example", "https://other.playbook.example"), ("playbook.example", "file://playbook.example"),
            ("playbook.example", "playbook.example"),
        ]:  # fmt: skip
            assert served.backtest(headers={"Host": host, "Origin": origin}).status == 403, origin


def test_a_name_that_is_bound_to_this_address_is_not_ours(service: Serving) -> None:
    """A page at evil.example whose name has become 127.0.0.1 is of the same origin for the browser."""
    for host in (f"evil.example:{service.port}", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "x",
                 "128.0.0.1", "localhost:x", "[::2]", "evil.example@localhost", "localhost/evil"):  # fmt: skip
        headers = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
        for answer in (service.backtest({}, headers=headers), service.ask("GET", "/health/detailed", headers=headers)):
            assert answer.status in (400, 403), (host, answer)
        assert "SERVE_NAMES" in answer.body.decode() or answer.status == 400
    for host in ("localhost", f"LOCALHOST:{service.port}", "127.0.0.1", "127.0.0.1:1", "[::1]", "localhost.",
                 socket.gethostname()):  # fmt: skip
        assert service.ask("GET", "/health/detailed", headers={"Host": host}).status == 200, host
    # A probe knows an address at most.
    assert service.ask("GET", "/health", headers={"Host": "10.0.0.7"}).status == 200


def test_where_identities_are_checked_any_name_will_do(run: Program) -> None:
    with FakeIdentity() as issuer, serving(run, OIDC_AUDIENCE="https://me.test", OIDC_KEYS_URL=issuer.keys_url) as served:
        headers = {"Host": "anything.example", "Authorization": f"Bearer {issuer.token(aud='https://me.test')}"}
        assert served.ask("GET", "/health/detailed", headers=headers).status == 200
        assert served.backtest(headers=headers | {"Origin": "https://evil.example"}).status == 403
        assert served.backtest(headers=headers | {"Origin": "https://anything.example"}).status == 200


def test_a_request_has_one_host(service: Serving) -> None:
    for hosts in (b"", b"Host: localhost\r\nHost: localhost\r\n", b"Host: localhost\r\nhost: evil.example\r\n"):
        for path in (b"GET /health", b"POST /backtest", b"GET /nothing"):
            answer = service.raw(path + b" HTTP/1.1\r\n" + hosts + b"\r\n")
            assert statuses(answer) == [400] and b"Host" in answer and b"connection: close" in answer.lower()
    assert statuses(service.raw(b"GET /health HTTP/1.0\r\n\r\n")) == [200]
    assert statuses(service.raw(b"POST /backtest HTTP/1.0\r\n\r\n")) == [403]
    # What came before it on the connection is answered, what follows is not.
    good = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
    assert statuses(service.raw(good + b"GET /health HTTP/1.1\r\n\r\n" + good)) == [200, 400]


@pytest.mark.parametrize("said", [b"", b"GET /health HTTP/1.1\r\nHost: x\r\nX: ", POST + b"Content-Length: 9\r\n\r\n{"])
def test_slow_connections_keep_nobody_out(run: Program, said: bytes) -> None:
    """520 of them, all open at once; a request that is being answered is left alone."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 2048)), hard))
    with serving(run) as served, ExitStack() as stack:
        kept = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
        stack.callback(kept.close)
        for number in range(520):
            connection = stack.enter_context(served.connect())
            connection.sendall(said)
            if number % 40 == 39:
                start = time.monotonic()
                assert served.ask("GET", "/health", timeout=5).status == 200
                # A client that asks now and then keeps its connection.
                kept.request("GET", "/health")
                assert kept.getresponse().read()
                assert time.monotonic() - start < 3
        assert served.open_files < 300
        assert served.backtest(timeout=10).status == 200


def test_it_listens_on_this_machine_alone_unless_told_otherwise(run: Program) -> None:
    def told(env: dict[str, str]) -> tuple[str, str]:
        """Where it listens, and what it warns of."""
        with serving(run, **env) as served:
            _, lines = served.stop()
        (listening,) = [line for line in lines if "listening on" in line]
        return listening.rsplit("http://", 1)[1].rsplit(":", 1)[0], "\n".join(line for line in lines if "IDENTITY" in line)

    assert told({}) == ("127.0.0.1", "")
    address, warning = told({"SERVE_HOST": "0.0.0.0"})
    assert address == "0.0.0.0" and "NO IDENTITY IS CHECKED" in warning and "OIDC_AUDIENCE" in warning
    assert told({"OIDC_AUDIENCE": "https://me.test"}) == ("0.0.0.0", "")
    assert told({"OIDC_AUDIENCE": "https://me.test", "SERVE_HOST": "127.0.0.1"}) == ("127.0.0.1", "")
