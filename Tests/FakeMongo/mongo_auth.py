"""Users, SCRAM, and who may do what."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any, Optional

from mongo_errors import MongoError
from pymongo.saslprep import saslprep

MECHANISMS = {"SCRAM-SHA-1": ("sha1", 10_000, 16), "SCRAM-SHA-256": ("sha256", 15_000, 28)}
"""Hash, rounds and bytes of salt, as a real server has them by default; libmongoc insists on the last."""

OPEN_COMMANDS = {
    "hello", "ismaster", "ping", "buildinfo", "saslstart", "saslcontinue", "connectionstatus", "logout", "endsessions",
}  # fmt: skip
"""What needs no authentication."""

READS = ["collStats", "dbHash", "dbStats", "find", "killCursors", "listCollections", "listIndexes"]
WRITES = [
    "createCollection",
    "createIndex",
    "dropCollection",
    "dropDatabase",
    "dropIndex",
    "insert",
    "remove",
    "update",
]
WRITE_COMMANDS = {"insert", "update", "delete", "createindexes", "create", "drop", "dropdatabase", "dropindexes"}


@dataclass(frozen=True)
class User:
    """A user of the database `admin`, who may read every database, and write unless `read_only`."""

    name: str
    password: str
    read_only: bool = False

    @classmethod
    def parse(cls, text: str) -> "User":
        """From `NAME:PASSWORD[:readOnly]`."""
        name, _, rest = text.partition(":")
        password, _, role = rest.partition(":")
        if not name or not password or role not in ("", "readOnly"):
            raise ValueError("a user is NAME:PASSWORD or NAME:PASSWORD:readOnly")
        return cls(name, password, role == "readOnly")

    @property
    def role(self) -> str:
        return "readAnyDatabase" if self.read_only else "readWriteAnyDatabase"

    @property
    def actions(self) -> list[str]:
        return sorted(READS if self.read_only else READS + WRITES)


FAILED = "Authentication failed."


class Scram:
    """One conversation: a client proves that it knows a password."""

    def __init__(self, mechanism: str, user: User, first: str, skip_empty: bool):
        self._hash, iterations, salt = MECHANISMS[mechanism]
        self.user = user
        self._skip_empty = skip_empty
        self._salt = hashlib.sha256(f"{mechanism} {user.name}".encode()).digest()[:salt]
        password = saslprep(user.password)
        if mechanism == "SCRAM-SHA-1":
            password = hashlib.md5(f"{user.name}:mongo:{user.password}".encode()).hexdigest()
        self._salted = hashlib.pbkdf2_hmac(self._hash, password.encode(), self._salt, iterations)
        self._bare = first
        nonce = dict(part.split("=", 1) for part in first.split(","))["r"]
        self._nonce = nonce + base64.b64encode(secrets.token_bytes(18)).decode()
        self.challenge = f"r={self._nonce},s={base64.b64encode(self._salt).decode()},i={iterations}"
        self.proven = False
        self.done = False

    def _hmac(self, key: bytes, text: str) -> bytes:
        return hmac.new(key, text.encode(), self._hash).digest()

    def next(self, payload: str) -> bytes:
        """The answer to what the client says; throws when it does not know the password."""
        if self.proven:
            self.done = True
            return b""
        bare, _, proof = payload.rpartition(",p=")
        fields = dict(part.split("=", 1) for part in bare.split(","))
        whole = f"{self._bare},{self.challenge},{bare}"
        client_key = self._hmac(self._salted, "Client Key")
        signature = self._hmac(hashlib.new(self._hash, client_key).digest(), whole)
        expected = bytes(one ^ other for one, other in zip(client_key, signature))
        if fields.get("r") != self._nonce or not hmac.compare_digest(base64.b64decode(proof), expected):
            raise MongoError(18, FAILED)
        self.proven = True
        self.done = self._skip_empty
        return b"v=" + base64.b64encode(self._hmac(self._hmac(self._salted, "Server Key"), whole))


class Authentication:
    """A connection's part: the conversation that goes on, and who it is."""

    def __init__(self, users: dict[str, User]):
        self._users = users
        self._scram: Optional[Scram] = None
        self.user: Optional[User] = None

    def start(self, database: str, command: dict[str, Any]) -> dict[str, Any]:
        mechanism = command.get("mechanism")
        if mechanism not in MECHANISMS:
            raise MongoError(334, f"Received authentication for mechanism {mechanism} which is not enabled")
        try:
            first = bytes(command["payload"]).decode().split(",", 2)[2]
            name = dict(part.split("=", 1) for part in first.split(","))["n"].replace("=2C", ",").replace("=3D", "=")
            user = self._users.get(name) if database == "admin" else None
            if user is None:
                raise MongoError(18, FAILED)
            skip = bool(command.get("options", {}).get("skipEmptyExchange"))
            self._scram = Scram(mechanism, user, first, skip)
        except (ValueError, IndexError, KeyError) as error:
            raise MongoError(18, FAILED) from error
        return {"conversationId": 1, "done": False, "payload": self._scram.challenge.encode()}

    def proceed(self, command: dict[str, Any]) -> dict[str, Any]:
        scram, self._scram = self._scram, None
        if scram is None:
            raise MongoError(17, "No SASL session state found")
        try:
            payload = scram.next(bytes(command["payload"]).decode())
        except (ValueError, KeyError) as error:
            raise MongoError(18, FAILED) from error
        if scram.done:
            self.user = scram.user
        else:
            self._scram = scram
        return {"conversationId": 1, "done": scram.done, "payload": payload}

    def mechanisms(self, name: str) -> Optional[list[str]]:
        """What `saslSupportedMechs` of `db.user` answers."""
        database, _, user = name.partition(".")
        return list(MECHANISMS) if database == "admin" and user in self._users else None

    def check(self, name: str, database: str, described: Any) -> None:
        """Throws unless the user may do a command; `described()` is its text."""
        if not self._users or name.lower() in OPEN_COMMANDS:
            return
        if self.user is None:
            raise MongoError(13, f"command {name} requires authentication")
        if self.user.read_only and name.lower() in WRITE_COMMANDS:
            raise MongoError(13, f"not authorized on {database} to execute command {described()}")

    def status(self, privileges: bool) -> dict[str, Any]:
        """What `connectionStatus` answers."""
        user = self.user
        info: dict[str, Any] = {
            "authenticatedUsers": [{"user": user.name, "db": "admin"}] if user else [],
            "authenticatedUserRoles": [{"role": user.role, "db": "admin"}] if user else [],
        }
        if privileges:
            anywhere = {"db": "", "collection": ""}
            info["authenticatedUserPrivileges"] = [{"resource": anywhere, "actions": user.actions}] if user else []
        return {"authInfo": info}
