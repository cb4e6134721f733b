"""The HTTP endpoints by which another process steers the server and looks into it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from bson import json_util
from mongo_errors import MongoError
from mongo_failpoints import FailPoint

if TYPE_CHECKING:
    from fake_mongo import FakeMongo


class Control(ThreadingHTTPServer):
    """On a port of 127.0.0.1 of its own, without keys."""

    daemon_threads = True

    def __init__(self, service: "FakeMongo"):
        super().__init__(("127.0.0.1", 0), Handler)
        self.service = service
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Control

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def do_DELETE(self) -> None:
        self._serve("DELETE")

    def log_message(self, *_: Any) -> None:
        pass

    def _serve(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        namespace = parse_qs(url.query).get("ns", [None])[0]
        try:
            status, text = 200, self._answer(method, url.path.removeprefix("/_control/"), namespace, body)
        except (ValueError, TypeError, KeyError, AttributeError, MongoError) as error:
            status, text = 400, json.dumps({"message": str(error)})
        if text is None:
            status, text = 404, json.dumps({"message": "Not Found"})
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _answer(self, method: str, path: str, namespace: Any, body: bytes) -> Any:
        service = self.server.service
        if (method, path) == ("POST", "failpoints"):
            given = json.loads(body)
            points = [FailPoint(**one) for one in (given if isinstance(given, list) else [given])]
            for point in points:
                service.fail_points.append(point)
        elif (method, path) == ("DELETE", "failpoints"):
            service.fail_points.clear()
        elif (method, path) == ("POST", "stepdown"):
            service.step_down(float(json.loads(body)["seconds"]))
        elif (method, path) == ("GET", "commands"):
            return json_util.dumps(service.commands, json_options=json_util.RELAXED_JSON_OPTIONS)
        elif (method, path) == ("DELETE", "commands"):
            service.forget()
        elif (method, path) == ("GET", "dump"):
            if namespace is None:
                raise ValueError("ns=DATABASE.COLLECTION is missing")
            return service.dump(namespace)
        elif (method, path) == ("DELETE", "dump"):
            service.empty(namespace)
        else:
            return None
        return "{}"
