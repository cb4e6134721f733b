"""MongoDB's wire protocol: messages read from and written to a socket (OP_MSG, and OP_QUERY for a first hello)."""

import itertools
import socket
import struct
from dataclasses import dataclass, field
from typing import Any, Optional

import bson
from bson.codec_options import CodecOptions, DatetimeConversion

HEADER = struct.Struct("<iiii")
OP_REPLY, OP_QUERY, OP_COMPRESSED, OP_MSG = 1, 2004, 2012, 2013
CHECKSUM, MORE_TO_COME, EXHAUST_ALLOWED = 1, 2, 1 << 16
MAX_MESSAGE = 48_000_000

CODEC = CodecOptions(datetime_conversion=DatetimeConversion.DATETIME_AUTO)
"""Dates as `datetime` without a zone, in UTC; 64-bit integers as `Int64`, so that they go back out as such."""

_ids = itertools.count(1)


class WireError(Exception):
    """Bytes that are no message, or one that a server of this version refuses: the connection is to be closed."""


@dataclass
class Message:
    """What a client asks for."""

    request: int
    legacy: bool
    """Whether it is an OP_QUERY, which asks for an OP_REPLY."""
    body: dict[str, Any]
    sequences: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    silent: bool = False
    """Whether the client wants no answer."""


def _exactly(sock: socket.socket, size: int) -> Optional[bytes]:
    """So many bytes; None when the connection ends before the first."""
    parts = bytearray(size)
    view, got = memoryview(parts), 0
    while got < size:
        count = sock.recv_into(view[got:])
        if count == 0:
            if got:
                raise WireError("the connection ended within a message")
            return None
        got += count
    return bytes(parts)


def read(sock: socket.socket) -> Optional[Message]:
    """The next message; None when the client has hung up."""
    header = _exactly(sock, HEADER.size)
    if header is None:
        return None
    length, request, _, code = HEADER.unpack(header)
    if not HEADER.size < length <= MAX_MESSAGE:
        raise WireError(f"a message of {length} bytes")
    data = _exactly(sock, length - HEADER.size)
    if data is None:
        raise WireError("the connection ended within a message")
    try:
        if code == OP_MSG:
            return _message(request, data)
        if code == OP_QUERY:
            return _query(request, data)
    except (bson.errors.InvalidBSON, struct.error, UnicodeDecodeError, ValueError) as error:
        raise WireError(f"not a message: {error}") from error
    raise WireError(f"unsupported operation {code}")


def _message(request: int, data: bytes) -> Message:
    (flags,) = struct.unpack_from("<I", data)
    if flags & 0xFFFF & ~(CHECKSUM | MORE_TO_COME):
        raise WireError(f"unknown required flags {flags:#x}")
    end = len(data) - (4 if flags & CHECKSUM else 0)
    body, sequences, at = None, {}, 4
    while at < end:
        kind = data[at]
        (size,) = struct.unpack_from("<i", data, at + 1)
        if size < 5 or at + 1 + size > end:
            raise WireError(f"a section of {size} bytes")
        section = data[at + 1 : at + 1 + size]
        at += 1 + size
        if kind == 0 and body is None:
            body = bson.decode(section, CODEC)
        elif kind == 1:
            name, _, documents = section[4:].partition(b"\0")
            sequences[name.decode()] = bson.decode_all(documents, CODEC)
        else:
            raise WireError(f"a section of kind {kind}")
    if not body or "$db" not in body:
        raise WireError("a message without a command or without $db")
    return Message(request, False, body, sequences, bool(flags & MORE_TO_COME))


def _query(request: int, data: bytes) -> Message:
    """A command as an OP_QUERY on `db.$cmd`."""
    name, _, rest = data[4:].partition(b"\0")
    database, _, collection = name.decode().partition(".")
    (size,) = struct.unpack_from("<i", rest, 8)
    body = bson.decode(rest[8 : 8 + size], CODEC)
    if collection != "$cmd" or not body:
        raise WireError("OP_QUERY is for commands")
    body = dict(body.get("$query") or body)
    return Message(request, True, body | {"$db": database})


def answer(message: Message, reply: dict[str, Any]) -> bytes:
    """The bytes of an answer."""
    document = bson.encode(reply, codec_options=CODEC)
    if message.legacy:
        content = struct.pack("<iqii", 8, 0, 0, 1) + document
        code = OP_REPLY
    else:
        content = struct.pack("<IB", 0, 0) + document
        code = OP_MSG
    return HEADER.pack(HEADER.size + len(content), next(_ids), message.request, code) + content
