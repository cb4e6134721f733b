#!/usr/bin/env python3
"""A fake mail server for tests; see README.md. In a test:

    with FakeMail(folder) as mail:
        ... f"smtp://{mail.address}" ...
        assert mail.messages[0]["subject"] == "title"
"""

import argparse
import asyncio
import email
import email.policy
import json
import logging
import ssl
import sys
import threading
import warnings
from pathlib import Path
from typing import Any, Optional, Union

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

sys.path.append(str(Path(__file__).resolve().parents[1] / "FakeServer"))
from server_process import ending

FOREVER = 3600

# That a login without TLS is no good idea is known, and clients that go away are what tests are about.
warnings.filterwarnings("ignore", module="aiosmtpd")
for name in ("mail.log", "asyncio"):
    logging.getLogger(name).setLevel(logging.CRITICAL)


class Rules:
    """What the server does with messages."""

    def __init__(self, folder: Path, tls: bool, refuse: str, busy: bool, hang: str):
        self.folder = folder
        self.tls = tls
        self.refuse = refuse
        self.busy = busy
        self.hang = hang

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.busy:
            return "451 4.3.2 try again later"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == self.refuse:
            return f"550 5.1.1 <{address}>: no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.hang == "data":
            await asyncio.sleep(FOREVER)
        data = bytes(envelope.original_content or b"")
        message = email.message_from_bytes(data, policy=email.policy.default)
        login = session.auth_data
        number = len(list(self.folder.glob("*.json"))) + 1
        record = {
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": self.tls or session.ssl is not None,
            "user": login.login.decode() if isinstance(login, LoginPassword) else None, "data": data.decode("latin-1"),
            "headers": {name: str(value) for name, value in message.items()}, "subject": str(message["Subject"]),
            "body": message.get_content(), "defects": [str(defect) for defect in message.defects],
        }  # fmt: skip
        part = self.folder / f"{number}.part"
        part.write_text(json.dumps(record))
        part.rename(self.folder / f"{number}.json")
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.hang == "quit":
            await asyncio.sleep(FOREVER)
        return "221 Bye"


class FakeMail:
    """The server on a port."""

    def __init__(
        self,
        folder: Union[str, Path],
        *,
        host: str = "127.0.0.1",
        tls: str = "none",
        certificate: Optional[str] = None,
        key: Optional[str] = None,
        login: Optional[str] = None,
        refuse: str = "",
        busy: bool = False,
        echo: bool = False,
        hang: str = "",
    ):
        self.folder = Path(folder)
        self._host = host
        context = None
        if tls != "none":
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certificate, key)

        def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
            given = f"{data.login.decode()}:{data.password.decode()}" if isinstance(data, LoginPassword) else ""
            if given == login:
                return AuthResult(success=True, auth_data=data)
            words = f"I do not like {given}" if echo else "authentication failed"
            return AuthResult(success=False, handled=False, message=f"535 5.7.8 {words}")

        self._ssl = context if tls == "always" else None
        rules = Rules(self.folder, tls == "always", refuse, busy, hang)
        self._protocol = asyncio.Protocol if hang == "greeting" else lambda: SMTP(
            rules, hostname="mail.test", tls_context=context if tls == "starttls" else None,
            require_starttls=tls == "starttls", auth_required=login is not None, auth_require_tls=False,
            authenticator=authenticate, auth_exclude_mechanism=[] if login else ["LOGIN", "PLAIN"],
            loop=self._loop,
        )  # fmt: skip
        self._loop = asyncio.new_event_loop()
        self._server: Optional[asyncio.Server] = None
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def address(self) -> str:
        """Host and port."""
        return f"{self._host}:{self._server.sockets[0].getsockname()[1]}"

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The messages so far."""
        files = sorted(self.folder.glob("*.json"), key=lambda file: int(file.stem))
        return [json.loads(file.read_text()) for file in files]

    def __enter__(self) -> "FakeMail":
        self._thread.start()
        listening = self._loop.create_server(self._protocol, self._host, 0, ssl=self._ssl)
        self._server = asyncio.run_coroutine_threadsafe(listening, self._loop).result()
        return self

    def __exit__(self, *_: Any) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--tls", choices=["none", "starttls", "always"], default="none")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--login", metavar="USER:PASSWORD")
    parser.add_argument("--refuse", default="", metavar="ADDRESS")
    parser.add_argument("--busy", action="store_true")
    parser.add_argument("--echo", action="store_true")
    parser.add_argument("--hang", choices=["", "greeting", "data", "quit"], default="")
    parser.add_argument("--until-eof", action="store_true", help="end when standard input does")
    options = vars(parser.parse_args())
    ended = ending(options.pop("until_eof"))
    with FakeMail(**options) as mail:
        print(mail.address, flush=True)
        ended.wait()


if __name__ == "__main__":
    main()
