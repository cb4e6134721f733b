"""What the fake of Alpaca's service answers, request by request; how it fails is in test_fake_alpaca_faults.py."""

import base64
import gzip
import http.client
import json
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from datetime import date, datetime, timezone
from datetime import time as clock
from pathlib import Path
from urllib.parse import quote, urlencode

import exchange_calendars
import pytest
from fake_alpaca import FakeAlpaca
from fake_bars import BarFolder, BarTable
from fake_calendar import Calendar
from support import REPOSITORY, write_bars

BARS = "/v2/stocks/bars"
SPLITS = "/v1/corporate-actions"
OPEN = 1_704_205_800
"""2024-01-02 09:30 in New York."""


def two_minutes(count: int, price: float) -> list[tuple]:
    """Bars in a row from the open, each a cent dearer."""
    prices = [round(price + number / 100, 2) for number in range(count)]
    return [
        (OPEN + 120 * number, one, one + 0.5, one - 0.5, one + 0.25, 100 + number) for number, one in enumerate(prices)
    ]


TABLE = BarTable(
    {
        "AAA": {"2Min": two_minutes(5, 10)},
        "BBB": {"2Min": [(OPEN - 3600, 1, 99, 0.5, 1, 7), *two_minutes(195, 20), (OPEN + 23_400, 3, 98, 0.1, 3, 9)]},
        "CCC": {"2Min": two_minutes(4, 30), "1Day": [(OPEN - 34_200, 30, 31, 29, 30.5, 1000)]},
    },
    {
        "AAA": [(date(2024, 1, 2), 3), (date(2024, 1, 3), 4)],
        "BBB": [(date(2023, 12, 1), "3/2"), (date(2023, 12, 4), "1/10"), (date(2030, 1, 2), 2)],
    },
)


@pytest.fixture
def service() -> Iterator[FakeAlpaca]:
    """Over the table, at five in the afternoon."""
    with FakeAlpaca(TABLE, now="2024-01-02T22:00:00Z") as service:
        yield service


class Reply:
    """An answer over HTTP."""

    def __init__(self, response: http.client.HTTPResponse):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)


def get(service: FakeAlpaca, path: str, query: dict | str = "", **headers: str) -> Reply:
    """The answer to a request with the right keys."""
    connection = http.client.HTTPConnection(service.url.removeprefix("http://"), timeout=10)
    text = query if isinstance(query, str) else urlencode(query)
    connection.request("GET", f"{path}?{text}" if text else path, headers=service.headers | headers)
    reply = Reply(connection.getresponse())
    connection.close()
    return reply


def asked(symbols: str = "AAA", **changes) -> dict:
    """A query of bars; None leaves a parameter out."""
    query = {"symbols": symbols, "timeframe": "2Min", "start": "2024-01-02", "end": "2024-01-02"} | changes
    return {name: value for name, value in query.items() if value is not None}


def starts(bars: list[dict]) -> list[int]:
    """Numbers of the bars counted from the open."""
    return [int((datetime.fromisoformat(bar["t"]).timestamp() - OPEN) / 120) for bar in bars]


# Bars


def test_the_form_of_many_symbols(service: FakeAlpaca):
    reply = get(service, BARS, asked("AAA", limit=1))
    assert reply.status == 200 and reply.headers["Content-Type"].startswith("application/json")
    token = base64.b64encode(f"AAA|M|{OPEN}000000000".encode()).decode()
    assert reply.body.decode() == (
        '{"bars":{"AAA":[{"t":"2024-01-02T14:30:00Z","o":10,"h":10.5,"l":9.5,"c":10.25,"v":100,"n":2,"vw":10.083333}]},'
        f'"next_page_token":"{token}"}}'
    )


def test_the_form_of_one_symbol(service: FakeAlpaca):
    answer = get(service, "/v2/stocks/AAA/bars", asked()).json
    assert list(answer) == ["bars", "symbol", "next_page_token"]
    assert answer["symbol"] == "AAA" and answer["next_page_token"] is None
    assert starts(answer["bars"]) == [0, 1, 2, 3, 4]


