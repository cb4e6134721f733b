"""Who may do what, and the tokens by which it is known who asks."""

import hashlib
import secrets
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Optional

from storage_errors import Refusal, denied, unauthorized

READER = {"storage.objects.get", "storage.objects.list"}
ADMIN = READER | {"storage.objects.create", "storage.objects.delete", "storage.objects.update"}
ROLES = {
    "roles/storage.objectViewer": READER,
    "roles/storage.objectCreator": {"storage.objects.create"},
    "roles/storage.objectUser": ADMIN,
    "roles/storage.objectAdmin": ADMIN,
    "roles/storage.admin": ADMIN | {"storage.buckets.get", "storage.buckets.list", "storage.buckets.update"},
}
ALL = ("roles/storage.admin",)
SCOPE = "https://www.googleapis.com/auth/"
READING = {SCOPE + name for name in ("devstorage.read_only", "cloud-platform.read-only")}
WRITING = {SCOPE + name for name in ("devstorage.read_write", "devstorage.full_control", "cloud-platform")}
READ_PERMISSIONS = {"storage.objects.get", "storage.objects.list", "storage.buckets.get", "storage.buckets.list"}


def permissions_of(names: Iterable[str]) -> frozenset[str]:
    """The permissions in a list of permissions and roles."""
    return frozenset(permission for name in names for permission in ROLES.get(name, {name}))


@dataclass
class Account:
    """Somebody who may ask."""

    email: str
    permissions: frozenset[str] = permissions_of(ALL)
    public_keys: dict[str, bytes] = field(default_factory=dict)
    """Those of a service account, PEM by their ids."""


@dataclass(frozen=True)
class Caller:
    """Who asks, and what that allows; `permissions` is None for everything."""

    who: str
    permissions: Optional[frozenset[str]] = None
    scopes: frozenset[str] = frozenset()

    def may(self, permission: str) -> bool:
        return self.permissions is None or permission in self.permissions

    def require(self, permission: str) -> None:
        if self.permissions is None:
            return
        if self.scopes or self.who != "Anonymous caller":
            allowed = WRITING | READING if permission in READ_PERMISSIONS else WRITING
            if not self.scopes & allowed:
                raise Refusal(403, "Insufficient Permission", "insufficientPermissions")
        if permission not in self.permissions:
            raise denied(self.who, permission)


@dataclass
class Token:
    """An access token; the log calls it by its label."""

    label: str
    email: str
    scopes: frozenset[str]
    expires: float
    revoked: bool = False

    @property
    def good(self) -> bool:
        return not self.revoked and time.time() < self.expires


class Accounts:
    """All accounts and tokens."""

    def __init__(self, lifetime: float):
        self.lifetime = lifetime
        self.accounts: dict[str, Account] = {}
        self.refresh_tokens: dict[str, tuple[str, str, str]] = {}
        """Email, client id and client secret by refresh token."""
        self._tokens: dict[str, Token] = {}
        self._lock = threading.Lock()

    def add(self, email: str, permissions: Optional[Iterable[str]] = None) -> Account:
        """An account, new or as it is; sets its permissions when given."""
        with self._lock:
            account = self.accounts.setdefault(email, Account(email))
            if permissions is not None:
                account.permissions = permissions_of(permissions)
            return account

    def issue(self, email: str, scopes: Iterable[str], lifetime: Optional[float] = None) -> str:
        """A new token."""
        value = "ya29.fake-" + secrets.token_urlsafe(24)
        expires = time.time() + (self.lifetime if lifetime is None else lifetime)
        with self._lock:
            label = f"token-{len(self._tokens) + 1}"
            self._tokens[value] = Token(label, email, frozenset(scopes), expires)
        return value

    def token(self, value: str) -> Optional[Token]:
        with self._lock:
            return self._tokens.get(value)

    def revoke(self, which: str = "") -> int:
        """Revokes the token with this value or label, or all; returns how many."""
        with self._lock:
            found = [one for value, one in self._tokens.items() if not which or which in (value, one.label)]
            for one in found:
                one.revoked = True
        return len(found)

    def list(self) -> list[dict[str, Any]]:
        """All tokens by their labels."""
        with self._lock:
            return [
                {"token": one.label, "email": one.email, "scopes": sorted(one.scopes), "expires": one.expires,
                 "revoked": one.revoked}
                for one in self._tokens.values()
            ]  # fmt: skip

    def masked(self, authorization: str) -> str:
        """The header with the label of its token, or with a hash of what is no token of ours."""
        scheme, _, value = authorization.partition(" ")
        token = self.token(value)
        unknown = "unknown-" + hashlib.sha256(value.encode()).hexdigest()[:8]
        return f"{scheme} {token.label if token else unknown}"

    def caller(self, authorization: Optional[str]) -> Caller:
        """Who asks with this header."""
        if authorization is None:
            return Caller("Anonymous caller", frozenset())
        scheme, _, value = authorization.partition(" ")
        token = self.token(value) if scheme.lower() == "bearer" else None
        if not token or not token.good or token.email not in self.accounts:
            challenge = 'Bearer realm="https://accounts.google.com/", error="invalid_token"'
            raise unauthorized("Invalid Credentials", header=challenge)
        return Caller(token.email, self.accounts[token.email].permissions, token.scopes)
