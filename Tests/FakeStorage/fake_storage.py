#!/usr/bin/env python3
"""A fake of Cloud Storage's JSON API, with a token endpoint and a metadata server, for tests; see README.md.

    python3 fake_storage.py --bucket data --auth token --key-file key.json --fault status:uploadType:2:503

prints its address and serves until it is interrupted. In a test:

    with FakeStorage("data") as service:
        service.faults.add("lost", match="POST /upload")
        ... STORAGE_EMULATOR_HOST=service.url ...
        assert service.objects("data") == {"a.csv": b"..."}
"""

import argparse
import json
import os
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Optional, Union

sys.path.append(str(Path(__file__).resolve().parents[1] / "FakeServer"))
from server_answer import Answer
from server_service import Service, fault_help, serve
from storage_accounts import ALL, WRITING, Accounts, Caller
from storage_api import StorageAPI
from storage_control import steer
from storage_errors import Refusal, error
from storage_faults import KINDS, REFUSING, StorageFault, StorageFaults, corrupted
from storage_keys import SERVICE_ACCOUNT, USER, authorized_user, service_account_key
from storage_objects import StoredObject
from storage_request import Request
from storage_store import Store
from storage_tokens import METADATA_ACCOUNT, MetadataServer, TokenEndpoint


class FakeStorage(Service):
    """The service on a port of 127.0.0.1."""

    def __init__(
        self,
        *buckets: str,
        port: int = 0,
        auth: str = "none",
        folder: Union[str, Path, None] = None,
        page_size: int = 1000,
        token_lifetime: float = 3600,
        requester_pays: Iterable[str] = (),
    ):
        """
        `buckets`: those there are at first, and `requester_pays` those of which a request names who pays. `auth`: none,
        as an emulator, or token. `folder`: where objects are kept, else in memory. `page_size`: of lists, at most.
        `token_lifetime`: in seconds.
        """
        if auth not in ("none", "token"):
            raise ValueError(f"auth is none or token, not {auth!r}")
        super().__init__(port, StorageFaults())
        self.auth = auth
        self.store = Store(Path(folder) if folder else None)
        for name in buckets:
            self.store.create_bucket(name)
        for name in requester_pays:
            self.store.create_bucket(name, True)
        self.accounts = Accounts(token_lifetime)
        for email in (SERVICE_ACCOUNT, USER, METADATA_ACCOUNT):
            self.accounts.add(email, ALL)
        self.api = StorageAPI(self.store, page_size)
        self._tokens = TokenEndpoint(self.accounts, lambda: self.url)
        self._metadata = MetadataServer(self.accounts)
        self._received = threading.local()

    # What tests look at and set

    @property
    def host(self) -> str:
        """Host and port, for `GCE_METADATA_HOST`."""
        return self.url.removeprefix("http://")

    def put(self, bucket: str, name: str, content: bytes, **fields: Any) -> StoredObject:
        """Stores an object; `fields` are the API's, such as contentType."""
        return self.store.insert(bucket, name, content, fields)

    def get(self, bucket: str, name: str) -> Optional[StoredObject]:
        """What is known of an object; None when there is none."""
        return self.store.find(bucket, name)

    def objects(self, bucket: str) -> dict[str, bytes]:
        """What is in every object of a bucket, all at the same instant."""
        return {one.name: content for one, content in self.store.contents(bucket)}

    def write_key(self, path: Union[str, Path], email: str = SERVICE_ACCOUNT) -> Path:
        """Writes a new key file of a service account."""
        return write_secret(path, service_account_key(self.accounts, self.url, email))

    def write_user(self, path: Union[str, Path], email: str = USER) -> Path:
        """Writes new credentials of a user, as `gcloud auth application-default login` does."""
        return write_secret(path, authorized_user(self.accounts, self.url, email))

    def allow(self, email: str, *permissions: str) -> None:
        """Sets what an account, which may be new, may do: permissions and roles of `storage_accounts`."""
        self.accounts.add(email, permissions)

    def issue(self, email: str = SERVICE_ACCOUNT, scopes: Iterable[str] = WRITING, lifetime: float = 3600) -> str:
        """A token, without its being asked for."""
        return self.accounts.issue(email, scopes, lifetime)

    def revoke(self) -> None:
        """Revokes every token."""
        self.accounts.revoke()

    # What the server asks for

    def matched(self, entry: dict[str, Any]) -> str:
        return Request.described(entry)

    def begin(self, entry: dict[str, Any]) -> Optional[StorageFault]:
        # The log has no secrets in it.
        self._received.headers = headers = entry["headers"]
        if "authorization" in headers:
            entry["headers"] = headers | {"authorization": self.accounts.masked(headers["authorization"])}
        return super().begin(entry)

    def respond(
        self, entry: dict[str, Any], body: bytes, fault: Optional[StorageFault]
    ) -> tuple[Answer, Optional[StorageFault]]:
        kind = fault.kind if fault else None
        if kind in REFUSING or (kind == "cut-upload" and "upload_id" not in entry["query"]):
            return Answer(), fault
        headers = self._received.headers
        if kind == "revoked" and "authorization" in headers:
            self.accounts.revoke(headers["authorization"].partition(" ")[2] or "none")
        answer = self._answer(entry, headers, body, fault)
        if kind == "applied":
            return error(fault.status, fault.message), None
        if kind == "corrupt":
            return corrupted(answer, fault), None
        return answer, fault

    def _answer(self, entry: dict[str, Any], headers: dict, body: bytes, fault: Optional[StorageFault]) -> Answer:
        method, path = entry["method"], entry["path"]
        if (method, path) == ("POST", "/token"):
            return self._tokens.answer(headers, body)
        if path == "/" or path.startswith("/computeMetadata/"):
            return self._metadata.answer(path, entry["query"], headers)
        try:
            caller = self._caller(headers, entry["query"])
        except Refusal as refusal:
            return refusal.answer
        return self.api.answer(Request.of(entry, headers, body, caller, fault))

    def _caller(self, headers: dict[str, str], query: dict[str, str]) -> Caller:
        authorization = headers.get("authorization")
        # The address of a session is leave enough to go on with it.
        if self.auth == "none" or (authorization is None and "upload_id" in query):
            return Caller("anyone")
        return self.accounts.caller(authorization)

    def refusal(self, status: int, message: str) -> Answer:
        return error(status, message)

    def steer(self, method: str, path: str, body: bytes) -> Optional[Answer]:
        try:
            return steer(self, method, path, json.loads(body or b"{}"))
        except Refusal as refusal:
            return refusal.answer


