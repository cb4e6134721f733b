"""A name server of the tests' own: every name below example.test is this machine."""

import os
import socket
import struct
import tempfile
import threading
from pathlib import Path
from typing import Any

DOMAIN = "example.test"
A, TXT, SRV = 1, 16, 33


def encoded(name: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


class NameServer:
    """Answers A with 127.0.0.1, and SRV with what `services` has. Its port is that of name servers, for there is no
    other in resolv.conf; its address is one of this machine that no other process of tests uses."""

    def __init__(self) -> None:
        self.address = f"127.53.{os.getpid() >> 8 & 255}.{os.getpid() & 255}"
        self.services: dict[str, tuple[str, int]] = {}
        """Host and port by the name of a service."""
        self.asked: list[tuple[str, int]] = []
        """Names and types that were asked for."""
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((self.address, 53))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._folder = tempfile.TemporaryDirectory()

    @property
    def configuration(self) -> Path:
        """A resolv.conf that leads here."""
        path = Path(self._folder.name) / "resolv.conf"
        path.write_text(f"nameserver {self.address}\n")
        path.chmod(0o644)
        return path

    def __enter__(self) -> "NameServer":
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as closing:
            closing.sendto(b"", (self.address, 53))
        self._thread.join()
        self._socket.close()
        self._folder.cleanup()

    def _serve(self) -> None:
        while True:
            query, client = self._socket.recvfrom(4096)
            if not query:
                return
            self._socket.sendto(self._answer(query), client)

    def _answer(self, query: bytes) -> bytes:
        labels, place = [], 12
        while query[place]:
            labels.append(query[place + 1 : place + 1 + query[place]].decode().lower())
            place += 1 + query[place]
        (kind,) = struct.unpack_from(">H", query, place + 1)
        question = query[12 : place + 5]
        name = ".".join(labels)
        self.asked.append((name, kind))
        data = None
        if kind == A and name.endswith("." + DOMAIN):
            data = socket.inet_aton("127.0.0.1")
        elif kind == SRV and name in self.services:
            host, port = self.services[name]
            data = struct.pack(">HHH", 0, 0, port) + encoded(host)
        known = name.endswith(DOMAIN)
        flags = 0x8580 if known else 0x8583
        header = query[:2] + struct.pack(">HHHHH", flags, 1, 0 if data is None else 1, 0, 0)
        answer = b"" if data is None else b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(data)) + data
        return header + question + answer
