"""The token endpoint of OAuth and the metadata server of a machine in the cloud."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any, Optional
from urllib.parse import parse_qsl

from server_answer import Answer
from storage_accounts import READING, SCOPE, WRITING, Account, Accounts
from storage_keys import PROJECT, is_signed

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
GOOGLE_AUDIENCE = "https://oauth2.googleapis.com/token"
"""What google-auth writes, wherever the endpoint is."""
METADATA_ACCOUNT = "123456789012-compute@developer.gserviceaccount.com"
CLOUD = frozenset({SCOPE + "cloud-platform"})
KNOWN = READING | WRITING | {SCOPE + "userinfo.email", "openid"}
SKEW = 300
"""How many seconds ahead of the server a client's clock may be."""
LONGEST = 3600


class Denial(Exception):
    """No token, in OAuth's words."""

    def __init__(self, error: str, description: str, status: int = 400):
        super().__init__(description)
        self.answer = Answer.of({"error": error, "error_description": description}, status)


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class TokenEndpoint:
    """`POST /token`; `url()` is the service's."""

    def __init__(self, accounts: Accounts, url: Callable[[], str]):
        self.accounts = accounts
        self._url = url

    def answer(self, headers: dict[str, str], body: bytes) -> Answer:
        try:
            if headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
                raise Denial("invalid_request", "Bad Request")
            form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
            grant = form.get("grant_type")
            if grant == JWT_BEARER:
                email, scopes = self._of_assertion(form.get("assertion", ""))
            elif grant == "refresh_token":
                email, scopes = self._of_refresh_token(form), CLOUD
            else:
                raise Denial("unsupported_grant_type", f"Invalid grant_type: {grant or ''}")
        except Denial as denial:
            return denial.answer
        return token_answer(self.accounts, self.accounts.issue(email, scopes), scopes)

    def _of_refresh_token(self, form: dict[str, str]) -> str:
        known = self.accounts.refresh_tokens.get(form.get("refresh_token", ""))
        clients = {client: secret for _, client, secret in self.accounts.refresh_tokens.values()}
        if form.get("client_id") not in clients:
            raise Denial("invalid_client", "The OAuth client was not found.", 401)
        if known is None:
            raise Denial("invalid_grant", "Bad Request")
        email, client, secret = known
        if (form.get("client_id"), form.get("client_secret")) != (client, secret):
            raise Denial("invalid_client", "Unauthorized", 401)
        return email

    def _of_assertion(self, assertion: str) -> tuple[str, frozenset[str]]:
        """The account and scopes that a JWT asks for."""
        try:
            signed, _, signature = assertion.rpartition(".")
            header, claims = (json.loads(decoded(part)) for part in signed.split("."))
            mark = decoded(signature)
        except (ValueError, TypeError):
            raise Denial("invalid_grant", "Invalid JWT: Failed to parse.")
        account = self.accounts.accounts.get(claims.get("iss"))
        if account is None or not account.public_keys:
            raise Denial("invalid_grant", "Invalid grant: account not found")
        self._check_signature(account, header, signed.encode(), mark)
        self._check_claims(claims)
        scopes = frozenset(str(claims.get("scope") or "").split())
        if not scopes:
            raise Denial("invalid_scope", "Empty or missing scope not allowed.")
        if unknown := sorted(scopes - KNOWN):
            raise Denial("invalid_scope", f"Invalid OAuth scope or ID token audience provided: {unknown[0]}")
        return account.email, scopes

    def _check_signature(self, account: Account, header: dict[str, Any], signed: bytes, mark: bytes) -> None:
        keys = account.public_keys
        key = keys.get(header["kid"]) if "kid" in header else next(iter(keys.values()))
        if header.get("alg") != "RS256" or key is None or not is_signed(signed, mark, key):
            raise Denial("invalid_grant", "Invalid JWT Signature.")

    def _check_claims(self, claims: dict[str, Any]) -> None:
        if claims.get("aud") not in (self._url() + "/token", GOOGLE_AUDIENCE):
            raise Denial("invalid_grant", "Invalid JWT: Failed audience check.")
        begins, ends, now = claims.get("iat"), claims.get("exp"), time.time()
        numbers = all(isinstance(one, (int, float)) for one in (begins, ends))
        if not numbers or not begins - SKEW <= now < ends or not begins < ends <= begins + LONGEST:
            raise Denial(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
                "Check your iat and exp values in the JWT claim.",
            )


def token_answer(accounts: Accounts, value: str, scopes: Optional[frozenset[str]] = None) -> Answer:
    """What goes out with a token."""
    left = int(accounts.token(value).expires - time.time() + 0.5)
    result = {"access_token": value, "expires_in": left, "token_type": "Bearer"}
    return Answer.of(result | ({"scope": " ".join(sorted(scopes))} if scopes else {}))


class MetadataServer:
    """What a machine in the cloud knows of itself."""

    PREFIX = "/computeMetadata/v1/"
    ACCOUNT = PREFIX + "instance/service-accounts/default/"
    EARLY = 300
    """So many seconds before its end a token is not given out again."""

    def __init__(self, accounts: Accounts):
        self.accounts = accounts
        self._cached = ""

    def answer(self, path: str, query: dict[str, str], headers: dict[str, str]) -> Answer:
        answer = self._answer(path, query, headers)
        answer.headers["Metadata-Flavor"] = "Google"
        return answer

    def _answer(self, path: str, query: dict[str, str], headers: dict[str, str]) -> Answer:
        if path == "/":
            return Answer(200, b"computeMetadata/\n", "application/text")
        if headers.get("metadata-flavor") != "Google":
            return Answer(403, b"Missing required header: Metadata-Flavor\n", "text/html; charset=UTF-8")
        texts = {
            self.ACCOUNT + "email": METADATA_ACCOUNT, self.ACCOUNT + "scopes": "\n".join(sorted(CLOUD)) + "\n",
            self.PREFIX + "project/project-id": PROJECT, self.PREFIX + "project/numeric-project-id": "123456789012",
            self.PREFIX + "universe/universe-domain": "googleapis.com",
        }  # fmt: skip
        if path == self.ACCOUNT + "token":
            return token_answer(self.accounts, self._token())
        if path == self.ACCOUNT and query.get("recursive") == "true":
            return Answer.of({"aliases": ["default"], "email": METADATA_ACCOUNT, "scopes": sorted(CLOUD)})
        if path in texts:
            return Answer(200, texts[path].encode(), "application/text")
        return Answer(404, Answer.page("404 Not Found", 404).body, "text/html; charset=UTF-8")

    def _token(self) -> str:
        """The same token until it nears its end."""
        token = self.accounts.token(self._cached)
        if not token or not token.good or token.expires - time.time() < self.EARLY:
            self._cached = self.accounts.issue(METADATA_ACCOUNT, CLOUD)
        return self._cached