def write_secret(path: Union[str, Path], value: dict[str, Any]) -> Path:
    """A file of JSON that others cannot read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w") as file:
        json.dump(value, file, indent=2)
    return Path(path)


def main() -> None:
    parser = argparse.ArgumentParser(description="A fake of Cloud Storage's JSON API, for tests.")
    parser.add_argument("--port", type=int, default=0, help="0 (default): any that is free")
    parser.add_argument("--bucket", action="append", default=[], metavar="NAME", help="a bucket there is at first")
    parser.add_argument("--requester-pays", action="append", default=[], metavar="NAME", help="such a bucket")
    parser.add_argument("--auth", choices=("none", "token"), default="none", help="whether tokens are wanted")
    parser.add_argument("--token-lifetime", type=float, default=3600, metavar="SECONDS")
    parser.add_argument("--account", action="append", default=[], metavar="EMAIL=PERMISSION,…", help="what it may do")
    parser.add_argument("--key-file", type=Path, help="a key file to write, of a service account")
    parser.add_argument("--user-file", type=Path, help="a file of a user's credentials to write")
    parser.add_argument("--page-size", type=int, default=1000, help="of lists, at most")
    parser.add_argument("--dir", type=Path, help="where objects are kept; default: in memory")
    form, kinds = "KIND:MATCH:TIMES[:ARGUMENT]", fault_help(KINDS)
    parser.add_argument("--fault", action="append", default=[], metavar=form, help=kinds)
    parser.add_argument("--until-eof", action="store_true", help="end when standard input does")
    asked = parser.parse_args()
    service = FakeStorage(
        *asked.bucket, port=asked.port, auth=asked.auth, folder=asked.dir, page_size=asked.page_size,
        token_lifetime=asked.token_lifetime, requester_pays=asked.requester_pays,
    )  # fmt: skip
    for text in asked.account:
        email, _, permissions = text.partition("=")
        service.allow(email, *filter(None, permissions.split(",")))
    if asked.key_file:
        service.write_key(asked.key_file)
    if asked.user_file:
        service.write_user(asked.user_file)
    for text in asked.fault:
        service.faults.append(StorageFault.parse(text))
    serve(service, asked.until_eof)


if __name__ == "__main__":
    main()
