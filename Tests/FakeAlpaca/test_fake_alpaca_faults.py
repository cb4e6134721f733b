"""Each fault of the fake service, seen from a plain socket or http.client, so that tests can rely on it."""

import gzip
import http.client
import json
import socket
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fake_alpaca import FakeAlpaca
from fake_bars import BarTable
from fake_faults import KINDS, Fault, Faults

OPEN = 1_704_205_800
"""2024-01-02 09:30 in New York."""
BARS = "/v2/stocks/bars?symbols=AAA,BBB&timeframe=2Min&start=2024-01-02&end=2024-01-02&limit=6"
ONE = "/v2/stocks/AAA/bars?timeframe=2Min&start=2024-01-02&end=2024-01-02&limit=6"
TABLE = BarTable(
    {
        name: {"2Min": [(OPEN + 120 * number, price, price + 2, price - 1, price + 1, 9) for number in range(5)]}
        for name, price in (("AAA", 10.5), ("BBB", 20.5))
    }
)


@pytest.fixture
def service() -> Iterator[FakeAlpaca]:
    with FakeAlpaca(TABLE, now="2024-01-02T22:00:00Z") as service:
        yield service


class Client:
    """A connection to the service, which is kept."""

    def __init__(self, service: FakeAlpaca, timeout: float = 5):
        self.service = service
        self.connection = http.client.HTTPConnection(service.url.removeprefix("http://"), timeout=timeout)

    def get(self, target: str = BARS, **headers: str) -> http.client.HTTPResponse:
        self.connection.request("GET", target, headers=self.service.headers | headers)
        return self.connection.getresponse()

    def json(self, target: str = BARS):
        return json.loads(self.get(target).read())


@pytest.fixture
def client(service: FakeAlpaca) -> Iterator[Client]:
    client = Client(service)
    yield client
    client.connection.close()


@pytest.fixture
def good(service: FakeAlpaca) -> bytes:
    """The answer as it should be."""
    client = Client(service)
    body = client.get().read()
    client.connection.close()
    assert len(json.loads(body)["bars"]["AAA"]) == 5
    service.clear()
    return body


# Which requests go wrong


def statuses(service: FakeAlpaca, client: Client, count: int, target: str = BARS) -> list[int]:
    """The statuses of so many requests."""
    result = []
    for _ in range(count):
        response = client.get(target)
        response.read()
        result.append(response.status)
    return result


def test_so_many_times(service: FakeAlpaca, client: Client):
    service.faults.add("status", match="bars", times=2, status=503)
    assert statuses(service, client, 1, "/v2/calendar?end=2000-02-01") == [200]
    assert statuses(service, client, 3) == [503, 503, 200]


def test_always_and_after(service: FakeAlpaca, client: Client):
    service.faults.add("status", times=None, after=2, status=500)
    assert statuses(service, client, 5) == [200, 200, 500, 500, 500]
    service.faults.clear()
    assert statuses(service, client, 1) == [200]


def test_one_request_by_its_number(service: FakeAlpaca, client: Client):
    service.faults.add("status", request=3, status=502)
    assert statuses(service, client, 4) == [200, 200, 502, 200]


def test_the_first_rule_that_applies(service: FakeAlpaca, client: Client):
    service.faults.add("status", times=1, status=501)
    service.faults.add("status", times=2, status=502)
    assert statuses(service, client, 3) == [501, 502, 200]
    assert [(entry["status"], entry["fault"]) for entry in service.requests] == [
        (501, "status"), (502, "status"), (200, None),
    ]  # fmt: skip


def test_a_match_is_of_the_query_too(service: FakeAlpaca, client: Client):
    service.faults.add("status", match="symbols=AAA", times=1, status=500)
    assert statuses(service, client, 1, ONE) == [200]
    assert statuses(service, client, 1) == [500]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("status:bars:2:503", Fault("status", "bars", 2, status=503)),
        ("status:symbols=A&x:1", Fault("status", "symbols=A&x", 1)),
        ("429::always:7", Fault("429", "", None, retry_after="7")),
        ("slow:bars:1:2.5", Fault("slow", "bars", 1, rate=2.5)),
        ("redirect::1:http://127.0.0.1:1/x", Fault("redirect", location="http://127.0.0.1:1/x")),
        ("missing-field::1:v", Fault("missing-field", name="v")),
    ],
)
def test_faults_as_text(text: str, expected: Fault):
    assert Fault.parse(text) == expected


@pytest.mark.parametrize(
    "text", ["status", "status:bars", "none:bars:1", "html:bars:1:x", "status:bars:x", "status::1:x"]
)
def test_texts_that_are_no_faults(text: str):
    with pytest.raises(ValueError):
        Fault.parse(text)


# What is wrong in the answer's form


