"""
A real PostgreSQL server for tests: in a folder and on a port of its own, as a user of its own where the caller is root.

    python3 postgres_server.py --until-eof

prints the URI of its database `journal` and serves until standard input ends. In a test:

    with PostgresServer() as server:
        server.uri("journal"); server.run("SELECT 1"); server.restart()
"""

import argparse
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Optional

sys.path.append(str(Path(__file__).resolve().parents[1] / "FakeServer"))
from server_process import ending

PASSWORD = "pass/word@%&?"
"""That of the users `writer` and `reader`."""


def binaries() -> Path:
    """The folder of the server's programs: the newest."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    if not folders:
        found = shutil.which("postgres")
        if not found:
            raise SystemExit("there is no PostgreSQL: install the package postgresql")
        return Path(found).parent
    return folders[-1]


class PostgresServer:
    """A server, stopped at first."""

    def __init__(self, **settings: Any):
        self.folder = Path(tempfile.mkdtemp(prefix="playbook-postgres-"))
        self.settings = settings
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._process: Optional[subprocess.Popen] = None
        self._user = pwd.getpwnam("nobody") if os.getuid() == 0 else None
        if self._user:
            os.chown(self.folder, self._user.pw_uid, self._user.pw_gid)

    def _options(self) -> dict[str, Any]:
        options: dict[str, Any] = {"cwd": self.folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}}
        if self._user:
            options |= {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}
        return options

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> "PostgresServer":
        """Starts it; the first time it is made, with the users `playbook`, `writer` and `reader`."""
        is_new = not self.data.exists()
        if is_new:
            subprocess.run(
                [binaries() / "initdb", "--pgdata", self.data, "--username", "playbook", "--auth-host", "scram-sha-256",
                 "--auth-local", "trust", "--no-sync", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-instructions"],
                check=True, stdout=subprocess.DEVNULL, **self._options(),
            )  # fmt: skip
        # The machine does not fail: what the operating system has is durable.
        settings = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": self.folder, "fsync": "off",
            "full_page_writes": "off", "shared_buffers": "32MB", "log_min_messages": "fatal",
            "log_min_error_statement": "panic", "max_wal_size": "256MB",
        } | self.settings  # fmt: skip
        command = [str(binaries() / "postgres"), "-D", str(self.data)]
        command += [f"-c{name}={value}" for name, value in settings.items()]
        log = (self.folder / "log").open("ab")
        self._process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **self._options())
        deadline = time.monotonic() + 30
        while True:
            probe = self.psql("SELECT 1", database="postgres", check=False)
            if probe.returncode == 0:
                break
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise RuntimeError(f"the server does not start: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.02)
        if is_new:
            quoted = PASSWORD.replace("'", "''")
            self.psql(
                f"ALTER ROLE playbook PASSWORD '{quoted}'; CREATE ROLE writer LOGIN PASSWORD '{quoted}'; "
                f"CREATE ROLE reader LOGIN PASSWORD '{quoted}'", database="postgres",
            )  # fmt: skip
            self.psql("CREATE DATABASE journal OWNER writer", database="postgres")
        return self

    def stop(self, mode: signal.Signals = signal.SIGINT) -> None:
        """Stops it: at once, with every connection (SIGINT), or as in a crash (SIGQUIT)."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(mode)
            self._process.wait(timeout=30)

    def restart(self, mode: signal.Signals = signal.SIGINT) -> None:
        self.stop(mode)
        self.start()

    def remove(self) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "PostgresServer":
        return self.start()

    def __exit__(self, *_: Any) -> None:
        self.remove()

    def uri(self, database: str = "journal", user: str = "writer", password: str = PASSWORD, port: int = 0) -> str:
        escaped = "".join(letter if letter.isalnum() else f"%{ord(letter):02X}" for letter in password)
        return f"postgresql://{user}:{escaped}@127.0.0.1:{port or self.port}/{database}"

    def psql(
        self, statements: str, database: str = "journal", check: bool = True, arguments: Sequence[str] = ("-qAt", "-F", "\t")
    ) -> subprocess.CompletedProcess:
        """Runs statements as the superuser, over the socket of this machine."""
        return subprocess.run(
            [binaries() / "psql", "-h", self.folder, "-p", str(self.port), "-U", "playbook", "-d", database, "-X",
             *arguments, "-v", "ON_ERROR_STOP=1", "-c", statements],
            check=check, capture_output=True, text=True, **self._options(),
        )  # fmt: skip

    def run(self, statements: str, database: str = "journal") -> list[list[str]]:
        """The rows of statements."""
        return [line.split("\t") for line in self.psql(statements, database).stdout.splitlines()]

    def fresh(self, name: str) -> str:
        """The URI of a new database of the user `writer`."""
        self.psql(f'CREATE DATABASE "{name}" OWNER writer TEMPLATE template0', database="postgres")
        return self.uri(name)


def main() -> None:
    parser = argparse.ArgumentParser(description="A PostgreSQL server for tests.")
    parser.add_argument("--until-eof", action="store_true", help="serve until standard input ends")
    asked = parser.parse_args()
    with PostgresServer() as server:
        ended = ending(asked.until_eof)
        print(server.uri(), flush=True)
        print(server.folder, flush=True)
        print(binaries(), flush=True)
        ended.wait()


if __name__ == "__main__":
    main()