def test_prices_are_the_shortest_decimals_of_the_same_doubles():
    prices = [0.1 + 0.2, 1e-7, 100.0, 123456.789]
    with FakeAlpaca(BarTable({"A": {"1Min": [(OPEN, *prices, 3)]}})) as service:
        text = get(service, BARS, asked("A", timeframe="1Min")).body.decode()
        assert '"o":0.30000000000000004,"h":0.0000001,"l":100,"c":123456.789,"v":3,' in text
        bar = json.loads(text)["bars"]["A"][0]
        assert [float(bar[name]) for name in "ohlc"] == prices


@pytest.mark.parametrize(
    ("symbols", "limit"),
    [*(("CCC,AAA", limit) for limit in range(1, 11)), *(("BBB,CCC,AAA", limit) for limit in (50, 197, 202, 205, 206))],
)
def test_pages_count_bars_of_all_symbols_and_end_anywhere(service: FakeAlpaca, symbols: str, limit: int):
    total = 5 + 4 + (197 if "BBB" in symbols else 0)
    pages, token = [], None
    for left in range(total, 0, -limit):
        answer = get(service, BARS, asked(symbols, limit=limit, page_token=token)).json
        pages.append([(symbol, bar["t"]) for symbol, bars in answer["bars"].items() for bar in bars])
        assert len(pages[-1]) == min(limit, left)
        token = answer["next_page_token"]
        assert token is None or token.endswith("=")
    assert token is None
    found = sum(pages, [])
    assert found == sorted(set(found)) and len(found) == total


def test_the_default_limit_is_1000():
    bars = [(OPEN + 60 * number, 1, 1, 1, 1, 1) for number in range(1500)]
    with FakeAlpaca(BarTable({"A": {"1Min": bars}})) as service:
        query = asked("A", timeframe="1Min", end="2024-01-05")
        assert len(get(service, BARS, query).json["bars"]["A"]) == 1000
        assert len(get(service, BARS, query | {"limit": 10_000}).json["bars"]["A"]) == 1500


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2024-01-02", "2024-01-02", [0, 1, 2, 3, 4]),
        ("2024-01-03", "2024-01-03", []),
        ("2024-01-02T14:32:00Z", "2024-01-02T14:36:00Z", [1, 2, 3]),
        ("2024-01-02T14:32:00.000000001Z", "2024-01-02T14:35:59.999999999Z", [2]),
        ("2024-01-02T14:31:59.9Z", "2024-01-02T14:36:00.5Z", [1, 2, 3]),
        ("2024-01-02T09:32:00-05:00", "2024-01-02T16:34:00+02:00", [1, 2]),
        ("2024-01-02T14:36:00Z", None, [3, 4]),
        (None, "2024-01-02T14:30:00Z", [0]),
    ],
)
def test_start_and_end_are_inclusive(service: FakeAlpaca, start, end, expected: list[int]):
    answer = get(service, BARS, asked(start=start, end=end)).json
    assert starts(answer["bars"].get("AAA", [])) == expected


def test_descending(service: FakeAlpaca):
    found, token = [], None
    for _ in range(5):
        answer = get(service, BARS, asked("AAA,CCC", sort="desc", limit=2, page_token=token)).json
        found += [(symbol, number) for symbol, bars in answer["bars"].items() for number in starts(bars)]
        token = answer["next_page_token"]
    assert token is None
    assert found == [("AAA", number) for number in (4, 3, 2, 1, 0)] + [("CCC", number) for number in (3, 2, 1, 0)]


@pytest.mark.parametrize("empty", ["object", "array", "null"])
@pytest.mark.parametrize("query", [asked("NONE"), asked(start="1990-01-01", end="1990-12-31")])
def test_no_bars(empty: str, query: dict):
    with FakeAlpaca(TABLE, empty=empty) as service:
        reply = get(service, BARS, query)
        assert reply.status == 200
        assert reply.json == {"bars": {"object": {}, "array": [], "null": None}[empty], "next_page_token": None}


@pytest.mark.parametrize(
    ("timeframe", "expected"),
    [
        ("6Min", [(0, 10.0, 10.52, 9.5, 10.27, 303), (3, 10.03, 10.54, 9.53, 10.29, 207)]),
        ("4Min", [  # 09:30 is no multiple of four minutes
            (-1, 10.0, 10.5, 9.5, 10.25, 100), (1, 10.01, 10.52, 9.51, 10.27, 203), (3, 10.03, 10.54, 9.53, 10.29, 207),
        ]),
        ("10Min", [(0, 10.0, 10.54, 9.5, 10.29, 510)]),
        ("1Hour", [(-15, 10.0, 10.54, 9.5, 10.29, 510)]),
        ("1Min", []),
    ],
)  # fmt: skip
def test_longer_bars_are_put_together(service: FakeAlpaca, timeframe: str, expected: list):
    bars = get(service, BARS, asked(timeframe=timeframe)).json["bars"].get("AAA", [])
    assert [(number, *(bar[name] for name in "ohlcv")) for number, bar in zip(starts(bars), bars)] == expected


def test_a_daily_bar_is_of_regular_hours_unless_there_is_a_file(service: FakeAlpaca):
    answer = get(service, BARS, asked("BBB,CCC", timeframe="1Day")).json["bars"]
    (made,), (given,) = answer["BBB"], answer["CCC"]
    volume = sum(100 + number for number in range(195))
    assert made["t"] == given["t"] == "2024-01-02T05:00:00Z"
    assert (made["o"], made["h"], made["l"], made["c"], made["v"]) == (20, 22.44, 19.5, 22.19, volume)
    assert (given["h"], given["v"]) == (31, 1000)


def test_adjustment_divides_by_the_splits_after_a_bar(service: FakeAlpaca):
    def first(adjustment, now):
        service.set_now(now)
        bar = get(service, BARS, asked(adjustment=adjustment)).json["bars"]["AAA"][0]
        return bar["o"], bar["v"]

    later = "2024-01-03T12:00:00Z"
    assert first(None, later) == first("raw", later) == first("dividend", later) == (10, 100)
    assert first("split", later) == first("all", later) == first("split,dividend", later) == (2.5, 400)
    assert first("split", "2024-01-02T22:00:00Z") == (10, 100), "that split is not known yet"


def test_bars_later_than_now_are_not_served(service: FakeAlpaca):
    def seen(now, timeframe="2Min", symbol="AAA"):
        service.set_now(now)
        return len(get(service, BARS, asked(symbol, timeframe=timeframe)).json["bars"].get(symbol, []))

    assert [seen(f"2024-01-02T14:{time}Z") for time in ("31:59", "32:00", "33:59", "36:00")] == [0, 1, 1, 3]
    assert [seen(f"2024-01-02T{time}Z", "1Day", "CCC") for time in ("20:59:59", "21:00:00")] == [0, 1]
    assert seen("2024-01-02T14:36:00Z", "6Min") == 1 and seen("2024-01-02T14:35:00Z", "6Min") == 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"timeframe": None}, "timeframe"),
        ({"timeframe": "0Min"}, "timeframe"),
        ({"timeframe": "60Min"}, "timeframe"),
        ({"timeframe": "24Hour"}, "timeframe"),
        ({"timeframe": "2Day"}, "timeframe"),
        ({"timeframe": "5Month"}, "timeframe"),
        ({"timeframe": "2min"}, "timeframe"),
        ({"limit": "0"}, "limit"),
        ({"limit": "10001"}, "limit"),
        ({"limit": "x"}, "limit"),
        ({"feed": "nyse"}, "feed"),
        ({"adjustment": "splits"}, "adjustment"),
        ({"sort": "up"}, "sort"),
        ({"start": "2024-1-2"}, "start"),
        ({"end": "2024-01-02T10:00:00"}, "end"),
        ({"end": "2024-02-30"}, "end"),
        ({"start": "2024-01-03"}, "end should not be before start"),
        ({"symbols": ""}, "symbols"),
        ({"symbols": "aaa"}, "symbol"),
        ({"page_token": "?"}, "page token"),
        ({"page_token": "QUFB"}, "page token"),
    ],
)
@pytest.mark.parametrize("status", [400, 422])
def test_bad_parameters(changes: dict, message: str, status: int):
    with FakeAlpaca(TABLE, bad_parameter=status) as service:
        reply = get(service, BARS, asked(**changes))
        assert reply.status == status and message in reply.json["message"]


