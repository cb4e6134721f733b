"""The dashboard as a reader meets it: behind its login, in a browser, over a journal with rows, runs and hostile texts."""

import csv
import http.client
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from browser_support import SCHEMES, WIDTHS, Browser, browser
from service_support import SAMPLE, Answered, Serving, serving
from support import Program
from trust import TRUST

TOKEN = "a-token-of-some-length"
ON = SAMPLE | {"DASHBOARD": "on", "OUTPUT_LOCATION": "a.csv"}


@dataclass
class Caller:
    """Somebody with a browser's headers."""

    service: Serving
    cookie: str = ""

    def get(self, path: str, **headers: str) -> Answered:
        return self.service.ask("GET", path, headers=({"Cookie": self.cookie} if self.cookie else {}) | headers)

    def post(self, path: str, origin: str | None = "own", **fields: str) -> Answered:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if self.cookie:
            headers["Cookie"] = self.cookie
        if origin:
            headers["Origin"] = f"http://127.0.0.1:{self.service.port}" if origin == "own" else origin
        return self.service.ask("POST", path, urlencode(fields), headers)

    def log_in(self) -> Answered:
        answer = self.post("/login", token=TOKEN, next="/journal")
        self.cookie = answer.headers["set-cookie"].split(";")[0]
        return answer


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


def journal(run: Program, *arguments: str) -> None:
    run.succeed("backtest", "--symbol", "QQQ", "--source", "sample", "--output", "a.csv", "--start", "2025-08-01",
                "--end", "2025-11-03", *arguments)  # fmt: skip


def test_nothing_is_there_unless_it_is_on(run: Program) -> None:
    with serving(run) as service:
        assert service.ask("GET", "/").status == 404


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"SERVE_HOST": "0.0.0.0"}, "anybody who reaches 0.0.0.0 could see the dashboard"),
        ({"DASHBOARD_TOKEN": "short"}, "fewer than 12 characters"),
        ({"DASHBOARD_USER": "me"}, "go together"),
        ({"DASHBOARD_TOKEN": TOKEN, "DASHBOARD_USER": "me", "DASHBOARD_PASSWORD": TOKEN}, "both set"),
        ({"DASHBOARD_REFRESH": "1"}, "is not a number of seconds from 5 on"),
        ({"DASHBOARD": "maybe"}, "is neither on nor off"),
    ],
)
def test_what_would_be_open_is_refused(run: Program, changes: dict[str, str], words: str) -> None:
    refused = run("serve", "--port", "0", env=ON | changes)
    assert refused.code == 78 and words in refused.err


def test_the_door(run: Program) -> None:
    journal(run)
    with serving(run, defaults=ON | {"DASHBOARD_TOKEN": TOKEN}) as service:
        caller = Caller(service)
        for path in ("/", "/journal", "/session?date=2025-10-01", "/report", "/playbooks", "/runs/x"):
            shut = caller.get(path)
            assert shut.status == 401 and b"Log in" in shut.body and b"QQQ" not in shut.body
        assert caller.post("/login", origin=None, token=TOKEN).status == 403
        assert caller.post("/login", origin="http://evil.example", token=TOKEN).status == 403
        answer = caller.log_in()
        assert (answer.status, answer.headers["location"]) == (303, "/journal")
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and TOKEN not in cookie
        assert caller.get("/").status == 200
        # A link from another site leads here, a form from there does not.
        assert caller.get("/", **{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}).status == 200
        assert caller.get("/", **{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}).status == 403
        assert caller.get("/", Host="evil.example").status == 403
        assert caller.post("/run", origin="http://evil.example", token=TOKEN).status == 403
        assert caller.post("/run", token="wrong").status == 401
        forged = Caller(service, re.sub(r"=\d+", lambda m: f"={int(m[0][1:]) + 60}", caller.cookie))
        assert forged.get("/").status == 401
        away = caller.post("/logout")
        assert away.status == 303 and "Max-Age=0" in away.headers["set-cookie"]
        elsewhere = Caller(service).post("/login", token=TOKEN, next="//evil.example/")
        assert elsewhere.headers["location"] == "/"


def test_guessing_is_slow(run: Program) -> None:
    with serving(run, defaults=ON | {"DASHBOARD_USER": "me", "DASHBOARD_PASSWORD": TOKEN}) as service:
        caller = Caller(service)
        statuses = [caller.post("/login", user="me", password=f"guess {n}").status for n in range(7)]
        assert statuses == [401] * 5 + [429] * 2
        assert caller.post("/login", user="me", password=TOKEN).status == 429


def test_the_policy_allows_the_pages_own_alone(run: Program) -> None:
    with serving(run, defaults=ON) as service:
        answer = Caller(service).get("/")
        policy = answer.headers["content-security-policy"]
        assert answer.status == 200 and answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy


def test_a_run_is_started_and_remembered(run: Program) -> None:
    journal(run)
    with serving(run, defaults=ON | {"DASHBOARD_TOKEN": TOKEN}) as service:
        caller = Caller(service)
        caller.log_in()
        started = caller.post("/run", token=TOKEN)
        assert started.status == 303
        page = caller.get(started.headers["location"])
        assert page.status == 200 and b"completed" in page.body
        first = caller.get("/").body.decode()
        assert re.search(r"<h1>.*Last run went well: 1 of 1 symbols, 2025-11-04, 16:30, [\d.]+ s</h1>", first)
    # Another process reads what this one has left.
    status = run.succeed("status", env=ON)
    assert "1 of the last 1 went well" in status.out


def test_pages_are_sound(window: Browser, run: Program) -> None:
    journal(run)
    hostile = "<img src=x onerror=\"document.title='hit'\"><script>document.title='hit'</script>"
    with open(run.folder / "a.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows[::3]:
        row |= {"notes": hostile, "chart_link_entry": "javascript:document.title='hit'", "setup": hostile}
    with open(run.folder / "a.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    run.succeed("backtest", "--catch-up", env=ON)
    day = next(row["trade_date"] for row in rows if row["entered"] == "true")
    with serving(run, defaults=ON | {"DASHBOARD_REFRESH": "0"}) as service:
        paths = ["/", "/journal", f"/session?date={day}&symbol=QQQ"]
        if TRUST:
            paths += ["/report", "/playbooks", "/docs", "/login", "/journal?symbol=NONE"]
        for path in paths:
            for width in WIDTHS:
                for scheme in SCHEMES if TRUST or path == "/" else SCHEMES[:1]:
                    window.open(f"http://127.0.0.1:{service.port}{path}", width, scheme)
                    name = re.sub(r"\W+", "-", path.split("?")[0]).strip("-") or "overview"
                    window.picture(f"dashboard-{name}-{width}-{scheme}", height=1200)
                    assert window.faults() == [], path
                    assert window.run("return document.title") != "hit"
                    assert {url for url in window.requests() if not url.startswith("data:")} == {
                        f"http://127.0.0.1:{service.port}{path}"}  # fmt: skip
