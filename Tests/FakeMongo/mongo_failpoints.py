"""What goes wrong on demand: the server's own `failCommand`, and more."""

import random
import threading
from typing import Any, Optional, Union

from mongo_errors import MongoError

DATA = {
    "failCommands": "the commands by name; all without it",
    "namespace": "only on this `db.collection`",
    "appName": "only of clients with this `appName`",
    "errorCode": "the command fails with this code, and nothing is applied",
    "errorLabels": "labels in place of the usual ones",
    "closeConnection": "the connection closes, and nothing is applied",
    "writeConcernError": "the command is applied, with this `{code, errmsg}` in its answer",
    "blockConnection": "the command waits for `blockTimeMS` first",
    "blockTimeMS": "see `blockConnection`",
    "closeAfter": "the command is applied, then the connection closes",
    "afterStatements": "`errorCode`, `closeConnection` or `stepDownMS` strike within a bulk after so many statements",
    "writeError": "with `afterStatements`, `errorCode` is the next statement's error, not the command's",
    "hang": "no answer, and nothing is applied, until the server stops",
    "stepDownMS": "the server is no primary for so long, and answers 10107",
    "seed": "of the `activationProbability`",
}
"""What a fail point's `data` may have. The server knows all until `closeAfter`; the rest is the fake's own."""

HELLO = {"hello", "ismaster"}

Mode = Union[str, dict[str, Any]]


class Close(Exception):
    """The connection is to be closed."""


class FailPoint:
    """Which commands go wrong, and how."""

    def __init__(self, mode: Mode = "alwaysOn", data: Optional[dict[str, Any]] = None):
        """`mode`: alwaysOn, off, or any of `times`, `skip` and `activationProbability`."""
        self.data = dict(data or {})
        if unknown := self.data.keys() - DATA.keys():
            raise MongoError(
                9, f"there is no {', '.join(sorted(unknown))} in a fail point; there are {', '.join(DATA)}"
            )
        if mode in ("alwaysOn", "off"):
            mode = {} if mode == "alwaysOn" else {"times": 0}
        if not isinstance(mode, dict) or mode.keys() - {"times", "skip", "activationProbability"}:
            raise MongoError(9, f"not a mode of a fail point: {mode}")
        self._skip = mode.get("skip", 0)
        self._times = mode.get("times")
        self._probability = mode.get("activationProbability", 1)
        self._random = random.Random(self.data.get("seed", 0))
        self._names = {name.lower() for name in self.data.get("failCommands", [])}
        self.hits = 0
        """How often it struck."""

    def applies(self, command: str, namespace: str, application: Optional[str], statements: int) -> bool:
        """Whether this command is to go wrong; counts down `skip`."""
        names = HELLO if command.lower() in HELLO else {command.lower()}
        if self._names and not self._names & names or self._times is not None and self.hits >= self._times:
            return False
        if self.data.get("namespace", namespace) != namespace or self.data.get("appName", application) != application:
            return False
        if self.after_statements is not None and statements <= self.after_statements:
            return False
        if self._random.random() >= self._probability:
            return False
        if self._skip > 0:
            self._skip -= 1
            return False
        return True

    @property
    def after_statements(self) -> Optional[int]:
        return self.data.get("afterStatements")

    @property
    def block(self) -> float:
        """Seconds to wait before the command."""
        return self.data.get("blockTimeMS", 0) / 1000 if self.data.get("blockConnection") else 0

    def strike(self) -> None:
        """Throws what takes the place of the command, or of its remaining statements."""
        if self.data.get("closeConnection"):
            raise Close
        if (code := self.data.get("errorCode")) is not None:
            error = MongoError(code, "Failing command via 'failCommand' failpoint")
            error.labels = self.data.get("errorLabels")
            raise error

    @property
    def description(self) -> str:
        kinds = (
            "hang",
            "closeConnection",
            "closeAfter",
            "stepDownMS",
            "errorCode",
            "writeConcernError",
            "blockConnection",
        )
        found = [f"{one}:{self.data[one]}" if one == "errorCode" else one for one in kinds if self.data.get(one)]
        return ",".join(found)


class FailPoints:
    """The fail points in force. Of those that apply the first is taken; `skip` of all of them counts the command."""

    def __init__(self) -> None:
        self._points: list[FailPoint] = []
        self._configured: Optional[FailPoint] = None
        self._lock = threading.Lock()

    def append(self, point: FailPoint) -> FailPoint:
        with self._lock:
            self._points.append(point)
        return point

    def configure(self, mode: Mode, data: Optional[dict[str, Any]]) -> int:
        """Sets the one of `configureFailPoint`; how often the one before it struck."""
        point = FailPoint(mode, data)
        with self._lock:
            before, self._configured = self._configured, point
        return before.hits if before else 0

    def clear(self) -> None:
        with self._lock:
            self._points.clear()
            self._configured = None

    def take(self, command: str, namespace: str, application: Optional[str], statements: int) -> Optional[FailPoint]:
        with self._lock:
            points = ([self._configured] if self._configured else []) + self._points
            applying = [one for one in points if one.applies(command, namespace, application, statements)]
            if not applying:
                return None
            applying[0].hits += 1
            return applying[0]