def test_a_token_with_its_equals_signs_encoded_or_not(service: FakeAlpaca):
    token = get(service, BARS, asked(limit=2)).json["next_page_token"]
    for text in (quote(token, safe=""), token):
        answer = get(service, BARS, urlencode(asked(limit=2)) + "&page_token=" + text).json
        assert starts(answer["bars"]["AAA"]) == [2, 3]


@pytest.mark.parametrize("end", ["2024-01-02T21:45:01Z", "2024-01-02T21:45:00.000000001Z", "2024-01-02", None])
def test_recent_bars_of_all_exchanges_need_a_paid_plan(end):
    with FakeAlpaca(TABLE, plan="free", now="2024-01-02T22:00:00Z") as service:
        reply = get(service, BARS, asked(end=end))
        assert reply.status == 403
        assert reply.json == {"message": "subscription does not permit querying recent SIP data"}
        assert get(service, BARS, asked(end=end, feed="iex")).status == 200
        assert get(service, BARS, asked(end="2024-01-02T21:45:00Z", feed="sip")).status == 200
    with FakeAlpaca(TABLE, now="2024-01-02T22:00:00Z") as service:
        assert get(service, BARS, asked(end=end)).status == 200


# Splits and calendar


def test_splits(service: FakeAlpaca):
    query = {"symbols": "AAA,BBB", "types": "forward_split,reverse_split", "start": "2023-01-01", "end": "2030-12-31"}
    answer = get(service, SPLITS, query).json
    assert answer["next_page_token"] is None
    found = answer["corporate_actions"]
    assert [(one["symbol"], one["ex_date"], one["new_rate"], one["old_rate"]) for one in found["forward_splits"]] == [
        ("BBB", "2023-12-01", 3, 2), ("AAA", "2024-01-02", 3, 1),
    ]  # fmt: skip
    (reverse,) = found["reverse_splits"]
    assert [reverse[name] for name in ("symbol", "ex_date", "new_rate", "old_rate")] == ["BBB", "2023-12-04", 1, 10]
    common = {"id", "symbol", "new_rate", "old_rate", "process_date", "ex_date", "record_date", "payable_date"}
    assert set(found["forward_splits"][0]) == common | {"cusip"}
    assert set(reverse) == common | {"old_cusip", "new_cusip"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"types": "reverse_split"}, ["2023-12-04"]),
        ({"start": "2023-12-02", "end": "2023-12-31"}, ["2023-12-04"]),
        ({"start": "2023-12-04", "end": "2023-12-04"}, ["2023-12-04"]),
        ({"start": None, "end": None}, ["2024-01-02"]),  # today
        ({"symbols": "CCC"}, []),
    ],
)
def test_which_splits(service: FakeAlpaca, changes: dict, expected: list[str]):
    query = {"symbols": "AAA,BBB", "start": "2023-01-01", "end": "2024-12-31"} | changes
    answer = get(service, SPLITS, {name: value for name, value in query.items() if value}).json["corporate_actions"]
    assert [one["ex_date"] for rows in answer.values() for one in rows] == expected


def test_pages_of_splits(service: FakeAlpaca):
    query = {"symbols": "AAA,BBB", "start": "2023-01-01", "end": "2024-12-31", "limit": 2}
    first = get(service, SPLITS, query).json
    second = get(service, SPLITS, query | {"page_token": first["next_page_token"]}).json
    assert [len(first["corporate_actions"][kind]) for kind in ("forward_splits", "reverse_splits")] == [1, 1]
    assert [one["symbol"] for one in second["corporate_actions"]["forward_splits"]] == ["AAA"]
    assert second["next_page_token"] is None
    assert get(service, SPLITS, query | {"limit": 1001}).status == 400


def test_the_calendar_is_the_exchange_s(service: FakeAlpaca):
    found = {
        row["date"]: (row["open"], row["close"])
        for row in get(service, "/v2/calendar", {"start": "2000-01-01", "end": "2035-12-31"}).json
    }
    schedule = exchange_calendars.get_calendar("XNYS", start="2000-01-01", end="2035-12-31").schedule
    expected = {}
    for day, opening, closing in zip(schedule.index, schedule["open"], schedule["close"]):
        times = [moment.tz_convert("America/New_York").strftime("%H:%M") for moment in (opening, closing)]
        expected[f"{day:%F}"] = tuple(times)
    assert found == expected


