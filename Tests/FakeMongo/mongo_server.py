"""The sockets: a thread for each connection."""

import socket
import ssl
import sys
import threading
from typing import Optional

import mongo_wire
from mongo_commands import Commands
from mongo_failpoints import Close


class Server:
    """Listens on a port of 127.0.0.1 and hands what comes in to the commands."""

    def __init__(self, port: int, tls: Optional[ssl.SSLContext]):
        self._listener = socket.create_server(("127.0.0.1", port), backlog=64)
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._tls = tls
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def run(self, commands: Commands) -> None:
        """Serves until `stop`."""
        threads: list[threading.Thread] = []
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                break
            with self._lock:
                if self._stopped:
                    connection.close()
                    break
                self._open.add(connection)
            thread = threading.Thread(target=self._serve, args=(connection, commands), daemon=True)
            thread.start()
            threads = [one for one in threads if one.is_alive()] + [thread]
        for thread in threads:
            thread.join()

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            for connection in self._open:
                _shut(connection)
        _shut(self._listener)
        self._listener.close()

    def _serve(self, plain: socket.socket, commands: Commands) -> None:
        connection = plain
        try:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._tls:
                connection = self._tls.wrap_socket(plain, server_side=True)
                with self._lock:
                    self._open.discard(plain)
                    self._open.add(connection)
                    if self._stopped:
                        return
            client = commands.client()
            while (message := mongo_wire.read(connection)) is not None:
                reply = commands.answer(message, client)
                if not message.silent:
                    connection.sendall(mongo_wire.answer(message, reply))
        except (Close, OSError):
            pass
        except mongo_wire.WireError as error:
            print(f"fake_mongo: {error}", file=sys.stderr)
        finally:
            with self._lock:
                self._open -= {plain, connection}
            _shut(connection)
            connection.close()


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
