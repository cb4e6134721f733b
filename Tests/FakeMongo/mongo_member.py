"""The member of a replica set that the server poses as: what hello answers, and stepping down."""

import threading
import time
from datetime import datetime, timezone
from typing import Any, Optional

from bson import Int64, ObjectId, Timestamp
from mongo_errors import MongoError

Document = dict[str, Any]

READ_COMMANDS = {"find", "aggregate", "count", "distinct", "listindexes", "listcollections", "getmore"}


class Member:
    """The only member, and its primary unless it has stepped down for a while."""

    def __init__(self, set_name: str):
        self._set_name = set_name
        self._process = ObjectId()
        self._changed = threading.Condition()
        self._counter = 1
        self._term = 1
        self._primary = True
        self._until = 0.0
        self._stopping = False

    @property
    def is_primary(self) -> bool:
        with self._changed:
            self._turn()
            return self._primary

    def _turn(self) -> None:
        if not self._primary and time.monotonic() >= self._until:
            self._primary = True
            self._term += 1
            self._counter += 1
            self._changed.notify_all()

    def step_down(self, seconds: float) -> None:
        """No primary for so long, then one again."""
        with self._changed:
            self._until = time.monotonic() + seconds
            if self._primary:
                self._primary = False
                self._counter += 1
            self._changed.notify_all()

    def stop(self) -> None:
        """Ends what waits for a change."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    @property
    def topology(self) -> Document:
        return {"processId": self._process, "counter": Int64(self._counter)}

    def check(self, name: str, body: Document, writes: bool) -> None:
        """Throws when only a primary could do the command."""
        if self.is_primary:
            return
        if writes:
            raise MongoError(10107, "not primary")
        mode = body.get("$readPreference", {}).get("mode", "primary")
        if name.lower() in READ_COMMANDS and mode == "primary":
            raise MongoError(13435, "not primary and secondaryOk=false")

    def hello(self, name: str, body: Document, address: str, connection: int) -> Document:
        """The answer; at once, or when something changes if the client knows the present state."""
        self._await(body.get("topologyVersion"), body.get("maxAwaitTimeMS"))
        with self._changed:
            self._turn()
            primary, now = self._primary, datetime.now(timezone.utc).replace(tzinfo=None)
            reply: Document = {
                "helloOk": True, "isWritablePrimary" if name == "hello" else "ismaster": primary,
                "secondary": not primary, "topologyVersion": self.topology, "hosts": [address],
                "setName": self._set_name, "setVersion": 1, "me": address,
            }  # fmt: skip
            if primary:
                reply["primary"] = address
                reply["electionId"] = ObjectId(f"7fffffff{self._term:016x}")
        optime = {"ts": Timestamp(int(time.time()), 1), "t": Int64(self._term)}
        return reply | {
            "lastWrite": {"opTime": optime, "lastWriteDate": now}, "maxBsonObjectSize": 16_777_216,
            "maxMessageSizeBytes": 48_000_000, "maxWriteBatchSize": 100_000, "localTime": now,
            "logicalSessionTimeoutMinutes": 30, "connectionId": connection, "minWireVersion": 0, "maxWireVersion": 17,
            "readOnly": False,
        }  # fmt: skip

    def _await(self, known: Optional[Document], limit: Optional[int]) -> None:
        """Waits while the client's state is the present one."""
        if not known or limit is None:
            return
        end = time.monotonic() + limit / 1000
        with self._changed:
            while known.get("processId") == self._process and known.get("counter") == self._counter:
                now = time.monotonic()
                if self._stopping or now >= end:
                    return
                turn = end if self._primary else min(end, self._until)
                self._changed.wait(max(turn - now, 0))
                self._turn()
