"""Puts TLS before a server that has none."""

import socket
import ssl
import threading
from typing import Any

from container_support import Certificates


class TLSRelay:
    """Listens on a port of 127.0.0.1, and passes on what it hears to another port of it and back."""

    def __init__(self, port: int, certificates: Certificates):
        self._to = port
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificates.certificate, certificates.key)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "TLSRelay":
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(connection,), daemon=True).start()

    def _relay(self, connection: socket.socket) -> None:
        try:
            with self._context.wrap_socket(connection, server_side=True) as outer:
                with socket.create_connection(("127.0.0.1", self._to)) as inner:
                    back = threading.Thread(target=pump, args=(inner, outer), daemon=True)
                    back.start()
                    pump(outer, inner)
                    back.join()
        except OSError:
            connection.close()


def pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass
