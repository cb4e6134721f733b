"""A PostgreSQL server for tests, what stands before it, and the program with a journal there."""

import os
import pwd
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Optional

from support import REPOSITORY, Program, wait_until

sys.path.append(str(REPOSITORY / "Tests" / "Postgres"))
from postgres_server import PASSWORD, PostgresServer


class PostgresProgram(Program):
    """Runs the binary on the sample, with a database of the test's own as its journal."""

    def __init__(self, binary: Path, folder: Path, server: PostgresServer, name: str):
        super().__init__(binary, folder)
        self.server, self.name = server, name
        self.settings: dict[str, Optional[str]] = {
            "POSTGRES_CONNECTION": server.fresh(name), "WRITER_TYPE": "postgres", "DATA_SOURCE": "sample",
        }  # fmt: skip

    def environment(self, changes: Optional[dict[str, Optional[str]]] = None) -> dict[str, str]:
        return super().environment(self.settings | (changes or {}))

    def sql(self, statements: str) -> list[list[str]]:
        """The rows of statements, by psql."""
        return self.server.run(statements, self.name)

    def csv(self, writer: str = "postgres", **env: Any) -> str:
        """The journal as CSV, by the program."""
        return self.succeed("journal", "show", "--writer", writer, "--format", "csv", env=env or None).out


class Proxy:
    """Stands between client and server, and looks at what the client sends."""

    def __init__(self, port: int):
        self.target = port
        self.when: Optional[Callable[[bytes], str]] = None
        """Says of what a client sends: `pass`; `drop` cuts the connection before it is passed on; `cut` after."""
        self.cuts = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client:
            try:
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            with server:
                try:
                    self._pass(client, server)
                except OSError:
                    pass

    def _pass(self, client: socket.socket, server: socket.socket) -> None:
        while True:
            for one in select.select([client, server], [], [])[0]:
                data = one.recv(65536)
                if not data:
                    return
                if one is server:
                    client.sendall(data)
                    continue
                what = self.when(data) if self.when else "pass"
                if what == "drop":
                    self.cuts += 1
                    return
                server.sendall(data)
                if what == "cut":
                    self.cuts += 1
                    # The server's answer shows that it is done; the client never sees it.
                    server.recv(65536)
                    return

    def close(self) -> None:
        self._listener.close()


class Bouncer:
    """pgbouncer with transaction pooling before a server."""

    def __init__(self, server: PostgresServer, size: int = 2):
        self.server = server
        folder = server.folder / "bouncer"
        folder.mkdir(exist_ok=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        (folder / "users.txt").write_text(f'"writer" "{PASSWORD}"\n')
        (folder / "bouncer.ini").write_text(
            f"[databases]\n* = host=127.0.0.1 port={server.port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n"
            f"listen_port = {self.port}\nauth_type = plain\nauth_file = {folder}/users.txt\npool_mode = transaction\n"
            f"default_pool_size = {size}\nlogfile = {folder}/log\nunix_socket_dir =\n"
        )
        options: dict[str, Any] = {"cwd": folder}
        if os.getuid() == 0:
            user = pwd.getpwnam("nobody")
            for path in (folder, *folder.iterdir()):
                os.chown(path, user.pw_uid, user.pw_gid)
            options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self._process = subprocess.Popen(
            ["/usr/sbin/pgbouncer", str(folder / "bouncer.ini")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            **options,
        )  # fmt: skip

        def listens() -> bool:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
            except OSError:
                return False
            return True

        wait_until(listens)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