def test_status(service: FakeAlpaca, client: Client):
    service.faults.add("status", status=500)
    service.faults.add("status", times=2, status=502, body="html", message="Bad Gateway")
    service.faults.add("status", times=3, status=504, body="empty")
    answers = (client.get() for _ in range(3))
    replies = [(reply.status, reply.headers["Content-Type"], reply.read()) for reply in answers]
    assert replies[0][0] == 500 and json.loads(replies[0][2]) == {"message": "internal server error"}
    assert replies[1][:2] == (502, "text/html") and b"<h1>502 Bad Gateway</h1>" in replies[1][2]
    assert replies[2][0] == 504 and replies[2][2] == b""
    assert service.connections == 1


@pytest.mark.parametrize("after", [None, "3", "Wed, 21 Oct 2026 07:28:00 GMT"])
def test_429(service: FakeAlpaca, client: Client, after):
    service.faults.add("429", retry_after=after)
    reply = client.get()
    assert reply.status == 429 and reply.headers["Retry-After"] == after
    assert json.loads(reply.read()) == {"message": "too many requests."}


def test_html(service: FakeAlpaca, client: Client):
    service.faults.add("html")
    reply = client.get()
    assert reply.status == 200 and reply.headers["Content-Type"] == "text/html" and reply.read().startswith(b"<html>")


@pytest.mark.parametrize("fraction", [0.0, 0.5, 0.99])
def test_truncated_json(service: FakeAlpaca, client: Client, good: bytes, fraction: float):
    service.faults.add("truncated-json", fraction=fraction)
    reply = client.get()
    body = reply.read()
    assert reply.status == 200 and body == good[: int(len(good) * fraction)] == body
    assert reply.headers["Content-Length"] == str(len(body)) and len(body) < len(good)
    assert client.get().read() == good and service.requests[0]["connection"] == service.requests[1]["connection"]


@pytest.mark.parametrize("fraction", [0.0, 0.5])
def test_cut_body(service: FakeAlpaca, client: Client, good: bytes, fraction: float):
    service.faults.add("cut-body", fraction=fraction)
    with pytest.raises(http.client.IncompleteRead) as cut:
        client.get().read()
    assert cut.value.partial == good[: int(len(good) * fraction)]
    assert len(cut.value.partial) + cut.value.expected == len(good)


def test_cut_before(service: FakeAlpaca, client: Client, good: bytes):
    service.faults.add("cut-before")
    with pytest.raises(ConnectionError):
        client.get()
    assert service.requests[-1]["status"] is None
    assert Client(service).get().read() == good


def test_slow(service: FakeAlpaca, client: Client, good: bytes):
    service.faults.add("slow", rate=len(good) / 0.4)
    start = time.monotonic()
    assert client.get().read() == good
    assert time.monotonic() - start > 0.35


def test_delay(service: FakeAlpaca, client: Client, good: bytes):
    service.faults.add("delay", seconds=0.2)
    start = time.monotonic()
    assert client.get().read() == good
    assert time.monotonic() - start >= 0.2