def test_the_form_of_the_calendar():
    shorter, saturday = (clock(10), clock(12, 30)), (clock(9, 30), clock(16))
    overrides = {date(2024, 1, 2): None, date(2024, 1, 3): shorter, date(2024, 1, 6): saturday}
    with FakeAlpaca(TABLE, calendar_overrides=overrides) as service:
        rows = get(service, "/v2/calendar", {"start": "2024-01-02", "end": "2024-01-06"}).json
        assert rows[0] == {
            "date": "2024-01-03", "open": "10:00", "close": "12:30", "session_open": "0400", "session_close": "2000",
            "settlement_date": "2024-01-05",
        }  # fmt: skip
        assert [row["date"] for row in rows] == ["2024-01-03", "2024-01-04", "2024-01-05", "2024-01-06"]
        assert get(service, BARS, asked("BBB", timeframe="1Day")).json["bars"] == {}, "no session, no daily bar"
        assert get(service, "/v2/calendar", {"start": "x"}).status == 400


def test_sessions_settle_after_one_day_since_2024():
    calendar = Calendar()
    assert calendar.settlement(date(2024, 5, 24)) == date(2024, 5, 29)
    assert calendar.settlement(date(2024, 5, 28)) == date(2024, 5, 29)


# Around


@pytest.mark.parametrize("path", [BARS, "/v2/stocks/AAA/bars", "/v2/calendar", SPLITS, "/v2/clock"])
@pytest.mark.parametrize("style", ["html401", "json403"])
@pytest.mark.parametrize("header", ["APCA-API-KEY-ID", "APCA-API-SECRET-KEY"])
def test_wrong_keys(path: str, style: str, header: str):
    with FakeAlpaca(TABLE, auth_error=style) as service:
        reply = get(service, path, asked(), **{header: "wrong"})
        if style == "html401":
            assert reply.status == 401 and reply.headers["Content-Type"] == "text/html" and b"nginx" in reply.body
        else:
            assert reply.status == 403 and reply.json == {"message": "forbidden."}
        bare = http.client.HTTPConnection(service.url.removeprefix("http://"))
        bare.request("GET", path)
        assert bare.getresponse().status == reply.status
        bare.close()


def test_unknown_paths_and_methods(service: FakeAlpaca):
    assert get(service, "/v2/stocks").status == 404
    connection = http.client.HTTPConnection(service.url.removeprefix("http://"))
    connection.request("POST", BARS, body=b"{}", headers=service.headers)
    assert connection.getresponse().status == 405
    connection.close()


def test_the_rate_limit():
    with FakeAlpaca(TABLE, rate_limit=3, rate_window=3) as service:
        replies = [get(service, BARS, asked()) for _ in range(4)]
        assert [reply.status for reply in replies] == [200, 200, 200, 429]
        assert [reply.headers["X-RateLimit-Remaining"] for reply in replies[:3]] == ["2", "1", "0"]
        assert replies[0].headers["X-RateLimit-Limit"] == "3"
        assert 0 <= int(replies[0].headers["X-RateLimit-Reset"]) - time.time() <= 4
        assert replies[3].json == {"message": "too many requests."}
        assert not [name for name in replies[3].headers if name.lower().startswith(("x-rate", "retry"))]
        time.sleep(3.05)
        assert get(service, BARS, asked()).status == 200


def test_gzip_only_for_clients_that_take_it():
    query = asked("BBB", limit=10_000)
    with FakeAlpaca(TABLE) as service:
        plain, packed = (get(service, BARS, query, **{"Accept-Encoding": name}) for name in ("identity", "gzip"))
        assert "Content-Encoding" not in plain.headers and packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.body) == plain.body and len(packed.body) < len(plain.body) / 2


