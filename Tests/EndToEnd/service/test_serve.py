"""`serve`: what it answers to good and bad requests, and that a run is done once."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from alpaca_support import BARS, AlpacaProgram
from service_support import POST, Serving, serving, statuses
from support import Program, read_journal, wait_until, without

# Found on the path that support adds.
from fake_identity import FakeIdentity


@pytest.fixture(scope="module")
def service(run_in_module: Program) -> Iterator[Serving]:
    """A service on the built-in sample that several tests ask."""
    with serving(run_in_module) as served:
        yield served


def test_health_says_ok_and_head_says_the_same_without_a_body(service: Serving) -> None:
    answer = service.ask("GET", "/health")
    assert (answer.status, answer.json) == (200, {"status": "ok"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    head = service.ask("HEAD", "/health")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(answer.body)))


def test_detailed_health_names_what_a_run_needs_and_the_last_run(run: Program) -> None:
    with serving(run) as served:
        before = served.ask("GET", "/health/detailed").json
        assert before["status"] == "ok" and before["ready"] and before["last_run"] is None
        assert {part["name"] for part in before["components"]} >= {"settings", "source sample", "journal csv"}
        ran = served.backtest({"date": "2025-11-04"}).json
        last = served.ask("GET", "/health/detailed").json["last_run"]
        assert last == {"run_id": ran["run_id"], "status": "completed", "exit_code": 0}


def test_detailed_health_is_503_when_the_source_fails(run: Program) -> None:
    with serving(run, DATA_SOURCE="files", DATA_DIR=str(run.folder)) as served:
        answer = served.ask("GET", "/health/detailed")
        assert answer.status == 503 and answer.headers["content-type"] == "application/json"
        assert answer.json["status"] == "failing" and not answer.json["ready"]
        assert any(part["status"] == "failing" for part in answer.json["components"])
        assert served.ask("GET", "/health").status == 200


def test_a_backtest_gives_the_document_and_the_journal_of_the_command(run: Program) -> None:
    asked = {"symbols": ["QQQ", "spy"], "start": "2025-10-01", "end": "2025-11-04", "params": {"stop-atr": 1.50}}
    with serving(run, SYMBOLS="QQQ,SPY") as served:
        answer = served.backtest(asked)
        assert answer.status == 200, answer.body
        by_command = json.loads(
            run.succeed(
                "backtest", "--symbol", "QQQ,SPY", "--start", "2025-10-01", "--end", "2025-11-04", "--param",
                "stop-atr=1.5", "--source", "sample", "--output", "other.csv", "--format", "json",
            ).out
        )  # fmt: skip
        own = {"run_id", "receipts", "elapsed_seconds"}
        document = answer.json
        assert {k: v for k, v in document.items() if k not in own} == {
            k: v for k, v in by_command.items() if k not in own
        }
        written = read_journal(run.folder / "output/sample-trades.csv")
        assert without(written, "run_id") == without(read_journal(run.folder / "other.csv"), "run_id")
        assert {row["run_id"] for row in written} == {document["run_id"]}


@pytest.mark.parametrize("body", [None, "", " \r\n", "{}", '{"catch_up": false}'])
def test_nothing_said_is_today(run_in_module: Program, service: Serving, body) -> None:
    answer = service.backtest(body)
    assert answer.status == 200, answer.body
    assert (answer.json["start"], answer.json["end"], answer.json["symbols"]) == ("2025-11-04", "2025-11-04", ["QQQ"])


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON; charset=utf-8"])
def test_the_kind_of_body_that_is_read(service: Serving, kind) -> None:
    assert service.backtest('{"date":"2025-11-04"}', headers={"Content-Type": kind}).status == 200


def test_no_body_needs_no_kind(service: Serving) -> None:
    """The scheduler may send none, and curl without -d does."""
    for kind in (None, "application/octet-stream", "application/x-www-form-urlencoded"):
        assert service.backtest(headers={"Content-Type": kind} if kind else {}).status == 200


@pytest.mark.parametrize(
    ("now", "body", "reason"),
    [
        ("2025-12-25T22:00:00Z", None, "market holiday"),
        ("2025-12-27T22:00:00Z", None, "weekend"),
        ("2026-01-02T22:00:00Z", {"start": "2025-12-27", "end": "2025-12-28"}, "no session"),
    ],
)
def test_without_a_session_a_run_is_skipped(run: Program, now: str, body, reason: str) -> None:
    with serving(run, PLAYBOOK_NOW=now) as served:
        answer = served.backtest(body)
        assert (answer.status, answer.json["status"], answer.json["reason"]) == (200, "skipped", reason)
        assert answer.json["detail"]


def test_catching_up_runs_what_has_no_row_and_then_nothing(run: Program) -> None:
    with serving(run) as served:
        first = served.backtest({"catch_up": True, "start": "2025-10-30"}).json
        assert (first["start"], first["end"], first["receipts"][0]["added"]) == ("2025-10-30", "2025-11-04", 4)
        again = served.backtest({"catch_up": True}).json
        assert (again["status"], again["reason"]) == ("skipped", "up to date")


def test_a_dry_run_writes_nothing(run: Program) -> None:
    with serving(run) as served:
        answer = served.backtest({"date": "2025-11-04", "dry_run": True}).json
        assert answer["dry_run"] and answer["receipts"][0]["added"] == 1
    assert not (run.folder / "output/sample-trades.csv").exists()


MALFORMED = [
    ("{", ""), ("[]", ""), ("null", ""), ('"a"', ""), ("symbols=QQQ", ""), ('{"a":1}', "/a"), ("{}x", ""),
    ('{"date":"2025-11-04","date":"2025-11-04"}', "/date"), ('{"dry_run":1}', "/dry_run"), ("﻿{}", ""),
    ('{"symbols":"QQQ"}', "/symbols"), ('{"symbols":[]}', "/symbols"), ('{"symbols":["QQQ","Q Q"]}', "/symbols/1"),
    ('{"symbols":[1]}', "/symbols/0"), ('{"symbols":null}', "/symbols"), ('{"date":"2025-11-4"}', "/date"),
    ('{"date":"2025-02-30"}', "/date"), ('{"date":20251104}', "/date"), ('{"start":"2025-11-03"}', "/end"),
    ('{"end":"2025-11-03"}', "/start"), ('{"date":"2025-11-03","end":"2025-11-04"}', "/end"),
    ('{"catch_up":true,"date":"2025-11-03"}', "/date"), ('{"catch_up":"yes"}', "/catch_up"), ('{"params":[]}', "/params"),
    ('{"params":{"stop-atr":null}}', "/params/stop-atr"), ('{"params":{"a/b~":[]}}', "/params/a~1b~0"),
    ('{"strategy":1}', "/strategy"), ("[" * 100, "/0" * 16), ('{"dry_run":tru}', "/dry_run"), ('{"a":"\\ud800"}', "/a"),
    ('{"dry_run":01}', "/dry_run"), ("{'a':1}", ""), ('{"a":1,}', ""),
]  # fmt: skip


@pytest.mark.parametrize(("body", "field"), MALFORMED)
def test_a_malformed_body_is_400_with_its_field(service: Serving, body: str, field: str) -> None:
    answer = service.backtest(body.encode())
    assert (answer.status, answer.name) == (400, "malformed")
    assert answer.fields == [field], answer.body


def test_bytes_that_are_no_text_are_400(service: Serving) -> None:
    assert service.backtest(b'{"strategy":"\xff"}').name == "malformed"


IMPOSSIBLE = [
    ({"start": "2025-11-04", "end": "2025-11-03"}, "/end"), ({"date": "1990-01-02"}, "/date"),
    ({"start": "2025-11-03", "end": "2036-01-02"}, "/end"), ({"date": "2025-11-05"}, "/date"),
    ({"start": "2010-01-04", "end": "2025-11-04"}, "/end"), ({"strategy": "dp21"}, "/strategy"),
    ({"params": {"stop-atr": 1000}}, "/params/stop-atr"), ({"params": {"stopp": 1}}, "/params/stopp"),
    ({"params": {"ema-period": 1.5}}, "/params/ema-period"), ({"params": {"ema-period": True}}, "/params/ema-period"),
    ({"strategy": "timed-entry", "params": {"ema-period": 20}}, "/params/ema-period"),
    ({"params": {"window-start": "11:00"}}, "/params"), ({"symbols": [f"S{n}" for n in range(51)]}, "/symbols"),
    ({"catch_up": True, "start": "2025-11-05"}, "/start"), ({"params": {"stop-atr": 1e308}}, "/params/stop-atr"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "field"), IMPOSSIBLE)
def test_what_cannot_be_is_422_with_its_field(service: Serving, body: dict, field: str) -> None:
    answer = service.backtest(body)
    assert (answer.status, answer.name, answer.fields) == (422, "invalid", [field])


def test_numbers_are_spelled_as_on_the_command_line(service: Serving) -> None:
    body = '{"date":"2025-11-04","dry_run":true,"params":{"stop-atr":1.50,"ema-period":2.0e1,"shares":"30"}}'
    params = service.backtest(body).json["params"]
    assert (params["stop-atr"], params["ema-period"], params["shares"]) == ("1.5", "20", "30")


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/backtest", 405, "POST"), ("DELETE", "/health", 405, "GET, HEAD"), ("BREW", "/health", 405, None),
        ("OPTIONS", "/health/detailed", 405, "GET, HEAD"), ("GET", "/", 404, None), ("POST", "/backtest/", 404, None),
        ("GET", "/health%00", 404, None), ("HEAD", "/nothing", 404, None),
    ],
)  # fmt: skip
def test_wrong_paths_and_methods(service: Serving, method: str, path: str, status: int, allow) -> None:
    if method == "BREW":
        # No HTTP of this parser: refused before the path is looked at.
        assert service.ask(method, path).status in (400, 405)
        return
    answer = service.ask(method, path)
    assert (answer.status, answer.headers.get("allow")) == (status, allow)
    assert method == "HEAD" or answer.problem


def test_other_kinds_of_body_are_415(service: Serving) -> None:
    for kind in (
        "text/plain", "multipart/form-data", "application/xml", "json", "application/jsonp", "application/problem+json",
        "application/x-www-form-urlencoded", "application/octet-stream", "text/plain; application/json", "",
    ):  # fmt: skip
        answer = service.backtest("{}", headers={"Content-Type": kind})
        assert (answer.status, answer.name) == (415, "unsupported-media-type"), kind
    bare = b"POST /backtest HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
    assert statuses(service.raw(bare + b"\r\n{}")) == [415]
    twice = b"Content-Type: application/json\r\nContent-Type: text/plain\r\n"
    assert statuses(service.raw(bare + twice + b"\r\n{}")) == [415]
    assert service.backtest("{}", headers={"Content-Encoding": "gzip"}).status == 415


def test_exit_codes_become_statuses(run: Program) -> None:
    """69 is 502; what a symbol fails with beside others comes with the document of what was done."""
    (run.folder / "bars").mkdir()
    run.succeed(
        "data", "export", "--source", "sample", "--symbol", "QQQ", "--timeframe", "2Min", "--start", "2025-10-01",
        "--end", "2025-11-04", "--output", run.folder / "bars/QQQ_2Min.csv",
    )  # fmt: skip
    (run.folder / "bars/BAD_2Min.csv").write_text("timestamp,open,high,low,close,volume\nx,1,1,1,1,1\n")
    with serving(run, DATA_SOURCE="files", DATA_DIR="bars", SYMBOLS="QQQ,BAD,NONE") as served:
        answer = served.backtest({"symbols": ["NONE"], "date": "2025-11-04"})
        assert (answer.status, answer.name, answer.problem["exit_code"]) == (502, "source-unavailable", 69)
        assert answer.problem["run_id"]
        answer = served.backtest({"symbols": ["BAD"], "date": "2025-11-04"})
        assert (answer.status, answer.name, answer.problem["exit_code"]) == (500, "bad-data", 65)
        answer = served.backtest({"symbols": ["QQQ", "BAD"], "date": "2025-11-04"})
        result = answer.problem["result"]
        assert (answer.status, result["status"], result["receipts"][0]["added"]) == (500, "partial", 1)
        assert result["run_id"] == answer.problem["run_id"]
        assert [error["symbol"] for error in result["errors"]] == ["BAD"]


def test_a_session_that_is_not_over_is_503_with_retry_after(run: Program) -> None:
    with serving(run, PLAYBOOK_NOW="2025-11-04T20:00:00Z") as served:
        answer = served.backtest()
        assert (answer.status, answer.name, answer.problem["exit_code"]) == (503, "try-again", 75)
        assert int(answer.headers["retry-after"]) > 0


def test_a_journal_that_cannot_be_written_is_500(run: Program) -> None:
    (run.folder / "output").write_text("in the way")
    with serving(run) as served:
        answer = served.backtest({"date": "2025-11-04"})
        assert (answer.status, answer.name, answer.problem["exit_code"]) == (500, "cannot-write", 73)


def test_the_same_run_at_the_same_time_is_done_once_for_all(alpaca: AlpacaProgram) -> None:
    alpaca.service.faults.add("delay", match=BARS, times=1, seconds=2)
    asked = {"symbols": ["QQQ"], "start": "2024-06-03", "end": "2024-06-05"}
    spelled = asked | {"strategy": "dp20", "params": {"stop-atr": "1.20"}}
    with serving(alpaca, DATA_SOURCE="alpaca", PLAYBOOK_NOW=None) as served, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(served.backtest, [asked, spelled] * 4))
        assert {answer.status for answer in answers} == {200}
        assert len({answer.json["run_id"] for answer in answers}) == 1
        later = served.backtest(asked)
        assert later.json["run_id"] != answers[0].json["run_id"]
    rows = read_journal(alpaca.folder / "output/trades.csv")
    assert [row["trade_date"] for row in rows] == ["2024-06-03", "2024-06-04", "2024-06-05"]


def test_delivered_twice_leaves_the_journal_as_it_was(run: Program) -> None:
    with serving(run) as served:
        served.backtest()
        before = (run.folder / "output/sample-trades.csv").read_bytes()
        again = served.backtest()
        assert again.json["receipts"][0]["unchanged"] == 1
        assert (run.folder / "output/sample-trades.csv").read_bytes() == before


def test_a_fifth_run_is_refused_while_four_are_under_way(alpaca: AlpacaProgram) -> None:
    slow = alpaca.service.faults.add("delay", match=BARS, times=None, seconds=60)
    with serving(alpaca, DATA_SOURCE="alpaca", PLAYBOOK_NOW=None) as served, ThreadPoolExecutor(4) as pool:
        four = [pool.submit(served.backtest, {"date": f"2024-06-0{day}"}) for day in (3, 4, 5, 6)]
        wait_until(lambda: alpaca.service.count(BARS) >= 4)
        answer = served.backtest({"date": "2024-06-07"})
        assert (answer.status, answer.name) == (503, "busy") and int(answer.headers["retry-after"]) > 0
        assert served.ask("GET", "/health").status == 200
        slow.released.set()
        assert [one.result().status for one in four] == [200] * 4


def test_a_client_that_goes_away_stops_nothing(alpaca: AlpacaProgram) -> None:
    slow = alpaca.service.faults.add("delay", match=BARS, times=1, seconds=60)
    with serving(alpaca, DATA_SOURCE="alpaca", PLAYBOOK_NOW=None) as served:
        with served.connect() as connection:
            body = b'{"date":"2024-06-03"}'
            connection.sendall(POST + b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            wait_until(lambda: alpaca.service.count(BARS) > 0)
        slow.released.set()
        wait_until((alpaca.folder / "output/trades.csv").exists)
        assert len(read_journal(alpaca.folder / "output/trades.csv")) == 1


@pytest.fixture(scope="module")
def issuer() -> Iterator[FakeIdentity]:
    with FakeIdentity() as made:
        yield made


FORWARDED = {"X-Forwarded-For": "203.0.113.7"}


def test_id_tokens_are_wanted_from_elsewhere(run: Program, issuer: FakeIdentity) -> None:
    account = "scheduler@example.iam.gserviceaccount.com"
    env = {"OIDC_AUDIENCE": "https://me.test", "OIDC_EMAIL": account, "OIDC_KEYS_URL": issuer.keys_url}
    with serving(run, **env) as served:

        def ask(token: str | None = None, path: str = "/health/detailed", method: str = "GET") -> int:
            headers = FORWARDED | ({"Authorization": f"Bearer {token}"} if token else {})
            return served.ask(method, path, headers=headers).status

        good = issuer.token(aud="https://me.test", email=account)
        assert ask(good) == 200 and ask(good, "/backtest", "POST") == 200
        assert ask() == 401 and ask(None, "/backtest", "POST") == 401
        assert ask(issuer.token(aud="https://other.test", email=account)) == 401
        assert ask(issuer.token(aud="https://me.test", email="else@example.com")) == 401
        assert ask(good[:-8] + "AAAAAAAA") == 401
        refused = served.ask("POST", "/backtest", headers=FORWARDED)
        assert refused.headers["www-authenticate"] == "Bearer" and refused.name == "unauthorized"
        # Nothing is wanted for these.
        assert ask(path="/health") == 200 and ask(path="/openapi.json") == 200
        # This machine is no exception, unless that is set.
        assert served.ask("POST", "/backtest").status == 401
        _, lines = served.stop()
    assert not any(good[:40] in line for line in lines)


def test_this_machine_needs_no_token_where_that_is_set(run: Program, issuer: FakeIdentity) -> None:
    env = {"OIDC_AUDIENCE": "https://me.test", "OIDC_KEYS_URL": issuer.keys_url, "OIDC_TRUST_LOOPBACK": "true"}
    with serving(run, **env) as served:
        assert served.ask("POST", "/backtest").status == 200
        for name in ("X-Forwarded-For", "Forwarded"):
            assert served.ask("POST", "/backtest", headers={name: "203.0.113.7"}).status == 401


def test_without_the_issuers_keys_it_is_503(run: Program, issuer: FakeIdentity) -> None:
    with FakeIdentity() as gone:
        url = gone.keys_url
    with serving(run, OIDC_AUDIENCE="https://me.test", OIDC_KEYS_URL=url) as served:
        headers = FORWARDED | {"Authorization": f"Bearer {issuer.token(aud='https://me.test')}"}
        answer = served.backtest(headers=headers)
        assert (answer.status, answer.name) == (503, "try-again") and answer.headers["retry-after"]


def test_log_lines_are_json_and_cannot_be_forged(run: Program) -> None:
    with serving(run, LOG_FORMAT="json", GOOGLE_CLOUD_PROJECT="p1") as served:
        trace = "0af7651916cd43dd8448eb211c80319c"
        served.backtest(headers={"traceparent": f"00-{trace}-b7ad6b7169203331-01", "User-Agent": "a\"b\\c\tÄ"})
        served.raw(b"GET /a%0a{\"severity\":\"x\"} HTTP/1.1\r\nHost: x\r\nUser-Agent: \x1b[31m\r\n\r\n")
        served.ask("GET", "/health")
        code, lines = served.stop()
    assert code == 0
    records = [json.loads(line) for line in lines]
    for record in records:
        assert {"severity", "message", "time"} <= record.keys()
        assert all(0x20 <= ord(character) < 0x7F for character in record["message"])
    requests = [record for record in records if "httpRequest" in record]
    assert [record["httpRequest"]["status"] for record in requests][0] == 200
    run_line = requests[0]
    assert run_line["run_id"] and run_line["httpRequest"]["requestMethod"] == "POST"
    assert run_line["httpRequest"]["requestUrl"] == "/backtest" and run_line["httpRequest"]["remoteIp"] == "127.0.0.1"
    assert run_line["httpRequest"]["latency"].endswith("s") and float(run_line["httpRequest"]["latency"][:-1]) >= 0
    assert run_line["logging.googleapis.com/trace"] == f"projects/p1/traces/{trace}"
    completed = [record for record in records if record.get("event") == "run_completed"]
    assert [record["run_id"] for record in completed] == [run_line["run_id"]]
    assert not any(record["httpRequest"]["requestUrl"] == "/health" for record in requests)


def test_settings_are_checked_before_it_listens(run: Program) -> None:
    for env, code in [
        ({"SYMBOLS": "Q Q"}, 78), ({"PORT": "x"}, 78), ({"WRITER_TYPE": "gcs"}, 78), ({"OIDC_EMAIL": "a@b"}, 78),
        ({"K_SERVICE": "s"}, 78), ({"SYMBOLS": ""}, 78), ({"DATA_SOURCE": ""}, 78), ({"SERVE_MAX_SESSIONS": "0"}, 78),
        ({"SERVE_MAX_MEMORY_MB": "1.5"}, 78), ({"SERVE_MAX_NEW_PARAMS": "-1"}, 78), ({"SERVE_NAMES": "a:80"}, 78),
        ({"SERVE_ANY_SYMBOL": "all"}, 78), ({"OIDC_TRUST_LOOPBACK": "x"}, 78),
        ({"SERVE_ANY_SYMBOL": "true", "SYMBOLS": ""}, 78), ({"SERVE_HOST": "192.0.2.1"}, 78), ({"LOG_FORMAT": "xml"}, 78),
    ]:  # fmt: skip
        done = run("serve", env={"DATA_SOURCE": "sample", "SYMBOLS": "QQQ", "PORT": "0"} | env, timeout=20)
        assert done.code == code and done.err.startswith("error: "), (env, done)


def test_source_and_symbols_may_be_flags(run: Program) -> None:
    more = {"DATA_SOURCE": None, "SYMBOLS": None}
    with serving(run, "--source", "sample", "--symbol", "SPY", "--output", "own.csv", **more) as served:
        answer = served.backtest()
        assert (answer.status, answer.json["symbols"], answer.json["data_source"]) == (200, ["SPY"], "sample")
    assert len(read_journal(run.folder / "own.csv")) == 1


def test_a_port_in_use_is_named(run: Program, service: Serving) -> None:
    done = run("serve", "--port", service.port, env={"DATA_SOURCE": "sample", "SYMBOLS": "QQQ"}, timeout=20)
    assert done.code == 69 and str(service.port) in done.err and "in use" in done.err


def test_health_asks_the_service_past_proxies(run: Program, service: Serving) -> None:
    proxies = {"http_proxy": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9"}
    done = run.succeed("health", "--port", service.port, env=proxies)
    assert len(done.out.splitlines()) == 1
    assert run("health", env={"PORT": "1"}).code == 69


def test_many_clients_at_once(service: Serving) -> None:
    """Threads that each ask on one connection get every answer."""
    counts: list[int] = []

    def ask() -> None:
        request = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
        with service.connect() as connection:
            stream = connection.makefile("rb")
            for _ in range(50):
                connection.sendall(request)
                assert b"200" in stream.readline()
                length = 0
                while (line := stream.readline()) != b"\r\n":
                    if line.lower().startswith(b"content-length:"):
                        length = int(line.split(b":")[1])
                assert stream.read(length)
            counts.append(50)

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 1000