def test_stall(service: FakeAlpaca, good: bytes):
    service.faults.add("stall", times=1)
    client = Client(service, timeout=0.2)
    with pytest.raises(TimeoutError):
        client.get()
    client.connection.close()
    service.faults.add("stall", times=1, stage="body")
    client = Client(service, timeout=0.2)
    reply = client.get()
    assert reply.headers["Content-Length"] == str(len(good))
    assert reply.read1() == good[: len(good) // 2]
    with pytest.raises(TimeoutError):
        reply.read1()


def test_a_stall_ends_when_the_server_stops():
    service = FakeAlpaca(TABLE).start()
    service.faults.add("stall")
    host, port = service.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as raw:
        raw.sendall(b"GET /v2/clock HTTP/1.1\r\nHost: x\r\n\r\n")
        while not service.requests:
            time.sleep(0.005)
        service.stop()
        assert raw.recv(100) == b""


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_wrong_encoding(service: FakeAlpaca, client: Client, good: bytes, encoding: str):
    service.faults.add("wrong-encoding", encoding=encoding)
    reply = client.get(**{"Accept-Encoding": "gzip"})
    assert reply.headers["Content-Encoding"] == encoding
    body = reply.read()
    assert body == good
    with pytest.raises((OSError, zlib.error)):
        gzip.decompress(body)


def test_endless(service: FakeAlpaca, client: Client):
    service.faults.add("endless")
    reply = client.get()
    assert reply.headers["Transfer-Encoding"] == "chunked" and "Content-Length" not in reply.headers
    text = reply.read(3_000_000)
    assert len(text) == 3_000_000 and text.startswith(b'{"bars":{"AAA":[{"t":') and text.count(b'"vw"') > 20_000
    client.connection.close()
    assert Client(service).get("/v2/clock").status == 200


def test_endless_ends_with_the_server():
    service = FakeAlpaca(TABLE).start()
    service.faults.add("endless")
    reply = Client(service).get()
    reply.read(1000)
    service.stop()
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        reply.read()


def test_invalid_utf8(service: FakeAlpaca, client: Client, good: bytes):
    service.faults.add("invalid-utf8", times=None)
    body = client.get().read()
    with pytest.raises(UnicodeDecodeError):
        body.decode()
    assert json.loads(body.decode(errors="ignore")) == json.loads(good)
    with pytest.raises(UnicodeDecodeError):
        client.get("/v2/calendar?start=2024-01-02&end=2024-01-02").read().decode()


def test_redirect(service: FakeAlpaca, client: Client):
    service.faults.add("redirect")
    service.faults.add("redirect", times=2, location="http://127.0.0.1:9/there")
    first = client.get()
    assert (first.status, first.headers["Location"], first.read()) == (302, "/elsewhere", b"")
    second = client.get()
    assert (second.status, second.headers["Location"]) == (302, "http://127.0.0.1:9/there")


# What is wrong in what it says


def test_an_empty_page_with_a_token(service: FakeAlpaca, client: Client, good: bytes):
    service.faults.add("empty-page", times=2)
    first = client.json()
    assert first == {"bars": {}, "next_page_token": json.loads(good)["next_page_token"]}
    assert client.json(ONE)["bars"] == [] and client.json() == json.loads(good)
    service.faults.add("empty-page", match="page_token", times=1)
    token = first["next_page_token"]
    assert client.json(f"{BARS}&page_token={token}") == {"bars": {}, "next_page_token": token}
    last = client.json(f"{BARS}&page_token={token}")
    assert len(last["bars"]["BBB"]) == 4 and last["next_page_token"] is None


def test_a_token_that_repeats(service: FakeAlpaca, client: Client, good: bytes):
    service.faults.add("repeated-token", times=None)
    token = json.loads(good)["next_page_token"]
    assert client.json() == json.loads(good)
    for _ in range(2):
        page = client.json(f"{BARS}&page_token={token}")
        assert page["next_page_token"] == token and len(page["bars"]["BBB"]) == 4
    service.clear()
    service.faults.add("repeated-token", token="abc=")
    assert client.json()["next_page_token"] == "abc="


def changed(client: Client, good: bytes, target: str) -> list[tuple[int, dict, dict]]:
    """The bars of AAA that differ from what they should be: index, as served, as right."""
    served, right = client.json(target)["bars"], json.loads(good)["bars"]["AAA"]
    bars = served["AAA"] if isinstance(served, dict) else served
    assert len(bars) == len(right)
    return [(index, one, other) for index, (one, other) in enumerate(zip(bars, right)) if one != other]


@pytest.mark.parametrize("target", [BARS, ONE])
@pytest.mark.parametrize(
    ("kind", "values", "change"),
    [
        ("missing-field", {"name": "v"}, lambda bar: {name: bar[name] for name in bar if name != "v"}),
        ("null-price", {"name": "h"}, lambda bar: bar | {"h": None}),
        ("negative-price", {"name": "l"}, lambda bar: bar | {"l": -bar["l"]}),
        ("high-below-low", {}, lambda bar: bar | {"h": bar["l"], "l": bar["h"]}),
    ],
)
@pytest.mark.parametrize("index", [0, None, 4])
def test_a_bar_that_is_wrong(service: FakeAlpaca, client: Client, good: bytes, target, kind, values, change, index):
    service.faults.add(kind, **values, index=index)
    ((where, bar, right),) = changed(client, good, target)
    assert where == (2 if index is None else index)
    assert bar == change(right)
    assert changed(client, good, target) == [], "only once"


def test_a_bar_twice(service: FakeAlpaca, client: Client, good: bytes):
    service.faults.add("duplicate-bars", index=1)
    right = json.loads(good)["bars"]["AAA"]
    assert client.json()["bars"]["AAA"] == [right[0], right[1], *right[1:]]


@pytest.mark.parametrize(("index", "order"), [(0, [1, 0, 2, 3, 4]), (None, [0, 2, 1, 3, 4]), (4, [0, 1, 2, 4, 3])])
def test_bars_out_of_order(service: FakeAlpaca, client: Client, good: bytes, index, order: list[int]):
    service.faults.add("unordered-bars", index=index)
    right = json.loads(good)["bars"]["AAA"]
    assert client.json()["bars"]["AAA"] == [right[number] for number in order]


@pytest.mark.parametrize("kind", KINDS)
def test_every_fault_leaves_the_service_working(kind: str, good: bytes, service: FakeAlpaca):
    service.faults.add(kind, seconds=0.01, rate=1e6)
    client = Client(service, timeout=0.3 if kind == "stall" else 30)
    try:
        reply = client.get()
        is_wrong = reply.read(200_000) != good or "Content-Encoding" in reply.headers
        assert is_wrong or kind in ("delay", "slow", "repeated-token"), "a first page's token is the right one"
    except (OSError, http.client.HTTPException):
        assert kind in ("cut-before", "cut-body", "stall")
    client.connection.close()
    assert Client(service).get().read() == good
    assert [entry["fault"] for entry in service.requests] == [kind, None]


def test_rules_count_under_threads():
    faults = Faults()
    faults.add("status", times=500)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda number: faults.take(number, "/x"), range(2000)))
    assert sum(fault is not None for fault in taken) == 500
