"""What becomes of a command: fail points, rights, the command itself, labels, the log."""

import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Optional

from mongo_admin import Admin
from mongo_auth import WRITE_COMMANDS, Authentication, User
from mongo_errors import RETRYABLE, STATE_CHANGES, MongoError, duplicate_key, name_of, shell
from mongo_failpoints import HELLO, Close, FailPoint, FailPoints
from mongo_member import Member
from mongo_reads import Reads
from mongo_store import Store
from mongo_wire import Message
from mongo_writes import LISTS, Writes

Document = dict[str, Any]

ALIASES = {"isMaster": "ismaster", "buildinfo": "buildInfo", "deleteIndexes": "dropIndexes"}


@dataclass
class Client:
    """What is known of a connection."""

    number: int
    authentication: Authentication
    application: Optional[str] = None


class Commands:
    """Answers the commands of all connections."""

    def __init__(self, store: Store, member: Member, users: dict[str, User], address: str):
        self.fail_points = FailPoints()
        self.stopping = threading.Event()
        self._store = store
        self._member = member
        self._users = users
        self._address = address
        self._writes = Writes(store)
        reads = Reads(store)
        self._plain = reads.commands | Admin(store, reads).commands
        self._log: list[Document] = []
        self._log_lock = threading.Lock()
        self._connections = 0

    def client(self) -> Client:
        """A new connection."""
        with self._log_lock:
            self._connections += 1
            return Client(self._connections, Authentication(self._users))

    @property
    def log(self) -> list[Document]:
        with self._log_lock:
            return [dict(entry) for entry in self._log]

    def forget(self) -> None:
        with self._log_lock:
            self._log.clear()

    def answer(self, message: Message, client: Client) -> Document:
        """The answer to a command; throws `Close` where the connection is to end without one."""
        body = message.body
        name = next(iter(body))
        statements = message.sequences.get(LISTS.get(name, ""), body.get(LISTS.get(name, ""), []))
        collection = body.get("collection") if name == "getMore" else body[name]
        collection = collection if isinstance(collection, str) else None
        point = None
        if name != "configureFailPoint":
            namespace = f"{body['$db']}.{collection}"
            point = self.fail_points.take(name, namespace, client.application, len(statements))
        entry = self._enter(name, body, collection, len(statements), client, point)
        reply = self._guarded(name, body, statements, client, point)
        entry["ok"] = bool(reply["ok"])
        entry["code"] = reply.get("code")
        entry["writeErrors"] = [error["code"] for error in reply.get("writeErrors", [])]
        entry["retried"] = len(reply.get("retriedStmtIds", []))
        if point and point.data.get("closeAfter"):
            raise Close
        entry["answered"] = True
        return reply

    def _enter(
        self,
        name: str,
        body: Document,
        collection: Optional[str],
        count: int,
        client: Client,
        point: Optional[FailPoint],
    ) -> Document:
        """A new entry of the log; greetings stay outside."""
        user = client.authentication.user
        entry = {
            "connection": client.number, "user": user.name if user else None, "command": name, "db": body["$db"],
            "collection": collection, "statements": count, "lsid": "lsid" in body, "txnNumber": body.get("txnNumber"),
            "ordered": body.get("ordered", True) if name in LISTS else None, "writeConcern": body.get("writeConcern"),
            "fault": point.description if point else None, "ok": None, "code": None, "writeErrors": [], "retried": 0,
            "answered": False,
        }  # fmt: skip
        with self._log_lock:
            if name.lower() not in HELLO:
                self._log.append(entry)
        return entry

    def _guarded(
        self, name: str, body: Document, statements: list[Document], client: Client, point: Optional[FailPoint]
    ) -> Document:
        labels = None
        try:
            reply = self._failing(name, body, statements, client, point)
            reply.setdefault("ok", 1.0)
        except MongoError as error:
            reply, labels = error.reply(), error.labels
        except KeyError as error:
            reply = MongoError(40414, f"BSON field '{name}.{error.args[0]}' is missing but a required field").reply()
        except (Close, OSError):
            raise
        except Exception as error:
            traceback.print_exc()
            reply = MongoError(8, f"the fake server has a defect: {error!r}").reply()
        concern = reply.get("writeConcernError", {})
        if concern and point:
            labels = point.data.get("errorLabels")
        codes = {reply.get("code"), concern.get("code")}
        if codes & STATE_CHANGES:
            reply["topologyVersion"] = self._member.topology
        if labels is None and "txnNumber" in body and codes & RETRYABLE:
            labels = ["RetryableWriteError"]
        return reply | ({"errorLabels": labels} if labels else {})

    def _failing(
        self, name: str, body: Document, statements: list[Document], client: Client, point: Optional[FailPoint]
    ) -> Document:
        if point:
            self.stopping.wait(point.block)
            if point.data.get("hang"):
                self.stopping.wait()
                raise Close
            if point.after_statements is None:
                self._strike(point)
        client.authentication.check(name, body["$db"], lambda: shell(body))
        self._member.check(name, body, name.lower() in WRITE_COMMANDS)
        if name in LISTS:
            reply = self._writes.run(name, body, statements, self._before(name, body, point))
        else:
            reply = self._command(name, body, client)
        concern = body.get("writeConcern", {}).get("w", 1)
        if isinstance(concern, int) and concern > 1:
            reply["writeConcernError"] = {"code": 100, "errmsg": "Not enough data-bearing nodes"}
        if point and "writeConcernError" in point.data:
            reply["writeConcernError"] = {"errmsg": "waiting for replication timed out"} | point.data[
                "writeConcernError"
            ]
        if error := reply.get("writeConcernError"):
            error.setdefault("codeName", name_of(error["code"]))
        return reply

    def _strike(self, point: FailPoint) -> None:
        if (time := point.data.get("stepDownMS")) is not None:
            self._member.step_down(time / 1000)
        point.strike()

    def _before(self, name: str, body: Document, point: Optional[FailPoint]) -> Callable:
        """What happens before each statement of a bulk."""

        def before(index: int, statement: Document) -> Optional[MongoError]:
            if point and point.after_statements == index:
                if point.data.get("writeError"):
                    return self._write_error(name, body, statement, point)
                self._strike(point)
            if not self._member.is_primary:
                raise MongoError(11602, "operation was interrupted")
            return None

        return before

    def _write_error(self, name: str, body: Document, statement: Document, point: FailPoint) -> MongoError:
        code = point.data.get("errorCode", 11000)
        if code != 11000:
            return MongoError(code, "Failing statement via 'failCommand' failpoint")
        document = statement if name == "insert" else statement.get("q", {})
        return duplicate_key(f"{body['$db']}.{body[name]}", "_id_", {"_id": 1}, {"_id": document.get("_id")})

    def _command(self, name: str, body: Document, client: Client) -> Document:
        authentication, known = client.authentication, ALIASES.get(name, name)
        if known in HELLO:
            return self._hello(known, body, client)
        if known == "saslStart":
            return authentication.start(body["$db"], body)
        if known == "saslContinue":
            return authentication.proceed(body)
        if known == "logout":
            authentication.user = None
            return {}
        if known == "connectionStatus":
            return authentication.status(bool(body.get("showPrivileges")))
        if known == "configureFailPoint":
            if body[name] != "failCommand":
                raise MongoError(9, f"there is no fail point {body[name]}")
            return {"count": self.fail_points.configure(body["mode"], body.get("data"))}
        if known == "replSetStepDown":
            self._member.step_down(body[name])
            return {}
        if known not in self._plain:
            raise MongoError(59, f"no such command: '{name}'")
        if not isinstance(body[name], str) and known in (
            "find",
            "count",
            "distinct",
            "createIndexes",
            "create",
            "drop",
        ):
            raise MongoError(73, f"collection name has invalid type {type(body[name]).__name__}")
        # Indexes and collections change under the lock.
        if known.lower() in WRITE_COMMANDS:
            with self._store.lock:
                return self._plain[known](body)
        return self._plain[known](body)

    def _hello(self, name: str, body: Document, client: Client) -> Document:
        client.application = body.get("client", {}).get("application", {}).get("name", client.application)
        reply = self._member.hello(name, body, self._address, client.number)
        if asked := body.get("saslSupportedMechs"):
            if (mechanisms := client.authentication.mechanisms(asked)) is not None:
                reply["saslSupportedMechs"] = mechanisms
        if early := body.get("speculativeAuthenticate"):
            try:
                reply["speculativeAuthenticate"] = client.authentication.start(early.get("db", "admin"), early)
            except MongoError:
                pass  # as if it had not been asked for
        return reply