def test_connections_are_kept_alive_and_requests_logged(service: FakeAlpaca):
    connection = http.client.HTTPConnection(service.url.removeprefix("http://"))
    for path in (f"{BARS}?symbols=AAA%2CBBB", "/v2/calendar"):
        connection.request("GET", path, headers=service.headers)
        connection.getresponse().read()
    connection.close()
    first, second = service.requests
    assert (first["number"], first["method"], first["path"], first["status"]) == (1, "GET", BARS, 400)
    assert first["query"] == {"symbols": "AAA,BBB"} and first["target"].endswith("symbols=AAA%2CBBB")
    assert first["headers"]["apca-api-key-id"] == service.key and abs(first["time"] - time.time()) < 10
    assert first["connection"] == second["connection"] == service.connections == 1
    assert service.count() == 2 and service.count("calendar") == 1


def test_many_clients_at_once(service: FakeAlpaca):
    service.rate.limit = None
    expected = get(service, BARS, asked("AAA,BBB,CCC")).body
    bodies: list[bytes] = []

    def ask():
        for _ in range(10):
            bodies.append(get(service, BARS, asked("AAA,BBB,CCC")).body)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bodies == [expected] * 80
    assert [entry["number"] for entry in service.requests] == list(range(1, 82))


def test_files_that_cannot_be(tmp_path: Path):
    write_bars(tmp_path / "BACK_2Min.csv", ["2024-01-02T14:32:00Z,1,1,1,1,1", "2024-01-02T14:30:00Z,1,1,1,1,1"])
    write_bars(tmp_path / "LESS_2Min.csv", ["2024-01-02T14:32:00Z,1,1,1,1"])
    folder = BarFolder(tmp_path)
    for symbol, message in (("BACK", "do not rise"), ("LESS", "six fields")):
        with pytest.raises(ValueError, match=message):
            folder.columns(symbol, "2Min")


def test_the_command(tmp_path: Path):
    stamps = ("2024-01-02T14:30:00Z", "2024-01-03T14:30:00+00:00")
    write_bars(tmp_path / "QQQ_2Min.csv", [f"{stamp},1,2,0.5,1.5,10" for stamp in stamps])
    command = [
        sys.executable, REPOSITORY / "Tests" / "FakeAlpaca" / "fake_alpaca.py", "--data-dir", tmp_path,
        "--now", "2024-01-02T22:00:00Z", "--feed-plan", "free", "--fault", "status:calendar:1:503",
        "--calendar", "2024-01-02=closed", "--key", "K", "--secret", "S",
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            url = process.stdout.readline().strip()

            def ask(path: str, method: str = "GET", body=None):
                headers = {"APCA-API-KEY-ID": "K", "APCA-API-SECRET-KEY": "S"}
                data = None if body is None else json.dumps(body).encode()
                request = urllib.request.Request(url + path, data, headers, method=method)
                with urllib.request.urlopen(request, timeout=10) as response:
                    return json.load(response)

            with pytest.raises(urllib.error.HTTPError, match="503"):
                ask("/v2/calendar")
            assert [row["date"] for row in ask("/v2/calendar?start=2024-01-01&end=2024-01-03")] == ["2024-01-03"]
            bars = "/v2/stocks/bars?" + urlencode(asked("QQQ", end="2024-01-02T21:00:00Z"))
            assert len(ask(bars)["bars"]["QQQ"]) == 1
            ask("/_control/faults", "POST", [{"kind": "status", "match": "bars", "status": 500}])
            with pytest.raises(urllib.error.HTTPError, match="500"):
                ask(bars)
            ask("/_control/now", "POST", {"now": "2024-01-04T00:00:00Z"})
            assert len(ask(bars.replace("2024-01-02T21", "2024-01-03T21"))["bars"]["QQQ"]) == 2
            log = ask("/_control/requests")
            assert [entry["status"] for entry in log] == [503, 200, 200, 500, 200]
            assert log[2]["query"]["symbols"] == "QQQ"
            ask("/_control/requests", "DELETE")
            assert ask("/_control/requests") == []
            for path, body in (("faults", [{"kind": "nonsense"}]), ("now", {}), ("faults", 3)):
                with pytest.raises(urllib.error.HTTPError, match="400"):
                    ask(f"/_control/{path}", "POST", body)
        finally:
            process.terminate()
        assert process.wait(10) == 0


def test_time_passes_unless_it_is_set(service: FakeAlpaca):
    assert service.now() == datetime(2024, 1, 2, 22, tzinfo=timezone.utc).timestamp()
    service.set_now(None)
    assert abs(service.now() - time.time()) < 10
