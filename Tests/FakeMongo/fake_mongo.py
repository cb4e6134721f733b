#!/usr/bin/env python3
"""A fake MongoDB server for tests, the primary of a replica set; see README.md.

    python3 fake_mongo.py --until-eof [--user NAME:PASSWORD[:readOnly]] [--fail-point JSON]

prints its URI and the URL of its control port, and serves until it is interrupted or its input ends. In a test:

    with FakeMongo() as mongo:
        mongo.fail("update", closeAfter=True)
        ... mongo.uri ...
        assert mongo.count("update") == 2 and len(mongo.documents("trading.trades")) == 3
"""

import argparse
import json
import ssl
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Optional, Union
from urllib.parse import quote

from bson import json_util
from mongo_auth import User
from mongo_commands import Commands
from mongo_control import Control
from mongo_failpoints import DATA, FailPoint, FailPoints
from mongo_member import Member
from mongo_query import ordered
from mongo_server import Server
from mongo_store import Store

sys.path.append(str(Path(__file__).resolve().parents[1] / "FakeServer"))
from server_process import ending


class FakeMongo:
    """The server on a port of 127.0.0.1, and its control port."""

    def __init__(
        self,
        *,
        port: int = 0,
        users: Iterable[Union[str, User]] = (),
        set_name: str = "rs0",
        tls_cert: Union[str, Path, None] = None,
        tls_key: Union[str, Path, None] = None,
    ):
        """
        `users`: `NAME:PASSWORD` or `NAME:PASSWORD:readOnly`, of the database admin; without any, nobody needs to
        authenticate. `tls_cert` and `tls_key`: files in PEM; with them every connection is TLS.
        """
        context = None
        if tls_cert:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls_cert, tls_key)
        self.tls = context is not None
        self.set_name = set_name
        self._server = Server(port, context)
        self._store = Store()
        self._member = Member(set_name)
        known = [User.parse(one) if isinstance(one, str) else one for one in users]
        by_name = {user.name: user for user in known}
        self._commands = Commands(self._store, self._member, by_name, self._server.address)
        self._control = Control(self)
        self._thread = threading.Thread(target=self._server.run, args=(self._commands,), daemon=True)

    # Running

    @property
    def address(self) -> str:
        """Host and port."""
        return self._server.address

    @property
    def uri(self) -> str:
        return self.uri_of()

    def uri_of(self, user: Optional[str] = None, password: str = "", database: str = "", **options: Any) -> str:
        """A URI with credentials (against admin) and options, such as `retryWrites="false"`."""
        login = f"{quote(user, '')}:{quote(password, '')}@" if user else ""
        asked = {"replicaSet": self.set_name} | ({"tls": "true"} if self.tls else {})
        asked |= ({"authSource": "admin"} if user else {}) | options
        query = "&".join(f"{name}={value}" for name, value in asked.items() if value is not None)
        return f"mongodb://{login}{self.address}/{database}?{query}"

    @property
    def control_url(self) -> str:
        return self._control.url

    def start(self) -> "FakeMongo":
        self._thread.start()
        self._control.start()
        return self

    def stop(self) -> None:
        """Ends all connections and frees the ports; a second time does nothing."""
        if not self._thread.is_alive():
            return
        self._commands.stopping.set()
        self._member.stop()
        self._server.stop()
        self._control.stop()
        self._thread.join()

    def __enter__(self) -> "FakeMongo":
        return self.start()

    def __exit__(self, *_: Any) -> None:
        self.stop()

    # What tests look at and set

    @property
    def fail_points(self) -> FailPoints:
        return self._commands.fail_points

    def fail(
        self, *commands: str, times: Optional[int] = 1, skip: int = 0, probability: float = 1, **data: Any
    ) -> FailPoint:
        """Adds a fail point on commands (all of them without a name). `data`: see `DATA` in `mongo_failpoints.py`."""
        mode = {"skip": skip, "activationProbability": probability} | ({} if times is None else {"times": times})
        return self.fail_points.append(FailPoint(mode, data | ({"failCommands": list(commands)} if commands else {})))

    def step_down(self, seconds: float) -> None:
        """The server is no primary for so long."""
        self._member.step_down(seconds)

    @property
    def commands(self) -> list[dict[str, Any]]:
        """The commands so far without greetings (hello); README.md tells what is known of each."""
        return self._commands.log

    def count(self, command: str) -> int:
        """The number of such commands so far."""
        return sum(entry["command"] == command for entry in self.commands)

    def forget(self) -> None:
        """Forgets the commands so far."""
        self._commands.forget()

    def documents(self, namespace: str) -> list[dict[str, Any]]:
        """The documents of `db.collection`, sorted by `_id`; not to be changed."""
        with self._store.lock:
            collection = self._store.get(namespace)
            return ordered(list(collection.documents.values()), {"_id": 1}) if collection else []

    def dump(self, namespace: str) -> str:
        """The documents of `db.collection` as canonical extended JSON, sorted by `_id`, one a line within a list."""
        options = json_util.CANONICAL_JSON_OPTIONS
        lines = [json_util.dumps(one, json_options=options) for one in self.documents(namespace)]
        return "[" + ",\n".join(lines) + "]"

    def empty(self, namespace: Optional[str] = None) -> None:
        """Drops a collection with its indexes, or everything."""
        with self._store.lock:
            if namespace is None:
                self._store.drop_all()
            else:
                self._store.drop(namespace)


def main() -> None:
    data = "; ".join(f"{name}: {text}" for name, text in DATA.items())
    parser = argparse.ArgumentParser(description="A fake MongoDB server for tests, the primary of a replica set.")
    parser.add_argument("--port", type=int, default=0, help="0 (default): any that is free")
    parser.add_argument("--user", action="append", default=[], metavar="NAME:PASSWORD[:readOnly]")
    parser.add_argument("--replica-set", default="rs0", metavar="NAME")
    parser.add_argument("--tls-cert", type=Path, metavar="FILE", help="with it every connection is TLS")
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="default: within the file of the certificate")
    shape = '{"mode": …, "data": {…}}; in data '
    parser.add_argument("--fail-point", action="append", default=[], metavar="JSON", help=shape + data)
    parser.add_argument("--until-eof", action="store_true", help="ends when its input does")
    asked = parser.parse_args()
    service = FakeMongo(
        port=asked.port, users=asked.user, set_name=asked.replica_set, tls_cert=asked.tls_cert, tls_key=asked.tls_key
    )
    for text in asked.fail_point:
        service.fail_points.append(FailPoint(**json.loads(text)))
    ended = ending(asked.until_eof)
    with service:
        print(service.uri, flush=True)
        print(service.control_url, flush=True)
        ended.wait()


if __name__ == "__main__":
    main()
