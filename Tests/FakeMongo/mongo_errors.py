"""Errors as the server words them."""

from datetime import datetime, timezone
from typing import Any, Optional

from bson import Binary, Decimal128, ObjectId, Timestamp

CODE_NAMES = {
    2: "BadValue", 6: "HostUnreachable", 7: "HostNotFound", 9: "FailedToParse", 13: "Unauthorized", 14: "TypeMismatch",
    16: "InvalidLength", 18: "AuthenticationFailed", 20: "IllegalOperation", 26: "NamespaceNotFound",
    27: "IndexNotFound", 43: "CursorNotFound", 48: "NamespaceExists", 50: "MaxTimeMSExpired",
    59: "CommandNotFound", 64: "WriteConcernFailed", 66: "ImmutableField", 67: "CannotCreateIndex",
    72: "InvalidOptions", 73: "InvalidNamespace", 85: "IndexOptionsConflict", 86: "IndexKeySpecsConflict",
    89: "NetworkTimeout", 91: "ShutdownInProgress", 100: "UnsatisfiableWriteConcern", 112: "WriteConflict",
    121: "DocumentValidationFailure", 125: "CommandFailed", 133: "FailedToSatisfyReadPreference",
    134: "ReadConcernMajorityNotAvailableYet", 189: "PrimarySteppedDown", 225: "TransactionTooOld",
    238: "NotImplemented", 262: "ExceededTimeLimit", 334: "MechanismUnavailable", 391: "ReauthenticationRequired",
    9001: "SocketException", 10107: "NotWritablePrimary", 11000: "DuplicateKey", 11600: "InterruptedAtShutdown",
    11601: "Interrupted", 11602: "InterruptedDueToReplStateChange", 13435: "NotPrimaryNoSecondaryOk",
    13436: "NotPrimaryOrSecondary", 40324: "Location40324",
}  # fmt: skip

RETRYABLE = {6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436}
"""The codes that get the label RetryableWriteError, at the top or as a write concern's."""


STATE_CHANGES = {91, 189, 10107, 11600, 11602, 13435, 13436}
"""The codes that come with the server's `topologyVersion`, so that clients see whether they know its state already."""


class MongoError(Exception):
    """An error of a command or of a statement."""

    def __init__(self, code: int, message: str, **extra: Any):
        super().__init__(message)
        self.code = code
        self.message = message
        self.extra = extra
        self.labels: Optional[list[str]] = None
        """Labels in place of the usual ones."""

    def reply(self) -> dict[str, Any]:
        """The answer of a command that failed."""
        return {"ok": 0.0, "errmsg": self.message, "code": self.code, "codeName": name_of(self.code), **self.extra}

    def write_error(self, index: int) -> dict[str, Any]:
        """An element of `writeErrors`."""
        return {"index": index, "code": self.code, **self.extra, "errmsg": self.message}


def name_of(code: int) -> str:
    return CODE_NAMES.get(code, f"Location{code}")


def duplicate_key(namespace: str, index: str, pattern: dict[str, Any], values: dict[str, Any]) -> MongoError:
    message = f"E11000 duplicate key error collection: {namespace} index: {index} dup key: {shell(values)}"
    return MongoError(11000, message, keyPattern=dict(pattern), keyValue=dict(values))


def shell(value: Any) -> str:
    """A value as the server writes it within messages."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, ObjectId):
        return f"ObjectId('{value}')"
    if isinstance(value, datetime):
        return f"new Date({round(value.replace(tzinfo=timezone.utc).timestamp() * 1000)})"
    if isinstance(value, Binary) and value.subtype == 4:
        return f'UUID("{value.as_uuid()}")'
    if isinstance(value, bytes):
        return f"BinData({getattr(value, 'subtype', 0)}, {value.hex().upper()})"
    if isinstance(value, Timestamp):
        return f"Timestamp({value.time}, {value.inc})"
    if isinstance(value, Decimal128):
        return str(value)
    if isinstance(value, dict):
        inner = ", ".join(f"{name}: {shell(one)}" for name, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, (list, tuple)):
        inner = ", ".join(shell(one) for one in value)
        return f"[ {inner} ]" if inner else "[]"
    return str(value)
