"""The proxy variables of the environment count."""

import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Proxy(BaseHTTPRequestHandler):
    """Passes requests on to where they are meant for, and notes them."""

    def do_GET(self) -> None:
        self.server.targets.append(self.path)
        keys = {name: value for name, value in self.headers.items() if name.lower().startswith("apca-")}
        with DIRECT.open(urllib.request.Request(self.path, headers=keys)) as answer:
            body = answer.read()
            self.send_response(answer.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def proxy() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    server.targets = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_requests_go_through_the_proxy(alpaca, proxy):
    finished = alpaca.backtest(env={"http_proxy": f"http://127.0.0.1:{proxy.server_port}"})
    assert finished.code == 0, finished.err
    assert len(proxy.targets) == len(alpaca.service.requests) > 0
    assert all(target.startswith(alpaca.service.url) for target in proxy.targets)


def test_addresses_that_are_exempt_do_not(alpaca, proxy):
    address = f"http://127.0.0.1:{proxy.server_port}"
    finished = alpaca.backtest(env={"http_proxy": address, "no_proxy": "127.0.0.1"})
    assert finished.code == 0, finished.err
    assert proxy.targets == [] and alpaca.service.requests


def test_a_proxy_that_is_not_there(alpaca):
    finished = alpaca.backtest(env={"http_proxy": "http://user:hidden-word@127.0.0.1:1"})
    assert finished.code == 69, finished.err
    assert "hidden-word" not in finished.err and "proxy" in finished.err
    assert alpaca.service.requests == []
